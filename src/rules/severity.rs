//! Which severity a finding gets: the rule's own list, a preset or configuration over it.

use super::condition::Condition;
use super::evaluate::{Row, truth_of};
use super::options::Options;
use crate::finding::Severity;
use crate::truth::Truth;

/// A severity or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// No finding.
    Off,
    /// A finding of this severity.
    On(Severity),
}

impl Grade {
    /// All words for it.
    pub const WORDS: [&str; 4] = ["off", "note", "warning", "error"];

    /// The word used in rules and configuration.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Off => "off",
            Grade::On(severity) => severity.word(),
        }
    }

    /// The grade with this word.
    pub fn from_word(word: &str) -> Option<Grade> {
        if word == "off" { Some(Grade::Off) } else { Severity::from_word(word).map(Grade::On) }
    }

    /// The severity, unless it is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Grade::Off => None,
            Grade::On(severity) => Some(severity),
        }
    }
}

/// Who tells of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Witness {
    /// A description, which promises it.
    #[default]
    Declared,
    /// Recorded traffic, in which it came.
    Observed,
}

impl Witness {
    /// The word used in rules.
    pub fn word(self) -> &'static str {
        match self {
            Witness::Declared => "declared",
            Witness::Observed => "observed",
        }
    }
}

/// A grade for what a description declares and one for what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// In a description.
    pub declared: Grade,
    /// In recorded traffic.
    pub observed: Grade,
}

impl Level {
    /// The same for both.
    pub fn both(grade: Grade) -> Level {
        Level { declared: grade, observed: grade }
    }

    /// The grade for one of them.
    pub fn of(self, witness: Witness) -> Grade {
        match witness {
            Witness::Declared => self.declared,
            Witness::Observed => self.observed,
        }
    }
}

/// The severity list of a rule: conditional entries, then the base.
#[derive(Debug)]
pub struct Severities {
    /// Grades with the tests that decide them, first match first.
    pub entries: Vec<(Level, Condition)>,
    /// The grade if no entry holds.
    pub base: Level,
    /// The grade of the rule that the clause belongs to: a clause that is milder than its rule stays so under a grade that is
    /// set from outside.
    pub of_rule: Level,
}

/// The grade of a finding, and which entry of the list decided it (the number of entries for the base).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// The grade.
    pub grade: Grade,
    /// The index of the entry.
    pub entry: usize,
}

impl Severities {
    /// A list of a base only.
    pub fn plain(base: Level) -> Severities {
        Severities { entries: Vec::new(), base, of_rule: base }
    }

    /// Decides for a row. What is set from outside replaces the base and everything above it; milder entries stay.
    pub(super) fn decide(&self, row: &Row<'_, '_>, options: &Options, set: Option<Grade>) -> Decision {
        let witness = row.witness();
        let base = self.base_under(set, witness);
        for (entry, (level, condition)) in self.entries.iter().enumerate() {
            let grade = level.of(witness);
            let milder = grade < base;
            if set.is_some() && !milder {
                continue;
            }
            let truth = truth_of(condition, row, options);
            if truth == Truth::True || truth == Truth::Unknown && milder {
                return Decision { grade, entry };
            }
        }
        self.base_decision(set, witness)
    }

    /// The decision where no entry holds.
    pub(super) fn base_decision(&self, set: Option<Grade>, witness: Witness) -> Decision {
        Decision { grade: self.base_under(set, witness), entry: self.entries.len() }
    }

    /// The grade if no entry holds, with the one that is set from outside.
    pub(crate) fn base_under(&self, set: Option<Grade>, witness: Witness) -> Grade {
        let base = self.base.of(witness);
        match set {
            Some(grade) if base < self.of_rule.of(witness) => grade.min(base),
            Some(grade) => grade,
            None => base,
        }
    }
}
