//! Runs over very many files: descriptions that have nothing to do with each other are read, judged and told of a few at a time,
//! so that a run holds no more than these.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::growing::Growing;
use super::in_order::in_order;
use super::inputs::{HELD, Input, Inputs, LoadedConfig};
use super::reports::refuse_inputs;
use super::request::{Chatter, Request, Upkeep};
use super::rule_book::RuleBook;
use super::{Ending, Failure, Outcome, engine};
use crate::finding::{Finding, Summary};
use crate::lint::{self, Job, Ordinals};
use crate::openapi::{Project, load, ties};
use crate::provider::Refusal;
use crate::report::is_made_of_pieces;
use crate::source::SourceId;

/// How many bytes of files are judged or told of at once, besides the largest of them.
const AT_ONCE: usize = 24 << 20;

/// Whether a run is too large to hold all of its files, and nothing about it needs them all: a baseline and fixes look at every
/// finding, files that were named may be fragments, and some formats count before they show.
pub(super) fn are_wanted(request: &Request, inputs: &Inputs) -> bool {
    let size: usize = inputs.candidates.iter().map(|input| input.size).sum();
    let needs_all = |loaded: &LoadedConfig| loaded.config.baseline.is_some() || !loaded.config.overrides.is_empty();
    size > HELD
        && request.fixing.is_none()
        && request.changed.is_none()
        && request.baseline.is_none()
        && request.upkeep == Upkeep::Read
        && request.chatter != Chatter::Verbose
        && request.targets.iter().all(|target| is_made_of_pieces(target.format))
        && inputs.candidates.iter().all(|input| !input.named)
        && !inputs.configs.iter().any(needs_all)
}

/// Judges and reports.
pub(super) fn run(request: &Request, inputs: &mut Inputs, book: &RuleBook) -> Ending {
    refuse_inputs(request, inputs.candidates.iter().map(|input| Path::new(&input.name)))?;
    let together = load(&tied(inputs), &inputs.files);
    let portions = Portions { request, inputs, book };
    let growing = Growing::new(request, &book.rules).map_err(|failure| vec![failure])?;
    let Run { chosen, summary, fails, mut refused, .. } = portions.report(&together.project, &growing)?;
    refused.extend(together.refused);
    if chosen.is_empty() {
        return super::lint::nothing_to_lint(request, inputs);
    }
    growing.finish(&summary).map_err(|failure| vec![failure])?;
    inputs.tell_refused(&refused);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

/// The files that reference others, or that others may mean by a name.
fn tied(inputs: &Inputs) -> Vec<String> {
    let suspects = inputs.candidates.par_iter().filter(|input| input.may_be_tied);
    let ties: Vec<_> = suspects.map(|input| (&input.name, ties(&input.name, &inputs.files))).collect();
    let any_names = ties.iter().any(|(_, ties)| ties.has_names);
    // Where there are names, also what looks like data may mean one.
    let are_tied = ties.iter().filter(|(_, ties)| ties.to_files || any_names);
    are_tied.map(|(name, _)| (*name).clone()).collect()
}

struct Portions<'r> {
    request: &'r Request,
    inputs: &'r Inputs,
    book: &'r RuleBook,
}

/// What a run has come to so far.
#[derive(Default)]
struct Run<'r> {
    chosen: Vec<&'r Input>,
    summary: Summary,
    fails: bool,
    refused: Vec<(String, Refusal)>,
    ordinals: Ordinals,
    /// How many portions have findings.
    told: usize,
}

