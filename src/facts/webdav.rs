//! Whether a description is one of WebDAV (RFC 4918): told once, asked for every status that only WebDAV has.

use super::api::{Api, OperationFact};
use super::response::ResponseFact;

/// Methods that only WebDAV and its extensions have.
const METHODS: [&str; 13] = [
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
    "BIND",
    "REBIND",
    "ACL",
    "MKCALENDAR",
];

/// Header fields of its requests.
const REQUEST_FIELDS: [&str; 4] = ["Depth", "If", "Lock-Token", "DAV"];

/// Header fields of its responses.
const RESPONSE_FIELDS: [&str; 2] = ["DAV", "Lock-Token"];

pub(super) fn is_spoken(api: &Api<'_>) -> bool {
    api.operations.iter().any(|operation| asks(api, operation)) || api.first_uses().any(|response| answers(api, response))
}

fn asks<'p>(api: &Api<'p>, operation: &OperationFact<'p>) -> bool {
    let is_field = |name: &str| REQUEST_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name));
    METHODS.contains(&operation.method.as_ref())
        || api
            .parameters_of(operation)
            .iter()
            .any(|parameter| parameter.is_in("header") && parameter.name().is_some_and(|name| is_field(&name)))
}

fn answers<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    RESPONSE_FIELDS.iter().any(|field| response.header(api, field).is_some())
}
