//! 1xx: a final response is still to come.

use super::code::{Ask, Body, Caching, StatusCode, ask};
use crate::http::Reference::{self, Draft, Rfc};

const INTERIM: Ask = ask(
    "It is an interim response: exactly one final response must follow, and an HTTP/1.0 client must never get it.",
    9110,
    "15.2",
);
const NO_CONTENT: Ask = ask("It ends with its header section: no content, no `Content-Length`.", 9110, "8.6");

const fn interim(code: u16, name: &'static str, reference: Reference, meaning: &'static str) -> StatusCode {
    StatusCode::registered(code, name, reference, meaning).body(Body::Forbidden).caching(Caching::Undefined)
}

pub(super) const CODES: &[StatusCode] = &[
    interim(
        100,
        "Continue",
        Rfc(9110, "15.2.1"),
        "So far, so good: the server has seen the header section and the client may send the content. \
         It spares the upload of a large body that would be refused anyway.",
    )
    .methods("any with content")
    .asks(&[
        INTERIM,
        NO_CONTENT,
        ask(
            "To a request with `Expect: 100-continue` an origin server must answer with 100, or at once with a final status; \
             it must not wait for the content first.",
            9110,
            "10.1.1",
        ),
    ]),
    interim(
        101,
        "Switching Protocols",
        Rfc(9110, "15.2.2"),
        "The server goes over to the protocol that the client asked for in `Upgrade`, such as WebSocket.",
    )
    .methods("any; in practice GET")
    .asks(&[
        ask("It must carry `Upgrade` with the protocol that is spoken from here on, one that the client named.", 9110, "15.2.2"),
        ask("Whoever sends `Upgrade` must also send `Connection: Upgrade`.", 9110, "7.8"),
        NO_CONTENT,
        ask("HTTP/2 knows no 101.", 9113, "8.6"),
    ]),
    interim(
        102,
        "Processing",
        Rfc(2518, "10.1"),
        "A sign of life from a long WebDAV request, so that the client does not give up. Later WebDAV dropped it.",
    )
    .methods("long WebDAV methods")
    .asks(&[INTERIM, NO_CONTENT]),
    interim(
        103,
        "Early Hints",
        Rfc(8297, "2"),
        "Header fields that the final response will probably have, sent ahead so that a browser can start loading.",
    )
    .methods("any; mostly GET")
    .asks(&[
        INTERIM,
        ask("The fields are hints: they must not change how the final response is read. Several 103 may come.", 8297, "2"),
        NO_CONTENT,
    ]),
    interim(
        104,
        "Upload Resumption Supported",
        Draft("draft-ietf-httpbis-resumable-upload"),
        "The server can resume this upload if it breaks off. The registration is temporary: the draft may still change.",
    )
    .until("2026-11-13")
    .methods("uploads")
    .asks(&[INTERIM, NO_CONTENT]),
];
