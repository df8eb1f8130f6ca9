//! Whether two parts of two descriptions are written alike, annotations and the names of components left out.

use rustc_hash::FxHashSet;

use crate::openapi::{NodeId, Version, View};
use crate::syntax::{Entry, Node, Scalar};

/// How many pairs of nodes one question may look at, and how deep; what lies behind counts as different.
const BUDGET: usize = 5_000;
const DEEPEST: u32 = 100;

/// Keywords that say nothing about values.
const ANNOTATIONS: [&str; 11] = [
    "title",
    "description",
    "example",
    "examples",
    "default",
    "deprecated",
    "readOnly",
    "externalDocs",
    "xml",
    "$comment",
    "$id",
];

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keys {
    /// Keywords of a Schema Object.
    Keywords,
    /// Names of properties, patterns.
    Names,
    /// Members of a value.
    Members,
}

/// Whether two schemas, or values of keywords, are the same.
pub(in crate::diff) fn equal(old: View<'_>, new: View<'_>) -> bool {
    equal_within(old, new).0
}

/// The same, with how many pairs of nodes were looked at.
pub(super) fn equal_within(old: View<'_>, new: View<'_>) -> (bool, u64) {
    let mut comparison = Comparison { seen: FxHashSet::default(), depth: 0 };
    let is_equal = comparison.values(old, new, Keys::Keywords);
    (is_equal, comparison.seen.len() as u64)
}

struct Comparison {
    seen: FxHashSet<(NodeId, NodeId)>,
    depth: u32,
}

impl Comparison {
    fn values(&mut self, old: View<'_>, new: View<'_>, keys: Keys) -> bool {
        if !self.seen.insert((old.id(), new.id())) {
            return true;
        }
        if self.seen.len() > BUDGET || self.depth > DEEPEST {
            return false;
        }
        self.depth += 1;
        let is_equal = self.followed(old, new, keys);
        self.depth -= 1;
        is_equal
    }

    /// A `$ref` beside which nothing counts is what it leads to, whatever the component is called.
    fn followed(&mut self, old: View<'_>, new: View<'_>, keys: Keys) -> bool {
        let is_alone = |view: View<'_>| {
            let counts = |key: Node<'_>| !key.is_text("$ref") && !is_annotation(key);
            let has_more = || view.version() >= Version::V3_1 && view.node().entries().any(|entry| counts(entry.key));
            view.node().get("$ref").is_some() && !has_more()
        };
        if keys != Keys::Keywords || !is_alone(old) && !is_alone(new) {
            return self.resolved(old, new, keys);
        }
        let says_more = |view: View<'_>| view.node().get("$ref").is_some() && !is_alone(view);
        if says_more(old) || says_more(new) {
            return false;
        }
        let (old, new) = old.target().zip(new.target()).unwrap_or((old, new));
        self.resolved(old, new, keys)
    }

    fn resolved(&mut self, old: View<'_>, new: View<'_>, keys: Keys) -> bool {
        let (left, right) = (old.node(), new.node());
        // Of what could not be read only the text is known.
        if left.is_damaged() || right.is_damaged() {
            return left.raw_with_damage() == right.raw_with_damage();
        }
        if left.is_map() && right.is_map() {
            return self.maps(old, new, keys);
        }
        if left.is_list() && right.is_list() {
            let alike = left.items().count() == right.items().count();
            return alike
                && left.items().zip(right.items()).all(|(left, right)| self.values(old.with(left), new.with(right), keys));
        }
        match (left.scalar(), right.scalar()) {
            (Some(Scalar::Text), Some(Scalar::Text)) => left.text() == right.text(),
            // `~` is as good as `null`, and `1.0` as good as `1`.
            (Some(one), Some(other)) => one == other || one.number().is_some() && one.number() == other.number(),
            _ => false,
        }
    }

    fn maps(&mut self, old: View<'_>, new: View<'_>, keys: Keys) -> bool {
        if keys == Keys::Keywords && !mean_the_same(old, new) {
            return false;
        }
        let counts = |map: Node<'_>, entry: &Entry<'_>| {
            let is_silent = keys == Keys::Keywords && is_annotation(entry.key);
            // Of equal keys one counts.
            let is_hidden = || entry.key.text().is_some_and(|name| map.get(&name) != Some(entry.value));
            !is_silent && !is_hidden()
        };
        let size = |map: Node<'_>| map.entries().filter(|entry| counts(map, entry)).count();
        size(old.node()) == size(new.node())
            && old.node().entries().filter(|entry| counts(old.node(), entry)).all(|entry| {
                let Some(name) = entry.key.text() else { return false };
                let Some(twin) = new.node().get(&name) else { return false };
                if keys == Keys::Keywords
                    && name == "$ref"
                    && let (Some(old), Some(new)) = (old.target(), new.target())
                {
                    return self.values(old, new, keys);
                }
                self.values(old.with(entry.value), new.with(twin), inner(keys, &name))
            })
    }
}

/// Keywords that mean the same in every version.
const LASTING: [&str; 24] = [
    "type",
    "properties",
    "required",
    "items",
    "enum",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "discriminator",
    "writeOnly",
];

/// Whether the keywords of two schemas can be compared by how they are written: many mean something else, or nothing, in another
/// version.
fn mean_the_same(old: View<'_>, new: View<'_>) -> bool {
    let is_modern = |view: View<'_>| view.version() >= Version::V3_1;
    let lasts = |entry: Entry<'_>| is_annotation(entry.key) || entry.key.text().is_some_and(|name| LASTING.contains(&&*name));
    old.version() == new.version() || is_modern(old) == is_modern(new) && is_modern(old) || old.node().entries().all(lasts)
}

pub(super) fn is_annotation(key: Node<'_>) -> bool {
    key.text().is_none_or(|name| name.starts_with("x-") || ANNOTATIONS.contains(&name.as_ref()))
}

pub(super) fn inner(keys: Keys, name: &str) -> Keys {
    match (keys, name) {
        (Keys::Members, _) | (Keys::Keywords, "enum" | "const") => Keys::Members,
        (Keys::Keywords, "properties" | "patternProperties" | "dependentSchemas" | "dependencies" | "$defs") => Keys::Names,
        _ => Keys::Keywords,
    }
}
