//! Filling the tape: what the JSON and the YAML reader share.

use std::ops::Range;

use super::examine::{Examiner, Glance};
use super::tree::{Kind, RawNode, Tree, flag, key_hash};
use super::{Fault, FaultKind, File, Format, MAXIMUM_EXPANSION};
use crate::source::Source;

/// A tree in the making. The readers open and close collections and add leaves in document order.
#[derive(Default)]
pub(super) struct Builder {
    tree: Tree,
    open: Vec<(u32, Glance)>,
    /// The collections that take a closer look.
    unclear: Vec<u32>,
    /// Behind the last leaf or closing bracket.
    end: u32,
}

impl Builder {
    /// A builder with room for the nodes that a text is expected to have. `nodes_at` says how many come with two bytes that stand
    /// together.
    pub(super) fn for_text(text: &[u8], nodes_at: fn(&[u8]) -> usize) -> Self {
        let mut builder = Builder::default();
        builder.tree.nodes.reserve(expected_nodes(text, nodes_at));
        builder
    }

    /// Where the last leaf, or the opening of a collection behind it, ends.
    pub(super) fn end(&self) -> u32 {
        self.end
    }

    /// Begins a new document: the next node is its root.
    pub(super) fn root(&mut self) {
        self.tree.roots.push(self.tree.nodes.len() as u32);
    }

    /// Opens a map or list.
    #[inline]
    pub(super) fn open(&mut self, kind: Kind, start: u32) -> u32 {
        let index = self.push(RawNode { start, end: start, next: 0, kind, flags: 0, hash: 0 });
        self.open.push((index, Glance::default()));
        index
    }

    /// Closes the innermost collection at an offset, or at the end of its last child if `end` is `None`.
    #[inline]
    pub(super) fn close(&mut self, end: Option<u32>) {
        let Some((index, glance)) = self.open.pop() else { return };
        let next = self.tree.nodes.len() as u32;
        let last_end = self.end;
        if let Some(node) = self.tree.nodes.get_mut(index as usize) {
            node.next = next;
            node.end = end.unwrap_or(last_end).max(node.start);
            self.end = node.end;
        }
        match glance.of(&self.tree.nodes, index) {
            Some((flags, key_bits)) => self.tree.mark(index, flags, key_bits, std::iter::empty()),
            None => self.unclear.push(index),
        }
    }

    /// Adds a scalar.
    #[inline]
    pub(super) fn leaf(&mut self, kind: Kind, range: Range<u32>, flags: u8) -> u32 {
        let next = self.tree.nodes.len() as u32 + 1;
        self.push(RawNode { start: range.start, end: range.end, next, kind, flags, hash: 0 })
    }

    /// Takes note that the scalar added last is a key with this text, while that is at hand. Where it is written in another way
    /// than it reads, it is looked at in the end.
    #[inline]
    pub(super) fn note_key(&mut self, text: &str) {
        let hash = key_hash(text);
        let node = self.tree.nodes.last_mut().filter(|node| node.flags & (flag::ESCAPED | flag::DECODED) == 0 && hash != 0);
        if let (Some(node), Some((_, glance))) = (node, self.open.last_mut()) {
            node.hash = hash;
            glance.add_key(text, hash);
        }
    }

    /// Adds a scalar whose text differs from what is written.
    pub(super) fn leaf_with_text(&mut self, kind: Kind, range: Range<u32>, flags: u8, text: &str) -> u32 {
        let index = self.leaf(kind, range, flags | flag::DECODED);
        let start = self.tree.decoded_text.len() as u32;
        self.tree.decoded_text.push_str(text);
        self.tree.decoded.push((index, start..self.tree.decoded_text.len() as u32));
        index
    }

    /// Adds an alias; without a target it reads as null.
    pub(super) fn alias(&mut self, target: Option<u32>, range: Range<u32>) -> u32 {
        let index = self.leaf(Kind::Alias, range, 0);
        self.tree.aliases.extend(target.map(|target| (index, target)));
        index
    }

    /// Whether a node is a collection that is still open.
    pub(super) fn is_open(&self, index: u32) -> bool {
        self.open.iter().any(|(open, _)| *open == index)
    }

