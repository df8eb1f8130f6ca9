//! Runs the examples of rules: what must be reported is, what must not is not, and every example proves something.

mod fixed;
mod lines;
mod proof;
mod traffic;

use crate::facts::{Api, api};
use crate::openapi::{Project, load, version_of};
use crate::provider::InMemory;
use crate::rules::{Example, OptionValue, Reporter, Rule, RuleSet, Setting, Settings};
use crate::source::{Source, SourceId};
use crate::syntax;

/// Something that an example of a rule shows to be wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The line of the rule file, from 1.
    pub line: u32,
    /// What is wrong, one sentence.
    pub message: String,
    /// What was expected (`- warning`) and what was found in its place (`+ note: …`).
    pub difference: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The name under which an example is linted.
const NAME: &str = "example.yaml";

/// Checks all examples of one rule.
pub fn check_examples(rules: &RuleSet, id: &str) -> Vec<Problem> {
    let Some(rule) = rules.get(id) else { return Vec::new() };
    // A configuration is no description: what is said about it cannot be shown in one. What the check says without rows has tests of its own.
    // A change takes two descriptions, and an example shows one.
    if matches!(rule.reporter, Reporter::Lint | Reporter::Diff) && rule.examples.is_empty() {
        return Vec::new();
    }
    let mut problems: Vec<Problem> = rule.examples.iter().flat_map(|example| check(rules, rule, example)).collect();
    problems.extend(missing_kinds(rule));
    // Examples that come out wrong are put right first; what they prove can be told afterwards.
    if problems.is_empty() {
        problems.extend(proof::undecided(rules, rule));
        problems.extend(proof::survivors(rules, rule));
        problems.extend(fixed::unshown(rules, rule));
    }
    problems
}

fn check(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<Problem> {
    let mut problems = lines::check(rules, rule, example);
    problems.extend(fixed::check(rules, rule, example));
    if !example.fails && problems.is_empty() && !rule.clauses().is_empty() {
        problems.extend(proof::proves_nothing(rules, rule, example));
    }
    problems
}

fn missing_kinds(rule: &Rule) -> Vec<Problem> {
    let lacks = |fails: bool| !rule.examples.iter().any(|example| example.fails == fails);
    let problem = |message: &str, help: &str| Problem {
        line: 1,
        message: message.to_owned(),
        help: Some(help.to_owned()),
        ..Problem::default()
    };
    let kinds = [
        (
            true,
            problem("no example shows what is reported", "add a `fail` with `# warning` at the end of the line to be reported"),
        ),
        (false, problem("no example shows what passes", "add a `pass`: the failing example, put right")),
    ];
    kinds.into_iter().filter(|(fails, _)| lacks(*fails)).map(|(_, problem)| problem).collect()
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
