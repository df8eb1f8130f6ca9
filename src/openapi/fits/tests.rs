//! Schemas, values, and what is said about them.

use super::{Budget, fits};
use crate::openapi::{Schema, Version, View, load};
use crate::provider::InMemory;
use crate::truth::Truth;

/// Truth and first reason for a schema and a value, both written in one line of YAML.
fn ask(version: Version, schema: &str, value: &str) -> (Truth, Option<String>) {
    let text =
        format!("schema: {schema}\nvalue: {value}\nshared:\n  list: {{ type: array, items: {{ $ref: '#/shared/list' }} }}\n");
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project;
    let root = project.file("a.yaml").unwrap().roots().next().unwrap();
    let (schema, value) = (root.get("schema").unwrap(), root.get("value").unwrap());
    let fit = fits(Schema(View::new(&project, version, schema)), value, &mut Budget::for_one_of(1));
    assert_eq!(fit.truth.is_false(), !fit.misfits.is_empty(), "{}", root.raw());
    (fit.truth, fit.misfits.into_iter().next().map(|misfit| misfit.why))
}

fn why(version: Version, schema: &str, value: &str) -> String {
    match ask(version, schema, value) {
        (Truth::True, _) => "fits".to_owned(),
        (Truth::Unknown, _) => "unknown".to_owned(),
        (Truth::False, why) => why.unwrap(),
    }
}

/// Schema, value, and what is said in 2.0, 3.0 and 3.1.
const ALIKE: &[(&str, &str, &str)] = &[
    ("{ type: string }", "a", "fits"),
    ("{ type: string }", "1", "it is an integer, and a string is wanted"),
    ("{ type: integer }", "1.0", "fits"),
    ("{ type: integer }", "1.5", "it is a number, and an integer is wanted"),
    ("{ type: number }", "1", "fits"),
    ("{ type: object }", "'{\"a\": 1}'", "unknown"),
    ("{ type: file }", "a", "unknown"),
    ("{ type: string, format: binary }", "[1]", "unknown"),
    ("{ type: string, format: date }", "yesterday", "fits"),
    ("{ type: object, required: [a, b] }", "{ a: 1 }", "it lacks `b`, which is required"),
    ("{ required: [p], properties: { p: { writeOnly: true } } }", "{ a: 1 }", "fits"),
    (
        "{ properties: { a: { type: array, items: { type: integer } } } }",
        "{ a: [1, x] }",
        "`a[1]` is a string, and an integer is wanted",
    ),
    (
        "{ properties: { a: {} }, additionalProperties: false }",
        "{ b: 1 }",
        "`b` is not described, and the schema allows nothing else",
    ),
    ("{ additionalProperties: { type: integer } }", "{ b: x }", "`b` is a string, and an integer is wanted"),
    ("{ allOf: [{ properties: { a: {} }, additionalProperties: false }, { type: object }] }", "{ b: 1 }", "unknown"),
    ("{ enum: [a, b] }", "c", "it is `c`, which is none of `a`, `b`"),
    ("{ enum: [1.0, { a: [1] }] }", "{ a: [1] }", "fits"),
    ("{ enum: [a], x-ms-enum: { modelAsString: true } }", "c", "unknown"),
    ("{ type: string }", "082338", "unknown"),
    ("{ type: object, format: file }", "bytes", "unknown"),
    ("{ minLength: 2 }", "é", "it has 1 characters, fewer than `minLength` wants"),
    ("{ pattern: '^[a-z]+$' }", "A1", "it is `A1`, which does not match `^[a-z]+$`"),
    ("{ pattern: '^(?!a)' }", "abc", "unknown"),
    ("{ pattern: '/^b$/' }", "abc", "unknown"),
    ("{ pattern: '^\\w+$' }", "é!", "unknown"),
    ("{ minimum: 3 }", "2", "it is 2, less than the minimum of 3"),
    ("{ multipleOf: 0.1 }", "0.3", "unknown"),
    ("{ multipleOf: 5 }", "12", "it is 12, which is no multiple of 5"),
    ("{ maxItems: 1 }", "[1, 2]", "it has 2 items, more than `maxItems` allows"),
    ("{ uniqueItems: true }", "[1, 1.0]", "it repeats an item"),
    ("{ anyOf: [{ type: string }, { type: integer }] }", "true", "it fits none of the 2 alternatives"),
    ("{ oneOf: [{ type: string }, { minLength: 0 }] }", "a", "fits"),
    ("{ oneOf: [{ type: string }, { $ref: '#/nothing' }] }", "1", "unknown"),
    ("{ not: { type: string } }", "a", "it fits what `not` excludes"),
    ("{ $ref: '#/nothing' }", "a", "unknown"),
    ("{ $ref: '#/shared/list' }", "[[], [[]]]", "fits"),
    ("{ $ref: '#/shared/list' }", "[[], [3]]", "`[1][0]` is an integer, and an array is wanted"),
    ("{ type: object }", "{ $ref: example.json }", "unknown"),
];

