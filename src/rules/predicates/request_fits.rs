//! `fits-described-request`: as far as can be told without schemas, a request is what the description asks for.

use super::sends::query_names;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::media_type;
use crate::openapi::{Parameter, RequestBody};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::source::{Source, SourceId};
use crate::syntax::parse;
use crate::traffic::Body;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "fits-described-request",
    noun: Noun::Exchange,
    doc: "The request has the parameters and the body that its operation requires, and a JSON body parses.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(observed), Some(operation)) = (row.exchange(), row.operation()) else { return Judgement::plain(Truth::Unknown) };
    let parameters = row.api.parameters_of(operation).iter().map(|parameter| has_parameter(observed, *parameter));
    let body = row.api.request_of(operation).map_or(Truth::True, |request| has_body(observed, &request));
    Judgement::plain(Truth::all(parameters.chain([body, reads_as_json(observed)])))
}

/// Parameters of the path are there, or the operation would be another one.
fn has_parameter(observed: &Observed<'_>, parameter: Parameter<'_>) -> Truth {
    if parameter.target().is_none() {
        return Truth::Unknown;
    }
    let Some(name) = parameter.name().filter(|_| parameter.is_required()) else { return Truth::True };
    let request = &observed.exchange.request;
    match parameter.location().as_deref() {
        Some("path" | "body" | "formData") => Truth::True,
        Some("query") if query_names(&request.url).any(|other| other == name) => Truth::True,
        // Names may be percent-encoded, and those of objects and lists be made of others.
        Some("query") if name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._~".contains(letter)) => {
            Truth::from(has_part(&request.url, &name)).and(Truth::Unknown)
        }
        Some("header") if request.headers.has(&name) => Truth::True,
        Some("header") if observed.has_all_request_fields() => Truth::False,
        _ => Truth::Unknown,
    }
}

/// `filter[name]=` has a part of the parameter `filter`.
fn has_part(url: &str, name: &str) -> bool {
    query_names(url).any(|other| other.strip_prefix(name).is_some_and(|rest| rest.starts_with(['[', '%', '.'])))
}

fn has_body(observed: &Observed<'_>, described: &RequestBody<'_>) -> Truth {
    let is_present = Truth::from(observed.exchange.request.body.is_present());
    if described.is_required() { is_present } else { Truth::True }
}

fn reads_as_json(observed: &Observed<'_>) -> Truth {
    let request = &observed.exchange.request;
    if !request.headers.lines("Content-Type").last().is_some_and(media_type::is_json) {
        return Truth::True;
    }
    match &request.body {
        Body::Text(text) | Body::Value(text) => {
            Truth::from(parse(Source::new(SourceId(0), "body.json", text.as_str())).faults().is_empty())
        }
        Body::Empty => Truth::True,
        _ => Truth::Unknown,
    }
}
