//! `nullable` and `x-nullable`.

use serde_json::{Value, json};

use super::object::Object;
use super::{Anchor, Lowering, Side};
use crate::openapi::Version;
use crate::syntax::Node;

/// Keywords beside which `nullable` leaves null forbidden by the letter of OpenAPI 3.0, whatever its author meant.
const COMBINING: [&str; 5] = ["allOf", "anyOf", "oneOf", "not", "$ref"];

/// What is said about null.
#[derive(Clone, Copy, PartialEq)]
enum Null {
    /// Nothing.
    Unsaid,
    /// It is a further type.
    Type,
    /// It is allowed whatever the other keywords say.
    Allowed,
    /// It was probably meant to be allowed.
    Meant,
}

impl<'p> Lowering<'_, 'p> {
    /// A schema, or null where the node allows that beside all else.
    pub(super) fn or_null(&mut self, node: Node<'p>, side: Side, lower: impl FnOnce(&mut Self) -> Value) -> Value {
        let null = self.null(node);
        if null == Null::Meant {
            self.doubt("`nullable` stands where it has no effect, so that null is forbidden by the letter only");
        }
        if null == Null::Allowed || null == Null::Meant && side == Side::Lenient {
            return self.with_null(node, lower);
        }
        lower(self)
    }

    /// Adds null to the types and values.
    pub(super) fn nullable_type(&self, object: &mut Object<'p>) {
        if self.null(object.node) != Null::Type {
            return;
        }
        for (keyword, null) in [("type", Value::from("null")), ("enum", Value::Null)] {
            if let Some(Value::Array(list)) = object.map.get_mut(keyword)
                && !list.contains(&null)
            {
                list.push(null);
            }
        }
    }

    fn with_null(&mut self, node: Node<'p>, lower: impl FnOnce(&mut Self) -> Value) -> Value {
        self.level += 1;
        let value = self.under("else", |lowering| {
            lowering.anchors.insert(lowering.at.clone(), Anchor::Schema(node));
            lower(lowering)
        });
        self.level -= 1;
        json!({ "if": { "type": "null" }, "else": value })
    }

    fn null(&self, node: Node<'p>) -> Null {
        let flag = |name| node.get(name).and_then(Node::as_bool) == Some(true);
        let (plain, extension) = (flag("nullable"), flag("x-nullable"));
        let is_simple = node.get("type").is_some() && !COMBINING.iter().any(|name| node.get(name).is_some());
        match (plain, extension) {
            (false, false) => Null::Unsaid,
            _ if node.get("$ref").is_some() && !self.is_modern() => Null::Meant,
            (_, true) if is_simple => Null::Type,
            (_, true) => Null::Allowed,
            (true, _) if is_simple && self.view.version() == Version::V3_0 => Null::Type,
            (true, _) => Null::Meant,
        }
    }
}
