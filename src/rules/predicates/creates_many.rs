//! Whether an operation creates several resources at once.

use super::super::evaluate::Row;
use super::super::fields::Noun;
use super::cues::path_of;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Observed, Question};
use crate::openapi::{MediaType, RequestBody, Schema};
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::has_word;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "creates-many",
    noun: Noun::Response,
    doc: "The operation creates several things at once: its request body is an array, its path says bulk, batch or import, or it answers with a list of objects and nothing else.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let by_path = path_of(row).is_some_and(|path| has_word(path, &["bulk", "batch", "import"]));
    if row.exchange().is_some_and(|exchange| by_path || sends_list(exchange) || gets_list(exchange)) {
        return Judgement::plain(true);
    }
    let request = row.operation().and_then(|operation| row.api.request_of(operation));
    let by_body = request.map_or(Truth::False, |request| takes_array(&request));
    let is_list = |schema| row.api.noted(schema, Question::List, || Truth::from(is_list(schema))).is_true();
    let is_list = |response| row.api.content_of(response).iter().filter_map(|content| content.schema()).any(is_list);
    let by_answer = |response| row.api.once(response, |known| &known.is_list, || is_list(response));
    let by_answer = row.response().is_some_and(by_answer);
    Judgement::plain(Truth::from(by_path || by_answer).or(by_body))
}

/// Whether the request carried a JSON array.
fn sends_list(exchange: &Observed<'_>) -> bool {
    exchange.exchange.request.body.text().is_some_and(|text| text.trim_start().starts_with('['))
}

/// Whether a list of objects came back, or an object around one and nothing else.
fn gets_list(exchange: &Observed<'_>) -> bool {
    let is_list = |value: Node<'_>| value.items().next().is_some_and(Node::is_map);
    exchange.json().is_some_and(|json| {
        let mut members = json.entries();
        is_list(json) || members.next().is_some_and(|only| is_list(only.value)) && members.next().is_none()
    })
}

/// A list of objects, or an object around one: what was made is told one by one.
fn is_list(schema: Schema<'_>) -> bool {
    let of_objects = |schema: Schema<'_>| schema.items().is_some_and(|items| !items.properties().list.is_empty());
    match schema.properties().list.as_slice() {
        [] => of_objects(schema),
        [only] => of_objects(only.schema),
        _ => false,
    }
}

fn takes_array(request: &RequestBody<'_>) -> Truth {
    if let RequestBody::Object(body) = request
        && body.target().is_none()
    {
        return Truth::Unknown;
    }
    Truth::any(request.content().into_iter().filter_map(MediaType::schema).map(is_array))
}

fn is_array(schema: Schema<'_>) -> Truth {
    let says_array = |schema: Schema<'_>| schema.types().iter().any(|name| name == "array");
    match schema.target() {
        None => Truth::Unknown,
        Some(_) => Truth::from(says_array(schema) || schema.branches().any(says_array)),
    }
}