/// What is looked at in turn, by the name of its file.
enum Unit<'r, 'p> {
    /// A file that has nothing to do with others.
    Alone(&'r Input),
    /// The findings in a file of those that are tied together.
    Tied(Box<Portion<'p>>),
}

/// What is to be said about a file.
struct Portion<'p> {
    project: Held<'p>,
    findings: Vec<Finding>,
    /// What was silenced; it counts where equal findings are told apart.
    suppressed: Vec<Finding>,
}

enum Held<'p> {
    Own(Project),
    Shared(&'p Project),
}

/// A file that was looked at.
struct Looked<'r, 'p> {
    portion: Portion<'p>,
    /// The description, if it is one.
    description: Option<&'r Input>,
    summary: Summary,
    fails: bool,
    refused: Vec<(String, Refusal)>,
}

impl Unit<'_, '_> {
    /// How many bytes are to be read for it.
    fn size(&self) -> usize {
        match self {
            Unit::Alone(input) => input.size,
            Unit::Tied(_) => 0,
        }
    }
}

impl Held<'_> {
    fn get(&self) -> &Project {
        match self {
            Held::Own(project) => project,
            Held::Shared(project) => project,
        }
    }
}

impl<'p> Portion<'p> {
    fn of(project: Held<'p>, outcome: lint::Outcome) -> Self {
        let suppressed = outcome.suppressed.into_iter().map(|(suppressed, _)| suppressed.finding).collect();
        Portion { project, findings: outcome.findings, suppressed }
    }

    /// Tells equal findings apart: they are numbered in the order of files.
    fn number(&mut self, ordinals: &mut Ordinals) {
        let mut all: Vec<&mut Finding> = self.findings.iter_mut().chain(&mut self.suppressed).collect();
        all.sort_by_key(|finding| lint::ordinal(finding));
        ordinals.number(all.into_iter());
    }

    fn told(self, number: usize, growing: &Growing<'_>) -> Result<(), Failure> {
        growing.add(number, &self.findings, self.project.get().sources())
    }
}

impl<'p> Looked<'_, 'p> {
    fn of(portion: Portion<'p>) -> Self {
        let (summary, refused) = (Summary::default(), Vec::new());
        Looked { portion, description: None, summary, fails: false, refused }
    }
}

impl<'r> Run<'r> {
    /// Takes note of a file that was looked at; gives what is to be told, with its number.
    fn take<'p>(&mut self, looked: Looked<'r, 'p>) -> Option<(usize, Portion<'p>)> {
        let Looked { mut portion, description, summary, fails, refused } = looked;
        self.fails |= fails;
        self.chosen.extend(description);
        self.summary.add(&summary);
        self.refused.extend(refused);
        portion.number(&mut self.ordinals);
        (!portion.findings.is_empty()).then(|| (self.next(), portion))
    }

    /// The number of what is told next.
    fn next(&mut self) -> usize {
        self.told += 1;
        self.told - 1
    }
}

