//! 4xx: the request is at fault.

use super::code::{Ask, Body, Caching, Registration, StatusCode, ask};
use crate::http::Reference::{self, Rfc};

const EXPLAIN: Ask = ask(
    "Unless it answers HEAD, it should carry content that explains the error and says whether it is temporary or permanent.",
    9110,
    "15.5",
);

const fn error(code: u16, name: &'static str, reference: Reference, meaning: &'static str) -> StatusCode {
    StatusCode::registered(code, name, reference, meaning).body(Body::Expected).asks(&[EXPLAIN])
}

pub(super) const CODES: &[StatusCode] = &[
    error(
        400,
        "Bad Request",
        Rfc(9110, "15.5.1"),
        "The server takes the request for faulty: broken syntax, broken framing, or nothing more precise fits.",
    )
    .asks(&[
        EXPLAIN,
        ask("A request without `Host`, or with two, must get it.", 9112, "3.2"),
        ask("A more precise code is better where there is one; a general one is better than an invented one.", 9205, "4.6"),
    ]),
    error(
        401,
        "Unauthorized",
        Rfc(9110, "15.5.2"),
        "The request has no valid credentials: none, wrong ones, or expired ones. It is about who the client is; what it may do is 403.",
    )
    .asks(&[ask("It must carry `WWW-Authenticate` with at least one challenge.", 9110, "11.6.1"), EXPLAIN]),
    error(
        402,
        "Payment Required",
        Rfc(9110, "15.5.3"),
        "Reserved for payments since the beginning, and never given a meaning. Those who use it mean each something else.",
    ),
    error(
        403,
        "Forbidden",
        Rfc(9110, "15.5.4"),
        "Understood, and refused. The credentials, if any, are not enough, or the reason has nothing to do with them.",
    )
    .asks(&[
        EXPLAIN,
        ask("Who wants to hide that something exists may answer 404 instead.", 9110, "15.5.4"),
        ask("Clients should not repeat it with the same credentials.", 9110, "15.5.4"),
    ]),
    error(
        404,
        "Not Found",
        Rfc(9110, "15.5.5"),
        "There is nothing here at present, or the server does not want to say that there is.",
    )
    .caching(Caching::Heuristic)
    .asks(&[EXPLAIN, ask("Where it is known to be gone for good, 410 is preferred.", 9110, "15.5.5")]),
    error(
        405,
        "Method Not Allowed",
        Rfc(9110, "15.5.6"),
        "The server knows the method, and this resource does not take it. A method that the server does not know at all is 501.",
    )
    .caching(Caching::Heuristic)
    .methods("any that the resource does not take")
    .asks(&[ask("It must carry `Allow` with the methods that the resource takes; the list may be empty.", 9110, "10.2.1"), EXPLAIN]),
    error(
        406,
        "Not Acceptable",
        Rfc(9110, "15.5.7"),
        "Nothing that the server has fits `Accept` and its kin, and it does not want to send something else. It may: a 200 is allowed here.",
    )
    .methods("negotiated requests")
    .asks(&[ask("It should list what there is, so that the client can choose.", 9110, "15.5.7")]),
    error(
        407,
        "Proxy Authentication Required",
        Rfc(9110, "15.5.8"),
        "The proxy on the way wants credentials. It does not come from the server that was asked.",
    )
    .methods("any, through a proxy")
    .asks(&[ask("It must carry `Proxy-Authenticate` with at least one challenge.", 9110, "11.7.1"), EXPLAIN]),
    error(
        408,
        "Request Timeout",
        Rfc(9110, "15.5.9"),
        "The request itself did not arrive in time. That the server took too long for its work is 503 or 504.",
    )
    .also(&["Request Time-out"])
    .asks(&[EXPLAIN, ask("Clients may repeat it.", 9110, "15.5.9")]),
    error(
        409,
        "Conflict",
        Rfc(9110, "15.5.10"),
        "The request does not go together with the present state: a name that is taken, a version that is older. The user may solve it.",
    )
    .methods("methods that write")
    .asks(&[ask("It should say enough to find the cause and to try again.", 9110, "15.5.10")]),
    error(410, "Gone", Rfc(9110, "15.5.11"), "It was here, and it is gone for good. Who is not sure answers 404.")
        .caching(Caching::Heuristic),
    error(411, "Length Required", Rfc(9110, "15.5.12"), "The server wants to know the length of the content beforehand.")
        .methods("any with content")
        .asks(&[EXPLAIN, ask("The client may repeat it with `Content-Length`.", 9110, "15.5.12")]),
    error(
        412,
        "Precondition Failed",
        Rfc(9110, "15.5.13"),
        "A condition of the request was false: `If-Match` with an outdated tag, or `If-None-Match` where something exists already.",
    )
    .methods("methods that write")
    .asks(&[EXPLAIN, ask("The method must not have been performed.", 9110, "13.2.1")]),
    error(413, "Content Too Large", Rfc(9110, "15.5.14"), "The content of the request is larger than the server is willing to take.")
        .also(&["Payload Too Large", "Request Entity Too Large"])
        .methods("any with content")
        .asks(&[
            EXPLAIN,
            ask("If that is temporary, it should carry `Retry-After`.", 9110, "15.5.14"),
            ask("The server may close the connection.", 9110, "15.5.14"),
        ]),
    error(414, "URI Too Long", Rfc(9110, "15.5.15"), "The URI is longer than the server is willing to read.")
        .also(&["Request-URI Too Long", "Request-URI Too Large"])
        .caching(Caching::Heuristic)
        .asks(&[EXPLAIN, ask("A request line with a longer target than the server reads must get it.", 9112, "3")]),
    error(
        415,
        "Unsupported Media Type",
        Rfc(9110, "15.5.16"),
        "The server does not understand the format or the coding of what the client sent. What the client wants to receive is 406.",
    )
    .methods("any with content")
    .asks(&[
        EXPLAIN,
        ask("`Accept` can say which formats would have worked; for a coding `Accept-Encoding` ought to.", 9110, "12.5"),
        ask("To PATCH it should carry `Accept-Patch`.", 5789, "2.2"),
    ]),
    error(
        416,
        "Range Not Satisfiable",
        Rfc(9110, "15.5.17"),
        "The part that the client asked for with `Range` does not exist.",
    )
    .also(&["Requested Range Not Satisfiable"])
    .body(Body::Allowed)
    .methods("GET")
    .asks(&[ask("For byte ranges it should carry `Content-Range: bytes */length`, so that the client knows the size.", 9110, "14.4")]),
    error(417, "Expectation Failed", Rfc(9110, "15.5.18"), "The server cannot do what the client demands in `Expect`.")
        .asks(&[EXPLAIN, ask("It may answer any expectation but `100-continue`.", 9110, "10.1.1")]),
    error(418, "(Unused)", Rfc(9110, "15.5.19"), "A joke about teapots from 1998, so widespread that the number can never be given away.")
        .also(&["I'm a teapot"])
        .standing(Registration::Reserved)
        .body(Body::Undefined)
        .asks(&[]),
    error(
        421,
        "Misdirected Request",
        Rfc(9110, "15.5.20"),
        "The request reached a server that does not answer for this host, usually over a shared connection.",
    )
    .asks(&[
        EXPLAIN,
        ask("Clients may repeat it over another connection.", 9110, "15.5.20"),
        ask("A proxy must not generate it.", 9110, "15.5.20"),
    ]),
    error(
        422,
        "Unprocessable Content",
        Rfc(9110, "15.5.21"),
        "The format is understood and the syntax is right, but what it asks for cannot be done: a value out of range, a rule broken.",
    )
    .also(&["Unprocessable Entity"])
    .methods("any with content"),
    error(423, "Locked", Rfc(4918, "11.3"), "Someone holds a lock on the resource.")
        .methods("methods that write")
        .asks(&[EXPLAIN, ask("In WebDAV it should name the condition that failed, such as `lock-token-submitted`.", 4918, "11.3")]),
    error(
        424,
        "Failed Dependency",
        Rfc(4918, "11.4"),
        "It was not done because another action of the same request failed. It usually stands inside a 207; a failing service behind the server is 502.",
    )
    .methods("compound requests"),
    error(
        425,
        "Too Early",
        Rfc(8470, "5.2"),
        "The request came before the TLS handshake was over, and somebody could replay it. The client is to send it again, later.",
    )
    .methods("any that must not be replayed")
    .asks(&[
        EXPLAIN,
        ask("It should be sent only if the request came in early data or carried `Early-Data: 1`.", 8470, "5.2"),
    ]),
    error(
        426,
        "Upgrade Required",
        Rfc(9110, "15.5.22"),
        "The server wants another protocol for this. It does not mean that an application is too old.",
    )
    .asks(&[
        ask("It must carry `Upgrade` with the protocols it would accept.", 9110, "15.5.22"),
        ask("Whoever sends `Upgrade` must also send `Connection: Upgrade`.", 9110, "7.8"),
        EXPLAIN,
    ]),
    error(
        428,
        "Precondition Required",
        Rfc(6585, "3"),
        "The server takes this change only with a condition such as `If-Match`, so that nobody overwrites the work of somebody else.",
    )
    .caching(Caching::Forbidden)
    .methods("methods that write")
    .asks(&[ask("It should say how to send the request again.", 6585, "3"), ask("A cache must not store it.", 6585, "3")]),
    error(429, "Too Many Requests", Rfc(6585, "4"), "The client sent more requests in a time than it may.")
        .caching(Caching::Forbidden)
        .asks(&[
            ask("It should explain the limit.", 6585, "4"),
            ask("It may carry `Retry-After` with the time to wait; without it every client guesses.", 6585, "4"),
            ask("A cache must not store it.", 6585, "4"),
        ]),
    error(
        431,
        "Request Header Fields Too Large",
        Rfc(6585, "5"),
        "A header field of the request, or all of them together, is too large. With smaller ones it may work.",
    )
    .caching(Caching::Forbidden)
    .asks(&[
        ask("If one field is at fault, it should say which.", 6585, "5"),
        ask("A cache must not store it.", 6585, "5"),
    ]),
    error(451, "Unavailable For Legal Reasons", Rfc(7725, "3"), "A legal demand forbids the server to answer.")
        .caching(Caching::Heuristic)
        .asks(&[
            ask("It should say who demands it, on which ground, and for whom.", 7725, "3"),
            ask("Who implements the block should say so in `Link` with `rel=\"blocked-by\"`.", 7725, "4"),
        ]),
];
