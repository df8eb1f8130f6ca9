//! Runs the examples of rules: what must be reported is, what must not is not, and every example proves something.

use std::collections::BTreeSet;

use super::rows::{self, Running};
use super::{Job, lint};
use crate::facts::{Api, api};
use crate::finding::Severity;
use crate::openapi::{Project, load, version_of};
use crate::provider::InMemory;
use crate::rules::{
    Example, Grade, Mutation, Noun, OptionValue, Part, Reporter, Row, Rule, RuleSet, Setting, Settings, Subject, Verdict, judge,
};
use crate::source::{Source, SourceId};
use crate::syntax;

/// Something that an example of a rule shows to be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the rule file, from 1.
    pub line: u32,
    /// What is wrong, one sentence.
    pub message: String,
}

/// The name under which an example is linted.
const NAME: &str = "example.yaml";

/// Checks all examples of one rule.
pub fn check_examples(rules: &RuleSet, id: &str) -> Vec<Problem> {
    let Some(rule) = rules.get(id) else { return Vec::new() };
    // A configuration is no description: what is said about it cannot be shown in one.
    if matches!(rule.reporter, Reporter::Lint) && rule.examples.is_empty() {
        return Vec::new();
    }
    let mut problems: Vec<Problem> = rule.examples.iter().flat_map(|example| check(rules, rule, example)).collect();
    if !rule.examples.iter().any(|example| example.fails) {
        problems.push(Problem { line: 1, message: "no example shows what is reported".to_owned() });
    }
    if !rule.examples.iter().any(|example| !example.fails) {
        problems.push(Problem { line: 1, message: "no example shows what passes".to_owned() });
    }
    problems.extend(undecided(rules, rule));
    problems
}

fn check(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<Problem> {
    let mut problems = check_lines(rules, rule, example);
    if !example.fails && problems.is_empty() && !rule.clauses().is_empty() && !kills_a_mutant(rules, rule, example) {
        let message =
            format!("`{}` proves nothing: it would pass with `where` dropped and with `require` negated, too", example.title);
        problems.push(Problem { line: example.line, message });
    }
    problems
}

/// Noisy and missing lines.
fn check_lines(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<Problem> {
    let found = reported(rules, rule, example);
    let line_of = |line: u32| (line + example.line).saturating_sub(example.first_line + 1);
    let mut problems = Vec::new();
    if !example.pointers.is_empty() {
        let pointers: BTreeSet<&str> = found.iter().map(|(_, _, pointer)| pointer.as_str()).collect();
        let wanted: BTreeSet<&str> = example.pointers.iter().map(String::as_str).collect();
        if pointers != wanted {
            let message = format!("`{}`: reported at {pointers:?}, not at {wanted:?}", example.title);
            problems.push(Problem { line: example.line, message });
        }
        return problems;
    }
    for (line, severity) in &example.marks {
        if !found.iter().any(|(other, reported, _)| other == line && reported == severity) {
            let message = format!("Missing: `{}` must report {} {severity} here", example.title, article(*severity));
            problems.push(Problem { line: line_of(*line), message });
        }
    }
    for (line, severity, pointer) in &found {
        if !example.marks.contains(&(*line, *severity)) {
            let message = format!("Noisy: `{}` reports {} {severity} here, at `{pointer}`", example.title, article(*severity));
            problems.push(Problem { line: line_of(*line), message });
        }
    }
    problems
}

fn article(severity: Severity) -> &'static str {
    if severity == Severity::Error { "an" } else { "a" }
}

/// Line, severity and pointer of what the rule alone reports about an example.
fn reported(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<(u32, Severity, String)> {
    let project = project_of(example);
    let settings = settings_of(rule, example);
    let Some(file) = project.file(NAME) else { return Vec::new() };
    let outcome = lint(&project, rules, &[Job { file, settings: &settings }]);
    let of_rule = outcome.findings.into_iter().filter(|finding| finding.rule == rule.id);
    of_rule
        .map(|finding| {
            let line = file.source().position(finding.primary.span.start).line;
            (line, finding.severity, finding.primary.pointer)
        })
        .collect()
}

fn project_of(example: &Example) -> Project {
    let provider = InMemory::new().with(NAME, example.bytes());
    load(&[NAME.to_owned()], &provider).project
}

fn settings_of(rule: &Rule, example: &Example) -> Settings {
    let options =
        example.options.iter().filter_map(|(name, text)| Some((name.clone(), option_value(rule, name, text)?))).collect();
    let setting = Setting { options, ..Setting::default() };
    let id = rule.id.as_str().to_owned();
    // What it says about the suppressions of other rules depends on these.
    let only = if matches!(rule.reporter, Reporter::Lint) { Vec::new() } else { vec![id.clone()] };
    Settings { rules: vec![(id, setting)], only, ..Settings::default() }
}

fn option_value(rule: &Rule, name: &str, text: &str) -> Option<OptionValue> {
    let (_, kind, ..) = rule.options.iter().find(|(other, ..)| other == name)?;
    let file = syntax::parse(Source::new(SourceId(0), "option.yaml", text));
    kind.read(file.roots().next()?).ok()
}

/// Runs something with the facts of an example.
fn with_api<T>(example: &Example, then: impl FnOnce(&Api<'_>) -> T) -> Option<T> {
    let project = project_of(example);
    let root = project.file(NAME)?.roots().next()?;
    let api = api(&project, version_of(root)?.version?, root);
    Some(then(&api))
}

fn part_of<'a>(parts: &'a [Option<Part>], rules: &RuleSet, rule: &Rule) -> Option<&'a Part> {
    parts.get(rules.index_of(rule.id.as_str())?)?.as_ref()
}

fn kills_a_mutant(rules: &RuleSet, rule: &Rule, example: &Example) -> bool {
    let parts = rules.parts(&settings_of(rule, example));
    let Some(part) = part_of(&parts, rules, rule) else { return false };
    let speaks = |api: &Api<'_>, mutation: Mutation| {
        let rows = rule
            .clauses()
            .iter()
            .enumerate()
            .flat_map(|(number, clause)| rows_of(api, clause.noun).map(move |subject| (number, clause, subject)));
        rows.into_iter().any(|(number, clause, subject)| {
            let row = Row { api, subject };
            match judge(clause, &row, &part.options, part.set, mutation) {
                Verdict::Fail { grade: Grade::On(severity), evidence, .. } => {
                    let one = Running { rule: 0, number, clause, part, mutation };
                    // A mutant that only a step down silences is as good as killed.
                    !rows::hits(one, &row, severity, &evidence).is_empty() || row.role().is_some()
                }
                _ => false,
            }
        })
    };
    with_api(example, |api| Mutation::ALL.into_iter().any(|mutation| speaks(api, mutation))).unwrap_or(false)
}

