//! `has-success-flag`: bodies that say for themselves whether the request succeeded.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::envelope::{is_about_errors, is_envelope, is_foreign, is_in_vocabulary};
use super::example::{is_failure, is_success};
use super::exemption;
use crate::facts::{Api, Question};
use crate::openapi::{MediaType, Properties, Property, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;
use crate::words::plain;

pub(in super::super) const HAS_SUCCESS_FLAG: Predicate = Predicate {
    name: "has-success-flag",
    noun: Noun::Response,
    doc: "The body is an envelope with a flag such as `success`, or a `status` that may say failure; with `beside-error` also a member for the error.",
    arguments: &[("beside-error", OptionKind::Boolean)],
    words: &["flag"],
    reads: Reads::Operation,
    run,
};

/// Booleans that tell success from failure.
const FLAGS: [&str; 8] = ["success", "ok", "issuccess", "successful", "succeeded", "haserror", "haserrors", "iserror"];

/// Members that envelopes have beside those of errors.
const PAGING: [&str; 8] = ["pagination", "paging", "page", "pageinfo", "meta", "metadata", "links", "warnings"];

/// A status with more values than this is no flag.
const MOST_VALUES: usize = 4;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let beside_error = arguments.get("beside-error") == Some(&OptionValue::Boolean(true));
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(if exemption::exempts(row) { Truth::False } else { Truth::Unknown });
    }
    let look =
        || row.api.content_of(response).iter().find_map(|content| of_content(row.api, *content, beside_error)).map(Box::new);
    let found = row.api.once(response, |known| known.success_flag.of(beside_error), look);
    let Some(flag) = found.filter(|_| !exemption::exempts(row)) else { return Judgement::plain(false) };
    let words = vec![("flag", flag.name.into_owned())];
    Judgement::shown(true, Evidence { at: Some(flag.key), related: Vec::new(), words, ..Evidence::default() })
}

fn of_content<'p>(api: &Api<'p>, content: MediaType<'p>, beside_error: bool) -> Option<Property<'p>> {
    let exempt = content.text().is_some_and(|text| exemption::is_exempt_medium(&text));
    let look = |schema: Schema<'p>| Truth::from(flag_among(&schema.properties()).is_some());
    let has_flag = |schema: &Schema<'p>| api.noted(*schema, Question::Flag, || look(*schema)).is_true();
    let properties = content.schema().filter(|schema| !exempt && has_flag(schema))?.properties();
    let flag = flag_among(&properties)?;
    let is_error = |property: &&Property<'_>| property.name != flag.name && is_about_errors(&property.name);
    let has_error = properties.list.iter().find(is_error).is_some();
    (has_error || !beside_error).then(|| flag.clone())
}

fn flag_among<'a, 'p>(properties: &'a Properties<'p>) -> Option<&'a Property<'p>> {
    properties.list.iter().find(|property| is_flag(property) && fits(property, properties))
}

fn is_flag(property: &Property<'_>) -> bool {
    let name = plain(&property.name);
    if name.is_among(&FLAGS) {
        return is_open_boolean(property);
    }
    name.is_among(&["status", "result"]) && may_fail(property)
}

/// A flag that is pinned to one value tells nothing.
fn is_open_boolean(property: &Property<'_>) -> bool {
    property.schema.types().iter().any(|name| name == "boolean") && property.schema.pinned_values().len() != 1
}

/// Success and failure and nothing else: what has other values is the state of something.
fn may_fail(property: &Property<'_>) -> bool {
    let values = property.schema.pinned_values();
    let failures = values.iter().filter(|value| is_failure(**value)).count();
    let successes = values.iter().filter(|value| is_success(**value)).count();
    failures > 0 && successes > 0 && failures + successes == values.len() && values.len() <= MOST_VALUES
}

/// Whether the body is nothing but an envelope around the flag. A `status` beside an identity is that of a resource.
fn fits(flag: &Property<'_>, properties: &Properties<'_>) -> bool {
    let names = || properties.list.iter().map(|property| property.name.as_ref());
    let is_foreign = is_foreign(names().filter(|name| plain(name) != "warnings"));
    let is_inside = |name: &str| is_in_vocabulary(name) || plain(name).is_among(&PAGING);
    let outside = names().filter(|name| !is_inside(name)).count();
    let is_flag = plain(&flag.name).is_among(&FLAGS);
    !is_foreign && outside <= 1 && (is_flag || is_envelope(names()))
}
