//! The tape: every key and value of a file as a small node in pre-order, with its byte span.

use std::ops::Range;
use std::sync::OnceLock;

use super::edit::Sharing;

/// What a node is, and for a scalar how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A map; its children are key, value, key, value …
    Map,
    /// A list.
    List,
    /// An unquoted scalar, and JSON's `true`, `12` and `null`.
    Plain,
    /// A scalar in single quotes.
    Single,
    /// A scalar in double quotes, and every JSON string.
    Double,
    /// A `|` block scalar.
    Literal,
    /// A `>` block scalar.
    Folded,
    /// A value of which nothing is written; its span is empty.
    Empty,
    /// A YAML alias; it stands for the node that carries the anchor.
    Alias,
}

/// Bits of [`RawNode::flags`].
pub(super) mod flag {
    /// A JSON string with escapes: decode before comparing.
    pub(crate) const ESCAPED: u8 = 1;
    /// The decoded text is in the tree's side table.
    pub(crate) const DECODED: u8 = 2;
    /// A map with an unquoted `<<` key.
    pub(crate) const MERGES: u8 = 4;
    /// A scalar tagged `!!str` (or `!`): text, however it looks.
    pub(crate) const TEXT_TAG: u8 = 8;
    /// A map or list with many children, indexed in the side tables.
    pub(crate) const LARGE: u8 = 16;
    /// A map with a `$ref` of its own.
    pub(crate) const REFERS: u8 = 32;
    /// A map in which a key stands twice.
    pub(crate) const REPEATS: u8 = 64;
    /// A map that gives itself a name: `$id`, `$self`, `$anchor` or `$dynamicAnchor`.
    pub(crate) const NAMED: u8 = 128;
}

/// One node of the tape: 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawNode {
    /// Offset of the first byte: the quote, the `|`, the `{`, the first key.
    pub(super) start: u32,
    /// Offset behind the last byte.
    pub(super) end: u32,
    /// Index of the node behind this one and all its children.
    pub(super) next: u32,
    /// What it is.
    pub(super) kind: Kind,
    /// See [`flag`].
    pub(super) flags: u8,
    /// Of a key in a map: [`key_hash`] of its text. It tells most keys apart without a look at the text.
    /// Of a map: [`key_bit`] of each of its keys. It tells that most keys are not there.
    pub(super) hash: u16,
}

/// The bit that a map has set if it has a key with this hash.
#[inline]
pub(super) fn key_bit(hash: u16) -> u16 {
    1 << (hash & 15)
}

/// A short hash of a key, from its length and a few bytes of both ends; for a literal it is computed at compile time.
#[inline]
pub(super) const fn key_hash(text: &str) -> u16 {
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => match bytes.first() {
            Some(&lone) => (lone as u32, lone as u32),
            None => (0, 0),
        },
    };
    let mixed = (bytes.len() as u32) ^ first.rotate_left(8) ^ last.rotate_left(21);
    (mixed.wrapping_mul(0x9E37_79B1) >> 16) as u16
}

/// From this many keys on, hashes are divided by their highest bits, into parts of about so many.
const DIVIDED: usize = 512;
const PART: usize = 4;

/// A map or list with many children: where they are, and for a map where each key is.
#[derive(Debug)]
pub(super) struct LargeNode {
    /// The map or list.
    pub(super) node: u32,
    /// The children that stand for an entry (keys or items), in order.
    pub(super) children: Vec<u32>,
    /// For a map: hash of the key's text and the key, sorted; of equal keys the last one comes first.
    hashes: Vec<(u32, u32)>,
    /// Of very many hashes where those begin that have the same highest bits: a search of all of them would go through most of
    /// the memory that they take.
    starts: Vec<u32>,
}

impl LargeNode {
    /// An index of these children; of the keys of a map with the hash of each, in order.
    pub(super) fn new(node: u32, children: Vec<u32>, hashes: Vec<(u32, u32)>) -> Self {
        let mut starts = Vec::new();
        if hashes.len() >= DIVIDED {
            let parts = (hashes.len() / PART).next_power_of_two();
            starts.reserve_exact(parts + 1);
            for (number, &(hash, _)) in hashes.iter().enumerate() {
                starts.resize(highest_bits(hash, parts.ilog2()) + 1, number as u32);
            }
            starts.resize(parts + 1, hashes.len() as u32);
        }
        LargeNode { node, children, hashes, starts }
    }

    /// The keys with this hash; of equal keys the last one comes first.
    pub(super) fn with_hash(&self, hash: u32) -> impl Iterator<Item = u32> {
        let part = self.part_of(hash);
        let first = part.partition_point(|&(other, _)| other < hash);
        let same = part.iter().skip(first).take_while(move |&&(other, _)| other == hash);
        same.map(|&(_, key)| key)
    }

