//! Which media type of a new response is which of the old one: by what it covers, not by how it is written.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::http::media_type::MediaType;

/// How many media types without a twin are compared with each other, and how many ranges with all others.
const MOST: usize = 64;

/// What became of a media type; indexes of the old and of the new list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The same, or one that the old one covers.
    Same(usize, usize),
    /// A range where one type was.
    Generalised(usize, usize),
    /// One type where a range was.
    Specialised(usize, usize),
    /// Another one in its place.
    Changed(usize, usize),
    /// JSON or XML of an error that became problem details, or no longer is.
    ErrorType(usize, usize),
    /// Gone.
    Removed(usize),
    /// New.
    Added(usize),
}

impl Step {
    /// The old type that stays, wholly or in part.
    fn old(&self) -> Option<usize> {
        if let Step::Specialised(old, _) | Step::Same(old, _) = self { Some(*old) } else { None }
    }
}

/// A media type as it is compared; none where nothing names it.
pub(super) struct Type<'t> {
    /// As written.
    raw: &'t str,
    text: String,
    read: Option<MediaType<'t>>,
}

impl<'t> Type<'t> {
    /// Reads a media type. A `charset` says nothing about it.
    pub(super) fn of(raw: &'t str) -> Self {
        let mut read = MediaType::parse(raw);
        let mut parameters = Vec::new();
        if let Some(read) = &mut read {
            read.parameters.retain(|(name, _)| !name.eq_ignore_ascii_case("charset"));
            parameters.extend(read.parameters.iter().map(|(name, value)| format!(";{}={value}", name.to_ascii_lowercase())));
        }
        parameters.sort_unstable();
        let essence = read.as_ref().map_or_else(|| raw.trim().to_ascii_lowercase(), MediaType::essence);
        Type { raw, text: essence + &parameters.concat(), read }
    }

    /// The same for all that say the same.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn essence(&self) -> String {
        self.read.as_ref().map_or_else(|| self.text.clone(), MediaType::essence)
    }

    fn is_range(&self) -> bool {
        self.read.as_ref().is_some_and(MediaType::is_range)
    }

    fn covers(&self, other: &Type<'_>) -> bool {
        matches!((&self.read, &other.read), (Some(one), Some(other)) if one.covers(other))
    }

    fn specificity(&self) -> usize {
        self.read.as_ref().map_or(0, MediaType::specificity)
    }
}

/// Both lists on their way.
struct Matching<'l, 't> {
    old: &'l [Type<'t>],
    new: &'l [Type<'t>],
    /// Those without a partner yet.
    removed: Vec<usize>,
    added: Vec<usize>,
    steps: Vec<Step>,
}

/// What became of each media type, pairs before what is gone or new.
pub(super) fn matched(old: &[Type<'_>], new: &[Type<'_>], is_error: bool) -> Vec<Step> {
    let mut matching = Matching { old, new, removed: Vec::new(), added: Vec::new(), steps: Vec::new() };
    matching.equal();
    matching.covered();
    matching.ranges();
    matching.exchanged(is_error);
    let Matching { removed, added, mut steps, .. } = matching;
    steps.extend(removed.into_iter().map(Step::Removed).chain(added.into_iter().map(Step::Added)));
    steps
}

impl Matching<'_, '_> {
    /// Those written alike first, then those that say the same: types may differ in nothing but their `charset`.
    fn equal(&mut self) {
        let mut twins: Vec<Option<usize>> = vec![None; self.new.len()];
        let mut found = vec![false; self.old.len()];
        self.pair_by(|one| one.raw, &mut twins, &mut found);
        self.pair_by(|one| one.text.as_str(), &mut twins, &mut found);
        // What has no twin of its own may come in the place of another one that says the same.
        let said: FxHashMap<&str, usize> = self.old.iter().enumerate().map(|(index, one)| (one.text.as_str(), index)).collect();
        for (index, (one, twin)) in self.new.iter().zip(twins).enumerate() {
            match twin.or_else(|| said.get(one.text.as_str()).copied()) {
                Some(twin) => self.steps.push(Step::Same(twin, index)),
                None => self.added.push(index),
            }
        }
        let kept: FxHashSet<&str> = self.new.iter().map(|one| one.text.as_str()).collect();
        let gone = self.old.iter().enumerate().filter(|(_, one)| !kept.contains(one.text.as_str()));
        self.removed = gone.map(|(index, _)| index).collect();
    }

