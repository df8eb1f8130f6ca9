//! A rule as it runs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::builtin;
use super::condition::Condition;
use super::example::Example;
use super::fields::Noun;
use super::message::{Said, Template};
use super::options::{OptionKind, OptionValue, Options};
use super::predicates::Reads;
use super::set::Preset;
use super::severity::{Grade, Severities, Witness};
use super::treatment::Treatment;
use crate::finding::{RuleDescription, RuleId};
use crate::http::status::{StatusMatcher, StatusSet};
use crate::source::Span;

pub use super::severity::Level;

/// One rule: documentation, conditions, tests.
#[derive(Debug)]
pub struct Rule {
    /// The id, equal to the file's name.
    pub id: RuleId,
    /// Where the id is written.
    pub id_span: Span,
    /// One static sentence.
    pub summary: String,
    /// What tells of it; of a built-in rule that was read to judge with, not yet.
    pub(super) documents: OnceLock<Documents>,
    /// The folder it comes from: `document`, `2xx`, `headers` …
    pub subject: String,
    /// Severities that presets set.
    pub presets: BTreeMap<Preset, Level>,
    /// Its options: name, type, default, meaning.
    pub options: Vec<(String, OptionKind, OptionValue, String)>,
    /// The options as they are where nothing else is said.
    pub defaults: Options,
    /// Rules before which it is silent.
    pub yields_to: Vec<RuleId>,
    /// Who makes its findings.
    pub reporter: Reporter,
    /// The severity of findings that no row makes, and the advice of the rule in general.
    pub severities: Severities,
    /// What to do about a finding.
    pub help: Template,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// What tells of a rule and judges nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// Why it exists.
    pub why: String,
    /// When it is wrong to follow it.
    pub wrong_when: Option<String>,
    /// The version that introduced it.
    pub since: String,
    /// What it rests on.
    pub references: Vec<Reference>,
}

/// Who makes the findings of a rule.
#[derive(Debug)]
pub enum Reporter {
    /// The rule engine.
    Clauses(Vec<Clause>),
    /// The reader, before any rule.
    Reader,
    /// The linter itself, about suppressions and configurations.
    Lint,
    /// The traffic check.
    Check,
    /// The comparison of descriptions.
    Diff,
}

/// One judgement of a rule about one kind of row.
#[derive(Debug)]
pub struct Clause {
    /// The kind of row.
    pub noun: Noun,
    /// Which rows are judged; all if it is missing.
    pub selects: Option<Condition>,
    /// What must hold; without it every selected row fails.
    pub requires: Option<Condition>,
    /// How bad a failure is.
    pub severities: Severities,
    /// Where a finding points.
    pub placement: Placement,
    /// What it says.
    pub message: Said,
    /// What to do about it.
    pub help: Said,
    /// What of a response has its part in it.
    pub reads: Reads,
    /// The same, or more where earlier clauses read it to find the rows that they take: uses that share this are judged together.
    pub shares: Reads,
    /// What cures a failure, the safe way first.
    pub treatments: Vec<Treatment>,
}

/// Where a finding points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// At the thing that is wrong or lacks something.
    Thing,
    /// At the operation's own status key, also if the response is shared.
    Use,
    /// At the first row inside the selected one with this method and status.
    Row {
        /// The method, in upper case.
        method: Option<String>,
        /// The status.
        status: Option<StatusMatcher>,
    },
}

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What people call it: `RFC 9110, section 15.5.6`.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// How strongly it speaks: `must`, `defined`, `should`, `may`; none for a guide.
    pub level: Option<String>,
}

impl Rule {
    /// Its clauses; empty if the rule engine does not make its findings.
    pub fn clauses(&self) -> &[Clause] {
        match &self.reporter {
            Reporter::Clauses(clauses) => clauses,
            _ => &[],
        }
    }

    /// What tells of it.
    pub fn documents(&self) -> &Documents {
        self.documents.get_or_init(|| builtin::documents(&self.id).unwrap_or_default())
    }

    /// The severity in descriptions before configuration, for lists of rules.
    pub fn grade(&self) -> Grade {
        self.grade_for(Witness::Declared)
    }

    /// The severity before configuration.
    pub fn grade_for(&self, witness: Witness) -> Grade {
        self.severities.base.of(witness)
    }

    /// What reports tell about it.
    pub fn description(&self) -> RuleDescription {
        let documents = self.documents();
        RuleDescription {
            id: self.id.clone(),
            summary: self.summary.clone(),
            why: documents.why.clone(),
            help: self.help.in_general(),
            url: documents.references.first().map(|reference| reference.url.clone()),
            severity: self.grade().severity(),
        }
    }
}

impl Clause {
    /// The statuses of the rows it can judge, where it says so.
    pub fn statuses(&self) -> Option<&StatusSet> {
        self.selects.as_ref().and_then(Condition::statuses)
    }

    /// Whether it can speak about what a witness tells.
    pub fn is_about(&self, witness: Witness) -> bool {
        let can_tell = match self.noun {
            Noun::Response => true,
            Noun::Exchange => witness == Witness::Observed,
            _ => witness == Witness::Declared,
        };
        let asked_for = self.selects.as_ref().and_then(Condition::witness);
        can_tell && asked_for.is_none_or(|word| word == witness.word())
    }

    /// The standings of status codes it is about (`vendor`, `reserved` …), where it says so.
    pub fn registrations(&self) -> Vec<&str> {
        self.selects.as_ref().map(Condition::registrations).unwrap_or_default()
    }
}
