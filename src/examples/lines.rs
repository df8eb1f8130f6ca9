//! Noisy and missing lines: what an example marks against what the rule reports about it.

use std::collections::{BTreeMap, BTreeSet};

use super::{NAME, Problem, project_of, settings_of, traffic};
use crate::finding::{Finding, Severity};
use crate::lint::{Job, lint};
use crate::rules::{Example, Rule, RuleSet};

/// What is marked and not reported, and what is reported and not marked.
pub(super) fn check(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<Problem> {
    let found = reported(rules, rule, example);
    if !example.pointers.is_empty() {
        return check_pointers(example, &found).into_iter().collect();
    }
    let mut lines: BTreeMap<u32, Line<'_>> = BTreeMap::new();
    for (line, severity) in &example.marks {
        lines.entry(*line).or_default().expected.push(*severity);
    }
    for (line, finding) in &found {
        lines.entry(*line).or_default().found.push(finding);
    }
    let line_of = |line: u32| (line + example.line).saturating_sub(example.first_line + 1);
    lines.into_iter().filter_map(|(line, judged)| judged.problem(line_of(line), example)).collect()
}

/// A line of an example: the severity that must be reported there and what is.
#[derive(Default)]
struct Line<'f> {
    expected: Vec<Severity>,
    found: Vec<&'f Finding>,
}

impl Line<'_> {
    fn problem(&self, line: u32, example: &Example) -> Option<Problem> {
        let is_expected = |finding: &&&Finding| self.expected.contains(&finding.severity);
        let noisy: Vec<&&Finding> = self.found.iter().filter(|finding| !is_expected(finding)).collect();
        let is_found = |severity: &&Severity| self.found.iter().any(|finding| finding.severity == **severity);
        let missing: Vec<&Severity> = self.expected.iter().filter(|severity| !is_found(severity)).collect();
        let title = &example.title;
        let message = match (missing.first(), noisy.first()) {
            (None, None) => return None,
            (Some(missing), None) => format!("Missing: `{title}` must report {} here", article(**missing)),
            (None, Some(noisy)) => format!("Noisy: `{title}` reports {} here", article(noisy.severity)),
            (Some(missing), Some(noisy)) => {
                format!("Missing and Noisy: `{title}` must report {} here, not {}", article(**missing), article(noisy.severity))
            }
        };
        let expected = missing.iter().map(|severity| format!("- {severity}"));
        let found =
            noisy.iter().map(|finding| format!("+ {}: {} (at `{}`)", finding.severity, finding.message, finding.pointer()));
        Some(Problem { line, message, difference: expected.chain(found).collect(), help: None })
    }
}

fn check_pointers(example: &Example, found: &[(u32, Finding)]) -> Option<Problem> {
    let pointers: BTreeSet<&str> = found.iter().map(|(_, finding)| finding.pointer()).collect();
    let wanted: BTreeSet<&str> = example.pointers.iter().map(String::as_str).collect();
    let missing: Vec<String> = wanted.difference(&pointers).map(|pointer| format!("- {pointer}")).collect();
    let noisy: Vec<String> = pointers.difference(&wanted).map(|pointer| format!("+ {pointer}")).collect();
    let word = match (missing.is_empty(), noisy.is_empty()) {
        (true, true) => return None,
        (false, true) => "Missing",
        (true, false) => "Noisy",
        (false, false) => "Missing and Noisy",
    };
    let message = format!("{word}: `{}` is not reported where its `at` says", example.title);
    Some(Problem { line: example.line, message, difference: [missing, noisy].concat(), help: None })
}

fn article(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Note => "a note",
    }
}

/// What the rule alone reports about an example, each with its line.
fn reported(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<(u32, Finding)> {
    if example.traffic.is_some() {
        return traffic::reported(rules, rule, example);
    }
    let project = project_of(example);
    let settings = settings_of(rule, example);
    let Some(file) = project.file(NAME) else { return Vec::new() };
    let outcome = lint(&project, rules, &[Job { file, settings: &settings }]);
    let of_rule = outcome.findings.into_iter().filter(|finding| finding.rule == rule.id);
    let line = |finding: &Finding| Some(file.source().position(finding.span()?.start).line);
    of_rule.filter_map(|finding| Some((line(&finding)?, finding))).collect()
}
