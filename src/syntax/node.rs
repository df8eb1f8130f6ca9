//! Reading the tree: a cheap handle on one node, with aliases and merge keys followed.

use std::borrow::Cow;
use std::fmt;

use super::entries::{Children, Entries, Entry, Items, OwnEntries};
use super::examine::hash_of;
use super::key_set::KeySet;
use super::pointer::push_escaped;
use super::tree::{Kind, RawNode, flag, key_bit, key_hash};
use super::{File, Scalar};
use crate::finding::Place;
use crate::source::Span;

/// One node of a file. Copying it copies a pointer and an index.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    file: &'t File,
    index: u32,
}

/// Room for a pointer as long as most are.
const LIKELY_POINTER: usize = 96;

/// A step down from a collection.
enum Step<'t> {
    /// To the value of this key.
    Key(Node<'t>),
    /// To the item at this position.
    Item(usize),
}

/// Whether texts of the same length are equal. Most are short, and two looks at each take less than to call for a comparison.
#[inline]
fn are_equal(one: &[u8], other: &[u8]) -> bool {
    match one.len() {
        8..=16 => one.first_chunk::<8>() == other.first_chunk() && one.last_chunk::<8>() == other.last_chunk(),
        4..8 => one.first_chunk::<4>() == other.first_chunk() && one.last_chunk::<4>() == other.last_chunk(),
        _ => one == other,
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.file, other.file)
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.file.source().name(), self.pointer())
    }
}

impl<'t> Node<'t> {
    pub(super) fn new(file: &'t File, index: u32) -> Self {
        Node { file, index }
    }

