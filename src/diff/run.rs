//! Pairs of descriptions to findings. No I/O.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::findings::{Key, Said, Teller, place, shifted};
use super::{Change, Compared, Hindered, Options, compare, unread};
use crate::facts::{Api, api};
use crate::finding::{ChangeNumbers, Class, Finding, Severity, Summary, Unjudged};
use crate::lint::{MadeBy, Outcome, Profiles, number_equal_ones, reachable_from};
use crate::openapi::{Project, version_of};
use crate::rules::{RuleSet, Settings, Witness};
use crate::source::Span;
use crate::suppress::Suppressions;
use crate::syntax::{File, Node};
use crate::words::counted;

/// The files on both sides of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'o, 'n> {
    /// Those of the old descriptions.
    pub old: &'o Project,
    /// Those of the new descriptions.
    pub new: &'n Project,
    /// The place of the first old source in the list of the report's sources: they stand behind all others.
    pub first_old: u32,
}

impl Sides<'_, '_> {
    /// Puts further findings among those of an outcome.
    pub fn join(&self, outcome: &mut Outcome, findings: Vec<(Finding, MadeBy)>) {
        let sources = self.new.sources();
        outcome.join(findings, |id| sources.get(id.index()).map(|source| source.name()).unwrap_or_default());
    }
}

/// Two descriptions to compare, and the settings that decide what is said.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'o, 'n, 's> {
    /// The old description's file; none where the description is new.
    pub old: Option<&'o File>,
    /// The new description's file; none where the description is gone.
    pub new: Option<&'n File>,
    /// The settings.
    pub settings: &'s Settings,
}

/// Compares the descriptions of each pair. The findings are sorted as those of `lint` are; the jobs of the outcome are the
/// pairs.
pub fn diff(sides: Sides<'_, '_>, rules: &RuleSet, pairs: &[Pair<'_, '_, '_>], options: &Options) -> Outcome {
    let suppressions = Suppressions::of(sides.new.files());
    let profiles = Profiles::of_each(rules, sides.new, pairs.iter().map(|pair| pair.settings), Witness::Declared);
    let run = Run { sides, rules, suppressions: &suppressions, options };
    let of_pair = |(job, (pair, profiles)): (usize, (_, &Arc<Profiles>))| run.pair(job, pair, profiles);
    let told: Vec<Told<'_, '_>> = pairs.par_iter().zip(&profiles).enumerate().map(of_pair).collect();
    let mut outcome = Outcome { summary: run.summary(pairs, &told), ..Outcome::default() };
    let mut loud = Vec::new();
    for said in merged(told.into_iter().flat_map(|told| told.said)) {
        let (jobs, allowed) = (said.jobs.clone().into(), said.allowed.clone());
        let Some(finding) = said.finding(rules, sides.first_old) else { continue };
        if allowed.is_empty() { loud.push((finding, jobs)) } else { outcome.take_one(finding, jobs, &allowed, &suppressions) }
    }
    sides.join(&mut outcome, loud);
    number_equal_ones(outcome.findings.iter_mut());
    outcome
}

/// What all pairs share.
struct Run<'r, 'o, 'n> {
    sides: Sides<'o, 'n>,
    rules: &'r RuleSet,
    suppressions: &'r Suppressions,
    options: &'r Options,
}

/// What one pair comes to.
#[derive(Default)]
struct Told<'o, 'n> {
    said: Vec<Said<'o, 'n>>,
    operations: usize,
    responses: usize,
    unjudged: Vec<Unjudged>,
    /// The changes whose rules are off.
    unheard: Vec<Unheard>,
}

