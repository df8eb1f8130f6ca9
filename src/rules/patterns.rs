//! The patterns of the rules, compiled before anybody asks, while a thread has nothing else to do. It takes as long as to read
//! ten megabytes.

use super::condition::{Check, Condition};
use super::options::OptionValue;
use super::predicates;
use super::rule::{Clause, Rule};
use super::severity::{Grade, Witness};
use crate::pattern::Pattern;

/// Compiles the patterns of predicates and rules, one after the other, as long as that is worth it.
pub(crate) fn compile_patterns(rules: &[Rule], mut goes_on: impl FnMut() -> bool) {
    for compile in predicates::PATTERNS {
        if !goes_on() {
            return;
        }
        compile();
    }
    let is_on = |clause: &&Clause| {
        clause.is_about(Witness::Declared) && clause.severities.base_under(None, Witness::Declared) != Grade::Off
    };
    let mut patterns = rules.iter().flat_map(Rule::clauses).filter(is_on).flat_map(of_clause);
    while let Some(pattern) = patterns.next().filter(|_| goes_on()) {
        pattern.compile();
    }
}

fn of_clause(clause: &Clause) -> Vec<&Pattern> {
    let mut patterns = Vec::new();
    for condition in clause.selects.iter().chain(&clause.requires) {
        of_condition(condition, &mut patterns);
    }
    patterns
}

fn of_condition<'r>(condition: &'r Condition, patterns: &mut Vec<&'r Pattern>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| of_condition(part, patterns)),
        Condition::Not(part) => of_condition(part, patterns),
        Condition::Field(_, _, check) => of_check(check, patterns),
        Condition::Holds(_, arguments) => patterns.extend(arguments.iter().filter_map(|(_, value)| match value {
            OptionValue::Regex(pattern) => Some(pattern),
            _ => None,
        })),
        Condition::Option(_) => {}
    }
}

fn of_check<'r>(check: &'r Check, patterns: &mut Vec<&'r Pattern>) {
    match check {
        Check::Matches(pattern) => patterns.push(pattern),
        Check::Each(check) | Check::Some(check) => of_check(check, patterns),
        Check::Test(condition) => of_condition(condition, patterns),
        Check::Every(checks) => checks.iter().for_each(|check| of_check(check, patterns)),
        _ => {}
    }
}
