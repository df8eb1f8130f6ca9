//! 2xx: done, or taken on.

use super::code::{Body, Caching, StatusCode, ask};
use crate::http::Reference::Rfc;

pub(super) const CODES: &[StatusCode] = &[
    StatusCode::registered(
        200,
        "OK",
        Rfc(9110, "15.3.1"),
        "It worked. What the content is depends on the method: the resource for GET, the result or its status for POST, PUT and DELETE.",
    )
    .body(Body::Expected)
    .caching(Caching::Heuristic)
    .asks(&[
        ask("Content is expected; where there is none to send, 204 is the better answer.", 9110, "15.3.1"),
        ask("To GET and HEAD the server should send a validator it has: `ETag` or `Last-Modified`.", 9110, "8.8"),
        ask("Content should be labelled with `Content-Type`.", 9110, "8.3"),
        ask("An error is never a success: a failure has a 4xx or 5xx of its own.", 9205, "4.6"),
    ]),
    StatusCode::registered(
        201,
        "Created",
        Rfc(9110, "15.3.2"),
        "Something new exists now. `Location` says where; without it, the new resource is the one that was asked.",
    )
    .methods("POST, PUT, PATCH")
    .asks(&[
        ask("A POST that created something should be answered by 201 with `Location` and a description of what came of it.", 9110, "9.3.3"),
        ask("A PUT that created something must be answered by 201.", 9110, "9.3.4"),
        ask("`Location` names the new resource; a fragment has no place in it.", 9110, "10.2.2"),
    ]),
    StatusCode::registered(
        202,
        "Accepted",
        Rfc(9110, "15.3.3"),
        "Taken on, not done. It may still fail, and HTTP has no way to tell the client later: it must be able to ask.",
    )
    .body(Body::Expected)
    .methods("mostly unsafe ones")
    .asks(&[ask("The content ought to say how far the work is, and point to (or hold) a status monitor.", 9110, "15.3.3")]),
    StatusCode::registered(
        203,
        "Non-Authoritative Information",
        Rfc(9110, "15.3.4"),
        "A proxy on the way changed what the server sent with its 200. A server itself never answers so.",
    )
    .also(&["Non-Authoritative"])
    .caching(Caching::Heuristic)
    .methods("mostly GET")
    .asks(&[ask("Only a proxy that transforms content turns a 200 into 203.", 9110, "7.7")]),
    StatusCode::registered(
        204,
        "No Content",
        Rfc(9110, "15.3.5"),
        "It worked and there is nothing to send. Header fields such as `ETag` describe the resource after the action.",
    )
    .body(Body::Forbidden)
    .caching(Caching::Heuristic)
    .methods("mostly DELETE, PUT, PATCH, POST")
    .asks(&[
        ask("It ends with its header section: it cannot contain content.", 9110, "15.3.5"),
        ask("`Content-Length` must not be sent.", 9110, "8.6"),
        ask("`Transfer-Encoding` must not be sent.", 9112, "6.1"),
    ]),
    StatusCode::registered(
        205,
        "Reset Content",
        Rfc(9110, "15.3.6"),
        "It worked; the client should clear the form or view that it sent from. Made for people in front of forms, not for programs.",
    )
    .body(Body::Forbidden)
    .methods("form submissions")
    .asks(&[ask("The server must not generate content; `Content-Length: 0` is allowed.", 9110, "15.3.6")]),
    StatusCode::registered(
        206,
        "Partial Content",
        Rfc(9110, "15.3.7"),
        "The part of the resource that the client asked for with `Range`: resumed downloads, seeking in media.",
    )
    .body(Body::Required)
    .caching(Caching::Heuristic)
    .methods("GET")
    .asks(&[
        ask("A single part must come with `Content-Range`.", 9110, "15.3.7.1"),
        ask("Several parts must come as `multipart/byteranges`, each with its own `Content-Range` and none in the header section.", 9110, "15.3.7.2"),
        ask("It must repeat `Date`, `Cache-Control`, `ETag`, `Expires`, `Content-Location` and `Vary` where the 200 would have them.", 9110, "15.3.7"),
        ask("`Range` is defined for GET only; with other methods it must be ignored.", 9110, "14.2"),
    ]),
    StatusCode::registered(
        207,
        "Multi-Status",
        Rfc(4918, "11.1"),
        "Several answers in one: each part of the content has a status of its own, and the 207 says nothing about them. \
         WebDAV defines it; batch APIs borrow it.",
    )
    .body(Body::Required)
    .methods("PROPFIND and its kin; POST for batches")
    .asks(&[ask("In WebDAV the content is a `multistatus` document that gives every resource its status.", 4918, "13")]),
    StatusCode::registered(
        208,
        "Already Reported",
        Rfc(5842, "7.1"),
        "This resource was already listed in the same WebDAV answer. It stands inside a 207, not on a response.",
    )
    .body(Body::Undefined)
    .methods("PROPFIND")
    .asks(&[ask("It should be used only where the client said in `DAV` that it understands it.", 5842, "7.1")]),
    StatusCode::registered(
        226,
        "IM Used",
        Rfc(3229, "10.4.1"),
        "The content is a difference to a version that the client has, made the way it asked for in `A-IM`.",
    )
    .body(Body::Required)
    .methods("GET")
    .asks(&[ask("`IM` says which manipulations were applied.", 3229, "10.5.2")]),
];
