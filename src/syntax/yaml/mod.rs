//! The YAML reader: events of granit-parser to the tape, and what to do when they stop at an error.

mod diagnose;
mod events;
mod fast;
mod fold;
mod place;
mod recover;
mod words;

use super::{File, Format};
use crate::source::{Source, SourceId};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A key and its value come with a colon that ends a word, an item with a dash.
fn nodes_at(pair: &[u8]) -> usize {
    match pair {
        [b':', b' ' | b'\n' | b'\r'] => 2,
        [b'-', b' '] => 1,
        _ => 0,
    }
}

/// Reads a text as YAML 1.2.
pub(super) fn parse(source: Source) -> File {
    match fast::read(source.text()) {
        Some(builder) => builder.finish(source, Format::Yaml, Vec::new()),
        None => parse_fully(source),
    }
}

fn parse_fully(source: Source) -> File {
    let (builder, faults) = recover::read(&source);
    builder.finish(source, Format::Yaml, faults)
}

/// How the fast reader does beside the full one, for tests: `None` if it declines a text, else the first difference
/// between the two tapes, if there is one.
#[doc(hidden)]
pub fn compare_readers(text: &str) -> Option<Result<(), String>> {
    let source = || Source::new(SourceId(0), "", text);
    let fast = fast::read(text)?.finish(source(), Format::Yaml, Vec::new());
    let full = parse_fully(source());
    Some(first_difference(&fast, &full).map_or(Ok(()), Err))
}

fn first_difference(fast: &File, full: &File) -> Option<String> {
    let (one, other) = (&fast.tree, &full.tree);
    let node = one.nodes.iter().zip(&other.nodes).position(|(one, other)| one != other);
    if let Some(at) = node {
        return Some(format!("node {at}: {:?}, not {:?}", one.nodes.get(at), other.nodes.get(at)));
    }
    let text = one.decoded.iter().zip(&other.decoded).position(|(one, other)| one != other);
    if let Some(at) = text {
        return Some(format!("text {at}: {:?}, not {:?}", one.decoded.get(at), other.decoded.get(at)));
    }
    if one.decoded_text != other.decoded_text {
        return Some("decoded texts differ".to_owned());
    }
    let same_size = (one.nodes.len(), one.decoded.len(), &one.roots, &one.aliases, &one.damage);
    let other_size = (other.nodes.len(), other.decoded.len(), &other.roots, &other.aliases, &other.damage);
    if same_size != other_size {
        return Some(format!("{same_size:?}, not {other_size:?}"));
    }
    (fast.faults != full.faults).then(|| format!("{:?}, not {:?}", fast.faults, full.faults))
}

#[cfg(test)]
mod tests;
