//! `depends-on-unnamed-field`: a response that another request header would have changed, and that does not say so.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Observed, Other};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const DEPENDS_ON_UNNAMED_FIELD: Predicate = Predicate {
    name: "depends-on-unnamed-field",
    noun: Noun::Exchange,
    doc: "An earlier GET of the same URL that asked for another media type, coding or language got it, and the `Vary` of this one does not name the field; not where no cache keeps them.",
    arguments: &[],
    words: &["header"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let mut fields = exchange.neighbours.others.iter().filter_map(|other| deciding(exchange, other));
    let Some(field) = fields.find(|field| !is_named(exchange, field)) else { return Judgement::plain(false) };
    if is_not_stored(exchange) {
        return Judgement::plain(false);
    }
    if !exchange.exchange.response.has_all_headers {
        return Judgement::plain(Truth::Unknown);
    }
    Judgement::shown(true, Evidence { words: vec![("header", format!("`{field}`"))], ..Evidence::default() })
}

/// The request header by which two requests differ and that decided what came.
fn deciding(exchange: &Observed<'_>, other: &Other) -> Option<&'static str> {
    let answer = &other.answer;
    let last = |name: &str| exchange.fields().lines(name).last().map(|value| value.trim().to_ascii_lowercase());
    let differs = |own: Option<String>, other: &Option<Box<str>>| {
        own.zip(other.as_deref()).is_some_and(|(own, other)| !own.eq_ignore_ascii_case(other))
    };
    let media_type = exchange.media_type().map(|media_type| media_type.essence());
    // Compressed or not is told by there being the field at all.
    let is_recoded = || {
        last("content-encoding").as_deref() != answer.encoding.as_deref()
            && (answer.encoding.is_some() || !answer.has("content-encoding"))
    };
    match other {
        _ if answer.is_not_stored => None,
        Other { by_media_type: true, .. } if differs(media_type, &answer.media_type) => Some("Accept"),
        Other { by_language: true, .. } if differs(last("content-language"), &answer.language) => Some("Accept-Language"),
        Other { by_encoding: true, .. } if is_recoded() => Some("Accept-Encoding"),
        _ => None,
    }
}

fn is_named(exchange: &Observed<'_>, field: &str) -> bool {
    let names = exchange.fields().lines("vary").flat_map(|line| line.split(','));
    names.map(str::trim).any(|name| name == "*" || name.eq_ignore_ascii_case(field))
}

fn is_not_stored(exchange: &Observed<'_>) -> bool {
    exchange.fields().lines("cache-control").any(|line| line.to_ascii_lowercase().contains("no-store"))
}
