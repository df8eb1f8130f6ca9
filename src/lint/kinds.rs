//! Rows that are of one kind for many clauses: operations with the same method, role and status keys. What a clause asks only
//! of these is asked once for all of them.

use rustc_hash::FxHashMap;

use super::rows::Running;
use crate::facts::{Api, OperationFact, Role};
use crate::rules::{Noun, Row, Subject, is_settled};

/// What operations of one kind have in common.
type Kind<'a> = (&'a str, Option<Role>, bool, Vec<&'a str>);

/// The clauses, by their positions in the list of those that run, that say nothing about any row of a kind.
type Silent = Vec<bool>;

/// The kinds of the operations of one description, with the clauses that are silent about them.
pub(super) struct Kinds<'a> {
    of_operation: Vec<usize>,
    operations: Vec<Silent>,
    /// By the status key of a response and the kind of its operation.
    responses: FxHashMap<(&'a str, usize), Silent>,
}

impl<'a> Kinds<'a> {
    /// Asks every clause once for each kind.
    pub(super) fn of(running: &[Running<'_>], api: &'a Api<'_>) -> Self {
        let mut known: FxHashMap<Kind<'a>, usize> = FxHashMap::default();
        let mut kinds = Kinds { of_operation: Vec::new(), operations: Vec::new(), responses: FxHashMap::default() };
        for (index, operation) in api.operations.iter().enumerate() {
            let next = known.len();
            let kind = *known.entry(kind(api, operation)).or_insert(next);
            kinds.of_operation.push(kind);
            if kind == next {
                kinds.operations.push(silent(running, Noun::Operation, &Row::declared(api, Subject::Operation(index))));
                for response in operation.responses.clone() {
                    let Some(fact) = api.responses.get(response) else { continue };
                    let silent = || silent(running, Noun::Response, &Row::declared(api, Subject::Response(response)));
                    kinds.responses.entry((&fact.text, kind)).or_insert_with(silent);
                }
            }
        }
        kinds
    }

    /// Whether a clause says nothing about an operation.
    pub(super) fn is_silent_about(&self, clause: usize, operation: usize) -> bool {
        let silent = self.of_operation.get(operation).and_then(|kind| self.operations.get(*kind));
        silent.and_then(|silent| silent.get(clause)).copied().unwrap_or(false)
    }

    /// For each clause whether it says nothing about the response with this index.
    pub(super) fn silent_about_response(&self, api: &'a Api<'_>, index: usize) -> &[bool] {
        let silent = api.responses.get(index).and_then(|response| {
            let kind = *self.of_operation.get(response.operation)?;
            self.responses.get(&(response.text.as_ref(), kind))
        });
        silent.map(Vec::as_slice).unwrap_or_default()
    }
}

fn kind<'a, 'p>(api: &'a Api<'p>, operation: &'a OperationFact<'p>) -> Kind<'a> {
    let keys = api.responses_of(operation).iter().map(|response| response.text.as_ref()).collect();
    let role = api.path_of(operation).map(|path| path.role);
    (&operation.method, role, operation.lost_responses(), keys)
}

fn silent(running: &[Running<'_>], noun: Noun, row: &Row<'_, '_>) -> Silent {
    running.iter().map(|one| one.clause.noun == noun && is_settled(one.clause, row, &one.part.options)).collect()
}
