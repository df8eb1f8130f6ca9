//! What cannot be told, and what can be told all the same.

use super::{V2, V30, V31, holds};

const LOST: &str = "unknown: the `$ref` `#/components/schemas/Nowhere` leads nowhere";

#[test]
fn parts_in_doubt() {
    holds(
        &[V30, V31],
        &[
            ("{ $ref: '#/components/schemas/Lost' }", "1", LOST),
            ("{ properties: { a: { $ref: '#/components/schemas/Lost' }, b: { type: string } } }", r#"{"a": 1}"#, LOST),
            ("{ properties: { a: { $ref: '#/components/schemas/Lost' }, b: { type: string } } }", r#"{"b": "x"}"#, "fits"),
            (
                "{ properties: { a: { $ref: '#/components/schemas/Lost' }, b: { type: string } } }",
                r#"{"a": 1, "b": 1}"#,
                "type at '/b': is an integer and must be a string",
            ),
            ("{ not: { $ref: '#/components/schemas/Lost' } }", "1", LOST),
            ("{ not: { required: [a], properties: { a: { $ref: '#/components/schemas/Lost' } } } }", r#"{"b": 1}"#, "fits"),
            (
                "{ not: { anyOf: [{ required: [b] }, { $ref: '#/components/schemas/Lost' }] } }",
                r#"{"b": 1}"#,
                "not at '': fits what `not` excludes",
            ),
        ],
    );
}

#[test]
fn alternatives_in_doubt() {
    holds(
        &[V30, V31],
        &[
            ("{ oneOf: [{ type: string }, { $ref: '#/components/schemas/Lost' }] }", r#""a""#, LOST),
            (
                "{ oneOf: [{ type: string }, { type: integer, allOf: [{ $ref: '#/components/schemas/Lost' }] }] }",
                r#""a""#,
                "fits",
            ),
            (
                "{ oneOf: [{ type: string }, { type: integer, allOf: [{ $ref: '#/components/schemas/Lost' }] }] }",
                "true",
                "oneOf at '': fits none of the 2 alternatives",
            ),
            ("{ anyOf: [{ type: string }, { $ref: '#/components/schemas/Lost' }] }", r#""a""#, "fits"),
            ("{ anyOf: [{ type: string }, { $ref: '#/components/schemas/Lost' }] }", "1", LOST),
            (
                "{ allOf: [{ type: string }, { $ref: '#/components/schemas/Lost' }] }",
                "1",
                "type at '': is an integer and must be a string",
            ),
            (
                "{ $ref: 'https://example.com/a.yaml' }",
                "1",
                "unknown: the `$ref` `https://example.com/a.yaml` leads to the network, which is not asked",
            ),
            ("{ $ref: '#/schema' }", "1", "unknown: the `$ref` `#/schema` comes back to itself"),
            ("{ type: text }", "1", "unknown: the value of `type` in the schema is not understood"),
            ("{ minLength: two }", r#""a""#, "unknown: the value of `minLength` in the schema is not understood"),
            ("{ type: string, format: binary }", "1", "unknown: the schema describes bytes"),
            ("{ type: string, format: binary }", r#""a""#, "fits"),
            (
                "{ enum: [a], x-extensible-enum: true }",
                r#""b""#,
                "unknown: further values may be added to an `enum` of the schema",
            ),
            ("{ enum: [a], x-ms-enum: { modelAsString: true } }", r#""a""#, "fits"),
            ("{ properties: { a: } }", r#"{"a": 1}"#, "unknown: part of the schema is no Schema Object"),
        ],
    );
    holds(&[V2], &[("{ type: file }", "1", "unknown: the value of `type` in the schema is not understood")]);
    holds(
        &[V31],
        &[
            ("{ if: { $ref: '#/components/schemas/Lost' }, then: false }", "1", LOST),
            ("{ contains: { $ref: '#/components/schemas/Lost' }, maxContains: 0 }", "[1]", LOST),
            ("{ allOf: [{ $ref: '#/components/schemas/Lost' }], unevaluatedProperties: false }", r#"{"a": 1}"#, LOST),
            ("{ $dynamicRef: '#node' }", "1", "unknown: the value of `$dynamicRef` in the schema is not understood"),
        ],
    );
}

#[test]
fn patterns_that_are_not_understood() {
    let unknown = "unknown: the value of `pattern` in the schema is not understood";
    for pattern in ["^(?!a)", "(a)\\\\1", "(", "/^a$/i", "\\\\Aa\\\\Z", "(?i)a", "a{1000}{1000}{1000}"] {
        holds(
            &[V2, V30, V31],
            &[
                (&format!("{{ pattern: \"{pattern}\" }}"), r#""b""#, unknown),
                (&format!("{{ pattern: \"{pattern}\" }}"), "1", unknown),
            ],
        );
    }
    holds(
        &[V31],
        &[
            (
                "{ patternProperties: { '(': { type: string } }, additionalProperties: false }",
                r#"{"a": 1}"#,
                "unknown: the value of `patternProperties` in the schema is not understood",
            ),
            ("{ pattern: '^\\d+$' }", r#""٣""#, "pattern at '': does not match `^\\d+$`"),
            ("{ pattern: '^\\p{L}+$' }", r#""é""#, "fits"),
            ("{ pattern: '^(a+)+$' }", &format!("\"{}b\"", "a".repeat(50_000)), "pattern at '': does not match `^(a+)+$`"),
        ],
    );
}
