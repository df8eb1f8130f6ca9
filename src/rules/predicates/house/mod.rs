//! What houses agree on beyond HTTP: lists of what is allowed or wanted, shapes of bodies, names. Most rules with these are off.

pub(super) mod body_shape;
pub(super) mod examples;
pub(super) mod header_names;
pub(super) mod links;
pub(super) mod listed;
pub(super) mod media;
pub(super) mod members;
pub(super) mod misfits;
pub(super) mod one_schema;
pub(super) mod paging;
pub(super) mod phrase;
pub(super) mod secrets;
pub(super) mod security;
pub(super) mod unused;

use crate::facts::ResponseFact;
use crate::http::media_type;
use crate::openapi::{MediaType, Schema};
use crate::rules::{Evidence, Row};
use crate::syntax::Node;
use crate::words::listed;

/// The response of a row, if its definition can be seen.
fn response<'a, 'p>(row: &Row<'a, 'p>) -> Option<&'a ResponseFact<'p>> {
    row.response().filter(|response| response.definition.is_some())
}

/// The content of a response that is JSON.
fn json<'a, 'p>(row: &Row<'a, 'p>, response: &'a ResponseFact<'p>) -> impl Iterator<Item = &'a MediaType<'p>> + use<'a, 'p> {
    let is_json = |content: &&MediaType<'p>| content.text().is_some_and(|text| media_type::is_json(&text));
    row.api.content_of(response).iter().filter(is_json)
}

/// The schemas of the JSON content of a response, with the media type that has them.
fn json_schemas<'a, 'p>(
    row: &Row<'a, 'p>,
    response: &'a ResponseFact<'p>,
) -> impl Iterator<Item = (&'a MediaType<'p>, Schema<'p>)> + use<'a, 'p> {
    json(row, response).filter_map(|content| Some((content, content.schema()?.alone())))
}

/// Evidence that stands at a node and has one word.
fn found<'p>(at: impl Into<Option<Node<'p>>>, name: &'static str, word: impl Into<String>) -> Evidence<'p> {
    Evidence { at: at.into(), related: Vec::new(), words: vec![(name, word.into())], ..Evidence::default() }
}

/// Names in backticks: "`a`, `b` and `c`".
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    listed(&names, "and")
}
