//! `many-equal-errors`: a long list of error codes that all describe one and the same response.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::ResponseFact;
use crate::http::status::Class;
use crate::openapi::same;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "many-equal-errors",
    noun: Noun::Operation,
    doc: "whether at least so many error codes describe responses that differ in their description at most",
    arguments: &[("at-least", OptionKind::Number)],
    words: &["codes", "number"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let least = match arguments.get("at-least") {
        Some(OptionValue::Number(number)) => *number,
        _ => 2.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "an operation has few responses")]
    let clusters = clusters(row.api.responses_of(operation)).into_iter().filter(|cluster| cluster.len() as f64 >= least);
    let evidence: Vec<_> = clusters.map(|cluster| shown(&cluster)).collect();
    Judgement::found(evidence)
}

/// The error codes in groups of equal responses, in document order. What cannot be compared stands alone.
fn clusters<'a, 'p>(responses: &'a [ResponseFact<'p>]) -> Vec<Vec<&'a ResponseFact<'p>>> {
    let mut clusters: Vec<Vec<&ResponseFact<'p>>> = Vec::new();
    for response in responses.iter().filter(|response| is_error_code(response)) {
        let twins = |cluster: &&mut Vec<&ResponseFact<'p>>| cluster.first().is_some_and(|first| are_equal(first, response));
        match clusters.iter_mut().find(twins) {
            Some(cluster) => cluster.push(response),
            None => clusters.push(vec![response]),
        }
    }
    clusters
}

fn is_error_code(response: &ResponseFact<'_>) -> bool {
    response.status.code().is_some() && matches!(response.status.class(), Some(Class::ClientError | Class::ServerError))
}

fn are_equal(one: &ResponseFact<'_>, other: &ResponseFact<'_>) -> bool {
    one.definition.zip(other.definition).is_some_and(|(one, other)| same(one.0, other.0, &["description"]).is_true())
}

fn shown<'p>(cluster: &[&ResponseFact<'p>]) -> Evidence<'p> {
    let codes: Vec<String> = cluster.iter().map(|response| response.text().to_owned()).collect();
    Evidence {
        at: None,
        related: cluster.iter().map(|response| (response.key, "one of the equal responses".to_owned())).collect(),
        words: vec![("number", codes.len().to_string()), ("codes", codes.join(", "))],
        ..Evidence::default()
    }
}
