//! 5xx: the server is at fault.

use super::code::{Ask, Body, Caching, Registration, StatusCode, ask};
use crate::http::Reference::{self, Rfc};

const EXPLAIN: Ask = ask(
    "Unless it answers HEAD, it should carry content that explains the error and says whether it is temporary.",
    9110,
    "15.6",
);
const NO_STORE: Ask = ask("A cache must not store it.", 6585, "6");

const fn error(code: u16, name: &'static str, reference: Reference, meaning: &'static str) -> StatusCode {
    StatusCode::registered(code, name, reference, meaning).body(Body::Expected).asks(&[EXPLAIN])
}

pub(super) const CODES: &[StatusCode] = &[
    error(
        500,
        "Internal Server Error",
        Rfc(9110, "15.6.1"),
        "Something went wrong inside the server, and nothing more precise fits. Never the fault of the client.",
    )
    .asks(&[EXPLAIN, ask("What it says is for the client: no stack traces, paths or queries.", 9457, "5")]),
    error(
        501,
        "Not Implemented",
        Rfc(9110, "15.6.2"),
        "The server does not know the method at all, for any resource. A method that it knows but refuses here is 405.",
    )
    .caching(Caching::Heuristic)
    .asks(&[EXPLAIN, ask("GET and HEAD must be supported, so they never get it.", 9110, "9.1")]),
    error(
        502,
        "Bad Gateway",
        Rfc(9110, "15.6.3"),
        "A gateway or proxy got an answer from the server behind it that it could not use.",
    ),
    error(
        503,
        "Service Unavailable",
        Rfc(9110, "15.6.4"),
        "Overloaded or being looked after; it will pass. A client should wait and try again.",
    )
    .asks(&[EXPLAIN, ask("It may carry `Retry-After` with a date or a number of seconds.", 9110, "10.2.3")]),
    error(
        504,
        "Gateway Timeout",
        Rfc(9110, "15.6.5"),
        "A gateway or proxy waited for the server behind it, and nothing came in time.",
    )
    .also(&["Gateway Time-out"]),
    error(
        505,
        "HTTP Version Not Supported",
        Rfc(9110, "15.6.6"),
        "The server does not speak the major version of HTTP that the request was written in.",
    )
    .asks(&[ask("It should say why, and which protocols are spoken.", 9110, "15.6.6")]),
    error(
        506,
        "Variant Also Negotiates",
        Rfc(2295, "8.1"),
        "The variant that was chosen negotiates itself, in a circle: the server is set up wrongly.",
    )
    .body(Body::Allowed)
    .methods("negotiated requests"),
    error(
        507,
        "Insufficient Storage",
        Rfc(4918, "11.5"),
        "The server has no room to store what the request needs. Counted as temporary.",
    )
    .body(Body::Allowed)
    .methods("methods that write")
    .asks(&[
        EXPLAIN,
        ask("If a person set off the request, it must not be repeated until that person does so again.", 4918, "11.5"),
    ]),
    error(
        508,
        "Loop Detected",
        Rfc(5842, "7.2"),
        "A WebDAV request with `Depth: infinity` ran in a circle. The whole operation failed.",
    )
    .body(Body::Allowed)
    .methods("PROPFIND"),
    error(
        510,
        "Not Extended",
        Rfc(2774, "7"),
        "The request lacks an extension that the server wants. Obsoleted together with the experiment it belonged to.",
    )
    .standing(Registration::Deprecated)
    .body(Body::Undefined)
    .caching(Caching::Undefined)
    .asks(&[]),
    error(
        511,
        "Network Authentication Required",
        Rfc(6585, "6"),
        "The network in between wants a login first: the page of a hotel or a train. It does not come from the server that was asked.",
    )
    .caching(Caching::Forbidden)
    .methods("any, behind a captive portal")
    .asks(&[
        ask("It should link to the place to log in.", 6585, "6"),
        ask("Origin servers should not generate it: only what sits in between does.", 6585, "6"),
        ask("It should not carry the login itself.", 6585, "6"),
        NO_STORE,
    ]),
];
