//! Hits to findings: one per rule, place, status and words, in the whole run.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::fingerprint::{fingerprint, lasting_operation, lasting_pointer, number_equal_ones, without_numbers};
use super::hit::{At, Hit, Use, Words};
use super::made_by::MadeBy;
use super::pieces::Pieces;
use crate::finding::{Finding, Fix, Place, Related, Severity};
use crate::fix::{Remedy, Workshop};
use crate::openapi::Project;
use crate::rules::{Placeholders, Rule, RuleSet, Witness};
use crate::source::{Source, SourceId, Span};
use crate::syntax::edit::Hindrance;

/// The most related places one finding shows.
const MOST_RELATED: usize = 20;

/// How many findings are made at once. The hits that they are made of, which take as much memory, go before the next ones come.
const AT_ONCE: usize = 4_096;

/// A hit among those it is merged with; those that are suppressed stay apart from the others.
#[derive(Clone, Copy)]
struct Key<'h, 'p> {
    hit: &'h Hit<'p>,
    is_suppressed: bool,
}

/// What a hit says that others of its rule do not.
#[derive(PartialEq, Eq, Hash)]
enum Says<'h> {
    Words(usize, &'h [(&'static str, String)]),
    Ready(&'h str),
}

/// Findings, sorted, and of each where it comes from: apart, because the findings stay where they are.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) findings: Vec<Finding>,
    pub(super) origins: Vec<Origin>,
}

/// What a finding is made of.
#[derive(Clone)]
pub(super) struct Origin {
    /// The jobs that made it.
    pub(super) jobs: MadeBy,
    /// The suppressions that silence it.
    pub(super) allowed: Vec<usize>,
    /// Why it has no fix, where its rule knows one.
    pub(super) hindrance: Option<Hindrance>,
    rule: usize,
}

/// Hits that are one finding, by their numbers.
struct Group {
    first: usize,
    /// Most findings have no others.
    others: Vec<usize>,
}

/// Hits that are one finding.
struct Merged<'r, 'p> {
    rule: &'r Rule,
    first: Box<Hit<'p>>,
    others: Vec<Hit<'p>>,
}

/// The findings, sorted. One of which only some uses are suppressed is about the others.
pub(super) fn findings<'p>(project: &'p Project, rules: &RuleSet, hits: Pieces<Hit<'p>>) -> Findings {
    let hits: Vec<Box<Hit<'p>>> = hits.into_iter().map(Box::new).collect();
    let groups = groups(&project.sources(), rules, &hits);
    let mut hits: Vec<Option<Box<Hit<'p>>>> = hits.into_iter().map(Some).collect();
    let workshop = Workshop::new(project);
    let mut all = Findings::with_capacity(groups.len());
    let mut next = Findings::default();
    for some in groups.chunks(AT_ONCE) {
        let some: Vec<Merged<'_, 'p>> = some.iter().filter_map(|group| Merged::of(group, rules, &mut hits)).collect();
        let made = some.into_par_iter().map(|merged| finish(&workshop, &merged));
        made.unzip_into_vecs(&mut next.findings, &mut next.origins);
        all.append(&mut next);
    }
    all.sort_equal_ones();
    all.yield_places(rules);
    number_equal_ones(all.findings.iter_mut());
    all
}

impl Findings {
    fn with_capacity(count: usize) -> Self {
        Findings { findings: Vec::with_capacity(count), origins: Vec::with_capacity(count) }
    }

    fn append(&mut self, next: &mut Findings) {
        self.findings.append(&mut next.findings);
        self.origins.append(&mut next.origins);
    }

    /// Sorts those of one rule at one place by their words. Nearly always there is one.
    fn sort_equal_ones(&mut self) {
        let mut origins = self.origins.iter_mut();
        for equal in self.findings.chunk_by_mut(|one, other| place(one) == place(other) && one.rule == other.rule) {
            let of_them = origins.by_ref().take(equal.len());
            if equal.is_sorted_by_key(texts_of) {
                of_them.for_each(drop);
                continue;
            }
            let mut pairs: Vec<(&mut Finding, &mut Origin)> = equal.iter_mut().zip(of_them).collect();
            let mut sorted: Vec<(Finding, Origin)> =
                pairs.iter().map(|(one, origin)| ((*one).clone(), (*origin).clone())).collect();
            sorted.sort_by(|(one, _), (other, _)| texts_of(one).cmp(&texts_of(other)));
            for (place, one) in pairs.iter_mut().zip(sorted) {
                (*place.0, *place.1) = one;
            }
        }
    }

