//! The YAML reader: events of granit-parser to the tape.

use super::build::Builder;
use super::{File, Format};
use crate::source::Source;

/// Reads a text as YAML 1.2.
pub(super) fn parse(source: Source) -> File {
    Builder::for_text_of(source.text().len()).finish(source, Format::Yaml, Vec::new())
}
