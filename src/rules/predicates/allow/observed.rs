//! `sent-allow-differs`: the `Allow` that came against the methods that the path describes.

use super::{allowed_of, difference};
use crate::facts::described;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::traffic::mask;
use crate::truth::Truth;

pub(in super::super) const SENT_ALLOW_DIFFERS: Predicate = Predicate {
    name: "sent-allow-differs",
    noun: Noun::Exchange,
    doc: "The `Allow` of the response lacks a method that its path describes, or with `both-ways` has one that it does not.",
    arguments: &[("both-ways", OptionKind::Boolean)],
    words: &["allow", "difference"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let (Some(observed), Some(path)) = (row.exchange(), row.path()) else { return Judgement::plain(false) };
    let Some(value) = observed.fields().value("Allow") else { return Judgement::plain(false) };
    if path.is_unreadable() {
        return Judgement::plain(Truth::Unknown);
    }
    let described = described(row.api, path);
    let both_ways = arguments.get("both-ways") == Some(&OptionValue::Boolean(true));
    // An empty `Allow` says that nothing is allowed for now, which is about the resource and not about the description.
    let differs = allowed_of(value.split(','), &described).and_then(|allowed| difference(&allowed, &described, both_ways));
    differs.map_or(Judgement::plain(false), |difference| {
        let words = vec![("allow", mask::field_value("Allow", &value, false)), ("difference", difference)];
        Judgement::shown(true, Evidence { at: Some(path.key), words, ..Evidence::default() })
    })
}
