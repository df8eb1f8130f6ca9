//! `sunsets-before-deprecation`: the dates a response shows in `Sunset` and `Deprecation` are in the wrong order.

use super::{Arguments, Judgement, Predicate};
use crate::facts::ResponseFact;
use crate::http::date;
use crate::openapi::Header;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "sunsets-before-deprecation",
    noun: Noun::Response,
    doc: "Every date that `Sunset` shows lies before every date that `Deprecation` shows.",
    arguments: &[],
    words: &["sunset", "deprecation"],
    reads_operation: false,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let latest_sunset = dates(row, response, "Sunset").into_iter().max_by_key(|(seconds, _)| *seconds);
    let first_deprecation = dates(row, response, "Deprecation").into_iter().min_by_key(|(seconds, _)| *seconds);
    let (Some((end, at)), Some((start, other))) = (latest_sunset, first_deprecation) else {
        return Judgement::plain(false);
    };
    if end >= start {
        return Judgement::plain(false);
    }
    let related = vec![(other, "deprecated from here on".to_owned())];
    let words = vec![("sunset", text(at)), ("deprecation", text(other))];
    Judgement::shown(true, Evidence { at: Some(at), related, words, ..Evidence::default() })
}

/// The instants a header field shows. Drafts had an HTTP-date in `Deprecation`, too.
fn dates<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>, name: &str) -> Vec<(i64, Node<'p>)> {
    let values = response.header(row.api, name).map(|header| Header::values(*header)).unwrap_or_default();
    let instant = |node: Node<'p>| {
        let text = node.text()?;
        let text = text.trim();
        Some((date::parse_structured(text).or_else(|| Some(date::parse(text)?.seconds))?, node))
    };
    values.into_iter().filter_map(|example| instant(example.value)).collect()
}

fn text(node: Node<'_>) -> String {
    node.text().unwrap_or_default().into_owned()
}
