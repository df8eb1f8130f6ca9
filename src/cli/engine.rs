//! Where `lint` meets the core: inputs to descriptions, findings, reports.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashSet;

use super::changed::Changed;
use super::idle::Used;
use super::inputs::{Input, Inputs};
use super::progress::with_spinner;
use super::reports::write_reports;
use super::request::{Chatter, Configuration, Fixing, Request, Upkeep};
use super::rule_book::RuleBook;
use super::{Ending, Failure, Outcome, baseline, failure, fixing, portions};
use crate::finding::{Finding, RuleId, Safety, Silencer, Suppressed};
use crate::lint::{self, Job, Knowledge, Remark};
use crate::openapi::{Loaded, Project, load};
use crate::rules::{BuiltIn, Rule, compile_patterns};
use crate::source::{Source, SourceId};
use crate::syntax::{FaultKind, File};

/// What a run is about, once the files are read.
#[derive(Debug, Default)]
struct Subjects {
    /// The inputs that are descriptions, by index.
    descriptions: Vec<usize>,
    /// Of these, the ones that only stand in for a named fragment.
    owners: FxHashSet<usize>,
    /// Named files that are no descriptions but parts of some.
    fragments: FxHashSet<String>,
    /// Files that fixes change and of which all users are known.
    shared: BTreeSet<String>,
}

/// What does not change while a run looks at files, however often.
pub(super) struct Bench<'r> {
    pub(super) request: &'r Request,
    pub(super) inputs: &'r Inputs,
    book: &'r RuleBook,
    subjects: &'r Subjects,
}

/// Reads, judges by the built-in rules and those of the configurations, and reports. The inputs are those that no `ignore` of a
/// configuration covers.
pub(super) fn run(request: &Request, inputs: &mut Inputs, builtin: BuiltIn) -> Ending {
    inputs.leave_out_ignored();
    let wait = request.chatter != Chatter::Quiet;
    if portions::are_wanted(request, inputs) {
        let book = RuleBook::of(builtin, request, inputs, &Project::default())?;
        // A report on a terminal shows by itself that something is done.
        let is_shown = request.targets.iter().any(|target| target.file.is_none()) && std::io::stdout().is_terminal();
        return with_spinner(wait && !is_shown, "linting", || portions::run(request, inputs, &book));
    }
    let (loaded, subjects) = with_spinner(wait, "reading", || read_beside_patterns(request, inputs, &builtin.0))?;
    crate::io::have_read(loaded.project.files().map(|file| file.source().text().len()).sum());
    let book = RuleBook::of(builtin, request, inputs, &loaded.project)?;
    if subjects.descriptions.is_empty() {
        return super::lint::nothing_to_lint(request, inputs);
    }
    if let Some(fixing) = request.fixing {
        return fix(request, inputs, fixing, (loaded, subjects), book);
    }
    let ending = Bench { request, inputs, book: &book, subjects: &subjects }.report(&loaded.project, 0);
    leave_to_the_system((loaded, book));
    ending
}

/// Does not give memory back: the program ends in a moment, and millions of small pieces take their time.
fn leave_to_the_system<T>(finished: T) {
    std::mem::forget(finished);
}

/// What was read, or why it could not be.
type Read = Result<(Loaded, Subjects), Vec<Failure>>;

/// The inputs, as `read` reads them. A large file is read on one thread; another one compiles patterns of the rules as long as
/// that takes.
fn read_beside_patterns(request: &Request, inputs: &mut Inputs, rules: &[Rule]) -> Read {
    let is_reading = Arc::new(AtomicBool::new(true));
    let read = || {
        let read = read(request, inputs);
        is_reading.store(false, Ordering::Relaxed);
        read
    };
    let compile = || {
        if is_reading.load(Ordering::Relaxed) {
            let is_reading = Arc::clone(&is_reading);
            compile_patterns(rules, move || {
                while crate::io::are_being_taken() {
                    rayon::yield_now();
                }
                is_reading.load(Ordering::Relaxed)
            });
        }
    };
    rayon::join(read, compile).0
}

