//! Every row about media types and bodies.

use super::{Options, assert_responses, changes, responding, short, with_operation};
use crate::syntax::Node;

fn content(status: &str, types: &[&str]) -> String {
    let types: Vec<String> = types.iter().map(|one| format!("'{one}': {{ schema: {{ type: object }} }}")).collect();
    format!("'{status}': {{ description: x, content: {{ {} }} }}", types.join(", "))
}

/// A status, the media types before and after, and what changed.
type Row<'t> = (&'t str, &'t [&'t str], &'t [&'t str], &'t [&'t str]);

fn assert_types(table: &[Row<'_>]) {
    for (status, old, new, expected) in table {
        assert_responses(&[(&content(status, old), &content(status, new), expected)]);
    }
}

#[test]
fn media_types() {
    let json: &[&str] = &["application/json"];
    assert_types(&[
        ("200", &["application/json", "text/csv"], json, &["breaking response-media-type-removed"]),
        ("404", &["application/json", "text/csv"], json, &["risky response-media-type-removed"]),
        (
            "200",
            json,
            &["application/json", "text/csv"],
            &["risky response-media-type-added | breaking response-media-type-added"],
        ),
        (
            "200",
            &["application/json", "text/csv"],
            &["application/json", "text/csv", "a/b"],
            &["compatible response-media-type-added | breaking response-media-type-added"],
        ),
        ("200", json, &["application/*"], &["breaking response-media-type-generalised"]),
        ("200", json, &["*/*"], &["breaking response-media-type-generalised"]),
        ("500", json, &["*/*"], &["risky response-media-type-generalised"]),
        ("200", &["*/*"], json, &["compatible response-media-type-specialised"]),
        ("404", json, &["application/problem+json"], &["risky error-media-type-changed"]),
        ("4XX", json, &["application/problem+json"], &["risky error-media-type-changed"]),
        ("default", json, &["application/problem+json"], &["breaking response-media-type-changed"]),
        ("200", json, &["application/problem+json"], &["breaking response-media-type-changed"]),
        ("200", json, &["application/xml"], &["breaking response-media-type-changed"]),
        ("200", json, &["application/vnd.orders+json"], &["breaking response-media-type-changed"]),
        ("200", json, &["application/json; charset=utf-8"], &[]),
        ("200", &["a/b;version=1"], &["a/b;version=2"], &["breaking response-media-type-changed"]),
        ("200", &["a/b;profile=\"x\""], &["a/b; profile=y"], &["breaking response-media-type-changed"]),
        ("200", &["a/b", "c/d"], &["c/d", "a/b"], &[]),
        ("200", json, &[], &["breaking response-body-removed"]),
        ("404", json, &[], &["risky response-body-removed"]),
        ("200", &[], json, &["compatible response-body-added"]),
        // There is no content, whatever is described.
        ("204", json, &[], &[]),
        ("304", json, &["text/csv"], &[]),
    ]);
}

/// A `charset` alone makes no other type, and two that differ in it alone stay two.
#[test]
fn types_that_differ_in_their_charset() {
    let with = |types: [(&str, &str); 2]| {
        let types = types.map(|(name, kind)| format!("'{name}': {{ schema: {{ type: {kind} }} }}")).join(", ");
        format!("'200': {{ description: x, content: {{ {types} }} }}")
    };
    let (json, utf) = ("application/json", "application/json; charset=utf-8");
    let old = with([(json, "string"), (utf, "integer")]);
    assert_responses(&[
        (&old, &old, &[]),
        (&old, &with([(utf, "integer"), (json, "string")]), &[]),
        (&old, &with([(json, "integer"), (utf, "integer")]), &["breaking response-type-changed"]),
        (&old, &with([(json, "string"), (utf, "string")]), &["breaking response-type-changed"]),
    ]);
}

#[test]
fn what_is_left_of_a_range() {
    let messages = |old: &[&str], new: &[&str]| {
        let (old, new) = (responding(&content("200", old)), responding(&content("200", new)));
        changes(&old, &new, &Options::default(), |change| change.message.clone())
    };
    assert_eq!(messages(&["*/*"], &["a/b"]), ["of the range `*/*` only `a/b` is left"]);
    assert_eq!(messages(&["a/*"], &["a/b", "a/c"]), ["of the range `a/*` only `a/b` and `a/c` are left"]);
    assert_eq!(messages(&["*/*"], &["*/*", "a/b"]), ["`a/b` is described for itself beside the range `*/*` now"]);
}

/// Bytes have another name in each version of OpenAPI.
#[test]
fn bytes() {
    let with = |kind: &str, schema: &str| format!("'200': {{ description: x, content: {{ {kind}: {{ {schema} }} }} }}");
    let binary = "schema: { type: string, format: binary }";
    let ways = [binary, "", "schema: {}", "schema: { type: file }", "schema: { contentMediaType: image/png }"];
    for old in ways {
        for new in ways {
            assert_responses(&[(&with("image/png", old), &with("image/png", new), &[])]);
        }
    }
    let removed: &[&str] = &["risky response-schema-removed | breaking response-schema-removed"];
    let changed: &[&str] = &["breaking response-type-changed"];
    let (png, jpeg) = ("schema: { contentMediaType: image/png }", "schema: { contentMediaType: image/jpeg }");
    assert_responses(&[
        (&with("application/json", binary), &with("application/json", ""), removed),
        (&with("text/csv", "schema: { type: string, maxLength: 9 }"), &with("text/csv", ""), removed),
        (&with("'*/*'", png), &with("'*/*'", jpeg), changed),
        (&with("image/png", binary), &with("image/png", "schema: { type: object }"), changed),
    ]);
}

#[test]
fn who_asks_for_a_type_gets_it() {
    let with = |types: &[&str]| {
        let accept = "parameters: [{ name: accept, in: header, schema: { type: string } }]";
        with_operation(&format!("{accept}, responses: {{ {} }}", content("200", types)))
    };
    let found = changes(&with(&["a/b"]), &with(&["a/b", "c/d"]), &Options::default(), short);
    assert_eq!(found, ["compatible response-media-type-added"]);
}

#[test]
fn schemas_of_media_types() {
    let with = |key: &str, schema: &str| format!("'200': {{ description: x, content: {{ {key}: {{ {schema} }} }} }}");
    let text = with("a/b", "schema: { type: string }");
    let removed = "risky response-schema-removed | breaking response-schema-removed";
    assert_responses(&[
        (&text, &with("a/b", "schema: { type: integer }"), &["breaking response-type-changed"]),
        (&text, &with("a/b", ""), &[removed]),
        (&text, &with("a/b", "schema: {}"), &[removed]),
        (&text, &with("a/b", "schema: true"), &[removed]),
        (&with("a/b", ""), &text, &["compatible response-schema-added"]),
        (&with("a/b", "schema: {}"), &with("a/b", ""), &[]),
        // A range is compared with what it covers, a type with the range that covered it.
        (
            &with("a/*", "schema: { type: string }"),
            &with("a/b", "schema: { type: integer }"),
            &["compatible response-media-type-specialised", "breaking response-type-changed"],
        ),
        (
            &text,
            &with("'*/*'", "schema: { type: integer }"),
            &["breaking response-media-type-generalised", "breaking response-type-changed"],
        ),
        // Another type is change enough, but JSON stays JSON.
        (&text, &with("text/csv", "schema: { type: integer }"), &["breaking response-media-type-changed"]),
        (
            &with("application/json", "schema: { type: string }"),
            &with("application/x+json", "schema: { type: integer }"),
            &["breaking response-media-type-changed", "breaking response-type-changed"],
        ),
        // A key that fell to a range is compared with it.
        (
            &text,
            &text.replace("200", "2XX").replace("string", "integer"),
            &["risky status-generalised | breaking status-generalised", "breaking response-type-changed"],
        ),
        // What is done later has another body, what is created has the same.
        (&text, &text.replace("200", "202").replace("string", "integer"), &["breaking success-status-changed"]),
        (
            &text,
            &text.replace("200", "201").replace("string", "integer"),
            &["breaking success-status-changed", "breaking response-type-changed"],
        ),
        ("'200': { description: x, headers: { X-A: {} } }", "'202': { description: x }", &["breaking success-status-changed"]),
        (&text, "'204': { description: x }", &["breaking success-status-changed"]),
        ("'204': { description: x }", &text, &["breaking success-status-changed"]),
    ]);
}

#[test]
fn errors_are_milder() {
    let with = |status: &str, kind: &str| {
        format!("'{status}': {{ description: x, content: {{ a/b: {{ schema: {{ type: {kind} }} }} }} }}")
    };
    for status in ["404", "4XX", "500"] {
        assert_responses(&[(&with(status, "string"), &with(status, "object"), &["risky response-type-changed"])]);
    }
    let beside_success = |kind| format!("'200': {{ description: x }}, {}", with("default", kind));
    assert_responses(&[(&beside_success("string"), &beside_success("object"), &["risky response-type-changed"])]);
    // Alone it stands for the success, too.
    assert_responses(&[(&with("default", "string"), &with("default", "object"), &["breaking response-type-changed"])]);
}

#[test]
fn streams() {
    let with = |rest: &str| {
        responding(&format!("'200': {{ description: x, content: {{ text/event-stream: {{ {rest} }} }} }}"))
            .replace("3.1.0", "3.2.0")
    };
    let item = "itemSchema: { type: string }";
    let table = [
        (item, item, Vec::new()),
        (item, "itemSchema: { type: integer }", vec!["breaking response-type-changed"]),
        ("schema: { type: array, items: { type: string } }", item, Vec::new()),
        (item, "schema: { type: array, items: { type: integer } }", vec!["breaking response-type-changed"]),
        ("schema: { type: string }", item, vec!["risky schema-comparison-unknown"]),
        (item, "", vec!["risky response-schema-removed"]),
    ];
    for (old, new, expected) in table {
        assert_eq!(changes(&with(old), &with(new), &Options::default(), short), expected, "{old} -> {new}");
    }
}

/// 2.0 with `produces` for the whole description.
fn produced(produces: &str, operations: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{ title: Example, version: '1' }}\nproduces: [{produces}]\npaths: {{ {operations} }}\n")
}

