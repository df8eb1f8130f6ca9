//! `constrains-input`: requests can be well-formed HTTP and still not be what the operation asks for.

use super::can_fail::at;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::{Parameter, Schema};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "constrains-input",
    noun: Noun::Operation,
    doc: "The operation has a request body, or parameters beside those of the path that not every text fits, or that a query must have.",
    arguments: &[],
    words: &["input"],
    reads: Reads::Operation,
    run,
};

/// Keywords that a text can violate.
const KEYWORDS: [&str; 14] = [
    "enum",
    "const",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Fields of requests that servers skip when they do not understand them, or that have statuses of their own.
pub(super) const TRANSPORT: [&str; 14] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "authorization",
    "content-encoding",
    "content-type",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "prefer",
    "range",
    "user-agent",
];

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let parameters = row.api.parameters_of(operation);
    let body = row.api.request_of(operation).is_some();
    let by_parameters = parameters.iter().map(|parameter| is_constrained(*parameter));
    let truth = Truth::any(std::iter::once(Truth::from(body)).chain(by_parameters));
    if !arguments.shows {
        return Judgement::withheld(truth);
    }
    let is_input = |parameter: &&Parameter<'p>| is_constrained(**parameter).is_true();
    let constrained: Vec<Parameter<'p>> = parameters.iter().filter(is_input).copied().collect();
    let named = ["query", "querystring", "header", "cookie"].into_iter().filter_map(|location| at(&constrained, location));
    let input: Vec<String> = body.then(|| "a request body".to_owned()).into_iter().chain(named).collect();
    Judgement::shown(truth, Evidence { words: vec![("input", listed(&input, "and"))], ..Evidence::default() })
}

fn is_constrained(parameter: Parameter<'_>) -> Truth {
    let (Some(name), Some(location)) = (parameter.name(), parameter.location()) else { return Truth::Unknown };
    match location.as_ref() {
        "path" | "body" | "formData" => Truth::False,
        "header" if TRANSPORT.contains(&name.to_lowercase().as_str()) => Truth::False,
        "query" | "querystring" if parameter.is_required() => Truth::True,
        _ => parameter.schema().map_or(Truth::False, constrains),
    }
}

fn constrains(schema: Schema<'_>) -> Truth {
    if schema.target().is_none() {
        return Truth::Unknown;
    }
    let schema = schema.alone();
    Truth::from(schema.has_any(&KEYWORDS) || schema.types().iter().any(|name| name != "string"))
}
