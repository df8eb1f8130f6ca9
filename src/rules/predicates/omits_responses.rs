//! `omits-responses`: there is no `responses` key at all.

use super::{Arguments, Judgement, Predicate};
use crate::rules::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "omits-responses",
    noun: Noun::Operation,
    doc: "whether the operation has no `responses` key, not even an empty one",
    arguments: &[],
    words: &[],
    reads_operation: true,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let omits = row.operation().map(|fact| fact.operation.responses_entry().is_none());
    Judgement::plain(Truth::from(omits))
}