    /// Pairs those without a twin that have the same text, one by one.
    fn pair_by<'s>(&'s self, text: impl Fn(&'s Type<'_>) -> &'s str, twins: &mut [Option<usize>], found: &mut [bool]) {
        let mut left: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for ((index, one), _) in self.old.iter().enumerate().zip(found.iter()).rev().filter(|(_, found)| !**found) {
            left.entry(text(one)).or_default().push(index);
        }
        for (one, twin) in self.new.iter().zip(twins).filter(|(_, twin)| twin.is_none()) {
            *twin = left.get_mut(text(one)).and_then(Vec::pop);
            twin.and_then(|twin| found.get_mut(twin)).into_iter().for_each(|found| *found = true);
        }
    }

    /// New types that the old list covers, each with the most specific that does; and what covers them is not gone.
    fn covered(&mut self) {
        let (old, new) = (self.old, self.new);
        let known = ByEssence::of(old);
        let mut added = std::mem::take(&mut self.added);
        added.retain(|&index| {
            let Some(one) = new.get(index) else { return false };
            let covering = known.candidates(one).filter_map(|other| Some((other, old.get(other)?)));
            let covering = covering.filter(|(_, other)| other.covers(one));
            let Some((best, other)) = covering.max_by_key(|(index, other)| (other.specificity(), *index)) else { return true };
            let is_narrower = other.is_range();
            self.steps.push(if is_narrower { Step::Specialised(best, index) } else { Step::Same(best, index) });
            false
        });
        self.added = added;
        let said: FxHashSet<usize> = self.steps.iter().filter_map(Step::old).collect();
        let known = ByEssence::of(new);
        let mut ranges = 0;
        let mut removed = std::mem::take(&mut self.removed);
        removed.retain(|&index| {
            let Some(one) = old.get(index).filter(|_| !said.contains(&index)) else { return false };
            ranges += usize::from(one.is_range());
            let all = if one.is_range() && ranges <= MOST { 0..new.len() } else { 0..0 };
            let covered = |other: &usize| new.get(*other).is_some_and(|other| one.covers(other));
            let kept = known.candidates(one).chain(all).filter(covered).min();
            self.steps.extend(kept.map(|new| Step::Specialised(index, new)));
            kept.is_none()
        });
        self.removed = removed;
    }

    /// Old types that only a range stands for now.
    fn ranges(&mut self) {
        let mut taken = FxHashSet::default();
        let (old, new, steps) = (self.old, self.new, &mut self.steps);
        let known = ByEssence::of(new);
        self.removed.retain(|&index| {
            let covers = |other: &usize| {
                matches!((old.get(index), new.get(*other)), (Some(one), Some(other)) if other.is_range() && other.covers(one))
            };
            let Some(range) = known.ranges.iter().copied().find(covers) else { return true };
            steps.push(Step::Generalised(index, range));
            taken.insert(range);
            false
        });
        self.added.retain(|index| !taken.contains(index));
    }

    /// One gone and one new are one change: those that differ in parameters first.
    fn exchanged(&mut self, is_error: bool) {
        self.exchange(is_kin, Step::Changed);
        if is_error {
            self.exchange(is_problem_of, Step::ErrorType);
        }
        let pairs = self.removed.len().min(self.added.len());
        let changed = self.removed.drain(..pairs).zip(self.added.drain(..pairs));
        self.steps.extend(changed.map(|(old, new)| Step::Changed(old, new)));
    }

    fn exchange(&mut self, is_pair: impl Fn(&Type<'_>, &Type<'_>) -> bool, step: impl Fn(usize, usize) -> Step) {
        let (old, new, added, steps) = (self.old, self.new, &mut self.added, &mut self.steps);
        let mut left = MOST;
        self.removed.retain(|&index| {
            let matches =
                |&other: &usize| matches!((old.get(index), new.get(other)), (Some(one), Some(other)) if is_pair(one, other));
            let position = added.iter().take(MOST).position(matches).filter(|_| left > 0);
            left = left.saturating_sub(1);
            let Some(position) = position else { return true };
            steps.push(step(index, added.remove(position)));
            false
        });
    }
}

/// A list by what covers what: equal types, and ranges.
struct ByEssence {
    indexes: FxHashMap<String, Vec<usize>>,
    ranges: Vec<usize>,
}

impl ByEssence {
    fn of(types: &[Type<'_>]) -> Self {
        let mut indexes: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut ranges = Vec::new();
        for (index, one) in types.iter().enumerate() {
            let known = indexes.entry(one.essence()).or_default();
            if known.len() < MOST {
                known.push(index);
            }
            if one.is_range() && ranges.len() < MOST {
                ranges.push(index);
            }
        }
        ByEssence { indexes, ranges }
    }

    /// The types that may cover this one.
    fn candidates(&self, one: &Type<'_>) -> impl Iterator<Item = usize> {
        let equal = self.indexes.get(&one.essence()).map(Vec::as_slice).unwrap_or_default();
        equal.iter().chain(&self.ranges).copied()
    }
}

/// Whether two types differ in parameters only.
fn is_kin(one: &Type<'_>, other: &Type<'_>) -> bool {
    matches!((&one.read, &other.read), (Some(one), Some(other)) if one.essence() == other.essence())
}

/// Whether one of the two is problem details in the syntax that the other has.
fn is_problem_of(one: &Type<'_>, other: &Type<'_>) -> bool {
    let (Some(one), Some(other)) = (&one.read, &other.read) else { return false };
    one.is_problem() != other.is_problem() && (one.is_json() && other.is_json() || one.is_xml() && other.is_xml())
}

#[cfg(test)]
mod tests {
    use super::Step::{Added, Changed, ErrorType, Generalised, Removed, Same, Specialised};
    use super::*;

