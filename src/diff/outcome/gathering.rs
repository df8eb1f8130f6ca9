//! Changes, each once for its place, with all that use it.

use std::fmt::Write as _;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Change, Class};
use crate::openapi::NodeId;

/// How many uses all changes list together; far more than people have. Behind that a change that many operations share is not
/// listed with each of them: very many of both would be more than anybody can read, or hold.
const MOST_LISTED: usize = 500_000;

/// One use of a changed place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Use<'a> {
    /// The operation's rank in the new description.
    pub(super) rank: usize,
    /// How reports name the operation.
    pub(super) label: &'a str,
    /// The status key.
    pub(super) status: Option<&'a str>,
    /// Whether what changed matters less because it is part of an error.
    pub(super) is_error: bool,
}

/// A changed place.
#[derive(Debug)]
pub(super) struct Gathered<'a, 'o, 'n> {
    /// What changed, with the class it has in a success.
    pub(super) change: Change<'o, 'n>,
    /// All that use it.
    pub(super) uses: Vec<Use<'a>>,
    /// The operation that has it at the place that is told, where another one has it elsewhere.
    pub(super) place_of: Option<&'a str>,
    /// Whether there are uses that are not listed.
    pub(super) has_more: bool,
}

/// What was said of something, for its further uses.
#[derive(Debug, Default)]
struct Told<'a> {
    /// By their positions, with what is said of each.
    changes: Rc<[(usize, Saying)]>,
    /// What was said of parts of it before.
    parts: Rc<[usize]>,
    /// The status keys that it was used under, and whether as an error.
    kinds: FxHashSet<(Option<&'a str>, bool)>,
    /// Whether there are uses that were not listed.
    has_more: bool,
}

/// What is said at the moment.
#[derive(Debug, Default)]
pub(super) struct Telling {
    changes: Vec<(usize, Saying)>,
    parts: Vec<usize>,
}

/// What one use of a change says of it that another may say better.
#[derive(Clone, Debug)]
struct Saying {
    place: Option<String>,
    witness: Option<Value>,
    help: Option<String>,
}

/// What tells changes apart: the rule, both places, and the words.
type Key = (&'static str, Option<NodeId>, Option<NodeId>, String);

/// All changes so far.
#[derive(Debug, Default)]
pub(super) struct Gathering<'a, 'o, 'n> {
    pub(super) list: Vec<Gathered<'a, 'o, 'n>>,
    by_place: FxHashMap<Key, usize>,
    told: Vec<Told<'a>>,
    /// What somebody takes note of.
    telling: Option<Telling>,
    /// How many uses are listed.
    listed: usize,
}

impl Saying {
    fn of(change: &Change<'_, '_>) -> Saying {
        Saying { place: change.place.clone(), witness: change.witness.clone(), help: change.help.clone() }
    }
}

impl<'a, 'o, 'n> Gathering<'a, 'o, 'n> {
    /// Adds a change, or one more use of it.
    pub(super) fn add(&mut self, change: Change<'o, 'n>, own: Use<'a>) {
        let key = (change.rule, change.old.map(NodeId::of), change.new.map(NodeId::of), detail(&change));
        let next = self.list.len();
        let index = *self.by_place.entry(key).or_insert(next);
        if let Some(telling) = &mut self.telling {
            telling.changes.push((index, Saying::of(&change)));
        }
        self.listed += 1;
        match self.list.get_mut(index) {
            Some(gathered) => gathered.add(change, own),
            None => self.list.push(Gathered { change, uses: vec![own], place_of: None, has_more: false }),
        }
    }
}

impl<'a> Gathering<'a, '_, '_> {
    /// Takes note of what is added from now on. Returns what notes were taken for before.
    pub(super) fn begin(&mut self) -> Option<Telling> {
        self.telling.replace(Telling::default())
    }

    /// The number of what was added since that.
    pub(super) fn end(&mut self, before: Option<Telling>) -> usize {
        let Telling { changes, parts } = std::mem::replace(&mut self.telling, before).unwrap_or_default();
        self.told.push(Told { changes: changes.into(), parts: parts.into(), ..Told::default() });
        let number = self.told.len() - 1;
        self.telling.iter_mut().for_each(|telling| telling.parts.push(number));
        number
    }

