//! What a schema says about a value, whatever version of OpenAPI says it and however it is spread over `$ref` and `allOf`.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Number, Value};

use super::numbers::End;
use super::types::Types;
use crate::syntax::Node;

/// The merged view of one or more schemas that must all be met. Null stands apart: what else is said never concerns it.
#[derive(Clone, Debug, Default)]
pub(super) struct Model<'p> {
    /// Whether null is allowed, and the key that says so.
    pub(super) null: bool,
    pub(super) null_key: Option<Node<'p>>,
    /// The types other than null.
    pub(super) types: Types,
    pub(super) type_key: Option<Node<'p>>,
    /// The key of a schema that is `false`.
    pub(super) never: Option<Node<'p>>,
    /// A key of limits that leave nothing between them, and what is wrong with them.
    pub(super) contradiction: Option<(Node<'p>, &'static str)>,
    /// The values other than null, where they are listed.
    pub(super) values: Option<Values<'p>>,
    pub(super) lower: Option<Bound<'p>>,
    pub(super) upper: Option<Bound<'p>>,
    pub(super) multiples: Vec<(Number, Node<'p>)>,
    pub(super) length: Range<'p>,
    pub(super) items: Range<'p>,
    pub(super) members: Range<'p>,
    pub(super) unique: Option<Node<'p>>,
    pub(super) patterns: Vec<(String, Node<'p>)>,
    pub(super) formats: Vec<(String, Node<'p>)>,
    /// `contentMediaType`, `contentSchema`: the key and the value.
    pub(super) contents: Vec<(Node<'p>, Node<'p>)>,
    pub(super) tuples: Vec<Tuple<'p>>,
    pub(super) layers: Vec<Layer<'p>>,
    /// Where there are many layers: those that describe a name, and those that say something about any.
    pub(super) layers_of: FxHashMap<Cow<'p, str>, Vec<usize>>,
    pub(super) general_layers: Vec<usize>,
    pub(super) required: BTreeMap<Cow<'p, str>, Node<'p>>,
    /// Names with those that must come along.
    pub(super) dependent: Vec<(String, String, Node<'p>)>,
    pub(super) unions: Vec<Union<'p>>,
    pub(super) opaque: Vec<Opaque<'p>>,
    /// The key and the value of `discriminator`.
    pub(super) discriminator: Option<(Node<'p>, Node<'p>)>,
    pub(super) deprecated: Option<Node<'p>>,
    /// The keys of `unevaluatedProperties` that close the object, but for what depends on the value: what several branches of
    /// an `anyOf`, an `if` or `dependentSchemas` describe.
    pub(super) depends: Vec<Node<'p>>,
}

/// The values of `enum` and `const`.
#[derive(Clone, Debug)]
pub(super) struct Values<'p> {
    pub(super) list: Vec<Value>,
    pub(super) key: Node<'p>,
    pub(super) is_const: bool,
    /// Whether readers were told that more may come.
    pub(super) is_extensible: bool,
    /// The values as texts, once they were asked for.
    texts: OnceCell<FxHashSet<String>>,
}

impl<'p> Values<'p> {
    pub(super) fn new(list: Vec<Value>, key: Node<'p>, is_const: bool, is_extensible: bool) -> Self {
        Values { list, key, is_const, is_extensible, texts: OnceCell::new() }
    }

    /// Whether a value is listed.
    pub(super) fn has(&self, value: &Value) -> bool {
        self.texts.get_or_init(|| self.list.iter().map(Value::to_string).collect()).contains(&value.to_string())
    }
}

/// A bound of numbers.
#[derive(Clone, Debug)]
pub(super) struct Bound<'p> {
    pub(super) value: Number,
    pub(super) is_exclusive: bool,
    pub(super) key: Node<'p>,
}

impl Bound<'_> {
    /// The bound as a message names it.
    pub(super) fn words(&self, end: End) -> String {
        match (self.is_exclusive, end) {
            (false, _) => self.value.to_string(),
            (true, End::Lower) => format!("above {}", self.value),
            (true, End::Upper) => format!("below {}", self.value),
        }
    }
}

/// Bounds of a count: length, items, members.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range<'p> {
    pub(super) least: Option<(u64, Node<'p>)>,
    pub(super) most: Option<(u64, Node<'p>)>,
}

impl<'p> Range<'p> {
    pub(super) fn at_least(&mut self, count: u64, key: Node<'p>) {
        if self.least.is_none_or(|(known, _)| count > known) {
            self.least = Some((count, key));
        }
    }

    pub(super) fn at_most(&mut self, count: u64, key: Node<'p>) {
        if self.most.is_none_or(|(known, _)| count < known) {
            self.most = Some((count, key));
        }
    }
}

/// What one Schema Object says about the items of a list.
#[derive(Clone, Debug)]
pub(super) struct Tuple<'p> {
    pub(super) prefix: Vec<Node<'p>>,
    pub(super) items: Option<Node<'p>>,
}

