//! `bare-status-key`: this key is an integer while others of the description are in quotation marks.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::is_bare;
use crate::rules::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "bare-status-key",
    noun: Noun::Response,
    doc: "whether the status key is a YAML integer, and not every key of the description is one",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let bare = row.response().map(|response| is_bare(response.key) && !row.api.status_keys().all_are_bare());
    Judgement::plain(Truth::from(bare))
}
