//! Pairs of an old and a new schema, each compared once. What a pair says itself and which pairs it leads to is kept apart, so
//! that a circle ends where it began and a shared component is told about once.

mod budget;
mod case;
mod depending;
mod discriminator;
mod disjoint;
mod exact;
mod flat;
mod formats;
mod home;
mod items;
mod likeness;
mod limits;
mod matching;
mod members;
mod nested;
mod objects;
mod opaque;
mod outside;
mod shape;
mod types;
mod unions;
mod values;

use rustc_hash::{FxHashMap, FxHashSet};

use super::canonical::Forms;
use super::inclusion::Inclusion;
use super::side::{Id, Side};
use super::walk::{Key, Tries};
use crate::diff::Mode;
use crate::finding::Class;
use budget::Budget;
pub(super) use case::{Case, Local, Probe, Step};
pub(super) use discriminator::tag_of;
pub(super) use items::{item_at, places};
pub(super) use members::member;

/// How deep pairs nest before the rest is put off until what is nearer to the root is done: the stack is no deeper.
const DEEPEST: u32 = 100;

/// Number of a pair.
pub(super) type PairId = u32;

/// What is known of a pair.
pub(super) struct Pair<'o, 'n> {
    pub(super) old: Id,
    pub(super) new: Id,
    /// What it says itself.
    pub(super) own: Inclusion,
    pub(super) changes: Vec<Local<'o, 'n>>,
    pub(super) edges: Vec<(Step, PairId)>,
    /// The least of its own and of all behind it, where what is still open counts as included.
    total: Inclusion,
    /// Whether the two allow the same, as far as can be seen.
    is_same: bool,
    /// Whether it lay too deep when it was met, or in what had used its share, and was not looked into.
    is_postponed: bool,
}

/// Everything that was compared so far.
pub(super) struct Engine<'o, 'n> {
    pub(super) mode: Mode,
    pub(super) old: Side<'o>,
    pub(super) new: Side<'n>,
    pub(super) pairs: Vec<Pair<'o, 'n>>,
    known: FxHashMap<(Id, Id), PairId>,
    depth: u32,
    budget: Budget,
    forms: Forms,
    /// The pairs of which everything was told.
    pub(super) walked: FxHashSet<PairId>,
    /// For the changes that were told, how often a value was looked for that shows them.
    pub(super) shown: FxHashMap<Key, Tries>,
}

impl<'o, 'n> Engine<'o, 'n> {
    pub(super) fn new(mode: Mode) -> Self {
        Engine {
            mode,
            old: Side::new(),
            new: Side::new(),
            pairs: Vec::new(),
            known: FxHashMap::default(),
            walked: FxHashSet::default(),
            shown: FxHashMap::default(),
            depth: 0,
            budget: Budget::default(),
            forms: Forms::default(),
        }
    }

    /// Compares a pair, if it was not compared before. One that is being compared counts as included.
    pub(super) fn pair(&mut self, old: Id, new: Id) -> PairId {
        if let Some(&known) = self.known.get(&(old, new)) {
            return known;
        }
        let id = self.pairs.len() as PairId;
        self.known.insert((old, new), id);
        let (own, total, is_postponed) = (Inclusion::Included, Inclusion::Included, false);
        self.pairs.push(Pair { old, new, own, changes: Vec::new(), edges: Vec::new(), total, is_same: true, is_postponed });
        self.decide(id, old, new);
        id
    }

    /// Compares what was not looked into when it was met, as if it were met first.
    pub(super) fn catch_up(&mut self, id: PairId) {
        let Some(pair) = self.pairs.get_mut(id as usize).filter(|pair| pair.is_postponed) else { return };
        pair.is_postponed = false;
        let (old, new) = (pair.old, pair.new);
        self.depth = 0;
        let outer = self.begin_share();
        self.decide(id, old, new);
        self.end_share(outer);
    }

    fn decide(&mut self, id: PairId, old: Id, new: Id) {
        let is_used_up = self.is_used_up();
        let is_unlooked = is_used_up || self.depth > DEEPEST;
        let mut case = if is_unlooked { self.unlooked(old, new) } else { self.compared(old, new) };
        let is_postponed = is_unlooked && !case.is_same && (!is_used_up || self.is_another_share(old, new));
        if is_used_up && !is_postponed && !case.is_same {
            self.give_up(&mut case);
        }
        let totals = case.edges.iter().filter_map(|(_, pair)| self.pairs.get(*pair as usize));
        let (mut total, mut is_same) = (case.own, case.is_same);
        for pair in totals {
            total = total.min(pair.total);
            is_same &= pair.is_same;
        }
        if let Some(pair) = self.pairs.get_mut(id as usize) {
            (pair.own, pair.changes, pair.edges) = (case.own, case.changes, case.edges);
            (pair.total, pair.is_same, pair.is_postponed) = (total, is_same, is_postponed);
        }
    }

