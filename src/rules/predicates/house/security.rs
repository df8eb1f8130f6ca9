//! `says-security`: an operation has a `security` of its own, be it empty.

use super::super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const SAYS_SECURITY: Predicate = Predicate {
    name: "says-security",
    noun: Noun::Operation,
    doc: "The operation has a `security` key of its own, also an empty one: somebody decided.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let operation = row.operation();
    Judgement::plain(
        operation.map_or(Truth::Unknown, |operation| operation.operation.0.node().entry("security").is_some().into()),
    )
}
