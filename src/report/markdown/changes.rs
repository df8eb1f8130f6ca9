//! The table of a comparison: a row for each class of changes and for each severity of what is wrong besides, with the rules
//! that speak.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::Report;
use super::super::text::changes;
use super::escape::{code, prose};
use crate::finding::{ChangeNumbers, Class, Finding, RuleId, Severity};

pub(super) fn table(report: &Report<'_>, numbers: &ChangeNumbers, text: &mut String) {
    let changes = Class::ALL.into_iter().rev().map(|own| {
        let rules = rules(report, |finding| finding.class() == Some(own));
        (own.word().to_owned(), rules)
    });
    let of_version = rules(report, |finding| finding.change.is_some() && finding.class().is_none());
    let others = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let rules = rules(report, |finding| finding.change.is_none() && finding.severity == severity);
        (format!("new {severity}"), rules)
    });
    let rows: Vec<(String, BTreeMap<&RuleId, usize>)> =
        changes.chain([("version".to_owned(), of_version)]).chain(others).filter(|(_, rules)| !rules.is_empty()).collect();
    if !rows.is_empty() {
        text.push_str("\n| class | changes | what |\n|---|---:|---|\n");
    }
    for (word, rules) in rows {
        let total: usize = rules.values().sum();
        let named: Vec<String> = rules.iter().map(|(rule, count)| format!("{} {count}", code(rule.as_str()))).collect();
        let _ = writeln!(text, "| {word} | {total} | {} |", named.join(", ").replace('|', "\\|"));
    }
    for line in changes::versions(numbers) {
        let _ = writeln!(text, "\n{}", prose(&line));
    }
}

/// The rules that speak of such findings, each with how often.
fn rules<'a>(report: &Report<'a>, is_such: impl Fn(&Finding) -> bool) -> BTreeMap<&'a RuleId, usize> {
    let mut rules = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| is_such(finding)) {
        *rules.entry(&finding.rule).or_default() += 1;
    }
    rules
}
