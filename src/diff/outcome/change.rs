//! A change between two descriptions, as plain data.

use crate::finding::Severity;
use crate::syntax::Node;

/// What a change means to the clients of the old description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What they rely on is still there, and nothing new arrives.
    Compatible,
    /// It breaks some clients, or nobody can tell.
    Risky,
    /// It breaks clients that use what the old description promised.
    Breaking,
}

impl Class {
    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Class::Compatible => "compatible",
            Class::Risky => "risky",
            Class::Breaking => "breaking",
        }
    }

    /// The severity of a finding about it.
    pub fn severity(self) -> Severity {
        match self {
            Class::Compatible => Severity::Note,
            Class::Risky => Severity::Warning,
            Class::Breaking => Severity::Error,
        }
    }

    /// The class of the same change in an error response: fewer clients read those.
    #[must_use]
    pub(super) fn in_an_error(self) -> Class {
        self.min(Class::Risky)
    }
}

/// How strictly two descriptions are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the classes of the rules say.
    #[default]
    Default,
    /// Whatever may newly arrive is breaking.
    Strict,
    /// What most clients put up with is compatible; only schemas have such changes.
    Lenient,
}

impl Mode {
    /// The class of something that may newly arrive, where it is this class by default.
    pub(super) fn widened(self, class: Class) -> Class {
        if self == Mode::Strict { Class::Breaking } else { class }
    }
}

/// What the caller decides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How strictly.
    pub mode: Mode,
    /// Prefixes of paths that mean nothing, such as `/api/v1`, in either description.
    pub strip_prefix: Vec<String>,
    /// Now, in seconds since 1970: what the sunsets of removed operations are judged by. Without it none has passed.
    pub now: Option<i64>,
}

/// One change, at one place, with the operations that have it.
#[derive(Clone, Debug)]
pub struct Change<'o, 'n> {
    /// The id of the rule.
    pub rule: &'static str,
    /// What it means to clients.
    pub class: Class,
    /// What changed: lower case, one sentence, no final stop.
    pub message: String,
    /// What to do about it, where that is more than the rule says.
    pub help: Option<String>,
    /// The place in the old description; for what is new the nearest one around it.
    pub old: Option<Node<'o>>,
    /// The place in the new description; for what is gone the nearest one that is left.
    pub new: Option<Node<'n>>,
    /// The operations it concerns, in the order of the new description.
    pub operations: Vec<String>,
    /// The status key, where it is one for all operations.
    pub status: Option<String>,
    /// Named texts: what the message is made of.
    pub words: Vec<(&'static str, String)>,
    /// A value that may arrive now and never could before, as JSON.
    pub witness: Option<String>,
}

/// A change between two schemas, as whoever compares schemas tells it.
#[derive(Clone, Debug)]
pub struct SchemaChange<'o, 'n> {
    /// The id of the rule.
    pub rule: &'static str,
    /// What it means to clients of a success.
    pub class: Class,
    /// What changed.
    pub message: String,
    /// The place in the old description.
    pub old: Option<Node<'o>>,
    /// The place in the new description.
    pub new: Option<Node<'n>>,
    /// Where in the body, such as `/items/-/id`.
    pub place: String,
    /// Named texts.
    pub words: Vec<(&'static str, String)>,
    /// A value that the new schema allows and the old one does not, as JSON.
    pub witness: Option<String>,
}
