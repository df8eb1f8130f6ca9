//! `repeats-status-key`: an earlier response of the operation has the same key.

use super::{Arguments, Judgement, Predicate};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "repeats-status-key",
    noun: Noun::Response,
    doc: "whether an earlier response of the operation has the same key, quoted or not",
    arguments: &[],
    words: &[],
    reads_operation: true,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(response), Some(operation)) = (row.response(), row.operation()) else { return Judgement::plain(Truth::Unknown) };
    let same = row.api.responses_of(operation).iter().find(|other| other.text == response.text);
    match same.filter(|first| first.key != response.key) {
        None => Judgement::plain(false),
        Some(first) => {
            let related = vec![(first.key, "the first one".to_owned())];
            Judgement::shown(true, Evidence { related, ..Evidence::default() })
        }
    }
}
