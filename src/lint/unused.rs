//! Suppressions that silence nothing.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::JobOutcome;
use super::hit::{At, Hit, Words};
use super::made_by::MadeBy;
use super::pieces::Pieces;
use super::profiles::Profiles;
use super::reach::Audiences;
use super::seen::{Knowledge, Seen};
use crate::openapi::Project;
use crate::rules::RuleSet;
use crate::source::{SourceId, Span};
use crate::strict::nearest;
use crate::suppress::{Allowance, Scope, Suppressions};

/// The rule that reports them.
const RULE: &str = "unused-suppression";

/// How many lines away a finding may be to be what a misplaced comment means.
const NEAR: u32 = 40;

/// Everything that was looked at.
pub(super) struct Run<'r, 'p> {
    pub(super) project: &'p Project,
    pub(super) rules: &'r RuleSet,
    pub(super) suppressions: &'r Suppressions,
    pub(super) knowledge: &'r Knowledge<'r>,
    pub(super) seen: &'r Seen,
    /// All that was found.
    pub(super) hits: &'r Pieces<Hit<'p>>,
    pub(super) profiles: &'r [Arc<Profiles>],
    pub(super) outcomes: &'r [JobOutcome<'p>],
}

/// Offsets in files, sorted, by rule.
type Places = FxHashMap<(usize, SourceId), Vec<u32>>;

/// What the suppressions are held against.
struct Against {
    /// Findings that nothing suppresses.
    loud: Places,
    /// Where it could not be told whether there is one.
    doubts: Places,
}

/// A report about a suppression: where, and what it says.
struct Remark {
    place: Span,
    node: Option<u32>,
    message: String,
    help: String,
}

/// Reports suppressions that are misspelt or silence nothing. They can be allowed like everything else.
pub(super) fn hits<'p>(run: &Run<'_, 'p>, audiences: &mut Audiences<'_, 'p>) -> Vec<Hit<'p>> {
    let Some(rule) = run.rules.index_of(RULE).filter(|_| !run.suppressions.is_empty()) else { return Vec::new() };
    let mut used: FxHashSet<usize> = run.hits.iter().flat_map(|hit| hit.allowed.iter().copied()).collect();
    let loud = run.hits.iter().filter(|hit| hit.allowed.is_empty());
    let doubts = run.outcomes.iter().flat_map(|job| job.doubts.iter().copied());
    let against = Against { loud: places(loud.map(|hit| (hit.rule, hit.at.span()))), doubts: places(doubts) };
    let all = || run.suppressions.allowances().iter().enumerate();
    let mistakes = run.suppressions.mistakes().iter().map(|mistake| Remark {
        place: mistake.span,
        node: None,
        message: mistake.message.clone(),
        help: mistake.help.clone(),
    });
    let is_used = |used: &FxHashSet<usize>, index: usize| used.contains(&run.suppressions.first_like(index));
    let others = all().filter(|(index, one)| one.rule != RULE && !is_used(&used, *index));
    let mut remarks: Vec<Remark> = others.filter_map(|(_, one)| remark(run, &against, one)).collect();
    remarks.extend(mistakes);
    let mut found: Vec<Hit<'p>> = remarks.iter().flat_map(|remark| of_jobs(run, audiences, rule, remark)).collect();
    used.extend(found.iter().flat_map(|hit| hit.allowed.iter().copied()));
    let own = all().filter(|(index, one)| one.rule == RULE && !is_used(&used, *index));
    let own: Vec<Remark> = own.filter_map(|(_, one)| remark(run, &against, one)).collect();
    found.extend(own.iter().flat_map(|remark| of_jobs(run, audiences, rule, remark)));
    found
}

/// What is to be said about an allowance that was not used; nothing where it cannot be known.
fn remark(run: &Run<'_, '_>, against: &Against, one: &Allowance) -> Option<Remark> {
    let said = |message, help| Some(Remark { place: one.span, node: one.node, message, help });
    let Some(rule) = run.rules.index_of(&one.rule) else {
        let message = format!("there is no rule `{}`, so nothing is silenced here", one.rule);
        return if run.knowledge.all_rules { said(message, advice(run, one)) } else { None };
    };
    let doubts = against.doubts.get(&(rule, one.span.source)).map(Vec::as_slice).unwrap_or_default();
    let doubt = doubts.get(doubts.partition_point(|&at| at < one.scope.range().start));
    if !run.seen.would_tell(one.span.source, rule) || doubt.is_some_and(|&at| one.scope.covers(at)) {
        return None;
    }
    let place = match &one.scope {
        Scope::Line { number, .. } => format!("line {number}"),
        Scope::Object { .. } => "this object".to_owned(),
    };
    let near = near(run, against, rule, one)
        .map_or_else(String::new, |line| format!("; the finding in line {line} needs it on its own line or right above"));
    said(format!("`{}` has nothing to say about {place}, so allowing it does nothing", one.rule), format!("remove it{near}"))
}

fn advice(run: &Run<'_, '_>, one: &Allowance) -> String {
    match nearest(&one.rule, &run.rules.ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if one.node.is_none() && one.reason.is_none() => {
            "`statusquo rules` lists them; a reason stands behind ` -- `".to_owned()
        }
        None => "`statusquo rules` lists them".to_owned(),
    }
}

/// The line of the nearest finding that a misplaced comment may mean.
fn near(run: &Run<'_, '_>, against: &Against, rule: usize, one: &Allowance) -> Option<u32> {
    let Scope::Line { number, bytes } = &one.scope else { return None };
    let places = against.loud.get(&(rule, one.span.source))?;
    let source = run.project.files().nth(one.span.source.index())?.source();
    let behind = places.partition_point(|&at| at < bytes.start);
    let around = [behind.checked_sub(1), Some(behind)].into_iter().flatten().filter_map(|index| places.get(index));
    let line = around.map(|&at| source.position(at).line).min_by_key(|line| line.abs_diff(*number))?;
    (line.abs_diff(*number) <= NEAR).then_some(line)
}

fn places(found: impl Iterator<Item = (usize, Span)>) -> Places {
    let mut places = Places::default();
    for (rule, span) in found {
        places.entry((rule, span.source)).or_default().push(span.start);
    }
    for list in places.values_mut() {
        list.sort_unstable();
    }
    places
}

/// The same report for all descriptions that use the file, as their settings want it.
fn of_jobs<'p>(run: &Run<'_, 'p>, audiences: &mut Audiences<'_, 'p>, rule: usize, remark: &Remark) -> Vec<Hit<'p>> {
    let Some(file) = run.project.files().nth(remark.place.source.index()) else { return Vec::new() };
    let at = remark.node.map_or(At::Span(remark.place), |node| At::Node(file.node(node)));
    let allowed = run.suppressions.covering(RULE, remark.place, &[]);
    let hit = |jobs: &MadeBy| {
        let part = run.profiles.get(*jobs.first()?)?.part(remark.place.source, rule)?;
        let own = run.rules.rules().get(rule)?.grade();
        let grade = part.set.unwrap_or(own);
        let set_by = part.origin.clone().filter(|_| grade != own);
        let words = Words::ready(remark.message.clone(), Some(remark.help.clone()));
        Some(Hit { set_by, allowed: allowed.clone().into(), jobs: jobs.clone(), ..Hit::new(rule, grade.severity()?, at, words) })
    };
    audiences.of(file).iter().filter_map(hit).collect()
}
