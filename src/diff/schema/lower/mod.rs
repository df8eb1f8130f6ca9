//! Schema Objects of any version become one [`Model`]: `$ref` and `allOf` merged, null apart, alternatives kept.

mod alternatives;
mod contradictions;
mod literals;
mod null;
mod shapes;

pub(super) use alternatives::outer;
pub(super) use contradictions::nearest_step;
pub(super) use literals::count;
pub(super) use shapes::{describes_by_condition, is_write_only};

use rustc_hash::FxHashSet;

use super::equal::is_annotation;
use super::model::{Model, Opaque};
use super::side::Side;
use super::types::Types;
use crate::openapi::{Broken, NodeId, Target, Version, View, resolve};
use crate::syntax::Node;
use shapes::Inside;

/// The most schemas that one merged view may take in.
const MOST_PARTS: usize = 10_000;

/// How deep `$ref` and `allOf` may nest in one merged view.
const DEEPEST: usize = 100;

/// What a circle of nothing but `$ref`s, or a schema that is its own alternative, counts as: a keyword that nobody understands.
pub(super) const CIRCLE: &str = "circle";

/// What a chain of `$ref`s counts as that is longer than it is followed.
pub(super) const CHAIN: &str = "chain";

/// What the parts count as that were too many to be taken in.
pub(super) const REST: &str = "rest";

/// What the parts count as that lie too deep in each other to be taken in.
pub(super) const DEEP: &str = "deep";

