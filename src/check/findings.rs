//! From what was gathered to findings.

use std::borrow::Cow;

use super::breach::Words;
use super::checker::Checker;
use super::description::Description;
use super::gathering::{Gathering, Group};
use crate::facts::{OperationFact, Role};
use crate::finding::{Coverage, Finding, Related, RuleId, Severity, Summary};
use crate::http::status::StatusKey;
use crate::lint::{self, lasting_operation, number_equal_ones};
use crate::openapi::Project;
use crate::rules::{Placeholders, Rule, Witness};
use crate::suppress::Suppressions;
use crate::syntax::Node;

/// What came out of a check.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings and numbers, as those of `lint`.
    pub lint: lint::Outcome,
    /// Which described responses were used; none without a description.
    pub coverage: Option<Coverage>,
    /// For each rule how many breaches found no room among the findings.
    pub left_out: Vec<(RuleId, u64)>,
}

impl<'p> Gathering<'p> {
    /// The findings of everything that was taken in.
    pub fn finish(mut self, checker: &Checker<'_, 'p>, project: &'p Project) -> Outcome {
        let suppressions = Suppressions::of(project.files());
        let mut outcome = Outcome::default();
        for Found { finding, description, allowed } in self.found(checker, project, &suppressions) {
            let job = checker.descriptions.get(description).map_or(0, |description| description.job);
            outcome.lint.take_one(finding, lint::MadeBy::One(job), &allowed, &suppressions);
        }
        outcome.lint.count();
        self.summarise(checker, &mut outcome.lint.summary);
        outcome.coverage = checker.options.is_described.then(|| self.tally.coverage(&checker.descriptions));
        outcome.left_out = self.left_out.into_iter().filter_map(|(rule, count)| Some((checker.id(rule)?, count))).collect();
        outcome.left_out.sort_unstable();
        outcome
    }

    /// The findings in order. What belongs to the traffic of somebody else is left out.
    fn found(&mut self, checker: &Checker<'_, 'p>, project: &'p Project, suppressions: &Suppressions) -> Vec<Found> {
        let groups = std::mem::take(&mut self.groups);
        let is_ours = |group: &Group<'_>| group.origin.as_deref().is_none_or(|origin| !self.origins.is_elsewhere(origin));
        let mut found: Vec<Found> = Vec::new();
        for group in groups.into_iter().filter(is_ours) {
            let allowed = checker.allowed(suppressions, &group);
            let description = group.description;
            found.extend(checker.finding(&group).map(|finding| Found { finding, description, allowed }));
        }
        let never = self.never_observed(checker);
        found.extend(never.map(|(finding, description)| Found { finding, description, allowed: Vec::new() }));
        let names = project.sources();
        found.sort_by(|one, other| order(&names, &one.finding).cmp(&order(&names, &other.finding)));
        number_equal_ones(found.iter_mut().map(|found| &mut found.finding));
        found
    }
}

/// A finding with the description whose settings count, and the suppressions that silence it.
struct Found {
    finding: Finding,
    description: usize,
    allowed: Vec<usize>,
}

/// By file or recording, place, rule and words.
fn order<'f>(names: &[&'f crate::source::Source], finding: &'f Finding) -> (&'f str, u64, &'f str, &'f str, Option<&'f str>) {
    let (file, start) = match (finding.span(), &finding.observation) {
        (Some(span), _) => (names.get(span.source.index()).map_or("", |source| source.name()), u64::from(span.start)),
        (None, Some(observation)) => (observation.first.recording.as_str(), observation.first.index),
        (None, None) => ("", 0),
    };
    (file, start, finding.rule.as_str(), &finding.message, finding.status.as_deref())
}

impl<'p> Gathering<'p> {
    /// A note for each described response that nothing used, where something was used at all.
    fn never_observed<'a>(&'a self, checker: &'a Checker<'_, 'p>) -> impl Iterator<Item = (Finding, usize)> + 'a {
        let is_telling = checker.options.is_described && self.numbers.matched > 0;
        let descriptions = checker.descriptions.iter().enumerate().filter(move |_| is_telling);
        descriptions.flat_map(move |(number, description)| {
            let operations = description.api.operations.iter().filter(|operation| operation.role == Role::Server);
            let responses = operations.flat_map(move |operation| operation.responses.clone());
            let unused = responses.filter(move |response| !self.tally.is_used(description, number, *response));
            unused.filter_map(move |response| Some((checker.never_observed(description, response)?, number)))
        })
    }

    fn summarise(&self, checker: &Checker<'_, 'p>, summary: &mut Summary) {
        let files = checker.descriptions.iter().map(Description::file).collect::<std::collections::BTreeSet<_>>();
        let operations = checker.descriptions.iter().map(|description| description.api.operations.len()).sum();
        if checker.options.is_described {
            (summary.files, summary.operations, summary.judged) = (files.len(), operations, operations);
            summary.responses = checker.descriptions.iter().map(|description| description.api.responses.len()).sum();
        }
        summary.unknown = self.unknown.len();
        let mut by_rule: Vec<(usize, usize)> = Vec::new();
        for (rule, _) in &self.unknown {
            match by_rule.iter_mut().find(|(other, _)| other == rule) {
                Some((_, count)) => *count += 1,
                None => by_rule.push((*rule, 1)),
            }
        }
        by_rule.sort_unstable();
        summary.unknown_by_rule = by_rule.iter().filter_map(|(rule, count)| Some((checker.id(*rule)?, *count))).collect();
        summary.traffic = Some(self.numbers.clone());
    }
}

