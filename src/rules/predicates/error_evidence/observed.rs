//! The same of a response that came: its body says whether it is an error.

use super::example::{Reading, Told, has_states, of_value};
use super::exemption;
use crate::facts::Observed;
use crate::http::media_type;
use crate::openapi::MediaType;
use crate::rules::evaluate::{Evidence, Row, Subject};
use crate::rules::predicates::Judgement;
use crate::source::{Source, SourceId};
use crate::syntax::parse;
use crate::truth::Truth;

/// A 207 tells its outcomes one by one.
const MULTI_STATUS: u16 = 207;

pub(super) fn judge<'p>(row: &Row<'_, 'p>, observed: &Observed<'_>) -> Judgement<'p> {
    if observed.exchange.response.status == MULTI_STATUS || !observed.may_have_content() {
        return Judgement::plain(false);
    }
    let Some(came) = observed.media_type() else { return Judgement::plain(false) };
    let is_exempt = || exemption::is_exempt_medium(&came.essence()) || exemption::exempts(row) || asks_graphql(observed);
    if came.is_problem() && observed.exchange.response.body.is_present() == Some(true) {
        return if is_exempt() {
            Judgement::plain(false)
        } else {
            shown(format!("`{}`, the media type of errors", came.essence()))
        };
    }
    if !came.is_json() {
        return Judgement::plain(false);
    }
    let Some(body) = observed.json() else { return Judgement::plain(Truth::Unknown) };
    let reading = Reading {
        lists_resources: exemption::lists_resources(row),
        has_states: has_states(&[], described(row, observed).and_then(MediaType::schema)),
        hides_texts: true,
    };
    match of_value(body, reading) {
        Told::Error(cue) if !is_exempt() => shown(cue),
        _ => Judgement::plain(false),
    }
}

fn shown<'p>(cue: String) -> Judgement<'p> {
    Judgement::shown(true, Evidence { words: vec![("shown", cue)], ..Evidence::default() })
}

/// The described media type that came.
fn described<'p>(row: &Row<'_, 'p>, observed: &Observed<'_>) -> Option<MediaType<'p>> {
    let response = row.at(Subject::Response(observed.response?)).response()?;
    row.api.content_of(response).get(observed.described_media_type?).copied()
}

/// GraphQL at a path of another name: it asks with a `query` in JSON, and answers its errors under 200.
fn asks_graphql(observed: &Observed<'_>) -> bool {
    const LONGEST: usize = 65_536;
    let request = &observed.exchange.request;
    let kind = request.headers.lines("Content-Type").last().and_then(media_type::MediaType::parse);
    if kind.as_ref().is_some_and(|kind| kind.is("application/graphql")) {
        return true;
    }
    let text = request.body.text().filter(|text| text.len() <= LONGEST && text.trim_start().starts_with(['{', '[']));
    text.is_some_and(|text| {
        let file = parse(Source::new(SourceId(0), "body.json", text));
        let root = file.roots().next();
        let first = root.and_then(|root| root.items().next()).or(root);
        first.and_then(|one| one.get_str("query")).is_some_and(|query| query.contains('{'))
    })
}
