//! `error-evidence`: how much speaks for a response that carries an error.
//!
//! Single signs are nearly always innocent, so the body must first look like an envelope of errors
//! and nothing else; then the signs are counted.

pub(super) mod envelope;
mod example;
mod exemption;
mod flag;
mod schema;
mod signs;

use super::{Arguments, Judgement, Predicate};
use crate::facts::ResponseFact;
use crate::openapi::{MediaType, Version};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;
pub(super) use flag::HAS_SUCCESS_FLAG;
use signs::{Sign, Signs};

pub(super) const ERROR_EVIDENCE: Predicate = Predicate {
    name: "error-evidence",
    noun: Noun::Response,
    doc: "At least so many signs say that the body is an error: its media type, its examples, what its schema pins, requires, is named and serves elsewhere.",
    arguments: &[("at-least", OptionKind::Number)],
    words: &["says", "cue"],
    reads_operation: true,
    run,
};

/// From this score on the response is said to carry an error.
const CERTAIN: u8 = 2;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let at_least = match arguments.get("at-least") {
        Some(OptionValue::Number(number)) => *number,
        _ => f64::from(CERTAIN),
    };
    let Some(response) = row.response().filter(|_| !exemption::exempts(row)) else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let signs = strongest(row, response);
    if f64::from(signs.score()) >= at_least {
        return Judgement::shown(true, evidence(&signs));
    }
    Judgement::plain(if signs.incomplete { Truth::Unknown } else { Truth::False })
}

/// What the most telling media type says.
fn strongest<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>) -> Signs<'p> {
    let all: Vec<Signs<'p>> =
        row.api.content_of(response).iter().map(|media_type| of_media_type(row, response, *media_type)).collect();
    let incomplete = all.iter().any(|signs| signs.incomplete);
    // Of equals the first.
    let best = all.into_iter().rev().max_by_key(Signs::score).unwrap_or_default();
    Signs { incomplete, ..best }
}

fn of_media_type<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>, media_type: MediaType<'p>) -> Signs<'p> {
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
    let own = response.own_description.map(|entry| entry.value);
    let description = own.or_else(|| response.definition?.0.node().get("description"));
    if signs.envelope {
        signs.extend(description.and_then(signs::of_description).into_iter().collect());
    }
    signs.extend(problem(row, response, media_type).into_iter().collect());
    signs
}

/// Problem details under a success speak for themselves. A `produces` of 2.0 is for the errors, too.
fn problem<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>, media_type: MediaType<'p>) -> Option<Sign<'p>> {
    let is_problem = |media_type: &MediaType<'p>| {
        let text = media_type.text();
        text.as_deref().and_then(crate::http::media_type::MediaType::parse).is_some_and(|parsed| parsed.is_problem())
    };
    let named_for_all = row.api.root.version() == Version::V2_0 && !row.api.content_of(response).iter().all(is_problem);
    (is_problem(&media_type) && !named_for_all).then(|| Sign {
        weight: CERTAIN,
        text: format!("`{}` is the media type of errors", media_type.text().unwrap_or_default()),
        at: media_type.name,
    })
}

fn evidence<'p>(signs: &Signs<'p>) -> Evidence<'p> {
    let says = match (signs.mixed, signs.score()) {
        (true, _) => "offers errors among its successes",
        (_, CERTAIN..) => "carries an error",
        _ => "looks like an error",
    };
    let cue = signs.list.iter().map(|sign| sign.text.as_str()).collect::<Vec<_>>().join(", ");
    Evidence {
        at: None,
        related: signs.list.iter().filter_map(|sign| Some((sign.at?, sign.text.clone()))).collect(),
        words: vec![("says", says.to_owned()), ("cue", cue)],
    }
}
