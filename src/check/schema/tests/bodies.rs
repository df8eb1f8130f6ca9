//! Keywords that every version has, and what differs between versions.

use super::{V2, V30, V31, V32, holds};

#[test]
fn keywords_of_every_version() {
    holds(
        &[V2, V30, V31, V32],
        &[
            ("{ type: string }", r#""a""#, "fits"),
            ("{ type: string }", "1", "type at '': is an integer and must be a string"),
            ("{ type: integer }", "1.5", "type at '': is a number and must be an integer"),
            ("{ type: object }", "[]", "type at '': is an array and must be an object"),
            ("{ type: boolean }", "null", "type at '': is null and must be a boolean"),
            ("{ required: [a, b, c] }", r#"{"b": 1}"#, "required at '': lacks `a` and `c`"),
            (
                "{ properties: { 'a/b': { type: string } } }",
                r#"{"a/b": 1}"#,
                "type at '/a~1b': is an integer and must be a string",
            ),
            ("{ items: { type: string } }", "[1, 2]", "type at '/0': is an integer and must be a string"),
            ("{ minLength: 2, maxLength: 3 }", r#""éé""#, "fits"),
            ("{ minLength: 3 }", r#""éé""#, "minLength at '': has fewer characters than 3"),
            ("{ maxLength: 1 }", r#""éé""#, "maxLength at '': has more characters than 1"),
            ("{ minItems: 1 }", "[]", "minItems at '': has fewer items than 1"),
            ("{ maxItems: 1 }", "[1, 2]", "maxItems at '': has more items than 1"),
            ("{ uniqueItems: true }", r#"[{"a": 1}, {"a": 1.0}]"#, "uniqueItems at '': repeats an item"),
            ("{ uniqueItems: true }", r#"[{"a": 1}, {"a": 2}]"#, "fits"),
            ("{ minProperties: 1 }", "{}", "minProperties at '': has fewer members than 1"),
            ("{ maxProperties: 0 }", r#"{"a": 1}"#, "maxProperties at '': has more members than 0"),
            ("{ enum: [a, 1, { b: [1] }] }", r#"{"b": [1.0]}"#, "fits"),
            ("{ type: string, enum: [a, b] }", "null", "type at '': is null and must be a string"),
            ("{ enum: [a, 1] }", r#""b""#, "enum at '': is none of `a` or `1`"),
            ("{ pattern: '^[a-z]+$' }", r#""a1""#, "pattern at '': does not match `^[a-z]+$`"),
            ("{ pattern: b }", r#""abc""#, "fits"),
            ("{ format: date }", r#""yesterday""#, "fits"),
            (
                "{ properties: { a: {} }, additionalProperties: false }",
                r#"{"a": 1, "b": 2}"#,
                "additionalProperties at '': has `b`, which the schema does not allow",
            ),
            ("{ additionalProperties: { type: string } }", r#"{"b": 2}"#, "type at '/b': is an integer and must be a string"),
            ("{ allOf: [{ required: [a] }, { required: [b] }] }", r#"{"a": 1}"#, "required at '': lacks `b`"),
            (
                "{ $ref: '#/components/schemas/Cat' }",
                r#"{"kind": "x", "lives": "nine"}"#,
                "type at '/lives': is a string and must be an integer",
            ),
            ("{ example: 1, x-thing: 2, xml: {}, externalDocs: {}, deprecated: true, default: 1, title: 1 }", "1", "fits"),
        ],
    );
}

#[test]
fn references_end_in_recursion() {
    let table = [
        ("{ $ref: '#/components/schemas/Node' }", r#"{"next": {"next": 1}}"#, "fits"),
        ("{ $ref: '#/components/schemas/Node' }", r#"{"next": {"next": {}}}"#, "required at '/next/next': lacks `next`"),
    ];
    holds(&[V30, V31, V32], &table);
}

#[test]
fn null_until_3_0() {
    let meant = "unknown: `nullable` stands where it has no effect, so that null is forbidden by the letter only";
    holds(
        &[V30],
        &[
            ("{ type: string, nullable: true }", "null", "fits"),
            ("{ type: string, nullable: true }", "1", "type at '': is an integer and must be a string or null"),
            ("{ type: string, nullable: true, enum: [a] }", "null", "fits"),
            ("{ type: string, nullable: true, enum: [a] }", r#""b""#, "enum at '': is none of `a` or `null`"),
            ("{ nullable: true, enum: [a] }", "null", meant),
            ("{ nullable: true }", "null", "fits"),
            ("{ $ref: '#/components/schemas/Cat', nullable: true }", "null", meant),
            ("{ $ref: '#/components/schemas/Cat', nullable: true }", "1", "type at '': is an integer and must be an object"),
            ("{ nullable: true, allOf: [{ $ref: '#/components/schemas/Cat' }] }", "null", meant),
            ("{ nullable: true, allOf: [{ $ref: '#/components/schemas/Cat' }] }", r#"{"kind": "a", "lives": 9}"#, "fits"),
            ("{ type: string, nullable: false }", "null", "type at '': is null and must be a string"),
            ("{ type: string, x-nullable: true }", "null", "fits"),
        ],
    );
    holds(&[V2], &[("{ type: string, x-nullable: true }", "null", "fits"), ("{ type: string, nullable: true }", "null", meant)]);
    holds(&[V31], &[("{ type: [string, 'null'] }", "null", "fits"), ("{ type: string, nullable: true }", "null", meant)]);
}

#[test]
fn siblings_of_references() {
    let schema = "{ $ref: '#/components/schemas/Dog', required: [breed] }";
    holds(&[V2, V30], &[(schema, r#"{"kind": "x"}"#, "fits")]);
    holds(&[V31, V32], &[(schema, r#"{"kind": "x"}"#, "required at '': lacks `breed`")]);
}

#[test]
fn what_only_requests_carry() {
    let secret = "{ $ref: '#/components/schemas/Secret' }";
    let there = "writeOnly at '/p': is there, and only requests may carry it";
    let table = [
        (secret, r#"{"q": 1}"#, "fits"),
        (secret, r#"{"q": 1, "p": "x"}"#, there),
        (secret, r#"{"q": "x", "p": 5}"#, &format!("type at '/q': is a string and must be an integer | {there}")),
        ("{ allOf: [{ properties: { a: { writeOnly: true } } }, { required: [a, b] }] }", "{}", "required at '': lacks `b`"),
        ("{ properties: { a: { readOnly: true, type: string } }, required: [a] }", "{}", "required at '': lacks `a`"),
        (
            "{ items: { $ref: '#/components/schemas/Secret' } }",
            r#"[{"q": 1, "p": 1}, {"q": 1, "p": 2}]"#,
            "writeOnly at '/0/p': is there, and only requests may carry it",
        ),
        ("{ oneOf: [{ properties: { a: { writeOnly: true } }, required: [a] }, { type: string }] }", r#"{"a": 1}"#, "fits"),
    ];
    holds(&[V30, V31], &table);
}
