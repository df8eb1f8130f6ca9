//! When something was last changed at an origin: what happened before that proves nothing about the time after.

use rustc_hash::FxHashMap;

use super::Step;
use crate::http::method::Method;

/// How many origins are told apart.
const MOST: usize = 1_000;

/// The last exchanges that may have changed something at an origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Last {
    /// The last one that may have created something.
    pub(super) write: Option<u64>,
    /// The last one that may have deleted something.
    pub(super) delete: Option<u64>,
}

impl Last {
    /// Whether anything may have changed behind an exchange.
    pub(super) fn is_behind(self, index: u64) -> bool {
        self.write.max(self.delete) > Some(index)
    }
}

/// The last changes at each origin.
#[derive(Debug, Default)]
pub(super) struct Writes {
    known: FxHashMap<u64, Last>,
    /// What is known of an origin that was not seen since too many were.
    rest: Last,
}

impl Writes {
    /// The last changes at an origin.
    pub(super) fn at(&self, origin: u64) -> Last {
        self.known.get(&origin).copied().unwrap_or(self.rest)
    }

    /// Takes in an exchange.
    pub(super) fn note(&mut self, origin: u64, step: &Step<'_>) {
        let is_refused = (400..500).contains(&step.status);
        if step.method.is_some_and(Method::is_safe) || is_refused {
            return;
        }
        if self.known.len() >= MOST && !self.known.contains_key(&origin) {
            self.known.clear();
            self.rest = Last { write: Some(step.index), delete: Some(step.index) };
        }
        let rest = self.rest;
        let last = self.known.entry(origin).or_insert(rest);
        let (writes, deletes) = effects(step);
        last.write = if writes { Some(step.index) } else { last.write };
        last.delete = if deletes { Some(step.index) } else { last.delete };
    }
}

/// Whether a request may have created something, and whether it may have deleted something. A POST may do anything, unless
/// it says that it has created; so may methods that are not known here.
fn effects(step: &Step<'_>) -> (bool, bool) {
    match step.method {
        Some(Method::Delete) => (false, true),
        Some(Method::Put | Method::Patch) => (true, false),
        Some(Method::Post) if step.status == 201 => (true, false),
        _ => (true, true),
    }
}