    /// The hashes among which one would be.
    fn part_of(&self, hash: u32) -> &[(u32, u32)] {
        let Some(bits) = self.starts.len().checked_ilog2() else { return &self.hashes };
        let part = highest_bits(hash, bits);
        let range = self.starts.get(part).zip(self.starts.get(part + 1));
        range.and_then(|(&start, &end)| self.hashes.get(start as usize..end as usize)).unwrap_or_default()
    }
}

fn highest_bits(hash: u32, bits: u32) -> usize {
    (u64::from(hash) << bits >> u32::BITS) as usize
}

/// The nodes of one file. Made by the readers in this module and never changed afterwards.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) nodes: Vec<RawNode>,
    pub(super) roots: Vec<u32>,
    /// Alias nodes and what they stand for, in tape order; an alias that stands for nothing is missing.
    pub(super) aliases: Vec<(u32, u32)>,
    /// Decoded texts: node, and its range in `decoded_text`; in tape order.
    pub(super) decoded: Vec<(u32, Range<u32>)>,
    pub(super) decoded_text: String,
    /// In tape order.
    pub(super) large: Vec<LargeNode>,
    /// The maps that have a `$ref`, or take in others that may have one, in tape order.
    pub(super) referring: Vec<u32>,
    /// The maps that give themselves a name, in tape order.
    pub(super) named: Vec<u32>,
    /// Byte ranges that could not be read.
    pub(super) damage: Vec<Range<u32>>,
    /// Made when somebody wants to change the text.
    pub(super) sharing: OnceLock<Sharing>,
}

impl Tree {
    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The maps with an `$id`, `$self`, `$anchor` or `$dynamicAnchor` of their own, as indexes.
    pub(crate) fn named(&self) -> &[u32] {
        &self.named
    }

    /// The byte ranges that could not be read.
    pub fn damage(&self) -> &[Range<u32>] {
        &self.damage
    }

    /// Notes what an examination told of a node: its flags, the bits of its keys, and the hash of each.
    pub(super) fn mark(&mut self, index: u32, flags: u8, key_bits: u16, key_hashes: impl Iterator<Item = (u32, u16)>) {
        for (key, hash) in key_hashes {
            if let Some(node) = self.nodes.get_mut(key as usize) {
                node.hash = hash;
            }
        }
        if let Some(node) = self.nodes.get_mut(index as usize) {
            node.flags |= flags;
            node.hash |= key_bits;
        }
        if flags & (flag::REFERS | flag::MERGES) != 0 {
            self.referring.push(index);
        }
        if flags & flag::NAMED != 0 {
            self.named.push(index);
        }
    }

    pub(super) fn alias_target(&self, index: u32) -> Option<u32> {
        let found = self.aliases.binary_search_by_key(&index, |&(alias, _)| alias).ok()?;
        self.aliases.get(found).map(|&(_, target)| target)
    }

    pub(super) fn decoded_text(&self, index: u32) -> Option<&str> {
        let found = self.decoded.binary_search_by_key(&index, |(node, _)| *node).ok()?;
        let (_, range) = self.decoded.get(found)?;
        self.decoded_text.get(range.start as usize..range.end as usize)
    }

    pub(super) fn large(&self, index: u32) -> Option<&LargeNode> {
        let found = self.large.binary_search_by_key(&index, |large| large.node).ok()?;
        self.large.get(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_with(hashes: &[u32], wanted: u32) -> Vec<u32> {
        let hashes = hashes.iter().enumerate().map(|(key, &hash)| (hash, key as u32)).collect();
        LargeNode::new(0, Vec::new(), hashes).with_hash(wanted).collect()
    }

    #[test]
    fn keys_are_found_by_hash_however_hashes_are_spread() {
        let even: Vec<u32> = (0..1_000).map(|number| number * 4_294_967).collect();
        let low: Vec<u32> = (0..1_000).collect();
        let high: Vec<u32> = (0..1_000).map(|number| u32::MAX - 999 + number).collect();
        for hashes in [even, low, high] {
            for (key, &hash) in hashes.iter().enumerate() {
                assert_eq!(keys_with(&hashes, hash), [key as u32], "{hash}");
            }
        }
    }

    #[test]
    fn equal_hashes_are_all_found_and_others_are_not() {
        let hashes: Vec<u32> = [3; 5].into_iter().chain([7; 600]).chain([u32::MAX; 4]).collect();
        assert_eq!(keys_with(&hashes, 3), (0..5).collect::<Vec<_>>());
        assert_eq!(keys_with(&hashes, 7), (5..605).collect::<Vec<_>>());
        assert_eq!(keys_with(&hashes, u32::MAX), (605..609).collect::<Vec<_>>());
        assert_eq!(keys_with(&hashes, 5), [0; 0]);
        assert_eq!(keys_with(&[], 5), [0; 0]);
    }
}
