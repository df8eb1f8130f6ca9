//! `belongs-to-operation`: an exchange belongs to an operation that the description has.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "belongs-to-operation",
    noun: Noun::Exchange,
    doc: "The description has the operation that was asked.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    Judgement::plain(row.operation().is_some())
}
