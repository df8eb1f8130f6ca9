//! `unofficial-status`: a code that is not in the registry, known from some product or not.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::status::{Class, Registration, Vendor, find, registration};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "unofficial-status",
    noun: Noun::Response,
    doc: "whether the status is a code that is not in the registry; shows what a client takes it for and which registered codes come near. A code that is all over a description is shown at its first place",
    arguments: &[],
    words: &["taken-for", "name", "owner", "nearest", "advice"],
    reads: Reads::Key,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let unofficial = |code: &u16| matches!(registration(*code), Registration::Vendor | Registration::None);
    if let Some(exchange) = row.exchange() {
        let words = exchange.status().code().filter(unofficial).map(words);
        let shown = |words| Judgement::shown(true, Evidence { words, ..Evidence::default() });
        return words.map_or_else(|| Judgement::plain(false), shown);
    }
    let Some(response) = row.response() else { return Judgement::plain(Truth::Unknown) };
    let Some(code) = response.status.code().filter(unofficial) else { return Judgement::plain(false) };
    let first = row.api.code_uses().first_of_many(code);
    let related = first.map(|_| (response.own_place(), "and here".to_owned())).into_iter().collect();
    Judgement::shown(true, Evidence { at: first, related, words: words(code), is_of_description: first.is_some() })
}

fn words(code: u16) -> Vec<(&'static str, String)> {
    let taken_for = Class::of(code).map_or(0, |class| u16::from(class.digit()) * 100);
    let mut words = vec![("taken-for", taken_for.to_string())];
    if let Some(entry) = find(code)
        && let Some(vendor) = entry.vendor
    {
        words.push(("name", entry.name.to_owned()));
        words.push(("owner", vendor.owner.replace(';', " and")));
        words.push(("nearest", nearest(&vendor)));
        words.push(("advice", advice(&vendor)));
    }
    words
}

fn nearest(vendor: &Vendor) -> String {
    let codes: Vec<String> = vendor.instead.iter().map(u16::to_string).collect();
    match (vendor.only_logged, codes.as_slice()) {
        (true, _) => "it stands in logs and is not meant for clients".to_owned(),
        (false, [code]) => format!("the registered code for that is {code}"),
        (false, codes) => format!("the registered codes for that are {}", listed(codes, "and")),
    }
}

fn advice(vendor: &Vendor) -> String {
    let codes: Vec<String> = vendor.instead.iter().map(u16::to_string).collect();
    if codes.is_empty() {
        return "take it out: no response with it reaches a client".to_owned();
    }
    format!("answer {} and tell the rest in the body", listed(&codes, "or"))
}
