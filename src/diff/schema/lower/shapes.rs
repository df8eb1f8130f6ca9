//! Members of objects and items of lists.

use rustc_hash::FxHashMap;

use super::Merging;
use crate::diff::schema::model::{Additional, Layer, Tuple};
use crate::openapi::{Schema, Version, View};
use crate::syntax::Node;

impl<'p> Merging<'_, 'p> {
    /// The layer of one Schema Object.
    pub(super) fn layer(&mut self, view: View<'p>) {
        let node = view.node();
        let patterns = node.get("patternProperties").filter(|_| view.version() >= Version::V3_1);
        let described = properties_of(view);
        let additional = node.entry("additionalProperties").map(|entry| additional(entry.key, entry.value));
        if described.is_none() && patterns.is_none() && additional.is_none() {
            return;
        }
        let mut layer = Layer {
            properties: Vec::new(),
            index: FxHashMap::default(),
            patterns: Vec::new(),
            additional: additional.unwrap_or(Additional::Open(None)),
        };
        for entry in described.into_iter().flat_map(Node::entries) {
            let Some(name) = entry.key.text() else { continue };
            self.side.work += 1;
            layer.index.insert(name.clone(), layer.properties.len());
            layer.properties.push((name, entry.key, entry.value));
        }
        for entry in patterns.into_iter().flat_map(Node::entries) {
            layer.patterns.extend(entry.key.text().map(|pattern| (pattern.into_owned(), entry.value)));
        }
        self.model.layers.push(layer);
    }

    /// `unevaluatedProperties` sees what everything inside of its own schema describes.
    pub(super) fn unevaluated(&mut self, view: View<'p>, inside: &Inside) {
        let entry = view.node().entry("unevaluatedProperties").filter(|_| view.version() >= Version::V3_1);
        let Some((key, additional)) = entry.map(|entry| (entry.key, additional(entry.key, entry.value))) else { return };
        let inner = self.model.layers.get(inside.layers..).unwrap_or_default();
        let has_all = |layer: &Layer<'_>| !matches!(layer.additional, Additional::Open(None));
        if inner.iter().any(has_all) {
            return;
        }
        if !matches!(additional, Additional::Open(_)) && self.depends_on_value(view, inside) {
            self.model.depends.push(key);
        }
        let mut layer = Layer { properties: Vec::new(), index: FxHashMap::default(), patterns: Vec::new(), additional };
        for other in inner {
            layer.index.extend(other.index.keys().map(|name| (name.clone(), usize::MAX)));
            layer.patterns.extend(other.patterns.iter().cloned());
        }
        self.model.layers.push(layer);
    }

    /// Whether what describes members inside of a schema depends on the value, or was left out.
    fn depends_on_value(&self, view: View<'p>, inside: &Inside) -> bool {
        let unions = self.model.unions.get(inside.unions..).unwrap_or_default();
        let opaque = self.model.opaque.get(inside.opaque..).unwrap_or_default();
        unions.iter().any(|union| !union.is_one_of)
            || opaque.iter().any(|opaque| describes_by_condition(&opaque.name))
            || view.node().get("if").is_some()
            || self.left_out > inside.left_out
    }

    /// What one Schema Object says about items.
    pub(super) fn tuple(&mut self, view: View<'p>) {
        let node = view.node();
        let prefix = node.entry("prefixItems").filter(|_| view.version() >= Version::V3_1);
        let items = node.entry("items");
        if let Some(entry) = items.filter(|entry| entry.value.is_list()) {
            return self.opaque("items", entry.key, entry.value);
        }
        if prefix.is_none() && items.is_none() {
            return;
        }
        self.of_all_items += usize::from(items.is_some());
        let prefix: Vec<Node<'p>> = prefix.into_iter().flat_map(|entry| entry.value.items()).collect();
        if let Some(entry) = items.filter(|entry| entry.value.as_bool() == Some(false)) {
            self.model.items.at_most(prefix.len() as u64, entry.key);
        }
        let items = items.map(|entry| entry.value).filter(|value| value.as_bool().is_none());
        self.model.tuples.push(Tuple { prefix, items });
    }

    /// `unevaluatedItems` is what `items` would be, behind all that is said about items inside of its own schema. Where that
    /// depends on the value, it is compared as a whole.
    pub(super) fn unevaluated_items(&mut self, view: View<'p>, inside: &Inside) {
        let entry = view.node().entry("unevaluatedItems").filter(|_| view.version() >= Version::V3_1);
        let Some(entry) = entry else { return };
        let has_all = self.of_all_items > inside.of_all_items;
        self.of_all_items += 1;
        if has_all || entry.value.as_bool() == Some(true) {
            return;
        }
        let tuples = self.model.tuples.get(inside.tuples..).unwrap_or_default();
        let is_more = self.left_out > inside.left_out || self.of_some_items > inside.of_some_items;
        if is_more || self.model.unions.len() > inside.unions || self.model.opaque.len() > inside.opaque {
            return self.opaque("unevaluatedItems", entry.key, entry.value);
        }
        let longest = tuples.iter().map(|tuple| &tuple.prefix).max_by_key(|prefix| prefix.len());
        let prefix = longest.cloned().unwrap_or_default();
        match entry.value.as_bool() {
            Some(_) => self.model.items.at_most(prefix.len() as u64, entry.key),
            None => self.model.tuples.push(Tuple { prefix, items: Some(entry.value) }),
        }
    }

    /// Names that must be there. What only requests carry need not be.
    pub(super) fn required(&mut self, view: View<'p>, list: Node<'p>) {
        let properties = properties_of(view);
        for name in list.items() {
            let Some(text) = name.text() else { continue };
            self.side.work += 1;
            let property = properties.and_then(|properties| properties.get(&text));
            if !property.is_some_and(|property| is_write_only(view.with(property))) {
                self.model.required.entry(text).or_insert(name);
            }
        }
    }

    /// `dependentRequired`, name by name.
    pub(super) fn dependent(&mut self, key: Node<'p>, map: Node<'p>) {
        for entry in map.entries() {
            let Some(name) = entry.key.text() else { continue };
            let others = entry.value.items().filter_map(Node::text);
            self.model.dependent.extend(others.map(|other| (name.clone().into_owned(), other.into_owned(), key)));
        }
    }
}

