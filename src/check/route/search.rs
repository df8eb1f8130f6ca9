//! The search for what answers one request.

use std::cell::OnceCell;
use std::cmp::Reverse;

use super::entry::{Asked, Entry};
use super::origin::Origin;
use super::query::Query;
use super::router::{Place, Router};
use super::tree::{NodeIndex, Steps, Walk};
use super::url::{Segment, Url};
use super::{Route, Target};

/// How many steps a search may take. Ordinary descriptions need a few for each segment.
const MOST_STEPS: usize = 10_000;

/// How many rivals are told.
const MOST_RIVALS: usize = 100;

/// One request on its way.
pub(super) struct Search<'a> {
    router: &'a Router,
    method: &'a str,
    /// The segments of the path and an empty one.
    segments: &'a [Segment<'a>],
    /// Who was asked, where the recording tells it and it matters.
    origin: OnceCell<Option<Origin>>,
    url: &'a Url<'a>,
    query: OnceCell<Query>,
    steps: Steps,
}

/// What the trees say.
enum Found<'a> {
    /// Paths with an operation for the method.
    Operations(Vec<Candidate<'a>>),
    /// Paths without one.
    Paths(Vec<&'a Entry>),
    Nothing,
}

/// An operation that may be meant.
struct Candidate<'a> {
    entry: &'a Entry,
    asked: &'a Asked,
    borrows_get: bool,
}

/// How well a query is matched: fewer words of a fragment that it lacks, then more pairs that it has.
type Score = (usize, Reverse<usize>);

/// Equally good beginnings of a path.
struct Beginning {
    /// How many segments they have.
    depth: usize,
    /// The trees of what may follow.
    roots: Vec<NodeIndex>,
    /// The first description that has one of them.
    api: usize,
}

