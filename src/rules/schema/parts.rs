//! Small pieces of JSON Schema.

use serde_json::{Map, Value, json};

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A map with these keys and no others.
pub(super) fn closed(properties: Map<String, Value>, required: &[&str]) -> Value {
    let properties = Value::Object(properties);
    let mut schema = json!({ "type": "object", "additionalProperties": false });
    add(&mut schema, [("properties", properties)]);
    if !required.is_empty() {
        add(&mut schema, [("required", json!(required))]);
    }
    schema
}

/// Adds keywords to a schema.
pub(super) fn add<const N: usize>(schema: &mut Value, keywords: [(&str, Value); N]) {
    if let Value::Object(map) = schema {
        map.extend(keywords.map(|(keyword, value)| (keyword.to_owned(), value)));
    }
}

/// A schema with a sentence for people. Beside a `$ref` all else would be ignored.
pub(super) fn described(schema: Value, doc: &str) -> Value {
    let mut schema = if schema.get("$ref").is_some() { json!({ "allOf": [schema] }) } else { schema };
    add(&mut schema, [("description", json!(doc))]);
    schema
}

/// One of some words.
pub(super) fn one_of_words<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({ "enum": words.into_iter().collect::<Vec<_>>() })
}

/// A value or a list of such.
pub(super) fn one_or_many(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}

/// What reads as text: YAML leaves out the quotes.
pub(super) fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// A status as rules and options name it.
pub(super) fn status() -> Value {
    json!({ "anyOf": [
        { "type": "integer", "minimum": 100, "maximum": 599 },
        { "type": "string", "pattern": STATUS },
    ] })
}

/// A status code, a range or `default`.
pub(super) const STATUS: &str = "^([1-5][0-9][0-9]|[1-5]XX|default)$";

/// The value of an option in place of a value.
pub(super) fn of_option() -> Value {
    let name = json!({ "type": "string", "description": "The name of an option of this rule" });
    closed([("option".to_owned(), name)].into_iter().collect(), &["option"])
}
