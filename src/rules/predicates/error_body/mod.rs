//! Predicates about the bodies of errors.

mod envelopes;
mod internals;
mod leak;
mod leaks;
mod media_types;
mod members;
mod problem;
mod reuse;
mod schema;
mod sent;
mod sent_leaks;
mod sent_problem;
mod sent_status;
mod shown_status;
mod values;

use crate::facts::{ErrorBody, Held, ResponseFact};
use crate::http::media_type;
use crate::openapi::{MediaType, NodeId};
use crate::rules::evaluate::{Row, Subject};
use crate::syntax::Node;

pub(super) use envelopes::MIXES_ERROR_ENVELOPES;
pub(super) use internals::{EXPOSES_INTERNALS, SERVES_IN_PUBLIC};
pub(super) use leak::PATTERNS;
pub(super) use leaks::LEAKS_INTERNALS;
pub(super) use media_types::MIXES_ERROR_MEDIA_TYPES;
pub(super) use members::{EXPLAINS_ERROR, NAMES_ERROR};
pub(super) use problem::{MISTYPES_PROBLEM, SHOWS_UNLABELLED_PROBLEM};
pub(super) use reuse::REPEATS_SUCCESS_SCHEMA;
pub(super) use schema::LACKS_SCHEMA;
pub(super) use sent_leaks::SENDS_INTERNALS;
pub(super) use shown_status::SHOWS_ANOTHER_STATUS;

/// The bodies of an error response that programs can read, each with the identity of its schema.
fn bodies<'a, 'p>(row: &Row<'a, 'p>) -> impl Iterator<Item = (NodeId, &'a ErrorBody<'p>)> + use<'a, 'p> {
    let bodies = row.api.error_bodies();
    let readable = held(row).iter().filter(|held| held.is_readable);
    readable.filter_map(|held| Some((held.id, bodies.body(held.id)?)))
}

/// The schemas of a response.
fn held<'a>(row: &Row<'a, '_>) -> &'a [Held] {
    match row.subject {
        Subject::Response(index) => row.api.error_bodies().held(index),
        _ => &[],
    }
}

/// Whether a media type may carry members: JSON, XML, and what nothing names.
fn is_readable(media_type: MediaType<'_>) -> bool {
    let Some(text) = media_type.text() else { return true };
    media_type::MediaType::parse(&text).is_some_and(|parsed| parsed.is_json() || parsed.is_xml() || parsed.is_range())
}

/// Whether a media type is problem details in JSON.
fn is_problem_json(media_type: MediaType<'_>) -> bool {
    let text = media_type.text();
    text.as_deref().and_then(media_type::MediaType::parse).is_some_and(|parsed| parsed.is("application/problem+json"))
}

/// The status key, of a shared response the key that defines it.
fn place<'p>(response: &ResponseFact<'p>) -> Node<'p> {
    let defined = response.definition.filter(|_| response.is_shared()).map(|definition| definition.0.node());
    // What is a whole file has no key; then its first one stands for it.
    let first = |node: Node<'p>| node.own_key().or_else(|| node.entries().next().map(|entry| entry.key));
    defined.and_then(first).unwrap_or(response.key)
}
