//! Alternatives, discriminators and the keywords of JSON Schema.

use super::{V2, V30, V31, V32, holds};

const PETS: &str = "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]";

#[test]
fn alternatives() {
    holds(
        &[V30, V31],
        &[
            ("{ oneOf: [{ type: string }, { type: integer }] }", "1", "fits"),
            (
                "{ oneOf: [{ type: number }, { type: integer }] }",
                "1",
                "oneOf at '': fits 2 of the 2 alternatives of `oneOf` and must fit one",
            ),
            ("{ oneOf: [{ type: string }, { type: integer }] }", "true", "oneOf at '': fits none of the 2 alternatives"),
            ("{ anyOf: [{ type: string }, { type: integer }] }", "true", "anyOf at '': fits none of the 2 alternatives"),
            ("{ anyOf: [{ type: string }, { type: object, required: [a] }] }", "{}", "required at '': lacks `a`"),
            (
                "{ anyOf: [{ required: [a, b] }, { required: [c] }] }",
                "{}",
                "anyOf at '': fits none of the 2 alternatives; number 2 is the nearest, but it lacks `c`",
            ),
            ("{ not: { type: string } }", r#""a""#, "not at '': fits what `not` excludes"),
        ],
    );
    holds(&[V2], &[("{ oneOf: [{ type: string }] }", "1", "fits")]);
}

#[test]
fn discriminators() {
    let plain = format!("{{ {PETS}, discriminator: {{ propertyName: kind }} }}");
    let mapped = format!(
        "{{ {PETS}, discriminator: {{ propertyName: kind, mapping: {{ cat: '#/components/schemas/Cat', dog: Dog }} }} }}"
    );
    let pinned = "{ oneOf: [{ $ref: '#/components/schemas/Fox' }], discriminator: { propertyName: kind } }";
    holds(
        &[V30, V31],
        &[
            (&plain, r#"{"kind": "Dog"}"#, "fits"),
            (&plain, r#"{"kind": "Cat"}"#, "required at '': lacks `lives`"),
            (&plain, r#"{"kind": "cow"}"#, "unknown: a `discriminator` of the schema does not say which values it may have"),
            (&mapped, r#"{"kind": "cat", "lives": "9"}"#, "type at '/lives': is a string and must be an integer"),
            (&mapped, r#"{"kind": "dog", "lives": 9}"#, "fits"),
            (&mapped, r#"{"kind": "Dog"}"#, "fits"),
            (&mapped, r#"{"kind": "cow"}"#, "discriminator at '': has a value in `kind` that names none of the alternatives"),
            (
                &mapped,
                r#"{"lives": 9}"#,
                "oneOf at '': fits none of the 2 alternatives; number 1 is the nearest, but it lacks `kind`",
            ),
            (&mapped, "null", "oneOf at '': fits none of the 2 alternatives"),
            (pinned, r#"{"kind": "grey"}"#, "fits"),
            (pinned, r#"{"kind": "blue"}"#, "discriminator at '': has a value in `kind` that names none of the alternatives"),
            (
                "{ oneOf: [{ type: object }, { $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }",
                r#"{"kind": "x"}"#,
                "fits",
            ),
        ],
    );
    holds(&[V2], &[("{ $ref: '#/components/schemas/Dog', discriminator: kind }", r#"{"kind": "x"}"#, "fits")]);
}

#[test]
fn keywords_since_3_1() {
    let table = [
        ("{ const: 1 }", "1.0", "fits"),
        ("{ const: a }", "1", "const at '': is not `a`, the only value allowed"),
        (
            "{ prefixItems: [{ type: string }], items: false }",
            "[1, 2]",
            "items at '/1': is there and is never allowed | type at '/0': is an integer and must be a string",
        ),
        (
            "{ patternProperties: { '^a': { type: string } }, additionalProperties: false }",
            r#"{"ab": 1}"#,
            "type at '/ab': is an integer and must be a string",
        ),
        (
            "{ contains: { type: string }, minContains: 2 }",
            r#"["a"]"#,
            "minContains at '': does not hold as many items as `contains` wants",
        ),
        ("{ propertyNames: { maxLength: 1 } }", r#"{"ab": 1}"#, "maxLength at '': has a name that has more characters than 1"),
        ("{ if: { required: [a] }, then: { required: [b] } }", r#"{"a": 1}"#, "required at '': lacks `b`"),
        ("{ dependentRequired: { a: [b] } }", r#"{"a": 1}"#, "dependentRequired at '': lacks `b`"),
        ("{ dependentSchemas: { a: { required: [b] } } }", r#"{"a": 1}"#, "required at '': lacks `b`"),
        (
            "{ $ref: '#/components/schemas/Dog', unevaluatedProperties: false }",
            r#"{"kind": "x", "z": 1}"#,
            "unevaluatedProperties at '': has `z`, which the schema does not allow",
        ),
        ("{ properties: { a: false } }", r#"{"a": 1}"#, "a at '/a': is there and is never allowed"),
        ("{ exclusiveMinimum: 1 }", "1", "exclusiveMinimum at '': is not more than 1, which `exclusiveMinimum` wants"),
        ("{ contentMediaType: application/json, contentEncoding: base64, contentSchema: { type: object } }", r#""?""#, "fits"),
        ("true", "1", "fits"),
    ];
    holds(&[V31, V32], &table);
    holds(&[V30], &[("{ const: 1, patternProperties: { a: false }, if: {}, then: false }", r#"{"a": 1}"#, "fits")]);
}

#[test]
fn dialects() {
    let table = [
        (
            "{ $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: string }] }",
            "[1]",
            "type at '/0': is an integer and must be a string",
        ),
        (
            "{ $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true, type: integer }",
            "1.0",
            "exclusiveMinimum at '': is not more than 1, which `exclusiveMinimum` wants",
        ),
        (
            "{ $schema: 'https://json-schema.org/draft/2019-09/schema', dependentRequired: { a: [b] } }",
            r#"{"a": 1}"#,
            "dependentRequired at '': lacks `b`",
        ),
        ("{ $schema: 'https://spec.openapis.org/oas/3.1/dialect/base', type: integer }", "1.0", "fits"),
        ("{ $schema: 'https://example.com/own', type: string }", "1", "unknown: the dialect of the schema is not known"),
    ];
    holds(&[V31], &table);
}
