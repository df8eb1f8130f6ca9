//! `tells-item-status`: whether the body of a multi-status response says how each of its items fared.

use super::{Arguments, Judgement, Looks, Predicate, Reads};
use crate::facts::{Api, Observed, Question};
use crate::http::media_type;
use crate::openapi::{Example, MediaType, Property, Schema};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::{has_word, words};

pub(super) const PREDICATE: Predicate = Predicate {
    name: "tells-item-status",
    noun: Noun::Response,
    doc: "The items of a list or map in the JSON body have a status of their own, or failures have a list of theirs; XML does by its format.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

/// How many members deep a list is looked for.
const DEPTH: u8 = 2;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(exchange) = row.exchange() {
        return Judgement::plain(in_observed(exchange));
    }
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let look = || Truth::any(row.api.content_of(response).iter().map(|content| in_content(row.api, *content)));
    Judgement::plain(row.api.once(response, |known| &known.tells_item_status, look))
}

fn in_observed(exchange: &Observed<'_>) -> Truth {
    if exchange.media_type().is_some_and(|media_type| media_type.is_xml()) {
        return Truth::True;
    }
    match exchange.json() {
        Some(json) if in_value(json, DEPTH) || shows_failures(json) => Truth::True,
        // Without items there is nothing that could have a status.
        Some(json) if has_items(json, DEPTH) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Whether there is a list or map of objects.
fn has_items(value: Node<'_>, depth: u8) -> bool {
    let mut values = value.items().chain(value.entries().map(|entry| entry.value));
    values.any(|inner| inner.is_map() || depth > 0 && has_items(inner, depth - 1))
}

fn shows_failures(value: Node<'_>) -> bool {
    value.entries().any(|entry| entry.value.is_list() && entry.key.text().is_some_and(|name| has_word(&name, &FAILURES)))
}

fn in_content<'p>(api: &Api<'p>, content: MediaType<'p>) -> Truth {
    let text = content.text();
    match text.as_deref().and_then(media_type::MediaType::parse) {
        Some(parsed) if parsed.is_xml() => Truth::True,
        Some(parsed) if !parsed.is_json() => Truth::Unknown,
        _ => in_json(api, content),
    }
}

fn in_json<'p>(api: &Api<'p>, content: MediaType<'p>) -> Truth {
    if shown_by(&content.examples()) {
        return Truth::True;
    }
    content.schema().map_or(Truth::Unknown, |schema| api.noted(schema, Question::Items, || of_schema(schema)))
}

fn of_schema(schema: Schema<'_>) -> Truth {
    if shown_by(&schema.examples()) { Truth::True } else { in_schema(schema, DEPTH, &mut Looks::default()) }
}

fn shown_by(examples: &[Example<'_>]) -> bool {
    examples.iter().any(|example| in_value(example.value, DEPTH))
}

/// Looks for lists and maps of items. What has no members, or hides some, may have them.
fn in_schema(schema: Schema<'_>, depth: u8, looks: &mut Looks) -> Truth {
    if !looks.take() {
        return Truth::Unknown;
    }
    if let Some(items) = schema.items().or_else(|| schema.values()) {
        return is_item(items, depth, looks);
    }
    let properties = schema.properties();
    let branches: Vec<Schema<'_>> = schema.branches().collect();
    if properties.list.is_empty() && branches.is_empty() {
        let is_plain = schema.types().iter().any(|name| !matches!(name.as_ref(), "object" | "array"));
        return if is_plain { Truth::False } else { Truth::Unknown };
    }
    if properties.list.iter().any(lists_failures) {
        return Truth::True;
    }
    let hidden = if properties.complete || !branches.is_empty() { Truth::False } else { Truth::Unknown };
    let inner = properties.list.iter().filter(|property| depth > 0 && may_hold_items(property.schema));
    let branches = branches.into_iter().filter(|_| depth > 0);
    let all = inner.map(|property| property.schema).chain(branches);
    Truth::any(all.map(|schema| in_schema(schema, depth - 1, looks))).or(hidden)
}

/// Plain members hold no items; what does not tell its type may.
fn may_hold_items(schema: Schema<'_>) -> bool {
    let types = schema.types();
    types.is_empty() || types.iter().any(|name| matches!(name.as_ref(), "object" | "array"))
}

/// Whether an item says how it fared, itself or in a member such as `response`.
fn is_item(schema: Schema<'_>, depth: u8, looks: &mut Looks) -> Truth {
    if !looks.take() {
        return Truth::Unknown;
    }
    let properties = schema.properties();
    if properties.list.iter().any(is_status) {
        return Truth::True;
    }
    let branches: Vec<Schema<'_>> = schema.branches().collect();
    if properties.list.is_empty() && branches.is_empty() {
        let is_plain = schema.types().iter().any(|name| name != "object");
        return if is_plain { Truth::False } else { Truth::Unknown };
    }
    let hidden = if properties.complete || !branches.is_empty() { Truth::False } else { Truth::Unknown };
    let inner = properties.list.iter().map(|property| (property.schema, true));
    let all = inner.chain(branches.into_iter().map(|branch| (branch, false))).filter(|_| depth > 0);
    let told = all.map(|(schema, is_member)| match is_item(schema, depth - 1, looks) {
        Truth::Unknown if is_member => Truth::False,
        told => told,
    });
    Truth::any(told).or(hidden)
}

fn is_status(property: &Property<'_>) -> bool {
    let types = property.schema.types();
    let fits = types.is_empty() || types.iter().any(|name| matches!(name.as_ref(), "integer" | "number" | "string"));
    names_a_status(&property.name) && fits
}

/// `status`, `statusCode`, `http_status_code`, `code`; `countryCode` is none.
fn names_a_status(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words.as_slice(), ["code" | "statuscode"] | [.., "status"] | [.., "status", "code"])
}

/// What lists of failures are called.
const FAILURES: [&str; 8] = ["failed", "failure", "failures", "unsuccessful", "rejected", "errors", "errored", "unprocessed"];

/// A list of its own for what failed says as much as a status, also one in a text: `failedRegions: "east, west"`.
fn lists_failures(property: &Property<'_>) -> bool {
    let lists_names = property.name.ends_with('s') && property.schema.types().iter().any(|name| name == "string");
    (property.schema.items().is_some() || lists_names) && has_word(&property.name, &FAILURES)
}

fn in_value(value: Node<'_>, depth: u8) -> bool {
    let has_status = |item: Node<'_>| item.entries().any(|entry| entry.key.text().is_some_and(|name| names_a_status(&name)));
    let is_item = |item: Node<'_>| has_status(item) || item.entries().any(|entry| has_status(entry.value));
    if value.is_list() {
        return value.items().any(is_item);
    }
    value.entries().any(|entry| is_item(entry.value) || depth > 0 && in_value(entry.value, depth - 1))
}

#[cfg(test)]
mod tests {
    use super::names_a_status;

    #[test]
    fn names_of_a_status() {
        for name in ["status", "statusCode", "statuscode", "http_status_code", "itemStatus", "code", "HTTPStatus"] {
            assert!(names_a_status(name), "{name}");
        }
        for name in ["countryCode", "statusText", "errorCode", "decode", "state"] {
            assert!(!names_a_status(name), "{name}");
        }
    }
}