    #[test]
    fn what_became_of_media_types() {
        type Case = (&'static [&'static str], &'static [&'static str], bool, Vec<Step>);
        let json: &[&str] = &["application/json"];
        let table: Vec<Case> = vec![
            (json, json, false, vec![Same(0, 0)]),
            (json, &["Application/JSON; charset=utf-8"], false, vec![Same(0, 0)]),
            (&["a/b;x=1;y=2"], &["a/b; y=2; X=1"], false, vec![Same(0, 0)]),
            (&["a/b", "c/d"], &["c/d", "a/b"], false, vec![Same(1, 0), Same(0, 1)]),
            (&["a/b", "c/d"], &["a/b"], false, vec![Same(0, 0), Removed(1)]),
            (&["a/b"], &["a/b", "c/d"], false, vec![Same(0, 0), Added(1)]),
            (json, &["application/*"], false, vec![Generalised(0, 0)]),
            (json, &["*/*"], false, vec![Generalised(0, 0)]),
            (&["application/json", "application/xml"], &["application/*"], false, vec![Generalised(0, 0), Generalised(1, 0)]),
            (&["application/*"], json, false, vec![Specialised(0, 0)]),
            (&["*/*"], &["a/b", "c/d"], false, vec![Specialised(0, 0), Specialised(0, 1)]),
            (&["*/*", "a/b"], &["a/b"], false, vec![Same(1, 0), Specialised(0, 0)]),
            (&["*/*", "text/*"], &["text/plain", "*/*"], false, vec![Same(0, 1), Specialised(1, 0)]),
            (json, &["application/problem+json"], true, vec![ErrorType(0, 0)]),
            (json, &["application/problem+json"], false, vec![Changed(0, 0)]),
            (json, &["application/vnd.x+json"], false, vec![Changed(0, 0)]),
            (json, &["text/csv", "application/xml"], false, vec![Changed(0, 0), Added(1)]),
            (&["a/b;version=1"], &["a/b;version=2"], false, vec![Changed(0, 0)]),
            (&["c/d", "a/b;version=1"], &["a/b;version=2"], false, vec![Changed(1, 0), Removed(0)]),
            (&["a/b;version=1"], &["a/b"], false, vec![Changed(0, 0)]),
            (&["a/b"], &["a/b;version=1"], false, vec![Same(0, 0)]),
            (&["json"], &["JSON"], false, vec![Same(0, 0)]),
            (&["a/b", "A/B"], &["a/b"], false, vec![Same(0, 0)]),
            (&["a/b", "a/b;charset=x"], &["a/b", "a/b;charset=x"], false, vec![Same(0, 0), Same(1, 1)]),
            (&["a/b", "a/b;charset=x"], &["a/b;charset=x", "a/b"], false, vec![Same(1, 0), Same(0, 1)]),
            (&["a/b", "a/b;charset=x"], &["a/b;charset=y", "a/b"], false, vec![Same(1, 0), Same(0, 1)]),
            (&["a/b"], &["a/b", "a/b;charset=x"], false, vec![Same(0, 0), Same(0, 1)]),
        ];
        for (old, new, is_error, expected) in table {
            let types = |list: &[&'static str]| list.iter().map(|text| Type::of(text)).collect::<Vec<_>>();
            assert_eq!(matched(&types(old), &types(new), is_error), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn none_of_thousands_is_lost() {
        let names = |version: usize| (0..2_000).map(|at| format!("application/vnd.v{version}.{at}+json")).collect::<Vec<_>>();
        let (old, new) = (names(1), names(2));
        let types = |list: &'static [String]| list.iter().map(|text| Type::of(text)).collect::<Vec<_>>();
        let (old, new) = (types(old.leak()), types(new.leak()));
        assert_eq!(matched(&old, &new, true), (0..2_000).map(|at| Changed(at, at)).collect::<Vec<_>>());
        assert_eq!(matched(&old, &old, true), (0..2_000).map(|at| Same(at, at)).collect::<Vec<_>>());
    }
}
