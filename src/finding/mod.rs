//! What the tool says: findings as plain data. Output formats write small models of their own.

mod change;
mod coverage;
mod fix;
mod observation;

use std::fmt;
use std::sync::Arc;

use crate::source::Span;

pub use change::{Change, ChangeNumbers, Class, VERSION_STEP, VersionStep};
pub use coverage::{Coverage, CoverageRow, Share, TrafficNumbers};
pub use fix::{Fix, Safety, TextEdit};
pub use observation::{Observation, Sighting};

/// How bad a finding is. "Off" is configuration, not a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    Note,
    /// Wrong for most clients, or missing from the description.
    Warning,
    /// Against the letter of a specification.
    Error,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

    /// The word used in configuration and reports.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity with this word.
    pub fn from_word(word: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.word() == word)
    }

    /// One step milder; a note becomes silence.
    pub fn milder(self) -> Option<Severity> {
        match self {
            Severity::Note => None,
            Severity::Warning => Some(Severity::Note),
            Severity::Error => Some(Severity::Warning),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// The id of a rule, such as `created-without-location`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RuleId {
    fn from(id: &str) -> Self {
        RuleId(id.into())
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The one place a finding points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key or value that is wrong, or the key of the thing that lacks something.
    pub span: Span,
    /// JSON Pointer into the file (RFC 6901); empty for the root or where no node is at fault.
    pub pointer: String,
    /// The YAML document in a file of several, from 0.
    pub document: Option<u32>,
}

/// A further place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is to be seen there, a short phrase.
    pub message: String,
}

/// One fault, at one place, with the operations that share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: RuleId,
    /// How bad it is, after configuration.
    pub severity: Severity,
    /// What set that severity, where it is not the rule's own: a place in a configuration, a preset, a flag.
    pub set_by: Option<Arc<str>>,
    /// What is wrong here: lower case, one sentence, no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in a description or configuration; `None` where recorded traffic has no place in one.
    pub primary: Option<Place>,
    /// Places that explain it: `$ref` hops, the other half of a contradiction.
    pub related: Vec<Related>,
    /// The operations that fail here, in document order, such as `POST /orders`.
    pub operations: Vec<String>,
    /// The status key as written (`404`, `4XX`, `default`), where the finding is about one.
    pub status: Option<String>,
    /// The exchanges that show it, where it is about recorded traffic.
    pub observation: Option<Box<Observation>>,
    /// What it means to clients and where it was before, where it is about a new description against an old one.
    pub change: Option<Box<Change>>,
    /// What would cure it, where somebody asked for that and the rule knows it.
    pub fix: Option<Box<Fix>>,
    /// Survives unrelated edits: rule, component or operation, status and words; not the line.
    pub fingerprint: String,
}

impl Finding {
    /// The span of its place, where it has one.
    pub fn span(&self) -> Option<Span> {
        self.primary.as_ref().map(|place| place.span)
    }

    /// The fingerprint without the ordinal that tells equal ones apart: that depends on what else is in the run.
    pub fn mark(&self) -> &str {
        self.fingerprint.split('-').next().unwrap_or_default()
    }

    /// The pointer of its place; empty where it has none.
    pub fn pointer(&self) -> &str {
        self.primary.as_ref().map(|place| place.pointer.as_str()).unwrap_or_default()
    }

    /// The class of the change that it is about. What the changes ask of the version is none of them.
    pub fn class(&self) -> Option<Class> {
        self.change.as_ref().map(|change| change.class).filter(|_| self.rule.as_str() != VERSION_STEP)
    }
}

/// A finding that was silenced on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// What silences it.
    pub by: Silencer,
}

/// What silences a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silencer {
    /// A suppression in the description, with its reason.
    Description(Option<String>),
    /// An entry of the baseline.
    Baseline,
    /// An entry of the file of accepted changes, with its reason.
    Accepted(String),
}

/// What a report tells about a rule beside its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDescription {
    /// The id.
    pub id: RuleId,
    /// One static sentence.
    pub summary: String,
    /// Why the rule exists, in paragraphs.
    pub why: String,
    /// What to do about a finding, in general.
    pub help: String,
    /// The specification behind it.
    pub url: Option<String>,
    /// The severity before configuration; `None` is off by default.
    pub severity: Option<Severity>,
}

/// An operation that could not be looked at whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// The operation, such as `GET /orders/{id}`.
    pub operation: String,
    /// Why, a short phrase: `a syntax error`, `an unresolved $ref`.
    pub reason: String,
    /// Where the reason stands.
    pub span: Span,
}

/// The numbers of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files read: descriptions and what they reference.
    pub files: usize,
    /// Operations found; uses, not definitions.
    pub operations: usize,
    /// Operations that could be looked at whole.
    pub judged: usize,
    /// Responses found; uses, not definitions.
    pub responses: usize,
    /// Findings by severity.
    pub errors: usize,
    /// Findings by severity.
    pub warnings: usize,
    /// Findings by severity.
    pub notes: usize,
    /// Findings that were silenced on purpose.
    pub suppressed: usize,
    /// Findings that were fixed before this run, and so are not among the others.
    pub fixed: usize,
    /// Judgements that came out unknown, once per rule and place.
    pub unknown: usize,
    /// The operations that make up the difference between `operations` and `judged`.
    pub unjudged: Vec<Unjudged>,
    /// What could not be judged, by rule, with its number of places; in rule order.
    pub unknown_by_rule: Vec<(RuleId, usize)>,
    /// What became of the entries of recordings, where the run is about some.
    pub traffic: Option<TrafficNumbers>,
    /// How many changes there are by class, where the run compares descriptions.
    pub changes: Option<ChangeNumbers>,
}

impl Summary {
    /// Takes in the numbers of other files. What could not be judged there is counted, and not listed.
    pub fn add(&mut self, other: &Summary) {
        self.files += other.files;
        self.operations += other.operations;
        self.judged += other.judged;
        self.responses += other.responses;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.suppressed += other.suppressed;
        self.unknown += other.unknown;
    }

    /// Counts one more finding.
    pub fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
}
