//! Cassettes in YAML. They are read at once, since aliases may point anywhere; each entry is then read as JSON.

use std::io::{self, Read};

use super::element::{Element, End, Limits};
use super::entry::Entry;
use super::form::Form;
use super::input::RecordingPlace;
use super::raw::read;
use crate::source::SourceId;
use crate::syntax::{FaultKind, File, MAXIMUM_DEPTH, Node, Scalar};

/// How large a cassette in YAML may be.
const LARGEST: u64 = 32 << 20;

/// The entries of a cassette.
pub(super) fn cassette(stream: impl Read, limits: Limits) -> io::Result<Vec<(RecordingPlace, Entry)>> {
    let mut bytes = Vec::new();
    stream.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let is_cut = bytes.len() as u64 > LARGEST;
    let file = crate::syntax::read(SourceId(0), "cassette.yaml", bytes);
    let interactions = file.roots().filter_map(|root| root.get("http_interactions").or_else(|| root.get("interactions")));
    // Aliases make little text stand for much.
    let mut room = 4 * LARGEST as usize;
    let elements = interactions.flat_map(Node::items).map(|node| {
        let element = element(&file, node, room.min(limits.element));
        room -= element.text.len().min(room);
        element
    });
    let mut entries: Vec<_> = elements.flat_map(|element| read(Form::Cassette, element, limits)).collect();
    let fault = file.faults().iter().find(|fault| fault.kind != FaultKind::DuplicateKey);
    let broken = |offset, message: &str| (place_in(&file, offset), Entry::Broken(message.to_owned()));
    if is_cut {
        let message = format!("the cassette is larger than {} MB, and the rest is not read: split it", LARGEST >> 20);
        entries.push(broken(file.source().text().len() as u32, &message));
    } else if let Some(fault) = fault {
        entries.push(broken(fault.span.start, "the cassette is not valid YAML here"));
    }
    Ok(entries)
}

/// An exchange that stands somewhere else than in a recording, in the form of one line: JSON or YAML.
pub fn exchange_at(node: Node<'_>) -> Entry {
    let limits = Limits::default();
    let element = element(node.file(), node, limits.element);
    let entry = read(Form::Ndjson, element, limits).into_iter().next();
    entry.map_or_else(|| Entry::Broken("there is no exchange here".to_owned()), |(_, entry)| entry)
}

/// An interaction as JSON.
fn element(file: &File, node: Node<'_>, most: usize) -> Element {
    let mut element = Element { place: place_in(file, node.span().start), ..Element::default() };
    if write(node, (0, most), &mut element.text).is_none() {
        element = Element { place: element.place, end: End::TooLarge, ..Element::default() };
    }
    element
}

/// Writes a value as JSON; `None` where it grows too large or too deep, as aliases can make it.
fn write(node: Node<'_>, (depth, most): (usize, usize), into: &mut Vec<u8>) -> Option<()> {
    if depth > MAXIMUM_DEPTH {
        return None;
    }
    let inner = (depth + 1, most);
    match node.scalar() {
        None if node.is_map() => {
            let entries = node.entries();
            write_list(entries, *b"{}", into, |entry, into| {
                let key = entry.key.text().unwrap_or_default();
                write_text(if key == "string" && is_binary(entry.value) { "base64_string" } else { &key }, into);
                into.push(b':');
                write(entry.value, inner, into)
            })?;
        }
        None => write_list(node.items(), *b"[]", into, |item, into| write(item, inner, into))?,
        Some(Scalar::Null) => into.extend_from_slice(b"null"),
        Some(Scalar::Boolean(value)) => into.extend_from_slice(value.to_string().as_bytes()),
        Some(Scalar::Integer(number)) => into.extend_from_slice(number.to_string().as_bytes()),
        Some(Scalar::Float(_)) if node.raw().parse::<serde_json::Number>().is_ok() => {
            into.extend_from_slice(node.raw().as_bytes());
        }
        Some(Scalar::Float(_) | Scalar::Text) => write_text(&node.text().unwrap_or_default(), into),
    }
    (into.len() <= most).then_some(())
}

/// Whether a scalar is tagged as bytes: the YAML libraries of Python and Ruby write what is no text so, as Base64.
fn is_binary(node: Node<'_>) -> bool {
    let source = node.file().source();
    let before = source.slice(0..node.span().start as usize).trim_end();
    // The mark of a block scalar stands between the tag and the text.
    let before = before.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-'));
    let before = before.trim_end_matches(['|', '>']).trim_end();
    before.ends_with("!binary") || before.ends_with("!<tag:yaml.org,2002:binary>")
}

fn write_list<I>(
    items: impl Iterator<Item = I>,
    [open, close]: [u8; 2],
    into: &mut Vec<u8>,
    mut write: impl FnMut(I, &mut Vec<u8>) -> Option<()>,
) -> Option<()> {
    into.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            into.push(b',');
        }
        write(item, into)?;
    }
    into.push(close);
    Some(())
}

fn write_text(text: &str, into: &mut Vec<u8>) {
    into.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
}

fn place_in(file: &File, offset: u32) -> RecordingPlace {
    let position = file.source().position(offset);
    RecordingPlace { offset: u64::from(offset), line: u64::from(position.line), column: u64::from(position.column) }
}
