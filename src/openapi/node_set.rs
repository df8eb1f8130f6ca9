//! Sets of nodes.

use rustc_hash::FxHashMap;

use super::NodeId;

/// A set of nodes: of each file a bit for every node up to the last one of the set. Nodes that stand together are kept together,
/// so that those of a large file, asked for in its order, are not spread over memory.
#[derive(Debug, Default)]
pub(crate) struct NodeSet {
    files: FxHashMap<u32, Vec<u64>>,
}

impl NodeSet {
    /// Adds a node, and tells whether it was missing.
    pub(crate) fn insert(&mut self, id: NodeId) -> bool {
        let words = self.files.entry(id.file).or_default();
        let (word, bit) = ((id.index / u64::BITS) as usize, 1 << (id.index % u64::BITS));
        if words.len() <= word {
            words.resize(word + 1, 0);
        }
        let Some(bits) = words.get_mut(word) else { return false };
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_new_once_in_its_file() {
        let mut set = NodeSet::default();
        let ids = [(0, 63), (0, 64), (0, 0), (3, 63), (0, 7_000)].map(|(file, index)| NodeId { file, index });
        assert!(ids.into_iter().all(|id| set.insert(id)));
        assert!(!ids.into_iter().any(|id| set.insert(id)));
    }
}
