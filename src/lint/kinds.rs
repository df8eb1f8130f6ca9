//! Rows that are of one kind for many clauses: operations with the same method, role and status keys. What a clause asks only
//! of these is asked once for all of them.

use std::sync::atomic::{AtomicU8, Ordering};

use rustc_hash::FxHashMap;

use super::rows::Running;
use crate::facts::{Api, OperationFact, Role};
use crate::rules::{Row, Subject, is_settled};

/// What operations of one kind have in common.
type Kind<'a> = (&'a str, Option<Role>, bool, Vec<&'a str>);

/// A kind: for each clause, by its position in the list of those that run, whether it says nothing about any row of the kind.
pub(super) struct Silent(Vec<AtomicU8>);

/// Nobody has asked yet.
const UNASKED: u8 = 0;
const SILENT: u8 = 1;
const SPEAKS: u8 = 2;

/// The kinds of the operations of one description, with the clauses that are silent about them.
pub(super) struct Kinds<'a, 'p> {
    api: &'a Api<'p>,
    of_operation: Vec<usize>,
    operations: Vec<Silent>,
    /// By the status key of a response and the kind of its operation.
    responses: FxHashMap<(&'a str, usize), Silent>,
}

impl<'a, 'p> Kinds<'a, 'p> {
    /// Sorts the operations by kind; so many clauses run.
    pub(super) fn of(clauses: usize, api: &'a Api<'p>) -> Self {
        let mut known: FxHashMap<Kind<'a>, usize> = FxHashMap::default();
        let mut kinds = Kinds { api, of_operation: Vec::new(), operations: Vec::new(), responses: FxHashMap::default() };
        for operation in &api.operations {
            let next = known.len();
            let kind = *known.entry(kind(api, operation)).or_insert(next);
            kinds.of_operation.push(kind);
            if kind == next {
                kinds.operations.push(Silent::unasked(clauses));
                for response in api.responses_of(operation) {
                    kinds.responses.entry((&response.text, kind)).or_insert_with(|| Silent::unasked(clauses));
                }
            }
        }
        kinds
    }

    /// The kind of an operation or response.
    pub(super) fn kind_of(&self, subject: Subject) -> Option<&Silent> {
        match subject {
            Subject::Operation(index) => self.of_operation.get(index).and_then(|kind| self.operations.get(*kind)),
            Subject::Response(index) => self.of_response(index),
            _ => None,
        }
    }

    /// Whether a clause, with its position, says nothing about an operation or response of this kind. The first row of a kind
    /// that is asked about answers for all of them.
    pub(super) fn is_silent(&self, kind: Option<&Silent>, (position, one): (usize, &Running<'_>), subject: Subject) -> bool {
        let asked = || is_settled(one.clause, &Row::declared(self.api, subject), &one.part.options);
        kind.and_then(|kind| kind.0.get(position)).is_some_and(|answer| answered(answer, asked))
    }

    fn of_response(&self, index: usize) -> Option<&Silent> {
        let response = self.api.responses.get(index)?;
        let kind = *self.of_operation.get(response.operation)?;
        self.responses.get(&(response.text.as_ref(), kind))
    }
}

impl Silent {
    fn unasked(clauses: usize) -> Self {
        Silent((0..clauses).map(|_| AtomicU8::new(UNASKED)).collect())
    }
}

/// An answer as it was given before, or asked for now. Two threads that ask at once hear the same.
fn answered(answer: &AtomicU8, asked: impl FnOnce() -> bool) -> bool {
    match answer.load(Ordering::Relaxed) {
        UNASKED => {
            let is_silent = asked();
            answer.store(if is_silent { SILENT } else { SPEAKS }, Ordering::Relaxed);
            is_silent
        }
        known => known == SILENT,
    }
}

fn kind<'a, 'p>(api: &'a Api<'p>, operation: &'a OperationFact<'p>) -> Kind<'a> {
    let keys = api.responses_of(operation).iter().map(|response| response.text.as_ref()).collect();
    let role = api.path_of(operation).map(|path| path.role);
    (&operation.method, role, operation.lost_responses(), keys)
}