#[test]
fn what_2_0_produces() {
    let operation =
        |path: &str| format!("{path}: {{ get: {{ responses: {{ '200': {{ description: x, schema: {{ type: string }} }} }} }} }}");
    let both = format!("{}, {}", operation("/a"), operation("/b"));
    let lines = |old: &str, new: &str| {
        changes(&produced(old, &both), &produced(new, &both), &Options::default(), |change| {
            format!("{} {}: {}", short(change), change.operations.join(", "), change.message)
        })
    };
    assert_eq!(lines("application/json", "application/json"), Vec::<String>::new());
    assert_eq!(
        lines("application/json, text/csv", "application/json"),
        ["breaking response-media-type-removed GET /a, GET /b: `text/csv` is gone"]
    );
    assert_eq!(
        lines("application/json", "application/xml"),
        ["breaking response-media-type-changed GET /a, GET /b: `application/json` became `application/xml`"]
    );
    // What nothing names may be anything.
    assert_eq!(lines("", "application/json"), Vec::<String>::new());
    assert_eq!(
        lines("application/json, text/csv", ""),
        [
            "risky response-media-type-generalised GET /a, GET /b: nothing says any more that the content is `application/json` and `text/csv`"
        ]
    );
}

/// What says which types come is said once, where it went missing.
#[test]
fn what_2_0_no_longer_produces() {
    let with = |root: &str, own: &str| {
        let responses =
            "'200': { description: x, schema: { type: string } }, '404': { description: x, schema: { type: string } }";
        let paths = ["/a", "/b"].map(|path| format!("{path}: {{ get: {{ {own} responses: {{ {responses} }} }} }}"));
        format!("swagger: '2.0'\ninfo: {{ title: Example, version: '1' }}\n{root}paths: {{ {} }}\n", paths.join(", "))
    };
    let (root, own) = ("produces: [a/b]\n", "produces: [a/b],");
    let table = [
        (with(root, ""), with("", ""), vec!["/produces /swagger [GET /a, GET /b]"]),
        (with(root, ""), with("produces: []\n", ""), vec!["/produces /produces [GET /a, GET /b]"]),
        (
            with("", own),
            with("", "produces: [],"),
            vec![
                "/paths/~1a/get/produces /paths/~1a/get/produces [GET /a]",
                "/paths/~1b/get/produces /paths/~1b/get/produces [GET /b]",
            ],
        ),
        (
            with(root, ""),
            with(root, "produces: [],"),
            vec!["/paths/~1a/get /paths/~1a/get/produces [GET /a]", "/paths/~1b/get /paths/~1b/get/produces [GET /b]"],
        ),
        (
            with("", own),
            with("", ""),
            vec!["/paths/~1a/get/produces /paths/~1a/get [GET /a]", "/paths/~1b/get/produces /paths/~1b/get [GET /b]"],
        ),
    ];
    for (old, new, expected) in table {
        let found = changes(&old, &new, &Options::default(), |change| {
            assert_eq!(change.rule, "response-media-type-generalised", "{change:?}");
            let pointer = |node: Option<Node<'_>>| node.map(Node::pointer).unwrap_or_default();
            format!("{} {} [{}]", pointer(change.old), pointer(change.new), change.operations.join(", "))
        });
        assert_eq!(found, expected, "{old} -> {new}");
    }
}
