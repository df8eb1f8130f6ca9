//! The table of a comparison: a row for each class of changes, with the rules that speak.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::Report;
use super::super::text::changes;
use super::escape::{code, prose};
use crate::finding::{ChangeNumbers, Class, RuleId};

pub(super) fn table(report: &Report<'_>, numbers: &ChangeNumbers, text: &mut String) {
    let rows: Vec<(Class, BTreeMap<&RuleId, usize>)> =
        Class::ALL.into_iter().rev().map(|class| (class, rules(report, class))).filter(|(_, rules)| !rules.is_empty()).collect();
    if !rows.is_empty() {
        text.push_str("\n| class | changes | what |\n|---|---:|---|\n");
    }
    for (class, rules) in rows {
        let total: usize = rules.values().sum();
        let named: Vec<String> = rules.iter().map(|(rule, count)| format!("{} {count}", code(rule.as_str()))).collect();
        let _ = writeln!(text, "| {} | {total} | {} |", class.word(), named.join(", ").replace('|', "\\|"));
    }
    for line in changes::versions(numbers) {
        let _ = writeln!(text, "\n{}", prose(&line));
    }
}

/// The rules that speak of changes of a class, each with how often.
fn rules<'a>(report: &Report<'a>, class: Class) -> BTreeMap<&'a RuleId, usize> {
    let mut rules = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.change.as_ref().is_some_and(|change| change.class == class)) {
        *rules.entry(&finding.rule).or_default() += 1;
    }
    rules
}