fn rows_of(api: &Api<'_>, noun: Noun) -> Box<dyn Iterator<Item = Subject>> {
    match noun {
        Noun::Document => Box::new(std::iter::once(Subject::Document)),
        Noun::Path => Box::new((0..api.paths.len()).map(Subject::Path)),
        Noun::Operation => Box::new((0..api.operations.len()).map(Subject::Operation)),
        _ => Box::new((0..api.responses.len()).map(Subject::Response)),
    }
}

/// Clauses and severity entries that decide no example.
fn undecided(rules: &RuleSet, rule: &Rule) -> Vec<Problem> {
    let mut decided: BTreeSet<(usize, usize)> = BTreeSet::new();
    for example in &rule.examples {
        let parts = rules.parts(&settings_of(rule, example));
        if let Some(part) = part_of(&parts, rules, rule) {
            with_api(example, |api| decisions(rule, part, api, &mut decided));
        }
    }
    let mut problems = Vec::new();
    for (number, clause) in rule.clauses().iter().enumerate() {
        for entry in 0..=clause.severities.entries.len() {
            let is_silent_base = entry == clause.severities.entries.len() && clause.severities.base.declared == Grade::Off;
            if !decided.contains(&(number, entry)) && !is_silent_base {
                let message = format!("no example is decided by clause {} and entry {} of its severity", number + 1, entry + 1);
                problems.push(Problem { line: 1, message });
            }
        }
    }
    problems
}

fn decisions(rule: &Rule, part: &Part, api: &Api<'_>, decided: &mut BTreeSet<(usize, usize)>) {
    for (number, clause) in rule.clauses().iter().enumerate() {
        for subject in rows_of(api, clause.noun) {
            let verdict = judge(clause, &Row { api, subject }, &part.options, part.set, Mutation::None);
            if let Verdict::Fail { entry, .. } = verdict {
                decided.insert((number, entry));
            }
        }
    }
}