    fn compared(&mut self, old: Id, new: Id) -> Case<'o, 'n> {
        self.depth += 1;
        let outer = self.are_whole(old, new).then(|| self.begin_share());
        let mut case = self.case(old, new);
        self.schemas(&mut case);
        self.depth -= 1;
        if let Some(outer) = outer {
            if self.is_used_up() && self.is_written_alike(old, new) {
                case = Case::new(self.mode, old, new);
            }
            self.end_share(outer);
        }
        case
    }

    /// A pair that is not looked into.
    fn unlooked(&mut self, old: Id, new: Id) -> Case<'o, 'n> {
        let mut case = Case::new(self.mode, old, new);
        case.old_at = self.old.node(old);
        case.new_at = self.new.node(new);
        if !self.is_written_alike(old, new) {
            case.doubtful();
        }
        case
    }

    fn case(&mut self, old: Id, new: Id) -> Case<'o, 'n> {
        let mut case = Case::new(self.mode, old, new);
        case.old = self.old.model(old);
        case.new = self.new.model(new);
        case.is_whole = self.are_whole(old, new);
        case.old_at = self.old.node(old);
        case.new_at = self.new.node(new);
        case
    }

    fn schemas(&mut self, case: &mut Case<'o, 'n>) {
        self.null_refused(case);
        let have_alternatives = !case.old.unions.is_empty() || !case.new.unions.is_empty();
        if (have_alternatives || !case.is_whole) && self.have_one_form(case.old_id, case.new_id, case.is_whole) {
            return;
        }
        if case.new.is_impossible() {
            case.is_same = case.old.is_impossible();
            if !case.is_same && self.is_mistaken(case) {
                case.contradictory();
            }
            return;
        }
        if case.old.is_impossible() {
            return case.opened();
        }
        if !self.doubts(case) {
            return;
        }
        case.closed_otherwise();
        if have_alternatives {
            return self.unions(case);
        }
        self.plain(case);
    }

    /// Whether two schemas are the same in canonical form.
    fn have_one_form(&mut self, old: Id, new: Id, is_whole: bool) -> bool {
        let old = self.forms.of(&mut self.old, old, is_whole);
        old.is_some() && old == self.forms.of(&mut self.new, new, is_whole)
    }

    /// Whether nobody can have meant that nothing is allowed: where parts contradict each other, or where it is all that is
    /// said. `false` further inside means that there is no such item or branch.
    fn is_mistaken(&self, case: &Case<'o, 'n>) -> bool {
        self.new.is_without_choice(case.new_id) && (case.new.never.is_none() || self.depth == 1)
    }

    /// Two schemas without alternatives.
    fn plain(&mut self, case: &mut Case<'o, 'n>) {
        if case.new.is_top() {
            if !case.old.is_top() {
                case.opened();
            }
            return;
        }
        self.opaque(case);
        self.types(case);
        case.deprecated();
        self.discriminator(case);
        if self.values(case) {
            return;
        }
        case.limits();
        case.formats();
        self.contents(case);
        let shared = case.old.types & case.new.types;
        if shared.has(super::types::Types::ARRAY) {
            self.items(case);
        }
        if shared.has(super::types::Types::OBJECT) {
            self.objects(case);
            self.depending(case);
        }
    }

    /// What a pair comes to, without what is still open.
    pub(super) fn total(&self, pair: PairId) -> Inclusion {
        self.pairs.get(pair as usize).map_or(Inclusion::Unknown, |pair| pair.total)
    }

    fn is_same(&self, pair: PairId) -> bool {
        self.pairs.get(pair as usize).is_some_and(|pair| pair.is_same)
    }

    /// The worst that a pair and those behind it say in the default mode; nothing where they say nothing. What stands for what
    /// is the same in all modes.
    fn worst(&self, pair: PairId) -> Option<Class> {
        const ENOUGH: usize = 200;
        let (mut open, mut seen, mut worst) = (vec![pair], FxHashSet::default(), None);
        while let Some(id) = open.pop() {
            let Some(pair) = self.pairs.get(id as usize).filter(|_| seen.insert(id)) else { continue };
            worst = worst.max(pair.changes.iter().map(|change| change.by_default).max());
            if seen.len() > ENOUGH {
                return Some(Class::Breaking);
            }
            open.extend(pair.edges.iter().map(|(_, inner)| *inner));
        }
        worst
    }
}
