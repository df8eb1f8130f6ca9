//! What is said about a difference between two schemas.

use serde_json::Value;

use crate::syntax::Node;

/// How the new schema stands to the old one, as sets of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inclusion {
    /// Some value of the new schema is none of the old one.
    NotIncluded,
    /// It cannot be told.
    Unknown,
    /// Every value of the new schema is one of the old one.
    Included,
}

/// What a change does to clients, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It keeps every promise.
    Compatible,
    /// It breaks clients that rely on what is often relied on.
    Risky,
    /// It breaks clients that read what was described.
    Breaking,
}

/// How strictly changes are classed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the table of the documentation has it.
    #[default]
    Default,
    /// Whatever widens is breaking.
    Strict,
    /// Further values of an `enum`, looser bounds and optional properties that are gone are compatible.
    Lenient,
}

impl Mode {
    /// The class of a change, from the class that it has by default.
    pub(super) fn class(self, rule: &str, class: Class) -> Class {
        const WIDENING: [&str; 7] = [
            "response-enum-value-added",
            "response-enum-removed",
            "response-constraint-loosened",
            "response-object-opened",
            "response-property-added-to-closed-object",
            "response-schema-opened",
            "response-format-changed",
        ];
        const LENIENT: [&str; 3] = ["response-enum-value-added", "response-constraint-loosened", "response-property-removed"];
        match self {
            Mode::Strict if class == Class::Risky && WIDENING.contains(&rule) => Class::Breaking,
            Mode::Lenient if class == Class::Risky && LENIENT.contains(&rule) => Class::Compatible,
            _ => class,
        }
    }
}

/// One difference that clients may feel.
#[derive(Clone, Debug)]
pub struct Change<'o, 'n> {
    /// The id of the rule.
    pub rule: &'static str,
    /// What it does to clients.
    pub class: Class,
    /// The key in the old description, or the schema where no key says it.
    pub old: Option<Node<'o>>,
    /// The key in the new description, or the nearest schema around what is gone.
    pub new: Option<Node<'n>>,
    /// JSON Pointer into the instance; `-` stands for any item and `*` for any other member.
    pub place: String,
    /// The words of the message, by what they say.
    pub words: Vec<(&'static str, String)>,
    /// What has changed, a clause.
    pub message: String,
    /// A small value that the new schema allows and the old one forbids; validated against both.
    pub witness: Option<Value>,
}
