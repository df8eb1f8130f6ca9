//! `shows-another-status`: the body of an error names a status code that is not the one it comes with.

use std::borrow::Cow;
use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::{bodies, is_problem_json, is_readable, sent_status, values};
use crate::facts::{ErrorBody, Member, Shape};
use crate::http::status::StatusKey;
use crate::openapi::NodeId;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, is_envelope};
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::syntax::{Node, Scalar};
use crate::words::{plain, words};

pub(in crate::rules::predicates) const SHOWS_ANOTHER_STATUS: Predicate = Predicate {
    name: "shows-another-status",
    noun: Noun::Response,
    doc: "An example, `const`, `enum` or default of a member such as `status` names another status code than the key; of a response that came, the \
          body.",
    arguments: &[],
    words: &["member", "value", "source"],
    reads: Reads::Definition,
    run,
};

/// One value of a member that names a status.
pub(super) struct Told<'p> {
    at: Node<'p>,
    pub(super) name: String,
    pub(super) code: u16,
    source: &'static str,
}

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return sent_status::judge(observed);
    }
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let mut told = of_schemas(row, response.status);
    let passes_on = matches!(response.status, StatusKey::Code(502..=504));
    for media_type in row.api.content_of(response).iter().filter(|one| is_readable(**one)) {
        for value in values::shown(*media_type) {
            let serves = row.api.error_bodies().keys_of_example(row.api.root.with(value).id());
            let all = of_value(value, is_problem_json(*media_type), passes_on);
            told.extend(all.into_iter().filter(|one| differs(response.status, serves, one.code)));
        }
    }
    let mut seen: FxHashSet<NodeId> = FxHashSet::default();
    told.retain(|one| seen.insert(row.api.root.with(one.at).id()));
    let evidence: Vec<Evidence<'p>> = told.into_iter().map(item).collect();
    Judgement::found(evidence)
}

fn item(told: Told<'_>) -> Evidence<'_> {
    let words = vec![("member", told.name), ("value", told.code.to_string()), ("source", told.source.to_owned())];
    Evidence { at: Some(told.at), related: Vec::new(), words, ..Evidence::default() }
}

/// Whether a code fits neither the key nor another one that has the same example: that is one example for many errors.
fn differs(key: StatusKey, serves: &[StatusKey], code: u16) -> bool {
    !fits(key, code) && !serves.iter().any(|other| fits(*other, code))
}

pub(super) fn fits(key: StatusKey, code: u16) -> bool {
    match key {
        StatusKey::Code(own) => own == code,
        other => other.class().is_none_or(|class| u16::from(class.digit()) == code / 100),
    }
}

/// What the members of the schemas pin, and what they show where nothing nearer does.
fn of_schemas<'p>(row: &Row<'_, 'p>, key: StatusKey) -> Vec<Told<'p>> {
    let Some(response) = row.response() else { return Vec::new() };
    let has_examples = LazyCell::new(|| row.api.content_of(response).iter().any(|one| !values::shown(*one).is_empty()));
    let mut told = Vec::new();
    for (_, body) in bodies(row).filter(|(_, body)| !body.is_list) {
        let shows_this_status = LazyCell::new(|| !*has_examples && !is_for_all_errors(body));
        for shape in &body.shapes {
            let mut found = members(shape).filter_map(|member| of_member(row, key, member, || *shows_this_status)).peekable();
            // Few tell anything, envelope or not.
            if found.peek().is_some() && is_envelope(shape.names()) {
                told.extend(found);
            }
        }
    }
    told
}

/// Whether a component is by its name the schema of errors of any kind, so that what it shows is one of many.
fn is_for_all_errors(body: &ErrorBody<'_>) -> bool {
    const GENERAL: [&str; 27] = [
        "error",
        "errors",
        "err",
        "api",
        "rest",
        "http",
        "response",
        "model",
        "dto",
        "object",
        "body",
        "schema",
        "problem",
        "details",
        "detail",
        "exception",
        "message",
        "fault",
        "common",
        "base",
        "default",
        "general",
        "generic",
        "service",
        "standard",
        "json",
        "info",
    ];
    body.names.iter().any(|name| words(name).iter().all(|word| GENERAL.contains(&word.as_str())))
}

/// The members that may name a status: those of the body and of the error in it.
fn members<'a, 'p>(shape: &'a Shape<'p>) -> impl Iterator<Item = &'a Member<'p>> {
    let inner = shape.members.iter().filter(|member| is_error_object(&member.name)).flat_map(|member| &member.members);
    let explained = LazyCell::new(|| is_explained(shape.names()));
    shape.members.iter().chain(inner).filter(move |member| names_status(&member.name, || *explained))
}

fn of_member<'p>(
    row: &Row<'_, 'p>,
    key: StatusKey,
    member: &Member<'p>,
    shows_this_status: impl FnOnce() -> bool,
) -> Option<Told<'p>> {
    let codes = |values: &[Node<'p>]| values.iter().filter_map(|value| code(*value, &member.name)).collect::<Vec<u16>>();
    let pinned = member.schema.pinned_values();
    let of_pinned = codes(&pinned);
    if !of_pinned.is_empty() && of_pinned.len() == pinned.len() {
        let wrong = !of_pinned.iter().any(|code| fits(key, *code));
        let source = "the schema allows no other value than";
        return wrong.then(|| Some(Told { at: member.key, name: member.name.to_string(), code: *of_pinned.first()?, source }))?;
    }
    if !shows_this_status() {
        return None;
    }
    let serves = row.api.error_bodies().keys_of_member(row.api, member);
    let shown: Vec<Node<'p>> = member.schema.shown_values().into_iter().map(|example| example.value).collect();
    let codes = codes(&shown);
    let all_differ = codes.iter().all(|code| differs(key, serves, *code));
    let first = codes.first().copied().filter(|_| all_differ)?;
    Some(Told { at: member.key, name: member.name.to_string(), code: first, source: "its schema shows" })
}

