//! `mixes-error-media-types`: most errors have one media type, some have another.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::place;
use crate::facts::{Api, ResponseFact, Role, is_error};
use crate::http::media_type::MediaType;
use crate::http::status::Class;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::syntax::Node;

/// How many media types a response has at most that is counted.
const MOST_TYPES: usize = 64;

pub(in crate::rules::predicates) const MIXES_ERROR_MEDIA_TYPES: Predicate = Predicate {
    name: "mixes-error-media-types",
    noun: Noun::Document,
    doc: "Some errors do not have the media type that most of them have; JSON and XML count, one item for each other media type.",
    arguments: &[],
    words: &["other", "usual", "total"],
    reads: Reads::Definition,
    run,
};

/// The most places that are shown.
const SHOWN: usize = 20;

/// An error with the media types it may come in.
struct Vote<'a, 'p> {
    response: &'a ResponseFact<'p>,
    types: Vec<Rc<str>>,
}

/// Media types by how they are written, so that each is read once.
#[derive(Default)]
struct Essences<'p>(FxHashMap<Cow<'p, str>, Option<Rc<str>>>);

impl<'p> Essences<'p> {
    /// `type/subtype`; none of a range, which says nothing, and of a page or text, which has a rule of its own.
    fn of(&mut self, media_type: Cow<'p, str>) -> Option<Rc<str>> {
        if let Some(known) = self.0.get(&media_type) {
            return known.clone();
        }
        let parsed = MediaType::parse(&media_type).filter(|parsed| parsed.is_json() || parsed.is_xml());
        let essence: Option<Rc<str>> = parsed.map(|parsed| parsed.essence().into());
        self.0.insert(media_type, essence.clone());
        essence
    }
}

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let api = row.api;
    let servers = || api.operations.iter().filter(|operation| operation.role == Role::Server);
    let errors = || servers().flat_map(|operation| api.responses_of(operation).iter().filter(|other| is_error(api, other)));
    let mut essences = Essences::default();
    let Some((usual, total)) = most(votes(api, &mut essences, errors())) else { return Judgement::plain(false) };
    let different: Vec<Vote<'_, 'p>> = votes(api, &mut essences, errors()).filter(|vote| !vote.types.contains(&usual)).collect();
    if different.is_empty() {
        return Judgement::plain(false);
    }
    let successes = servers().flat_map(|operation| api.responses_of(operation)).filter(|other| is_success(other));
    let usual_success = most(votes(api, &mut essences, successes)).map(|(usual, _)| usual);
    let mut others: Vec<(Rc<str>, Vec<&ResponseFact<'p>>)> = Vec::new();
    for vote in &different {
        let Some(other) = vote.types.first() else { continue };
        if speaks_as_its_operation(api, &mut essences, vote, usual_success.as_deref()) {
            continue;
        }
        match others.iter_mut().find(|(name, _)| name == other) {
            Some((_, responses)) => responses.push(vote.response),
            None => others.push((other.clone(), vec![vote.response])),
        }
    }
    let evidence: Vec<Evidence<'p>> =
        others.iter().filter_map(|(other, responses)| shown(other, responses, &usual, total)).collect();
    Judgement::found(evidence)
}

fn votes<'a, 'p: 'a>(
    api: &'a Api<'p>,
    essences: &mut Essences<'p>,
    responses: impl Iterator<Item = &'a ResponseFact<'p>>,
) -> impl Iterator<Item = Vote<'a, 'p>> {
    let all = responses.map(|response| Vote { response, types: types(api, essences, response) });
    all.filter(|vote| !vote.types.is_empty())
}

/// The media types of a response; none where one of them says nothing.
fn types<'p>(api: &Api<'p>, essences: &mut Essences<'p>, response: &ResponseFact<'p>) -> Vec<Rc<str>> {
    let content = api.content_of(response);
    if content.len() > MOST_TYPES {
        return Vec::new();
    }
    let told = content.iter().map(|media_type| essences.of(media_type.text()?));
    told.collect::<Option<Vec<Rc<str>>>>().unwrap_or_default()
}

/// The media type of the most, of equals the one that comes first, and how many votes there are.
fn most<'a, 'p: 'a>(votes: impl Iterator<Item = Vote<'a, 'p>>) -> Option<(Rc<str>, usize)> {
    let mut counts: FxHashMap<Rc<str>, (usize, usize)> = FxHashMap::default();
    let mut total = 0;
    for vote in votes {
        total += 1;
        for name in vote.types {
            let rank = counts.len();
            counts.entry(name).or_insert((0, rank)).0 += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, (count, rank))| (*count, usize::MAX - rank));
    most.map(|(name, _)| (name, total))
}

/// An operation that speaks a media type of its own, not that of most, may tell its errors in it, too.
fn speaks_as_its_operation<'p>(api: &Api<'p>, essences: &mut Essences<'p>, vote: &Vote<'_, 'p>, usual: Option<&str>) -> bool {
    let Some(operation) = api.operation_of(vote.response) else { return false };
    let own: Vec<Vote<'_, 'p>> =
        votes(api, essences, api.responses_of(operation).iter().filter(|other| is_success(other))).collect();
    let mut names = own.iter().flat_map(|vote| &vote.types);
    names.clone().all(|name| Some(&**name) != usual) && names.any(|name| vote.types.contains(name))
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
