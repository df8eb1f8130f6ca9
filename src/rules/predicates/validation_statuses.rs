//! `mixes-validation-statuses`: whether a description answers bad bodies with 400 here and with 422 there.

use rustc_hash::FxHashSet;

use super::cues::has_cue;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Api, OperationFact, ResponseFact, Role};
use crate::http::status::StatusKey;
use crate::openapi::NodeId;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::words::counted;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "mixes-validation-statuses",
    noun: Noun::Document,
    doc: "Of at least three operations with a request body some describe a 400 and no 422, others a 422 and no 400, with one and the same schema.",
    arguments: &[],
    words: &["bad", "unprocessable"],
    reads: Reads::Definition,
    run,
};

/// The fewest operations that make a style.
const FEWEST: usize = 3;
/// The most places that are shown.
const SHOWN: usize = 20;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let api = row.api;
    // OAuth demands 400 of its token endpoint (RFC 6749, section 5.2), whatever the rest of the API does.
    let is_bound = |operation: &&OperationFact<'p>| {
        api.path_of(operation).is_some_and(|path| has_cue(&path.template, &["oauth", "oauth2", "token"]))
    };
    let servers = api.operations.iter().filter(|operation| operation.role == Role::Server && api.request_of(operation).is_some());
    let with_body: Vec<&OperationFact<'p>> = servers.filter(|operation| !is_bound(operation)).collect();
    if with_body.len() < FEWEST {
        return Judgement::plain(false);
    }
    let bad = only(api, &with_body, 400, 422);
    let unprocessable = only(api, &with_body, 422, 400);
    let shared: FxHashSet<NodeId> = schemas(api, &bad).intersection(&schemas(api, &unprocessable)).copied().collect();
    if shared.is_empty() {
        return Judgement::plain(false);
    }
    let has_shared = |response: &&ResponseFact<'p>| ids(api, response).any(|id| shared.contains(&id));
    let bad: Vec<_> = bad.into_iter().filter(has_shared).collect();
    let unprocessable: Vec<_> = unprocessable.into_iter().filter(has_shared).collect();
    if bad.len() + unprocessable.len() < FEWEST {
        return Judgement::plain(false);
    }
    let words = vec![("bad", counted(bad.len(), "operation")), ("unprocessable", counted(unprocessable.len(), "operation"))];
    let fewer = if bad.len() < unprocessable.len() { &bad } else { &unprocessable };
    let related = fewer.iter().take(SHOWN).map(|response| (response.key, "one of the fewer".to_owned())).collect();
    Judgement::shown(true, Evidence { at: None, related, words, ..Evidence::default() })
}

/// The responses with one status of the operations that do not describe the other.
fn only<'a, 'p>(api: &'a Api<'p>, operations: &[&'a OperationFact<'p>], wanted: u16, other: u16) -> Vec<&'a ResponseFact<'p>> {
    let find = |operation: &&'a OperationFact<'p>, code: u16| {
        api.responses_of(operation).iter().find(|response| response.status == StatusKey::Code(code))
    };
    operations
        .iter()
        .filter(|operation| find(operation, other).is_none())
        .filter_map(|operation| find(operation, wanted))
        .collect()
}

fn schemas<'p>(api: &Api<'p>, responses: &[&ResponseFact<'p>]) -> FxHashSet<NodeId> {
    responses.iter().flat_map(|response| ids(api, response)).collect()
}

fn ids<'a, 'p>(api: &'a Api<'p>, response: &'a ResponseFact<'p>) -> impl Iterator<Item = NodeId> + use<'a, 'p> {
    api.content_of(response).iter().filter_map(|media_type| media_type.schema()?.alone().id())
}
