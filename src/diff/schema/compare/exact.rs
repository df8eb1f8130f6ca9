//! `oneOf`: a value of two branches is none of the union. What refused it may be gone.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::depending::{closing, opened};
use super::disjoint::{Branch, Overlap, overlap};
use super::home::at_home;
use super::unions::Met;
use super::{Case, Engine, Probe};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::Union;
use crate::diff::schema::sample::Sampler;
use crate::finding::Class;
use crate::truth::Truth;

/// How many pairs of branches are held against each other.
const MOST_PAIRS: usize = 20_000;

/// How many pairs of branches, and how many new branches, are looked at for a value that meets two.
const MOST_OPEN: usize = 3;
const MOST_SHOWN: usize = 10;

impl<'o, 'n> Engine<'o, 'n> {
    /// Looks for values that were refused because they met two branches of an old `oneOf`, and are not any more. Where the new
    /// schema is no `oneOf` itself, or has lost a branch, that they cannot be ruled out is said. Where objects have only changed,
    /// a value has to show it: nobody relies on what is refused because it fits twice.
    pub(super) fn exact(&mut self, case: &mut Case<'o, 'n>, old: &Union<'o>, met: &Met, is_exact: bool) {
        // Where more may come already, what shows it would be told a second time.
        let is_told = case.edges.iter().any(|(_, pair)| self.total(*pair) == Inclusion::NotIncluded);
        if !old.is_one_of || is_told || case.own == Inclusion::NotIncluded {
            return;
        }
        let Overlaps { kept, lost, open } = self.overlaps(case, old, met, is_exact);
        let is_unlikely = kept.max(lost) == Overlap::Unlikely;
        match kept.max(lost) {
            Overlap::Nothing => {}
            _ if self.is_met_twice(case, met, &open, is_unlikely) => {}
            Overlap::Unlikely => case.doubtful(),
            worst if is_exact && lost < Overlap::Open && (met.is_doubtful || worst == Overlap::Open) => case.doubtful(),
            _ => {
                let key = case.new.unions.first().map(|union| union.key);
                let why = "what met two branches of the `oneOf` was forbidden, and the branches overlap".to_owned();
                case.unknown(Some(old.key), key, why);
            }
        }
    }

    /// How far old branches overlap that a new one stands for, and how far these overlap with those that are gone. A pair that
    /// is the same on both sides need not be told apart where the new union tells it apart. A discriminator does so always.
    fn overlaps(&mut self, case: &Case<'o, 'n>, old: &Union<'o>, met: &Met, is_exact: bool) -> Overlaps<'o> {
        let mut found = Overlaps { kept: Overlap::Nothing, lost: Overlap::Nothing, open: Vec::new() };
        if old.discriminator.is_some() || is_exact && met.settled.len() == old.branches.len() {
            return found;
        }
        let branches = self.branches_alone(case, old);
        let all: Vec<usize> = (0..branches.len()).collect();
        let open: Vec<usize> = all.iter().copied().filter(|position| !met.settled.contains(position)).collect();
        let mut left = MOST_PAIRS;
        for &one in all.iter().filter(|position| met.used.contains(position)) {
            for &two in if is_exact && met.settled.contains(&one) { &open } else { &all } {
                let Some((branch, other)) = branches.get(one).zip(branches.get(two)).filter(|_| one != two) else { continue };
                left -= 1;
                let is_left = left > 0 && !self.is_used_up();
                let worst = if is_left { overlap(&mut self.old, branch, other) } else { Overlap::Open };
                found.take_in(worst, met.used.contains(&two), (branch, other));
                if !is_left {
                    return found;
                }
            }
        }
        found
    }

    /// The branches without what closes all of them: a value that it forbids in the one may meet the other.
    fn branches_alone(&mut self, case: &Case<'o, 'n>, old: &Union<'o>) -> Vec<Branch<'o>> {
        let keys = closing(&case.old);
        let positions = 0..old.branches.len();
        let branches = positions.map(|position| {
            let branch = self.chosen_old(case, old, position);
            let model = self.old.model(branch);
            (branch, if keys.is_empty() { model } else { Rc::new(opened(&model, &keys)) })
        });
        branches.collect()
    }

    /// Whether a value shows that the new schema allows what met two old branches. It is told. What somebody names in a branch
    /// that is new is meant, and so are members that both of two branches describe.
    fn is_met_twice(&mut self, case: &mut Case<'o, 'n>, met: &Met, open: &[(Branch<'o>, Branch<'o>)], is_unlikely: bool) -> bool {
        let named = met.changed.iter().take(MOST_SHOWN);
        let mut samples: Vec<Value> = named.flat_map(|branch| Sampler::new(&mut self.new).several(*branch)).collect();
        samples.extend(Sampler::new(&mut self.new).several(case.new_id));
        samples.extend(Sampler::new(&mut self.old).several(case.old_id));
        if is_unlikely {
            // What is empty meets two branches, and what lacks a format, without anybody's meaning it.
            samples.retain(|value| value.as_object().is_some_and(|members| !members.is_empty()));
        }
        self.is_shown(case, samples)
            || open.iter().any(|(one, two)| {
                let objects = at_home(&mut self.old, one, two);
                self.is_shown(case, objects)
            })
    }

    /// Whether one of these values is allowed now and was not. It is told.
    fn is_shown(&mut self, case: &mut Case<'o, 'n>, values: Vec<Value>) -> bool {
        let witness = values.into_iter().find(|value| {
            !value.is_null()
                && self.new.allows(case.new_id, value) == Truth::True
                && self.old.allows(case.old_id, value) == Truth::False
        });
        let Some(witness) = witness else { return false };
        let keys = (case.old.unions.first().map(|union| union.key), case.new.unions.first().map(|union| union.key));
        let message = "what met two branches of the `oneOf` was forbidden and may come now".to_owned();
        let change = case.widened("response-constraint-loosened", Class::Risky, keys, message);
        change.words = vec![("old", "one branch".to_owned()), ("new", "any number of branches".to_owned())];
        change.probe = Probe::Values(vec![witness]);
        true
    }

    /// That one new schema stands for one old branch.
    pub(super) fn met_by_one(&self, position: usize, pair: super::PairId) -> Met {
        let used = FxHashSet::from_iter([position]);
        let settled = if self.is_same(pair) { used.clone() } else { FxHashSet::default() };
        let is_doubtful = self.total(pair) == Inclusion::Unknown;
        Met { used, settled, is_doubtful, ..Met::default() }
    }
}

/// How far branches overlap.
struct Overlaps<'p> {
    /// Those that new branches stand for, with each other.
    kept: Overlap,
    /// These with those that are gone.
    lost: Overlap,
    /// Some that objects may meet both.
    open: Vec<(Branch<'p>, Branch<'p>)>,
}

impl<'p> Overlaps<'p> {
    fn take_in(&mut self, overlap: Overlap, is_kept: bool, (one, two): (&Branch<'p>, &Branch<'p>)) {
        let worst = if is_kept { &mut self.kept } else { &mut self.lost };
        *worst = overlap.max(*worst);
        let is_known = |(left, right): &(Branch<'_>, Branch<'_>)| left.0 == two.0 && right.0 == one.0;
        if overlap >= Overlap::Open && self.open.len() < MOST_OPEN && !self.open.iter().any(is_known) {
            self.open.push((one.clone(), two.clone()));
        }
    }
}
