//! `anyOf` and `oneOf`.

use rustc_hash::FxHashSet;

use super::discriminator::property_of;
use super::matching::{Matching, matching, name_of};
use super::outside::Outside;
use super::{Case, Engine, PairId, Step};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::Union;
use crate::diff::schema::sample::Sampler;
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::truth::Truth;
use crate::words::listed;

/// How many pairs of branches are tried for one union.
pub(super) const MOST_TRIES: usize = 2_000;

/// How many more are tried once one is found, for one that is the same.
const MOST_FURTHER: usize = 50;

/// How many branches are looked for a value that the old schema refuses.
const MOST_SHOWN: usize = 10;

/// How many branches a message names.
const MOST_NAMED: usize = 5;

impl<'o, 'n> Engine<'o, 'n> {
    /// Compares two schemas of which at least one has alternatives.
    pub(super) fn unions(&mut self, case: &mut Case<'o, 'n>) {
        self.nullable(case);
        let (old, new) = (case.old.clone(), case.new.clone());
        match (old.unions.first(), new.unions.first()) {
            (Some(_), Some(_)) => {
                let (one, other) = self.likest(case, &old.unions, &new.unions);
                if let (Some(old), Some(new)) = (old.unions.get(one), new.unions.get(other)) {
                    self.both(case, old, new);
                }
            }
            (None, Some(new)) => self.became_union(case, new),
            (Some(old), None) => self.became_plain(case, old),
            (None, None) => {}
        }
    }

    /// A schema without alternatives in place of a union: within one of its branches, or it says what all of them say together.
    fn became_plain(&mut self, case: &mut Case<'o, 'n>, old: &Union<'o>) {
        case.is_same = false;
        let mut tries = MOST_TRIES;
        let found = self.within(case, old, case.new_id, &FxHashSet::default(), &mut tries);
        let is_included = found.is_some_and(|(_, pair)| self.total(pair) == Inclusion::Included);
        if !is_included && self.as_one(case) {
            return;
        }
        if let Some((position, pair)) = found {
            case.edges.push((Step::Same, pair));
            let removed: Vec<usize> = (0..old.branches.len()).filter(|other| *other != position).collect();
            self.narrowed(case, old, None, &removed);
            let met = self.met_by_one(position, pair);
            self.exact(case, old, &met, true);
        } else {
            let mut outside = Outside::new(self.old_types(case));
            self.outside(case, None, case.new_id, "the new schema", &mut outside);
            outside.tell(case, None);
        }
    }

    fn both(&mut self, case: &mut Case<'o, 'n>, old: &Union<'o>, new: &Union<'n>) {
        let views = (self.old.views(case.old_id).first().copied(), self.new.views(case.new_id).first().copied());
        let (Some(old_view), Some(new_view)) = views else { return case.doubtful() };
        let same = self.same_branches(case, old, new);
        let mut matched = matching((old_view, old), (new_view, new), same);
        self.match_by_shape(case, old, new, &mut matched);
        let mut met = Met::default();
        for &(position, twin) in &matched.pairs {
            let pair = self.branches(case, (old, twin), (new, position));
            self.meet(case, twin, pair, &mut met);
        }
        let outside = self.added(case, (old, new), &matched, &mut met);
        let is_whole = outside.count == 0;
        outside.tell(case, Some(new));
        let removed: Vec<usize> = matched.removed.iter().copied().filter(|position| !met.used.contains(position)).collect();
        self.narrowed(case, old, Some(new), &removed);
        case.is_same &= old.is_one_of == new.is_one_of && old.branches.len() == new.branches.len();
        // Two new branches may stand for one old one.
        case.is_same &= met.used.len() == old.branches.len() && !met.is_spread;
        if is_whole {
            // Grouped otherwise, a branch may take what two of the others refuse.
            if met.is_spread {
                met.settled.clear();
            }
            self.exact(case, old, &met, new.is_one_of);
        }
        self.discriminator(case);
    }

    /// Takes in that a new branch stands for an old one.
    fn meet(&self, case: &mut Case<'o, 'n>, twin: usize, pair: PairId, met: &mut Met) {
        met.is_doubtful |= self.total(pair) == Inclusion::Unknown;
        let is_first = met.used.insert(twin);
        match self.is_same(pair) {
            true if is_first => met.settled.extend([twin]),
            true => {}
            false => met.changed.extend(self.pairs.get(pair as usize).map(|pair| pair.new)),
        }
        case.edges.push((Step::Same, pair));
    }

