//! Header fields of a representation: those of one answer against those of another one for the same request.

use super::super::strings;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Earlier, Observed};
use crate::http::entity_tag::is_entity_tag;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::truth::Truth;
use crate::words::listed;

pub(in super::super) const DROPS_FIELDS: Predicate = Predicate {
    name: "drops-fields",
    noun: Noun::Exchange,
    doc: "The response lacks those of the `names` that an earlier 200 to the same request has; not where their entity-tags differ.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["missing"],
    reads: Reads::Definition,
    run: drops_fields,
};

pub(in super::super) const MISTELLS_LENGTH: Predicate = Predicate {
    name: "mistells-length",
    noun: Noun::Exchange,
    doc: "The `Content-Length` of a 304 or of an answer to HEAD is not that of an earlier 200 to the same request with the same strong entity-tag.",
    arguments: &[],
    words: &["found", "value"],
    reads: Reads::Definition,
    run: mistells_length,
};

pub(in super::super) const SHARES_ENTITY_TAG: Predicate = Predicate {
    name: "shares-entity-tag",
    noun: Noun::Exchange,
    doc: "The answer to a GET has the strong entity-tag of an earlier 200 to a GET of the same URL, and another content coding.",
    arguments: &[],
    words: &["codings"],
    reads: Reads::Definition,
    run: shares_entity_tag,
};

fn drops_fields<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some((exchange, full)) = with_full_answer(row) else { return Judgement::plain(false) };
    let has_other_tag =
        strip(entity_tag(exchange)).zip(strip(full.entity_tag.as_deref())).is_some_and(|(own, other)| own != other);
    let dropped = |name: &&String| full.has(name) && !exchange.fields().has(name);
    let missing: Vec<String> = strings(arguments, "names").iter().filter(dropped).map(|name| format!("`{name}`")).collect();
    if missing.is_empty() || has_other_tag {
        return Judgement::plain(false);
    }
    if !exchange.exchange.response.has_all_headers {
        return Judgement::plain(Truth::Unknown);
    }
    Judgement::shown(true, Evidence { words: vec![("missing", listed(&missing, "and"))], ..Evidence::default() })
}

fn mistells_length<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some((exchange, full)) = with_full_answer(row) else { return Judgement::plain(false) };
    let is_without_content = exchange.exchange.response.status == 304 || exchange.exchange.request.method == "HEAD";
    let own = exchange.fields().lines("content-length").next().and_then(|length| length.trim().parse::<u64>().ok());
    let (Some(own), Some(other)) = (own, full.length) else { return Judgement::plain(false) };
    // A 304 says nothing of the coding; that of its 200 was chosen by the same header fields.
    let is_coded_alike =
        exchange.exchange.response.status == 304 || coding(coding_of(exchange)) == coding(full.encoding.as_deref());
    let is_same = strong(entity_tag(exchange)).is_some_and(|tag| Some(tag) == full.entity_tag.as_deref());
    if !is_without_content || own == other || !is_same || !is_coded_alike {
        return Judgement::plain(false);
    }
    let words = vec![("found", own.to_string()), ("value", other.to_string())];
    Judgement::shown(true, Evidence { words, ..Evidence::default() })
}

fn shares_entity_tag<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange().filter(|exchange| exchange.exchange.request.method == "GET") else {
        return Judgement::plain(false);
    };
    let neighbours = &exchange.neighbours;
    let others = neighbours.others.iter().map(|other| &other.answer).chain(&neighbours.full_answer);
    let own = coding(coding_of(exchange));
    let shares = |other: &&std::sync::Arc<Earlier>| {
        let is_told = other.encoding.is_some() || !other.has("content-encoding");
        let has_tag = other.entity_tag.is_some() && other.entity_tag.as_deref() == strong(entity_tag(exchange));
        is_told && has_tag && coding(other.encoding.as_deref()) != own
    };
    let mut others = others.filter(shares);
    let Some(other) = others.next() else { return Judgement::plain(false) };
    if !exchange.exchange.response.has_all_headers || !other.has_all_fields {
        return Judgement::plain(Truth::Unknown);
    }
    let mut codings = [named(&own), named(&coding(other.encoding.as_deref()))];
    codings.sort();
    Judgement::shown(true, Evidence { words: vec![("codings", listed(&codings, "and"))], ..Evidence::default() })
}

fn with_full_answer<'a>(row: &Row<'a, '_>) -> Option<(&'a Observed<'a>, &'a Earlier)> {
    let exchange = row.exchange()?;
    Some((exchange, exchange.neighbours.full_answer.as_deref()?))
}

fn entity_tag<'x>(exchange: &Observed<'x>) -> Option<&'x str> {
    exchange.fields().lines("etag").last().map(str::trim)
}

/// Strong validators are the same only for the same bytes (RFC 9110, section 8.8.1).
fn strong(tag: Option<&str>) -> Option<&str> {
    tag.filter(|tag| is_entity_tag(tag) && !tag.starts_with("W/"))
}

/// A tag as it is compared weakly: proxies that compress make a strong tag a weak one.
fn strip(tag: Option<&str>) -> Option<&str> {
    tag.map(|tag| tag.strip_prefix("W/").unwrap_or(tag))
}

fn coding_of<'x>(exchange: &Observed<'x>) -> Option<&'x str> {
    exchange.fields().lines("content-encoding").last()
}

/// A content coding as it is compared; `identity` is none.
fn coding(value: Option<&str>) -> String {
    let value = value.unwrap_or_default().trim().to_ascii_lowercase();
    if value == "identity" { String::new() } else { value }
}

fn named(coding: &str) -> String {
    match coding {
        "" => "no coding".to_owned(),
        "gzip" | "x-gzip" | "br" | "zstd" | "deflate" | "compress" => format!("`{coding}`"),
        _ => "another one".to_owned(),
    }
}
