//! What one operation answers, asked status by status.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Api, OperationFact, ResponseFact};
use crate::http::status::{Class, StatusKey};

/// The described responses of one operation. Of equal keys the last counts.
#[derive(Debug, Default)]
pub(super) struct Outcomes<'a, 'p> {
    /// By code.
    pub(super) exact: BTreeMap<u16, &'a ResponseFact<'p>>,
    /// By class.
    pub(super) ranges: BTreeMap<Class, &'a ResponseFact<'p>>,
    /// Whatever the others do not say.
    pub(super) default: Option<&'a ResponseFact<'p>>,
    /// Keys that mean nothing.
    pub(super) invalid: Vec<&'a ResponseFact<'p>>,
}

/// A set of codes that both descriptions treat alike throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// One code, which one of the descriptions names.
    Code(u16),
    /// All codes of a class that neither names.
    Others(Class),
}

/// What describes the responses of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer<'a, 'p> {
    /// The code itself.
    Exact(&'a ResponseFact<'p>),
    /// Its class.
    Range(&'a ResponseFact<'p>),
    /// `default`.
    Default(&'a ResponseFact<'p>),
    /// Nothing.
    None,
}

impl Cell {
    /// The class of the codes.
    pub(super) fn class(self) -> Option<Class> {
        match self {
            Cell::Code(code) => Class::of(code),
            Cell::Others(class) => Some(class),
        }
    }

    /// The code, where it is one.
    pub(super) fn code(self) -> Option<u16> {
        match self {
            Cell::Code(code) => Some(code),
            Cell::Others(_) => None,
        }
    }

    /// Whether the codes are those of errors.
    pub(super) fn is_error(self) -> bool {
        matches!(self.class(), Some(Class::ClientError | Class::ServerError))
    }
}

impl<'a, 'p> Outcomes<'a, 'p> {
    /// The responses of an operation.
    pub(super) fn of(api: &'a Api<'p>, operation: &'a OperationFact<'p>) -> Self {
        let mut outcomes = Outcomes::default();
        for response in api.responses_of(operation) {
            match response.status {
                StatusKey::Code(code) => drop(outcomes.exact.insert(code, response)),
                StatusKey::Range(class) => drop(outcomes.ranges.insert(class, response)),
                StatusKey::Default => outcomes.default = Some(response),
                StatusKey::Invalid => outcomes.invalid.push(response),
            }
        }
        outcomes
    }

    /// Whether it describes nothing, and so promises nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.ranges.is_empty() && self.default.is_none()
    }

    /// Whether `default` stands for the errors, as it does beside a described success.
    pub(super) fn default_is_error(&self) -> bool {
        self.has_code_of(Class::Successful) || self.ranges.contains_key(&Class::Successful)
    }

    /// Whether it names a code of a class.
    pub(super) fn has_code_of(&self, class: Class) -> bool {
        self.codes_of(class).next().is_some()
    }

    /// The codes of a class that it names.
    pub(super) fn codes_of(&self, class: Class) -> impl Iterator<Item = u16> {
        let first = u16::from(class.digit()) * 100;
        self.exact.range(first..first + 100).map(|(code, _)| *code)
    }

    /// What describes the responses of a cell.
    pub(super) fn answer(&self, cell: Cell) -> Answer<'a, 'p> {
        let exact = cell.code().and_then(|code| self.exact.get(&code)).map(|fact| Answer::Exact(fact));
        let range = || cell.class().and_then(|class| self.ranges.get(&class)).map(|fact| Answer::Range(fact));
        let falls_to_default = cell.is_error() || !self.default_is_error() && cell.class() != Some(Class::Informational);
        let default = || self.default.filter(|_| falls_to_default).map(Answer::Default);
        exact.or_else(range).or_else(default).unwrap_or(Answer::None)
    }
}

/// The partition of all status codes that the keys of two operations make.
pub(super) fn cells(old: &Outcomes<'_, '_>, new: &Outcomes<'_, '_>) -> Vec<Cell> {
    let codes: BTreeSet<u16> = old.exact.keys().chain(new.exact.keys()).copied().collect();
    codes.into_iter().map(Cell::Code).chain(Class::ALL.map(Cell::Others)).collect()
}
