//! Members that only requests carry.

use rustc_hash::FxHashSet;

use super::Misfit;
use super::misfits::shown;
use crate::openapi::{NodeId, Schema, Version};
use crate::syntax::{Entry, Node, escaped};

/// How many pairs of schema and value are looked at.
const MOST_STEPS: u32 = 100_000;

/// How deep schemas and values may nest.
const DEEPEST: u32 = 300;

/// The most misfits of one value.
const MOST: usize = 20;

/// Every `writeOnly` property that a value of a response has, once for each keyword. Alternatives are left out: which of
/// them was meant is not known.
pub(super) fn write_only<'p>(schema: Schema<'p>, instance: Node<'_>) -> Vec<Misfit<'p>> {
    let mut walk = Walk { steps: 0, depth: 0, open: FxHashSet::default(), known: FxHashSet::default(), misfits: Vec::new() };
    walk.schema(schema, instance, &mut String::new());
    walk.misfits
}

struct Walk<'p> {
    steps: u32,
    depth: u32,
    /// Pairs of schema and value that are being looked at: a circle adds nothing.
    open: FxHashSet<(NodeId, u32)>,
    known: FxHashSet<NodeId>,
    misfits: Vec<Misfit<'p>>,
}

impl<'p> Walk<'p> {
    fn schema(&mut self, schema: Schema<'p>, value: Node<'_>, at: &mut String) {
        let pair = (schema.view().id(), value.index());
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST || !(value.is_map() || value.is_list()) || !self.open.insert(pair) {
            return;
        }
        self.depth += 1;
        match schema.target().filter(|target| target.view().id() != schema.view().id()) {
            Some(target) if schema.view().version() < Version::V3_1 => self.schema(target, value, at),
            Some(target) => {
                self.own(schema, value, at);
                self.schema(target, value, at);
            }
            None => self.own(schema, value, at),
        }
        self.depth -= 1;
        self.open.remove(&pair);
    }

    /// The keywords that stand in a schema itself.
    fn own(&mut self, schema: Schema<'p>, value: Node<'_>, at: &mut String) {
        let node = schema.view().node();
        for part in node.get("allOf").into_iter().flat_map(Node::items) {
            self.schema(Schema(schema.view().with(part)), value, at);
        }
        for entry in value.entries() {
            self.member(schema, entry, at);
        }
        if let Some(items) = schema.view().get("items").map(Schema) {
            for (index, item) in value.items().enumerate() {
                self.inside(&index.to_string(), at, |walk, at| walk.schema(items, item, at));
            }
        }
    }

    fn member(&mut self, schema: Schema<'p>, entry: Entry<'_>, at: &mut String) {
        let Some(name) = entry.key.text() else { return };
        let described = schema.view().get("properties").and_then(|properties| properties.get(&name));
        let Some(property) = described.or_else(|| schema.view().get("additionalProperties")).map(Schema) else { return };
        self.inside(&name, at, |walk, at| {
            walk.property(property, entry.value, at);
            walk.schema(property, entry.value, at);
        });
    }

    fn property(&mut self, property: Schema<'p>, value: Node<'_>, at: &str) {
        let flag = property.keyword("writeOnly").filter(|flag| flag.as_bool() == Some(true));
        let Some(key) = flag.and_then(Node::own_key).filter(|_| self.misfits.len() < MOST) else { return };
        if self.known.insert(property.view().with(key).id()) {
            self.misfits.push(Misfit {
                keyword: key,
                name: "writeOnly".to_owned(),
                instance: at.to_owned(),
                problem: "is there, and only requests may carry it".to_owned(),
                value: Some(shown(value)),
                is_write_only: true,
            });
        }
    }

    fn inside(&mut self, step: &str, at: &mut String, run: impl FnOnce(&mut Self, &mut String)) {
        let length = at.len();
        at.push('/');
        at.push_str(&escaped(step));
        run(self, at);
        at.truncate(length);
    }
}
