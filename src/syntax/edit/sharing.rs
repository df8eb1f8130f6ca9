//! What of a file is used in more than one place, through aliases and `<<`.

use super::super::{FaultKind, File, Kind, Node};

/// What of a file is used in more than one place; made when somebody asks.
#[derive(Debug, Default)]
pub(in crate::syntax) struct Sharing {
    /// Whether part of the file could not be read.
    pub(super) is_damaged: bool,
    /// What aliases stand for, and the aliases, sorted.
    anchored: Vec<(u32, u32)>,
    /// The nodes that `<<` takes in: ranges of indexes, sorted, apart from each other.
    merged: Vec<(u32, u32)>,
}

impl Sharing {
    pub(in crate::syntax) fn of(file: &File) -> Sharing {
        let serious = |kind| matches!(kind, FaultKind::Syntax | FaultKind::Encoding | FaultKind::Limit);
        let is_damaged = !file.tree.damage.is_empty() || file.faults.iter().any(|fault| serious(fault.kind));
        let mut anchored: Vec<(u32, u32)> = file.tree.aliases.iter().map(|&(alias, target)| (target, alias)).collect();
        anchored.sort_unstable();
        let merged = if anchored.is_empty() { Vec::new() } else { merged(file) };
        Sharing { is_damaged, anchored, merged }
    }

    /// Whether an alias that stands outside of these nodes stands for one of them.
    pub(super) fn is_used_outside(&self, first: u32, behind: u32) -> bool {
        let from = self.anchored.partition_point(|&(target, _)| target < first);
        let inside = self.anchored.iter().skip(from).take_while(|&&(target, _)| target < behind);
        inside.into_iter().any(|&(_, alias)| !(first..behind).contains(&alias))
    }

    /// Whether this node is part of what `<<` takes in somewhere.
    pub(super) fn is_merged(&self, index: u32) -> bool {
        let before = self.merged.partition_point(|&(first, _)| first <= index);
        before.checked_sub(1).and_then(|at| self.merged.get(at)).is_some_and(|&(_, behind)| index < behind)
    }
}

fn merged(file: &File) -> Vec<(u32, u32)> {
    let maps = (0..file.tree.len() as u32).map(|index| file.node(index)).filter(|node| node.merges());
    let keys = maps.flat_map(|map| map.written_children().map(|key| file.node(key)).filter(|key| key.is_merge_key()));
    let values = keys.map(|key| file.node(key.behind()));
    let aliases = values.flat_map(|value| match value.kind() {
        Kind::List => value.written_children().map(|item| file.node(item)).collect(),
        _ => vec![value],
    });
    let mut ranges: Vec<(u32, u32)> =
        aliases.filter(|node| node.kind() == Kind::Alias).map(Node::followed).map(|node| (node.index(), node.behind())).collect();
    ranges.sort_unstable_by_key(|&(first, behind)| (first, std::cmp::Reverse(behind)));
    ranges.dedup_by(|inner, outer| inner.1 <= outer.1);
    ranges
}
