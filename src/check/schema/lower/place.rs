//! From places in the lowered document back to the description.

use std::borrow::Cow;

use super::Lowered;
use crate::syntax::{Entry, Node, unescaped};

/// What stands at a place of the document that is not at the same place in the description.
#[derive(Clone, Copy, Debug)]
pub(in crate::check::schema) enum Anchor<'p> {
    /// The schema at this node.
    Schema(Node<'p>),
    /// A keyword, whatever the document has in its place.
    Keyword(Place<'p>),
}

impl<'p> Anchor<'p> {
    /// A keyword that stands elsewhere in the document.
    pub(super) fn keyword(entry: Entry<'p>) -> Self {
        Anchor::Keyword(Place { key: entry.key, value: entry.value, is_rewritten: false })
    }

    /// A keyword that the document expresses with others.
    pub(super) fn rewritten(entry: Entry<'p>) -> Self {
        Anchor::Keyword(Place { key: entry.key, value: entry.value, is_rewritten: true })
    }
}

/// A keyword of the description.
#[derive(Clone, Copy, Debug)]
pub(in crate::check::schema) struct Place<'p> {
    /// The key of the keyword.
    pub(in crate::check::schema) key: Node<'p>,
    /// Its value.
    pub(in crate::check::schema) value: Node<'p>,
    /// Whether the document says with other keywords what this one does.
    pub(in crate::check::schema) is_rewritten: bool,
}

impl<'p> Lowered<'p> {
    /// The keyword at a pointer into the document.
    pub(in crate::check::schema) fn place(&self, pointer: &str) -> Option<Place<'p>> {
        let (anchor, rest) = self.nearest_anchor(pointer)?;
        let (mut key, mut value) = match anchor {
            Anchor::Keyword(place) => return Some(place),
            Anchor::Schema(node) => (node.own_key().unwrap_or(node), node),
        };
        for step in rest.split('/').skip(1) {
            let step: Cow<'_, str> = unescaped(step);
            match value.entry(&step) {
                Some(entry) => (key, value) = (entry.key, entry.value),
                None => value = value.child(&step).unwrap_or(value),
            }
        }
        Some(Place { key, value, is_rewritten: false })
    }

    /// The anchor that leads furthest, and the rest of the way.
    fn nearest_anchor<'a>(&self, pointer: &'a str) -> Option<(Anchor<'p>, &'a str)> {
        let mut end = pointer.len();
        loop {
            let (front, rest) = pointer.split_at_checked(end)?;
            let anchor = self.anchors.get(front).copied().or_else(|| self.definition(front).map(Anchor::Schema));
            if let Some(anchor) = anchor {
                return Some((anchor, rest));
            }
            end = front.rfind('/')?;
        }
    }

    fn definition(&self, pointer: &str) -> Option<Node<'p>> {
        let position = pointer.strip_prefix("/$defs/")?.parse::<usize>().ok()?;
        self.definitions.get(position).copied()
    }
}
