//! A look at every collection of a finished tape: duplicate keys, `<<`, and an index for those with many entries.

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

/// What can be told of most nodes by what the readers have noted: the flags they deserve and the bits of their keys. None where
/// it takes a closer look: at a large collection, a key that was not hashed, two that may be equal, one that may tell something.
#[inline]
pub(super) fn glance(file: &File, index: u32) -> Option<(u8, u16)> {
    let nodes = &file.tree.nodes;
    let node = nodes.get(index as usize)?;
    match node.kind {
        Kind::Map => glance_at_keys(file, index + 1..node.next),
        Kind::List => glance_at_items(nodes, index + 1..node.next),
        _ => Some((0, 0)),
    }
}

fn glance_at_keys(file: &File, inside: Range<u32>) -> Option<(u8, u16)> {
    let nodes = &file.tree.nodes;
    let (mut hashes, mut count, mut seen) = ([0; LARGE - 1], 0, 0_u64);
    let (mut flags, mut bits, mut at) = (0, 0, inside.start);
    while at < inside.end {
        let key = nodes.get(at as usize)?;
        let (hash, bit) = (key.hash, 1_u64 << (key.hash & 63));
        let may_repeat = seen & bit != 0 && hashes.get(..count)?.contains(&hash);
        if hash == 0 || may_repeat || hash == key_hash("<<") || NAMES.into_iter().any(|name| hash == key_hash(name)) {
            return None;
        }
        if hash == key_hash("$ref") && Node::new(file, at).is_text("$ref") {
            flags |= flag::REFERS;
        }
        *hashes.get_mut(count)? = hash;
        (count, seen, bits) = (count + 1, seen | bit, bits | key_bit(hash));
        at = nodes.get(key.next as usize)?.next;
    }
    Some((flags, bits))
}

fn glance_at_items(nodes: &[RawNode], inside: Range<u32>) -> Option<(u8, u16)> {
    let mut at = inside.start;
    for _ in 0..LARGE {
        if at >= inside.end {
            return Some((0, 0));
        }
        at = nodes.get(at as usize)?.next;
    }
    // A closer look tells how many there are.
    None
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
