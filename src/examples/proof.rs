//! What examples prove: a rule with a deliberate fault must give other findings somewhere, or nobody would notice it.

use std::collections::BTreeSet;

use super::{Problem, settings_of, traffic, with_api};
use crate::facts::Api;
use crate::lint::rows::{self, Running};
use crate::rules::{Clause, Example, Grade, Level, Mutation, Noun, Part, Row, Rule, RuleSet, Subject, Verdict, Witness, judge};

/// A passing example that passes whatever is wrong with the rule.
pub(super) fn proves_nothing(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<Problem> {
    if kills_a_mutant(rules, rule, example) {
        return None;
    }
    let message = format!(
        "`{}` proves nothing: it would pass just as well without `where`, and with `require` turned round",
        example.title
    );
    let help = "start from a failing example and change only the one thing that makes it right";
    Some(Problem { line: example.line, message, help: Some(help.to_owned()), ..Problem::default() })
}

/// Clauses and severity entries that decide no example.
pub(super) fn undecided(rules: &RuleSet, rule: &Rule) -> Vec<Problem> {
    let mut decided: BTreeSet<(usize, usize)> = BTreeSet::new();
    each_example(rules, rule, |number, clause, row, part| {
        if let Verdict::Fail { entry, .. } = judge(clause, row, &part.options, part.set, Mutation::None) {
            decided.insert((number, entry));
        }
    });
    let mut problems = Vec::new();
    for (number, clause) in rule.clauses().iter().enumerate() {
        let base = clause.severities.entries.len();
        for entry in 0..=base {
            let is_silent_base = entry == base && clause.severities.base == Level::both(Grade::Off);
            if !decided.contains(&(number, entry)) && !is_silent_base {
                problems.push(no_example_for(rule, number, clause, entry));
            }
        }
    }
    problems
}

fn no_example_for(rule: &Rule, number: usize, clause: &Clause, entry: usize) -> Problem {
    let level = clause.severities.entries.get(entry).map_or(clause.severities.base, |(level, _)| *level);
    let grade = level.declared.max(level.observed);
    let word = grade.word();
    let what = match entry + 1 {
        _ if clause.severities.entries.is_empty() => format!("no example is reported{}", of_clause(rule, number)),
        place => format!("entry {place} of `severity`, `{word}`, decides no example{}", of_clause(rule, number)),
    };
    let help = match grade {
        Grade::Off => "add a `pass` that only this exemption keeps from being reported".to_owned(),
        Grade::On(severity) => format!("add a `fail` with `# {severity}` for which it is the first entry that holds"),
    };
    Problem { line: 1, message: what, help: Some(help), ..Problem::default() }
}

/// ` by its second clause`, where there are several.
fn of_clause(rule: &Rule, number: usize) -> String {
    if rule.clauses().len() > 1 { format!(" in clause {}", number + 1) } else { String::new() }
}

/// Faults in a clause that all examples together do not notice.
pub(super) fn survivors(rules: &RuleSet, rule: &Rule) -> Vec<Problem> {
    let mut killed: BTreeSet<(usize, bool)> = BTreeSet::new();
    each_example(rules, rule, |number, clause, row, part| {
        let fails = |mutation| matches!(judge(clause, row, &part.options, part.set, mutation), Verdict::Fail { .. });
        if !fails(Mutation::None) {
            killed.extend(fails(Mutation::WithoutWhere).then_some((number, true)));
            killed.extend(fails(Mutation::NegatedRequire).then_some((number, false)));
        }
    });
    let mut problems = Vec::new();
    for (number, clause) in rule.clauses().iter().enumerate() {
        if clause.selects.is_some() && !killed.contains(&(number, true)) {
            problems.push(survivor(
                rule,
                number,
                "where",
                "that fails `require` and that `where` leaves out, or take `where` out",
            ));
        }
        if clause.requires.is_some() && !killed.contains(&(number, false)) {
            problems.push(survivor(rule, number, "require", "that `where` selects and that meets `require`"));
        }
    }
    problems
}

fn survivor(rule: &Rule, number: usize, part: &str, what: &str) -> Problem {
    let message = format!("no example needs `{part}`{}: without it all of them come out the same", of_clause(rule, number));
    let help = rule.clauses().get(number).map(|clause| format!("add a `pass` with {} {what}", article(clause.noun)));
    Problem { line: 1, message, help, ..Problem::default() }
}

fn article(noun: Noun) -> &'static str {
    match noun {
        Noun::Document => "a document",
        Noun::Path => "a path",
        Noun::Operation => "an operation",
        Noun::Exchange => "an exchange",
        _ => "a response",
    }
}

/// Every row of every example.
fn each_example(rules: &RuleSet, rule: &Rule, mut look: impl FnMut(usize, &Clause, &Row<'_, '_>, &Part)) {
    for example in &rule.examples {
        each_row(rules, rule, example, &mut look);
    }
}

/// Every row of an example, for each clause that judges such rows: of its description, or its exchanges.
fn each_row(rules: &RuleSet, rule: &Rule, example: &Example, mut look: impl FnMut(usize, &Clause, &Row<'_, '_>, &Part)) {
    if example.traffic.is_some() {
        return traffic::each_row(rules, rule, example, look);
    }
    let parts = rules.parts(&settings_of(rule, example), Witness::Declared);
    let Some(part) = rules.index_of(rule.id.as_str()).and_then(|index| parts.get(index)?.as_ref()) else { return };
    with_api(example, |api| {
        for (number, clause) in rule.clauses().iter().enumerate().filter(|(_, clause)| clause.is_about(Witness::Declared)) {
            rows_of(api, clause.noun).for_each(|subject| look(number, clause, &Row::declared(api, subject), part));
        }
    });
}

fn kills_a_mutant(rules: &RuleSet, rule: &Rule, example: &Example) -> bool {
    let mut speaks = false;
    each_row(rules, rule, example, |number, clause, row, part| {
        speaks |= Mutation::ALL.into_iter().any(|mutation| {
            let one = Running { rule: 0, number, clause, part, mutation, treats: false };
            match judge(clause, row, &part.options, part.set, mutation) {
                // A mutant that only a step down silences is as good as killed.
                Verdict::Fail { grade: Grade::On(severity), .. } => {
                    rows::comes_to_finding(one, row, severity) || row.role().is_some() || row.exchange().is_some()
                }
                _ => false,
            }
        });
    });
    speaks
}

fn rows_of(api: &Api<'_>, noun: Noun) -> Box<dyn Iterator<Item = Subject>> {
    match noun {
        Noun::Document => Box::new(std::iter::once(Subject::Document)),
        Noun::Path => Box::new((0..api.paths.len()).map(Subject::Path)),
        Noun::Operation => Box::new((0..api.operations.len()).map(Subject::Operation)),
        _ => Box::new((0..api.responses.len()).map(Subject::Response)),
    }
}
