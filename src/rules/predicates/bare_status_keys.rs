//! `bare-status-keys`: every status code of the description is an integer.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};

pub(super) const PREDICATE: Predicate = Predicate {
    name: "bare-status-keys",
    noun: Noun::Document,
    doc: "whether the description has several status codes and every one is a YAML integer; shows the first",
    arguments: &[],
    words: &["total"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let keys = row.api.status_keys();
    let first = keys.first_bare.filter(|_| keys.all_are_bare()).and_then(|index| row.api.responses.get(index));
    let Some(first) = first else { return Judgement::plain(false) };
    let words = vec![("total", keys.bare.to_string())];
    Judgement::shown(true, Evidence { at: Some(first.key), words, ..Evidence::default() })
}
