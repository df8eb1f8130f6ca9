//! The patterns of the rules, compiled before anybody asks, beside the reading of the first files. It takes as long as to read ten
//! megabytes.

use super::condition::{Check, Condition};
use super::options::OptionValue;
use super::predicates;
use super::rule::{Clause, Rule};
use super::severity::{Grade, Witness};
use crate::pattern::Pattern;

/// Compiles the patterns of predicates and of rules that are on by default, one after the other on another thread, as long as
/// that is worth it.
pub fn compile_patterns(rules: &[Rule], goes_on: impl Fn() -> bool + Send + 'static) {
    let is_on = |clause: &&Clause| {
        clause.is_about(Witness::Declared) && clause.severities.base_under(None, Witness::Declared) != Grade::Off
    };
    let clauses = rules.iter().flat_map(Rule::clauses).filter(is_on);
    let patterns: Vec<Pattern> = clauses.flat_map(of_clause).cloned().collect();
    rayon::spawn(move || {
        let of_predicates = predicates::PATTERNS.into_iter().flatten();
        of_predicates.take_while(|_| goes_on()).for_each(|compile| compile());
        patterns.iter().take_while(|_| goes_on()).for_each(Pattern::compile);
    });
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
