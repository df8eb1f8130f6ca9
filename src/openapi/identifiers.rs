//! `$id`, `$self` and anchors: the names of parts of a file, and what references in them are relative to (JSON Schema 2020-12,
//! 8.2).

use fluent_uri::{Uri, UriRef};
use rustc_hash::FxHashMap;

use crate::syntax::{File, Node};

/// The parts of one file that have a name.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// In document order: what stands inside of another comes behind it.
    parts: Vec<Part>,
    anchors: FxHashMap<String, Vec<u32>>,
}

/// A part with an `$id` or `$self`.
#[derive(Debug)]
struct Part {
    node: u32,
    /// The part around it.
    outer: Option<usize>,
    written: String,
    /// Its name where that is known as a whole.
    uri: Option<Uri<String>>,
}

impl Identifiers {
    /// Finds them.
    pub(super) fn of(file: &File) -> Self {
        let mut identifiers = Identifiers::default();
        for &index in file.tree().named() {
            let node = file.node(index);
            for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| node.get_str(key)) {
                identifiers.anchors.entry(anchor.into_owned()).or_default().push(index);
            }
            for text in ["$self", "$id"].into_iter().filter_map(|key| node.get_str(key)) {
                let outer = identifiers.position_around(node);
                let uri = absolute(&text, outer.and_then(|outer| identifiers.parts.get(outer)?.uri.as_ref()));
                identifiers.parts.push(Part { node: index, outer, written: text.into_owned(), uri });
            }
        }
        identifiers
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Every name, as it is written and as a whole, with its node.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, u32)> {
        self.parts.iter().flat_map(|part| {
            let names = [Some(part.written.as_str()), part.uri.as_ref().map(Uri::as_str)];
            names.into_iter().flatten().map(|name| (name, part.node))
        })
    }

    /// The part that a node stands in, or is.
    pub(super) fn around<'p>(&self, node: Node<'p>) -> Option<Node<'p>> {
        let part = self.parts.get(self.position_around(node)?)?;
        Some(node.file().node(part.node))
    }

    /// A reference that stands at a node, relative to the part that it stands in.
    pub(super) fn resolved(&self, at: Node<'_>, reference: &str) -> Option<Uri<String>> {
        let base = self.position_around(at).and_then(|part| self.parts.get(part)?.uri.as_ref());
        absolute(reference, base)
    }

    /// The node with an anchor: that of the part itself, else any.
    pub(super) fn anchor<'p>(&self, part: Node<'p>, anchor: &str) -> Option<Node<'p>> {
        let all = || self.anchors.get(anchor).into_iter().flatten().map(|index| part.file().node(*index));
        let around = self.position_around(part);
        all().find(|node| self.position_around(*node) == around).or_else(|| all().next_back())
    }

    fn position_around(&self, node: Node<'_>) -> Option<usize> {
        let behind = self.parts.partition_point(|part| part.node <= node.index());
        let mut position = behind.checked_sub(1);
        while let Some(part) = position.and_then(|position| self.parts.get(position)) {
            if node.file().node(part.node).contains(node) {
                return position;
            }
            position = part.outer;
        }
        None
    }
}

/// A reference as a whole, without its fragment; `None` where it is relative to what is not known.
fn absolute(reference: &str, base: Option<&Uri<String>>) -> Option<Uri<String>> {
    let reference = reference.split('#').next().unwrap_or_default();
    match Uri::parse(reference) {
        Ok(uri) => Some(uri.normalize()),
        Err(_) => UriRef::parse(reference).ok()?.resolve_against(base?).ok().map(|uri| uri.normalize()),
    }
}
