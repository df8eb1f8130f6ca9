//! Selecting, evaluating, collecting: descriptions and rules to findings. No I/O.

mod allowance;
mod files;
mod fingerprint;
mod groups;
mod hit;
mod kinds;
mod made_by;
mod merge;
mod own;
mod pieces;
mod profiles;
mod reach;
mod reading;
pub(crate) mod rows;
mod seen;
mod silence;
mod subject;
mod unknown;
mod unused;
mod words;
mod yields;

pub use made_by::MadeBy;
pub use own::Remark;
pub use reach::{reachable, reachable_from, users};
pub use seen::{Knowledge, Seen};
pub use subject::{claims_to_be_description, is_description};

#[cfg(feature = "cli")]
pub(crate) use fingerprint::{Ordinals, ordinal};
pub(crate) use fingerprint::{fingerprint, lasting_operation, lasting_pointer, number_equal_ones};
#[cfg(feature = "cli")]
pub(crate) use own::own;
pub(crate) use profiles::{Graded, Profiles};
pub(crate) use silence::covering;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::{self, Api};
use crate::finding::{Finding, RuleId, Silencer, Summary, Suppressed, Unjudged};
use crate::openapi::{NodeId, Project, version_of};
use crate::rules::{RuleSet, Settings, Witness};
use crate::source::{SourceId, Span};
use crate::suppress::Suppressions;
use crate::syntax::edit::Hindrance;
use crate::syntax::{File, Node};
use hit::Hit;
use merge::Origin;
use pieces::Pieces;
use reach::Audiences;
use rows::{Judged, TOO_MANY};
use unknown::Unknown;

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
    /// The findings, sorted by file name, offset, rule and words; those about the run itself stand behind the others.
    pub findings: Vec<Finding>,
    /// For each finding the indexes of the jobs that made it.
    pub jobs: Vec<MadeBy>,
    /// What was silenced on purpose, in the same order, each with its jobs.
    pub suppressed: Vec<(Suppressed, MadeBy)>,
    /// The numbers.
    pub summary: Summary,
    /// What was looked at.
    pub seen: Seen,
    /// The findings that their rules would cure, with what hinders it.
    pub hindered: Vec<(RuleId, Span, Hindrance)>,
}

