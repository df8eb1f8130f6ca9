//! Branches that are unions themselves.

use super::disjoint::{Overlap, overlap};
use super::unions::Met;
use super::{Case, Engine, PairId};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::Union;
use crate::diff::schema::side::Id;

/// Among how many old branches it is looked for unions, and how many branches of each are looked at.
const MOST_UNIONS: usize = 50;

impl<'o, 'n> Engine<'o, 'n> {
    /// The old branch, a union itself, of whose branches a new branch is the same as one, which no other one of it overlaps where it
    /// is a `oneOf`.
    pub(super) fn inside(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, branch: Id) -> Option<(usize, PairId)> {
        (0..old.branches.len().min(MOST_UNIONS)).find_map(|position| {
            let outer = self.chosen_old(case, old, position);
            let model = self.old.model(outer);
            let [inner] = model.unions.as_slice() else { return None };
            inner.branches.iter().take(MOST_UNIONS).find_map(|(index, _)| {
                let chosen = self.old.chosen(outer, inner.list, *index);
                if self.have_nothing_in_common(chosen, branch) {
                    return None;
                }
                let pair = self.pair(chosen, branch);
                let is_it = self.is_same(pair) && self.worst(pair).is_none() && self.stands_alone(outer, inner, *index);
                is_it.then_some((position, pair))
            })
        })
    }

    /// Whether no value of a branch is refused because another branch of the same `oneOf` takes it, too.
    fn stands_alone(&mut self, outer: Id, union: &Union<'o>, index: u32) -> bool {
        if !union.is_one_of {
            return true;
        }
        let branch = |engine: &mut Self, index: u32| {
            let chosen = engine.old.chosen(outer, union.list, index);
            (chosen, engine.old.model(chosen))
        };
        let own = branch(self, index);
        let others: Vec<u32> = union.branches.iter().map(|(other, _)| *other).filter(|other| *other != index).collect();
        others.len() < MOST_UNIONS
            && others.into_iter().all(|other| {
                let other = branch(self, other);
                overlap(&mut self.old, &own, &other) <= Overlap::Unlikely
            })
    }

    /// The old branches that the branches of a new branch are within, where it is a union itself, each of them is in one, and
    /// it is in none as a whole.
    pub(super) fn spread(
        &mut self,
        case: &Case<'o, 'n>,
        old: &Union<'o>,
        branch: Id,
        found: Option<(usize, PairId)>,
        (met, tries): (&Met, &mut usize),
    ) -> Option<Vec<(usize, PairId)>> {
        let model = self.new.model(branch);
        let [inner] = model.unions.as_slice() else { return None };
        if found.is_some_and(|(_, pair)| self.total(pair) == Inclusion::Included) {
            return None;
        }
        let within = inner.branches.iter().map(|(index, _)| {
            let chosen = self.new.chosen(branch, inner.list, *index);
            let (twin, pair) = self.within(case, old, chosen, &met.used, tries)?;
            (self.total(pair) == Inclusion::Included).then_some((twin, pair))
        });
        within.collect()
    }
}