/// Fixes, writes or shows what came of it, and reports the rest.
fn fix(
    request: &Request,
    inputs: &mut Inputs,
    fixing: Fixing,
    (mut loaded, mut subjects): (Loaded, Subjects),
    mut book: RuleBook,
) -> Ending {
    let fixed = |bench: &Bench<'_>, project: &Project| {
        with_spinner(request.chatter != Chatter::Quiet, "fixing", || fixing::fix(bench, project, fixing))
    };
    let mut outcome = fixed(&Bench { request, inputs, book: &book, subjects: &subjects }, &loaded.project)?;
    while let Some(more) = with_all_users(request, inputs, &subjects, outcome.texts.keys())? {
        (loaded, subjects) = more;
        book = RuleBook::load(request, inputs, &loaded.project)?;
        outcome = fixed(&Bench { request, inputs, book: &book, subjects: &subjects }, &loaded.project)?;
    }
    fixing::tell(request, &outcome);
    let done = if fixing.dry_run {
        fixing::show(request, &loaded.project, &outcome)?
    } else {
        fixing::write(inputs, &loaded.project, &outcome)
    };
    inputs.files.change(&done.texts);
    let again = load_candidates(inputs);
    let ending = Bench { request, inputs, book: &book, subjects: &subjects }.report(&again.project, done.count);
    if request.fixes_stdin() {
        fixing::print_stdin(inputs, &again.project)?;
    }
    let shows = fixing.dry_run && !done.texts.is_empty();
    ending.map(|outcome| if shows { Outcome::Findings } else { outcome })
}

/// What a run found, and what it is about.
pub(super) struct Judged<'r> {
    pub(super) outcome: lint::Outcome,
    sources: Vec<&'r Source>,
    chosen: Vec<&'r Input>,
}

impl<'r> Bench<'r> {
    /// The findings that concern the user; `upkeep` says what becomes of the baseline.
    pub(super) fn judge(&self, project: &'r Project, upkeep: Upkeep) -> Result<Judged<'r>, Vec<Failure>> {
        let (inputs, book, subjects) = (self.inputs, self.book, self.subjects);
        let request = &Request { upkeep, ..self.request.clone() };
        let wait = request.chatter != Chatter::Quiet;
        let chosen: Vec<&Input> = self.chosen().collect();
        let jobs = self.jobs(project, self.chosen());
        let mut outcome = with_spinner(wait, "linting", || self.lint(project, &jobs));
        let sources = sources(project, inputs);
        outcome.add(&book.rules, &jobs, remarks(inputs, project, book, &chosen, &outcome), |id| name_in(&sources, id));
        let concerns = |finding: &Finding, jobs: &[usize]| concerns(subjects, &sources, finding, jobs);
        let run = baseline::Run {
            request,
            inputs,
            project,
            rules: &book.rules,
            descriptions: &chosen,
            names: &sources.iter().map(|source| source.name()).collect::<Vec<_>>(),
            concerns: &outcome
                .findings
                .iter()
                .zip(&outcome.jobs)
                .map(|(finding, jobs)| concerns(finding, jobs))
                .collect::<Vec<_>>(),
            may_be_missing: self.request.upkeep == Upkeep::Write,
        };
        baseline::apply(&run, &mut outcome)?;
        outcome.retain(concerns);
        if let Some(revision) = &request.changed {
            let changed = Changed::since(revision, &request.paths)?;
            outcome.retain(|finding, _| changed.concerns(&sources, finding));
        }
        Ok(Judged { outcome, sources, chosen })
    }

    /// The same under another request.
    pub(super) fn under<'q>(&self, request: &'q Request) -> Bench<'q>
    where
        'r: 'q,
    {
        Bench { request, ..*self }
    }

