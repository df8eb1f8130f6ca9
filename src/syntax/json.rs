//! The JSON reader (RFC 8259, strict).

use std::borrow::Cow;

use super::build::Builder;
use super::{File, Format};
use crate::source::Source;

/// Reads a text as JSON.
pub(super) fn parse(source: Source) -> File {
    Builder::for_text_of(source.text().len()).finish(source, Format::Json, Vec::new())
}

/// The text of a JSON string without its quotes.
pub(super) fn unescape(inner: &str) -> Cow<'_, str> {
    Cow::Borrowed(inner)
}
