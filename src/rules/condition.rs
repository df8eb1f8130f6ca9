//! The condition algebra as it runs: compiled by the loader, evaluated with three truth values.

use super::fields::{Field, FieldKind, Noun};
use super::options::OptionValue;
use super::predicates::{Predicate, Reads};
use crate::http::status::StatusSet;
use crate::pattern::Pattern;

/// A test of a row or record.
#[derive(Debug)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A field passes a check.
    Field(Noun, Field, Check),
    /// A predicate written in Rust holds.
    Holds(&'static Predicate, Vec<(&'static str, OptionValue)>),
    /// A boolean option is on.
    Option(String),
}

/// A check of a value.
#[derive(Debug)]
pub enum Check {
    /// There is a value; a list is not empty.
    Present,
    /// There is none; a list is empty.
    Absent,
    /// It is one of these.
    Is(Vec<Literal>),
    /// The status lies inside this set, or the operation answers one of it.
    Status(StatusSet),
    /// It is one of the values of an option.
    IsOption(String, FieldKind),
    /// Its text matches.
    Matches(Pattern),
    /// The number, or the length of the list, is at least this.
    AtLeast(Bound),
    /// The number, or the length of the list, is at most this.
    AtMost(Bound),
    /// One item is, or is named, one of these.
    Has(Vec<Literal>),
    /// One item is, or is named, one of the values of an option.
    HasOption(String, FieldKind),
    /// Every item passes.
    Each(Box<Check>),
    /// One item passes.
    Some(Box<Check>),
    /// It passes a test of its own fields.
    Test(Box<Condition>),
    /// It passes all of these.
    Every(Vec<Check>),
}

/// What a number or a length is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A number written in the rule.
    Number(f64),
    /// The value of an option.
    Option(String),
}

/// A value written in a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A text compared without regard to case.
    Name(String),
    /// A media type compared without its parameters.
    MediaType(String),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

impl Condition {
    /// What of a response is asked for anything.
    pub(super) fn reads(&self) -> Reads {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().map(Condition::reads).max().unwrap_or(Reads::Key),
            Condition::Not(part) => part.reads(),
            Condition::Field(noun, field, _) => noun.reads(*field),
            Condition::Holds(predicate, _) => predicate.reads,
            Condition::Option(_) => Reads::Key,
        }
    }

    /// Whether it asks nothing of a row but what all rows of one kind share: the description's version, the role, method and
    /// status keys of an operation, and the key of the response itself. Those that are `bare` share that they have no header
    /// fields.
    pub(super) fn is_about_kind(&self, bare: bool) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().all(|part| part.is_about_kind(bare)),
            Condition::Not(part) => part.is_about_kind(bare),
            Condition::Field(_, field, check) => match field {
                Field::Version
                | Field::Witness
                | Field::Role
                | Field::Method
                | Field::Answers
                | Field::Key
                | Field::Status
                | Field::Registration => true,
                Field::Headers => bare,
                Field::Responses => check.is_about_kind(),
                _ => false,
            },
            Condition::Holds(predicate, _) => match predicate.reads {
                Reads::Key => true,
                Reads::Headers => bare,
                Reads::Definition | Reads::Response | Reads::Operation => false,
            },
            Condition::Option(_) => true,
        }
    }

    /// Whether its answer depends on what is asked alone: not on options, and without evidence.
    fn is_plain(&self) -> bool {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().all(Condition::is_plain),
            Condition::Not(part) => part.is_plain(),
            Condition::Field(_, _, check) => check.is_plain(),
            Condition::Holds(..) | Condition::Option(_) => false,
        }
    }

    /// The standings of status codes that a row must have for this to hold, where the condition says so at its top.
    pub(super) fn registrations(&self) -> Vec<&str> {
        match self {
            Condition::All(parts) => parts.iter().flat_map(Condition::registrations).collect(),
            Condition::Field(_, Field::Registration, Check::Is(literals)) => {
                let texts = literals
                    .iter()
                    .filter_map(|literal| if let Literal::Text(text) = literal { Some(text.as_str()) } else { None });
                texts.collect()
            }
            _ => Vec::new(),
        }
    }

    /// The witness that a row must have for this to hold, where the condition says so at its top.
    pub(super) fn witness(&self) -> Option<&str> {
        match self {
            Condition::All(parts) => parts.iter().find_map(Condition::witness),
            Condition::Field(_, Field::Witness, Check::Is(literals)) => match literals.as_slice() {
                [Literal::Text(word)] => Some(word),
                _ => None,
            },
            _ => None,
        }
    }

    /// The statuses that a row must have for this to hold, where the condition says so at its top.
    pub(super) fn statuses(&self) -> Option<&StatusSet> {
        match self {
            Condition::All(parts) => parts.iter().find_map(Condition::statuses),
            Condition::Field(_, Field::Status, Check::Status(set)) => Some(set),
            _ => None,
        }
    }
}

impl Check {
    /// Whether its answer depends on the value alone: not on options, and without evidence.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Check::IsOption(..) | Check::HasOption(..) => false,
            Check::AtLeast(bound) | Check::AtMost(bound) => matches!(bound, Bound::Number(_)),
            Check::Each(check) | Check::Some(check) => check.is_plain(),
            Check::Test(condition) => condition.is_plain(),
            Check::Every(checks) => checks.iter().all(Check::is_plain),
            Check::Present | Check::Absent | Check::Is(_) | Check::Status(_) | Check::Matches(_) | Check::Has(_) => true,
        }
    }

    /// Whether it asks nothing of the responses of an operation but their keys.
    fn is_about_kind(&self) -> bool {
        match self {
            Check::Each(check) | Check::Some(check) => check.is_about_kind(),
            Check::Test(condition) => condition.is_about_kind(false),
            Check::Every(checks) => checks.iter().all(Check::is_about_kind),
            _ => true,
        }
    }
}