impl<'p> Checker<'_, 'p> {
    fn id(&self, rule: usize) -> Option<RuleId> {
        self.rules.rules().get(rule).map(|rule| rule.id.clone())
    }

    /// The suppressions in descriptions that cover a group.
    fn allowed(&self, suppressions: &Suppressions, group: &Group<'p>) -> Vec<usize> {
        let Some(description) = self.descriptions.get(group.description) else { return Vec::new() };
        let Some(at) = group.breach.at else { return Vec::new() };
        let whose = (group.operation, group.response);
        lint::covering(self.rules, suppressions, &description.api, group.breach.rule, at, whose)
    }

    fn finding(&self, group: &Group<'p>) -> Option<Finding> {
        let rule = self.rules.rules().get(group.breach.rule)?;
        let (message, help) = self.texts(rule, group);
        let operation = self.descriptions.get(group.description)?.api.operations.get(group.operation.unwrap_or(usize::MAX));
        let status = group.observation.first.status.map(|status| status.to_string());
        let label = operation.map(|operation| operation.label.to_string());
        let owner = lasting_operation(&self::label(group, operation));
        let parts = [rule.id.as_str(), &owner, status.as_deref().unwrap_or_default(), &lasting(&group.breach.detail)];
        let related = group.breach.related.iter().map(|(span, message)| Related { span: *span, message: message.clone() });
        Some(Finding {
            rule: rule.id.clone(),
            severity: group.breach.severity,
            set_by: group.breach.set_by.clone(),
            message,
            help: help.filter(|help| !help.is_empty()),
            primary: group.breach.at.map(Node::place),
            related: related.collect(),
            operations: label.into_iter().collect(),
            fingerprint: lint::fingerprint(&parts),
            status,
            observation: Some(Box::new(group.observation.clone())),
            change: None,
            fix: None,
        })
    }

    fn texts(&self, rule: &Rule, group: &Group<'p>) -> (String, Option<String>) {
        let (clause, words) = match &group.breach.words {
            Words::Ready(message, help) => return (message.clone(), help.clone()),
            Words::Clause(number, words) => (rule.clauses().get(*number), words),
        };
        let Some(clause) = clause else { return (rule.summary.clone(), None) };
        let placeholders = self.placeholders(group, words);
        let (message, help) = (clause.message.of(Witness::Observed), clause.help.of(Witness::Observed));
        (message.render(&placeholders), Some(help.render(&placeholders)))
    }

    fn placeholders<'a>(&self, group: &'a Group<'p>, words: &'a [(&'static str, String)]) -> Placeholders<'a> {
        let first = &group.observation.first;
        let api = self.descriptions.get(group.description).map(|description| &description.api);
        let operation = api.and_then(|api| api.operations.get(group.operation?));
        let label = label(group, operation);
        let mut texts = vec![
            ("operation", Cow::Owned(label)),
            ("status", Cow::Owned(first.status.map(|status| status.to_string()).unwrap_or_default())),
            ("key", group.observation.response.as_deref().unwrap_or_default().into()),
            ("method", first.method.as_deref().unwrap_or_default().into()),
            ("template", first.path.as_deref().unwrap_or_default().into()),
            ("component", Cow::Borrowed("")),
            ("count", Cow::Owned(group.observation.count.to_string())),
        ];
        texts.extend(words.iter().map(|(name, text)| (*name, Cow::Borrowed(text.as_str()))));
        Placeholders { texts }
    }

    fn never_observed(&self, description: &Description<'p>, response: usize) -> Option<Finding> {
        let fact = description.api.responses.get(response).filter(|fact| fact.status != StatusKey::Invalid)?;
        let operation = description.api.operation_of(fact)?;
        let rule = self.rules.get("response-never-observed")?;
        let index = self.rules.index_of("response-never-observed")?;
        let file = fact.key.file().source().id();
        let (severity, set_by) = description.severity(self.rules, file, index, Severity::Note)?;
        let parts = [rule.id.as_str(), &lasting_operation(&operation.label), fact.text()];
        Some(Finding {
            rule: rule.id.clone(),
            severity,
            set_by,
            message: format!("no exchange used the `{}` of {}", fact.text(), operation.label),
            help: Some("record traffic that provokes it, or drop what the server never sends".to_owned()),
            primary: Some(fact.key.place()),
            related: Vec::new(),
            operations: vec![operation.label.to_string()],
            fingerprint: lint::fingerprint(&parts),
            status: Some(fact.text().to_owned()),
            observation: None,
            change: None,
            fix: None,
        })
    }
}

/// What was asked: the described operation; HEAD that was answered as described for GET, and a method that is not described, with the
/// path; else the shape of the path.
fn label(group: &Group<'_>, operation: Option<&OperationFact<'_>>) -> String {
    let first = &group.observation.first;
    let is_own = |operation: &OperationFact<'_>| {
        first.method.as_ref().is_some_and(|method| method.eq_ignore_ascii_case(&operation.method))
    };
    let is_described = operation.is_some_and(is_own);
    match (operation, &first.method, &first.path) {
        (Some(operation), ..) if is_described => operation.label.to_string(),
        (_, Some(method), Some(path)) => format!("{method} {path}"),
        _ => group.shape.clone().unwrap_or_default(),
    }
}

/// What of a detail survives edits of the description: the places of nodes do not.
fn lasting(detail: &str) -> String {
    let is_place = |line: &&str| line.split_once(':').is_some_and(|(file, node)| is_number(file) && is_number(node));
    detail.lines().filter(|line| !is_place(line)).collect::<Vec<_>>().join("\n")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
