//! Which unions and which branches stand for each other by what they look like, where nothing else tells.

use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::Matching;
use super::shape::shape;
use super::{Case, Engine};
use crate::diff::schema::model::Union;

/// How many unions of one schema are held against each other, and how many branches of each are looked at.
const MOST_UNIONS: usize = 8;
const MOST_BRANCHES: usize = 2_000;

impl<'o, 'n> Engine<'o, 'n> {
    /// Of several unions on each side the two that have most in common: whichever comes first says nothing.
    pub(super) fn likest(&mut self, case: &Case<'o, 'n>, old: &[Union<'o>], new: &[Union<'n>]) -> (usize, usize) {
        let are_too_many = old.len() > MOST_UNIONS || new.len() > MOST_UNIONS;
        if old.len() == 1 && new.len() == 1 || are_too_many || self.is_used_up() {
            return (0, 0);
        }
        let positions = |union: &Union<'_>| 0..union.branches.len().min(MOST_BRANCHES);
        let before: Vec<Vec<u64>> =
            old.iter().map(|one| positions(one).map(|at| self.old_shape(case, one, at)).collect()).collect();
        let after: Vec<FxHashSet<u64>> =
            new.iter().map(|one| positions(one).map(|at| self.new_shape(case, one, at)).collect()).collect();
        let mut best = (0, (0, 0));
        for (one, shapes) in before.iter().enumerate() {
            for (other, known) in after.iter().enumerate() {
                let shared = shapes.iter().filter(|shape| known.contains(shape)).count();
                let likeness = 1000 * shared / shapes.len().max(known.len()).max(1);
                if likeness > best.0 {
                    best = (likeness, (one, other));
                }
            }
        }
        best.1
    }

    fn old_shape(&mut self, case: &Case<'o, 'n>, union: &Union<'o>, position: usize) -> u64 {
        let branch = self.chosen_old(case, union, position);
        shape(&mut self.old, branch)
    }

    fn new_shape(&mut self, case: &Case<'o, 'n>, union: &Union<'n>, position: usize) -> u64 {
        let branch = self.chosen_new(case, union, position);
        shape(&mut self.new, branch)
    }

    /// Matches branches that have no sign in common and look alike, where only one on either side looks like that.
    pub(super) fn match_by_shape(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, new: &Union<'n>, matched: &mut Matching) {
        let open: Vec<usize> = matched.added.iter().copied().filter(|position| !matched.has_new_tag.contains(position)).collect();
        if open.is_empty() || matched.removed.is_empty() || self.is_used_up() {
            return;
        }
        let mut known: FxHashMap<u64, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for &position in &matched.removed {
            known.entry(self.old_shape(case, old, position)).or_default().0.push(position);
        }
        for position in open {
            known.entry(self.new_shape(case, new, position)).or_default().1.push(position);
        }
        let only = |(old, new): (Vec<usize>, Vec<usize>)| match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => Some((*new, *old)),
            _ => None,
        };
        let mut pairs: Vec<(usize, usize)> = known.into_values().filter_map(only).collect();
        pairs.sort_unstable();
        let (new, old): (FxHashSet<usize>, FxHashSet<usize>) = pairs.iter().copied().unzip();
        matched.added.retain(|position| !new.contains(position));
        matched.removed.retain(|position| !old.contains(position));
        matched.pairs.extend(pairs);
    }
}