    /// A reader's finding is silent where a more telling rule points at the same place.
    fn yield_places(&mut self, rules: &RuleSet) {
        let is_reader = |rule: usize| rules.rules().get(rule).is_some_and(|rule| rule.clauses().is_empty());
        let all = || self.origins.iter().map(|origin| origin.rule).zip(&self.findings);
        // There are few of these, and very many findings.
        let readers = all().map(|(rule, _)| rule).filter(|rule| is_reader(*rule));
        let telling: FxHashSet<usize> = readers.flat_map(|rule| rules.yields_to(rule)).copied().collect();
        if telling.is_empty() {
            return;
        }
        let spoken = all().filter(|(rule, _)| telling.contains(rule));
        let spoken: FxHashMap<(usize, Option<Span>), Severity> =
            spoken.map(|(rule, finding)| ((rule, finding.span()), finding.severity)).collect();
        let is_silent = |(rule, finding): (usize, &Finding)| {
            let louder = |other: &usize| spoken.get(&(*other, finding.span())).is_some_and(|loud| *loud >= finding.severity);
            is_reader(rule) && rules.yields_to(rule).iter().any(louder)
        };
        let silent: Vec<bool> = all().map(is_silent).collect();
        self.retain(|number| !silent.get(number).copied().unwrap_or(false));
    }

    fn retain(&mut self, stays: impl Fn(usize) -> bool) {
        let mut numbers = 0..;
        self.findings.retain(|_| numbers.next().is_some_and(&stays));
        let mut numbers = 0..;
        self.origins.retain(|_| numbers.next().is_some_and(&stays));
    }
}

/// The hits of each finding, sorted like the findings, but for those of one rule at one place: the words that decide between them
/// are not there yet.
#[expect(clippy::mutable_key_type, reason = "nothing that hits are compared by can change")]
fn groups(sources: &[&Source], rules: &RuleSet, hits: &[Box<Hit<'_>>]) -> Vec<Group> {
    let mut groups: Vec<(&Hit<'_>, Group)> = Vec::with_capacity(hits.len());
    let mut known: FxHashMap<Key<'_, '_>, usize> = FxHashMap::with_capacity_and_hasher(hits.len(), FxBuildHasher);
    for (number, hit) in hits.iter().enumerate() {
        let group = *known.entry(Key::of(hit)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some((_, group)) => group.others.push(number),
            None => groups.push((hit, Group { first: number, others: Vec::new() })),
        }
    }
    groups.retain(|(first, _)| {
        let key = Key::of(first);
        !key.is_suppressed || !known.contains_key(&Key { is_suppressed: false, ..key })
    });
    groups.sort_by(|(one, _), (other, _)| order(sources, rules, one, other));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// How findings are sorted, the name of the file first.
fn order(sources: &[&Source], rules: &RuleSet, one: &Hit<'_>, other: &Hit<'_>) -> Ordering {
    let (span, other_span) = (one.at.span(), other.at.span());
    let name = |span: Span| sources.get(span.source.index()).map_or("", |source| source.name());
    let files = if span.source == other_span.source { Ordering::Equal } else { name(span).cmp(name(other_span)) };
    let id = |hit: &Hit<'_>| rules.rules().get(hit.rule).map(|rule| &rule.id);
    files.then(span.start.cmp(&other_span.start)).then_with(|| id(one).cmp(&id(other)))
}

fn place(finding: &Finding) -> Option<(SourceId, u32)> {
    finding.span().map(|span| (span.source, span.start))
}

/// What findings of one rule at one place are sorted by.
fn texts_of(finding: &Finding) -> (&str, Option<&str>) {
    (&finding.message, finding.status.as_deref())
}

impl<'h, 'p> Key<'h, 'p> {
    fn of(hit: &'h Hit<'p>) -> Self {
        Key { hit, is_suppressed: !hit.allowed.is_empty() }
    }

    /// All that has to be equal.
    fn parts(self) -> (usize, Span, Option<&'h str>, Says<'h>, bool) {
        let says = match &self.hit.words {
            Words::Ready(said) => Says::Ready(&said.0),
            Words::Clause(clause, words) => Says::Words(*clause, words),
            Words::Withheld(clause, _) => Says::Words(*clause, &[]),
        };
        (self.hit.rule, self.hit.at.span(), self.hit.status.as_deref(), says, self.is_suppressed)
    }
}

impl PartialEq for Key<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Key<'_, '_> {}

impl Hash for Key<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl<'r, 'p> Merged<'r, 'p> {
    /// Takes the hits of a group; none for those of an unknown rule.
    fn of(group: &Group, rules: &'r RuleSet, hits: &mut [Option<Box<Hit<'p>>>]) -> Option<Self> {
        let mut take = |number: usize| hits.get_mut(number).and_then(Option::take);
        let first = take(group.first)?;
        let rule = rules.rules().get(first.rule)?;
        let others = group.others.iter().filter_map(|&number| take(number).map(|hit| *hit)).collect();
        Some(Merged { rule, first, others })
    }

    fn hits(&self) -> impl Iterator<Item = &Hit<'p>> {
        std::iter::once(&*self.first).chain(&self.others)
    }

    /// The first of those with the highest severity.
    fn worst(&self) -> &Hit<'p> {
        self.hits().fold(&self.first, |worst, hit| if hit.severity > worst.severity { hit } else { worst })
    }

    /// The operations that fail, in document order, each with its job.
    fn uses(&self) -> Vec<(usize, &Use)> {
        let mut uses: Vec<_> = self.hits().filter_map(|hit| Some((*hit.jobs.first()?, hit.operation.as_ref()?))).collect();
        uses.sort_by_key(|(job, operation)| (*job, operation.rank));
        uses.dedup();
        uses
    }

    fn jobs(&self) -> MadeBy {
        if self.others.is_empty() {
            return self.first.jobs.clone();
        }
        let mut jobs: Vec<usize> = self.hits().flat_map(|hit| hit.jobs.iter().copied()).collect();
        jobs.sort_unstable();
        jobs.dedup();
        jobs.into()
    }

    fn related(&self) -> Vec<Related> {
        let mut related: Vec<Related> = Vec::new();
        for (span, message) in self.hits().flat_map(|hit| &hit.related) {
            let is_new = *span != self.first.at.span() && related.iter().all(|other| other.span != *span);
            if is_new && related.len() < MOST_RELATED {
                related.push(Related { span: *span, message: message.clone() });
            }
        }
        related
    }

    /// What all of them need; none where they do not agree.
    fn remedy(&self) -> Option<Remedy<'p>> {
        let own = self.first.remedy.as_deref().cloned()?;
        self.others.iter().try_fold(own, |own, hit| own.and(hit.remedy.as_deref().cloned()?))
    }
}

