//! The pages of `statusquo explain` about statuses: a code, a range, `default`.

use std::fmt::Write as _;

use super::explain::section;
use crate::http::status::{self, Body, Caching, Class, Registration, StatusCode, StatusKey};
use crate::rules::{Clause, Rule, RuleSet};
use crate::truth::Truth;

/// The page of a status; `None` where there is no such code.
pub(crate) fn page(key: StatusKey, rules: &RuleSet) -> Option<String> {
    let mut page = match key {
        StatusKey::Code(code) => code_page(code)?,
        StatusKey::Range(class) => range_page(class),
        StatusKey::Default => DEFAULT.to_owned(),
        StatusKey::Invalid => return None,
    };
    let speaks = |clause: &Clause| speaks_about(clause, key);
    // What a rule asks of the key `default` is no set of codes; its summary names it.
    let names_it = |rule: &Rule| key == StatusKey::Default && rule.summary.contains("default");
    let about = rules.rules().iter().filter(|rule| rule.clauses().iter().any(speaks) || names_it(rule));
    let about: Vec<String> = about.map(|rule| format!("{}: {}", rule.id, rule.summary)).collect();
    section(&mut page, "Rules", &about.join("\n"));
    Some(page)
}

const DEFAULT: &str = "\
default
=======

Every status that the operation does not describe under a code or a range of its own, in practice its errors.

It says that other responses exist and what they look like, not which ones they are: rules that ask for a status take it
for unknown.

Reference
---------
OpenAPI 3.1, responses object
  https://spec.openapis.org/oas/v3.1.1.html#responses-object
";

fn code_page(code: u16) -> Option<String> {
    let class = Class::of(code)?;
    Some(status::find(code).map_or_else(|| unknown_status(code, class), known_status))
}

fn range_page(class: Class) -> String {
    let digit = class.digit();
    let mut page =
        format!("{digit}XX\n===\n\nEvery code from {digit}00 to {digit}99 without a key of its own: {}.\n", class.word());
    page.push_str("A rule about one code says nothing about the range, which may or may not stand for it.\n");
    let codes = (u16::from(digit) * 100..).take(100).filter_map(status::find);
    let codes: Vec<String> = codes
        .filter(|known| known.registration == Registration::Registered)
        .map(|known| format!("{} {}", known.code, known.name))
        .collect();
    section(&mut page, "Codes", &codes.join("\n"));
    page
}

fn unknown_status(code: u16, class: Class) -> String {
    let general = class.representative().map(|code| code.code).unwrap_or_default();
    format!("{code}\n===\n\nNobody registered this code ({}). Clients treat it as {general}.\n", class.word())
}

/// Whether a clause is about this status or about codes of its standing, not about every response.
fn speaks_about(clause: &Clause, key: StatusKey) -> bool {
    let standing = key.code().is_some_and(|code| clause.registrations().contains(&status::registration(code).word()));
    standing || clause.statuses().is_some_and(|set| set.relation(key) == Truth::True)
}

fn known_status(known: &StatusCode) -> String {
    let title = format!("{} {}", known.code, known.name);
    let mut page = format!("{title}\n{}\n\n{}\n", "=".repeat(title.chars().count()), known.meaning);
    let mut facts = vec![standing(known)];
    if !known.other_names.is_empty() {
        facts.push(format!("Also called: {}", known.other_names.join(", ")));
    }
    facts.push(format!("Content: {}", content(known.body)));
    facts.push(format!("Methods: {}", known.methods));
    facts.push(format!("Caching: {}", caching(known.caching)));
    let _ = write!(page, "\n{}\n", facts.join("\n"));
    let asks: Vec<String> = known.asks.iter().map(|ask| format!("- {} ({})", ask.text, ask.reference)).collect();
    section(&mut page, "What it asks of a response", &asks.join("\n"));
    let url = known.reference.map(|reference| format!("{reference}\n  {}", reference.url())).unwrap_or_default();
    section(&mut page, "Reference", &url);
    page
}

fn standing(known: &StatusCode) -> String {
    let text = match known.registration {
        Registration::Registered => "registered with IANA".to_owned(),
        Registration::Temporary => {
            format!("registered with IANA for a time, until {}", known.expires.unwrap_or("an unknown day"))
        }
        Registration::Deprecated => "registered, but no longer to be used".to_owned(),
        Registration::Reserved => "reserved: it has no meaning and must not be used".to_owned(),
        Registration::Vendor | Registration::None => "not registered".to_owned(),
    };
    let vendor = known.vendor.map(|vendor| {
        let instead: Vec<String> = vendor.instead.iter().map(u16::to_string).collect();
        let nearest = if instead.is_empty() { String::new() } else { format!("; nearest registered: {}", instead.join(", ")) };
        let logged = if vendor.only_logged { ", seen in logs only" } else { "" };
        format!(", used by {}{logged}{nearest}", vendor.owner)
    });
    format!("Standing: {text}{}", vendor.unwrap_or_default())
}

fn content(body: Body) -> &'static str {
    match body {
        Body::Forbidden => "forbidden",
        Body::Required => "required",
        Body::Expected => "expected",
        Body::Allowed => "allowed",
        Body::Undefined => "nothing is said about it",
    }
}

fn caching(caching: Caching) -> &'static str {
    match caching {
        Caching::Heuristic => "allowed, also without a word from the response",
        Caching::Explicit => "only if the response says so",
        Caching::Forbidden => "forbidden",
        Caching::Undefined => "nothing is said about it",
    }
}
