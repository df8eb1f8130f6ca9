//! Whether an operation asks for scopes that a valid token may lack.

use super::super::evaluate::{Evidence, Row};
use super::super::fields::Noun;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::{Scheme, SchemeKind};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "needs-scopes",
    noun: Noun::Operation,
    doc: "An OAuth 2.0 or OpenID Connect requirement of the operation names at least one scope.",
    arguments: &[],
    words: &["scopes"],
    reads: Reads::Operation,
    run,
};

/// The most scopes that a message names.
const NAMED: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let security = row.api.security_of(operation);
    if row.api.is_unseen(security) {
        return Judgement::plain(Truth::Unknown);
    }
    let may_count = |scheme: &&Scheme<'p>| !scheme.scopes.is_empty() && scheme.kind.is_none_or(is_delegated);
    let schemes: Vec<&Scheme<'p>> = security.schemes().filter(may_count).collect();
    let truth = Truth::any(schemes.iter().map(|scheme| Truth::from(scheme.kind.map(is_delegated))));
    if !arguments.shows {
        return Judgement::withheld(truth);
    }
    let mut names: Vec<String> = Vec::new();
    for scope in schemes.iter().flat_map(|scheme| &scheme.scopes).map(|scope| format!("`{scope}`")) {
        if !names.contains(&scope) {
            names.push(scope);
        }
    }
    Judgement::shown(truth, Evidence { words: vec![("scopes", phrase(&names))], ..Evidence::default() })
}

fn is_delegated(kind: SchemeKind) -> bool {
    matches!(kind, SchemeKind::OAuth2 | SchemeKind::OpenIdConnect)
}

fn phrase(scopes: &[String]) -> String {
    let named = scopes.get(..scopes.len().min(NAMED)).unwrap_or_default().join(", ");
    let noun = if scopes.len() == 1 { "scope" } else { "scopes" };
    let more = if scopes.len() > NAMED { format!(" and {} more", scopes.len() - NAMED) } else { String::new() };
    format!("{noun} {named}{more}")
}