/// How much a merged view holds before a schema is taken in.
pub(super) struct Inside {
    layers: usize,
    tuples: usize,
    unions: usize,
    opaque: usize,
    left_out: usize,
    of_all_items: usize,
    of_some_items: usize,
}

impl Inside {
    pub(super) fn of(merging: &Merging<'_, '_>) -> Self {
        let model = &merging.model;
        Inside {
            layers: model.layers.len(),
            tuples: model.tuples.len(),
            unions: model.unions.len(),
            opaque: model.opaque.len(),
            left_out: merging.left_out,
            of_all_items: merging.of_all_items,
            of_some_items: merging.of_some_items,
        }
    }
}

/// Whether what stands in a keyword may describe members, where the value meets its condition.
pub(in crate::diff::schema) fn describes_by_condition(name: &str) -> bool {
    matches!(name, "if" | "dependentSchemas" | "dependencies" | "$dynamicRef" | "$recursiveRef")
}

/// The map of properties. A `$ref` in its place is followed, though OpenAPI allows none there.
fn properties_of(view: View<'_>) -> Option<Node<'_>> {
    let properties = view.get("properties")?;
    properties.target().map_or(Some(properties.node()), |target| Some(target.node())).filter(|map| map.is_map())
}

fn additional<'p>(key: Node<'p>, value: Node<'p>) -> Additional<'p> {
    match value.as_bool() {
        Some(true) => Additional::Open(Some(key)),
        Some(false) => Additional::Closed(key),
        None if value.is_map() && value.entries().next().is_none() => Additional::Open(Some(key)),
        None => Additional::Schema(key, value),
    }
}

/// Whether a property is one that only requests carry: it says so, or a part of its `allOf` does.
pub(in crate::diff::schema) fn is_write_only(property: View<'_>) -> bool {
    let says_so = |schema: View<'_>| Schema(schema).keyword("writeOnly").and_then(Node::as_bool) == Some(true);
    let parts = || Schema(property).keyword("allOf").into_iter().flat_map(Node::items);
    property.version() >= Version::V3_0 && (says_so(property) || parts().any(|part| says_so(property.with(part))))
}
