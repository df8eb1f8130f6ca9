//! 3xx: there is something left to do for the client.

use super::code::{Ask, Body, Caching, Registration, StatusCode, ask};
use crate::http::Reference::Rfc;

const LOCATION: Ask = ask("It should carry `Location` with the URI to go to.", 9110, "15.4");

pub(super) const CODES: &[StatusCode] = &[
    StatusCode::registered(
        300,
        "Multiple Choices",
        Rfc(9110, "15.4.1"),
        "There are several representations, each with a URI of its own, and the client is to choose.",
    )
    .body(Body::Expected)
    .caching(Caching::Heuristic)
    .asks(&[
        ask("If the server prefers one of them it should name it in `Location`.", 9110, "15.4.1"),
        ask("Unless it answers HEAD, it should carry a list of the alternatives.", 9110, "15.4.1"),
    ]),
    StatusCode::registered(
        301,
        "Moved Permanently",
        Rfc(9110, "15.4.2"),
        "The resource has a new URI for good; clients should update their links. Many clients turn a POST into a GET on the way: 308 does not.",
    )
    .caching(Caching::Heuristic)
    .asks(&[LOCATION, ask("Clients may change POST to GET; where that is unwanted, 308 is the answer.", 9110, "15.4.2")]),
    StatusCode::registered(
        302,
        "Found",
        Rfc(9110, "15.4.3"),
        "The resource is at another URI for now. Nobody can tell what a client does with the method: 307 keeps it, 303 makes it a GET.",
    )
    .also(&["Moved Temporarily"])
    .asks(&[LOCATION, ask("Clients may change POST to GET; where that is unwanted, 307 is the answer.", 9110, "15.4.3")]),
    StatusCode::registered(
        303,
        "See Other",
        Rfc(9110, "15.4.4"),
        "The answer is to be fetched from another URI with GET: the result of a form, the order that a POST placed.",
    )
    .body(Body::Expected)
    .methods("any; mostly POST")
    .asks(&[
        ask("`Location` names the other resource.", 9110, "15.4.4"),
        ask("Unless it answers HEAD, a short note with the link ought to come along.", 9110, "15.4.4"),
    ]),
    StatusCode::registered(
        304,
        "Not Modified",
        Rfc(9110, "15.4.5"),
        "What the client has is still current: it asked with `If-None-Match` or `If-Modified-Since`, and nothing changed.",
    )
    .body(Body::Forbidden)
    .caching(Caching::Undefined)
    .methods("GET, HEAD")
    .asks(&[
        ask("It answers only a conditional GET or HEAD; other methods get 412.", 9110, "13.2.2"),
        ask("It must carry `Content-Location`, `Date`, `ETag`, `Vary`, `Cache-Control` and `Expires` where the 200 would have them.", 9110, "15.4.5"),
        ask("It has no content; a `Content-Length` may only say what the 200 would.", 9112, "6.3"),
        ask("A cache renews the stored response with it.", 9111, "4.3.4"),
    ]),
    StatusCode::registered(
        305,
        "Use Proxy",
        Rfc(9110, "15.4.6"),
        "Once meant: ask again through this proxy. Deprecated, because anyone could send clients anywhere.",
    )
    .standing(Registration::Deprecated)
    .body(Body::Undefined)
    .caching(Caching::Undefined),
    StatusCode::registered(
        306,
        "(Unused)",
        Rfc(9110, "15.4.7"),
        "Means nothing: it stood in an early draft, and the number is kept out of use since.",
    )
    .also(&["Switch Proxy"])
    .standing(Registration::Reserved)
    .body(Body::Undefined)
    .caching(Caching::Undefined),
    StatusCode::registered(
        307,
        "Temporary Redirect",
        Rfc(9110, "15.4.8"),
        "The resource is at another URI for now; the client repeats the same request there.",
    )
    .asks(&[LOCATION, ask("Clients must not change the method.", 9110, "15.4.8")]),
    StatusCode::registered(
        308,
        "Permanent Redirect",
        Rfc(9110, "15.4.9"),
        "The resource has a new URI for good; the client repeats the same request there. Very old clients may not know it.",
    )
    .caching(Caching::Heuristic)
    .asks(&[LOCATION, ask("Clients keep the method.", 9110, "15.4.9")]),
];
