//! One finding for each changed place, whoever uses it; and one for what all errors changed.

use super::{Options, changes, described, short};
use crate::syntax::Node;

fn lines(old: &str, new: &str) -> Vec<String> {
    changes(old, new, &Options::default(), |change| {
        let pointers = (change.old.map(Node::pointer), change.new.map(Node::pointer));
        let (old, new) = (pointers.0.unwrap_or_default(), pointers.1.unwrap_or_default());
        let status = change.status.as_deref().unwrap_or("-");
        format!("{} {status} [{}] {old} {new}", short(change), change.operations.join(", "))
    })
}

/// Three operations whose 200 and 404 are shared.
fn shared(components: &str) -> String {
    let responses =
        "responses: { '200': { $ref: '#/components/responses/Ok' }, '404': { $ref: '#/components/responses/Missing' } }";
    let path = |name: &str| format!("{name}: {{ get: {{ {responses} }} }}");
    described(&format!("paths: {{ {}, {}, {} }}\ncomponents: {{ {components} }}", path("/a"), path("/b"), path("/c")))
}

const OK: &str = "Ok: { description: x, content: { a/b: { schema: { type: string } } } }";

#[test]
fn a_response_that_is_shared() {
    let with = |header: &str| shared(&format!("responses: {{ {OK}, Missing: {{ description: x, headers: {{ {header} }} }} }}"));
    assert_eq!(
        lines(&with("X-A: {}"), &with("")),
        [
            "risky response-header-removed 404 [GET /a, GET /b, GET /c] /components/responses/Missing/headers/X-A /components/responses/Missing/headers"
        ]
    );
    let bodiless = shared("responses: { Ok: { description: x }, Missing: { description: x } }");
    let full = shared(&format!("responses: {{ {OK}, Missing: {{ description: x }} }}"));
    assert_eq!(
        lines(&full, &bodiless),
        ["breaking response-body-removed 200 [GET /a, GET /b, GET /c] /components/responses/Ok/content /components/responses/Ok"]
    );
}

#[test]
fn a_header_that_is_shared() {
    let with = |header: &str| {
        shared(&format!(
            "responses: {{ Ok: {{ description: x, headers: {{ X-A: {{ $ref: '#/components/headers/A' }} }} }}, Missing: {{ description: x, headers: {{ x-a: {{ $ref: '#/components/headers/A' }} }} }} }}, headers: {{ A: {{ {header} }} }}"
        ))
    };
    assert_eq!(
        lines(&with("required: true"), &with("")).concat(),
        "breaking response-header-became-optional - [GET /a, GET /b, GET /c] /components/headers/A /components/headers/A"
    );
}

/// Errors under 400, 404 and 409 of one operation, and a success, with these schemas.
fn errors(schemas: [&str; 4], components: &str) -> String {
    let one =
        |(status, schema): (&str, &str)| format!("'{status}': {{ description: x, content: {{ a/b: {{ schema: {schema} }} }} }}");
    let responses: Vec<String> = ["200", "400", "404", "409"].into_iter().zip(schemas).map(one).collect();
    described(&format!("paths: {{ /a: {{ get: {{ responses: {{ {} }} }} }} }}\n{components}", responses.join(", ")))
}

#[test]
fn an_envelope_that_changed() {
    let reference = "{ $ref: '#/components/schemas/Error' }";
    let component =
        |kind: &str| format!("components: {{ schemas: {{ Error: {{ properties: {{ code: {{ type: {kind} }} }} }} }} }}");
    let all = ["{ type: string }", reference, reference, reference];
    let changed = lines(&errors(all, &component("string")), &errors(all, &component("integer")));
    let place = "/components/schemas/Error/properties/code";
    assert_eq!(changed, [format!("breaking error-envelope-changed - [GET /a] {place} {place}")]);

    // What a success carries too is no envelope.
    let with_success = [reference; 4];
    let changed = lines(&errors(with_success, &component("string")), &errors(with_success, &component("integer")));
    assert_eq!(changed, [format!("breaking response-type-changed - [GET /a] {place} {place}")]);

    // Equal changes of copies are one, too.
    let copy = |kind: &str| format!("{{ properties: {{ code: {{ type: {kind} }} }} }}");
    let (text, number) = (copy("string"), copy("integer"));
    let before = errors(["{}", &text, &text, &text], "");
    assert_eq!(lines(&before, &errors(["{}", &number, &number, &number], "")).len(), 1);
    let two_of_three = lines(&before, &errors(["{}", &number, &text, &number], ""));
    assert!(two_of_three.concat().starts_with("breaking error-envelope-changed"), "{two_of_three:?}");

    // One of three is no envelope.
    let one_of_three = lines(&before, &errors(["{}", &number, &text, &text], ""));
    assert!(one_of_three.concat().starts_with("risky response-type-changed 400"), "{one_of_three:?}");
    let alone = |kind: &str| {
        described(&format!(
            "paths: {{ /a: {{ get: {{ responses: {{ '404': {{ description: x, content: {{ a/b: {{ schema: {{ type: {kind} }} }} }} }} }} }} }} }}"
        ))
    };
    assert!(lines(&alone("string"), &alone("integer")).concat().starts_with("risky response-type-changed 404"));
}

#[test]
fn envelopes_say_who_changed_together() {
    let messages = |old: [&str; 4], new: [&str; 4]| {
        changes(&errors(old, ""), &errors(new, ""), &Options::default(), |change| change.message.clone())
    };
    let schema = |one: &str, other: &str| format!("{{ properties: {{ m: {{ type: {one} }}, n: {{ type: {other} }} }} }}");
    let (plain, both) = (schema("string", "string"), schema("integer", "integer"));
    let (one, other) = (schema("integer", "string"), schema("string", "integer"));
    let old = ["{}", &plain, &plain, &plain];
    assert_eq!(
        messages(old, ["{}", &both, &one, &one]).first().map(String::as_str),
        Some("3 of 3 error responses change together: `/m`: it changed")
    );
    assert_eq!(
        messages(old, ["{}", &both, &both, &one]),
        ["3 of 3 error responses change together: `/m`: it changed, and 1 other change"]
    );
    // Two that other responses have are not one.
    assert_eq!(
        messages(old, ["{}", &one, &both, &other]),
        ["2 of 3 error responses change together: `/m`: it changed", "2 of 3 error responses change together: `/n`: it changed"]
    );
}

#[test]
fn places_of_statuses_and_operations() {
    let with = |responses: &str, more: &str| {
        described(&format!("paths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} {more} }} }}"))
    };
    let ok = "'200': { description: x }";
    let post = ", post: { responses: { '200': { description: x } } }";
    assert_eq!(
        lines(&with(&format!("{ok}, '404': {{ description: x }}"), post), &with(ok, "")),
        [
            "risky error-status-removed 404 [GET /a] /paths/~1a/get/responses/404 /paths/~1a/get/responses",
            "breaking operation-removed - [POST /a] /paths/~1a/post /paths/~1a",
        ]
    );
}
