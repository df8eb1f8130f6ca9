//! Options: how they are declared in a rule, and what their values look like.

use serde_json::{Map, Value, json};

use super::parts::{STATUS, add, closed, described, one_of_words, one_or_many, reference, scalar, status};
use crate::http::method::Method;
use crate::rules::keys;
use crate::rules::options::OptionKind;

/// The definitions of the values of all types, for schemas that refer to them.
pub fn option_schemas() -> Map<String, Value> {
    OptionKind::WORDS.iter().map(|(_, kind)| (slug(*kind), schema(*kind))).collect()
}

/// A reference to the definition of values of this type.
pub fn option_schema(kind: OptionKind) -> Value {
    reference(&slug(kind))
}

fn slug(kind: OptionKind) -> String {
    format!("value-{}", kind.word())
}

fn schema(kind: OptionKind) -> Value {
    match kind {
        OptionKind::Boolean => json!({ "type": "boolean" }),
        OptionKind::Number => json!({ "type": "number" }),
        OptionKind::String => json!({ "type": "string" }),
        OptionKind::Regex => json!({ "type": "string", "format": "regex" }),
        OptionKind::Strings => one_or_many(&scalar()),
        OptionKind::Statuses => one_or_many(&status()),
        OptionKind::StringsByStatus => {
            let names = json!({ "anyOf": [{ "const": "any" }, { "pattern": STATUS }] });
            json!({ "type": "object", "propertyNames": names, "additionalProperties": option_schema(OptionKind::Strings) })
        }
        OptionKind::StatusesByMethod => by_method(&option_schema(OptionKind::Statuses)),
    }
}

/// Editors propose the methods in lower case, as descriptions write them.
fn by_method(value: &Value) -> Value {
    let names = Method::ALL.map(|method| method.name().to_ascii_lowercase());
    let words = names.iter().map(String::as_str).chain(["any"]);
    let properties: Map<String, Value> = words.map(|word| (word.to_owned(), value.clone())).collect();
    let upper: Vec<&str> = Method::ALL.iter().map(|method| method.name()).collect();
    let pattern = format!("^({})$", upper.join("|"));
    let mut schema = closed(properties, &[]);
    add(&mut schema, [("patternProperties", json!({ pattern: value }))]);
    schema
}

/// The schema of a declaration: the default has the type that it names.
pub(super) fn declaration() -> Value {
    let property = |key: &str| match key {
        "type" => one_of_words(OptionKind::WORDS.map(|(word, _)| word)),
        "doc" => json!({ "type": "string" }),
        _ => json!({}),
    };
    let properties = keys::OPTION.iter().map(|(key, doc)| ((*key).to_owned(), described(property(key), doc)));
    let mut schema = closed(properties.collect(), &keys::words(keys::OPTION));
    let branch = |(word, kind): (&str, OptionKind)| {
        json!({
            "if": { "properties": { "type": { "const": word } } },
            "then": { "properties": { "default": option_schema(kind) } },
        })
    };
    add(&mut schema, [("allOf", Value::Array(OptionKind::WORDS.map(branch).into()))]);
    schema
}