impl<'r> Portions<'r> {
    fn report(&self, together: &Project, growing: &Growing<'_>) -> Result<Run<'r>, Vec<Failure>> {
        let mut run = Run::default();
        let units = self.units(together, &mut run).into_iter().map(|(_, unit)| (unit.size(), unit));
        let tell = |(number, portion): (usize, Portion<'_>)| portion.told(number, growing);
        let told = in_order(units, AT_ONCE, |unit| self.judge(unit), |looked| Ok(run.take(looked)), tell);
        told.map_err(|failure| vec![failure])?;
        run.chosen.sort_by(|one, other| one.name.cmp(&other.name));
        self.tell_own(&mut run, growing)?;
        Ok(run)
    }

    /// What there is to look at, sorted by the names of files. What is tied together is judged here and now.
    fn units<'p>(&self, together: &'p Project, run: &mut Run<'r>) -> Vec<(String, Unit<'r, 'p>)>
    where
        'r: 'p,
    {
        let (tied, alone): (Vec<&Input>, Vec<&Input>) =
            self.inputs.candidates.iter().partition(|input| together.file(&input.name).is_some());
        let mut units: Vec<_> = alone.into_iter().map(|input| (input.name.clone(), Unit::Alone(input))).collect();
        let portions = self.tied(together, tied, run).into_iter();
        units.extend(portions.map(|(file, portion)| (file, Unit::Tied(Box::new(portion)))));
        units.sort_by(|(one, _), (other, _)| one.cmp(other));
        units
    }

    /// What is to be said about files that are tied together, one portion for each, by its name.
    fn tied<'p>(&self, project: &'p Project, inputs: Vec<&'r Input>, run: &mut Run<'r>) -> BTreeMap<String, Portion<'p>> {
        let described = inputs.into_iter().filter_map(|input| Some((input, self.job(project, input)?)));
        let (inputs, jobs): (Vec<&Input>, Vec<Job<'_>>) = described.unzip();
        let outcome = engine::lint(self.request, self.inputs, self.book, project, &jobs);
        run.fails |= self.book.fails(&inputs, &outcome);
        run.summary.add(&outcome.summary);
        run.chosen.extend(inputs);
        by_file(project, outcome)
    }

    fn job<'j>(&'j self, project: &'j Project, input: &Input) -> Option<Job<'j>> {
        let file = project.file(&input.name).filter(|file| lint::claims_to_be_description(file))?;
        Some(Job { file, settings: self.book.settings(input.config) })
    }

    /// What is to be said about a file, together with what it references: no file did that when it was looked into, but it may
    /// have changed.
    fn judge<'p>(&self, unit: Unit<'r, 'p>) -> Looked<'r, 'p> {
        let input = match unit {
            Unit::Alone(input) => input,
            Unit::Tied(portion) => return Looked::of(*portion),
        };
        let loaded = load(std::slice::from_ref(&input.name), &self.inputs.files);
        let jobs: Vec<Job<'_>> = self.job(&loaded.project, input).into_iter().collect();
        let mut outcome = engine::lint(self.request, self.inputs, self.book, &loaded.project, &jobs);
        let description = (!jobs.is_empty()).then_some(input);
        let summary = std::mem::take(&mut outcome.summary);
        let fails = self.book.fails(&[input], &outcome);
        let portion = Portion::of(Held::Own(loaded.project), outcome);
        Looked { description, summary, fails, refused: loaded.refused, ..Looked::of(portion) }
    }

    /// What is to be said about the configurations of the run.
    fn tell_own(&self, run: &mut Run<'r>, growing: &Growing<'_>) -> Result<(), Vec<Failure>> {
        let nothing = Project::default();
        let remarks = engine::remarks(self.inputs, &nothing, self.book, &run.chosen, &lint::Outcome::default());
        let settings: Vec<_> = run.chosen.iter().map(|input| self.book.settings(input.config)).collect();
        let mut own = lint::Outcome::default();
        let sources = engine::sources(&nothing, self.inputs);
        own.append(lint::own(&self.book.rules, &settings, remarks), |id| engine::name_in(&sources, id));
        run.fails |= self.book.fails(&run.chosen, &own);
        run.summary.add(&own.summary);
        if own.findings.is_empty() {
            return Ok(());
        }
        growing.add(run.next(), &own.findings, sources).map_err(|failure| vec![failure])
    }
}

/// An outcome by the files that its findings are in.
fn by_file(project: &Project, outcome: lint::Outcome) -> BTreeMap<String, Portion<'_>> {
    let sources = project.sources();
    let mut portions: BTreeMap<String, Portion<'_>> = BTreeMap::new();
    let file_of = |finding: &Finding| source_of(finding).map(|id| engine::name_in(&sources, id)).unwrap_or_default();
    let suppressed = outcome.suppressed.into_iter().map(|(suppressed, _)| suppressed.finding);
    let all = outcome.findings.into_iter().map(|finding| (finding, false)).chain(suppressed.map(|finding| (finding, true)));
    for (finding, is_suppressed) in all {
        let file = file_of(&finding);
        let nothing = || Portion::of(Held::Shared(project), lint::Outcome::default());
        let portion = portions.entry(file.to_owned()).or_insert_with(nothing);
        if is_suppressed { portion.suppressed.push(finding) } else { portion.findings.push(finding) }
    }
    portions
}

fn source_of(finding: &Finding) -> Option<SourceId> {
    finding.span().map(|span| span.source)
}
