//! Hits to findings: one per rule, place, status and words, in the whole run.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fingerprint::{fingerprint, lasting_operation, lasting_pointer, number_equal_ones, without_numbers};
use super::hit::{At, Hit, Use, Words};
use super::pieces::Pieces;
use crate::finding::{Finding, Fix, Place, Related, Severity};
use crate::fix::{Remedy, Workshop};
use crate::openapi::Project;
use crate::rules::{Placeholders, Rule, RuleSet, Witness};
use crate::source::{Source, Span};
use crate::syntax::edit::Hindrance;

/// The most related places one finding shows.
const MOST_RELATED: usize = 20;

/// What hits are merged by; those that are suppressed stay apart from the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key<'h> {
    rule: usize,
    span: Span,
    status: Option<&'h str>,
    says: Says<'h>,
    is_suppressed: bool,
}

/// What a hit says that others of its rule do not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Says<'h> {
    Words(&'h [(&'static str, String)]),
    Ready(&'h str),
}

/// A finding, and what it is made of.
pub(super) struct Merge {
    pub(super) finding: Finding,
    /// The jobs that made it.
    pub(super) jobs: Vec<usize>,
    /// The suppressions that silence it.
    pub(super) allowed: Vec<usize>,
    /// Why it has no fix, where its rule knows one.
    pub(super) hindrance: Option<Hindrance>,
    rule: usize,
}

/// Hits that are one finding.
struct Merged<'h, 'p> {
    first: &'h Hit<'p>,
    severity: Severity,
    set_by: Option<&'h Arc<str>>,
    uses: Vec<(usize, &'h Use)>,
    related: Vec<&'h (Span, String)>,
    jobs: Vec<usize>,
    remedy: Option<Remedy<'p>>,
}

/// The findings, sorted. One of which only some uses are suppressed is about the others.
pub(super) fn findings<'p>(project: &'p Project, rules: &RuleSet, hits: &Pieces<Hit<'p>>) -> Vec<Merge> {
    let sources = project.sources();
    let workshop = Workshop::new(project);
    let mut merged: Vec<Merged<'_, 'p>> = Vec::new();
    let mut known: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    for hit in hits.iter() {
        let number = *known.entry(key(hit)).or_insert(merged.len());
        match merged.get_mut(number) {
            Some(group) => group.add(hit),
            None => merged.push(Merged::new(hit)),
        }
    }
    let is_heard = |group: &Merged<'_, '_>| {
        let key = key(group.first);
        !key.is_suppressed || !known.contains_key(&Key { is_suppressed: false, ..key })
    };
    let groups: Vec<Merged<'_, '_>> = merged.into_iter().filter(is_heard).collect();
    let finished = groups.into_par_iter().filter_map(|group| finish(rules, &workshop, group));
    let mut findings: Vec<Merge> = finished.collect();
    findings.sort_by(|one, other| order(&sources, one).cmp(&order(&sources, other)));
    yield_places(rules, &mut findings);
    number_equal_ones(findings.iter_mut().map(|merge| &mut merge.finding));
    findings
}

/// What findings are sorted by, the name of the file first.
fn order<'a>(sources: &[&'a Source], merge: &'a Merge) -> (&'a str, Option<u32>, &'a str, &'a str, Option<&'a str>) {
    let finding = &merge.finding;
    let span = finding.span();
    let file = span.and_then(|span| sources.get(span.source.index())).map_or("", |source| source.name());
    (file, span.map(|span| span.start), finding.rule.as_str(), &finding.message, finding.status.as_deref())
}

fn key<'h>(hit: &'h Hit<'_>) -> Key<'h> {
    let says = match &hit.words {
        Words::Clause(_, words) => Says::Words(words),
        Words::Ready(message, _) => Says::Ready(message),
    };
    let is_suppressed = !hit.allowed.is_empty();
    Key { rule: hit.rule, span: hit.at.span(), status: hit.status.as_deref(), says, is_suppressed }
}