    /// The file it stands in.
    pub fn file(self) -> &'t File {
        self.file
    }

    /// Its index in the tape of its file.
    pub fn index(self) -> u32 {
        self.index
    }

    /// Its bytes in its file.
    pub fn span(self) -> Span {
        let raw = self.raw_node();
        self.file.source().span(raw.start, raw.end)
    }

    /// Its text as written, quotes and escapes included.
    pub fn raw(self) -> &'t str {
        self.file.source().slice(self.span().range())
    }

    /// What it is; an alias without a target is [`Kind::Alias`], every other alias is followed before it is handed out.
    pub fn kind(self) -> Kind {
        self.raw_node().kind
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        self.kind() == Kind::Map
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.kind() == Kind::List
    }

    /// Whether it is a scalar in quotes or a block scalar, so that it is text however it looks.
    pub fn is_quoted(self) -> bool {
        matches!(self.kind(), Kind::Single | Kind::Double | Kind::Literal | Kind::Folded)
    }

    /// The decoded text of a scalar, whatever its type: `204` and `"204"` are both `204`. `None` for maps and lists.
    pub fn text(self) -> Option<Cow<'t, str>> {
        let raw = self.raw_node();
        if raw.flags & flag::DECODED != 0 {
            return self.file.tree().decoded_text(self.index).map(Cow::Borrowed);
        }
        match raw.kind {
            Kind::Map | Kind::List => None,
            Kind::Alias | Kind::Empty => Some(Cow::Borrowed("")),
            Kind::Single | Kind::Double => {
                let written = self.raw();
                let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
                if raw.flags & flag::ESCAPED == 0 {
                    return Some(Cow::Borrowed(inner));
                }
                Some(super::json::unescape(inner))
            }
            _ => Some(Cow::Borrowed(self.raw())),
        }
    }

    /// The value of a scalar by the YAML 1.2 core schema; `None` for maps and lists.
    pub fn scalar(self) -> Option<Scalar> {
        let raw = self.raw_node();
        match raw.kind {
            Kind::Map | Kind::List => None,
            Kind::Alias | Kind::Empty if raw.flags & flag::TEXT_TAG == 0 => Some(Scalar::Null),
            Kind::Plain if raw.flags & flag::TEXT_TAG == 0 => {
                Some(self.text().map_or(Scalar::Null, |text| Scalar::of_plain(&text)))
            }
            _ => Some(Scalar::Text),
        }
    }

    /// The text of a scalar that is text, not a number, boolean or null.
    pub fn as_str(self) -> Option<Cow<'t, str>> {
        let raw = self.raw_node();
        let is_tagged = raw.flags & flag::TEXT_TAG != 0;
        match raw.kind {
            Kind::Plain if !is_tagged => self.text().filter(|text| Scalar::of_plain(text) == Scalar::Text),
            Kind::Alias | Kind::Empty if !is_tagged => None,
            _ => self.text(),
        }
    }

    /// The value of a boolean scalar.
    pub fn as_bool(self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null: written so, or nothing written.
    pub fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// The entries of a map, in document order, those taken in through `<<` behind its own. Empty for other nodes.
    pub fn entries(self) -> Entries<'t> {
        if self.raw_node().flags & flag::MERGES == 0 {
            return Entries::own(self.own_entries());
        }
        Entries::merged(self)
    }

    /// The items of a list, aliases followed. Empty for other nodes.
    pub fn items(self) -> Items<'t> {
        let children = if self.is_list() { self.children() } else { self.no_children() };
        Items::of(children)
    }

    /// The value of a key of this map; of equal keys the last, as most readers do.
    #[inline]
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        let hash = key_hash(key);
        if self.may_have(hash) { self.value_hashed(key, hash) } else { None }
    }

    /// The entry of a key of this map; of equal keys the last.
    #[inline]
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        let hash = key_hash(key);
        if self.may_have(hash) { self.entry_hashed(key, hash) } else { None }
    }

    /// Whether it is a map that may have a key with this hash; most that are asked for are not there.
    #[inline]
    fn may_have(self, hash: u16) -> bool {
        let raw = self.raw_node();
        raw.kind == Kind::Map && (raw.hash & key_bit(hash) != 0 || raw.flags & flag::MERGES != 0)
    }

    fn value_hashed(self, key: &str, hash: u16) -> Option<Node<'t>> {
        match self.key_hashed(key, hash) {
            Some(found) => Some(found.value_of_key().followed()),
            None => self.taken_in(key).map(|entry| entry.value),
        }
    }

    fn entry_hashed(self, key: &str, hash: u16) -> Option<Entry<'t>> {
        self.key_hashed(key, hash).map(Node::entry_of_key).or_else(|| self.taken_in(key))
    }

    /// The entry of a key that the map does not have of its own.
    fn taken_in(self, key: &str) -> Option<Entry<'t>> {
        if self.merges() { self.entries().find(|entry| entry.key.is_text(key)) } else { None }
    }

    /// The last key of its own that is this one; the hash spares a look at the texts of most others.
    #[inline]
    fn key_hashed(self, key: &str, hash: u16) -> Option<Node<'t>> {
        let map = self.raw_node();
        if map.flags & flag::LARGE != 0 {
            return self.key_of_large(key);
        }
        let nodes = &self.file.tree().nodes;
        let (mut at, mut found) = (self.index + 1, None);
        while at < map.next {
            let node = nodes.get(at as usize)?;
            if node.hash == hash && self.at(at).followed().is_text(key) {
                found = Some(self.at(at));
                if map.flags & flag::REPEATS == 0 {
                    break;
                }
            }
            at = nodes.get(node.next as usize)?.next.max(at + 1);
        }
        found
    }

    /// The text of a key's value, if it is text.
    pub fn get_str(self, key: &str) -> Option<Cow<'t, str>> {
        self.get(key)?.as_str()
    }

    /// Whether this scalar's decoded text equals `text`.
    pub fn is_text(self, text: &str) -> bool {
        let raw = self.raw_node();
        if raw.flags & (flag::ESCAPED | flag::DECODED) != 0 {
            return self.text().is_some_and(|own| own == text);
        }
        let quotes = match raw.kind {
            Kind::Map | Kind::List => return false,
            Kind::Alias | Kind::Empty => return text.is_empty(),
            Kind::Single | Kind::Double => 1,
            _ => 0,
        };
        let written = (raw.start + quotes) as usize..raw.end.saturating_sub(quotes) as usize;
        written.len() == text.len()
            && self.file.source().text().as_bytes().get(written).is_some_and(|written| are_equal(written, text.as_bytes()))
    }

    /// Where it is, as a finding says it.
    pub fn place(self) -> Place {
        Place { span: self.span(), pointer: self.pointer(), document: self.document() }
    }

    /// JSON Pointer from the root of its document (RFC 6901), empty for the root itself. A key has its value's pointer.
    pub fn pointer(self) -> String {
        let Some(mut at) = self.root() else { return String::new() };
        let mut pointer = String::with_capacity(LIKELY_POINTER);
        while at.index != self.index {
            let Some((child, step)) = at.step_towards(self.index) else { break };
            pointer.push('/');
            match step {
                Step::Key(key) => push_escaped(&mut pointer, &key.text().unwrap_or_default()),
                Step::Item(position) => pointer.push_str(&position.to_string()),
            }
            at = child;
            if at.index > self.index {
                break;
            }
        }
        pointer
    }

    /// The key whose value it is; `None` for roots and the items of lists.
    pub fn own_key(self) -> Option<Node<'t>> {
        let mut at = self.root()?;
        while at.index != self.index {
            let (child, _) = at.step_towards(self.index)?;
            if child.index == self.index {
                let key = Node::new(self.file, self.index.checked_sub(1)?);
                return at.is_map().then_some(key).filter(|key| key.raw_node().next == self.index);
            }
            if child.index > self.index {
                return None;
            }
            at = child;
        }
        None
    }

    /// The number of its document, from 0, in a file of several; `None` in a file of one.
    pub fn document(self) -> Option<u32> {
        let roots = &self.file.tree().roots;
        (roots.len() > 1).then(|| roots.partition_point(|&root| root <= self.index).saturating_sub(1) as u32)
    }

    /// The root of its document.
    pub fn root(self) -> Option<Node<'t>> {
        let roots = &self.file.tree().roots;
        let document = roots.partition_point(|&root| root <= self.index).checked_sub(1)?;
        roots.get(document).map(|&root| Node::new(self.file, root))
    }

    /// The node under a pointer's next step: a key of a map or an index of a list.
    pub fn child(self, step: &str) -> Option<Node<'t>> {
        if self.is_map() {
            return self.get(step);
        }
        let canonical = step == "0" || !step.starts_with(['0', '+']);
        let index: usize = step.parse().ok().filter(|_| canonical)?;
        match self.file.tree().large(self.index) {
            Some(large) => large.children.get(index).map(|&child| Node::new(self.file, child).followed()),
            None => self.items().nth(index),
        }
    }

    /// Whether `other` stands inside this node in the same file, or is it.
    pub fn contains(self, other: Node<'_>) -> bool {
        std::ptr::eq(self.file, other.file) && (self.index..self.raw_node().next).contains(&other.index)
    }

    /// Which keys it may have, for whoever asks for many.
    pub(crate) fn key_set(self) -> KeySet {
        let map = self.raw_node();
        if map.kind != Kind::Map || map.flags & (flag::LARGE | flag::MERGES) != 0 {
            return if map.kind == Kind::Map { KeySet::ALL } else { KeySet::of(&[]) };
        }
        let nodes = &self.file.tree().nodes;
        let (mut at, mut keys) = (self.index + 1, KeySet::of(&[]));
        while let Some(key) = nodes.get(at as usize).filter(|_| at < map.next) {
            keys.add(key.hash);
            at = nodes.get(key.next as usize).map_or(map.next, |value| value.next);
        }
        keys
    }

    /// Whether it is a map that may have a key twice.
    pub(crate) fn repeats(self) -> bool {
        self.raw_node().flags & (flag::REPEATS | flag::MERGES) != 0
    }

    /// Whether it may be a map with a `$ref`, of its own or taken in.
    pub(crate) fn may_refer(self) -> bool {
        self.raw_node().flags & (flag::REFERS | flag::MERGES) != 0
    }

    /// The value of `$ref` in a map. Most maps that have one have nothing else.
    pub(crate) fn reference(self) -> Option<Node<'t>> {
        let map = self.raw_node();
        if map.flags & (flag::REFERS | flag::MERGES) == flag::REFERS && map.next == self.index + 3 {
            return Some(self.at(self.index + 2).followed());
        }
        if self.may_refer() { self.get("$ref") } else { None }
    }

    /// The maps inside it, itself among them, that may have a `$ref`, as indexes on the tape.
    pub(crate) fn referring(self) -> &'t [u32] {
        within(&self.file.tree().referring, self.index..self.raw_node().next)
    }

    /// Whether it is a map that takes in others through `<<`.
    pub(super) fn merges(self) -> bool {
        self.raw_node().flags & flag::MERGES != 0
    }

    pub(super) fn is_merge_key(self) -> bool {
        self.kind() == Kind::Plain && self.raw() == "<<"
    }

    /// The keys of a map or the items of a list as they stand on the tape, aliases not followed.
    pub(super) fn written_children(self) -> impl Iterator<Item = u32> {
        let step = if self.is_map() { 2 } else { 1 };
        self.children().map(|node| node.index).step_by(step)
    }

    /// What an alias stands for; every other node is itself.
    pub(super) fn followed(self) -> Node<'t> {
        if self.kind() != Kind::Alias {
            return self;
        }
        self.file.tree().alias_target(self.index).map_or(self, |target| Node::new(self.file, target))
    }

    /// Index of the node behind this one and all its children.
    pub(crate) fn behind(self) -> u32 {
        self.raw_node().next
    }

    pub(super) fn raw_node(self) -> RawNode {
        const NOTHING: RawNode = RawNode { start: 0, end: 0, next: u32::MAX, kind: Kind::Empty, flags: 0, hash: 0 };
        self.file.tree().nodes.get(self.index as usize).copied().unwrap_or(NOTHING)
    }

    fn children(self) -> Children<'t> {
        match self.kind() {
            Kind::Map | Kind::List => Children::between(self.file, self.index + 1, self.raw_node().next),
            _ => self.no_children(),
        }
    }

    fn no_children(self) -> Children<'t> {
        Children::between(self.file, 0, 0)
    }

    pub(super) fn own_entries(self) -> OwnEntries<'t> {
        OwnEntries::of(if self.is_map() { self.children() } else { self.no_children() })
    }

    fn key_of_large(self, key: &str) -> Option<Node<'t>> {
        let same = self.file.tree().large(self.index)?.with_hash(hash_of(key));
        same.map(|index| self.at(index)).find(|node| node.followed().is_text(key))
    }

    /// What stands behind a key, an alias not followed.
    fn value_of_key(self) -> Node<'t> {
        self.at(self.raw_node().next)
    }

    pub(super) fn entry_of_key(self) -> Entry<'t> {
        let written = self.value_of_key();
        let value = written.followed();
        Entry { key: self.followed(), value, alias: (written.kind() == Kind::Alias).then_some(written) }
    }

    /// The child on the way to a node, and the step to it.
    fn step_towards(self, target: u32) -> Option<(Node<'t>, Step<'t>)> {
        let (position, child) = match self.file.tree().large(self.index) {
            Some(large) => {
                let position = large.children.partition_point(|&child| child <= target).checked_sub(1)?;
                (position, self.at(*large.children.get(position)?))
            }
            None => self.small_step_towards(target)?,
        };
        if !self.is_map() {
            return Some((child, Step::Item(position)));
        }
        let value = Node::new(self.file, child.raw_node().next);
        Some((if target < value.index { child.at(target) } else { value }, Step::Key(child.followed())))
    }

    /// The child (a key or an item) whose entry or item a node is inside of, and how many there are before it.
    fn small_step_towards(self, target: u32) -> Option<(usize, Node<'t>)> {
        let nodes = &self.file.tree().nodes;
        let (is_map, behind) = (self.is_map(), self.raw_node().next);
        let (mut at, mut position) = (self.index + 1, 0);
        while at < behind {
            let own = nodes.get(at as usize)?.next;
            let next = if is_map { nodes.get(own as usize)?.next } else { own };
            if target < next || next >= behind {
                return Some((position, self.at(at)));
            }
            (at, position) = (next.max(at + 1), position + 1);
        }
        None
    }

    fn at(self, index: u32) -> Node<'t> {
        Node::new(self.file, index)
    }
}

/// The part of a sorted list that lies in a range.
fn within(sorted: &[u32], range: std::ops::Range<u32>) -> &[u32] {
    let first = sorted.partition_point(|&index| index < range.start);
    let rest = sorted.get(first..).unwrap_or_default();
    rest.get(..rest.partition_point(|&index| index < range.end)).unwrap_or_default()
}