    /// New branches without a match: each is within an old one, or outside.
    fn added(
        &mut self,
        case: &mut Case<'o, 'n>,
        (old, new): (&Union<'o>, &Union<'n>),
        matched: &Matching,
        met: &mut Met,
    ) -> Outside {
        let mut outside = Outside::new(self.old_types(case));
        let mut tries = MOST_TRIES;
        for &position in &matched.added {
            if self.is_used_up() {
                outside.count += 1;
                self.give_up(case);
                break;
            }
            let branch = self.chosen_new(case, new, position);
            if self.new.model(branch).is_void() {
                continue;
            }
            let new_tag = matched.new_tags.get(&position);
            let has_new_tag = new_tag.is_some();
            let found = if has_new_tag { None } else { self.within(case, old, branch, &met.used, &mut tries) };
            let is_within = found.is_some_and(|(_, pair)| self.total(pair) == Inclusion::Included);
            if let Some((twin, pair)) = self.inside(case, old, branch).filter(|_| !is_within && !has_new_tag) {
                met.is_spread = true;
                self.meet(case, twin, pair, met);
                continue;
            }
            if let Some(found) = self.spread(case, old, branch, found, (met, &mut tries)).filter(|_| !has_new_tag) {
                met.is_spread = true;
                for (twin, pair) in found {
                    self.meet(case, twin, pair, met);
                }
                continue;
            }
            let open = matched.removed.iter().copied().filter(|twin| !has_new_tag && !met.used.contains(twin)).collect();
            if let Some((twin, pair)) = found.or_else(|| self.changed(case, (old, new), position, open)) {
                self.meet(case, twin, pair, met);
            } else if let Some(view) = self.new.views(case.new_id).first().copied() {
                outside.tag = new_tag.cloned().and_then(|tag| Some((property_of(new.discriminator?), tag)));
                self.outside(case, Some(new), branch, &name_of(view, new, position), &mut outside);
            }
        }
        outside
    }