    /// Adds one more use of all that has this number.
    pub(super) fn repeat(&mut self, number: usize, own: Use<'a>) {
        self.telling.iter_mut().for_each(|telling| telling.parts.push(number));
        self.add_use(number, own);
    }

    fn add_use(&mut self, number: usize, own: Use<'a>) {
        let Some(told) = self.told.get_mut(number) else { return };
        // One of each kind decides what a change means.
        let is_known = !told.kinds.insert((own.status, own.is_error));
        if is_known && self.listed >= MOST_LISTED {
            told.has_more = true;
            return;
        }
        let (changes, parts) = (Rc::clone(&told.changes), Rc::clone(&told.parts));
        self.listed += changes.len();
        for (change, saying) in changes.iter() {
            self.list.get_mut(*change).into_iter().for_each(|gathered| gathered.add_use(saying, own));
        }
        parts.iter().for_each(|part| self.add_use(*part, own));
    }

    /// Tells the changes of which uses are not listed.
    pub(super) fn finish(&mut self) {
        // What is a part of something else was said before it.
        for number in (0..self.told.len()).rev() {
            let Some(told) = self.told.get(number).filter(|told| told.has_more) else { continue };
            let (changes, parts) = (Rc::clone(&told.changes), Rc::clone(&told.parts));
            changes.iter().for_each(|(change, _)| self.list.get_mut(*change).into_iter().for_each(|one| one.has_more = true));
            parts.iter().for_each(|part| self.told.get_mut(*part).into_iter().for_each(|one| one.has_more = true));
        }
    }
}

impl<'a, 'o, 'n> Gathered<'a, 'o, 'n> {
    /// Adds one more use.
    fn add(&mut self, change: Change<'o, 'n>, own: Use<'a>) {
        self.change.media_type = self.change.media_type.take().filter(|own| Some(own) == change.media_type.as_ref());
        self.change.is_one_of_several |= change.is_one_of_several;
        let Change { place, witness, help, .. } = change;
        self.add_use(&Saying { place, witness, help }, own);
    }

    fn add_use(&mut self, saying: &Saying, own: Use<'a>) {
        let Some(last) = self.uses.last().filter(|last| **last != own) else { return };
        if saying.place != self.change.place {
            self.place_of.get_or_insert(last.label);
        }
        self.uses.push(own);
        if self.change.help.is_none() {
            self.change.help.clone_from(&saying.help);
        }
        // The place nearest to the root says it best, with the value that shows it there.
        let depth = |place: &Option<String>| place.as_deref().map_or(0, |place| place.matches('/').count());
        let is_nearer = depth(&saying.place) < depth(&self.change.place);
        if self.change.witness.is_none() && (saying.witness.is_some() || is_nearer) || is_nearer && saying.witness.is_some() {
            self.place_of = self.place_of.map(|_| own.label);
            (self.change.place, self.change.witness) = (saying.place.clone(), saying.witness.clone());
        }
    }
}

impl<'o, 'n> Gathered<'_, 'o, 'n> {
    /// The change with its operations; none where nothing uses it any more.
    pub(super) fn finished(mut self) -> Option<Change<'o, 'n>> {
        let base = self.change.class;
        // Fewer clients read errors than successes.
        let class_of = |one: &Use<'_>| if one.is_error { base.min(Class::Risky) } else { base };
        self.change.class = self.uses.iter().map(class_of).max()?;
        self.uses.sort_by_key(|one| one.rank);
        let first = self.uses.first().and_then(|one| one.status);
        let is_one = self.uses.iter().all(|one| one.status == first);
        self.change.status = first.filter(|_| is_one).map(str::to_owned);
        self.uses.dedup_by(|one, other| (one.rank, one.label) == (other.rank, other.label));
        self.change.operations = self.uses.iter().map(|one| one.label.to_owned()).collect();
        self.change.has_more = self.has_more;
        self.change.place_of = self.place_of.map(str::to_owned);
        Some(self.change)
    }
}

/// What tells changes of one place apart: the words.
pub(super) fn detail(change: &Change<'_, '_>) -> String {
    let mut detail = String::new();
    for (name, word) in &change.words {
        let _ = writeln!(detail, "{name}: {word}");
    }
    detail
}
