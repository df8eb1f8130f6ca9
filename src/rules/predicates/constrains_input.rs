//! `constrains-input`: requests can be well-formed HTTP and still not be what the operation asks for.

use super::can_fail::at;
use super::{Arguments, Judgement, Predicate};
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
    reads_operation: true,
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
    let judged = row.api.parameters_of(operation).iter().map(|parameter| (*parameter, is_constrained(*parameter)));
    let judged: Vec<(Parameter<'p>, Truth)> = judged.collect();
    let body = row.api.request_of(operation).is_some();
    let truth = Truth::any(judged.iter().map(|(_, truth)| *truth)).or(Truth::from(body));
    if !arguments.shows {
        return Judgement::withheld(truth);
    }
    let constrained: Vec<Parameter<'p>> =
        judged.into_iter().filter(|(_, truth)| truth.is_true()).map(|(parameter, _)| parameter).collect();
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
    let by_keyword = KEYWORDS.iter().any(|keyword| schema.keyword(keyword).is_some());
    Truth::from(by_keyword || schema.types().iter().any(|name| name != "string"))
}
