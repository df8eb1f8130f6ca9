//! A look at every collection of a tape: duplicate keys, `<<`, and an index for those with many entries.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::fault::quoted;
use super::tree::{Kind, LargeNode, RawNode, flag, key_bit, key_hash};
use super::{Fault, FaultKind, File, Format, Node};
use crate::finding::Related;

/// From this many entries on a map or list gets an index of its own.
const LARGE: usize = 24;

/// The keys that give a map a name for references.
const NAMES: [&str; 4] = ["$id", "$self", "$anchor", "$dynamicAnchor"];

/// What the readers tell of a collection while they fill it: enough to know most of them without another look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Glance {
    children: u32,
    /// How many keys were hashed, the lowest bits of their hashes, and the bits that the map gets from them.
    keys: u32,
    seen: u64,
    bits: u16,
    flags: u8,
    /// Whether two keys may be equal.
    may_repeat: bool,
    /// Whether a key may tell something.
    may_tell: bool,
}

impl Glance {
    /// Takes note of a key or a value, or of an item.
    #[inline]
    pub(super) fn add_child(&mut self) {
        self.children += 1;
    }

    /// Takes note of what a key is, which was added as a child.
    #[inline]
    pub(super) fn add_key(&mut self, text: &str, hash: u16) {
        let bit = 1_u64 << (hash & 63);
        self.keys += 1;
        self.may_repeat |= self.seen & bit != 0;
        self.seen |= bit;
        self.bits |= key_bit(hash);
        if hash == key_hash("$ref") && text == "$ref" {
            self.flags |= flag::REFERS;
        }
        self.may_tell |= hash == key_hash("<<") || NAMES.into_iter().any(|name| hash == key_hash(name));
    }

    /// The flags of a collection and the bits of its keys. None where it takes a closer look: at a large one, at a key that was
    /// not hashed, at one that may tell something, or at two that may be equal.
    pub(super) fn of(self, nodes: &[RawNode], index: u32) -> Option<(u8, u16)> {
        let node = nodes.get(index as usize)?;
        if node.kind != Kind::Map {
            return ((self.children as usize) < LARGE).then_some((0, 0));
        }
        let is_known = self.children == 2 * self.keys && (self.keys as usize) < LARGE && !self.may_tell;
        let are_different = !self.may_repeat || have_different_keys(nodes, index + 1..node.next);
        (is_known && are_different).then_some((self.flags, self.bits))
    }
}

/// Whether the keys of a small map have different hashes.
fn have_different_keys(nodes: &[RawNode], inside: Range<u32>) -> bool {
    let (mut hashes, mut count, mut at) = ([0; LARGE - 1], 0, inside.start);
    while at < inside.end {
        let Some(key) = nodes.get(at as usize) else { return false };
        let (Some(others), Some(value)) = (hashes.get(..count), nodes.get(key.next as usize)) else { return false };
        if others.contains(&key.hash) {
            return false;
        }
        if let Some(place) = hashes.get_mut(count) {
            *place = key.hash;
        }
        (count, at) = (count + 1, value.next);
    }
    true
}

/// Looks at the collections one by one.
#[derive(Default)]
pub(super) struct Examiner {
    /// The indexes made so far, in tape order.
    pub(super) large: Vec<LargeNode>,
    /// Keys or items of the collection at hand, the hashes of its keys, and the bits of these.
    children: Vec<u32>,
    hashes: Vec<u16>,
    bits: u16,
}

impl Examiner {
    /// Looks at one node and returns the flags that it deserves.
    pub(super) fn examine(&mut self, file: &File, index: u32, faults: &mut Vec<Fault>) -> u8 {
        let node = Node::new(file, index);
        self.hashes.clear();
        self.bits = 0;
        if !matches!(node.kind(), Kind::Map | Kind::List) {
            return 0;
        }
        self.children.clear();
        self.children.extend(node.written_children());
        let flags = if node.is_map() { self.examine_keys(file, faults) } else { 0 };
        if !self.is_large() {
            return flags;
        }
        let hashes = if node.is_map() { self.sorted_hashes(file) } else { Vec::new() };
        let repeats = if large_duplicates(file, &hashes, faults) { flag::REPEATS } else { 0 };
        self.large.push(LargeNode::new(index, self.children.clone(), hashes));
        flags | flag::LARGE | repeats
    }

    fn is_large(&self) -> bool {
        self.children.len() >= LARGE
    }

