//! Whether every request to an operation needs credentials that a 401 can ask for.

use super::super::evaluate::{Evidence, Row};
use super::super::fields::Noun;
use super::cues::has_cue;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::openapi::{Alternative, Scheme, SchemeKind};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "needs-credentials",
    noun: Noun::Operation,
    doc: "Every request needs credentials, and more than a client certificate.",
    arguments: &[],
    words: &["schemes"],
    reads: Reads::Operation,
    run,
};

/// The most alternatives that a message names.
const NAMED: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let security = row.api.security_of(operation);
    if row.api.is_unseen(security) {
        return Judgement::plain(Truth::Unknown);
    }
    let beyond_certificates = Truth::any(security.schemes().map(|scheme| !is_certificate(scheme)));
    let truth = Truth::from(security.is_required()).and(beyond_certificates);
    let words = vec![("schemes", named(&security.alternatives))];
    Judgement::shown(truth, Evidence { words, ..Evidence::default() })
}

/// A scheme that is not defined is taken for one with credentials, unless its name speaks of certificates.
fn is_certificate(scheme: &Scheme<'_>) -> Truth {
    match scheme.kind {
        Some(kind) => Truth::from(kind == SchemeKind::MutualTls),
        None if has_cue(&scheme.name, &["mtls", "tls", "mutual", "certificate", "cert"]) => Truth::Unknown,
        None => Truth::False,
    }
}

fn named(alternatives: &[Alternative<'_>]) -> String {
    let one = |alternative: &Alternative<'_>| {
        let names: Vec<String> = alternative.schemes.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
        names.join(" and ")
    };
    let names: Vec<String> = alternatives.iter().take(NAMED).map(one).collect();
    let more = if alternatives.len() > NAMED { " and others" } else { "" };
    format!("{}{more}", names.join(" or "))
}
