//! Problem details that came: their media type and their members.

use super::problem::{ENOUGH, MEMBERS, is_status, must};
use super::sent;
use crate::facts::Observed;
use crate::http::media_type::MediaType;
use crate::rules::evaluate::Evidence;
use crate::rules::predicates::Judgement;
use crate::syntax::{Node, Scalar};
use crate::traffic::mask;

pub(super) fn unlabelled<'p>(observed: &Observed<'_>) -> Judgement<'p> {
    let is_plain = |came: &MediaType<'_>| came.is("application/json") || came.is("text/json");
    let Some(came) = observed.media_type().filter(is_plain).filter(|_| !declines_problems(observed)) else {
        return Judgement::plain(false);
    };
    let Some(body) = observed.json().filter(|body| body.is_map()) else { return sent::judge_nothing(observed) };
    let found: Vec<String> = MEMBERS.iter().filter(|name| body.get(name).is_some()).map(|name| format!("`{name}`")).collect();
    let has = |name: &str| body.get(name).is_some_and(|value| !value.is_map() && !value.is_list());
    let is_problem = found.len() >= ENOUGH && has("title") && (has("type") || has("status"));
    let words = vec![
        ("content", format!("`{}`", mask::field_value("Content-Type", &came.essence(), false))),
        ("members", found.join(", ")),
    ];
    Judgement::shown(is_problem, Evidence { words, ..Evidence::default() })
}

/// A client that takes plain JSON and nothing else is not sent anything else.
fn declines_problems(observed: &Observed<'_>) -> bool {
    let accept = observed.exchange.request.headers.value("Accept").map(|accept| accept.to_ascii_lowercase());
    let takes = |accept: &String| ["*/*", "application/*", "problem"].iter().any(|range| accept.contains(range));
    accept.is_some_and(|accept| !takes(&accept))
}

pub(super) fn mistyped<'p>(observed: &Observed<'_>) -> Judgement<'p> {
    if !observed.media_type().is_some_and(|came| came.is("application/problem+json")) {
        return Judgement::plain(false);
    }
    let Some(body) = observed.json() else { return sent::judge_nothing(observed) };
    let evidence: Vec<Evidence<'p>> = MEMBERS.iter().filter_map(|name| item(name, body.get(name)?)).collect();
    Judgement::found(evidence)
}

/// `null` says that there is nothing, as leaving the member out does.
fn item<'p>(name: &str, value: Node<'_>) -> Option<Evidence<'p>> {
    let is_right = if name == "status" { is_status(value) } else { value.as_str().is_some() };
    if is_right || value.is_null() {
        return None;
    }
    let is = if name == "status" && matches!(value.scalar(), Some(Scalar::Integer(_))) {
        "a number that is no status code"
    } else {
        kind(value)
    };
    let words = vec![("member", name.to_owned()), ("is", is.to_owned()), ("must", must(name).to_owned())];
    Some(Evidence { words, ..Evidence::default() })
}

/// What a value is, and never the value.
fn kind(value: Node<'_>) -> &'static str {
    match value.scalar() {
        Some(Scalar::Text) => "a string",
        Some(Scalar::Integer(_) | Scalar::Float(_)) => "a number",
        Some(Scalar::Boolean(_)) => "a boolean",
        Some(Scalar::Null) => "`null`",
        None if value.is_map() => "an object",
        None => "a list",
    }
}
