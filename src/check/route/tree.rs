//! Sequences of patterns as a tree, so that what matches is found without asking each of them.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::pattern::Pattern;
use super::url::Segment;

/// Identifies a node.
pub(super) type NodeIndex = usize;

/// Trees with common storage.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    literals: FxHashMap<Box<[u8]>, NodeIndex>,
    /// Variables with text around them, by the text in front, then by the text behind.
    mixed: ByText<ByText<FxHashMap<Pattern, NodeIndex>>>,
    variable: Option<NodeIndex>,
    /// What ends here.
    values: Vec<usize>,
}

/// How well a segment is matched: the smaller, the more concrete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// By text.
    Literal,
    /// By text with variables in it: the more text, the better.
    Mixed(Reverse<usize>),
    /// By text, once the path parameters of the segment are left out.
    Trimmed,
    /// By a variable.
    Variable,
}

/// How many steps a search may take. A description can be made in which nearly all templates overlap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps(usize);

impl Steps {
    pub(super) fn new(most: usize) -> Steps {
        Steps(most)
    }

    pub(super) fn are_used_up(self) -> bool {
        self.0 == 0
    }

    /// Takes one; false where none is left.
    pub(super) fn take(&mut self) -> bool {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }
}

impl Forest {
    /// Plants a tree and tells its root.
    pub(super) fn plant(&mut self) -> NodeIndex {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Puts a value at the end of a sequence of patterns.
    pub(super) fn insert(&mut self, root: NodeIndex, patterns: &[Pattern], value: usize) {
        let end = patterns.iter().fold(root, |node, pattern| self.child(node, pattern));
        if let Some(node) = self.nodes.get_mut(end) {
            node.values.push(value);
        }
    }

    /// What ends at a node.
    pub(super) fn values(&self, node: NodeIndex) -> &[usize] {
        self.nodes.get(node).map(|node| node.values.as_slice()).unwrap_or_default()
    }

    fn child(&mut self, parent: NodeIndex, pattern: &Pattern) -> NodeIndex {
        let next = self.nodes.len();
        let Some(node) = self.nodes.get_mut(parent) else { return parent };
        let child = match pattern.literal() {
            Some(text) => *node.literals.entry(text.into()).or_insert(next),
            None if pattern.is_variable() => *node.variable.get_or_insert(next),
            None => {
                let (front, back) = pattern.ends();
                *node.mixed.of(front).of(back).entry(pattern.clone()).or_insert(next)
            }
        };
        if child == next {
            self.nodes.push(Node::default());
        }
        child
    }
}

impl Node {
    /// The children that match a segment, in no particular order.
    fn matches(&self, segment: &Segment<'_>, steps: &mut Steps, found: &mut Vec<(Rank, NodeIndex)>) {
        let text = &*segment.decoded;
        let literal = |text: &[u8]| self.literals.get(text).copied();
        found.extend(literal(text).map(|child| (Rank::Literal, child)));
        for (pattern, child) in self.mixed.prefixing(text).flat_map(|by_end| by_end.suffixing(text)).flatten() {
            if !steps.take() {
                return;
            }
            if pattern.matches(text) {
                found.push((Rank::Mixed(Reverse(pattern.literal_length())), *child));
            }
        }
        let trimmed = segment.trimmed.as_deref().and_then(literal);
        found.extend(trimmed.map(|child| (Rank::Trimmed, child)));
        found.extend(self.variable.filter(|_| !text.is_empty()).map(|child| (Rank::Variable, child)));
    }
}

/// Values by a text that another one begins or ends with.
#[derive(Clone, Debug)]
struct ByText<T> {
    /// The lengths of the texts. There are few: together they are no longer than the texts.
    lengths: Vec<usize>,
    values: FxHashMap<Box<[u8]>, T>,
}

impl<T> Default for ByText<T> {
    fn default() -> Self {
        ByText { lengths: Vec::new(), values: FxHashMap::default() }
    }
}

impl<T: Default> ByText<T> {
    fn of(&mut self, text: &[u8]) -> &mut T {
        if !self.lengths.contains(&text.len()) {
            self.lengths.push(text.len());
        }
        self.values.entry(text.into()).or_default()
    }

    fn prefixing<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = &'a T> {
        self.lengths.iter().filter_map(|length| self.values.get(text.get(..*length)?))
    }

    fn suffixing<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = &'a T> {
        let start = |length: usize| text.len().checked_sub(length);
        self.lengths.iter().filter_map(move |length| self.values.get(text.get(start(*length)?..)?))
    }
}

/// The nodes that segments lead to, as groups of equal rank: the more concrete group first, segments compared from left
/// to right, and each group in front of those below it.
pub(super) struct Walk<'a> {
    forest: &'a Forest,
    segments: &'a [Segment<'a>],
    open: Vec<Open>,
    group: Vec<NodeIndex>,
    found: Vec<(Rank, NodeIndex)>,
    tier: usize,
}

/// A node to look at. Nodes of one group stand together and have the same tier.
struct Open {
    node: NodeIndex,
    depth: usize,
    tier: usize,
}

impl<'a> Walk<'a> {
    /// From roots, which are equally good, along segments.
    pub(super) fn new(forest: &'a Forest, roots: &[NodeIndex], segments: &'a [Segment<'a>]) -> Self {
        let open = roots.iter().map(|&node| Open { node, depth: 0, tier: 0 }).collect();
        Walk { forest, segments, open, group: Vec::new(), found: Vec::new(), tier: 0 }
    }

    /// The next group and how many segments lead to it. None where all were seen or no steps are left.
    pub(super) fn next(&mut self, steps: &mut Steps) -> Option<(usize, &[NodeIndex])> {
        let Open { node, depth, tier } = self.open.pop()?;
        self.group.clear();
        self.group.push(node);
        while let Some(other) = self.open.pop_if(|other| other.tier == tier) {
            self.group.push(other.node);
        }
        if let Some(segment) = self.segments.get(depth) {
            self.expand(segment, depth + 1, steps)?;
        }
        Some((depth, &self.group))
    }

    fn expand(&mut self, segment: &Segment<'_>, depth: usize, steps: &mut Steps) -> Option<()> {
        self.found.clear();
        for node in self.group.iter().filter_map(|&node| self.forest.nodes.get(node)) {
            if !steps.take() {
                return None;
            }
            node.matches(segment, steps, &mut self.found);
        }
        // The best comes last, where it is taken from.
        self.found.sort_unstable_by_key(|(rank, _)| Reverse(*rank));
        for same in self.found.chunk_by(|(one, _), (other, _)| one == other) {
            self.tier += 1;
            let tier = self.tier;
            self.open.extend(same.iter().map(|&(_, node)| Open { node, depth, tier }));
        }
        Some(())
    }
}
