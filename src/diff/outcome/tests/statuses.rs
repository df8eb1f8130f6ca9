//! Every row about status codes.

use super::{Options, assert_responses, changes, described, responding, short, with_operation};

/// Plain responses under these keys.
fn keys(keys: &str) -> String {
    keys.split(' ')
        .filter(|key| !key.is_empty())
        .map(|key| format!("'{key}': {{ description: x }}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn assert_keys(table: &[(&str, &str, &[&str])]) {
    let table: Vec<(String, String, &[&str])> =
        table.iter().map(|(old, new, expected)| (keys(old), keys(new), *expected)).collect();
    let table: Vec<(&str, &str, &[&str])> =
        table.iter().map(|(old, new, expected)| (old.as_str(), new.as_str(), *expected)).collect();
    assert_responses(&table);
}

#[test]
fn statuses_that_are_gone() {
    assert_keys(&[
        ("200 404", "404", &["breaking success-status-removed"]),
        ("200 201", "200", &["breaking success-status-removed"]),
        ("2XX 404", "404", &["breaking success-status-removed"]),
        ("200 302", "200", &["risky redirect-status-removed"]),
        ("200 3XX", "200", &["risky redirect-status-removed"]),
        ("200 304", "200", &["risky conditional-status-removed"]),
        ("200 412", "200", &["risky conditional-status-removed"]),
        ("200 428", "200", &["risky conditional-status-removed"]),
        ("200 404", "200", &["risky error-status-removed"]),
        ("200 409", "200", &["risky error-status-removed"]),
        ("200 410", "200", &["risky error-status-removed"]),
        ("200 429", "200", &["risky error-status-removed"]),
        ("200 400", "200", &["compatible error-status-removed"]),
        ("200 500", "200", &["compatible error-status-removed"]),
        ("200 4XX", "200", &["compatible error-status-removed"]),
        ("103 200", "200", &[]),
        ("101 200", "200", &["breaking success-status-removed"]),
        ("1XX 200", "200", &[]),
        // A `default` beside a success stands for the errors only.
        ("200 201 default", "200 default", &["breaking success-status-removed"]),
        ("200 302 default", "200 default", &["risky redirect-status-removed"]),
    ]);
}

#[test]
fn statuses_that_are_new() {
    assert_keys(&[
        ("200", "200 202", &["risky success-status-added | breaking success-status-added"]),
        ("200", "200 2XX", &["risky success-status-added | breaking success-status-added"]),
        ("200 default", "200 201 default", &["risky success-status-added | breaking success-status-added"]),
        ("200", "200 302", &["risky redirect-status-added | breaking redirect-status-added"]),
        ("200", "200 3XX", &["risky redirect-status-added | breaking redirect-status-added"]),
        ("200", "200 304", &["compatible redirect-status-added | breaking redirect-status-added"]),
        ("200", "200 401", &["risky error-status-added | breaking error-status-added"]),
        ("200", "200 428", &["breaking precondition-now-required"]),
        ("200", "200 404", &["compatible error-status-added | breaking error-status-added"]),
        ("200", "200 503", &["compatible error-status-added | breaking error-status-added"]),
        ("200", "200 4XX", &["compatible error-status-added | breaking error-status-added"]),
        ("200", "103 200", &[]),
        ("200", "101 200", &["compatible success-status-added | breaking success-status-added"]),
        ("200 4XX", "200 4XX 428", &["compatible status-specialised"]),
        // Who described nothing promised nothing; `strict` counts all that is new.
        (
            "",
            "200 428",
            &[
                "compatible success-status-added | breaking success-status-added",
                "compatible error-status-added | breaking error-status-added",
            ],
        ),
        ("", "default", &["compatible default-response-added | breaking default-response-added"]),
    ]);
}

#[test]
fn keys_that_became_wider_or_narrower() {
    let generalised = "risky status-generalised | breaking status-generalised";
    let widened = "compatible status-generalised | breaking status-generalised";
    let added = "compatible default-response-added | breaking default-response-added";
    assert_keys(&[
        ("200", "2XX", &[generalised]),
        ("200 2XX", "2XX", &["compatible status-generalised"]),
        ("200 201", "2XX", &[generalised, generalised]),
        ("200 302", "200 3XX", &[generalised]),
        ("200", "default", &[generalised, added]),
        ("200 404", "200 4XX", &[widened]),
        ("200 404 default", "200 default", &["compatible status-generalised"]),
        ("200 4XX default", "200 default", &["compatible status-generalised"]),
        ("200 404", "200 default", &[widened, added]),
        ("2XX", "200 201", &["compatible status-specialised"]),
        ("2XX", "200", &["compatible status-specialised"]),
        ("200 2XX", "200", &["compatible status-specialised"]),
        ("200 4XX", "200 400 404", &["compatible status-specialised"]),
        ("200 default", "200 404 default", &["compatible status-specialised"]),
        ("200 default", "200 4XX default", &["compatible status-specialised"]),
        ("200 default", "200 4XX 5XX", &["compatible status-specialised"]),
        ("default", "200", &["compatible status-specialised", "risky default-response-removed"]),
    ]);
}

#[test]
fn the_default() {
    assert_keys(&[
        ("200 default", "200", &["risky default-response-removed"]),
        ("200 default", "200 404", &["compatible status-specialised", "risky default-response-removed"]),
        ("200", "200 default", &["compatible default-response-added | breaking default-response-added"]),
        ("default", "default", &[]),
        ("default", "200 default", &["compatible status-specialised"]),
    ]);
}

#[test]
fn two_that_are_one() {
    assert_keys(&[
        ("200", "201", &["breaking success-status-changed"]),
        ("200", "204", &["breaking success-status-changed"]),
        ("200", "202", &["breaking success-status-changed"]),
        ("200 default", "201 default", &["breaking success-status-changed"]),
        ("200 201", "202", &["breaking success-status-changed", "breaking success-status-removed"]),
        ("301", "308", &["risky redirect-semantics-changed"]),
        ("308", "301", &["risky redirect-semantics-changed"]),
        ("302", "307", &["risky redirect-semantics-changed"]),
        ("302", "303", &["risky redirect-semantics-changed"]),
        (
            "200 301",
            "200 304",
            &["risky redirect-status-removed", "compatible redirect-status-added | breaking redirect-status-added"],
        ),
    ]);
    let message = |old, new| {
        changes(&responding(&keys(old)), &responding(&keys(new)), &Options::default(), |change| change.message.clone()).join("; ")
    };
    // Where no content is described there was no body to lose, and is none to come.
    assert_eq!(message("200", "204"), "`200` became `204`");
    assert_eq!(message("204", "200"), "`204` became `200`");
    let full = responding("'200': { description: x, content: { a/b: {} } }");
    let bodies = |old: &str, new: &str| changes(old, new, &Options::default(), |change| change.message.clone()).join("; ");
    assert_eq!(bodies(&full, &responding(&keys("204"))), "`200` became `204`: the body is gone");
    assert_eq!(bodies(&responding(&keys("204")), &full), "`204` became `200`: there is a body now");
    assert_eq!(message("200", "202"), "`200` became `202`: it is only taken on now, and done later");
    assert_eq!(message("200", "201"), "`200` became `201`: something is created now");
    assert_eq!(message("308", "301"), "`308` became `301`: clients may change the method to GET now");
    assert_eq!(message("302", "307"), "`302` became `307`: the method is kept now");
    assert_eq!(message("2XX", "200 201"), "what `2XX` described is described by `200` and `201` now");
}

#[test]
fn order_and_keys_that_are_none() {
    assert_keys(&[
        ("200 404 default", "default 404 200", &[]),
        ("200 4xx", "4xx 200", &[]),
        ("200", "200 4xx", &["compatible invalid-status-key-ignored"]),
        ("200 600", "200", &["compatible invalid-status-key-ignored"]),
    ]);
}

#[test]
fn credentials_that_are_asked_for_now() {
    let open = with_operation(&format!("responses: {{ {} }}", keys("200")));
    let closed = with_operation(&format!("security: [{{ key: [] }}], responses: {{ {} }}", keys("200 401")));
    assert_eq!(changes(&open, &closed, &Options::default(), short), ["compatible error-status-added"]);
}

#[test]
fn responses_that_cannot_be_found_are_not_gone() {
    let old = responding(&keys("200 404"));
    let lost = with_operation("responses: { $ref: '#/components/gone' }");
    assert_eq!(changes(&old, &lost, &Options::default(), short), ["risky operation-not-compared"]);
    let broken = responding("'200': { $ref: '#/components/responses/Gone' }, '404': { description: x }");
    let full = responding("'200': { description: x, content: { a/b: {} } }, '404': { description: x }");
    assert_eq!(changes(&full, &broken, &Options::default(), short), ["risky operation-not-compared"]);
    // A request that could not be read hides no response.
    let both = with_operation(
        "parameters: [{ $ref: '#/components/parameters/Gone' }], responses: { '200': { $ref: '#/components/responses/Gone' }, '404': { description: x } }",
    );
    assert_eq!(changes(&full, &both, &Options::default(), short), ["risky operation-not-compared"]);
    assert_eq!(changes(&broken, &broken, &Options::default(), short), Vec::<String>::new());
}

/// Several operations that may be where nothing can be read are all named.
#[test]
fn operations_that_cannot_be_seen_are_all_named() {
    let old = described("paths: { /a: { get: { responses: {} } }, /b: { get: { responses: {} } } }");
    let new = described("paths: { $ref: '#/gone' }");
    let found = changes(&old, &new, &Options::default(), |change| format!("{} {}", short(change), change.operations.join(", ")));
    assert_eq!(found, ["risky operation-not-compared GET /a, GET /b"]);
}

#[test]
fn responses_that_are_no_map_are_unknown() {
    let with = |responses: &str| with_operation(&format!("responses: {responses}"));
    let ok = "{ '200': { description: x } }";
    for (old, new, expected) in [
        (ok, "null", "it could not be compared: the responses in the new description are no map"),
        (ok, "[x]", "it could not be compared: the responses in the new description are no map"),
        ("null", ok, "it could not be compared: the responses in the old description are no map"),
        ("[x]", "[y]", "it could not be compared: the responses in both descriptions, which are not the same there, are no map"),
        ("null", "null", ""),
    ] {
        let found = changes(&with(old), &with(new), &Options::default(), |change| change.message.clone()).join("; ");
        assert_eq!(found, expected, "{old} -> {new}");
    }
}

/// What leads nowhere on both sides is no change where it is the same, and unknown where it is not.
#[test]
fn what_is_unknown_on_both_sides() {
    let with = |one: &str, other: &str| {
        responding(&format!(
            "'200': {{ $ref: '#/components/responses/{one}' }}, '404': {{ $ref: '#/components/responses/{other}' }}"
        ))
    };
    for (old, new, expected) in [
        (with("A", "B"), with("A", "B"), vec![]),
        (
            with("A", "B"),
            with("C", "B"),
            vec![
                "200 it could not be compared: the response in both descriptions, which are not the same there, could not be read",
            ],
        ),
        (
            with("A", "B"),
            with("A", "C"),
            vec![
                "404 it could not be compared: the response in both descriptions, which are not the same there, could not be read",
            ],
        ),
    ] {
        let found = changes(&old, &new, &Options::default(), |change| {
            format!("{} {}", change.status.as_deref().unwrap_or("-"), change.message)
        });
        assert_eq!(found, expected, "{old} -> {new}");
    }
}
