//! What the operations of two descriptions answer: statuses, media types and header fields. Schemas are compared by whoever
//! calls.

mod compare;
mod content;
mod envelope;
mod gathering;
mod header_texts;
mod headers;
mod identity;
mod media_types;
mod operations;
mod outcomes;
mod response;
mod schemas;
mod statuses;
#[cfg(test)]
mod tests;

pub use compare::{CompareSchemas, compare};
pub(super) use identity::nameless;

use super::change::{Change, Compared, Hindered, Options, SchemaChange};
use super::detail::detail;
use crate::finding::Class;
