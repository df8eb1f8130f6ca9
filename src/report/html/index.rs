//! What the filters of the page offer, by number: rules, and operations in the order in which findings name them.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::finding::{Finding, RuleId};

/// The rules and operations of all findings.
#[derive(Default)]
pub(super) struct Index<'a> {
    rules: Numbered<&'a RuleId>,
    operations: Numbered<&'a str>,
}

impl<'a> Index<'a> {
    pub(super) fn of(findings: &[&'a Finding]) -> Self {
        let mut index = Index::default();
        for finding in findings {
            index.rules.push(&finding.rule);
            finding.operations.iter().for_each(|operation| index.operations.push(operation));
        }
        index
    }

    /// The rules in the order of their ids, each with its number.
    pub(super) fn rules(&self) -> Vec<(usize, &'a RuleId)> {
        let mut rules: Vec<_> = self.rules.list.iter().copied().enumerate().collect();
        rules.sort_by_key(|(_, rule)| *rule);
        rules
    }

    /// The operations, by number.
    pub(super) fn operations(&self) -> &[&'a str] {
        &self.operations.list
    }

    /// The number of a finding's rule.
    pub(super) fn rule(&self, finding: &'a Finding) -> usize {
        self.rules.number(&&finding.rule)
    }

    /// The numbers of a finding's operations, those in a row together: `0-3 7`. A shared component may have hundreds.
    pub(super) fn operations_of(&self, finding: &'a Finding) -> String {
        let numbers = finding.operations.iter().map(|operation| self.operations.number(&operation.as_str()));
        let mut numbers: Vec<usize> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut text = String::new();
        for run in numbers.chunk_by(|one, next| one + 1 == *next) {
            let space = if text.is_empty() { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = match run {
                [first, .., last] => write!(text, "{space}{first}-{last}"),
                [first] => write!(text, "{space}{first}"),
                [] => Ok(()),
            };
        }
        text
    }
}

/// Things in the order of their first mention.
struct Numbered<T> {
    list: Vec<T>,
    numbers: FxHashMap<T, usize>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { list: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Numbered<T> {
    fn push(&mut self, thing: T) {
        let next = self.list.len();
        if *self.numbers.entry(thing).or_insert(next) == next {
            self.list.push(thing);
        }
    }

    fn number(&self, thing: &T) -> usize {
        self.numbers.get(thing).copied().unwrap_or_default()
    }
}
