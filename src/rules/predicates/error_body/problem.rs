//! `shows-unlabelled-problem` and `mistypes-problem`: problem details (RFC 9457), their media type and their members.

use std::borrow::Cow;

use super::{held, is_problem_json, sent_problem, values};
use crate::facts::{ErrorBody, Shape};
use crate::http::media_type::MediaType;
use crate::openapi::{self, Property, Schema, Version};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::syntax::{Node, Scalar};

pub(in crate::rules::predicates) const SHOWS_UNLABELLED_PROBLEM: Predicate = Predicate {
    name: "shows-unlabelled-problem",
    noun: Noun::Response,
    doc: "The body is a problem object by its members, and no media type of the response says so, or that under which it came.",
    arguments: &[],
    words: &["content", "members"],
    reads: Reads::Definition,
    run: unlabelled,
};

pub(in crate::rules::predicates) const MISTYPES_PROBLEM: Predicate = Predicate {
    name: "mistypes-problem",
    noun: Noun::Response,
    doc: "A schema or example of `application/problem+json`, or a body that came as such, gives a member of problem details a type that it cannot \
          have.",
    arguments: &[],
    words: &["member", "is", "must"],
    reads: Reads::Definition,
    run: mistyped,
};

/// The members of problem details.
pub(super) const MEMBERS: [&str; 5] = ["type", "title", "status", "detail", "instance"];
/// How many of them make a problem object.
pub(super) const ENOUGH: usize = 3;

fn unlabelled<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return sent_problem::unlabelled(observed);
    }
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let content = row.api.content_of(response);
    let is_labelled = |media_type: &openapi::MediaType<'p>| {
        let text = media_type.text();
        text.as_deref().and_then(MediaType::parse).is_some_and(|parsed| parsed.is_problem() || parsed.is_range())
    };
    if content.iter().any(is_labelled) {
        return Judgement::plain(false);
    }
    let found = held(row).iter().find_map(|held| {
        let media_type = content.get(held.position as usize).filter(|media_type| is_plain_json(**media_type))?;
        Some((*media_type, problem_members(row.api.error_bodies().body(held.id)?)?))
    });
    found.map_or(Judgement::plain(false), |(media_type, members)| {
        // What 2.0 has for media types stands at the operation or at the root.
        let at = media_type.name.filter(|_| row.api.root.version() != Version::V2_0);
        let content = format!("`{}`", media_type.text().unwrap_or_default());
        Judgement::shown(
            true,
            Evidence { at, related: Vec::new(), words: vec![("content", content), ("members", members)], ..Evidence::default() },
        )
    })
}

fn is_plain_json(media_type: openapi::MediaType<'_>) -> bool {
    let text = media_type.text();
    let parsed = text.as_deref().and_then(MediaType::parse);
    parsed.is_some_and(|parsed| parsed.is("application/json") || parsed.is("text/json"))
}

/// The members that make every shape of a body a problem object.
fn problem_members(body: &ErrorBody<'_>) -> Option<String> {
    let first = body.shapes.first().filter(|_| !body.is_list)?;
    body.shapes.iter().all(is_problem).then(|| {
        let names = MEMBERS.iter().filter(|name| first.get(name).is_some());
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    })
}

/// Whether the members are those of problem details.
pub(super) fn is_problem(shape: &Shape<'_>) -> bool {
    let has = |name: &str| shape.get(name).is_some();
    MEMBERS.iter().filter(|name| has(name)).count() >= ENOUGH && has("title") && (has("type") || has("status"))
}

fn mistyped<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return sent_problem::mistyped(observed);
    }
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let content = row.api.content_of(response);
    let is_shared_list = row.api.root.version() == Version::V2_0 && !content.iter().all(|one| is_problem_json(*one));
    let mut evidence: Vec<Evidence<'p>> = Vec::new();
    for media_type in content.iter().filter(|one| is_problem_json(**one) && !is_shared_list) {
        evidence.extend(media_type.schema().map(of_schema).unwrap_or_default());
        evidence.extend(values::shown(*media_type).into_iter().flat_map(of_example));
    }
    Judgement::found(evidence)
}

/// Members whose schema allows no value that they can have. A list of problems is left to others.
fn of_schema(schema: Schema<'_>) -> Vec<Evidence<'_>> {
    let properties = schema.properties().list;
    properties.iter().filter_map(|property| wrong_schema(property).map(|is| item(property.key, &property.name, is))).collect()
}

fn wrong_schema(property: &Property<'_>) -> Option<String> {
    let types = property.schema.types();
    let wanted: &[&str] = match property.name.as_ref() {
        "type" | "title" | "detail" | "instance" => &["string"],
        "status" => &["integer", "number"],
        _ => return None,
    };
    if !types.is_empty() && !types.iter().any(|name| wanted.contains(&name.as_ref())) {
        return Some(format!("of type `{}`", types.join("`, `")));
    }
    let pinned = property.schema.pinned_values();
    let is_outside = property.name == "status" && !pinned.is_empty() && pinned.iter().all(|value| !is_status(*value));
    is_outside.then(|| format!("pinned to `{}`", pinned.first().and_then(|value| value.text()).unwrap_or_default()))
}

pub(super) fn is_status(value: Node<'_>) -> bool {
    matches!(value.scalar(), Some(Scalar::Integer(number)) if (100..600).contains(&number))
}

fn of_example(value: Node<'_>) -> Vec<Evidence<'_>> {
    value
        .entries()
        .filter_map(|entry| {
            let name = entry.key.text()?;
            let is_wrong = match name.as_ref() {
                "type" | "title" | "detail" | "instance" => !is_text(entry.value),
                "status" => !is_status(entry.value),
                _ => false,
            };
            let is = entry.value.text().map_or(Cow::Borrowed("no scalar"), |text| Cow::Owned(format!("`{text}`")));
            let quoted = if entry.value.as_str().is_some() { " as text" } else { "" };
            (is_wrong && !entry.value.is_null()).then(|| item(entry.key, &name, format!("{is}{quoted} in the example")))
        })
        .collect()
}

/// In YAML `2024-01-01` or `yes` may be text without quotes; numbers, flags, lists and maps are none.
fn is_text(value: Node<'_>) -> bool {
    value.as_str().is_some()
}

fn item<'p>(at: Node<'p>, name: &str, is: String) -> Evidence<'p> {
    let words = vec![("member", name.to_owned()), ("is", is), ("must", must(name).to_owned())];
    Evidence { at: Some(at), related: Vec::new(), words, ..Evidence::default() }
}

/// What a member of problem details has to be.
pub(super) fn must(name: &str) -> &'static str {
    if name == "status" { "the status code as a number" } else { "a string" }
}
