//! Operations that answer 401 although the description asks for no credentials there.

use super::super::evaluate::{Evidence, Row, Subject};
use super::super::fields::Noun;
use super::cues::{has_cue, operation_has_word};
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Api, OperationFact, Role};
use crate::http::status::StatusKey;
use crate::openapi::{MediaType, Parameter, Version};
use crate::syntax::Node;
use crate::truth::Truth;

/// Asked of one operation, where other operations are secured.
pub(super) const OF_OPERATION: Predicate = Predicate {
    name: "unexplained-unauthorized",
    noun: Noun::Operation,
    doc: "The operation describes a 401 and takes no credentials, in a description that knows some.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run: of_operation,
};

/// Asked of a description that requires credentials nowhere.
pub(super) const OF_DOCUMENT: Predicate = Predicate {
    name: "unauthorized-throughout",
    noun: Noun::Document,
    doc: "Operations describe 401s, and the description declares no security scheme and requires none anywhere.",
    arguments: &[],
    words: &["total"],
    reads: Reads::Definition,
    run: of_document,
};

/// The most places that are shown.
const SHOWN: usize = 20;

/// Operations that check credentials of their own accord.
pub(super) const SIGNS_IN: [&str; 26] = [
    "login",
    "logon",
    "logout",
    "signin",
    "signout",
    "token",
    "tokens",
    "session",
    "sessions",
    "auth",
    "authenticate",
    "authentication",
    "authorize",
    "authorise",
    "authorization",
    "oauth",
    "oauth2",
    "oidc",
    "saml",
    "sso",
    "password",
    "passwords",
    "otp",
    "mfa",
    "2fa",
    "credentials",
];

/// Parts of names that carry credentials.
const CREDENTIALS: [&str; 32] = [
    "authorization",
    "authentication",
    "auth",
    "token",
    "apitoken",
    "accesstoken",
    "apikey",
    "appkey",
    "accesskey",
    "userkey",
    "subscriptionkey",
    "secret",
    "signature",
    "sig",
    "hmac",
    "session",
    "sessionid",
    "sid",
    "jwt",
    "bearer",
    "credential",
    "credentials",
    "password",
    "passwd",
    "pwd",
    "passcode",
    "pin",
    "otp",
    "cookie",
    "appid",
    "clientid",
    "assertion",
];

fn of_operation<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    if unauthorized_key(row.api, operation).is_none() || !knows_credentials(row.api) {
        return Judgement::plain(false);
    }
    Judgement::plain(takes_none(row.api, operation, row))
}

fn of_document<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let api = row.api;
    if knows_credentials(api) {
        return Judgement::plain(false);
    }
    let is_open = |index: usize, operation: &OperationFact<'p>| {
        operation.role == Role::Server && takes_none(api, operation, &row.at(Subject::Operation(index))).is_true()
    };
    let operations = api.operations.iter().enumerate();
    let described = operations.filter_map(|(index, operation)| Some((index, operation, unauthorized_key(api, operation)?)));
    let keys: Vec<Node<'p>> = described.filter(|(index, operation, _)| is_open(*index, operation)).map(|(.., key)| key).collect();
    let related = keys.iter().take(SHOWN).map(|key| (*key, "described here".to_owned())).collect();
    let words = vec![("total", counted(keys.len()))];
    Judgement::shown(!keys.is_empty(), Evidence { at: None, related, words, ..Evidence::default() })
}

fn counted(operations: usize) -> String {
    if operations == 1 { "1 operation describes".to_owned() } else { format!("{operations} operations describe") }
}

/// Whether the description declares a security scheme or requires one. One that does neither leaves security out
/// altogether, and then this is said once.
fn knows_credentials(api: &Api<'_>) -> bool {
    let root = api.root;
    let declares = match root.version() {
        Version::V2_0 => root.entries_of("securityDefinitions").next().is_some(),
        _ => root.get("components").is_some_and(|components| components.entries_of("securitySchemes").next().is_some()),
    };
    declares || api.asks_for_credentials()
}

/// The operation's own key of its 401.
fn unauthorized_key<'p>(api: &Api<'p>, operation: &OperationFact<'p>) -> Option<Node<'p>> {
    api.responses_of(operation).iter().find(|response| response.status == StatusKey::Code(401)).map(|response| response.key)
}

/// Whether an operation takes no credentials in any way that the description shows.
fn takes_none<'p>(api: &Api<'p>, operation: &OperationFact<'p>, row: &Row<'_, 'p>) -> Truth {
    let security = api.security_of(operation);
    if security.schemes().next().is_some() || operation_has_word(row, &SIGNS_IN) {
        return Truth::False;
    }
    if api.is_unseen(security) {
        return Truth::Unknown;
    }
    let by_parameter = Truth::any(api.parameters_of(operation).iter().map(|parameter| carries_credentials(*parameter)));
    !by_parameter.or(Truth::from(sends_credentials(api, operation)))
}

/// Whether a parameter looks like one for credentials.
pub(super) fn carries_credentials(parameter: Parameter<'_>) -> Truth {
    let (Some(name), Some(location)) = (parameter.name(), parameter.location()) else { return Truth::Unknown };
    let is_key = name.eq_ignore_ascii_case("key") && matches!(location.as_ref(), "query" | "header");
    Truth::from(location == "cookie" || is_key || has_cue(&name, &CREDENTIALS))
}

/// Whether the request body has a member for credentials.
fn sends_credentials<'p>(api: &Api<'p>, operation: &OperationFact<'p>) -> bool {
    let Some(request) = api.request_of(operation) else { return false };
    let schemas = request.content().into_iter().filter_map(MediaType::schema);
    schemas.flat_map(|schema| schema.properties().list).any(|property| has_cue(&property.name, &CREDENTIALS))
}
