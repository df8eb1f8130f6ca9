//! Media types that a house allows, and what they lack.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::{found, response};
use crate::http::media_type;
use crate::http::status::Class;
use crate::openapi::{MediaType, Parameter, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;
use crate::truth::Truth;

pub(in super::super) const HAS_UNLISTED_CONTENT: Predicate = Predicate {
    name: "has-unlisted-content",
    noun: Noun::Response,
    doc: "The response describes a media type that none of `types` covers; the closest entry decides: that of its status, of its \
          range, of `any`. `application/*` covers many, `*+json` all with the suffix. False where none are listed.",
    arguments: &[("types", OptionKind::StringsByStatus)],
    words: &["content", "allowed"],
    reads: Reads::Definition,
    run: has_unlisted,
};

pub(in super::super) const HAS_WILDCARD_CONTENT: Predicate = Predicate {
    name: "has-wildcard-content",
    noun: Noun::Response,
    doc: "The response describes a range such as `*/*` in place of a media type; shows each.",
    arguments: &[],
    words: &["content"],
    reads: Reads::Definition,
    run: has_wildcard,
};

pub(in super::super) const HAS_CONTENT_WITHOUT_SCHEMA: Predicate = Predicate {
    name: "has-content-without-schema",
    noun: Noun::Response,
    doc: "The response describes JSON, XML or a form without a schema; shows each media type.",
    arguments: &[],
    words: &["content"],
    reads: Reads::Definition,
    run: has_content_without_schema,
};

pub(in super::super) const ACCEPTS_ANOTHER_TYPE: Predicate = Predicate {
    name: "accepts-another-type",
    noun: Noun::Operation,
    doc: "A header parameter `Accept` has values (const, enum, default, example), and one of them fits no media type of a success.",
    arguments: &[],
    words: &["accepted", "content"],
    reads: Reads::Operation,
    run: accepts_another,
};

fn has_unlisted<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StringsByStatus(types)) = arguments.get("types") else { return Judgement::plain(false) };
    let allowed = row.response().and_then(|response| types.closest(response.status)).unwrap_or_default();
    let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
    let is_unlisted = |text: &str| !allowed.is_empty() && !allowed.iter().any(|range| covers(range, text));
    let mut judgement = content(row, is_unlisted);
    for item in &mut judgement.evidence {
        item.words.push(("allowed", crate::words::listed(&names, "or")));
    }
    judgement
}

/// Whether a range of the option covers a media type: `application/json`, `application/*`, `*+json`.
fn covers(range: &str, text: &str) -> bool {
    let Some(content) = media_type::MediaType::parse(text) else { return false };
    if let Some(suffix) = range.strip_prefix("*+") {
        return content.subtype.rsplit_once('+').is_some_and(|(_, end)| end.eq_ignore_ascii_case(suffix));
    }
    media_type::MediaType::parse(range).is_some_and(|range| range.covers(&content))
}

fn has_wildcard<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    content(row, |text| media_type::MediaType::parse(text).is_some_and(|content| content.is_range()))
}

/// The media types of a response that something holds of, each at its name.
fn content<'p>(row: &Row<'_, 'p>, holds: impl Fn(&str) -> bool) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let shown = |content: &MediaType<'p>| {
        let text = content.text().filter(|text| holds(text))?;
        Some(found(content.name, "content", text))
    };
    let evidence: Vec<Evidence<'p>> = row.api.content_of(response).iter().filter_map(shown).collect();
    Judgement::found(evidence)
}

fn has_content_without_schema<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let lacks = |content: &&MediaType<'p>| {
        let is_bare = content.schema().is_none_or(|schema| schema.view().node().is_map() && says_nothing(schema.view().node()));
        is_bare && content.target().is_some() && content.text().is_some_and(|text| has_structure(&text))
    };
    let evidence = row.api.content_of(response).iter().filter(lacks);
    let evidence: Vec<Evidence<'p>> =
        evidence.filter_map(|content| Some(found(content.name, "content", content.text()?))).collect();
    Judgement::found(evidence)
}

fn says_nothing(schema: Node<'_>) -> bool {
    schema.entries().next().is_none()
}

/// Media types whose bodies have parts that a schema can name.
fn has_structure(text: &str) -> bool {
    let is_form = |content: &media_type::MediaType<'_>| {
        content.is("application/x-www-form-urlencoded") || content.is("multipart/form-data")
    };
    media_type::MediaType::parse(text).is_some_and(|content| content.is_json() || content.is_xml() || is_form(&content))
}

fn accepts_another<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let is_accept = |parameter: &&Parameter<'p>| {
        parameter.is_in("header") && parameter.name().is_some_and(|name| name.eq_ignore_ascii_case("accept"))
    };
    let Some(parameter) = row.api.parameters_of(operation).iter().find(is_accept) else { return Judgement::plain(false) };
    let successes = row.api.responses_of(operation).iter().filter(|response| response.status.class() == Some(Class::Successful));
    let names: Vec<String> = successes
        .flat_map(|response| row.api.content_of(response))
        .filter_map(|content| Some(content.text()?.into_owned()))
        .collect();
    let values = parameter.schema().map(Schema::shown_values).unwrap_or_default();
    let misses = |value: Node<'p>| {
        let accepted = value.text().filter(|accepted| !names.is_empty() && fits_none(accepted, &names))?;
        let words = vec![("accepted", accepted.into_owned()), ("content", super::quoted(names.iter().map(String::as_str)))];
        Some(Evidence { at: Some(value), related: Vec::new(), words, ..Evidence::default() })
    };
    let evidence: Vec<Evidence<'p>> = values.into_iter().filter_map(|example| misses(example.value)).collect();
    Judgement::found(evidence)
}

/// Whether an `Accept` value, a list of ranges, fits none of these media types. A text that is no such list fits any.
fn fits_none(accepted: &str, names: &[String]) -> bool {
    let ranges: Option<Vec<_>> = accepted.split(',').map(essence).collect();
    let covers = |range: &media_type::MediaType<'_>, name: &String| {
        let content = media_type::MediaType::parse(name);
        // `application/vnd.example.v2+json` asks for a version of the JSON that is described.
        let is_version = |content: &media_type::MediaType<'_>| range.is_json() && content.is_json();
        content.is_none_or(|content| {
            content.is_range()
                || is_version(&content)
                || range.covers(&media_type::MediaType { parameters: Vec::new(), ..content })
        })
    };
    ranges.is_some_and(|ranges| !ranges.iter().any(|range| names.iter().any(|name| covers(range, name))))
}

/// The range without parameters: `q=0.5` and `charset` choose nothing here.
fn essence(part: &str) -> Option<media_type::MediaType<'_>> {
    media_type::MediaType::parse(part.split(';').next()?.trim())
}