impl<'h, 'p> Merged<'h, 'p> {
    fn new(hit: &'h Hit<'p>) -> Self {
        let mut merged = Merged {
            first: hit,
            severity: hit.severity,
            set_by: hit.set_by.as_ref(),
            uses: Vec::new(),
            related: Vec::new(),
            jobs: Vec::new(),
            remedy: hit.remedy.as_deref().cloned(),
        };
        merged.add(hit);
        merged
    }

    fn add(&mut self, hit: &'h Hit<'p>) {
        if hit.severity > self.severity {
            self.severity = hit.severity;
            self.set_by = hit.set_by.as_ref();
        }
        self.remedy = self.remedy.take().zip(hit.remedy.as_deref().cloned()).and_then(|(own, other)| own.and(other));
        for related in &hit.related {
            let is_new = related.0 != self.first.at.span() && self.related.iter().all(|other| other.0 != related.0);
            if is_new && self.related.len() < MOST_RELATED {
                self.related.push(related);
            }
        }
        self.uses.extend(hit.operation.as_ref().map(|operation| (hit.job, operation)));
        if self.jobs.last() != Some(&hit.job) {
            self.jobs.push(hit.job);
        }
    }
}

fn finish<'p>(rules: &RuleSet, workshop: &Workshop<'p>, mut group: Merged<'_, 'p>) -> Option<Merge> {
    group.uses.sort_by_key(|(job, operation)| (*job, operation.rank));
    group.uses.dedup();
    let rule = rules.rules().get(group.first.rule)?;
    let operations: Vec<String> = group.uses.iter().map(|(_, operation)| operation.label.to_string()).collect();
    let (message, help) = texts(rule, &group, operations.len());
    let (fix, hindrance) = fix(workshop, rule, &group);
    let finding = Finding {
        rule: rule.id.clone(),
        severity: group.severity,
        set_by: group.set_by.cloned(),
        message,
        help: help.filter(|help| !help.is_empty()),
        primary: Some(primary(group.first)),
        related: group.related.into_iter().map(related).collect(),
        status: group.first.status.as_deref().map(str::to_owned),
        observation: None,
        change: None,
        fix,
        fingerprint: String::new(),
        operations,
    };
    let mark = mark(rule, group.first, &finding);
    let finding = Finding { fingerprint: mark, ..finding };
    Some(Merge { finding, jobs: group.jobs, allowed: group.first.allowed.clone(), hindrance, rule: group.first.rule })
}

fn related((span, message): &(Span, String)) -> Related {
    Related { span: *span, message: message.clone() }
}

/// The fix, or why there is none where the rule knows what to do.
fn fix<'p>(workshop: &Workshop<'p>, rule: &Rule, group: &Merged<'_, 'p>) -> (Option<Fix>, Option<Hindrance>) {
    let Some(remedy) = &group.remedy else { return (None, None) };
    let words = match &group.first.words {
        Words::Clause(_, words) => words.as_slice(),
        Words::Ready(..) => &[],
    };
    match workshop.fix(rule, remedy, words) {
        Ok(fix) => (Some(fix), None),
        Err(hindrance) => (None, Some(hindrance)),
    }
}

fn primary(hit: &Hit<'_>) -> Place {
    match hit.at {
        At::Node(node) => node.place(),
        At::Span(span) => Place { span, pointer: String::new(), document: None },
    }
}

fn texts(rule: &Rule, group: &Merged<'_, '_>, operations: usize) -> (String, Option<String>) {
    let (clause, words) = match &group.first.words {
        Words::Ready(message, help) => return (message.clone(), help.clone()),
        Words::Clause(clause, words) => (rule.clauses().get(*clause), words),
    };
    let Some(clause) = clause else { return (rule.summary.clone(), None) };
    let placeholders = placeholders(group, words, operations);
    let template = clause.message.of(Witness::Declared);
    let mut message = template.render(&placeholders);
    if operations > 1 && !template.mentions(&["operation", "count"]) {
        let _ = write!(message, " (in {operations} operations)");
    }
    (message, Some(clause.help.of(Witness::Declared).render(&placeholders)))
}

