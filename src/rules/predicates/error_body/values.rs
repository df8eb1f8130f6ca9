//! The bodies that a response shows as examples.

use crate::openapi::{MediaType, Schema};
use crate::syntax::Node;

/// The members that an example has at most that is looked at: those of errors have few.
const MOST_MEMBERS: usize = 1_000;

/// The bodies that a media type shows: its examples, else those of its schema as a whole.
pub(super) fn shown(media_type: MediaType<'_>) -> Vec<Node<'_>> {
    let beside = media_type.examples();
    let examples = if beside.is_empty() { media_type.schema().map(Schema::examples).unwrap_or_default() } else { beside };
    let is_small = |value: &Node<'_>| value.entries().nth(MOST_MEMBERS).is_none();
    examples.into_iter().map(|example| example.value).filter(is_small).collect()
}
