//! The YAML reader: events of granit-parser to the tape, and what to do when they stop at an error.

mod diagnose;
mod events;
mod fold;
mod place;
mod recover;
mod words;

use super::{File, Format};
use crate::source::Source;

/// Reads a text as YAML 1.2.
pub(super) fn parse(source: Source) -> File {
    let (builder, faults) = recover::read(&source);
    builder.finish(source, Format::Yaml, faults)
}

#[cfg(test)]
mod tests;
