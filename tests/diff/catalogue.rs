//! Every rule of the comparison speaks, in the class and at the place that it should.

use std::collections::BTreeSet;

use super::{classes, run};

/// A description with these responses of one operation.
fn responding(responses: &str) -> String {
    with_paths(&format!("/a: {{ get: {{ responses: {{ {responses} }} }} }}"))
}

fn with_paths(paths: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: a, version: 1.0.0 }}\npaths: {{ {paths} }}\n")
}

/// Responses whose only content is JSON of this schema.
fn holding(schema: &str) -> String {
    responding(&format!("'200': {{ description: a, content: {{ application/json: {{ schema: {schema} }} }} }}"))
}

/// Old and new responses, and what is said.
const RESPONSES: &[(&str, &str, &str)] = &[
    ("'200': { description: a }, '204': { description: b }", "'200': { description: a }", "breaking success-status-removed"),
    ("'200': { description: a }", "'200': { description: a }, '202': { description: b }", "risky success-status-added"),
    ("'200': { description: a }", "'201': { description: a }", "breaking success-status-changed"),
    ("'200': { description: a }, '301': { description: b }", "'200': { description: a }", "risky redirect-status-removed"),
    ("'200': { description: a }", "'200': { description: a }, '307': { description: b }", "risky redirect-status-added"),
    ("'301': { description: a }", "'308': { description: a }", "risky redirect-semantics-changed"),
    ("'200': { description: a }, '304': { description: b }", "'200': { description: a }", "risky conditional-status-removed"),
    ("'200': { description: a }", "'200': { description: a }, '428': { description: b }", "breaking precondition-now-required"),
    ("'200': { description: a }, '409': { description: b }", "'200': { description: a }", "risky error-status-removed"),
    ("'200': { description: a }", "'200': { description: a }, '404': { description: b }", "compatible error-status-added"),
    (
        "'200': { description: a }, '404': { description: b }",
        "'200': { description: a }, 4XX: { description: b }",
        "compatible status-generalised",
    ),
    (
        "'200': { description: a }, 4XX: { description: b }",
        "'200': { description: a }, 4XX: { description: b }, '404': { description: b }",
        "compatible status-specialised",
    ),
    ("'200': { description: a }, default: { description: b }", "'200': { description: a }", "risky default-response-removed"),
    ("'200': { description: a }", "'200': { description: a }, default: { description: b }", "compatible default-response-added"),
    ("'200': { description: a }", "'200': { description: a }, 4xx: { description: b }", "compatible invalid-status-key-ignored"),
    ("'200': { content: { a/b: {}, c/d: {} } }", "'200': { content: { a/b: {} } }", "breaking response-media-type-removed"),
    (
        "'200': { content: { a/b: {}, c/d: {} } }",
        "'200': { content: { a/b: {}, c/d: {}, e/f: {} } }",
        "compatible response-media-type-added",
    ),
    ("'200': { content: { a/b: {} } }", "'200': { content: { a/*: {} } }", "breaking response-media-type-generalised"),
    ("'200': { content: { a/*: {} } }", "'200': { content: { a/b: {} } }", "compatible response-media-type-specialised"),
    ("'200': { content: { a/b: {} } }", "'200': { content: { c/d: {} } }", "breaking response-media-type-changed"),
    (
        "'400': { content: { application/json: {} } }",
        "'400': { content: { application/problem+json: {} } }",
        "risky error-media-type-changed",
    ),
    ("'200': { content: { a/b: {} } }", "'200': { description: a }", "breaking response-body-removed"),
    ("'200': { description: a }", "'200': { content: { a/b: {} } }", "compatible response-body-added"),
    (
        "'200': { content: { a/b: { schema: { type: string } } } }",
        "'200': { content: { a/b: {} } }",
        "risky response-schema-removed",
    ),
    (
        "'200': { content: { a/b: {} } }",
        "'200': { content: { a/b: { schema: { type: string } } } }",
        "compatible response-schema-added",
    ),
    ("'200': { headers: { X-A: { required: true, schema: {} } } }", "'200': { headers: {} }", "breaking response-header-removed"),
    ("'200': { headers: {} }", "'200': { headers: { X-A: { schema: {} } } }", "compatible response-header-added"),
    (
        "'200': { headers: { X-A: { required: true, schema: {} } } }",
        "'200': { headers: { X-A: { schema: {} } } }",
        "breaking response-header-became-optional",
    ),
    (
        "'200': { headers: { X-A: { schema: { type: integer } } } }",
        "'200': { headers: { X-A: { schema: { type: string } } } }",
        "breaking response-header-type-widened",
    ),
    (
        "'200': { headers: { X-A: { schema: { type: object } } } }",
        "'200': { headers: { X-A: { explode: true, schema: { type: object } } } }",
        "breaking response-header-serialisation-changed",
    ),
    (
        "'200': { headers: { X-RateLimit-Limit: { schema: {} } } }",
        "'200': { headers: { RateLimit: { schema: {} } } }",
        "risky rate-limit-headers-renamed",
    ),
];

/// What cannot be read.
const UNREAD: (&str, &str, &str) =
    ("'200': { description: a }", "'200': { $ref: '#/components/responses/None' }", "risky operation-not-compared");

