//! `--fix`, `--unsafe-fixes` and `--dry-run`: which findings may be fixed, and where the fixed texts go.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::engine::Bench;
use super::inputs::Input;
use super::request::{Chatter, Fixing, Request, Upkeep};
use super::{Failure, Inputs, failure, print};
use crate::finding::{Finding, RuleId, Safety};
use crate::fix::{self, Dropped, Examined, Fixed, Texts};
use crate::lint::Outcome;
use crate::openapi::{Project, load};
use crate::source::{Position, Source};
use crate::syntax::edit::Hindrance;
use crate::words::counted;

/// The most fixes that were left out which are told one by one.
const MOST_TOLD: usize = 10;

/// The texts that are written or shown, and how many findings they fix.
pub(super) struct Done {
    pub(super) texts: Texts,
    pub(super) count: usize,
}

/// Applies fixes in memory, round by round. Descriptions that share no file have nothing to do with each other.
pub(super) fn fix(bench: &Bench<'_>, project: &Project, fixing: Fixing) -> Result<Fixed, Vec<Failure>> {
    let quiet = &Request { chatter: Chatter::Quiet, ..bench.request.clone() };
    let judged = bench.under(quiet).judge(project, Upkeep::Read)?;
    let sources = project.sources();
    let reported = judged.outcome.findings.iter().filter_map(|finding| place(finding, &sources)).collect();
    let group =
        || Group { bench, names: Vec::new(), inputs: Vec::new(), reported: &reported, spared: None, safety: fixing.safety };
    let of_file = fix::groups(project);
    let mut groups: BTreeMap<usize, Group<'_>> = BTreeMap::new();
    for input in bench.chosen() {
        let Some(file) = project.file(&input.name) else { continue };
        let number = of_file.get(file.source().id().index()).copied().unwrap_or_default();
        groups.entry(number).or_insert_with(group).inputs.push(input);
    }
    for (source, number) in sources.iter().zip(&of_file).filter(|(source, _)| bench.inputs.has(source.name())) {
        groups.get_mut(number).into_iter().for_each(|group| group.names.push(source.name().to_owned()));
    }
    let fixed: Vec<Fixed> = groups.into_par_iter().map(|(_, group)| group.fixed()).collect();
    Ok(Fixed::together(fixed))
}

/// What tells one finding from others: rule, file, offset and what it is about.
type Place = (RuleId, String, u32, String);

fn place(finding: &Finding, sources: &[&Source]) -> Option<Place> {
    let span = finding.span()?;
    let name = sources.get(span.source.index())?.name().to_owned();
    Some((finding.rule.clone(), name, span.start, finding.mark().to_owned()))
}

/// Files that have to do with each other, while they are fixed.
struct Group<'b> {
    bench: &'b Bench<'b>,
    names: Vec<String>,
    /// The descriptions among them.
    inputs: Vec<&'b Input>,
    /// What the run reports: nothing else is fixed.
    reported: &'b FxHashSet<Place>,
    /// What was found at first and is not reported. Later, when places have moved, nothing is fixed that is of its kind.
    spared: Option<FxHashSet<(RuleId, String)>>,
    safety: Safety,
}

impl Group<'_> {
    fn fixed(mut self) -> Fixed {
        let Ok(fixed) = fix::run(self.safety, |texts: &Texts| Ok::<_, Infallible>(self.examine(texts)));
        fixed
    }

    fn examine(&mut self, texts: &Texts) -> Examined {
        let bench = self.bench;
        let project = load(&self.names, &bench.inputs.files.with(texts)).project;
        let jobs = bench.jobs(&project, self.inputs.iter().copied());
        let outcome = bench.lint(&project, &jobs);
        let may = self.may_be_fixed(&outcome.findings, &project.sources());
        let hindered = hindrances(bench, &project, &outcome, &may, self.safety);
        let descriptions = outcome.jobs.iter().chain(outcome.suppressed.iter().map(|(_, jobs)| jobs));
        let file = |&job: &usize| jobs.get(job).map(|job| job.file.source().id());
        let descriptions: Vec<_> = descriptions.map(|made_by| made_by.iter().filter_map(file).collect()).collect();
        let silenced = (0..descriptions.len()).map(|finding| finding >= outcome.findings.len()).collect();
        let suppressed = outcome.suppressed.into_iter().map(|(suppressed, _)| (suppressed.finding, false));
        let (findings, may_be_fixed) = outcome.findings.into_iter().zip(may).chain(suppressed).unzip();
        let examined = Examined::new(&project, findings, may_be_fixed, |name| may_be_changed(bench, name));
        Examined { silenced, descriptions, hindered, ..examined }
    }

    /// For each finding whether the run reports it.
    fn may_be_fixed(&mut self, findings: &[Finding], sources: &[&Source]) -> Vec<bool> {
        let kind = |finding: &Finding| (finding.rule.clone(), finding.mark().to_owned());
        if let Some(spared) = &self.spared {
            return findings.iter().map(|finding| !spared.contains(&kind(finding))).collect();
        }
        let is_reported = |finding: &Finding| place(finding, sources).is_some_and(|place| self.reported.contains(&place));
        let may: Vec<bool> = findings.iter().map(is_reported).collect();
        self.spared = Some(findings.iter().zip(&may).filter(|(_, may)| !**may).map(|(finding, _)| kind(finding)).collect());
        may
    }
}

/// Files of the project that no configuration ignores; where there is standard input, only that.
fn may_be_changed(bench: &Bench<'_>, name: &str) -> bool {
    let files = &bench.inputs.files;
    if bench.request.stdin.is_some() {
        return files.is_held(name);
    }
    files.may_write(name) && !bench.inputs.ignores(&files.working_directory().join(name))
}

