//! What becomes of examples once the fixes of their rule are applied.

use std::collections::BTreeSet;
use std::convert::Infallible;

use super::{NAME, Problem, settings_of};
use crate::finding::Safety;
use crate::fix::{self, Examined, Fixed, Texts};
use crate::lint::{Job, Knowledge, lint_knowing};
use crate::openapi::load;
use crate::provider::InMemory;
use crate::rules::{Example, Rule, RuleSet};

/// An example that comes out otherwise than it says.
pub(super) fn check(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<Problem> {
    let wanted = example.fixed.as_deref()?;
    let text = text_of(example, &fixed(rules, rule, example, Safety::Unsafe));
    if text == wanted {
        return None;
    }
    let lines = |sign: &str, one: &str, other: &str| -> Vec<String> {
        let others: BTreeSet<&str> = other.lines().collect();
        one.lines().filter(|line| !others.contains(line)).map(|line| format!("{sign} {}", line.trim_start())).collect()
    };
    let difference = [lines("-", wanted, &text), lines("+", &text, wanted)].concat();
    let message = format!("`{}` is not what `fixed` says once it is fixed", example.title);
    Some(Problem { line: example.line, message, difference, help: None })
}

/// The fixes of a rule that no example shows.
pub(super) fn unshown(rules: &RuleSet, rule: &Rule) -> Vec<Problem> {
    let known: BTreeSet<Safety> = rule.clauses().iter().flat_map(|clause| &clause.treatments).map(|one| one.safety).collect();
    let shown: BTreeSet<Safety> = rule.examples.iter().filter_map(|example| shows(rules, rule, example)).collect();
    let problem = |safety: &Safety| Problem {
        line: 1,
        message: format!("no example shows what the {} fix does", safety.word()),
        help: Some("add `fixed` to a failing example: its text once it is fixed".to_owned()),
        ..Problem::default()
    };
    known.difference(&shown).map(problem).collect()
}

/// Which fix an example shows.
fn shows(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<Safety> {
    let wanted = example.fixed.as_deref().filter(|wanted| *wanted != example.unmarked())?;
    let changes = |safety| text_of(example, &fixed(rules, rule, example, safety)) == wanted;
    [Safety::Safe, Safety::Unsafe].into_iter().find(|safety| changes(*safety))
}

fn text_of(example: &Example, fixed: &Fixed) -> String {
    fixed.texts.get(NAME).cloned().unwrap_or_else(|| example.unmarked())
}

/// The fixes of the rule alone, applied to an example.
fn fixed(rules: &RuleSet, rule: &Rule, example: &Example, safety: Safety) -> Fixed {
    let settings = settings_of(rule, example);
    let examine = |texts: &Texts| {
        let text = texts.get(NAME).cloned().unwrap_or_else(|| example.unmarked());
        let project = load(&[NAME.to_owned()], &InMemory::new().with(NAME, text)).project;
        let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &settings }).collect();
        let outcome = lint_knowing(&project, rules, &jobs, &Knowledge { wants_fixes: true, ..Knowledge::default() });
        let of_rule = outcome.findings.iter().map(|finding| finding.rule == rule.id).collect();
        Ok::<_, Infallible>(Examined::new(&project, outcome.findings, of_rule, |_| true))
    };
    match fix::run(safety, examine) {
        Ok(fixed) => fixed,
    }
}
