//! What was found so far: like things together, however long the recordings are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::breach::Breach;
use super::checker::{Checker, Judged, Kind, Matched};
use super::coverage::Tally;
use super::origins::Origins;
use super::route::path_shape;
use crate::finding::{Observation, Sighting, TrafficNumbers};
use crate::http::uri;
use crate::openapi::NodeId;
use crate::syntax::Node;
use crate::traffic::mask;
use crate::traffic::{Entry, Exchange, PlacedEntry};

/// How many different findings one run keeps; of what comes behind that, only the number is kept for each rule.
const MOST_GROUPS: usize = 20_000;

/// How many judgements that came out unknown are told apart.
const MOST_UNKNOWN: usize = 100_000;

/// Everything that was found so far.
#[derive(Debug, Default)]
pub struct Gathering<'p> {
    pub(super) groups: Vec<Group<'p>>,
    known: FxHashMap<Key, usize>,
    /// For each rule how many breaches found no room.
    pub(super) left_out: FxHashMap<usize, u64>,
    pub(super) numbers: TrafficNumbers,
    pub(super) tally: Tally,
    pub(super) origins: Origins,
    pub(super) unknown: FxHashSet<(usize, Option<NodeId>)>,
}

/// Breaches that are one finding.
#[derive(Debug)]
pub(super) struct Group<'p> {
    /// The first of them.
    pub(super) breach: Breach<'p>,
    /// What is known of the exchanges.
    pub(super) observation: Observation,
    /// The description whose settings count.
    pub(super) description: usize,
    /// The operation, where there is one.
    pub(super) operation: Option<usize>,
    /// The described response that was used.
    pub(super) response: Option<usize>,
    /// What stands for the operation where there is none: `GET /orders/{}`.
    pub(super) shape: Option<String>,
    /// The origin that was asked, where the exchange belongs to no described path.
    pub(super) origin: Option<String>,
}

/// What makes breaches one finding.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    rule: usize,
    at: Option<(u32, u32)>,
    status: Option<u16>,
    shape: Option<String>,
    origin: Option<String>,
    detail: String,
}

impl<'p> Gathering<'p> {
    /// Takes in what was found about one entry of a recording.
    pub fn take(&mut self, checker: &Checker<'_, 'p>, recording: &str, placed: &PlacedEntry, judged: Judged<'p>) {
        match &judged.kind {
            Kind::Skipped => self.numbers.skipped += 1,
            Kind::Broken => self.numbers.broken += 1,
            Kind::Ignored => self.numbers.ignored += 1,
            Kind::Exchange(matched) => self.count(placed, matched),
        }
        if self.unknown.len() < MOST_UNKNOWN {
            self.unknown.extend(judged.unknown);
        }
        let matched = if let Kind::Exchange(matched) = judged.kind { Some(matched) } else { None };
        for breach in judged.breaches {
            self.add(checker, recording, placed, matched.as_ref(), breach);
        }
    }

    /// Notes that the run was broken off.
    pub fn interrupt(&mut self) {
        self.numbers.is_interrupted = true;
    }

    /// How many exchanges were judged so far.
    pub fn exchanges(&self) -> u64 {
        self.numbers.exchanges
    }

    fn count(&mut self, placed: &PlacedEntry, matched: &Matched) {
        self.numbers.exchanges += 1;
        self.numbers.matched += u64::from(matched.operation.is_some());
        self.numbers.bodies_not_recorded += u64::from(matched.lacks_body);
        self.numbers.unknown_paths += u64::from(matched.is_unknown_path);
        let Entry::Exchange(exchange) = &placed.entry else { return };
        self.origins.note(uri::origin(&exchange.request.url), matched.is_ours);
        self.tally.note(matched, exchange.response.status);
    }

