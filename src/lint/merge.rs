//! Hits to findings: one per rule, place, status and words, in the whole run.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fingerprint::{fingerprint, lasting_operation, lasting_pointer, number_equal_ones, without_numbers};
use super::hit::{At, Hit, Use, Words};
use crate::finding::{Finding, Fix, Place, Related, Severity};
use crate::fix::{Remedy, Workshop};
use crate::openapi::Project;
use crate::rules::{Placeholders, Rule, RuleSet, Witness};
use crate::source::{Source, Span};
use crate::syntax::edit::Hindrance;

/// The most related places one finding shows.
const MOST_RELATED: usize = 20;

/// What hits are merged by; those that are suppressed stay apart from the others.
type Key = (usize, Span, Option<String>, Vec<String>, bool);

/// A finding, and what it is made of.
pub(super) struct Merge {
    pub(super) finding: Finding,
    /// The jobs that made it.
    pub(super) jobs: Vec<usize>,
    /// The suppressions that silence it.
    pub(super) allowed: Vec<usize>,
    /// Why it has no fix, where its rule knows one.
    pub(super) hindrance: Option<Hindrance>,
    /// The name of its file, by which findings are sorted.
    file: String,
    rule: usize,
}

struct Merged<'p> {
    first: Hit<'p>,
    severity: Severity,
    set_by: Option<Arc<str>>,
    uses: Vec<(usize, Use)>,
    related: Vec<Related>,
    jobs: Vec<usize>,
    remedy: Option<Remedy<'p>>,
}

/// The findings, sorted. One of which only some uses are suppressed is about the others.
pub(super) fn findings<'p>(project: &'p Project, rules: &RuleSet, hits: Vec<Hit<'p>>) -> Vec<Merge> {
    let sources = project.sources();
    let workshop = Workshop::new(project);
    let mut merged: Vec<Merged<'_>> = Vec::new();
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    for hit in hits {
        let number = *known.entry(key(&hit)).or_insert(merged.len());
        match merged.get_mut(number) {
            Some(group) => group.add(hit),
            None => merged.push(Merged::new(hit)),
        }
    }
    let is_heard = |group: &Merged<'_>| {
        let (rule, span, status, words, is_suppressed) = key(&group.first);
        !is_suppressed || !known.contains_key(&(rule, span, status, words, false))
    };
    let groups: Vec<Merged<'_>> = merged.into_iter().filter(is_heard).collect();
    let finished = groups.into_par_iter().filter_map(|group| finish(rules, &sources, &workshop, group));
    let mut findings: Vec<Merge> = finished.collect();
    findings.sort_by(|one, other| order(one).cmp(&order(other)));
    yield_places(rules, &mut findings);
    number_equal_ones(findings.iter_mut().map(|merge| &mut merge.finding));
    findings
}

fn order(merge: &Merge) -> (&str, Option<u32>, &str, &str, Option<&str>) {
    let finding = &merge.finding;
    (&merge.file, finding.span().map(|span| span.start), finding.rule.as_str(), &finding.message, finding.status.as_deref())
}

fn key(hit: &Hit<'_>) -> Key {
    let words = match &hit.words {
        Words::Clause(_, words) => words.iter().map(|(_, text)| text.clone()).collect(),
        Words::Ready(message, _) => vec![message.clone()],
    };
    (hit.rule, hit.at.span(), hit.status.clone(), words, !hit.allowed.is_empty())
}

impl<'p> Merged<'p> {
    fn new(hit: Hit<'p>) -> Self {
        let mut merged = Merged {
            severity: hit.severity,
            set_by: hit.set_by.clone(),
            uses: Vec::new(),
            related: Vec::new(),
            jobs: Vec::new(),
            remedy: hit.remedy.clone(),
            first: hit.clone(),
        };
        merged.add(hit);
        merged
    }

    fn add(&mut self, hit: Hit<'p>) {
        if hit.severity > self.severity {
            self.severity = hit.severity;
            self.set_by = hit.set_by;
        }
        self.remedy = self.remedy.take().zip(hit.remedy).and_then(|(own, other)| own.and(other));
        for (span, message) in hit.related {
            let is_new = span != self.first.at.span() && self.related.iter().all(|other| other.span != span);
            if is_new && self.related.len() < MOST_RELATED {
                self.related.push(Related { span, message });
            }
        }
        self.uses.extend(hit.operation.map(|operation| (hit.job, operation)));
        if self.jobs.last() != Some(&hit.job) {
            self.jobs.push(hit.job);
        }
    }
}

fn finish<'p>(rules: &RuleSet, sources: &[&Source], workshop: &Workshop<'p>, mut group: Merged<'p>) -> Option<Merge> {
    group.uses.sort_by_key(|(job, operation)| (*job, operation.rank));
    group.uses.dedup();
    let rule = rules.rules().get(group.first.rule)?;
    let operations: Vec<String> = group.uses.iter().map(|(_, operation)| operation.label.clone()).collect();
    let (message, help) = texts(rule, &group, operations.len());
    let (fix, hindrance) = fix(workshop, rule, &group);
    let file = sources.get(group.first.at.span().source.index())?.name().to_owned();
    let finding = Finding {
        rule: rule.id.clone(),
        severity: group.severity,
        set_by: group.set_by,
        message,
        help: help.filter(|help| !help.is_empty()),
        primary: Some(primary(&group.first)),
        related: group.related,
        status: group.first.status.clone(),
        observation: None,
        change: None,
        fix,
        fingerprint: String::new(),
        operations,
    };
    let mark = mark(rule, &group.first, &finding);
    let finding = Finding { fingerprint: mark, ..finding };
    Some(Merge { finding, jobs: group.jobs, allowed: group.first.allowed, hindrance, file, rule: group.first.rule })
}

/// The fix, or why there is none where the rule knows what to do.
fn fix<'p>(workshop: &Workshop<'p>, rule: &Rule, group: &Merged<'p>) -> (Option<Fix>, Option<Hindrance>) {
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

fn texts(rule: &Rule, group: &Merged<'_>, operations: usize) -> (String, Option<String>) {
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

fn placeholders(group: &Merged<'_>, words: &[(&'static str, String)], operations: usize) -> Placeholders {
    let first = group.uses.first().map(|(_, operation)| operation);
    let more = operations.saturating_sub(1);
    let label = match (first, more) {
        (None, _) => String::new(),
        (Some(operation), 0) => operation.label.clone(),
        (Some(operation), more) => format!("{} and {more} more", operation.label),
    };
    let of_operation = |text: fn(&Use) -> &String| first.map(text).cloned().unwrap_or_default();
    let status = group.first.status.clone().unwrap_or_default();
    let mut texts = vec![
        ("operation", label),
        ("status", named(&status)),
        ("key", status),
        ("method", of_operation(|operation| &operation.method)),
        ("template", group.first.template.clone().unwrap_or_default()),
        ("component", group.first.component.as_ref().map(|(name, _)| name.clone()).unwrap_or_default()),
        ("count", operations.to_string()),
    ];
    texts.extend(words.iter().cloned());
    Placeholders { texts }
}

/// A status in a sentence: a code stands for itself, `4XX` and `default` are names.
fn named(status: &str) -> String {
    let is_code = status.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { status.to_owned() } else { format!("`{status}`") }
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
        (Some((_, component)), ..) if !component.is_empty() && (!is_shared || pointer.starts_with(component.as_str())) => {
            component.clone()
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