fn finish<'p>(workshop: &Workshop<'p>, group: &Merged<'_, 'p>) -> (Finding, Origin) {
    let (rule, worst, uses) = (group.rule, group.worst(), group.uses());
    let operations: Vec<String> = uses.iter().map(|(_, operation)| operation.label.to_string()).collect();
    let (message, help) = texts(group, &uses);
    let (fix, hindrance) = fix(workshop, group);
    let finding = Finding {
        rule: rule.id.clone(),
        severity: worst.severity,
        set_by: worst.set_by.clone(),
        message,
        help: help.filter(|help| !help.is_empty()),
        primary: Some(primary(&group.first)),
        related: group.related(),
        status: group.first.status.as_deref().map(str::to_owned),
        observation: None,
        change: None,
        fix,
        fingerprint: String::new(),
        operations,
    };
    let mark = mark(rule, &group.first, &finding);
    let allowed = group.first.allowed.to_vec();
    (Finding { fingerprint: mark, ..finding }, Origin { jobs: group.jobs(), allowed, hindrance, rule: group.first.rule })
}

/// The fix, or why there is none where the rule knows what to do.
fn fix<'p>(workshop: &Workshop<'p>, group: &Merged<'_, 'p>) -> (Option<Box<Fix>>, Option<Hindrance>) {
    let Some(remedy) = group.remedy() else { return (None, None) };
    match workshop.fix(group.rule, &remedy, group.first.words.named()) {
        Ok(fix) => (Some(Box::new(fix)), None),
        Err(hindrance) => (None, Some(hindrance)),
    }
}

fn primary(hit: &Hit<'_>) -> Place {
    match hit.at {
        At::Node(node) => node.place(),
        At::Span(span) => Place { span, pointer: String::new(), document: None },
    }
}

fn texts(group: &Merged<'_, '_>, uses: &[(usize, &Use)]) -> (String, Option<String>) {
    let clause = match &group.first.words {
        Words::Ready(said) => return (**said).clone(),
        Words::Clause(clause, _) | Words::Withheld(clause, _) => group.rule.clauses().get(*clause),
    };
    let Some(clause) = clause else { return (group.rule.summary.clone(), None) };
    let placeholders = placeholders(&group.first, group.first.words.named(), uses);
    let template = clause.message.of(Witness::Declared);
    let mut message = template.render(&placeholders);
    if uses.len() > 1 && !template.mentions(&["operation", "count"]) {
        let _ = write!(message, " (in {} operations)", uses.len());
    }
    (message, Some(clause.help.of(Witness::Declared).render(&placeholders)))
}

fn placeholders<'h>(hit: &'h Hit<'_>, words: &'h [(&'static str, String)], uses: &[(usize, &'h Use)]) -> Placeholders<'h> {
    let first = uses.first().map(|(_, operation)| *operation);
    let label = match (first, uses.len().saturating_sub(1)) {
        (None, _) => Cow::Borrowed(""),
        (Some(operation), 0) => Cow::Borrowed(&*operation.label),
        (Some(operation), more) => Cow::Owned(format!("{} and {more} more", operation.label)),
    };
    let status = hit.status.as_deref().unwrap_or_default();
    let mut texts = Vec::with_capacity(7 + words.len());
    texts.extend([
        ("operation", label),
        ("status", named(status)),
        ("key", status.into()),
        ("method", first.map_or("", |operation| operation.method.as_ref()).into()),
        ("template", hit.template.as_deref().unwrap_or_default().into()),
        ("component", hit.component.as_ref().map_or("", |component| &component.name).into()),
        ("count", uses.len().to_string().into()),
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
        Words::Ready(said) => vec![Cow::Owned(without_numbers(&said.0))],
        words => {
            let lasting = words.named().iter().filter(|(name, _)| !matches!(*name, "count" | "total" | "number"));
            lasting.map(|(_, text)| Cow::Borrowed(text.as_str())).collect()
        }
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
