//! `lacks-credentials`: a request without credentials to an operation that needs some.

use super::sends::query_names;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::openapi::{Scheme, SchemeKind};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::traffic::Credentials;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "lacks-credentials",
    noun: Noun::Exchange,
    doc: "The operation needs credentials, and the request had none of those that the description knows. Unknown for client certificates, \
          and where the response may be about the origin of a script.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run: lacks,
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
    Judgement::plain(security.is_required() && !security.schemes().any(|scheme| has_key(observed, scheme)))
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