impl<'o, 'n> Run<'_, 'o, 'n> {
    fn pair(&self, job: usize, pair: &Pair<'o, 'n, '_>, profiles: &Profiles) -> Told<'o, 'n> {
        let old = pair.old.map(|file| descriptions(self.sides.old, file)).unwrap_or_default();
        let new = pair.new.map(|file| descriptions(self.sides.new, file)).unwrap_or_default();
        let mut told = Told::default();
        // Files of several documents hold their descriptions in the same order.
        for index in 0..old.len().max(new.len()) {
            told.add(match (old.get(index), new.get(index)) {
                (Some(old), Some(new)) => self.both(job, profiles, old, new),
                (Some(old), None) => self.alone(job, profiles, gone(old), old),
                (None, Some(new)) => self.alone(job, profiles, come(new), new),
                (None, None) => Told::default(),
            });
        }
        told
    }

    fn both(&self, job: usize, profiles: &Profiles, old: &Api<'o>, new: &Api<'n>) -> Told<'o, 'n> {
        let file = new.root.node().file().source().id();
        let envelope = self.rules.index_of("error-envelope-changed");
        let is_heard = envelope.and_then(|rule| profiles.severity(self.rules, file, rule, Severity::Error)).is_some();
        let options = Options { without_envelopes: !is_heard, ..self.options.clone() };
        let Compared { changes, operations, responses, obstacles } = compare(old, new, &options);
        let teller = Teller::new(self.rules, self.suppressions, profiles, Some(new));
        let unread = unread::paths(old, new).into_iter().chain(unread::told(old, new, &changes));
        let unread: Vec<Change<'o, 'n>> = unread.collect();
        let unjudged = obstacles.into_iter().filter_map(|hindered| self.unjudged(hindered)).collect();
        let mut told = Told { operations, responses, unjudged, ..Told::default() };
        changes.into_iter().chain(unread).for_each(|change| told.tell(&teller, change, job));
        told
    }

    /// A description that has no counterpart.
    fn alone<'p>(&self, job: usize, profiles: &Profiles, change: Change<'o, 'n>, own: &Api<'p>) -> Told<'o, 'n> {
        let (operations, responses) = (own.operations.len(), own.responses.len());
        let mut told = Told { operations, responses, ..Told::default() };
        told.tell(&Teller::new(self.rules, self.suppressions, profiles, None), change, job);
        told
    }

    fn unjudged(&self, hindered: Hindered<'o, 'n>) -> Option<Unjudged> {
        let in_old = |node| shifted(place(node), self.sides.first_old);
        let place = hindered.new.map(place).or_else(|| hindered.old.map(in_old))?;
        Some(Unjudged { operation: hindered.operation, reason: hindered.reason.to_owned(), span: place.span })
    }

    fn summary(&self, pairs: &[Pair<'o, 'n, '_>], told: &[Told<'o, 'n>]) -> Summary {
        let files = reachable_from(self.sides.new, pairs.iter().filter_map(|pair| pair.new));
        let files: FxHashSet<_> = files.iter().map(|file| file.source().id()).collect();
        let gone = pairs.iter().filter(|pair| pair.new.is_none()).filter_map(|pair| pair.old);
        let gone: FxHashSet<_> = gone.map(|file| file.source().id()).collect();
        let off: FxHashSet<&Unheard> = told.iter().flat_map(|one| &one.unheard).collect();
        let operations = told.iter().map(|one| one.operations).sum();
        let unjudged: Vec<Unjudged> = told.iter().flat_map(|one| one.unjudged.iter().cloned()).collect();
        Summary {
            files: files.len() + gone.len(),
            operations,
            judged: operations.saturating_sub(unjudged.len()),
            responses: told.iter().map(|one| one.responses).sum(),
            unjudged,
            changes: Some(ChangeNumbers { off: off.len(), ..ChangeNumbers::default() }),
            ..Summary::default()
        }
    }
}

impl<'o, 'n> Told<'o, 'n> {
    /// Says a change, or counts it where its rule is off.
    fn tell(&mut self, teller: &Teller<'_, 'n>, change: Change<'o, 'n>, job: usize) {
        let unheard = Unheard::of(&change);
        match teller.said(change, job) {
            Some(said) => self.said.push(said),
            None => self.unheard.push(unheard),
        }
    }

    fn add(&mut self, other: Told<'o, 'n>) {
        self.said.extend(other.said);
        self.operations += other.operations;
        self.responses += other.responses;
        self.unjudged.extend(other.unjudged);
        self.unheard.extend(other.unheard);
    }
}

/// What tells changes apart of which nothing is said.
#[derive(PartialEq, Eq, Hash)]
struct Unheard {
    rule: &'static str,
    places: (Option<Span>, Option<Span>),
    message: String,
}

impl Unheard {
    fn of(change: &Change<'_, '_>) -> Self {
        let places = (change.old.map(Node::span), change.new.map(Node::span));
        Unheard { rule: change.rule, places, message: change.message.clone() }
    }
}

/// The descriptions in a file: one for each document.
fn descriptions<'p>(project: &'p Project, file: &'p File) -> Vec<Api<'p>> {
    file.roots().filter_map(|root| Some(api(project, version_of(root)?.version?, root))).collect()
}

/// The description in a file; of several documents the first.
pub(super) fn description<'p>(project: &'p Project, file: &'p File) -> Option<Api<'p>> {
    descriptions(project, file).into_iter().next()
}

fn gone<'o, 'n>(old: &Api<'o>) -> Change<'o, 'n> {
    let message = format!("the description is gone, with {}", counted(old.operations.len(), "operation"));
    Change::new("description-removed", Class::Breaking, message).at(first_key(old), None)
}

fn come<'o, 'n>(new: &Api<'n>) -> Change<'o, 'n> {
    let message = format!("the description is new, with {}", counted(new.operations.len(), "operation"));
    Change::new("description-added", Class::Compatible, message).at(None, first_key(new))
}

/// `openapi` or `swagger`.
fn first_key<'p>(api: &Api<'p>) -> Option<Node<'p>> {
    version_of(api.root.node()).map(|version| version.key)
}

/// One for each change, also where several descriptions share the changed file.
fn merged<'o, 'n>(said: impl Iterator<Item = Said<'o, 'n>>) -> Vec<Said<'o, 'n>> {
    let mut merged: Vec<Said<'o, 'n>> = Vec::new();
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    for one in said {
        let index = *known.entry(one.key()).or_insert(merged.len());
        match merged.get_mut(index) {
            Some(same) => same.add(one),
            None => merged.push(one),
        }
    }
    merged
}
