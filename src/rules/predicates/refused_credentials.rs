//! `lacks-credentials` and `refuses-accepted-credentials`: what a 403 and a 401 were answered to.

use super::sends::query_names;
use super::{Arguments, Judgement, Predicate};
use crate::facts::Observed;
use crate::openapi::{Scheme, SchemeKind};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::traffic::Credentials;
use crate::truth::Truth;

pub(super) const LACKS_CREDENTIALS: Predicate = Predicate {
    name: "lacks-credentials",
    noun: Noun::Exchange,
    doc: "The operation needs credentials, and the request had none of those that the description knows. Unknown for client certificates, \
          and where the response may be about the origin of a script.",
    arguments: &[],
    words: &["claim"],
    reads_operation: true,
    run: lacks,
};

pub(super) const REFUSES_ACCEPTED_CREDENTIALS: Predicate = Predicate {
    name: "refuses-accepted-credentials",
    noun: Noun::Exchange,
    doc: "The credentials of the request were accepted elsewhere in the recording, and the response says neither that they have expired nor that \
          a stronger login is needed.",
    arguments: &[],
    words: &["claim"],
    reads_operation: false,
    run: refuses_accepted,
};

fn lacks<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(observed), Some(operation)) = (row.exchange(), row.operation()) else { return Judgement::plain(false) };
    let had_none = match observed.credentials {
        Credentials::None => Truth::True,
        Credentials::Present => Truth::False,
        Credentials::Unknown => Truth::Unknown,
    };
    let security = row.api.security_of(operation);
    if had_none != Truth::True || row.api.is_unseen(security) {
        return Judgement::plain(had_none.and(Truth::Unknown));
    }
    let is_hidden = security.schemes().any(|scheme| matches!(scheme.kind, None | Some(SchemeKind::MutualTls)));
    if is_hidden || may_be_about_origin(observed) {
        return Judgement::plain(Truth::Unknown);
    }
    let lacks = security.is_required() && !security.schemes().any(|scheme| has_key(observed, scheme));
    claim(lacks, "was answered to a request without credentials: that is 401")
}

/// A server that does not trust the page that a script belongs to refuses it whoever asks.
fn may_be_about_origin(observed: &Observed<'_>) -> bool {
    observed.exchange.request.headers.has("Origin") && !observed.fields().has("Access-Control-Allow-Origin")
}

/// Whether the request had the key of a scheme, where the description says that it is.
fn has_key(observed: &Observed<'_>, scheme: &Scheme<'_>) -> bool {
    let Some(definition) = scheme.definition.filter(|_| scheme.kind == Some(SchemeKind::ApiKey)) else { return false };
    let request = &observed.exchange.request;
    let name = definition.text("name").unwrap_or_default();
    match definition.text("in").as_deref() {
        Some("query") => query_names(&request.url).any(|other| other == name),
        Some("header") => request.headers.has(&name),
        _ => request.headers.has("Cookie"),
    }
}

fn refuses_accepted<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let is_good = |observed: &Observed<'_>| observed.neighbours.accepted_credentials.is_some() && !explains(observed);
    let refuses = row.exchange().is_some_and(is_good);
    claim(refuses, "was answered to credentials that were accepted elsewhere in the recording: that is 403")
}

fn claim<'p>(holds: bool, claim: &str) -> Judgement<'p> {
    Judgement::shown(holds, Evidence { words: vec![("claim", claim.to_owned())], ..Evidence::default() })
}

/// Tokens that were good may have expired, and some requests need a fresher or stronger login (RFC 9470).
fn explains(observed: &Observed<'_>) -> bool {
    const LONGEST: usize = 65_536;
    let is_about_time = |text: &str| {
        let lower = text.to_ascii_lowercase();
        ["expire", "invalid_token", "insufficient_user_authentication", "revoked", "stale"]
            .iter()
            .any(|word| lower.contains(word))
    };
    observed.fields().lines("WWW-Authenticate").any(is_about_time)
        || observed.text().is_some_and(|text| text.len() <= LONGEST && is_about_time(&text))
}
