//! `differs-from-other-method`: HEAD was answered otherwise than GET.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Earlier, Observed};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;
use crate::words::listed;

pub(in super::super) const DIFFERS_FROM_OTHER_METHOD: Predicate = Predicate {
    name: "differs-from-other-method",
    noun: Noun::Exchange,
    doc: "HEAD was answered with another status than a GET of the same resource, or lacks a header field of it, and nothing changed in between.",
    arguments: &[],
    words: &["difference"],
    reads: Reads::Definition,
    run,
};

/// Fields that a server knows without the content (RFC 9110, section 9.3.2).
const COMPARED: [&str; 6] = ["Cache-Control", "Content-Language", "Content-Location", "Expires", "Last-Modified", "Location"];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let Some(other) = exchange.neighbours.other_method.as_deref() else { return Judgement::plain(false) };
    let is_head = exchange.exchange.request.method == "HEAD";
    let (own, method) = (exchange.exchange.response.status, if is_head { "GET" } else { "HEAD" });
    let difference = if own == other.status {
        dropped(exchange, other, is_head).map(|fields| {
            let (with, lacks) = if is_head { ("without", "has") } else { ("with", "lacks") };
            format!("was answered {with} {fields}, which the answer to {method} {lacks}")
        })
    } else {
        Some(format!("was answered {own}, and {method} {}", other.status))
    };
    match difference {
        Some(difference) => Judgement::shown(true, Evidence { words: vec![("difference", difference)], ..Evidence::default() }),
        None => Judgement::plain(false),
    }
}

/// The fields of the answer to GET that the one to HEAD lacks, where the recording shows all of them.
fn dropped(exchange: &Observed<'_>, other: &Earlier, is_head: bool) -> Option<String> {
    let is_dropped = |name: &&&str| {
        let own = exchange.fields().has(name);
        if is_head { other.has(name) && !own } else { own && !other.has(name) }
    };
    let shows_all = exchange.exchange.response.has_all_headers && other.has_all_fields;
    let fields: Vec<String> = COMPARED.iter().filter(is_dropped).map(|name| format!("`{name}`")).collect();
    (shows_all && !fields.is_empty()).then(|| listed(&fields, "and"))
}
