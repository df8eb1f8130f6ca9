//! `body-has-member`: the body of a response has a member with one of these names.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::Schema;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;
use crate::words::words;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "body-has-member",
    noun: Noun::Response,
    doc: "The body has a member with one of these names at its top or one level down; unknown where nothing is told about its members.",
    arguments: &[("names", OptionKind::Strings)],
    words: &[],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Strings(names)) = arguments.get("names") else { return Judgement::plain(false) };
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let of_media_type = |schema: Option<Schema<'p>>| schema.map_or(Truth::Unknown, |schema| has_member(schema, names, 1));
    Judgement::plain(Truth::any(row.api.content_of(response).iter().map(|media_type| of_media_type(media_type.schema()))))
}

/// Whether a schema, or the items of a list, has a member with one of these names, so many levels down.
pub(super) fn has_member(schema: Schema<'_>, names: &[String], levels: u8) -> Truth {
    let Some(schema) = schema.innermost() else { return Truth::Unknown };
    let properties = schema.properties();
    if properties.list.iter().any(|property| names.contains(&words(&property.name).concat())) {
        return Truth::True;
    }
    let unseen = if properties.complete && !properties.list.is_empty() { Truth::False } else { Truth::Unknown };
    // What a member does not tell about its own members is no reason to doubt the whole.
    let inner = properties.list.iter().filter(|_| levels > 0).map(|property| has_member(property.schema, names, levels - 1));
    Truth::any(inner.filter(|truth| truth.is_true())).or(unseen)
}