/// What an example says, on its first level and in the error in it. What a gateway passes on may tell the status of another server.
pub(super) fn of_value(value: Node<'_>, is_problem: bool, passes_on: bool) -> Vec<Told<'_>> {
    if passes_on && !is_problem {
        return Vec::new();
    }
    let inner =
        value.entries().filter(|entry| entry.value.is_map() && entry.key.text().is_some_and(|name| is_error_object(&name)));
    let mut told: Vec<Told<'_>> = inner.flat_map(|entry| of_map(entry.value)).collect();
    told.extend(of_map(value));
    // Few tell anything, envelope or not.
    if told.is_empty() || is_problem || is_envelope(names(value).iter().map(AsRef::as_ref)) { told } else { Vec::new() }
}

fn names(value: Node<'_>) -> Vec<Cow<'_, str>> {
    value.entries().filter_map(|entry| entry.key.text()).collect()
}

fn of_map(value: Node<'_>) -> Vec<Told<'_>> {
    let explained = LazyCell::new(|| is_explained(names(value).iter().map(AsRef::as_ref)));
    let told = value.entries().filter_map(|entry| {
        let name = entry.key.text().filter(|_| may_be_code(entry.value))?;
        let code = code(entry.value, &name).filter(|_| names_status(&name, || *explained))?;
        Some(Told { at: entry.key, name: name.into_owned(), code, source: "the example says" })
    });
    told.collect()
}

/// The object that holds the error inside of a body.
fn is_error_object(name: &str) -> bool {
    matches!(plain(name).as_ref(), "error" | "err" | "fault" | "meta")
}

/// A `code` is the status only where a text says what it is about.
fn is_explained<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|name| {
        matches!(plain(name).as_ref(), "message" | "msg" | "detail" | "title" | "description") || is_about_errors(name)
    })
}

fn names_status(name: &str, is_explained: impl FnOnce() -> bool) -> bool {
    match plain(name).as_ref() {
        "status" | "statuscode" | "httpstatus" | "httpstatuscode" | "httpcode" => true,
        "code" => is_explained(),
        _ => false,
    }
}

fn may_be_code(value: Node<'_>) -> bool {
    value.text().is_some_and(|text| text.len() == 3)
}

/// A number that is a status code; a plain `code` only where it is one of an error.
fn code(value: Node<'_>, name: &str) -> Option<u16> {
    let is_number = may_be_code(value) && matches!(value.scalar(), Some(Scalar::Integer(_) | Scalar::Text));
    let code: u16 = value.text().filter(|_| is_number)?.parse().ok()?;
    let range = if plain(name) == "code" { 400..600 } else { 100..600 };
    range.contains(&code).then_some(code)
}
