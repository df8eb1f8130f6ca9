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

/// The half of a finding that only a comparison of two descriptions has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means to clients.
    pub class: Class,
    /// Where it was in the old description; of what is new the nearest place around it.
    pub old: Option<Place>,
    /// A value, as JSON, that the new description allows and the old one did not.
    pub witness: Option<String>,
}
