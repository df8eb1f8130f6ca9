//! The configuration, `statusquo.yaml`: what a team decided about the rules. Read strictly, every entry with its place.

mod globs;
mod load;
mod schema;

pub use globs::{GlobLists, Globs};
pub use load::load;
pub use schema::config_schema;

use rustc_hash::FxHashSet;

use crate::finding::Severity;
use crate::rules::{Grade, Preset};
use crate::source::Span;
use crate::strict::{Complaint, advice};

/// One configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The presets to start from, the later over the earlier.
    pub extends: Vec<Spanned<Preset>>,
    /// What is said about single rules, in file order.
    pub rules: Vec<RuleEntry>,
    /// Rule files and folders of them, relative to the configuration's folder.
    pub rule_files: Vec<Spanned<String>>,
    /// Files that are not linted.
    pub ignore: Globs,
    /// What is said about rules in some files only; the later over the earlier.
    pub overrides: Vec<Override>,
    /// The baseline, relative to the configuration's folder.
    pub baseline: Option<Spanned<String>>,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Spanned<FailOn>>,
}

/// A value and the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What the configuration says about rules in some files.
#[derive(Clone, Debug, Default)]
pub struct Override {
    /// The files in which findings have to stand.
    pub files: Globs,
    /// What is said about single rules, in file order.
    pub rules: Vec<RuleEntry>,
}

/// What the configuration says about one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleEntry {
    /// The rule's id, and the place of the key.
    pub id: Spanned<String>,
    /// The severity it sets.
    pub levels: Levels,
    /// The rule's options: name, and the node of the value, which is read by the type that the rule gives it.
    pub options: Vec<(Spanned<String>, u32)>,
}

/// The severity for each witness; `None` leaves it as it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// For what a description declares.
    pub declared: Option<Grade>,
    /// For what was seen on the wire.
    pub observed: Option<Grade>,
}

/// From which severity on a finding fails the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    #[default]
    Warning,
    /// Every finding.
    Note,
    /// Nothing.
    Never,
}

impl Config {
    /// Complaints about ids that are no rule's; `known` holds the built-in rules and those of the rule files.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Complaint> {
        let overrides = self.overrides.iter().flat_map(|one| &one.rules);
        let ids: FxHashSet<&str> = known.iter().copied().collect();
        let unknown = self.rules.iter().chain(overrides).filter(|entry| !ids.contains(entry.id.value.as_str()));
        unknown.map(|entry| unknown_rule(&entry.id, known)).collect()
    }
}

fn unknown_rule(id: &Spanned<String>, known: &[&str]) -> Complaint {
    Complaint { span: id.span, message: format!("there is no rule `{}`", id.value), help: Some(advice(&id.value, known)) }
}

impl Levels {
    /// The same severity for both witnesses.
    pub fn both(level: Grade) -> Self {
        Levels { declared: Some(level), observed: Some(level) }
    }
}

impl FailOn {
    /// All words for it.
    pub const WORDS: [&str; 4] = ["error", "warning", "note", "never"];

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<FailOn> {
        match word {
            "error" => Some(FailOn::Error),
            "warning" => Some(FailOn::Warning),
            "note" => Some(FailOn::Note),
            "never" => Some(FailOn::Never),
            _ => None,
        }
    }

    /// Whether a finding of this severity fails the run.
    pub fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Note => true,
            FailOn::Never => false,
        }
    }
}

#[cfg(test)]
mod tests;
