//! `omits-responses`: there is no `responses` key at all.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "omits-responses",
    noun: Noun::Operation,
    doc: "whether the operation has no `responses` key, not even an empty one",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(view) = row.operation().map(|fact| fact.operation.0) else { return Judgement::plain(Truth::Unknown) };
    let is_lost = view.node().get("$ref").is_some();
    let omits = view.node().get("responses").is_none();
    Judgement::plain(if omits && is_lost { Truth::Unknown } else { Truth::from(omits) })
}