    fn add(
        &mut self,
        checker: &Checker<'_, 'p>,
        recording: &str,
        placed: &PlacedEntry,
        matched: Option<&Matched>,
        breach: Breach<'p>,
    ) {
        let exchange = exchange_of(placed);
        let shape = exchange.filter(|_| matched.is_none_or(|matched| matched.operation.is_none())).map(shape_of);
        let origin = exchange
            .filter(|_| matched.is_none_or(|matched| matched.path.is_none()))
            .map(|exchange| uri::origin(&exchange.request.url).to_owned());
        let key = Key {
            rule: breach.rule,
            at: breach.at.map(place_of),
            status: exchange.map(|exchange| exchange.response.status),
            shape: shape.clone(),
            origin: origin.clone(),
            detail: breach.detail.clone(),
        };
        if let Some(group) = self.known.get(&key).and_then(|&number| self.groups.get_mut(number)) {
            group.add(recording, placed.index, breach);
            return;
        }
        if self.groups.len() >= MOST_GROUPS {
            *self.left_out.entry(breach.rule).or_default() += 1;
            return;
        }
        self.known.insert(key, self.groups.len());
        let matched = matched.cloned().unwrap_or_default();
        let observation = Observation {
            first: checker.sighting(recording, placed, &matched),
            response: checker.key_of(&matched),
            count: 1,
            listed: vec![(recording.to_owned(), vec![placed.index])],
        };
        let (description, operation, response) = (matched.description, matched.operation, matched.response);
        self.groups.push(Group { breach, observation, description, operation, response, shape, origin });
    }
}

impl<'p> Group<'p> {
    fn add(&mut self, recording: &str, index: u64, breach: Breach<'p>) {
        // One exchange may break a promise in several places that are one finding.
        let is_same =
            self.observation.listed.last().is_some_and(|(name, indexes)| name == recording && indexes.last() == Some(&index));
        if !is_same {
            self.list(recording, index);
        }
        if breach.severity > self.breach.severity {
            (self.breach.severity, self.breach.set_by) = (breach.severity, breach.set_by);
        }
    }

    fn list(&mut self, recording: &str, index: u64) {
        let observation = &mut self.observation;
        observation.count += 1;
        let listed: usize = observation.listed.iter().map(|(_, indexes)| indexes.len()).sum();
        if listed >= Observation::MOST_LISTED {
            return;
        }
        match observation.listed.iter_mut().find(|(name, _)| name == recording) {
            Some((_, indexes)) => indexes.push(index),
            None => observation.listed.push((recording.to_owned(), vec![index])),
        }
    }
}

impl Checker<'_, '_> {
    fn sighting(&self, recording: &str, placed: &PlacedEntry, matched: &Matched) -> Sighting {
        let exchange = exchange_of(placed);
        let path = matched.path.and_then(|path| self.descriptions.get(matched.description)?.api.paths.get(path));
        Sighting {
            recording: recording.to_owned(),
            index: placed.index,
            line: placed.place.line,
            column: placed.place.column,
            time: exchange.and_then(|exchange| exchange.time.clone()),
            method: exchange.map(|exchange| exchange.request.method.clone()),
            url: exchange.map(|exchange| self.shown_url(&exchange.request.url)),
            path: path.map(|path| path.template.clone().into_owned()),
            status: exchange.map(|exchange| exchange.response.status),
        }
    }

    /// A URL as it may be shown. The values of parameters that a description calls API keys are secret whatever their name is.
    fn shown_url(&self, url: &str) -> String {
        let shown = mask::url(url, self.options.show_values);
        let Some((path, query)) = shown.split_once('?').filter(|_| !self.api_keys.is_empty()) else { return shown };
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if self.api_keys.contains(name) => format!("{name}={}", mask::MASK),
            _ => pair.to_owned(),
        });
        format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
    }

    /// The key of the described response that was used.
    fn key_of(&self, matched: &Matched) -> Option<String> {
        let api = &self.descriptions.get(matched.description)?.api;
        Some(api.responses.get(matched.response?)?.text().to_owned())
    }
}

fn exchange_of(placed: &PlacedEntry) -> Option<&Exchange> {
    match &placed.entry {
        Entry::Exchange(exchange) => Some(exchange),
        _ => None,
    }
}

/// What stands for the operation where there is none.
fn shape_of(exchange: &Exchange) -> String {
    format!("{} {}", exchange.request.method, path_shape(&exchange.request.url))
}

fn place_of(node: Node<'_>) -> (u32, u32) {
    (node.file().source().id().0, node.index())
}
