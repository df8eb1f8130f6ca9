//! A change between two descriptions, and how strictly changes are classed.

use serde_json::Value;

use crate::finding::Class;
use crate::syntax::Node;

/// How strictly two descriptions are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the classes of the rules say.
    #[default]
    Default,
    /// Whatever may newly arrive is breaking.
    Strict,
    /// What most clients put up with is compatible: further values of an `enum`, looser bounds, optional properties that are gone.
    Lenient,
}

impl Mode {
    /// The class of something that may newly arrive, where it is this class by default.
    pub(super) fn widened(self, class: Class) -> Class {
        if self == Mode::Strict { Class::Breaking } else { class }
    }

    /// The class of a change of a schema, from the class that it has by default.
    pub(super) fn class(self, rule: &str, class: Class) -> Class {
        const WIDENING: [&str; 9] = [
            "response-enum-value-added",
            "response-enum-removed",
            "response-constraint-loosened",
            "response-object-opened",
            "response-property-added-to-closed-object",
            "response-schema-opened",
            "response-format-changed",
            "response-pattern-changed",
            "response-type-changed",
        ];
        match self {
            Mode::Strict if class == Class::Risky && WIDENING.contains(&rule) => Class::Breaking,
            Mode::Lenient if class == Class::Risky && self.puts_up_with(rule) => Class::Compatible,
            _ => class,
        }
    }

    /// Whether risky changes of this rule count as compatible.
    pub(super) fn puts_up_with(self, rule: &str) -> bool {
        const LENIENT: [&str; 3] = ["response-enum-value-added", "response-constraint-loosened", "response-property-removed"];
        self == Mode::Lenient && LENIENT.contains(&rule)
    }
}

/// What the caller decides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How strictly.
    pub mode: Mode,
    /// Prefixes of paths that mean nothing, such as `/api/v1`, in either description.
    pub strip_prefix: Vec<String>,
    /// Whether what most error responses change together is told apart all the same, because nobody hears the one change.
    pub without_envelopes: bool,
    /// Now, in seconds since 1970: what the sunsets of removed operations are judged by. Without it none has passed.
    pub now: Option<i64>,
}

/// A change between two schemas, as clients of a success feel it.
#[derive(Clone, Debug)]
pub struct SchemaChange<'o, 'n> {
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
    /// Whether there are more, so many that they are not listed.
    pub has_more: bool,
    /// The status key, where it is one for all operations.
    pub status: Option<String>,
    /// Where in the body, such as `/items/-/id`, where it is about one; of several places the first.
    pub place: Option<String>,
    /// The operation that has it there, where others have it elsewhere.
    pub place_of: Option<String>,
    /// The media type whose content it is about, where it is one for all operations.
    pub media_type: Option<String>,
    /// Whether the response has others, so that it has to be named.
    pub is_one_of_several: bool,
    /// Named texts: what the message is made of.
    pub words: Vec<(&'static str, String)>,
    /// A value that may arrive now and never could before.
    pub witness: Option<Value>,
}

impl<'o, 'n> Change<'o, 'n> {
    /// A change that no operation has yet.
    pub(super) fn new(rule: &'static str, class: Class, message: String) -> Self {
        let (old, new, operations, words) = (None, None, Vec::new(), Vec::new());
        let (help, status, place, witness) = (None, None, None, None);
        let (place_of, media_type, is_one_of_several, has_more) = (None, None, false, false);
        Change {
            rule,
            class,
            message,
            help,
            old,
            new,
            operations,
            has_more,
            status,
            place,
            place_of,
            media_type,
            is_one_of_several,
            words,
            witness,
        }
    }

    /// What changed, with the place in the body.
    pub(super) fn told(&self) -> String {
        match self.place.as_deref() {
            None => self.message.clone(),
            Some("") => format!("the body: {}", self.message),
            Some(place) => format!("`{place}`: {}", self.message),
        }
    }

    /// The same with its places.
    pub(super) fn at(self, old: impl Into<Option<Node<'o>>>, new: impl Into<Option<Node<'n>>>) -> Self {
        Change { old: old.into(), new: new.into(), ..self }
    }

    /// The same with one more word.
    pub(super) fn word(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.words.push((name, word.into()));
        self
    }

    /// The media type, where it has to be named.
    pub(super) fn named_media_type(&self) -> Option<&str> {
        self.media_type.as_deref().filter(|_| self.is_one_of_several)
    }

    /// The same with advice of its own.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Change { help: Some(help.into()), ..self }
    }
}

/// Everything that a comparison of two descriptions comes to.
#[derive(Clone, Debug, Default)]
pub struct Compared<'o, 'n> {
    /// What changed, in the order of the operations of the new description.
    pub changes: Vec<Change<'o, 'n>>,
    /// The operations of both; one that both have counts once.
    pub operations: usize,
    /// The responses of the new description.
    pub responses: usize,
    /// The operations that could not be compared whole.
    pub obstacles: Vec<Hindered<'o, 'n>>,
}

/// An operation that could not be compared whole.
#[derive(Clone, Debug)]
pub struct Hindered<'o, 'n> {
    /// The operation, such as `GET /orders/{id}`.
    pub operation: String,
    /// Why, a short phrase: `a syntax error`, `an unresolved $ref`.
    pub reason: &'static str,
    /// Where, if it is in the old description.
    pub old: Option<Node<'o>>,
    /// Where, if it is in the new description.
    pub new: Option<Node<'n>>,
}