    /// The descriptions of the run.
    pub(super) fn chosen(&self) -> impl Iterator<Item = &'r Input> {
        self.subjects.descriptions.iter().filter_map(|&index| self.inputs.candidates.get(index))
    }

    /// Those of these descriptions that are part of a project, with their settings.
    pub(super) fn jobs<'p>(&self, project: &'p Project, inputs: impl Iterator<Item = &'r Input>) -> Vec<Job<'p>>
    where
        'r: 'p,
    {
        let job = |input: &'r Input| Some(Job { file: project.file(&input.name)?, settings: self.book.settings(input.config) });
        inputs.filter_map(job).collect()
    }

    /// Whether a rule knows a fix that is as safe as this.
    pub(super) fn cures(&self, rule: &RuleId, safety: Safety) -> bool {
        let rules = &self.book.rules;
        let rule = rules.index_of(rule.as_str()).and_then(|index| rules.rules().get(index));
        let mut treatments = rule.into_iter().flat_map(Rule::clauses).flat_map(|clause| &clause.treatments);
        treatments.any(|treatment| treatment.safety <= safety)
    }

    /// All that the rules say, before baselines and the like.
    pub(super) fn lint(&self, project: &Project, jobs: &[Job<'_>]) -> lint::Outcome {
        lint(self.request, self.inputs, self.book, project, jobs)
    }

    /// Judges, and writes the reports; so many findings were fixed before.
    fn report(&self, project: &'r Project, fixed: usize) -> Ending {
        let mut judged = self.judge(project, self.request.upkeep)?;
        judged.outcome.summary.fixed = fixed;
        if self.request.chatter == Chatter::Verbose {
            tell_suppressed(&judged.sources, &judged.outcome);
        }
        write_reports(self.request, judged.sources.clone(), &self.book.rules, &judged.outcome, None)?;
        let fails = self.book.fails(&judged.chosen, &judged.outcome);
        leave_to_the_system(judged);
        Ok(if fails { Outcome::Findings } else { Outcome::Clean })
    }
}

/// All that the rules say about the descriptions of a project.
pub(super) fn lint(request: &Request, inputs: &Inputs, book: &RuleBook, project: &Project, jobs: &[Job<'_>]) -> lint::Outcome {
    let knowledge = Knowledge {
        all_users_of: &|file| inputs.files.holds(&inputs.project_root_of(file.source().name())),
        all_rules: request.configuration != Configuration::Nothing,
        wants_fixes: request.fixing.is_some() || request.targets.iter().any(|target| target.format.shows_fixes()),
    };
    lint::lint_knowing(project, &book.rules, jobs, &knowledge)
}

/// The inputs and what they reference, as they are now.
fn load_candidates(inputs: &Inputs) -> Loaded {
    load(&inputs.names(), &inputs.files)
}

/// Reads the inputs; where a named file is a fragment, the descriptions of its project that reference it as well.
fn read(request: &Request, inputs: &mut Inputs) -> Read {
    let loaded = load_all(inputs);
    let own = descriptions(&loaded.project, inputs);
    let lost = lost_fragments(&loaded.project, inputs, &own);
    if lost.is_empty() {
        return Ok((loaded, Subjects { descriptions: own, ..Subjects::default() }));
    }
    let loaded = if adopt_users(request, inputs, lost.iter())? { load_all(inputs) } else { loaded };
    let subjects = describe(&loaded.project, inputs, &lost, BTreeSet::new());
    if tells_skipped(request) {
        tell_skipped(&loaded.project, inputs, &lost);
    }
    Ok((loaded, subjects))
}

/// The same with all descriptions of the project that use one of these changed files, where not all of them were known: what
/// is a fix for one may be a fault for another.
fn with_all_users<'n>(
    request: &Request,
    inputs: &mut Inputs,
    before: &Subjects,
    changed: impl Iterator<Item = &'n String>,
) -> Result<Option<(Loaded, Subjects)>, Vec<Failure>> {
    let is_known =
        |name: &str| request.stdin.is_some() || before.shared.contains(name) || inputs.files.holds(&inputs.project_root_of(name));
    let unknown: Vec<String> = changed.filter(|name| !is_known(name)).cloned().collect();
    if unknown.is_empty() || !adopt_users(request, inputs, unknown.iter())? && before.shared.is_empty() {
        return Ok(None);
    }
    let loaded = load_candidates(inputs);
    let lost: Vec<String> = before.fragments.iter().cloned().collect();
    let shared = before.shared.iter().cloned().chain(unknown).collect();
    let subjects = describe(&loaded.project, inputs, &lost, shared);
    Ok(Some((loaded, subjects)))
}