fn placeholders<'h>(group: &Merged<'h, '_>, words: &'h [(&'static str, String)], operations: usize) -> Placeholders<'h> {
    let first = group.uses.first().map(|(_, operation)| operation);
    let more = operations.saturating_sub(1);
    let label = match (first, more) {
        (None, _) => Cow::Borrowed(""),
        (Some(operation), 0) => Cow::Borrowed(&*operation.label),
        (Some(operation), more) => Cow::Owned(format!("{} and {more} more", operation.label)),
    };
    let status = group.first.status.as_deref().unwrap_or_default();
    let mut texts = Vec::with_capacity(7 + words.len());
    texts.extend([
        ("operation", label),
        ("status", named(status)),
        ("key", status.into()),
        ("method", first.map_or("", |operation| operation.method.as_ref()).into()),
        ("template", group.first.template.as_deref().unwrap_or_default().into()),
        ("component", group.first.component.as_ref().map_or("", |component| &component.name).into()),
        ("count", operations.to_string().into()),
    ]);
    texts.extend(words.iter().map(|(name, text)| (*name, Cow::Borrowed(text.as_str()))));
    Placeholders { texts }
}

/// A status in a sentence: a code stands for itself, `4XX` and `default` are names.
fn named(status: &str) -> Cow<'_, str> {
    let is_code = status.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { status.into() } else { format!("`{status}`").into() }
}

/// Rule, component or operation, status and words; not the line, not the number of users.
fn mark(rule: &Rule, hit: &Hit<'_>, finding: &Finding) -> String {
    let owner = owner(hit, finding.pointer());
    let words: Vec<Cow<'_, str>> = match &hit.words {
        Words::Clause(_, words) => {
            let lasting = words.iter().filter(|(name, _)| !matches!(*name, "count" | "total" | "number"));
            lasting.map(|(_, text)| Cow::Borrowed(text.as_str())).collect()
        }
        Words::Ready(message, _) => vec![Cow::Owned(without_numbers(message))],
    };
    let status = finding.status.as_deref().unwrap_or_default();
    let mut parts = vec![rule.id.as_str(), owner.as_str(), status];
    parts.extend(words.iter().map(AsRef::as_ref));
    fingerprint(&parts)
}

/// What has the fault. Of several operations that share it none is named: which one comes first changes with their order.
fn owner(hit: &Hit<'_>, pointer: &str) -> String {
    if hit.is_of_description {
        return String::new();
    }
    let is_shared = ["/components/", "/definitions/"].iter().any(|section| pointer.starts_with(section));
    match (&hit.component, &hit.operation, hit.at) {
        (Some(component), ..) if !component.pointer.is_empty() && (!is_shared || pointer.starts_with(&component.pointer)) => {
            component.pointer.clone()
        }
        (.., At::Node(node)) if is_shared => lasting_pointer(node, pointer),
        (_, Some(operation), _) => lasting_operation(&operation.label),
        (.., At::Node(node)) => lasting_pointer(node, pointer),
        (.., At::Span(_)) => String::new(),
    }
}

/// A reader's finding is silent where a more telling rule points at the same place.
fn yield_places(rules: &RuleSet, findings: &mut Vec<Merge>) {
    let spoken: FxHashMap<(usize, Option<Span>), Severity> =
        findings.iter().map(|merge| ((merge.rule, merge.finding.span()), merge.finding.severity)).collect();
    findings.retain(|Merge { finding, rule, .. }| {
        let is_reader = rules.rules().get(*rule).is_some_and(|rule| rule.clauses().is_empty());
        let louder = |other: &usize| spoken.get(&(*other, finding.span())).is_some_and(|severity| *severity >= finding.severity);
        !is_reader || !rules.yields_to(*rule).iter().any(louder)
    });
}
