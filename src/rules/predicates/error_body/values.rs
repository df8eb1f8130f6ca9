//! The bodies that a response shows as examples.

use crate::openapi::{MediaType, Schema};
use crate::syntax::Node;

/// The bodies that a media type shows: its examples, else those of its schema as a whole.
pub(super) fn shown(media_type: MediaType<'_>) -> Vec<Node<'_>> {
    let beside = media_type.examples();
    let examples = if beside.is_empty() { media_type.schema().map(Schema::examples).unwrap_or_default() } else { beside };
    examples.into_iter().map(|example| example.value).collect()
}
