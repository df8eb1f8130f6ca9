//! Every row about header fields.

use super::{Options, assert_responses, changes, responding, short, with_operation};

fn with(status: &str, headers: &str) -> String {
    format!("'{status}': {{ description: x, headers: {{ {headers} }} }}")
}

/// A status, the headers before and after, and what changed.
type Row<'t> = (&'t str, &'t str, &'t str, &'t [&'t str]);

fn assert_headers(table: &[Row<'_>]) {
    for (status, old, new, expected) in table {
        assert_responses(&[(&with(status, old), &with(status, new), expected)]);
    }
}

#[test]
fn header_fields() {
    let table: &[Row<'_>] = &[
        ("200", "X-A: { required: true, schema: { type: string } }", "", &["breaking response-header-removed"]),
        ("404", "X-A: { required: true, schema: { type: string } }", "", &["risky response-header-removed"]),
        ("200", "X-A: { schema: { type: string } }", "", &["risky response-header-removed"]),
        ("404", "X-A: { schema: { type: string } }", "", &["risky response-header-removed"]),
        ("200", "X-A: { required: true }", "X-A: { required: false }", &["breaking response-header-became-optional"]),
        ("200", "X-A: { required: true }", "X-A: {}", &["breaking response-header-became-optional"]),
        ("200", "X-A: {}", "X-A: { required: true }", &["compatible response-header-added"]),
        ("200", "", "X-A: {}", &["compatible response-header-added"]),
        ("200", "X-Request-Id: { required: true }", "x-request-ID: { required: true }", &[]),
        ("200", "A: {}, B: {}", "B: {}, A: {}", &[]),
        ("200", "Content-Type: {}", "", &[]),
    ];
    assert_headers(table);
}

#[test]
fn schemas_and_serialisation() {
    let table: &[Row<'_>] = &[
        (
            "200",
            "X-A: { schema: { type: integer } }",
            "X-A: { schema: { type: string } }",
            &["breaking response-header-type-widened"],
        ),
        (
            "500",
            "X-A: { schema: { type: integer } }",
            "X-A: { schema: { type: string } }",
            &["risky response-header-type-widened"],
        ),
        // Every integer is text on the wire.
        ("200", "X-A: { schema: { type: string } }", "X-A: { schema: { type: integer } }", &[]),
        (
            "200",
            "X-A: { schema: { type: string, format: date } }",
            "X-A: { schema: { type: integer } }",
            &["breaking response-header-type-widened"],
        ),
        (
            "200",
            "X-A: { explode: false, schema: { type: object } }",
            "X-A: { explode: true, schema: { type: object } }",
            &["breaking response-header-serialisation-changed"],
        ),
        // A list looks the same, exploded or not.
        ("200", "X-A: { schema: { type: array } }", "X-A: { explode: true, style: simple, schema: { type: array } }", &[]),
        (
            "200",
            "X-A: { schema: { type: array } }",
            "X-A: { style: spaceDelimited, schema: { type: array } }",
            &["breaking response-header-serialisation-changed"],
        ),
        (
            "200",
            "X-A: { schema: { type: object } }",
            "X-A: { content: { application/json: {} } }",
            &["breaking response-header-serialisation-changed"],
        ),
        (
            "200",
            "X-RateLimit-Limit: { required: true }, X-RateLimit-Reset: {}",
            "RateLimit: {}, RateLimit-Policy: {}",
            &["risky rate-limit-headers-renamed"],
        ),
        ("200", "X-RateLimit-Limit: {}", "", &["risky response-header-removed"]),
    ];
    assert_headers(table);
}

#[test]
fn plain_text() {
    assert_headers(&[
        ("200", "X-A: { schema: { type: string } }", "X-A: { content: { text/plain: { schema: { type: string } } } }", &[]),
        (
            "200",
            "X-A: { content: { text/plain: { schema: { type: integer } } } }",
            "X-A: { schema: { type: string } }",
            &["breaking response-header-type-widened"],
        ),
    ]);
}

fn messages(old: &str, new: &str) -> Vec<String> {
    changes(old, new, &Options::default(), |change| format!("{}: {}", change.class.word(), change.message))
}

#[test]
fn reasons() {
    let table = [
        ("201", "Location", "clients no longer learn where the new resource is"),
        ("302", "Location", "clients no longer learn where to go"),
        ("401", "WWW-Authenticate", "clients no longer learn how to authenticate"),
        ("405", "Allow", "clients no longer learn which methods there are"),
        ("206", "Content-Range", "clients no longer learn which part they have"),
        ("429", "Retry-After", "clients no longer learn when to try again"),
        ("503", "Retry-After", "clients no longer learn when to try again"),
    ];
    for (status, name, reason) in table {
        let found = messages(&responding(&with(status, &format!("{name}: {{}}"))), &responding(&with(status, "")));
        assert_eq!(found, [format!("risky: header `{name}` is gone: {reason}")]);
    }
    let takes_tags = |headers: &str| {
        let parameter = "parameters: [{ name: If-Match, in: header, schema: { type: string } }]";
        with_operation(&format!("{parameter}, responses: {{ {} }}", with("200", headers)))
    };
    let reason = "clients have nothing to send in `If-Match` any more";
    assert_eq!(messages(&takes_tags("ETag: {}"), &takes_tags("")), [format!("risky: header `ETag` is gone: {reason}")]);
    assert_eq!(messages(&responding(&with("200", "ETag: {}")), &responding(&with("200", ""))), ["risky: header `ETag` is gone"]);
}

/// How a header field is written, in words.
#[test]
fn ways() {
    let table = [
        ("schema: { type: string }", "content: { application/json: {} }", "as plain text and is written as `application/json`"),
        (
            "explode: true, schema: { type: object }",
            "schema: { type: object }",
            "as an exploded object and is written as an object",
        ),
    ];
    for (old, new, expected) in table {
        let with = |header: &str| responding(&with("200", &format!("X-A: {{ {header} }}")));
        assert_eq!(messages(&with(old), &with(new)), [format!("breaking: header `X-A` was written {expected}")]);
    }
}

#[test]
fn lists_of_2_0() {
    let with = |header: &str| {
        format!(
            "swagger: '2.0'\ninfo: {{ title: Example, version: '1' }}\npaths: {{ /a: {{ get: {{ responses: {{ {} }} }} }} }}\n",
            with("200", header)
        )
    };
    let list = |format: &str| with(&format!("X-A: {{ type: array, items: {{ type: string }}{format} }}"));
    let found = |old: &str, new: &str| changes(old, new, &Options::default(), short);
    assert_eq!(found(&list(""), &list(", collectionFormat: csv")), Vec::<String>::new());
    assert_eq!(found(&list(""), &list(", collectionFormat: pipes")), ["breaking response-header-serialisation-changed"]);
    let nested = |format: &str| {
        with(&format!("X-A: {{ type: array, items: {{ type: array, collectionFormat: {format}, items: {{ type: string }} }} }}"))
    };
    assert_eq!(found(&nested("csv"), &nested("pipes")), ["breaking response-header-serialisation-changed"]);
    assert_eq!(found(&with("X-A: { type: integer }"), &with("X-A: { type: string }")), ["breaking response-header-type-widened"]);
}