/// Old and new schemas of a 200, and what is said.
const SCHEMAS: &[(&str, &str, &str)] = &[
    ("{ type: string }", "{ type: [string, 'null'] }", "breaking response-became-nullable"),
    ("{ type: integer, maximum: 5 }", "{ type: integer, maximum: 6 }", "risky response-constraint-loosened"),
    (
        "{ discriminator: { propertyName: a }, oneOf: [{ title: A, properties: { a: { const: x } } }, { title: B, properties: { a: { const: y } } }] }",
        "{ discriminator: { propertyName: b }, oneOf: [{ title: A, properties: { a: { const: x } } }, { title: B, properties: { a: { const: y } } }] }",
        "breaking response-discriminator-changed",
    ),
    ("{ type: string, enum: [a] }", "{ type: string }", "risky response-enum-removed"),
    ("{ type: string, enum: [a] }", "{ type: string, enum: [a, b] }", "risky response-enum-value-added"),
    ("{ type: string, format: uuid }", "{ type: string }", "risky response-format-changed"),
    ("{ type: object, additionalProperties: false }", "{ type: object }", "risky response-object-opened"),
    ("{ type: string, pattern: ^a }", "{ type: string, pattern: ^b }", "risky response-pattern-changed"),
    (
        "{ type: object, properties: {}, additionalProperties: false }",
        "{ type: object, properties: { a: { type: string } }, additionalProperties: false }",
        "risky response-property-added-to-closed-object",
    ),
    (
        "{ type: object, required: [a], properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string } } }",
        "breaking response-property-became-optional",
    ),
    (
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string, deprecated: true } } }",
        "compatible response-property-deprecated",
    ),
    ("{ type: object, properties: { a: { type: string } } }", "{ type: object }", "risky response-property-removed"),
    ("{ type: array, items: { type: string } }", "{ type: array, items: true }", "risky response-schema-opened"),
    ("{ type: string }", "{ type: integer }", "breaking response-type-changed"),
    ("{ type: string }", "{ type: [string, integer] }", "breaking response-type-widened"),
    (
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }",
        "breaking response-union-widened",
    ),
    (
        "{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "compatible response-union-narrowed",
    ),
    ("{ not: { minimum: 5 } }", "{ not: { minimum: 6 } }", "risky schema-comparison-unknown"),
    ("{ type: integer }", "{ type: integer, minimum: 5, maximum: 4 }", "risky unsatisfiable-schema"),
];

/// Errors of four operations that change together.
fn errors(schema: &str) -> String {
    let error = format!("default: {{ description: a, content: {{ application/json: {{ schema: {schema} }} }} }}");
    let paths = ["a", "b", "c", "d"]
        .map(|path| format!("/{path}: {{ get: {{ responses: {{ '200': {{ description: a }}, {error} }} }} }}"));
    with_paths(&paths.join(", "))
}

fn said(old: &str, new: &str, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["diff", "old.yaml", "new.yaml", "--format", "json"], arguments].concat();
    let (_, out, err) = run(&[("old.yaml", old), ("new.yaml", new)], &arguments);
    assert_eq!(err, "", "{old} {new}");
    classes(&out)
}

#[test]
fn every_rule_speaks() {
    let mut spoken = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut hold = |old: String, new: String, arguments: &[&str], expected: &str| {
        let found = said(&old, &new, arguments);
        if !found.iter().any(|line| line == expected) {
            wrong.push(format!("{expected}: {found:?}\n{old}{new}"));
        }
        spoken.extend(expected.split(' ').next_back().map(str::to_owned));
    };
    for (old, new, expected) in RESPONSES.iter().chain([&UNREAD]) {
        hold(responding(old), responding(new), &[], expected);
    }
    for (old, new, expected) in SCHEMAS {
        hold(holding(old), holding(new), &[], expected);
    }
    let (one, two) = (
        with_paths("/a: { get: { responses: {} } }"),
        with_paths("/a: { get: { responses: {} } }, /b: { get: { responses: {} } }"),
    );
    hold(one.clone(), two.clone(), &[], "compatible operation-added");
    hold(two.clone(), one.clone(), &[], "breaking operation-removed");
    hold(one, two, &["--semver"], "lint version-step-too-small");
    hold(
        errors("{ required: [a], properties: { a: { type: string } } }"),
        errors("{ required: [b], properties: { b: { type: string } } }"),
        &[],
        "breaking error-envelope-changed",
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Those two need a revision to compare with: see `git`.
    spoken.extend(["description-added", "description-removed"].map(str::to_owned));
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/diff")).unwrap();
    let rules: BTreeSet<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(spoken, rules);
}

#[test]
fn values_of_a_discriminator_that_lead_nowhere() {
    let with = |mapping: &str, branches: &str| {
        let schema = format!("{{ discriminator: {{ propertyName: kind{mapping} }}, oneOf: [{branches}] }}");
        let pets = ["Cat", "Dog"].map(|name| {
            format!("{name}: {{ type: object, required: [kind, {name}], properties: {{ kind: {{ type: string }}, {name}: {{ type: string }} }} }}")
        });
        format!("{}components: {{ schemas: {{ {} }} }}\n", holding(&schema), pets.join(", "))
    };
    let both = "{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }";
    let mapped = with(", mapping: { c: '#/components/schemas/Cat', Dog: '#/components/schemas/Dog' }", both);
    assert_eq!(said(&mapped, &mapped, &[]), Vec::<String>::new());
    assert_eq!(said(&mapped, &with("", both), &[]), ["risky response-discriminator-changed"]);
    let only = with(", mapping: { Dog: '#/components/schemas/Dog' }", "{ $ref: '#/components/schemas/Dog' }");
    assert_eq!(said(&mapped, &only, &[]), ["compatible response-union-narrowed"]);
}

#[test]
fn another_type_is_one_change() {
    let found = said(&holding("{ type: string, format: date-time }"), &holding("{ type: integer }"), &[]);
    assert_eq!(found, ["breaking response-type-changed"]);
}