/// Lints the descriptions of all jobs.
pub fn lint(project: &Project, rules: &RuleSet, jobs: &[Job<'_>]) -> Outcome {
    lint_knowing(project, rules, jobs, &Knowledge::default())
}

/// The same where not all of the user's files or rules are part of the run.
pub fn lint_knowing(project: &Project, rules: &RuleSet, jobs: &[Job<'_>], knowledge: &Knowledge<'_>) -> Outcome {
    let suppressions = Suppressions::of(project.files());
    let linter = Linter { project, rules, suppressions: &suppressions, treats: knowledge.wants_fixes };
    let mut audiences = Audiences::new(project, jobs);
    let profiles = Profiles::of_each(rules, project, jobs.iter().map(|job| job.settings), Witness::Declared);
    let run = |(number, (job, profiles)): (usize, (_, &Arc<Profiles>))| linter.run(number, job, profiles);
    let judge = || -> Vec<JobOutcome<'_>> { jobs.par_iter().zip(&profiles).enumerate().map(run).collect() };
    let (mut hits, mut judged) = rayon::join(|| files::hits(linter, jobs, &profiles, &mut audiences), judge);
    for job in &mut judged {
        hits.append(std::mem::take(&mut job.hits));
    }
    let seen = seen(project, &judged, jobs, &profiles, knowledge);
    let mut outcome = Outcome { summary: summary(rules, &seen, &judged), ..Outcome::default() };
    let run = unused::Run {
        project,
        rules,
        suppressions: &suppressions,
        knowledge,
        seen: &seen,
        hits: &hits,
        profiles: &profiles,
        outcomes: &judged,
    };
    let unused = unused::hits(&run, &mut audiences);
    drop(judged);
    hits.extend(unused);
    outcome.take(merge::findings(project, rules, hits), &suppressions);
    outcome.count();
    outcome.seen = seen;
    outcome
}

impl Outcome {
    /// Keeps the findings for which this holds, with the jobs that made them.
    pub fn retain(&mut self, keep: impl Fn(&Finding, &[usize]) -> bool) {
        self.suppressed.retain(|(suppressed, jobs)| keep(&suppressed.finding, jobs));
        self.divide(|finding, jobs| if keep(finding, jobs) { Fate::Stays } else { Fate::Goes });
    }

    /// Takes out findings that the baseline silences: one flag for each.
    pub fn suppress(&mut self, is_silenced: &[bool]) {
        let mut flags = is_silenced.iter().copied().chain(std::iter::repeat(false));
        self.silence(|_| flags.next().unwrap_or(false).then_some(Silencer::Baseline));
    }

    /// Takes out findings that something silences.
    pub fn silence(&mut self, mut by: impl FnMut(&Finding) -> Option<Silencer>) {
        self.divide(|finding, _| by(finding).map_or(Fate::Stays, Fate::IsSilenced));
    }

    fn divide(&mut self, mut fate: impl FnMut(&Finding, &[usize]) -> Fate) {
        let fates: Vec<Fate> = self.findings.iter().zip(&self.jobs).map(|(finding, jobs)| fate(finding, jobs)).collect();
        // Nearly always all of them stay.
        if fates.iter().all(|fate| matches!(fate, Fate::Stays)) {
            return self.count();
        }
        let pairs = std::mem::take(&mut self.findings).into_iter().zip(std::mem::take(&mut self.jobs));
        for ((finding, jobs), fate) in pairs.zip(fates) {
            match fate {
                Fate::Goes => {}
                Fate::IsSilenced(by) => self.suppressed.push((Suppressed { finding, by }, jobs)),
                Fate::Stays => {
                    self.findings.push(finding);
                    self.jobs.push(jobs);
                }
            }
        }
        self.count();
    }

    fn take(&mut self, merge::Findings { findings, origins }: merge::Findings, suppressions: &Suppressions) {
        for (finding, Origin { hindrance, allowed, .. }) in findings.iter().zip(&origins) {
            // Where what it relies on is not there, there is nothing to say.
            let hindrance = hindrance.filter(|hindrance| *hindrance != Hindrance::Missing && allowed.is_empty());
            self.hindered.extend(hindrance.zip(finding.span()).map(|(hindrance, span)| (finding.rule.clone(), span, hindrance)));
        }
        if origins.iter().all(|origin| origin.allowed.is_empty()) {
            self.findings = findings;
            self.jobs = origins.into_iter().map(|origin| origin.jobs).collect();
            return;
        }
        for (finding, Origin { jobs, allowed, .. }) in findings.into_iter().zip(origins) {
            self.take_one(finding, jobs, &allowed, suppressions);
        }
    }

    /// Takes in a finding with the jobs that made it and the suppressions that silence it.
    pub(crate) fn take_one(&mut self, finding: Finding, jobs: MadeBy, allowed: &[usize], suppressions: &Suppressions) {
        if allowed.is_empty() {
            self.findings.push(finding);
            self.jobs.push(jobs);
            return;
        }
        let mut reasons = allowed.iter().filter_map(|&index| suppressions.allowances().get(index)?.reason.clone());
        let by = Silencer::Description(reasons.next());
        self.suppressed.push((Suppressed { finding, by }, jobs));
    }

    /// Counts the findings by severity.
    pub(crate) fn count(&mut self) {
        (self.summary.errors, self.summary.warnings, self.summary.notes) = (0, 0, 0);
        for finding in &self.findings {
            self.summary.count(finding.severity);
        }
        self.summary.suppressed = self.suppressed.len();
        if let Some(changes) = &mut self.summary.changes {
            changes.count(self.findings.iter().filter_map(Finding::class));
        }
    }
}

/// What becomes of a finding.
enum Fate {
    Stays,
    Goes,
    IsSilenced(Silencer),
}

/// What one job found.
#[derive(Debug, Default)]
struct JobOutcome<'p> {
    hits: Pieces<Hit<'p>>,
    unknown: Unknown,
    /// Rule and every place of a judgement that came out unknown; only gathered where suppressions ask for it.
    doubts: Vec<(usize, Span)>,
    operations: usize,
    responses: usize,
    unjudged: Vec<Unjudged>,
    /// Whether some of its rows could not be seen at all.
    is_partial: bool,
}

/// What all jobs share.
#[derive(Clone, Copy)]
struct Linter<'r, 'p> {
    project: &'p Project,
    rules: &'r RuleSet,
    suppressions: &'r Suppressions,
    treats: bool,
}

impl<'p> Linter<'_, 'p> {
    fn run(self, number: usize, job: &Job<'p>, profiles: &Profiles) -> JobOutcome<'p> {
        let mut outcome = JobOutcome::default();
        for root in job.file.roots() {
            match version_of(root).and_then(|key| key.version) {
                Some(version) => self.description(profiles, &facts::api(self.project, version, root), &mut outcome),
                None => outcome.hits.append(self.version(profiles, root)),
            }
        }
        outcome.hits.iter_mut().for_each(|hit| hit.jobs = MadeBy::One(number));
        outcome
    }

    fn version(self, profiles: &Profiles, root: Node<'p>) -> Pieces<Hit<'p>> {
        let file = root.file().source().id();
        let mut hits = profiles.read(file, |parts, hits| reading::version(self.rules, parts, root, hits));
        silence::mark(self.rules, self.suppressions, None, hits.iter_mut());
        hits
    }

    fn description(self, profiles: &Profiles, api: &Api<'p>, outcome: &mut JobOutcome<'p>) {
        let file = api.root.node().file().source().id();
        let mut hits = profiles.read(file, |parts, hits| reading::structure(self.rules, parts, api, hits));
        let judge = |parts: &[_]| rows::judge_all(self.rules, parts, api, self.treats);
        let Judged { hits: mut judged, unknown, left_out } = profiles.judge(file, judge);
        yields::silence(self.rules, &mut judged);
        words::fill_in(self.rules, profiles, api, &mut judged);
        hits.append(judged);
        silence::mark(self.rules, self.suppressions, Some(api), hits.iter_mut());
        outcome.hits.append(hits);
        if !self.suppressions.is_empty() {
            outcome.doubts.extend(doubts(api, &unknown));
        }
        outcome.unknown.append(unknown);
        outcome.operations += api.operations.len();
        outcome.responses += api.responses.len();
        outcome.is_partial |= !api.is_whole() || !left_out.is_empty();
        let left_out: FxHashSet<usize> = left_out.into_iter().collect();
        outcome.unjudged.extend(api.operations.iter().enumerate().filter_map(|(number, operation)| {
            let too_many = || left_out.contains(&number).then(|| (TOO_MANY, operation.key.span()));
            let obstacle = operation.obstacle().map(|obstacle| (obstacle.reason(), obstacle.place().span()));
            let (reason, span) = obstacle.or_else(too_many)?;
            Some(Unjudged { operation: operation.label.to_string(), reason: reason.to_owned(), span })
        }));
    }
}

/// The places of what came out unknown: the row's own, and for a shared response its definition.
fn doubts(api: &Api<'_>, unknown: &Unknown) -> Vec<(usize, Span)> {
    let keys = api.responses.iter().map(|response| (api.root.with(response.key).id(), response));
    let responses: FxHashMap<NodeId, _> = keys.collect();
    let mut doubts = Vec::new();
    for (rule, place) in unknown.iter() {
        match responses.get(&place) {
            Some(response) => doubts.extend(silence::places_of(response).into_iter().map(|span| (rule, span))),
            None => doubts.extend(api.root.project().node(place).map(|node| (rule, node.span()))),
        }
    }
    doubts
}

fn seen(
    project: &Project,
    judged: &[JobOutcome<'_>],
    jobs: &[Job<'_>],
    profiles: &[Arc<Profiles>],
    knowledge: &Knowledge<'_>,
) -> Seen {
    let own: FxHashSet<SourceId> = jobs.iter().map(|job| job.file.source().id()).collect();
    let is_known = |file: &File| own.contains(&file.source().id()) || (knowledge.all_users_of)(file);
    let mut seen = Seen::default();
    // Descriptions under the same settings are taken in together: they may reach the same thousands of files.
    let mut alike: FxHashMap<(bool, *const Settings), (&Profiles, Vec<&File>)> = FxHashMap::default();
    for ((outcome, job), profiles) in judged.iter().zip(jobs).zip(profiles) {
        let of_settings = alike.entry((outcome.is_partial, std::ptr::from_ref(job.settings)));
        of_settings.or_insert_with(|| (profiles, Vec::new())).1.push(job.file);
    }
    for ((is_partial, _), (profiles, files)) in alike {
        seen.add(&reachable_from(project, files.into_iter()), !is_partial, |file| profiles.ran(file), is_known);
    }
    seen
}

fn summary(rules: &RuleSet, seen: &Seen, judged: &[JobOutcome<'_>]) -> Summary {
    let unknown = unknown::count(judged.iter().map(|job| &job.unknown));
    let operations = judged.iter().map(|job| job.operations).sum();
    let unjudged: Vec<Unjudged> = judged.iter().flat_map(|job| job.unjudged.iter().cloned()).collect();
    Summary {
        files: seen.count(),
        operations,
        judged: operations - unjudged.len(),
        responses: judged.iter().map(|job| job.responses).sum(),
        unknown: unknown.iter().map(|(_, count)| count).sum(),
        unjudged,
        unknown_by_rule: unknown.into_iter().filter_map(|(rule, count)| Some((rule_id(rules, rule)?, count))).collect(),
        ..Summary::default()
    }
}

fn rule_id(rules: &RuleSet, index: usize) -> Option<RuleId> {
    rules.rules().get(index).map(|rule| rule.id.clone())
}
