//! Walking a collection: entries with aliases and merge keys followed, and items.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{File, Format, Node};

/// How deep `<<` may nest, and how many maps and entries one map may take in through it.
const MERGE_DEPTH: usize = 32;
const MERGE_MAPS: usize = 1_000;
const MERGE_ENTRIES: usize = 10_000;

/// A key and its value. The value is what an alias stands for; `alias` is where the alias is written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    /// The key.
    pub key: Node<'t>,
    /// The value, an alias followed.
    pub value: Node<'t>,
    /// The alias that was followed to the value.
    pub alias: Option<Node<'t>>,
}

/// The entries of a map; see [`Node::entries`].
pub struct Entries<'t>(EntriesOf<'t>);

enum EntriesOf<'t> {
    Own(OwnEntries<'t>),
    Merged(std::vec::IntoIter<Entry<'t>>),
}

impl<'t> Entries<'t> {
    pub(super) fn own(entries: OwnEntries<'t>) -> Self {
        Entries(EntriesOf::Own(entries))
    }

    /// The entries of a map that takes in others through `<<`.
    pub(super) fn merged(map: Node<'t>) -> Self {
        let mut merge = Merge::default();
        merge.take(map, 0);
        Entries(EntriesOf::Merged(merge.entries.into_iter()))
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        match &mut self.0 {
            EntriesOf::Own(entries) => entries.next(),
            EntriesOf::Merged(entries) => entries.next(),
        }
    }
}

/// The items of a list; see [`Node::items`].
#[derive(Clone)]
pub struct Items<'t>(Children<'t>);

impl<'t> Items<'t> {
    pub(super) fn of(children: Children<'t>) -> Self {
        Items(children)
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        self.0.next().map(Node::followed)
    }
}

/// The entries of a map with `<<`, while they are gathered: its own first, and of equal keys the first.
#[derive(Default)]
struct Merge<'t> {
    entries: Vec<Entry<'t>>,
    known: FxHashSet<Cow<'t, str>>,
    maps: usize,
}

impl<'t> Merge<'t> {
    fn take(&mut self, map: Node<'t>, depth: usize) {
        self.maps += 1;
        let is_merge = |entry: &Entry<'_>| map.file().format() == Format::Yaml && entry.key.is_merge_key();
        let (taken_in, own): (Vec<_>, Vec<_>) = map.own_entries().partition(is_merge);
        let first = self.entries.len();
        let is_new = |entry: &Entry<'_>| entry.key.text().is_none_or(|key| !self.known.contains(&key));
        self.entries.extend(own.into_iter().filter(is_new).collect::<Vec<_>>());
        self.known.extend(self.entries.iter().skip(first).filter_map(|entry| entry.key.text()));
        for entry in taken_in {
            let sources = if entry.value.is_list() { entry.value.items() } else { Items(Children::just(entry.value)) };
            for inner in sources {
                if depth < MERGE_DEPTH && self.maps < MERGE_MAPS && self.entries.len() < MERGE_ENTRIES {
                    self.take(inner, depth + 1);
                }
            }
        }
    }
}

/// The children of a collection as they stand on the tape.
#[derive(Clone)]
pub(super) struct Children<'t> {
    file: &'t File,
    at: u32,
    end: u32,
}

impl<'t> Children<'t> {
    pub(super) fn between(file: &'t File, at: u32, end: u32) -> Self {
        Children { file, at, end }
    }

    fn just(node: Node<'t>) -> Self {
        Children { file: node.file(), at: node.index(), end: node.index() + 1 }
    }
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node::new(self.file, self.at);
        self.at = node.behind().max(self.at + 1);
        Some(node)
    }
}

#[derive(Clone)]
pub(super) struct OwnEntries<'t>(Children<'t>);

impl<'t> OwnEntries<'t> {
    pub(super) fn of(children: Children<'t>) -> Self {
        OwnEntries(children)
    }
}

impl<'t> Iterator for OwnEntries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        let key = self.0.next()?;
        self.0.next();
        Some(key.entry_of_key())
    }
}
