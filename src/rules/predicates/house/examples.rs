//! What is described without an example.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::listed::headers;
use super::{found, response};
use crate::openapi::{MediaType, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const HAS_CONTENT_WITHOUT_EXAMPLE: Predicate = Predicate {
    name: "has-content-without-example",
    noun: Noun::Response,
    doc: "The response describes content without an example: none beside the schema, none in it, none at its members or items; \
          shows each media type.",
    arguments: &[],
    words: &["content"],
    reads: Reads::Definition,
    run: content_without_example,
};

pub(in super::super) const HAS_HEADER_WITHOUT_EXAMPLE: Predicate = Predicate {
    name: "has-header-without-example",
    noun: Noun::Response,
    doc: "The response declares header fields without an example, enum, const or default; shows each.",
    arguments: &[],
    words: &["header"],
    reads: Reads::Definition,
    run: header_without_example,
};

fn content_without_example<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let is_bare = |content: &&MediaType<'p>| {
        content.target().is_some()
            && content.examples().is_empty()
            && !content.schema().is_some_and(|schema| has_example(schema, 2))
    };
    let bare = row.api.content_of(response).iter().filter(is_bare);
    let evidence: Vec<Evidence<'p>> = bare.map(|content| found(content.name, "content", name(*content))).collect();
    Judgement::found(evidence)
}

fn name(content: MediaType<'_>) -> String {
    content.text().map_or_else(|| "the content".to_owned(), |text| format!("`{text}`"))
}

/// A schema has one itself, in its items, or at any of its members.
fn has_example(schema: Schema<'_>, levels: u8) -> bool {
    if schema.target().is_none() || !schema.shown_values().is_empty() {
        return true;
    }
    let below = |inner: Schema<'_>| levels > 0 && has_example(inner, levels - 1);
    schema.items().is_some_and(below)
        || schema.branches().any(below)
        || schema.properties().list.into_iter().any(|property| below(property.schema))
}

fn header_without_example<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    headers(row, |header| header.target().is_some() && header.values().is_empty())
}
