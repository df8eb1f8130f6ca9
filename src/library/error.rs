//! Why nothing was linted.

use std::fmt;

/// Why there is no report. What is wrong inside of a description is never an error, it is a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// There is no rule with this id.
    UnknownRule {
        /// The id.
        id: String,
        /// What was most likely meant.
        advice: String,
    },
    /// This was to be linted and is no description: it has neither `openapi` nor `swagger` at its root.
    NoDescription {
        /// The name of the file, or of what was searched.
        name: String,
    },
    /// This could not be read.
    Unreadable {
        /// The name of the file.
        name: String,
        /// Why, a short phrase.
        reason: String,
    },
}

impl Error {
    pub(super) fn unreadable(name: &str, reason: impl fmt::Display) -> Self {
        Error::Unreadable { name: name.to_owned(), reason: reason.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnknownRule { id, advice } => write!(f, "there is no rule `{id}`; {advice}"),
            Error::NoDescription { name } => {
                write!(f, "`{name}` is no OpenAPI description: it has no `openapi` or `swagger` at its root")
            }
            Error::Unreadable { name, reason } => write!(f, "cannot read `{name}`: {reason}"),
        }
    }
}

impl std::error::Error for Error {}
