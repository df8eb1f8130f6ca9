//! What the operations of two descriptions answer: statuses, media types and header fields. Schemas are compared by whoever
//! calls.

mod change;
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

pub use change::{Change, Class, Mode, Options, SchemaChange};
pub use compare::{CompareSchemas, compare};
