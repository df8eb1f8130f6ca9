//! `mixes-error-media-types`: most errors have one media type, some have another.

use rustc_hash::FxHashMap;

use super::place;
use crate::facts::{Api, ResponseFact, Role, is_error};
use crate::http::media_type::MediaType;
use crate::http::status::Class;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Predicate};
use crate::syntax::Node;

pub(in crate::rules::predicates) const MIXES_ERROR_MEDIA_TYPES: Predicate = Predicate {
    name: "mixes-error-media-types",
    noun: Noun::Document,
    doc: "Some errors do not have the media type that most of them have; JSON and XML count, one item for each other media type.",
    arguments: &[],
    words: &["other", "usual", "total"],
    reads_operation: false,
    run,
};

/// The most places that are shown.
const SHOWN: usize = 20;

/// An error with the media types it may come in.
struct Vote<'a, 'p> {
    response: &'a ResponseFact<'p>,
    types: Vec<String>,
}

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let api = row.api;
    let servers = || api.operations.iter().filter(|operation| operation.role == Role::Server);
    let errors = servers().flat_map(|operation| api.responses_of(operation).iter().filter(|other| is_error(api, other)));
    let votes: Vec<Vote<'_, 'p>> = votes(api, errors);
    let successes = servers().flat_map(|operation| api.responses_of(operation)).filter(|other| is_success(other));
    let Some(usual) = most(votes.iter().map(|vote| vote.types.as_slice())) else { return Judgement::plain(false) };
    let usual_success = most(votes_of(api, successes).iter().map(Vec::as_slice));
    let mut others: Vec<(String, Vec<&ResponseFact<'p>>)> = Vec::new();
    for vote in votes.iter().filter(|vote| !vote.types.contains(&usual)) {
        let Some(other) = vote.types.first() else { continue };
        if speaks_as_its_operation(api, vote, usual_success.as_deref()) {
            continue;
        }
        match others.iter_mut().find(|(name, _)| name == other) {
            Some((_, responses)) => responses.push(vote.response),
            None => others.push((other.clone(), vec![vote.response])),
        }
    }
    let evidence: Vec<Evidence<'p>> =
        others.iter().filter_map(|(other, responses)| shown(other, responses, &usual, votes.len())).collect();
    Judgement::found(evidence)
}

fn votes<'a, 'p: 'a>(api: &'a Api<'p>, responses: impl Iterator<Item = &'a ResponseFact<'p>>) -> Vec<Vote<'a, 'p>> {
    let all = responses.map(|response| Vote { response, types: types(api, response) });
    all.filter(|vote| !vote.types.is_empty()).collect()
}

fn votes_of<'a, 'p: 'a>(api: &'a Api<'p>, responses: impl Iterator<Item = &'a ResponseFact<'p>>) -> Vec<Vec<String>> {
    responses.map(|response| types(api, response)).filter(|types| !types.is_empty()).collect()
}

/// The media types of a response; none where one of them is a range, which says nothing, or a page or text, which has a rule of its own.
fn types<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> Vec<String> {
    let content = api.content_of(response);
    let told = content.iter().map(|media_type| {
        let text = media_type.text()?;
        let parsed = MediaType::parse(&text)?;
        (parsed.is_json() || parsed.is_xml()).then(|| parsed.essence())
    });
    told.collect::<Option<Vec<String>>>().unwrap_or_default()
}

/// The media type of the most; of equals the one that comes first.
fn most<'v>(votes: impl Iterator<Item = &'v [String]>) -> Option<String> {
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for name in votes.flatten() {
        let rank = counts.len();
        counts.entry(name).or_insert((0, rank)).0 += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, (count, rank))| (*count, usize::MAX - rank));
    most.map(|(name, _)| name.to_owned())
}

/// An operation that speaks a media type of its own, not that of most, may tell its errors in it, too.
fn speaks_as_its_operation<'p>(api: &Api<'p>, vote: &Vote<'_, 'p>, usual: Option<&str>) -> bool {
    let Some(operation) = api.operation_of(vote.response) else { return false };
    let own = votes_of(api, api.responses_of(operation).iter().filter(|other| is_success(other)));
    let has_usual = own.iter().flatten().any(|name| Some(name.as_str()) == usual);
    !has_usual && own.iter().flatten().any(|name| vote.types.contains(name))
}

fn is_success(response: &ResponseFact<'_>) -> bool {
    response.status.class() == Some(Class::Successful)
}

fn shown<'p>(other: &str, responses: &[&ResponseFact<'p>], usual: &str, total: usize) -> Option<Evidence<'p>> {
    let first = place(responses.first()?);
    let mut places: Vec<Node<'p>> = Vec::new();
    for place in responses.iter().map(|response| place(response)) {
        if place != first && places.len() < SHOWN && !places.contains(&place) {
            places.push(place);
        }
    }
    let related = places.into_iter().map(|place| (place, "has the same media type".to_owned())).collect();
    let total = format!("{} of {total} error responses", responses.len());
    let words = vec![("other", format!("`{other}`")), ("usual", format!("`{usual}`")), ("total", total)];
    Some(Evidence { at: Some(first), related, words, ..Evidence::default() })
}