/// The findings that have no fix although their rules know one as safe as wanted.
fn hindrances(bench: &Bench<'_>, project: &Project, outcome: &Outcome, may: &[bool], safety: Safety) -> Vec<Dropped> {
    let reported = outcome.findings.iter().zip(may).filter(|(_, may)| **may);
    let reported: FxHashSet<_> = reported.filter_map(|(finding, _)| Some((&finding.rule, finding.span()?))).collect();
    let sources = project.sources();
    let told = outcome.hindered.iter().filter(|(rule, span, _)| reported.contains(&(rule, *span)) && bench.cures(rule, safety));
    let dropped = |(rule, span, hindrance): &(RuleId, crate::source::Span, Hindrance)| {
        let source = sources.get(span.source.index())?;
        let (file, at) = (source.name().to_owned(), source.position(span.start));
        Some(Dropped { rule: rule.clone(), file, at, reason: hindrance.to_string() })
    };
    told.filter_map(dropped).collect()
}

/// Says on standard error what was left as it is, and why.
pub(super) fn tell(request: &Request, fixed: &Fixed) {
    if request.chatter == Chatter::Quiet {
        return;
    }
    let shown = if request.chatter == Chatter::Verbose { usize::MAX } else { MOST_TOLD };
    for Dropped { rule, file, at: Position { line, column }, reason } in fixed.dropped.iter().take(shown) {
        failure::remark(&Failure::new(format!("`{rule}` at {file}:{line}:{column} is not fixed: {reason}")));
    }
    if let Some(more) = fixed.dropped.len().checked_sub(shown).filter(|more| *more > 0) {
        failure::remark(&Failure::new(format!("{more} more findings are not fixed although their rules know how (--verbose)")));
    }
}

/// Writes the files; one that cannot be written stays as it is, and the run fails.
pub(super) fn write(inputs: &mut Inputs, before: &Project, fixed: &Fixed) -> Done {
    let mut done = Done { texts: Texts::new(), count: 0 };
    for (name, text) in &fixed.texts {
        let old = before.file(name).map_or("", |file| file.source().text());
        let written = if inputs.files.is_held(name) { Ok(()) } else { inputs.files.replace(name, old, text) };
        match written {
            Ok(()) => {
                done.texts.insert(name.clone(), text.clone());
            }
            Err(reason) => inputs.failures.push(Failure::new(format!("cannot write `{name}`: {reason}"))),
        }
    }
    let is_done = |applied: &&fix::Applied| applied.edits.iter().all(|(name, _)| done.texts.contains_key(name));
    done.count = fixed.rounds.iter().flatten().filter(is_done).count();
    done
}

/// Prints what standard input became.
pub(super) fn print_stdin(inputs: &Inputs, project: &Project) -> Result<(), Vec<Failure>> {
    let held = project.files().find(|file| inputs.files.is_held(file.source().name()));
    held.map_or(Ok(()), |file| print(file.source().text().as_bytes())).map_err(|failure| vec![failure])
}

/// Shows the changes as a diff.
pub(super) fn show(request: &Request, before: &Project, fixed: &Fixed) -> Result<Done, Vec<Failure>> {
    let mut diff = String::new();
    for (name, text) in &fixed.texts {
        let old = before.file(name).map_or("", |file| file.source().text());
        diff.push_str(&unified(name, old, text));
    }
    print(diff.as_bytes()).map_err(|failure| vec![failure])?;
    let is_above = |name: &&String| name.starts_with('/') || name.starts_with("..");
    if let Some(above) = fixed.texts.keys().find(is_above) {
        let failure = Failure::new(format!("the diff changes `{above}`, which no patch that is applied here does"));
        failure::warn(&failure.help("run this in the folder of the project"));
    }
    if request.chatter != Chatter::Quiet {
        let (count, files) = (fixed.count(), fixed.texts.len());
        failure::remark(&Failure::new(format!(
            "{} in {} would be fixed; nothing was written",
            counted(count, "finding"),
            counted(files, "file")
        )));
    }
    Ok(Done { texts: fixed.texts.clone(), count: fixed.count() })
}

/// What the diff of a file looks like in `git diff`, so that `git apply` and `patch -p1` take it. A line ends with a line feed.
fn unified(name: &str, old: &str, new: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (old, new) = (lines(old), lines(new));
    let diff = similar::TextDiff::configure().diff_slices(&old, &new);
    let mut unified = format!("--- {}\n+++ {}\n", file_in_patch("a/", name), file_in_patch("b/", name));
    for hunk in diff.unified_diff().iter_hunks() {
        let _ = writeln!(unified, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let _ = write!(unified, "{}{}", change.tag(), change.value());
            if !change.value().ends_with('\n') {
                unified.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    unified
}

/// A name as it stands in a patch: in quotes where it would not be read as it is, with a tab behind it where it has a blank.
fn file_in_patch(side: &str, name: &str) -> String {
    let is_strange = |letter: char| letter.is_control() || matches!(letter, '"' | '\\');
    if !name.contains(is_strange) {
        let end = if name.contains(' ') { "\t" } else { "" };
        return format!("{side}{name}{end}");
    }
    let escaped = name.bytes().fold(String::new(), |mut text, byte| {
        let _ = match byte {
            b'"' | b'\\' => write!(text, "\\{}", char::from(byte)),
            b' '..=b'~' => write!(text, "{}", char::from(byte)),
            _ => write!(text, "\\{byte:03o}"),
        };
        text
    });
    format!("\"{side}{escaped}\"")
}
