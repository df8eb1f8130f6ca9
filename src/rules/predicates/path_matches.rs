//! `path-matches`: what the path of a request is about, described or not.

use super::cues::path_of;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};

pub(super) const PREDICATE: Predicate = Predicate {
    name: "path-matches",
    noun: Noun::Response,
    doc: "The path matches `pattern`: as it is described, or that of the URL where traffic has no operation.",
    arguments: &[("pattern", OptionKind::Regex)],
    words: &[],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Regex(pattern)) = arguments.get("pattern") else { return Judgement::plain(false) };
    Judgement::plain(path_of(row).is_some_and(|path| pattern.is_match(path)))
}