/// Lowers schemas that must all be met.
pub(super) fn lower<'p>(side: &mut Side<'p>, views: &[View<'p>], choices: &[(NodeId, u32)]) -> Model<'p> {
    let mut merging = Merging {
        side,
        choices,
        model: Model { null: true, ..Model::default() },
        seen: FxHashSet::default(),
        open: Vec::new(),
        is_full: false,
        left_out: 0,
        of_all_items: 0,
        of_some_items: 0,
    };
    for view in views {
        merging.model.null &= null::allows_null(merging.side, *view, 0);
        merging.schema(*view);
        let says = ["nullable", "x-nullable", "type", "enum", "const", "anyOf", "oneOf"].iter();
        let key = says.filter_map(|name| view.node().entry(name)).map(|entry| entry.key).next();
        merging.model.null_key = merging.model.null_key.or(key);
    }
    let mut model = merging.model;
    literals::settle(&mut model);
    model.index_layers();
    model
}

/// A merged view in the making.
struct Merging<'a, 'p> {
    side: &'a mut Side<'p>,
    choices: &'a [(NodeId, u32)],
    model: Model<'p>,
    seen: FxHashSet<NodeId>,
    /// The schemas that are being taken in, each within the one before.
    open: Vec<NodeId>,
    /// Whether there was more than is taken in.
    is_full: bool,
    /// How many schemas were left out because they are in already: `unevaluated…` beside them does not see them.
    left_out: usize,
    /// How often something was said about all items, and about some of them, which `unevaluatedItems` leaves out.
    of_all_items: usize,
    of_some_items: usize,
}

impl<'p> Merging<'_, 'p> {
    /// Takes in a schema, unless it is in already.
    fn schema(&mut self, view: View<'p>) {
        self.side.work += 1;
        let node = view.node();
        if !self.seen.insert(view.id()) {
            self.left_out += 1;
            return;
        }
        if self.seen.len() > MOST_PARTS {
            if !self.is_full {
                self.is_full = true;
                self.opaque(REST, node, node);
            }
            return;
        }
        if self.open.len() > DEEPEST {
            return self.opaque(DEEP, node, node);
        }
        self.open.push(view.id());
        match node.as_bool() {
            _ if node.is_damaged() => self.opaque("schema", node, node),
            Some(true) => {}
            Some(false) => self.model.never = Some(node),
            None if node.is_map() => self.object(view),
            None => self.opaque("schema", node, node),
        }
        self.open.pop();
    }

    fn object(&mut self, view: View<'p>) {
        let inside = Inside::of(self);
        if let Some(reference) = view.node().get("$ref").filter(|value| value.as_str().is_some()) {
            self.reference(view, reference);
            if view.version() < Version::V3_1 {
                return;
            }
        }
        for entry in view.node().entries() {
            let Some(name) = entry.key.text() else { continue };
            self.keyword(view, &name, entry.key, entry.value);
        }
        self.layer(view);
        self.tuple(view);
        self.unevaluated(view, &inside);
        self.unevaluated_items(view, &inside);
    }

    fn reference(&mut self, view: View<'p>, reference: Node<'p>) {
        let followed = view.followed();
        match (followed.target, resolve(view.project(), reference)) {
            (Target::Found(_), Ok(target)) => self.schema(view.with(target)),
            (Target::Broken(Broken::Circular(back)), _) => {
                let name = if followed.hops.contains(&back) { CIRCLE } else { CHAIN };
                self.opaque(name, reference, reference);
            }
            // The one that leads nowhere, whatever the components on the way to it are called.
            (Target::Broken(broken), _) => self.opaque("$ref", reference, broken.reference()),
            (Target::Found(_), Err(_)) => self.opaque("$ref", reference, reference),
        }
    }

    fn keyword(&mut self, view: View<'p>, name: &str, key: Node<'p>, value: Node<'p>) {
        let is_modern = view.version() >= Version::V3_1;
        match name {
            "allOf" if value.is_list() => value.items().for_each(|part| self.schema(view.with(part))),
            "anyOf" | "oneOf" if view.version() >= Version::V3_0 => self.alternatives(view, name, key, value),
            "type" => self.types(view, key, value),
            "enum" => self.values(view, key, value, false),
            "const" if is_modern => self.values(view, key, value, true),
            "required" => self.required(view, value),
            "deprecated" if value.as_bool() == Some(true) => self.model.deprecated = self.model.deprecated.or(Some(key)),
            "discriminator" => self.model.discriminator = self.model.discriminator.or(Some((key, value))),
            "dependentRequired" if is_modern => self.dependent(key, value),
            "not" if view.version() >= Version::V3_0 && excludes_all(value) => self.model.never = Some(value),
            "not" if view.version() >= Version::V3_0 && !null::is_only_null(view.with(value)) => self.opaque(name, key, value),
            "if" if is_modern => self.condition(view, key),
            "contains" if is_modern && asks_for_some(view) => self.opaque(name, key, view.node()),
            "contains" if is_modern => self.of_some_items += 1,
            "propertyNames" | "dependencies" | "dependentSchemas" | "$dynamicRef" | "$recursiveRef" if is_modern => {
                self.opaque(name, key, value);
            }
            _ => self.literal(view, name, key, value),
        }
    }

    /// A keyword that is only compared as a whole.
    fn opaque(&mut self, name: &str, key: Node<'p>, value: Node<'p>) {
        self.model.opaque.push(Opaque { name: name.to_owned(), key, value });
    }

    /// `if` says something only with `then` or `else`.
    fn condition(&mut self, view: View<'p>, key: Node<'p>) {
        if ["then", "else"].iter().any(|name| view.node().get(name).is_some()) {
            self.opaque("if", key, view.node());
        }
    }

    fn types(&mut self, view: View<'p>, key: Node<'p>, value: Node<'p>) {
        if value.is_text("file") && view.version() < Version::V3_0 {
            self.model.formats.push(("binary".to_owned(), key));
        }
        let named = |node: Node<'p>| node.text().and_then(|name| Types::named(&name));
        let types = if value.is_list() {
            value.items().try_fold(Types::NONE, |all, item| named(item).map(|one| all | one))
        } else {
            named(value)
        };
        match types {
            Some(types) => {
                self.model.types = self.model.types & types;
                self.model.type_key = self.model.type_key.or(Some(key));
            }
            None => self.opaque("type", key, value),
        }
    }
}

/// Whether a schema that must not be met is met by everything.
fn excludes_all(schema: Node<'_>) -> bool {
    schema.as_bool() == Some(true) || schema.is_map() && schema.entries().all(|entry| is_annotation(entry.key))
}

/// Whether `contains` asks for anything: with `minContains: 0` and no most it does not.
fn asks_for_some(view: View<'_>) -> bool {
    let node = view.node();
    node.get("maxContains").is_some() || node.get("minContains").is_none_or(|least| count(least) != Some(0))
}
