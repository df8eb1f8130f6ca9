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
use crate::facts::{ResponseFact, Sign, Signs};
use crate::openapi::{MediaType, Response, Version, same};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;
pub(super) use flag::HAS_SUCCESS_FLAG;
pub(super) use signs::PATTERNS;

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

/// How many media types are looked at. Lists of them are copied whole, and the first ones tell.
const MOST_TYPES: usize = 64;

/// How many media types problem details are compared with.
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
    let signs = response.definition.map(|definition| strongest(row, response, definition));
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

/// What the most telling media type says. Uses of a shared response share it, where no other response of the operation has a
/// part in it; what a description of their own says has the same weight whatever its words are.
fn strongest<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>, definition: Response<'p>) -> Signs<'p> {
    let content = row.api.content_of(response);
    let own = response.own_description().map(|entry| signs::of_description(entry.value));
    let described = || match &own {
        Some(own) => own.as_ref().map(|_| signs::stand_in()),
        None => definition.0.node().get("description").and_then(signs::of_description),
    };
    let look = || among(row, content, described);
    let found = if row.api.repeats(response).is_some() {
        let lists_resources = exemption::lists_resources(row);
        let wording = own.as_ref().map(Option::is_some);
        let signs = row.api.once(response, |known| known.error_signs(wording).of(lists_resources), || Box::new(look()));
        if signs.asks_operation { look() } else { *signs }
    } else {
        look()
    };
    signs::filled_in(found, own.flatten())
}

/// What the most telling of media types says, and the description. Where there is no content, nothing else can tell.
fn among<'p>(row: &Row<'_, 'p>, content: &[MediaType<'p>], described: impl Fn() -> Option<Sign<'p>>) -> Signs<'p> {
    if content.is_empty() {
        return described().into_iter().collect();
    }
    let others = beside_problems(content);
    let looked_at = content.iter().take(MOST_TYPES);
    let all: Vec<Signs<'p>> = looked_at.map(|media_type| of_media_type(row, *media_type, &others, &described)).collect();
    let any = |is: fn(&Signs<'p>) -> bool| all.iter().any(is);
    let incomplete = content.len() > MOST_TYPES || any(|signs| signs.incomplete);
    let asks_operation = any(|signs| signs.asks_operation);
    // Of equals the first.
    let best = all.into_iter().rev().max_by_key(Signs::score).unwrap_or_default();
    Signs { incomplete, asks_operation, ..best }
}

fn of_media_type<'p>(
    row: &Row<'_, 'p>,
    media_type: MediaType<'p>,
    others: &[MediaType<'p>],
    described: impl Fn() -> Option<Sign<'p>>,
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
        signs.extend(described().into_iter().collect());
    }
    signs.extend(problem(row, media_type, others));
    signs
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
