//! How often what many operations share is looked at. With aliases, `$ref`s and inheritance a few lines can stand for millions
//! of responses.

use rustc_hash::FxHashMap;

use crate::openapi::{NodeId, NodeSet, Operation, PathItem, Version, View};
use crate::syntax::Node;

/// How much repetition is looked at, in parts of about a microsecond. What is written down itself does not count.
const MOST: u64 = 4_000_000;

/// What a repeated operation or response costs.
const LARGE: u64 = 64;

/// What a repeated media type costs, what a parameter does, and what a requirement or a tag.
const MEDIUM: u64 = 16;
const SMALL: u64 = 4;
const TINY: u64 = 1;

/// What was met before, and what its repetition has cost so far.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    seen: NodeSet,
    callers: NodeSet,
    uses: FxHashMap<NodeId, u32>,
    spent: u64,
}

impl Repeats {
    /// Whether there is room for all operations of a path item, or all path items of a callback.
    pub(super) fn has_room_for(&mut self, whole: View<'_>) -> bool {
        let is_new = whole.target().is_none_or(|target| self.seen.insert(target.id()));
        is_new || self.spent <= MOST
    }

    /// Whether there is room for an operation, which then is taken.
    pub(super) fn takes(&mut self, operation: Operation<'_>, item: PathItem<'_>, root: View<'_>) -> bool {
        if self.spent <= MOST {
            self.spent += self.cost(operation, item, root);
        }
        self.spent <= MOST
    }

    /// Whether the callbacks of an operation are still to be looked at: those of a callback only once, since callbacks may
    /// lead to each other.
    pub(super) fn enters(&mut self, operation: Operation<'_>, is_callback: bool) -> bool {
        self.callers.insert(operation.0.id()) || !is_callback
    }

    /// The first use of a shared response; this one, where there was none before.
    pub(super) fn first_use(&mut self, definition: NodeId, this: u32) -> u32 {
        *self.uses.entry(definition).or_insert(this)
    }

    fn cost(&mut self, operation: Operation<'_>, item: PathItem<'_>, root: View<'_>) -> u64 {
        let is_new = self.seen.insert(operation.0.id());
        let node = operation.0.node();
        let own = |key: &str| node.get(key).filter(|value| !is_new || !node.contains(*value));
        let responses = operation.responses_entry().and_then(|entry| operation.0.with(entry.value).target());
        let responses = responses.map(View::node).filter(|responses| !is_new || !node.contains(*responses));
        let lists = [(responses, LARGE), (own("parameters"), SMALL), (own("security"), TINY), (own("tags"), TINY)];
        let mut cost = if is_new { 0 } else { LARGE };
        for (value, price) in lists.into_iter().filter_map(|(value, price)| Some((value?, price))) {
            if !self.seen.insert(NodeId::of(value)) {
                cost += price * length(value);
            }
        }
        cost + inherited(operation, item, root)
    }
}

/// What the path and the description add to an operation.
fn inherited(operation: Operation<'_>, item: PathItem<'_>, root: View<'_>) -> u64 {
    let node = operation.0.node();
    let security = root.node().get("security").filter(|_| node.get("security").is_none());
    let media_types = match root.version() {
        Version::V2_0 => operation.produces(root).map_or(0, length).saturating_sub(1) * operation.responses().len() as u64,
        _ => 0,
    };
    SMALL * item.parameters_node().map_or(0, length) + TINY * security.map_or(0, length) + MEDIUM * media_types
}

fn length(node: Node<'_>) -> u64 {
    if node.is_map() { node.entries().count() as u64 } else { node.items().count() as u64 }
}
