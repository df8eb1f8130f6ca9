//! `registration-expires`: the code is in the registry until a date.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::status::find;
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "registration-expires",
    noun: Noun::Response,
    doc: "whether the status is a code that is registered until a date only; shows the date",
    arguments: &[],
    words: &["expires"],
    reads: Reads::Key,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(Truth::Unknown) };
    match response.status.code().and_then(find).and_then(|entry| entry.expires) {
        None => Judgement::plain(false),
        Some(date) => Judgement::shown(true, Evidence { words: vec![("expires", date.to_owned())], ..Evidence::default() }),
    }
}
