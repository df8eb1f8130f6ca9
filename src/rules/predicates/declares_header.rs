//! `declares-header`: a response has header fields that it should not have.

use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "declares-header",
    noun: Noun::Response,
    doc: "The response has one of the header fields in `names`; shows each of them, a declared one at its own key.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["header"],
    reads: Reads::Headers,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let names = strings(arguments, "names");
    if let Some(exchange) = row.exchange() {
        return among(names, exchange);
    }
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    // Most have none of them, which is known at once also where there are very many.
    if names.iter().all(|name| response.header(row.api, name).is_none()) {
        return Judgement::plain(false);
    }
    let declared = row.api.headers_of(response).iter().filter_map(|header| {
        let name = names.iter().find(|name| header.name().eq_ignore_ascii_case(name))?;
        Some(Evidence {
            at: Some(header.key()),
            related: Vec::new(),
            words: vec![("header", name.clone())],
            ..Evidence::default()
        })
    });
    let evidence: Vec<Evidence<'p>> = declared.collect();
    Judgement::found(evidence)
}

/// Which of the fields came. Where not all were recorded, those that are seen came all the same.
fn among<'p>(names: &[String], exchange: &Observed<'_>) -> Judgement<'p> {
    let came = names.iter().filter(|name| exchange.fields().has(name));
    let evidence: Vec<Evidence<'p>> =
        came.map(|name| Evidence { words: vec![("header", name.clone())], ..Evidence::default() }).collect();
    let truth = match evidence.is_empty() {
        false => Truth::True,
        true if exchange.exchange.response.has_all_headers => Truth::False,
        true => Truth::Unknown,
    };
    Judgement::resting_on(evidence, truth)
}
