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

pub(super) fn judge<'p>(row: &Row<'_, 'p>, observed: &Observed<'_>, at_least: f64) -> Judgement<'p> {
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
        Told::Error(cue) if !is_exempt() && f64::from(weight(row, observed, &cue)) >= at_least => shown(cue),
        _ => Judgement::plain(false),
    }
}

/// How many signs the word of a body is worth. What is read may be about something that has failed, and `status` and `code` are
/// members of many things; so is an `error` where the description knows the member. A flag says how the request went.
fn weight(row: &Row<'_, '_>, observed: &Observed<'_>, cue: &str) -> u8 {
    let is_read = ["GET", "HEAD", "QUERY"].contains(&observed.exchange.request.method.as_str());
    let is_flag = cue.contains(": false") || cue.contains(": true");
    let member = cue.trim_start_matches('`').split([':', '`']).next().unwrap_or_default();
    let is_known = || {
        let schema = described(row, observed).and_then(MediaType::schema);
        schema.is_some_and(|schema| schema.properties().get(member).is_some())
    };
    if is_read && !is_flag && (!member.starts_with("err") || is_known()) { 1 } else { 2 }
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
