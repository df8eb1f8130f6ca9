//! `repeats-status-key`: an earlier response of the operation has the same key.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row, Subject};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "repeats-status-key",
    noun: Noun::Response,
    doc: "whether an earlier response of the operation has the same key, quoted or not",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(response), Subject::Response(index)) = (row.response(), row.subject) else {
        return Judgement::plain(Truth::Unknown);
    };
    match row.api.first_with_key(index).filter(|first| first.key != response.key) {
        None => Judgement::plain(false),
        Some(first) => {
            let related = vec![(first.key, "the first one".to_owned())];
            Judgement::shown(true, Evidence { related, ..Evidence::default() })
        }
    }
}
