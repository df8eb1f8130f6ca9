//! Credentials that were refused: good ones with 401, missing ones with 403.

use super::super::cues::{has_cue, operation_has_word};
use super::super::sends_header::parameters;
use super::super::unexplained_unauthorized::SIGNS_IN;
use super::{Arguments, Judgement, Predicate};
use crate::facts::Observed;
use crate::openapi::{Scheme, SchemeKind};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::traffic::Credentials;
use crate::truth::Truth;

pub(in super::super) const REFUSES_GOOD_CREDENTIALS: Predicate = Predicate {
    name: "refuses-good-credentials",
    noun: Noun::Exchange,
    doc: "The same credentials were accepted before and behind this refusal, by requests that need some; not where a login or a challenge says what is wrong with them.",
    arguments: &[],
    words: &["index"],
    reads_operation: true,
    run: refuses_good,
};

pub(in super::super) const LACKS_CREDENTIALS: Predicate = Predicate {
    name: "lacks-credentials",
    noun: Noun::Exchange,
    doc: "The request has no credentials, and the operation asks for some.",
    arguments: &[],
    words: &[],
    reads_operation: true,
    run: lacks,
};

/// What challenges say about credentials that are not good enough here (RFC 6750, 9449 and 9470).
const SAID: [&str; 4] = ["invalid_token", "insufficient_user_authentication", "use_dpop_nonce", "expired"];

fn refuses_good<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let Some(index) = exchange.neighbours.accepted_credentials else { return Judgement::plain(false) };
    let says_why = exchange.fields().lines("www-authenticate").any(|challenge| {
        let challenge = challenge.to_ascii_lowercase();
        SAID.iter().any(|said| challenge.contains(said))
    });
    let url = exchange.exchange.request.url.split(['?', '#']).next().unwrap_or_default();
    if says_why || operation_has_word(row, &SIGNS_IN) || has_cue(url, &SIGNS_IN) {
        return Judgement::plain(false);
    }
    Judgement::shown(true, Evidence { words: vec![("index", index.to_string())], ..Evidence::default() })
}

fn lacks<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(exchange), Some(operation)) = (row.exchange(), row.operation()) else { return Judgement::plain(Truth::Unknown) };
    let security = row.api.security_of(operation);
    if !security.is_required() || exchange.credentials == Credentials::Present {
        return Judgement::plain(false);
    }
    if row.api.is_unseen(security) || exchange.credentials == Credentials::Unknown {
        return Judgement::plain(Truth::Unknown);
    }
    Judgement::plain(!Truth::any(security.schemes().map(|scheme| carries(exchange, scheme))))
}

/// Whether a request carries the credentials of a scheme.
fn carries(exchange: &Observed<'_>, scheme: &Scheme<'_>) -> Truth {
    let request = &exchange.exchange.request;
    match scheme.kind {
        Some(SchemeKind::Http | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect) => {
            Truth::from(request.headers.has("authorization"))
        }
        Some(SchemeKind::ApiKey) => {
            let of_scheme = |key: &str| scheme.definition.and_then(|definition| definition.text(key));
            let (Some(place), Some(name)) = (of_scheme("in"), of_scheme("name")) else { return Truth::Unknown };
            Truth::from(match place.as_ref() {
                "header" => request.headers.has(&name),
                "query" => parameters(&request.url).any(|other| other == name),
                _ => request.headers.has("cookie"),
            })
        }
        Some(SchemeKind::MutualTls) | None => Truth::Unknown,
    }
}
