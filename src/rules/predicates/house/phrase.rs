//! `description-is-no-phrase`: a response is described by other words than those of its code.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::{found, response};
use crate::http::status::{normalised, phrases};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const DESCRIPTION_IS_NO_PHRASE: Predicate = Predicate {
    name: "description-is-no-phrase",
    noun: Noun::Response,
    doc: "The description is none of the names of the code, letter case and a full stop aside. False for codes without a name.",
    arguments: &[],
    words: &["phrase"],
    reads: Reads::Response,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let names: Vec<&str> = response.status.code().into_iter().flat_map(phrases).collect();
    let Some(first) = names.first() else { return Judgement::plain(false) };
    let written = response.description().unwrap_or_default();
    let written = normalised(written.trim().trim_end_matches('.'));
    let is_phrase = names.iter().any(|name| normalised(name) == written);
    Judgement::shown(!is_phrase, found(None, "phrase", *first))
}
