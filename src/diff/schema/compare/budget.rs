//! How much may be looked at: for all questions, for each, and for one schema, so that a schema that takes too much leaves
//! something to those beside it.

use super::{Case, Engine, PairId};
use crate::diff::schema::equal::equal_within;
use crate::diff::schema::side::Id;

/// How much may be looked at for the alternatives of one schema, what lies inside left out; for one question; and for all.
const SHARE: u64 = 1_000_000;
const WORK: u64 = 2 * SHARE;
const ALL_WORK: u64 = 25 * WORK;

/// How many nodes are held against each other for one question, and for all, where too much was looked at, to see whether the
/// schemas are written alike.
const ALIKE: u64 = 1_000_000;
const ALL_ALIKE: u64 = 20 * ALIKE;

const TOO_LARGE: &str = "the schemas are too large or too deep to be compared further";

/// What is used and what is left.
#[derive(Default)]
pub(super) struct Budget {
    limit: u64,
    share: Share,
    /// How many nodes were held against each other, and how many may be.
    alike: u64,
    alike_limit: u64,
    /// Whether something was left open because the work for the question was used up.
    has_run_out: bool,
}

/// What one schema has used.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    start: u64,
    /// The work of what lies inside.
    inner: u64,
    /// Whether it was said that there is too much to compare.
    has_given_up: bool,
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Begins a question, with work of its own.
    pub(in crate::diff::schema) fn begin(&mut self) {
        let work = self.work();
        self.budget = Budget {
            limit: (work + WORK).min(ALL_WORK),
            share: Share { start: work, ..Share::default() },
            alike: self.budget.alike,
            alike_limit: (self.budget.alike + ALIKE).min(ALL_ALIKE),
            has_run_out: false,
        };
        self.begin_showing();
    }

    /// Begins to look for values that show what was found, or that decide what to say.
    pub(in crate::diff::schema) fn begin_showing(&mut self) {
        self.old.limit = self.old.work + SHARE;
        self.new.limit = self.new.work + SHARE;
    }

    fn work(&self) -> u64 {
        self.old.work + self.new.work + self.pairs.len() as u64
    }

    /// Whether nothing more should be looked at for the question or for the schema at hand.
    pub(super) fn is_used_up(&self) -> bool {
        let share = &self.budget.share;
        self.is_all_used_up() || self.work() - share.start > share.inner + SHARE
    }

    fn is_all_used_up(&self) -> bool {
        self.work() > self.budget.limit
    }

    /// Begins the share of a schema that lies inside of another; that of the other goes on behind it.
    pub(super) fn begin_share(&mut self) -> Share {
        let start = self.work();
        std::mem::replace(&mut self.budget.share, Share { start, ..Share::default() })
    }

    pub(super) fn end_share(&mut self, outer: Share) {
        let used = self.work() - self.budget.share.start;
        self.budget.share = Share { inner: outer.inner + used, ..outer };
    }

    /// Whether two schemas are compared for themselves, and not as alternatives of others.
    pub(super) fn are_whole(&self, old: Id, new: Id) -> bool {
        self.old.is_without_choice(old) && self.new.is_without_choice(new)
    }

    /// Whether what is too large or lies too deep to be compared is written alike.
    pub(super) fn is_written_alike(&mut self, old: Id, new: Id) -> bool {
        let (before, after) = (self.old.views(old), self.new.views(new));
        let mut is_alike = self.are_whole(old, new) && before.len() == after.len();
        for (one, two) in before.iter().zip(after) {
            if !is_alike || self.budget.alike > self.budget.alike_limit {
                return false;
            }
            let (is_equal, looked_at) = equal_within(*one, *two);
            self.budget.alike += looked_at;
            is_alike = is_equal;
        }
        is_alike
    }

    /// Whether there is work left for a pair although what it lies in has used its share.
    pub(super) fn is_another_share(&self, old: Id, new: Id) -> bool {
        !self.is_all_used_up() && self.are_whole(old, new)
    }

    /// Leaves open what is left of a pair. That is said once for each schema; where nothing is left for the question at all,
    /// of the whole.
    pub(super) fn give_up(&mut self, case: &mut Case<'o, 'n>) {
        case.doubtful();
        if self.is_all_used_up() {
            self.budget.has_run_out = true;
        } else if !std::mem::replace(&mut self.budget.share.has_given_up, true) {
            case.unknown(case.old_at, case.new_at, TOO_LARGE.to_owned());
        }
    }

    /// Says of the whole that it was too much, where it was.
    pub(in crate::diff::schema) fn finish(&mut self, root: PairId) {
        let has_run_out = std::mem::take(&mut self.budget.has_run_out);
        let Some(pair) = self.pairs.get_mut(root as usize).filter(|pair| has_run_out && !pair.is_same) else { return };
        let mut case = Case::new(self.mode, pair.old, pair.new);
        case.unknown(self.old.node(pair.old), self.new.node(pair.new), TOO_LARGE.to_owned());
        pair.own = pair.own.min(case.own);
        pair.total = pair.total.min(case.own);
        pair.changes.append(&mut case.changes);
    }
}