    /// The keys of the map at hand and their hashes.
    pub(super) fn key_hashes(&self) -> impl Iterator<Item = (u32, u16)> {
        self.children.iter().copied().zip(self.hashes.iter().copied())
    }

    /// The bits of all its keys.
    pub(super) fn key_bits(&self) -> u16 {
        self.bits
    }

    fn examine_keys(&mut self, file: &File, faults: &mut Vec<Fault>) -> u8 {
        let repeats = self.compare_keys(file, !self.is_large(), faults);
        let merges = file.format == Format::Yaml && self.likely(file, "<<").any(Node::is_merge_key);
        let has = |name: &str| self.likely(file, name).any(|key| key.followed().is_text(name));
        let flags = [
            (merges, flag::MERGES),
            (repeats, flag::REPEATS),
            (has("$ref"), flag::REFERS),
            (NAMES.into_iter().any(has), flag::NAMED),
        ];
        flags.into_iter().filter(|(is_so, _)| *is_so).fold(0, |all, (_, flag)| all | flag)
    }

    /// The keys that may have a name.
    fn likely<'f>(&self, file: &'f File, name: &str) -> impl Iterator<Item = Node<'f>> {
        let hash = key_hash(name);
        let is_there = self.bits & key_bit(hash) != 0;
        let keys = self.children.iter().zip(&self.hashes).take_while(move |_| is_there);
        keys.filter(move |(_, other)| **other == hash).map(|(&key, _)| Node::new(file, key))
    }

    /// Hashes every key, and in a small map compares it with those before it. Tells whether any is there twice.
    fn compare_keys(&mut self, file: &File, is_small: bool, faults: &mut Vec<Fault>) -> bool {
        let mut repeats = false;
        for (position, &key) in self.children.iter().enumerate() {
            let node = Node::new(file, key);
            let text = || node.followed().text();
            // The readers have hashed most keys already.
            let hash = Some(node.raw_node().hash).filter(|hash| *hash != 0);
            let hash = hash.unwrap_or_else(|| text().as_deref().map_or(0, key_hash));
            if is_small && self.bits & key_bit(hash) != 0 && self.hashes.contains(&hash) {
                let (earlier, text) = (self.children.get(..position).unwrap_or_default(), text());
                let equal = |other: &&u32| text.as_deref().is_some_and(|text| Node::new(file, **other).followed().is_text(text));
                if let Some(&first) = earlier.iter().find(equal) {
                    repeats = true;
                    faults.extend(duplicate(file, first, key));
                }
            }
            self.bits |= key_bit(hash);
            self.hashes.push(hash);
        }
        repeats
    }

    /// The keys by hash; of equal keys the last one first.
    fn sorted_hashes(&self, file: &File) -> Vec<(u32, u32)> {
        let hash = |&key: &u32| Some((hash_of(&Node::new(file, key).followed().text()?), key));
        let mut hashes: Vec<(u32, u32)> = self.children.iter().filter_map(hash).collect();
        hashes.sort_unstable_by_key(|&(hash, key)| (hash, std::cmp::Reverse(key)));
        hashes
    }
}

/// The hash under which a large map finds a key.
pub(super) fn hash_of(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// Notes which keys of a large map are there more than once, and tells whether any is.
fn large_duplicates(file: &File, hashes: &[(u32, u32)], faults: &mut Vec<Fault>) -> bool {
    let mut repeats = false;
    for group in hashes.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
        let mut first_of: FxHashMap<String, u32> = FxHashMap::default();
        for &(_, key) in group.iter().rev() {
            let Some(text) = Node::new(file, key).followed().text() else { continue };
            if let Some(&first) = first_of.get(text.as_ref()) {
                repeats = true;
                faults.extend(duplicate(file, first, key));
            } else {
                first_of.insert(text.into_owned(), key);
            }
        }
    }
    repeats
}

fn duplicate(file: &File, first: u32, second: u32) -> Option<Fault> {
    let key = Node::new(file, second);
    let merges = key.is_merge_key() && file.format == Format::Yaml;
    if merges || key.kind() == Kind::Empty {
        return None;
    }
    let first = Node::new(file, first);
    let line = file.source.position(first.span().start).line;
    Some(Fault {
        kind: FaultKind::DuplicateKey,
        span: key.span(),
        message: format!("the key {} stands here a second time, first in line {line}", quoted(&key.followed().text()?)),
        help: Some("keep one of the two: most readers silently take the last".to_owned()),
        related: vec![Related { span: first.span(), message: "the first one".to_owned() }],
        node: Some(second),
    })
}
