//! Pairs of descriptions to findings. No I/O.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::findings::{Key, Said, Teller, place, shifted};
use super::{Compared, Hindered, Options, compare};
use crate::facts::{Api, api};
use crate::finding::{Finding, Summary, Unjudged};
use crate::lint::{Outcome, Profiles, number_equal_ones, reachable};
use crate::openapi::{Project, version_of};
use crate::rules::{RuleSet, Settings, Witness};
use crate::source::Span;
use crate::suppress::Suppressions;
use crate::syntax::File;

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

/// Two descriptions to compare, and the settings that decide what is said.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'o, 'n, 's> {
    /// The old description's file.
    pub old: &'o File,
    /// The new description's file.
    pub new: &'n File,
    /// The settings.
    pub settings: &'s Settings,
}

/// Compares the descriptions of each pair. The findings are sorted as those of `lint` are; the jobs of the outcome are the
/// pairs.
pub fn diff(sides: Sides<'_, '_>, rules: &RuleSet, pairs: &[Pair<'_, '_, '_>], options: &Options) -> Outcome {
    let suppressions = Suppressions::of(sides.new.files());
    let run = Run { sides, rules, suppressions: &suppressions, options };
    let told: Vec<Told<'_, '_>> = pairs.par_iter().enumerate().map(|(job, pair)| run.pair(job, pair)).collect();
    let mut outcome = Outcome { summary: run.summary(pairs, &told), ..Outcome::default() };
    let mut findings = run.findings(merged(told.into_iter().flat_map(|told| told.said)));
    number_equal_ones(findings.iter_mut().map(|(finding, ..)| finding));
    for (finding, jobs, allowed) in findings {
        outcome.take_one(finding, jobs, &allowed, &suppressions);
    }
    outcome.count();
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
}

impl<'o, 'n> Run<'_, 'o, 'n> {
    fn pair(&self, job: usize, pair: &Pair<'o, 'n, '_>) -> Told<'o, 'n> {
        let (Some(old), Some(new)) = (description(self.sides.old, pair.old), description(self.sides.new, pair.new)) else {
            return Told::default();
        };
        let Compared { changes, operations, responses, obstacles } = compare(&old, &new, self.options);
        let profiles = Profiles::of(self.rules, pair.settings, &reachable(self.sides.new, pair.new), Witness::Declared);
        let teller = Teller::new(self.rules, self.suppressions, profiles, &new);
        let said = changes.into_iter().filter_map(|change| teller.said(change, job)).collect();
        let unjudged = obstacles.into_iter().filter_map(|hindered| self.unjudged(hindered)).collect();
        Told { said, operations, responses, unjudged }
    }

    fn unjudged(&self, hindered: Hindered<'o, 'n>) -> Option<Unjudged> {
        let in_old = |node| shifted(place(node), self.sides.first_old);
        let place = hindered.new.map(place).or_else(|| hindered.old.map(in_old))?;
        Some(Unjudged { operation: hindered.operation, reason: hindered.reason.to_owned(), span: place.span })
    }

    /// The findings, sorted by file name, offset, rule and words, each with its jobs and the suppressions that silence it.
    fn findings(&self, said: Vec<Said<'o, 'n>>) -> Vec<(Finding, Vec<usize>, Vec<usize>)> {
        let sources = self.sides.new.sources();
        let name = |span: Span| sources.get(span.source.index()).map(|source| source.name());
        let finished = said.into_iter().filter_map(|mut said| {
            let (jobs, allowed) = (std::mem::take(&mut said.jobs), std::mem::take(&mut said.allowed));
            Some((said.finding(self.rules, self.sides.first_old)?, jobs, allowed))
        });
        let mut findings: Vec<_> = finished.collect();
        findings.sort_by(|(one, ..), (other, ..)| {
            let order = |finding: &Finding| finding.span().map(|span| (name(span), span.start));
            order(one).cmp(&order(other)).then_with(|| one.rule.cmp(&other.rule)).then_with(|| one.message.cmp(&other.message))
        });
        findings
    }

    fn summary(&self, pairs: &[Pair<'o, 'n, '_>], told: &[Told<'o, 'n>]) -> Summary {
        let files = pairs.iter().flat_map(|pair| reachable(self.sides.new, pair.new));
        let files: FxHashSet<_> = files.map(|file| file.source().id()).collect();
        let operations = told.iter().map(|one| one.operations).sum();
        let unjudged: Vec<Unjudged> = told.iter().flat_map(|one| one.unjudged.iter().cloned()).collect();
        Summary {
            files: files.len(),
            operations,
            judged: operations - unjudged.len(),
            responses: told.iter().map(|one| one.responses).sum(),
            unjudged,
            ..Summary::default()
        }
    }
}

/// The description in a file; of several documents the first.
fn description<'p>(project: &'p Project, file: &'p File) -> Option<Api<'p>> {
    file.roots().find_map(|root| Some(api(project, version_of(root)?.version?, root)))
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
