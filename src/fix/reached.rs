//! What `$ref`s lead to: taking it away or renaming it would leave them without a target.

use rustc_hash::FxHashMap;

use crate::openapi::{NodeId, Project, resolve};
use crate::syntax::Node;

/// The targets of all `$ref`s of a project.
#[derive(Debug, Default)]
pub(super) struct Reached {
    sorted: Vec<NodeId>,
    counts: FxHashMap<NodeId, usize>,
}

impl Reached {
    pub(super) fn of(project: &Project) -> Reached {
        let sites = project.files().flat_map(|file| project.sites(file));
        let mut sorted: Vec<NodeId> = sites.filter_map(|site| resolve(project, site.reference).ok()).map(NodeId::of).collect();
        sorted.sort_unstable();
        let mut counts = FxHashMap::default();
        for target in &sorted {
            *counts.entry(*target).or_insert(0) += 1;
        }
        Reached { sorted, counts }
    }

    /// Whether a `$ref` leads to a node or into it.
    pub(super) fn is_reached(&self, node: Node<'_>) -> bool {
        let first = self.sorted.partition_point(|target| *target < NodeId::of(node));
        self.sorted
            .get(first)
            .is_some_and(|target| target.file == node.file().source().id().0 && node.contains(node.file().node(target.index)))
    }

    /// How many `$ref`s lead to exactly this node.
    pub(super) fn count(&self, node: Node<'_>) -> usize {
        self.counts.get(&NodeId::of(node)).copied().unwrap_or_default()
    }
}
