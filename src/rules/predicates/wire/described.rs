//! `describes-content`, `describes-documents`: what the description has for the response that came.

use super::super::{Judgement, Predicate, Reads};
use crate::facts::ResponseFact;
use crate::http::media_type::MediaType;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const DESCRIBES_CONTENT: Predicate = Predicate {
    name: "describes-content",
    noun: Noun::Exchange,
    doc: "The description has content for the response that came; unknown where it does not describe the response, or that cannot be seen.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run: |row, _| Judgement::plain(used(row).and_then(|response| row.api.has_content(response))),
};

pub(in super::super) const DESCRIBES_DOCUMENTS: Predicate = Predicate {
    name: "describes-documents",
    noun: Noun::Exchange,
    doc: "The description has nothing but JSON or XML for the response that came, so that it cannot be empty; unknown as for `describes-content`.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run: |row, _| Judgement::plain(used(row).map_or(Truth::Unknown, |response| documents(row, response))),
};

fn used<'a, 'p>(row: &Row<'a, 'p>) -> Option<&'a ResponseFact<'p>> {
    row.api.responses.get(row.exchange()?.response?)
}

/// An empty text or file is one; an empty document is none.
fn documents<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>) -> Truth {
    let is_document = |text: &str| {
        MediaType::parse(text).map_or(Truth::Unknown, |media_type| Truth::from(media_type.is_json() || media_type.is_xml()))
    };
    let content = row.api.content_of(response).iter();
    let all = Truth::all(content.map(|media_type| media_type.text().map_or(Truth::Unknown, |text| is_document(&text))));
    Truth::from(row.api.has_content(response)).and(all)
}
