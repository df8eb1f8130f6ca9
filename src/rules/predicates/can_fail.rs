//! `can-fail`: the operation has input or security, so some request will be refused; says how.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::constrains_input::TRANSPORT;
use super::unexplained_unauthorized::carries_credentials;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::OperationFact;
use crate::openapi::{Parameter, SchemeKind};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "can-fail",
    noun: Noun::Operation,
    doc: "whether the operation has parameters, a request body or security, so that some request will be refused; shows the codes this leads to",
    arguments: &[],
    words: &["reasons"],
    reads: Reads::Operation,
    run,
};

/// How many names of one kind are shown.
const SHOWN: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let parameters = row.api.parameters_of(operation);
    let security = row.api.security_of(operation);
    let has_body = row.api.request_of(operation).is_some();
    if parameters.is_empty() && !has_body && security.schemes().next().is_none() {
        let unseen = row.api.is_unseen(security);
        return Judgement::plain(if unseen { Truth::Unknown } else { Truth::False });
    }
    if !arguments.shows {
        return Judgement::withheld(true);
    }
    let mut reasons: Vec<String> =
        secured(row, operation).into_iter().map(|(code, reason)| format!("{code}: {reason}")).collect();
    let (keys, inputs): (Vec<Parameter<'p>>, Vec<Parameter<'p>>) =
        parameters.iter().partition(|parameter| carries_credentials(**parameter).is_true());
    if reasons.is_empty() {
        reasons.extend(bad_key(&keys));
    }
    reasons.extend(not_found(operation, parameters, has_body));
    reasons.extend(bad_request(&inputs, has_body));
    let reasons = if reasons.is_empty() { "the request can be refused".to_owned() } else { reasons.join("; ") };
    Judgement::shown(true, Evidence { words: vec![("reasons", reasons)], ..Evidence::default() })
}

/// What security leads to, each code with its reason. A client certificate is refused before HTTP is spoken, so it leads
/// to no 401.
pub(super) fn secured<'p>(row: &Row<'_, 'p>, operation: &OperationFact<'p>) -> Vec<(u16, String)> {
    let security = row.api.security_of(operation);
    let all = || security.schemes().filter(|scheme| scheme.kind != Some(SchemeKind::MutualTls));
    let schemes = all().map(|scheme| Cow::Borrowed(scheme.name.as_ref()));
    let scopes = all().flat_map(|scheme| &scheme.scopes).map(|scope| Cow::Borrowed(scope.as_ref()));
    let unauthorized = names(schemes).map(|names| (401, format!("secured by {names}")));
    let forbidden = names(scopes).map(|names| (403, format!("scope {names}")));
    unauthorized.into_iter().chain(forbidden).collect()
}

/// A PUT with a body may well create what its path names.
fn not_found(operation: &OperationFact<'_>, parameters: &[Parameter<'_>], has_body: bool) -> Option<String> {
    if operation.method == "PUT" && has_body {
        return None;
    }
    at(parameters, "path").map(|named| format!("404: {named}"))
}

/// Credentials that come as plain parameters.
fn bad_key(parameters: &[Parameter<'_>]) -> Option<String> {
    let named: Vec<String> = ["query", "header", "cookie"].into_iter().filter_map(|location| at(parameters, location)).collect();
    (!named.is_empty()).then(|| format!("401: {}", named.join(", ")))
}

fn bad_request(parameters: &[Parameter<'_>], has_body: bool) -> Option<String> {
    let is_input = |parameter: &&Parameter<'_>| {
        !parameter.is_in("header") || parameter.name().is_none_or(|name| !TRANSPORT.contains(&name.to_lowercase().as_str()))
    };
    let parameters: Vec<Parameter<'_>> = parameters.iter().filter(is_input).copied().collect();
    let body = has_body.then(|| "request body".to_owned());
    let others = ["query", "querystring", "header", "cookie"].into_iter().filter_map(|location| at(&parameters, location));
    let inputs: Vec<String> = body.into_iter().chain(others).collect();
    (!inputs.is_empty()).then(|| format!("400: {}", inputs.join(", ")))
}

/// "query parameters `a` and `b`"
pub(super) fn at(parameters: &[Parameter<'_>], location: &str) -> Option<String> {
    let mut count = 0;
    let there = parameters.iter().filter(|parameter| parameter.is_in(location));
    let names = names(there.filter_map(|parameter| parameter.name()).inspect(|_| count += 1))?;
    let plural = if count > 1 { "s" } else { "" };
    Some(format!("{location} parameter{plural} {names}"))
}

/// `a`, `b` and 2 more, each once.
pub(super) fn names<'n>(all: impl Iterator<Item = Cow<'n, str>>) -> Option<String> {
    let mut shown: Vec<Cow<'n, str>> = Vec::new();
    let mut more = FxHashSet::default();
    for name in all {
        if shown.contains(&name) {
            continue;
        }
        if shown.len() < SHOWN {
            shown.push(name);
        } else {
            more.insert(name);
        }
    }
    let mut words: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    words.extend((!more.is_empty()).then(|| format!("{} more", more.len())));
    (!words.is_empty()).then(|| listed(&words, "and"))
}
