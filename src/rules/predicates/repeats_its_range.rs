//! `repeats-its-range`: a code says the same as the range it belongs to.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::ResponseFact;
use crate::http::status::StatusKey;
use crate::openapi::same;
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row, Subject};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "repeats-its-range",
    noun: Noun::Response,
    doc: "whether the operation has a range around this code that describes the same response",
    arguments: &[],
    words: &["range"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(response), Some(operation)) = (row.response(), row.operation()) else { return Judgement::plain(Truth::Unknown) };
    let Some(class) = response.status.code().and_then(|_| response.status.class()) else { return Judgement::plain(false) };
    // Of equal keys, which may be very many, the first stands for the others.
    let is_first = |index| row.api.first_with_key(index).is_some_and(|first| std::ptr::eq(first, response));
    if !matches!(row.subject, Subject::Response(index) if is_first(index)) {
        return Judgement::plain(false);
    }
    let range = row.api.responses_of(operation).iter().find(|other| other.status == StatusKey::Range(class));
    let Some(range) = range else { return Judgement::plain(false) };
    let evidence = Evidence {
        related: vec![(range.key, "the range says the same".to_owned())],
        words: vec![("range", range.text().to_owned())],
        ..Evidence::default()
    };
    Judgement::shown(says_the_same(response, range), evidence)
}

fn says_the_same(one: &ResponseFact<'_>, other: &ResponseFact<'_>) -> Truth {
    let (Some(left), Some(right)) = (one.definition, other.definition) else { return Truth::Unknown };
    let descriptions = Truth::from(one.description() == other.description());
    descriptions.and(same(left.0, right.0, &["description"]))
}