/// What one Schema Object says about the members of an object. `additionalProperties` sees only its own.
#[derive(Clone, Debug)]
pub(super) struct Layer<'p> {
    /// Name, key and schema, in document order.
    pub(super) properties: Vec<(Cow<'p, str>, Node<'p>, Node<'p>)>,
    pub(super) index: FxHashMap<Cow<'p, str>, usize>,
    /// Pattern and schema.
    pub(super) patterns: Vec<(String, Node<'p>)>,
    pub(super) additional: Additional<'p>,
}

/// What a layer says about members that it does not describe.
#[derive(Clone, Copy, Debug)]
pub(super) enum Additional<'p> {
    /// They may be anything. The key, where that is said.
    Open(Option<Node<'p>>),
    /// There are none.
    Closed(Node<'p>),
    /// They meet a schema: the key and the schema.
    Schema(Node<'p>, Node<'p>),
}

/// `anyOf` or `oneOf`, branches that allow nothing but null left out.
#[derive(Clone, Debug)]
pub(super) struct Union<'p> {
    pub(super) is_one_of: bool,
    pub(super) key: Node<'p>,
    pub(super) list: Node<'p>,
    /// Number of the branch, and the branch.
    pub(super) branches: Vec<(u32, Node<'p>)>,
    pub(super) discriminator: Option<Node<'p>>,
}

/// A keyword that is only compared as a whole.
#[derive(Clone, Debug)]
pub(super) struct Opaque<'p> {
    pub(super) name: String,
    pub(super) key: Node<'p>,
    pub(super) value: Node<'p>,
}

/// How many layers are looked through one by one.
const FEW_LAYERS: usize = 8;

impl<'p> Model<'p> {
    /// Makes many layers easy to look through.
    pub(super) fn index_layers(&mut self) {
        if self.layers.len() <= FEW_LAYERS {
            return;
        }
        for (index, layer) in self.layers.iter().enumerate() {
            if layer.patterns.is_empty() && matches!(layer.additional, Additional::Open(None)) {
                for name in layer.index.keys() {
                    self.layers_of.entry(name.clone()).or_default().push(index);
                }
            } else {
                self.general_layers.push(index);
            }
        }
    }

    /// The layers that may say something about a member of this name, in order; without a name, about any other.
    pub(super) fn layers_about(&self, name: Option<&str>) -> impl Iterator<Item = &Layer<'p>> {
        let few = if self.layers.len() <= FEW_LAYERS { self.layers.as_slice() } else { &[] };
        let own = name.and_then(|name| self.layers_of.get(name)).map(Vec::as_slice).unwrap_or_default();
        let mut many: Vec<usize> = own.iter().chain(&self.general_layers).copied().collect();
        many.sort_unstable();
        few.iter().chain(many.into_iter().filter_map(|index| self.layers.get(index)))
    }
}

impl Model<'_> {
    /// Whether it allows whatever there is.
    pub(super) fn is_top(&self) -> bool {
        self.null
            && self.types == Types::ALL
            && self.values.is_none()
            && self.formats.is_empty()
            && self.contents.is_empty()
            && self.is_limited_by_type()
    }

    /// Whether it allows nothing but null.
    pub(super) fn is_void(&self) -> bool {
        self.never.is_some() || self.types.is_empty()
    }

    /// Whether it allows nothing at all, as far as types and listed values tell.
    pub(super) fn is_impossible(&self) -> bool {
        self.never.is_some() || self.types.is_empty() && !self.null
    }

    /// Whether another one has the same simple limits, and neither has others, but for keywords that are compared as a whole:
    /// what one allows is not forbidden by the other.
    pub(super) fn limits_like(&self, other: &Model<'_>) -> bool {
        let texts = |list: &[(String, Node<'_>)]| list.iter().map(|(text, _)| text.clone()).collect::<BTreeSet<_>>();
        let counts = |range: &Range<'_>| (range.least.map(|(count, _)| count), range.most.map(|(count, _)| count));
        let ranges = |model: &Model<'_>| [model.length, model.items, model.members].map(|range| counts(&range));
        let is_simple = |model: &Model<'_>| {
            model.never.is_none()
                && (model.lower.is_none() && model.upper.is_none() && model.multiples.is_empty() && model.unique.is_none())
                && (model.tuples.is_empty() && model.layers.is_empty() && model.required.is_empty() && model.contents.is_empty())
                && (model.unions.is_empty() && model.dependent.is_empty())
        };
        is_simple(self)
            && is_simple(other)
            && ranges(self) == ranges(other)
            && texts(&self.patterns) == texts(&other.patterns)
            && texts(&self.formats) == texts(&other.formats)
    }

    /// Whether nothing but types, listed values and annotations limits it.
    pub(super) fn is_limited_by_type(&self) -> bool {
        let has_no_bounds = |range: &Range<'_>| range.least.is_none() && range.most.is_none();
        self.never.is_none()
            && [&self.lower, &self.upper].iter().all(|bound| bound.is_none())
            && [self.length, self.items, self.members].iter().all(has_no_bounds)
            && (self.multiples.is_empty() && self.patterns.is_empty() && self.tuples.is_empty() && self.layers.is_empty())
            && (self.required.is_empty() && self.unions.is_empty() && self.opaque.is_empty() && self.dependent.is_empty())
            && self.unique.is_none()
    }
}