impl<'a> Search<'a> {
    /// A search along the segments of a URL, behind which an empty one must stand.
    pub(super) fn new(router: &'a Router, method: &'a str, url: &'a Url<'a>, segments: &'a [Segment<'a>]) -> Self {
        let steps = Steps::new(MOST_STEPS);
        Search { router, method, segments, url, origin: OnceCell::new(), query: OnceCell::new(), steps }
    }

    pub(super) fn run(mut self) -> Route {
        let length = self.segments.len().saturating_sub(1);
        let beginnings = self.beginnings(length);
        match self.find(&beginnings, length) {
            Found::Operations(candidates) => self.operation(&candidates, length),
            _ if self.steps.are_used_up() => Route::Unknown,
            Found::Paths(entries) => method(&entries),
            Found::Nothing => self.nothing(&beginnings, length),
        }
    }

    /// The bases that a path begins with, the longest first.
    fn beginnings(&mut self, length: usize) -> Vec<Beginning> {
        let router = self.router;
        let mut walk = router.walk_bases(self.segments.get(..length).unwrap_or_default());
        let mut beginnings: Vec<Beginning> = Vec::new();
        while let Some((depth, nodes)) = walk.next(&mut self.steps) {
            let places = router.places(nodes).filter(|place| self.is_asked(place));
            let mut mounts: Vec<usize> = places.map(|place| place.mount).collect();
            mounts.sort_unstable();
            mounts.dedup();
            let mounts = router.mounts(&mounts);
            let Some(api) = mounts.clone().map(|mount| mount.api).min() else { continue };
            beginnings.push(Beginning { depth, roots: mounts.map(|mount| mount.root).collect(), api });
        }
        beginnings.sort_by_key(|beginning| Reverse(beginning.depth));
        beginnings
    }

    /// Whether a server may be the one that was asked.
    fn is_asked(&self, place: &Place) -> bool {
        let Some(own) = place.origin.as_ref() else { return true };
        self.origin().is_none_or(|origin| own.matches(origin))
    }

    fn origin(&self) -> Option<&Origin> {
        self.origin.get_or_init(|| self.url.origin()).as_ref()
    }

    /// The best of all paths of this many segments.
    fn find(&mut self, beginnings: &[Beginning], length: usize) -> Found<'a> {
        let router = self.router;
        let mut described = Found::Nothing;
        for beginning in beginnings.iter().filter(|beginning| beginning.depth <= length) {
            // The base alone is the path `/` below it.
            let end = length.max(beginning.depth + 1);
            let rest = self.segments.get(beginning.depth..end).unwrap_or_default();
            let mut walk = Walk::new(router.templates(), &beginning.roots, rest);
            while let Some((depth, nodes)) = walk.next(&mut self.steps) {
                if depth < rest.len() {
                    continue;
                }
                let entries = self.entries(nodes);
                let candidates = self.candidates(&entries);
                if !candidates.is_empty() {
                    return Found::Operations(candidates);
                }
                if matches!(described, Found::Nothing) && !entries.is_empty() {
                    described = Found::Paths(best(entries));
                }
            }
        }
        described
    }

    /// The paths that end at nodes and want nothing of the query that it lacks.
    fn entries(&mut self, nodes: &[NodeIndex]) -> Vec<(Score, &'a Entry)> {
        let mut entries = Vec::new();
        for entry in self.router.entries(nodes) {
            if !self.steps.take() {
                break;
            }
            entries.extend(self.score(entry).map(|score| (score, entry)));
        }
        entries
    }

    fn score(&self, entry: &Entry) -> Option<Score> {
        let (required, optional) = (&entry.template.required, &entry.template.optional);
        if required.is_empty() && optional.is_empty() {
            return Some((0, Reverse(0)));
        }
        let query = self.query.get_or_init(|| Query::parse(self.url.query));
        let there = optional.iter().filter(|pair| query.has(pair)).count();
        let has_all = required.iter().all(|pair| query.has(pair));
        has_all.then_some((optional.len() - there, Reverse(required.len() + there)))
    }

    /// The operations for the method. An own HEAD stands above a borrowed GET.
    fn candidates(&self, entries: &[(Score, &'a Entry)]) -> Vec<Candidate<'a>> {
        let candidates = entries.iter().filter_map(|&(score, entry)| {
            let (asked, borrows_get) = entry.operation(self.method)?;
            Some(((score, borrows_get), Candidate { entry, asked, borrows_get }))
        });
        best(candidates.collect())
    }

    /// Of operations that match equally well the first whose path parameters accept the values.
    fn operation(&self, candidates: &[Candidate<'a>], length: usize) -> Route {
        let path = self.segments.get(..length).unwrap_or_default();
        let parameters = |candidate: &Candidate<'a>| candidate.entry.parameters(path);
        let mut preferred: Vec<&Candidate<'a>> = candidates.iter().collect();
        if candidates.len() > 1 {
            preferred.retain(|candidate| candidate.asked.accepts(&parameters(candidate)));
        }
        if preferred.is_empty() {
            preferred.extend(candidates);
        }
        let Some(chosen) = preferred.iter().min_by_key(|candidate| candidate.entry.target) else { return Route::Unknown };
        Route::Operation {
            target: chosen.entry.target,
            operation: chosen.asked.operation,
            borrows_get: chosen.borrows_get,
            rivals: rivals(chosen.entry.target, preferred.iter().map(|candidate| candidate.entry.target)),
            parameters: parameters(chosen),
        }
    }

    fn nothing(&mut self, beginnings: &[Beginning], length: usize) -> Route {
        let same_origin = self.origin().and_then(|origin| self.router.api_at(origin));
        match (beginnings.first(), same_origin) {
            (Some(longest), _) => {
                let hint = self.hint(beginnings, length);
                Route::Path { api: longest.api, hint, same_origin: same_origin.is_some() }
            }
            (None, Some(api)) => Route::OutsideBase { api },
            (None, None) => Route::Foreign,
        }
    }

    /// The path that is described with a slash at its end where none was asked for, or the other way round.
    fn hint(&mut self, beginnings: &[Beginning], length: usize) -> Option<Target> {
        let last = length.checked_sub(1)?;
        let ends_in_slash = self.segments.get(last).is_some_and(|segment| segment.raw.is_empty());
        match self.find(beginnings, if ends_in_slash { last } else { length + 1 }) {
            Found::Operations(candidates) => candidates.iter().map(|candidate| candidate.entry.target).min(),
            Found::Paths(entries) => entries.iter().map(|entry| entry.target).min(),
            Found::Nothing => None,
        }
    }
}

/// Those with the smallest key.
fn best<K: Ord + Copy, T>(keyed: Vec<(K, T)>) -> Vec<T> {
    let Some(least) = keyed.iter().map(|(key, _)| *key).min() else { return Vec::new() };
    keyed.into_iter().filter(|(key, _)| *key == least).map(|(_, value)| value).collect()
}

fn method(entries: &[&Entry]) -> Route {
    let Some(target) = entries.iter().map(|entry| entry.target).min() else { return Route::Unknown };
    Route::Method { target, rivals: rivals(target, entries.iter().map(|entry| entry.target)) }
}

fn rivals(chosen: Target, all: impl Iterator<Item = Target>) -> Vec<Target> {
    let mut rivals: Vec<Target> = all.filter(|target| *target != chosen).collect();
    rivals.sort_unstable();
    rivals.dedup();
    rivals.truncate(MOST_RIVALS);
    rivals
}
