//! The keywords of one Schema Object.

use serde_json::{Map, Value, json};

use super::keywords::{Shape, shape_of};
use super::{Lowering, Side};
use crate::openapi::{Schema, Version};
use crate::syntax::Node;

/// A Schema Object in the making.
pub(super) struct Object<'p> {
    pub(super) node: Node<'p>,
    pub(super) side: Side,
    pub(super) map: Map<String, Value>,
    /// Whether a keyword was not understood, so that nothing fits the strict reading.
    pub(super) is_in_doubt: bool,
}

impl Object<'_> {
    /// How many schemas its `allOf` has.
    pub(super) fn parts(&self) -> usize {
        self.map.get("allOf").and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Adds a schema to its `allOf`.
    pub(super) fn add_part(&mut self, part: Value) {
        if let Some(parts) = self.map.entry("allOf").or_insert_with(|| json!([])).as_array_mut() {
            parts.push(part);
        }
    }
}

impl<'p> Lowering<'_, 'p> {
    /// A Schema Object with the keywords beside its `$ref`, if it has one.
    pub(super) fn object(&mut self, node: Node<'p>, reference: Option<Node<'p>>, side: Side) -> Value {
        let looks_around = ["unevaluatedProperties", "unevaluatedItems"].iter().any(|name| node.get(name).is_some());
        if looks_around {
            self.framed(node, |lowering| lowering.whole_object(node, reference, side))
        } else {
            self.whole_object(node, reference, side)
        }
    }

    fn whole_object(&mut self, node: Node<'p>, reference: Option<Node<'p>>, side: Side) -> Value {
        let mut object = Object { node, side, map: Map::new(), is_in_doubt: false };
        for entry in node.entries() {
            let Some(name) = entry.key.text() else { continue };
            if let Some(shape) = shape_of(&name, self.view.version()) {
                self.under(&name, |lowering| lowering.keyword(&mut object, &name, entry.value, shape));
            }
        }
        if let Some(reference) = reference {
            self.beside_reference(&mut object, reference);
        }
        self.alternatives(&mut object, "anyOf");
        self.alternatives(&mut object, "oneOf");
        self.bounds(&mut object);
        self.required(&mut object);
        self.condition(&mut object);
        self.contains(&mut object);
        self.additional(&mut object);
        self.nullable_type(&mut object);
        if object.is_in_doubt && side == Side::Strict { Value::Bool(false) } else { Value::Object(object.map) }
    }

    fn beside_reference(&mut self, object: &mut Object<'p>, reference: Node<'p>) {
        match self.reference(object.node, reference, object.side) {
            Value::Object(target) => object.map.extend(target),
            _ => object.is_in_doubt = true,
        }
    }

    fn keyword(&mut self, object: &mut Object<'p>, name: &str, value: Node<'p>, shape: Shape) {
        let side = object.side;
        let is_about_own_value = matches!(name, "allOf" | "not" | "if" | "then" | "else" | "dependentSchemas");
        let lowered = match shape {
            // These two are looked at once everything else is known.
            Shape::Schemas if matches!(name, "anyOf" | "oneOf") => return,
            Shape::Schema | Shape::Items if self.is_unasked(name, None) => Some(Value::Bool(true)),
            Shape::Schema if name == "not" => Some(self.schema(value, side.other())),
            Shape::Schema if name == "if" || name == "contains" => {
                Some(self.framed(value, |lowering| lowering.one(value, side, is_about_own_value)))
            }
            Shape::Schema => Some(self.one(value, side, is_about_own_value)),
            Shape::Schemas => self.list(value, side, is_about_own_value),
            Shape::Named => self.named(object, name, value),
            Shape::Items if value.is_list() && self.has_item_lists() => self.list(value, side, false),
            Shape::Items => Some(self.one(value, side, false)),
            Shape::Dependencies => self.dependencies(value, side),
            _ => return self.literal(object, name, value, shape),
        };
        match lowered {
            Some(lowered) => drop(object.map.insert(name.to_owned(), lowered)),
            None => self.misunderstood(object, name),
        }
    }

    /// Notes that a keyword says nothing that is understood.
    pub(super) fn misunderstood(&mut self, object: &mut Object<'p>, name: &str) {
        self.doubt(format!("the value of `{name}` in the schema is not understood"));
        object.is_in_doubt = true;
    }

    fn one(&mut self, value: Node<'p>, side: Side, is_about_own_value: bool) -> Value {
        if is_about_own_value { self.schema(value, side) } else { self.inner_schema(value, side) }
    }

    pub(super) fn list(&mut self, list: Node<'p>, side: Side, is_about_own_value: bool) -> Option<Value> {
        list.items().next()?;
        let item = |(index, item): (usize, Node<'p>)| {
            self.under(&index.to_string(), |lowering| lowering.one(item, side, is_about_own_value))
        };
        Some(Value::Array(list.items().enumerate().map(item).collect()))
    }

    fn named(&mut self, object: &mut Object<'p>, keyword: &str, map: Node<'p>) -> Option<Value> {
        if !map.is_map() {
            return None;
        }
        let mut lowered = Map::new();
        for entry in map.entries() {
            let Some(name) = entry.key.text() else { continue };
            if keyword == "patternProperties" && !self.is_understood(&name) {
                self.misunderstood(object, keyword);
                continue;
            }
            let is_about_own_value = keyword == "dependentSchemas";
            let is_write_only = keyword == "properties" && self.is_write_only(&name, entry.value);
            if !is_write_only && self.is_unasked(keyword, Some(&name)) {
                continue;
            }
            let lower = |lowering: &mut Self| lowering.one(entry.value, object.side, is_about_own_value);
            let value = if is_write_only { Value::Bool(true) } else { self.under(&name, lower) };
            lowered.insert(name.into_owned(), value);
        }
        Some(Value::Object(lowered))
    }

    /// Whether a keyword, or what it says of a name, is about nothing that the instance has.
    fn is_unasked(&self, keyword: &str, name: Option<&str>) -> bool {
        self.asked.is_some_and(|asked| !asked.concerns(keyword, name))
    }

    /// Whether a property is one that only requests carry. Its value is not looked at then: that it is there is what counts.
    fn is_write_only(&mut self, name: &str, property: Node<'p>) -> bool {
        let flag = Schema(self.view.with(property)).keyword("writeOnly").and_then(Node::as_bool);
        let is_write_only = flag == Some(true) && self.view.version() >= Version::V3_0;
        if is_write_only {
            self.write_only.insert(name.to_owned());
        }
        is_write_only
    }

    fn dependencies(&mut self, map: Node<'p>, side: Side) -> Option<Value> {
        if !map.is_map() {
            return None;
        }
        let mut lowered = Map::new();
        for entry in map.entries() {
            let name = entry.key.text()?;
            let value = if entry.value.is_list() {
                super::values::names(entry.value)?
            } else {
                self.under(&name, |lowering| lowering.one(entry.value, side, true))
            };
            lowered.insert(name.into_owned(), value);
        }
        Some(Value::Object(lowered))
    }

    /// What only requests carry may be missing. The property may be described in another part of an `allOf`.
    fn required(&mut self, object: &mut Object<'p>) {
        let Some(Value::Array(names)) = object.map.get_mut("required") else { return };
        let properties = object.node.get("properties");
        names.retain(|name| {
            let name = name.as_str().unwrap_or_default();
            match properties.and_then(|properties| properties.get(name)) {
                Some(property) => !self.is_write_only(name, property),
                None => !self.known.write_only.contains(name),
            }
        });
        if names.is_empty() {
            object.map.remove("required");
        }
    }

    /// A condition in doubt may choose either way.
    fn condition(&mut self, object: &mut Object<'p>) {
        if object.node.get("if").is_some_and(|condition| object.map.contains_key("if") && self.is_tainted(condition)) {
            object.map.retain(|name, _| !matches!(name.as_str(), "if" | "then" | "else"));
            object.is_in_doubt = true;
        }
    }

    /// More items may contain what is in doubt, or fewer.
    fn contains(&mut self, object: &mut Object<'p>) {
        let is_bounded = object.map.contains_key("maxContains");
        if object.node.get("contains").is_some_and(|contained| is_bounded && self.is_tainted(contained)) {
            object.map.retain(|name, _| !name.ends_with("ontains"));
            object.is_in_doubt = true;
        }
    }

    /// What is additional cannot be told where what is described is in doubt.
    fn additional(&mut self, object: &mut Object<'p>) {
        if object.node.get("patternProperties").is_some() && object.map.contains_key("additionalProperties") {
            let described = object.map.get("patternProperties").and_then(Value::as_object).map_or(0, Map::len);
            let written = object.node.get("patternProperties").map_or(0, |map| map.entries().count());
            if described < written {
                object.map.remove("additionalProperties");
                self.misunderstood(object, "patternProperties");
            }
        }
        if self.is_tainted(object.node) {
            let before = object.map.len();
            object.map.retain(|name, _| !name.starts_with("unevaluated"));
            object.is_in_doubt |= object.map.len() < before;
        }
    }
}
