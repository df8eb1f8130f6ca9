//! `lacks-content-type` and `media-type-undescribed`: the label of the content that came.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::media_type::MediaType;
use crate::openapi;
use crate::rules::evaluate::{Evidence, Row, Subject};
use crate::rules::fields::Noun;
use crate::traffic::mask;
use crate::truth::Truth;
use crate::words::listed;

pub(super) const LACKS_CONTENT_TYPE: Predicate = Predicate {
    name: "lacks-content-type",
    noun: Noun::Exchange,
    doc: "Content came without a `Content-Type`, in a response that may have content.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: lacks,
};

pub(super) const MEDIA_TYPE_UNDESCRIBED: Predicate = Predicate {
    name: "media-type-undescribed",
    noun: Noun::Exchange,
    doc: "Content came with a media type that is none of those that the used response describes, while it describes some.",
    arguments: &[],
    words: &["came", "described"],
    reads: Reads::Operation,
    run: undescribed,
};

/// The most described media types that a message names.
const NAMED: usize = 4;

fn lacks<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange().filter(|observed| observed.may_have_content()) else { return Judgement::plain(false) };
    let lacks = !Truth::from(observed.has_field("Content-Type"));
    Judgement::plain(lacks.and(Truth::from(observed.exchange.response.body.is_present())))
}

fn undescribed<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange().filter(|observed| observed.may_have_content()) else { return Judgement::plain(false) };
    let (None, Some(index)) = (observed.described_media_type, observed.response) else { return Judgement::plain(false) };
    let came = observed.media_type().filter(|came| !is_of_protocol(observed, came));
    let (Some(came), Some(response)) = (came, row.at(Subject::Response(index)).response()) else {
        return Judgement::plain(false);
    };
    let content = row.api.content_of(response);
    if response.definition.is_none() || !row.api.names_media_types(response) {
        return Judgement::plain(Truth::Unknown);
    }
    let is_wrong = Truth::from(observed.exchange.response.body.is_present()).and(Truth::from(!content.is_empty()));
    let shown = mask::field_value("Content-Type", &came.essence(), false);
    Judgement::shown(is_wrong, Evidence { words: vec![("came", shown), ("described", named(content))], ..Evidence::default() })
}

/// A 206 with several parts has the media type of such, and each part that of the content (RFC 9110 §15.3.7.2).
fn is_of_protocol(observed: &Observed<'_>, came: &MediaType<'_>) -> bool {
    observed.exchange.response.status == 206 && came.is("multipart/byteranges")
}

fn named(content: &[openapi::MediaType<'_>]) -> String {
    let names = content.iter().take(NAMED).filter_map(|media_type| media_type.text());
    let mut shown: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if content.len() > NAMED {
        shown.push("others".to_owned());
    }
    listed(&shown, "and")
}

/// Whether a media type is text by its name, so that its bytes have a charset.
pub(super) fn is_textual(observed: &Observed<'_>) -> bool {
    observed.media_type().is_some_and(|came| came.is_json() || came.is_xml() || came.kind.eq_ignore_ascii_case("text"))
}
