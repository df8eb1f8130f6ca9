//! Looking up many keys of one map.

use super::tree::{Kind, flag, key_hash};
use super::{Entry, Node};

/// Looks keys up in a map, each at first behind the one that was found last: two maps often have their keys in one order.
pub(crate) struct Seeker<'t> {
    map: Node<'t>,
    /// Index of the key behind the entry that was found last.
    next: u32,
    /// Whether each key stands where it is found, and only there.
    is_plain: bool,
}

impl<'t> Seeker<'t> {
    /// Begins at the first key of a map.
    pub(crate) fn new(map: Node<'t>) -> Self {
        let raw = map.raw_node();
        let has_own = raw.kind == Kind::Map && raw.flags & (flag::MERGES | flag::REPEATS) == 0;
        let is_plain = has_own && map.file().tree().aliases.is_empty();
        Seeker { map, next: map.index() + 1, is_plain }
    }

    /// The value of a key; of equal keys the last.
    pub(crate) fn get(&mut self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    fn entry(&mut self, key: &str) -> Option<Entry<'t>> {
        if !self.is_plain {
            return self.map.entry(key);
        }
        let found = self.entry_at_next(key).or_else(|| self.map.entry(key))?;
        self.next = found.value.behind();
        Some(found)
    }

    fn entry_at_next(&self, key: &str) -> Option<Entry<'t>> {
        let next = Node::new(self.map.file(), self.next);
        let is_it = self.next < self.map.behind() && next.raw_node().hash == key_hash(key) && next.is_text(key);
        is_it.then(|| next.entry_of_key())
    }
}
