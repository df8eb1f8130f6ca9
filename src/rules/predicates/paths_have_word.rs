//! `paths-have-word`: what the paths of a description are about.

use super::cues::has_cue;
use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "paths-have-word",
    noun: Noun::Response,
    doc: "Some path of the description has one of these words.",
    arguments: &[("words", OptionKind::Strings)],
    words: &[],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let wanted: Vec<&str> = strings(arguments, "words").iter().map(String::as_str).collect();
    Judgement::plain(row.api.paths.iter().any(|path| has_cue(&path.template, &wanted)))
}