    fn branches(
        &mut self,
        case: &Case<'o, 'n>,
        (old, twin): (&Union<'o>, usize),
        (new, position): (&Union<'n>, usize),
    ) -> PairId {
        let before = self.chosen_old(case, old, twin);
        let after = self.chosen_new(case, new, position);
        self.pair(before, after)
    }

    pub(super) fn chosen_old(&mut self, case: &Case<'o, 'n>, union: &Union<'o>, position: usize) -> Id {
        let index = union.branches.get(position).map_or(0, |(index, _)| *index);
        self.old.chosen(case.old_id, union.list, index)
    }

    pub(super) fn chosen_new(&mut self, case: &Case<'o, 'n>, union: &Union<'n>, position: usize) -> Id {
        let index = union.branches.get(position).map_or(0, |(index, _)| *index);
        self.new.chosen(case.new_id, union.list, index)
    }

    /// The old branch that a new schema is within, or from which it differs by nothing that breaks clients. One that is the
    /// same is better than one that holds more, one that stands for no other yet is better than one that does, and one of which
    /// the difference is known is better than one of which it cannot be told.
    pub(super) fn within(
        &mut self,
        case: &Case<'o, 'n>,
        old: &Union<'o>,
        new: Id,
        used: &FxHashSet<usize>,
        tries: &mut usize,
    ) -> Option<(usize, PairId)> {
        let (mut first, mut second, mut third) = (None, None, None);
        let mut further = MOST_FURTHER;
        for position in 0..old.branches.len() {
            further -= usize::from(first.is_some());
            if *tries == 0 || further == 0 || self.is_used_up() {
                break;
            }
            *tries -= 1;
            let branch = self.chosen_old(case, old, position);
            if self.have_nothing_in_common(branch, new) {
                continue;
            }
            let pair = self.pair(branch, new);
            let worst = self.worst(pair);
            if self.is_same(pair) && worst.is_none() && !used.contains(&position) {
                return Some((position, pair));
            }
            if self.total(pair) == Inclusion::Included && worst.is_none_or(|worst| worst == Class::Compatible) {
                if first.is_none() || first.is_some_and(|(other, _)| used.contains(&other)) && !used.contains(&position) {
                    first = Some((position, pair));
                }
            } else if self.is_mild(pair) {
                let kept = if self.total(pair) == Inclusion::NotIncluded { &mut second } else { &mut third };
                kept.get_or_insert((position, pair));
            }
        }
        first.or(second).or(third)
    }

    /// Whether one schema cannot stand for another: for want of a common type, or because it is one value and the other several.
    pub(super) fn have_nothing_in_common(&mut self, old: Id, new: Id) -> bool {
        let (old, new) = (self.old.model(old), self.new.model(new));
        let is_one = old.values.as_ref().is_some_and(|values| values.is_const && values.list.len() == 1);
        let are_several = new.values.as_ref().is_some_and(|values| values.list.len() > 1);
        (old.types & new.types).is_empty() || is_one && are_several
    }

    /// Whether all that a pair says is risky at most, and something is said where it is not included.
    fn is_mild(&self, pair: PairId) -> bool {
        let worst = self.worst(pair);
        self.total(pair) == Inclusion::Included || worst.is_some_and(|worst| worst < Class::Breaking)
    }

    fn became_union(&mut self, case: &mut Case<'o, 'n>, new: &Union<'n>) {
        case.is_same = false;
        if self.as_listed(case) {
            return;
        }
        let Some(view) = self.new.views(case.new_id).first().copied() else { return case.doubtful() };
        let mut outside = Outside::new(case.old.types);
        for position in 0..new.branches.len() {
            if self.is_used_up() {
                self.give_up(case);
                break;
            }
            let branch = self.chosen_new(case, new, position);
            let pair = self.pair(case.old_id, branch);
            if self.is_mild(pair) || self.is_changed_only(case, new, position, pair) {
                case.edges.push((Step::Same, pair));
            } else {
                let name = name_of(view, new, position);
                self.outside(case, Some(new), branch, &name, &mut outside);
            }
        }
        outside.tell(case, Some(new));
    }

    fn old_types(&mut self, case: &Case<'o, 'n>) -> Types {
        let Some(union) = case.old.unions.first() else { return case.old.types };
        let mut types = Types::NONE;
        for position in 0..union.branches.len().min(MOST_TRIES) {
            if self.is_used_up() {
                return Types::ALL;
            }
            let branch = self.chosen_old(case, union, position);
            types = types | self.old.model(branch).types;
        }
        if union.branches.len() > MOST_TRIES { Types::ALL } else { types }
    }

    fn narrowed(&mut self, case: &mut Case<'o, 'n>, old: &Union<'o>, new: Option<&Union<'n>>, removed: &[usize]) {
        let Some(view) = self.old.views(case.old_id).first().copied().filter(|_| !self.is_used_up()) else { return };
        let mut removed = removed.to_vec();
        let mut looks = MOST_SHOWN;
        removed.retain(|position| {
            let branch = self.chosen_old(case, old, *position);
            !self.old.model(branch).is_void() && !self.may_still_come(case, branch, &mut looks)
        });
        if removed.is_empty() {
            return;
        }
        case.is_same = false;
        let names = shortened(removed.iter().map(|position| name_of(view, old, *position)).collect());
        let message = format!("{names} cannot come any more");
        let change = case.change("response-union-narrowed", Class::Compatible, (Some(old.key), new.map(|new| new.key)), message);
        change.words = vec![("removed", names)];
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Whether a value of an old branch is one of the new schema: it went into another branch.
    fn may_still_come(&mut self, case: &Case<'o, 'n>, branch: Id, looks: &mut usize) -> bool {
        let Some(left) = looks.checked_sub(1) else { return false };
        *looks = left;
        let sample = Sampler::new(&mut self.old).several(branch).into_iter().find(|value| !value.is_null());
        sample.is_some_and(|value| self.new.allows(case.new_id, &value) == Truth::True)
    }
}

/// Old branches that new ones stand for.
#[derive(Default)]
pub(super) struct Met {
    pub(super) used: FxHashSet<usize>,
    /// Those for which the new branch is the same.
    pub(super) settled: FxHashSet<usize>,
    /// New branches that are not the same as what they stand for.
    pub(super) changed: Vec<Id>,
    /// Whether of one of them it cannot be told how it differs, which was said.
    pub(super) is_doubtful: bool,
    /// Whether the branches of a union that is a branch stand for several of them.
    pub(super) is_spread: bool,
}

/// The first names, and how many more there are.
pub(super) fn shortened(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    names.extend((more > 0).then(|| format!("{more} more")));
    listed(&names, "and")
}
