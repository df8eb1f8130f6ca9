//! Which unions and which branches stand for each other by what they look like, where nothing else tells.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::items::{item_at, places};
use super::matching::{Matching, is_nameless};
use super::members::names_of;
use super::shape::shape;
use super::{Case, Engine, PairId};
use crate::diff::schema::canonical::Form;
use crate::diff::schema::model::{Model, Union};
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;
use crate::finding::Class;

/// How many unions of one schema are held against each other, and how many branches of each are looked at.
const MOST_UNIONS: usize = 8;
const MOST_BRANCHES: usize = 2_000;

/// How many branches are brought into canonical form.
const MOST_FORMS: usize = 200;

/// Among how many old branches one is looked for that has changed.
const MOST_OPEN: usize = 20;

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

    /// Branches that are the same in canonical form, new and old: whatever they are called, the one stands for the other. What a
    /// discriminator tells apart goes by its tag.
    pub(super) fn same_branches(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, new: &Union<'n>) -> Vec<(usize, usize)> {
        if old.discriminator.is_some() || new.discriminator.is_some() || old.branches.len().max(new.branches.len()) > MOST_FORMS {
            return Vec::new();
        }
        let mut known: FxHashMap<Form, Vec<usize>> = FxHashMap::default();
        for position in (0..old.branches.len()).rev() {
            let branch = self.chosen_old(case, old, position);
            if let Some(form) = self.forms.of(&mut self.old, branch, false) {
                known.entry(form).or_default().push(position);
            }
        }
        let twins = (0..new.branches.len()).filter_map(|position| {
            let branch = self.chosen_new(case, new, position);
            let form = self.forms.of(&mut self.new, branch, false)?;
            Some((position, known.get_mut(&form)?.pop()?))
        });
        twins.collect()
    }

    fn old_shape(&mut self, case: &Case<'o, 'n>, union: &Union<'o>, position: usize) -> u64 {
        let branch = self.chosen_old(case, union, position);
        shape(&mut self.old, branch)
    }

    fn new_shape(&mut self, case: &Case<'o, 'n>, union: &Union<'n>, position: usize) -> u64 {
        let branch = self.chosen_new(case, union, position);
        shape(&mut self.new, branch)
    }

    /// The one old branch without a name, of those that stand for no new one, that a new branch without a name is but for what
    /// the two say about members, or but for the format: where it is certain that the difference is new, it is told, and not
    /// that a branch came and another one went.
    pub(super) fn changed(
        &mut self,
        case: &Case<'o, 'n>,
        (old, new): (&Union<'o>, &Union<'n>),
        position: usize,
        open: Vec<usize>,
    ) -> Option<(usize, PairId)> {
        if open.len() > MOST_OPEN || self.is_used_up() {
            return None;
        }
        let branch = self.chosen_new(case, new, position);
        let after = self.new.model(branch);
        self.new.views(case.new_id).first().filter(|view| is_nameless(**view, new, position))?;
        let alike: Vec<usize> = open.into_iter().filter(|twin| self.is_alike(case, (old, *twin), (branch, &after))).collect();
        let &[twin] = alike.as_slice() else { return None };
        let before = self.chosen_old(case, old, twin);
        let pair = self.pair(before, branch);
        let is_told = self.worst(pair) > Some(Class::Compatible);
        let is_certain = is_told
            && (self.is_only_one_of(case, old, twin, after.types)
                || self.outsider(case, branch, None).is_some()
                || self.varied_outsider(case, branch).is_some());
        is_certain.then_some((twin, pair))
    }

    fn is_alike(&mut self, case: &Case<'o, 'n>, (old, twin): (&Union<'o>, usize), (new, after): (Id, &Rc<Model<'n>>)) -> bool {
        let Some(view) = self.old.views(case.old_id).first().copied() else { return false };
        let branch = self.chosen_old(case, old, twin);
        let before = self.old.model(branch);
        let have_format = before.types == Types::STRING && !before.formats.is_empty() && !after.formats.is_empty();
        let is_alike = have_format && before.types == after.types || self.look_alike((branch, &before), (new, after));
        is_nameless(view, old, twin) && is_alike
    }

    /// Whether two schemas look alike, or lists of what does.
    fn look_alike(&mut self, (old, before): (Id, &Rc<Model<'o>>), (new, after): (Id, &Rc<Model<'n>>)) -> bool {
        let are_lists = before.types == Types::ARRAY && after.types == Types::ARRAY;
        if !are_lists || places(before) > 0 || places(after) > 0 {
            return look_alike(before, after);
        }
        let old = item_at(&mut self.old, old, before, 0);
        let new = item_at(&mut self.new, new, after, 0);
        let (old, new) = (self.old.model(old), self.new.model(new));
        let are_plain = names_of(&old).next().is_none() && names_of(&new).next().is_none();
        look_alike(&old, &new) || are_plain && old.types == new.types && !old.types.is_empty()
    }

    /// Whether a branch without a name that a schema without alternatives has become is that schema, but for what the two say
    /// about members.
    pub(super) fn is_changed_only(&mut self, case: &Case<'o, 'n>, new: &Union<'n>, position: usize, pair: PairId) -> bool {
        let branch = self.chosen_new(case, new, position);
        let is_nameless = self.new.views(case.new_id).first().is_some_and(|view| is_nameless(*view, new, position));
        let after = self.new.model(branch);
        is_nameless && self.worst(pair).is_some() && self.look_alike((case.old_id, &case.old), (branch, &after))
    }

    /// Whether no other old branch has a type in common with these.
    fn is_only_one_of(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, twin: usize, types: Types) -> bool {
        old.branches.len() <= MOST_BRANCHES
            && (0..old.branches.len()).filter(|other| *other != twin).all(|other| {
                let branch = self.chosen_old(case, old, other);
                (self.old.model(branch).types & types).is_empty()
            })
    }

    /// Matches branches that have no sign in common and look alike, where only one on either side looks like that.
    pub(super) fn match_by_shape(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, new: &Union<'n>, matched: &mut Matching) {
        let open: Vec<usize> =
            matched.added.iter().copied().filter(|position| !matched.new_tags.contains_key(position)).collect();
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

/// Whether two schemas allow the same types, and speak of members of which most are the same.
fn look_alike(before: &Model<'_>, after: &Model<'_>) -> bool {
    let known: FxHashSet<&str> = names_of(before).collect();
    let (all, shared) = names_of(after).fold((0, 0), |(all, shared), name| (all + 1, shared + usize::from(known.contains(name))));
    before.types == after.types && shared > 0 && 2 * shared >= known.len().max(all)
}