    /// Notes a byte range that could not be read.
    pub(super) fn damage(&mut self, range: Range<u32>) {
        self.tree.damage.push(range);
    }

    /// The finished file: indexes are built, duplicate keys and alias bombs become faults.
    pub(super) fn finish(mut self, source: Source, format: Format, mut faults: Vec<Fault>) -> File {
        while !self.open.is_empty() {
            self.close(None);
        }
        if let Some(fault) = self.limit_expansion(&source) {
            faults.push(fault);
        }
        let mut file = File { source, format, tree: self.tree, faults: Vec::new() };
        let mut examiner = Examiner::default();
        self.unclear.sort_unstable();
        for index in self.unclear {
            let flags = examiner.examine(&file, index, &mut faults);
            file.tree.mark(index, flags, examiner.key_bits(), examiner.key_hashes());
        }
        file.tree.large = examiner.large;
        // They were met when they were closed, the inner ones first.
        file.tree.referring.sort_unstable();
        file.tree.named.sort_unstable();
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        file.faults = faults;
        file
    }

    #[inline]
    fn push(&mut self, node: RawNode) -> u32 {
        let index = self.tree.nodes.len() as u32;
        self.end = node.end;
        if let Some((_, glance)) = self.open.last_mut() {
            glance.add_child();
        }
        self.tree.nodes.push(node);
        index
    }

    /// Takes the targets from all aliases where expanding them would be a bomb.
    fn limit_expansion(&mut self, source: &Source) -> Option<Fault> {
        let &(first, _) = self.tree.aliases.first()?;
        if expanded_size(&self.tree) <= MAXIMUM_EXPANSION {
            return None;
        }
        self.tree.aliases.clear();
        self.tree.damage.push(0..source.text().len() as u32);
        let node = self.tree.nodes.get(first as usize)?;
        Some(Fault {
            kind: FaultKind::Limit,
            span: source.span(node.start, node.end),
            message: format!("the aliases of this file stand for more than {MAXIMUM_EXPANSION} values"),
            help: Some("write the repeated parts as components and use `$ref`".to_owned()),
            related: Vec::new(),
            node: Some(first),
        })
    }
}

/// About how many nodes a text has, and rather more: counted in parts of it that are evenly apart.
fn expected_nodes(text: &[u8], nodes_at: fn(&[u8]) -> usize) -> usize {
    const PARTS: usize = 64;
    const LENGTH: usize = 256;
    let step = (text.len() / PARTS).max(LENGTH);
    let parts = || text.chunks(step).map(|part| part.get(..LENGTH).unwrap_or(part));
    let counted: usize = parts().flat_map(|part| part.windows(2)).map(nodes_at).sum();
    let bytes: usize = parts().map(<[u8]>::len).sum();
    let expected = counted as u64 * text.len() as u64 / bytes.max(1) as u64;
    // Text that is nothing but commas is none.
    (expected as usize).min(text.len() / 8) / 8 * 9 + 16
}

/// The number of nodes once every alias is replaced by what it stands for.
fn expanded_size(tree: &Tree) -> u64 {
    let mut sizes = vec![1_u64; tree.nodes.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        while let Some(&collection) = open.last()
            && tree.nodes[collection].next as usize <= index
        {
            close_sized(&mut sizes, &mut open);
        }
        match node.kind {
            Kind::Map | Kind::List => open.push(index),
            Kind::Alias => {
                sizes[index] = tree.alias_target(index as u32).map_or(1, |target| sizes[target as usize]);
                add_to_parent(&mut sizes, &open, index);
            }
            _ => add_to_parent(&mut sizes, &open, index),
        }
    }
    while !open.is_empty() {
        close_sized(&mut sizes, &mut open);
    }
    tree.roots.iter().filter_map(|&root| sizes.get(root as usize)).fold(0, |sum, &size| sum.saturating_add(size))
}

fn close_sized(sizes: &mut [u64], open: &mut Vec<usize>) {
    if let Some(index) = open.pop() {
        add_to_parent(sizes, open, index);
    }
}

fn add_to_parent(sizes: &mut [u64], open: &[usize], child: usize) {
    if let Some(&parent) = open.last() {
        sizes[parent] = sizes[parent].saturating_add(sizes[child]);
    }
}