/// Takes in the descriptions of the projects that these files belong to; says whether there were new ones.
fn adopt_users<'n>(
    request: &Request,
    inputs: &mut Inputs,
    names: impl Iterator<Item = &'n String>,
) -> Result<bool, Vec<Failure>> {
    // Many files of one project are looked for in it once.
    let roots: BTreeSet<PathBuf> = names.map(|name| inputs.project_root_of(name)).collect();
    inputs.adopt(&roots.into_iter().collect::<Vec<_>>(), &request.configuration)
}

/// Descriptions that were asked for, and those that reference a fragment that was asked for or a file that fixes change.
fn describe(project: &Project, inputs: &Inputs, lost: &[String], shared: BTreeSet<String>) -> Subjects {
    let users = lint::users(project, lost.iter().chain(&shared).filter_map(|name| project.file(name)));
    let mut subjects = Subjects { fragments: lost.iter().cloned().collect(), shared, ..Subjects::default() };
    for index in descriptions(project, inputs) {
        let Some(input) = inputs.candidates.get(index) else { continue };
        let Some(file) = project.file(&input.name) else { continue };
        let has_parts = users.contains(&file.source().id());
        if input.adopted && has_parts {
            subjects.owners.insert(subjects.descriptions.len());
        }
        if !input.adopted || has_parts {
            subjects.descriptions.push(index);
        }
    }
    subjects
}

/// Says which of the named files are part of no description.
fn tell_skipped(project: &Project, inputs: &Inputs, lost: &[String]) {
    let found = reached(project, inputs, &descriptions(project, inputs));
    for name in lost.iter().filter(|name| !found.contains(name.as_str())) {
        failure::warn(&skipped(name, project.file(name)));
    }
}

/// Whether the user wants to hear of named files that are no part of any description: with `--allow-none` anything is named.
fn tells_skipped(request: &Request) -> bool {
    let least = if request.allow_none { Chatter::Verbose } else { Chatter::Normal };
    request.chatter >= least
}

fn skipped(name: &str, file: Option<&File>) -> Failure {
    let unreadable = file.map_or(Some(EMPTY), nothing_readable);
    let fault = file.and_then(|file| file.faults().iter().find(|fault| fault.kind == FaultKind::Syntax).zip(Some(file)));
    if let Some((fault, file)) = fault.filter(|_| unreadable.is_none()) {
        let title = format!("`{name}` is no OpenAPI description as far as it can be read, and was skipped: {}", fault.message);
        return Failure::of_fault(title, fault, file.source());
    }
    let why =
        unreadable.unwrap_or("it has no `openapi` or `swagger` at its root, and no description of the project references it");
    Failure::new(format!("`{name}` is no OpenAPI description and was skipped: {why}"))
}

const EMPTY: &str = "it is empty";

/// Why there is nothing to read in a file, if there is not.
pub(super) fn nothing_readable(file: &File) -> Option<&'static str> {
    let text = file.source().text();
    let is_binary = text.contains('\0').then_some("it is no text file");
    if text.trim().is_empty() { Some(EMPTY) } else { is_binary }
}

pub(super) fn load_all(inputs: &mut Inputs) -> Loaded {
    let loaded = load_candidates(inputs);
    inputs.tell_refused(&loaded.refused);
    loaded
}

/// The inputs that are descriptions, by index.
pub(super) fn descriptions(project: &Project, inputs: &Inputs) -> Vec<usize> {
    let is_one = |input: &Input| project.file(&input.name).is_some_and(lint::claims_to_be_description);
    (0..).zip(&inputs.candidates).filter(|(_, input)| is_one(input)).map(|(index, _)| index).collect()
}

/// Named files that are no descriptions and that no description of the run reaches.
fn lost_fragments(project: &Project, inputs: &Inputs, descriptions: &[usize]) -> Vec<String> {
    let reached = reached(project, inputs, descriptions);
    let lost = inputs.candidates.iter().filter(|input| input.named && !reached.contains(input.name.as_str()));
    lost.map(|input| input.name.clone()).collect()
}

