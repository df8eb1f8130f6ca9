//! `error-evidence`: how much speaks for a response that carries an error.
//!
//! Single signs are nearly always innocent, so the body must first look like an envelope of errors
//! and nothing else; then the signs are counted.

pub(super) mod envelope;
mod example;
mod exemption;
mod flag;
mod observed;
mod schema;
mod signs;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::ResponseFact;
use crate::openapi::{MediaType, Version, same};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;
pub(super) use flag::HAS_SUCCESS_FLAG;
pub(super) use signs::PATTERNS;
use signs::{Sign, Signs};

pub(super) const ERROR_EVIDENCE: Predicate = Predicate {
    name: "error-evidence",
    noun: Noun::Response,
    doc: "At least so many signs say that the body is an error: its media type, its examples, what its schema pins, requires, is named and serves elsewhere. \
          Of a response that came, what the body says.",
    arguments: &[("at-least", OptionKind::Number)],
    words: &["says", "cue", "shown"],
    reads: Reads::Operation,
    run,
};

/// From this score on the response is said to carry an error.
const CERTAIN: u8 = 2;

/// How many media types problem details are compared with. Lists of them are copied whole, and the first ones tell.
const MOST_TWINS: usize = 32;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let at_least = match arguments.get("at-least") {
        Some(OptionValue::Number(number)) => *number,
        _ => f64::from(CERTAIN),
    };
    if let Some(exchange) = row.exchange() {
        return observed::judge(row, exchange, at_least);
    }
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let signs = response.definition.map(|_| strongest(row, response));
    let is_error = signs.as_ref().is_some_and(|signs| f64::from(signs.score()) >= at_least);
    let is_known = signs.as_ref().is_some_and(|signs| is_error || !signs.incomplete);
    // Most responses show nothing, whatever the operation is about.
    if is_known && !is_error || exemption::exempts(row) {
        return Judgement::plain(false);
    }
    match signs.filter(|_| is_error) {
        Some(signs) => Judgement::shown(true, evidence(&signs)),
        None => Judgement::plain(Truth::Unknown),
    }
}

/// What the most telling media type says.
fn strongest<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>) -> Signs<'p> {
    let content = row.api.content_of(response);
    if content.is_empty() {
        return described(response).into_iter().collect();
    }
    let others = beside_problems(content);
    let all: Vec<Signs<'p>> = content.iter().map(|media_type| of_media_type(row, response, *media_type, &others)).collect();
    let incomplete = all.iter().any(|signs| signs.incomplete);
    // Of equals the first.
    let best = all.into_iter().rev().max_by_key(Signs::score).unwrap_or_default();
    Signs { incomplete, ..best }
}

fn of_media_type<'p>(
    row: &Row<'_, 'p>,
    response: &ResponseFact<'p>,
    media_type: MediaType<'p>,
    others: &[MediaType<'p>],
) -> Signs<'p> {
    let text = media_type.text();
    if text.as_deref().is_some_and(exemption::is_exempt_medium) {
        return Signs::default();
    }
    let mut signs = Signs::default();
    if let Some(schema) = media_type.schema() {
        signs = schema::signs(row, schema);
    }
    if !signs.exempt {
        signs.extend(example::signs(row, media_type));
    }
    if signs.exempt {
        return Signs { exempt: true, ..Signs::default() };
    }
    if signs.envelope {
        signs.extend(described(response).into_iter().collect());
    }
    signs.extend(problem(row, media_type, others));
    signs
}

/// What the description says. Where there is no content, nothing else can tell.
fn described<'p>(response: &ResponseFact<'p>) -> Option<Sign<'p>> {
    let own = response.own_description().map(|entry| entry.value);
    own.or_else(|| response.definition?.0.node().get("description")).and_then(signs::of_description)
}

/// Problem details under a success speak for themselves. A `produces` of 2.0 is for the errors, too, and where another media
/// type has the same schema, a list of media types was copied: the content is no error, but it may come under a wrong name.
fn problem<'p>(row: &Row<'_, 'p>, media_type: MediaType<'p>, others: &[MediaType<'p>]) -> Signs<'p> {
    let named_for_all = row.api.root.version() == Version::V2_0 && !others.is_empty();
    if !is_problem(&media_type) || named_for_all {
        return Signs::default();
    }
    let name = media_type.text().unwrap_or_default();
    let twin = others.iter().find(|other| have_one_schema(**other, media_type)).and_then(|other| other.text());
    let (weight, text) = match &twin {
        Some(twin) => (1, format!("`{name}` beside `{twin}`")),
        None => (CERTAIN, format!("`{name}` is the media type of errors")),
    };
    Signs { labelled: twin.is_some(), ..std::iter::once(Sign { weight, text, at: media_type.name }).collect() }
}

/// The media types beside problem details that these may be a copy of; none where there are no problem details.
fn beside_problems<'p>(content: &[MediaType<'p>]) -> Vec<MediaType<'p>> {
    if !content.iter().any(is_problem) {
        return Vec::new();
    }
    content.iter().filter(|other| !is_problem(other)).take(MOST_TWINS).copied().collect()
}

fn is_problem(media_type: &MediaType<'_>) -> bool {
    // What most content is.
    let text = media_type.text().filter(|text| text != "application/json");
    text.as_deref().and_then(crate::http::media_type::MediaType::parse).is_some_and(|parsed| parsed.is_problem())
}

/// Members of the same names are enough, as examples may differ. What is too large to compare counts as one: the milder reading.
fn have_one_schema(one: MediaType<'_>, other: MediaType<'_>) -> bool {
    let (one, other) = match (one.schema(), other.schema()) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.is_none() && other.is_none(),
    };
    let (left, right) = (one.properties().list, other.properties().list);
    let have_names = !left.is_empty() && left.iter().map(|member| &member.name).eq(right.iter().map(|member| &member.name));
    have_names || !same(one.view(), other.view(), &[]).is_false()
}

fn evidence<'p>(signs: &Signs<'p>) -> Evidence<'p> {
    let says = match (signs.mixed, signs.score()) {
        (true, _) => "offers errors among its successes",
        (_, CERTAIN..) => "carries an error",
        _ if signs.labelled => "offers its content under the media type of errors, too",
        _ => "looks like an error",
    };
    let cue = signs.list.iter().map(|sign| sign.text.as_str()).collect::<Vec<_>>().join(", ");
    Evidence {
        at: None,
        related: signs.list.iter().filter_map(|sign| Some((sign.at?, sign.text.clone()))).collect(),
        words: vec![("says", says.to_owned()), ("cue", cue)],
        ..Evidence::default()
    }
}
