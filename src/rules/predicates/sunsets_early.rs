//! `sunsets-before-deprecation`: the dates a response shows in `Sunset` and `Deprecation` are in the wrong order.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Observed, ResponseFact};
use crate::http::date;
use crate::openapi::Header;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::traffic::mask;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "sunsets-before-deprecation",
    noun: Noun::Response,
    doc: "Every date that `Sunset` shows lies before every date that `Deprecation` shows; of a response that came, the dates in its fields.",
    arguments: &[],
    words: &["sunset", "deprecation"],
    reads: Reads::Headers,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return of_exchange(observed).map_or(Judgement::plain(false), |item| Judgement::shown(true, item));
    }
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
    let instant = |node: Node<'p>| Some((seconds(&node.text()?)?, node));
    values.into_iter().filter_map(|example| instant(example.value)).collect()
}

fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    date::parse_structured(text).or_else(|| Some(date::parse(text)?.seconds))
}

fn of_exchange<'p>(observed: &Observed<'_>) -> Option<Evidence<'p>> {
    let fields = observed.fields();
    let (end, start) = (fields.value("Sunset")?, fields.value("Deprecation")?);
    let shown = |name: &str, value: &str| mask::field_value(name, value, false);
    let words = vec![("sunset", shown("Sunset", &end)), ("deprecation", shown("Deprecation", &start))];
    (seconds(&end)? < seconds(&start)?).then(|| Evidence { words, ..Evidence::default() })
}

fn text(node: Node<'_>) -> String {
    node.text().unwrap_or_default().into_owned()
}
