//! What a new description changes for the clients of an old one, as a finding tells it.

use super::{Place, Severity};

/// What a change means to the clients of the old description, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What they rely on is still there, and nothing arrives that they could not read before.
    Compatible,
    /// It breaks some clients, or nobody can tell.
    Risky,
    /// It breaks clients that use what the old description promised.
    Breaking,
}

impl Class {
    /// All classes, mildest first.
    pub const ALL: [Class; 3] = [Class::Compatible, Class::Risky, Class::Breaking];

    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Class::Compatible => "compatible",
            Class::Risky => "risky",
            Class::Breaking => "breaking",
        }
    }

    /// The severity of a finding about it, unless something else is configured.
    pub fn severity(self) -> Severity {
        match self {
            Class::Compatible => Severity::Note,
            Class::Risky => Severity::Warning,
            Class::Breaking => Severity::Error,
        }
    }
}

/// The rule that says that a version was not raised as far as the changes ask for, which is no change of its own.
pub const VERSION_STEP: &str = "version-step-too-small";

/// The half of a finding that only a comparison of two descriptions has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means to clients.
    pub class: Class,
    /// Where it was in the old description; of what is new the nearest place around it.
    pub old: Option<Place>,
    /// A value, as JSON, that the new description allows and the old one did not.
    pub witness: Option<String>,
    /// The part of it that shows the change, as JSON, where the change is about a place inside.
    pub part: Option<String>,
}

/// How many changes there are, and what became of the versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeNumbers {
    /// Changes that break clients.
    pub breaking: usize,
    /// Changes that may.
    pub risky: usize,
    /// Changes that do not.
    pub compatible: usize,
    /// Changes of rules that are off, of which nothing is said.
    pub off: usize,
    /// The step of each description's version, where it was asked about.
    pub versions: Vec<VersionStep>,
}

impl ChangeNumbers {
    /// Counts by class anew.
    pub fn count(&mut self, classes: impl Iterator<Item = Class>) {
        (self.breaking, self.risky, self.compatible) = (0, 0, 0);
        for class in classes {
            match class {
                Class::Breaking => self.breaking += 1,
                Class::Risky => self.risky += 1,
                Class::Compatible => self.compatible += 1,
            }
        }
    }
}

/// How far the version of a description was raised, and how far its changes ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionStep {
    /// The name of the new description's file.
    pub file: String,
    /// The old version, as written.
    pub old: String,
    /// The new version, as written.
    pub new: String,
    /// The step between them: `major`, `minor`, `patch`, `pre-release`, `none`, `back`.
    pub made: &'static str,
    /// The least step that the changes ask for.
    pub asked_for: &'static str,
    /// Whether the step is as far as that.
    pub is_enough: bool,
}