/// The names of the files that these descriptions are or reference.
fn reached<'p>(project: &'p Project, inputs: &Inputs, descriptions: &[usize]) -> FxHashSet<&'p str> {
    let chosen = descriptions.iter().filter_map(|&index| project.file(&inputs.candidates.get(index)?.name));
    lint::reachable_from(project, chosen).into_iter().map(|file| file.source().name()).collect()
}

/// The files of the run, and behind them the configurations.
pub(super) fn sources<'s>(project: &'s Project, inputs: &'s Inputs) -> Vec<&'s Source> {
    let mut sources = project.sources();
    sources.extend(inputs.configs.iter().map(|config| config.file.source()));
    sources
}

pub(super) fn name_in<'s>(sources: &[&'s Source], id: SourceId) -> &'s str {
    sources.get(id.index()).map(|source| source.name()).unwrap_or_default()
}

/// What is to be said about the configurations of the run.
pub(super) fn remarks(
    inputs: &Inputs,
    project: &Project,
    book: &RuleBook,
    chosen: &[&Input],
    outcome: &lint::Outcome,
) -> Vec<Remark> {
    let first = project.files().len();
    let used = inputs.configs.iter().enumerate().map(|(index, config)| Used {
        config,
        source: SourceId((first + index) as u32),
        jobs: (0..chosen.len()).filter(|&job| chosen.get(job).is_some_and(|input| input.config == Some(index))).collect(),
        empty_rule_files: book.empty_rule_files(index),
        nodes: OnceCell::new(),
    });
    used.flat_map(|used| used.remarks(inputs, project, outcome)).collect()
}

/// Of a description that only stands in for a fragment, what points into the fragment; of others everything.
fn concerns(subjects: &Subjects, sources: &[&Source], finding: &Finding, jobs: &[usize]) -> bool {
    let is_asked_for = |id: SourceId| sources.get(id.index()).is_some_and(|source| subjects.fragments.contains(source.name()));
    let mut places = finding.span().into_iter().chain(finding.related.iter().map(|related| related.span));
    subjects.owners.is_empty()
        || jobs.iter().any(|job| !subjects.owners.contains(job))
        || places.any(|span| is_asked_for(span.source))
}

/// What was silenced on purpose, where, and why.
pub(super) fn tell_suppressed(sources: &[&Source], outcome: &lint::Outcome) {
    for (Suppressed { finding, by }, _) in &outcome.suppressed {
        let place = finding.span().and_then(|span| {
            let source = sources.get(span.source.index())?;
            Some((source.name(), source.position(span.start)))
        });
        let Some((name, at)) = place else { continue };
        let why = match by {
            Silencer::Baseline => "is in the baseline".to_owned(),
            Silencer::Accepted(reason) => format!("is accepted: {reason}"),
            Silencer::Description(None) => "is allowed there".to_owned(),
            Silencer::Description(Some(reason)) => format!("is allowed there: {reason}"),
        };
        failure::remark(&Failure::new(format!("`{}` at {name}:{}:{} {why}", finding.rule, at.line, at.column)));
    }
}

/// What is wrong with descriptions themselves is for `lint` to report; in other commands it only makes things unknown.
pub(super) fn tell_damage(project: &Project) {
    let serious = |kind| matches!(kind, FaultKind::Syntax | FaultKind::Encoding | FaultKind::Limit);
    for file in project.files() {
        if file.faults().iter().any(|fault| serious(fault.kind)) {
            let name = file.source().name();
            let message = format!("`{name}` could not be read whole; what it may have said there is unknown");
            failure::warn(&Failure::new(message).help(format!("see what is wrong with it: statusquo lint {name}")));
        }
    }
}

/// Reads the inputs: the files, and which of the inputs are descriptions, by index.
pub(super) fn read_descriptions(request: &Request, inputs: &mut Inputs) -> Result<(Loaded, Vec<usize>), Vec<Failure>> {
    let (loaded, subjects) = read(request, inputs)?;
    Ok((loaded, subjects.descriptions))
}