#[test]
fn every_dialect_alike() {
    for version in [Version::V2_0, Version::V3_0, Version::V3_1] {
        for (schema, value, expected) in ALIKE {
            assert_eq!(why(version, schema, value), *expected, "{schema} {value} {version:?}");
        }
    }
}

#[test]
fn where_dialects_differ() {
    let table = [
        (Version::V3_0, "{ type: string, nullable: true, enum: [a] }", "null", "fits"),
        (Version::V2_0, "{ type: string, x-nullable: true }", "null", "fits"),
        (Version::V3_0, "{ type: string }", "null", "it is null, and a string is wanted"),
        (Version::V3_1, "{ type: [string, 'null'] }", "null", "fits"),
        (Version::V3_1, "{ type: [string, integer] }", "true", "it is a boolean, and a string or an integer is wanted"),
        (Version::V3_0, "{ minimum: 3, exclusiveMinimum: true }", "3", "it is 3, which exclusiveMinimum excludes"),
        (Version::V3_1, "{ exclusiveMinimum: 3 }", "3", "it is 3, and exclusiveMinimum is 3"),
        (Version::V3_0, "{ exclusiveMinimum: 3 }", "3", "unknown"),
        (Version::V3_1, "{ const: a }", "b", "it must be `a`"),
        (Version::V3_0, "{ const: a }", "b", "fits"),
        (Version::V3_1, "false", "b", "it is not allowed"),
        (
            Version::V3_1,
            "{ prefixItems: [{ type: string }], items: { type: integer } }",
            "[a, b]",
            "`[1]` is a string, and an integer is wanted",
        ),
        (Version::V3_1, "{ $ref: '#/shared/list', maxItems: 0 }", "[[]]", "it has 1 items, more than `maxItems` allows"),
        (Version::V3_0, "{ $ref: '#/shared/list', maxItems: 0 }", "[[]]", "fits"),
        (Version::V3_1, "{ if: { type: string }, then: false }", "a", "unknown"),
    ];
    for (version, schema, value, expected) in table {
        assert_eq!(why(version, schema, value), expected, "{schema} {value} {version:?}");
    }
}

#[test]
fn what_is_left_for_a_response_is_shared_by_its_examples() {
    let text = format!("schema: {{ type: object, required: [{}] }}\nvalue: {{ a: 1 }}\n", vec!["a"; 100_000].join(", "));
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text)).project;
    let root = project.file("a.yaml").unwrap().roots().next().unwrap();
    let schema = Schema(View::new(&project, Version::V3_1, root.get("schema").unwrap()));
    let mut budget = Budget::for_one_of(1);
    let told: Vec<Truth> = (0..20).map(|_| fits(schema, root.get("value").unwrap(), &mut budget).truth).collect();
    let (first, last) = told.split_at(16);
    assert!(first.iter().all(|truth| *truth == Truth::True) && last.contains(&Truth::Unknown), "{told:?}");
}

#[test]
fn a_search_that_costs_too_much_is_unknown() {
    let text = "éa ".repeat(10_000);
    assert_eq!(why(Version::V3_1, r"{ pattern: '\b.{1,900}Q\b' }", &text), "unknown");
    assert_eq!(why(Version::V3_1, r"{ pattern: 'é.' }", &text), "fits");
    let list = format!("[{}]", "'A1', ".repeat(2_000));
    assert_eq!(why(Version::V3_1, "{ items: { pattern: '^[A-Z][0-9]$' } }", &list), "fits");
}
