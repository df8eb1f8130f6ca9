//! What the text of a header field may stand for.

use serde_json::Value;

use super::types::{Types, is_on, items};
use crate::openapi::{Schema, Version, View};

/// The most items of an array.
const MOST_ITEMS: usize = 10_000;

/// A value that a text may stand for.
pub(super) struct Reading {
    /// The value as JSON text.
    pub(super) json: String,
    /// Whether parts of it could be read otherwise.
    pub(super) is_a_guess: bool,
}

/// How the parts of a text are told apart.
#[derive(Clone, Copy)]
pub(super) struct Separator {
    between: char,
    /// Whether members of objects are written `name=value`.
    has_names: bool,
}

impl Separator {
    /// The separator of a definition: `simple` style, in 2.0 its `collectionFormat`.
    pub(super) fn of(definition: View<'_>) -> Option<Separator> {
        let format = definition.text("collectionFormat").filter(|_| definition.version() == Version::V2_0);
        let between = match format.as_deref() {
            None | Some("csv") => ',',
            Some("ssv") => ' ',
            Some("tsv") => '\t',
            Some("pipes") => '|',
            Some(_) => return None,
        };
        Some(Separator { between, has_names: is_on(definition, "explode") })
    }
}

/// Everything that a text may stand for by the types of the schema; as text where it can be nothing else.
pub(super) fn readings(schema: Schema<'_>, text: &str, separator: Separator) -> Vec<Reading> {
    let types = Types::of(schema);
    let mut found = simple(&types, text);
    if types.may_be(&["array"]) {
        found.push(array(schema, text, separator));
    }
    if types.may_be(&["object"]) {
        found.extend(object(schema, text, separator));
    }
    if found.is_empty() && !types.may_be(&["object"]) {
        found.push(as_text(text));
    }
    found
}

/// The readings as a value without parts.
fn simple(types: &Types, text: &str) -> Vec<Reading> {
    let mut found = Vec::new();
    if types.may_be(&["integer", "number"]) && serde_json::from_str::<serde_json::Number>(text).is_ok() {
        found.push(exact(text));
    }
    if types.may_be(&["boolean"]) && matches!(text, "true" | "false") {
        found.push(exact(text));
    }
    if types.may_be(&["null"]) && matches!(text, "" | "null") {
        found.push(exact("null"));
    }
    if types.may_be(&["string"]) {
        found.push(as_text(text));
    }
    found
}

fn array(schema: Schema<'_>, text: &str, separator: Separator) -> Reading {
    let types = items(schema).map_or_else(Types::any, Types::of);
    let has_nested = !types.is_open() && types.may_be(&["array", "object"]);
    let parts = text.split(separator.between).map(str::trim).filter(|part| !part.is_empty()).take(MOST_ITEMS);
    let parts: Vec<Reading> = parts.map(|part| part_of(&types, part)).collect();
    let is_a_guess = has_nested || parts.len() == MOST_ITEMS || parts.iter().any(|part| part.is_a_guess);
    let parts: Vec<String> = parts.into_iter().map(|part| part.json).collect();
    Reading { json: format!("[{}]", parts.join(",")), is_a_guess }
}

/// Members as `name,value,name,value`, or exploded as `name=value,name=value`.
fn object(schema: Schema<'_>, text: &str, separator: Separator) -> Option<Reading> {
    let parts: Vec<&str> = text.split(separator.between).map(str::trim).take(MOST_ITEMS).collect();
    let pairs: Option<Vec<(&str, &str)>> = if separator.has_names {
        parts.iter().map(|part| part.split_once('=')).collect()
    } else {
        parts.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
    };
    let described = schema.all_properties();
    let mut is_a_guess = !described.complete || parts.len() == MOST_ITEMS;
    let member = |(name, value): (&str, &str)| {
        let types = described.get(name).map(|property| Types::of(property.schema));
        let part = part_of(&types.unwrap_or_else(Types::any), value);
        is_a_guess |= part.is_a_guess;
        format!("{}:{}", Value::from(name), part.json)
    };
    let members: Vec<String> = pairs?.into_iter().map(member).collect();
    Some(Reading { json: format!("{{{}}}", members.join(",")), is_a_guess })
}

/// The first reading of a part; a guess where there are others.
fn part_of(types: &Types, text: &str) -> Reading {
    let mut found = simple(types, text).into_iter();
    let first = found.next().unwrap_or_else(|| as_text(text));
    Reading { is_a_guess: found.next().is_some() || types.is_open(), ..first }
}

fn exact(json: &str) -> Reading {
    Reading { json: json.to_owned(), is_a_guess: false }
}

fn as_text(text: &str) -> Reading {
    Reading { json: Value::from(text).to_string(), is_a_guess: false }
}
