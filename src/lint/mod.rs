//! Selecting, evaluating, collecting: descriptions and rules to findings. No I/O.

mod examples;
mod fingerprint;
mod hit;
mod merge;
mod reading;
mod rows;
mod yields;

pub use examples::{Problem, check_examples};

use rayon::prelude::*;

use crate::facts::{self, Api};
use crate::finding::{Finding, RuleId, Summary, Unjudged};
use crate::openapi::{NodeId, Project, version_of};
use crate::rules::{Part, RuleSet, Settings};
use crate::syntax::{File, Node};
use hit::Hit;

/// One file with one or more descriptions, and the settings that rule over it.
#[derive(Clone, Debug)]
pub struct Job<'p> {
    /// The file.
    pub file: &'p File,
    /// The settings.
    pub settings: &'p Settings,
}

/// What came out of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings, sorted by file name, offset, rule and words.
    pub findings: Vec<Finding>,
    /// For each finding the indexes of the jobs that made it.
    pub jobs: Vec<Vec<usize>>,
    /// The numbers.
    pub summary: Summary,
}

/// Lints the descriptions of all jobs.
pub fn lint(project: &Project, rules: &RuleSet, jobs: &[Job<'_>]) -> Outcome {
    let judged: Vec<JobOutcome<'_>> = if let [job] = jobs {
        vec![run(project, rules, 0, job)]
    } else {
        jobs.par_iter().enumerate().map(|(number, job)| run(project, rules, number, job)).collect()
    };
    let mut outcome = Outcome { summary: summary(project, rules, &judged, jobs), ..Outcome::default() };
    let hits = judged.into_iter().flat_map(|job| job.hits).collect();
    let merged = merge::findings(project, rules, hits);
    for (finding, jobs) in merged {
        outcome.summary.count(finding.severity);
        outcome.findings.push(finding);
        outcome.jobs.push(jobs);
    }
    outcome
}

impl Outcome {
    /// Keeps the findings for which this holds, with the jobs that made them.
    pub fn retain(&mut self, keep: impl Fn(&Finding, &[usize]) -> bool) {
        let pairs = std::mem::take(&mut self.findings).into_iter().zip(std::mem::take(&mut self.jobs));
        let (findings, jobs) = pairs.filter(|(finding, jobs)| keep(finding, jobs)).unzip();
        (self.findings, self.jobs) = (findings, jobs);
        (self.summary.errors, self.summary.warnings, self.summary.notes) = (0, 0, 0);
        for finding in &self.findings {
            self.summary.count(finding.severity);
        }
    }
}

/// The files that a file is or references, directly or not.
pub fn reachable<'p>(project: &'p Project, file: &'p File) -> Vec<&'p File> {
    reading::reachable(project, std::iter::once(file))
}

/// Whether a document is a description, of whatever version.
pub fn is_description(root: Node<'_>) -> bool {
    version_of(root).is_some()
}

/// What one job found.
#[derive(Debug, Default)]
struct JobOutcome<'p> {
    hits: Vec<Hit<'p>>,
    /// Rule and place of every judgement that came out unknown.
    unknown: Vec<(usize, NodeId)>,
    operations: usize,
    responses: usize,
    unjudged: Vec<Unjudged>,
}

fn run<'p>(project: &'p Project, rules: &RuleSet, number: usize, job: &Job<'p>) -> JobOutcome<'p> {
    let parts = rules.parts(job.settings);
    let mut outcome = JobOutcome::default();
    reading::files(project, rules, &parts, job.file, &mut outcome.hits);
    for root in job.file.roots() {
        if let Some(version) = reading::version(rules, &parts, root, &mut outcome.hits) {
            let api = facts::api(project, version, root);
            description(rules, &parts, &api, &mut outcome);
        }
    }
    for hit in &mut outcome.hits {
        hit.job = number;
    }
    outcome
}

fn description<'p>(rules: &RuleSet, parts: &[Option<Part>], api: &Api<'p>, outcome: &mut JobOutcome<'p>) {
    reading::structure(rules, parts, api, &mut outcome.hits);
    let mut judged = rows::judge_all(rules, parts, api);
    yields::silence(rules, &mut judged.hits);
    outcome.hits.append(&mut judged.hits);
    outcome.unknown.append(&mut judged.unknown);
    outcome.operations += api.operations.len();
    outcome.responses += api.responses.len();
    outcome.unjudged.extend(api.operations.iter().filter_map(|operation| {
        let obstacle = operation.obstacle?;
        Some(Unjudged { operation: operation.label.clone(), reason: obstacle.reason().to_owned(), span: obstacle.place().span() })
    }));
}

fn summary(project: &Project, rules: &RuleSet, judged: &[JobOutcome<'_>], jobs: &[Job<'_>]) -> Summary {
    let mut unknown: Vec<(usize, NodeId)> = judged.iter().flat_map(|job| job.unknown.iter().copied()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let by_rule = unknown.chunk_by(|one, other| one.0 == other.0);
    let unknown_by_rule = by_rule.filter_map(|same| Some((rule_id(rules, same.first()?.0)?, same.len()))).collect();
    let operations = judged.iter().map(|job| job.operations).sum();
    let unjudged: Vec<Unjudged> = judged.iter().flat_map(|job| job.unjudged.iter().cloned()).collect();
    Summary {
        files: reading::reachable(project, jobs.iter().map(|job| job.file)).len(),
        operations,
        judged: operations - unjudged.len(),
        responses: judged.iter().map(|job| job.responses).sum(),
        unknown: unknown.len(),
        unjudged,
        unknown_by_rule,
        ..Summary::default()
    }
}

fn rule_id(rules: &RuleSet, index: usize) -> Option<RuleId> {
    rules.rules().get(index).map(|rule| rule.id.clone())
}
