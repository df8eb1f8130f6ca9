//! Keywords about types, values, numbers and texts.

use super::{V30, V31, compared, holds};
use crate::diff::Mode;

#[test]
fn types() {
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: string }", "{ type: string }", "in"),
            ("{ type: string }", "{ type: [string, boolean] }", "out | response-type-widened breaking '' by false"),
            ("{ type: integer }", "{ type: number }", "out | response-type-widened breaking '' by 0.5"),
            ("{ type: number }", "{ type: integer }", "in"),
            ("{ type: [string, boolean] }", "{ type: string }", "in"),
            ("{ type: string }", "{ type: integer }", "out | response-type-changed breaking '' by 0"),
            ("{ type: string }", "{}", "out | response-schema-opened risky '' by null"),
            ("{ type: string }", "true", "out | response-schema-opened risky '' by null"),
            ("true", "{ type: string }", "in"),
            ("{}", "true", "in"),
            ("false", "{ type: string }", "out | response-schema-opened risky '' by \"a\""),
            ("{ type: string }", "false", "in | unsatisfiable-schema risky ''"),
            ("{ type: object }", "{ minProperties: 1 }", "out | response-schema-opened risky '' by false"),
            (
                "{ type: array, items: { type: string } }",
                "{ type: array, items: { type: integer } }",
                "out | response-type-changed breaking '/-' by [0]",
            ),
            ("{ type: array, items: { type: string } }", "{ type: array }", "out | response-schema-opened risky '/-' by [null]"),
            ("{ type: array }", "{ type: array, items: { type: string } }", "in"),
        ],
    );
}

#[test]
fn null() {
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: string }", "{ type: [string, 'null'] }", "out | response-became-nullable breaking '' by null"),
            (
                "{ type: string }",
                "{ oneOf: [{ type: string }, { type: 'null' }] }",
                "out | response-became-nullable breaking '' by null",
            ),
            (
                "{ type: string }",
                "{ anyOf: [{ type: string }, { const: null }] }",
                "out | response-became-nullable breaking '' by null",
            ),
            ("{ type: boolean }", "{ oneOf: [{ type: 'null' }] }", "out | response-became-nullable breaking '' by null"),
            ("{ enum: [a] }", "{ enum: [a, null] }", "out | response-became-nullable breaking '' by null"),
            ("{ type: [string, 'null'] }", "{ type: string }", "in"),
            ("{ type: [string, 'null'] }", "{ anyOf: [{ type: 'null' }, { type: string }] }", "in"),
            ("{ anyOf: [{ type: 'null' }, { type: string }] }", "{ type: [string, 'null'] }", "in"),
        ],
    );
    holds(
        V30,
        Mode::Default,
        &[
            ("{ type: string }", "{ type: string, nullable: true }", "out | response-became-nullable breaking '' by null"),
            ("{ type: string, nullable: true }", "{ type: string }", "in"),
        ],
    );
}

#[test]
fn values() {
    let added = "out | response-enum-value-added";
    holds(
        V31,
        Mode::Default,
        &[
            ("{ enum: [a, b] }", "{ enum: [b, a] }", "in"),
            ("{ enum: [a, b] }", "{ enum: [a] }", "in"),
            ("{ enum: [a] }", "{ enum: [a, b, c] }", &format!("{added} risky '' by \"b\"")),
            ("{ type: string }", "{ type: string, enum: [a] }", "in"),
            ("{ type: string, enum: [a] }", "{ type: string }", "out | response-enum-removed risky '' by \"b\""),
            ("{ const: a }", "{ const: b }", &format!("{added} breaking '' by \"b\"")),
            ("{ type: string, const: a }", "{ type: string }", "out | response-enum-removed breaking '' by \"b\""),
            ("{ const: a }", "{ enum: [a] }", "in"),
            ("{ enum: [a], x-extensible-enum: true }", "{ enum: [a, b] }", "unknown | response-enum-value-added compatible ''"),
            (
                "{ enum: [a], x-ms-enum: { modelAsString: true } }",
                "{ enum: [a, b] }",
                "unknown | response-enum-value-added compatible ''",
            ),
            ("{ type: boolean, enum: [true, false] }", "{ type: boolean }", "in"),
            ("{ type: string, maxLength: 2 }", "{ enum: [abc] }", "out | response-constraint-loosened risky '' by \"abc\""),
            ("{ type: string, maxLength: 2 }", "{ enum: [ab] }", "in"),
            ("{ enum: [a, b] }", "{ enum: [1, 2] }", "out | response-type-changed breaking '' by 1"),
        ],
    );
    holds(V31, Mode::Strict, &[("{ enum: [a] }", "{ enum: [a, b] }", &format!("{added} breaking '' by \"b\""))]);
    holds(V31, Mode::Lenient, &[("{ enum: [a] }", "{ enum: [a, b] }", &format!("{added} compatible '' by \"b\""))]);
}

#[test]
fn bounds() {
    let closed = |properties: &str| format!("{{ type: object, additionalProperties: false, properties: {{ {properties} }} }}");
    let loosened = "out | response-constraint-loosened risky ''";
    let out = |witness: &str| format!("{loosened} by {witness}");
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: integer, minimum: 1 }", "{ type: integer }", &out("0")),
            ("{ type: integer, minimum: 1 }", "{ type: integer, exclusiveMinimum: 0 }", "in"),
            ("{ type: number, minimum: 1 }", "{ type: number, exclusiveMinimum: 1 }", "in"),
            ("{ type: number, exclusiveMinimum: 1 }", "{ type: number, minimum: 1 }", &out("1")),
            ("{ type: number, maximum: 5 }", "{ type: number, maximum: 7 }", &out("6")),
            ("{ type: number, maximum: 7 }", "{ type: number, maximum: 5 }", "in"),
            ("{ type: integer, multipleOf: 10 }", "{ type: integer, multipleOf: 5 }", &out("5")),
            ("{ type: integer, multipleOf: 5 }", "{ type: integer, multipleOf: 10 }", "in"),
            ("{ type: string, maxLength: 2 }", "{ type: string }", &out("\"aaa\"")),
            ("{ type: string, minLength: 2 }", "{ type: string, minLength: 1 }", &out("\"a\"")),
            ("{ type: string, minLength: 1 }", "{ type: string, minLength: 2 }", "in"),
            ("{ type: array, minItems: 1 }", "{ type: array }", &out("[]")),
            ("{ type: array, maxItems: 1 }", "{ type: array, maxItems: 3 }", &out("[false,false]")),
            ("{ type: array, uniqueItems: true }", "{ type: array }", &out("[false,false]")),
            ("{ type: array }", "{ type: array, uniqueItems: true }", "in"),
            ("{ type: object, minProperties: 1 }", "{ type: object }", &out("{}")),
            ("{ type: object, minProperties: 1 }", "{ type: object, required: [a] }", "in"),
            ("{ type: object, minProperties: 2 }", "{ type: object, required: [a] }", &out("{\"a\":false}")),
            ("{ type: object, maxProperties: 1 }", &closed("a: {}"), "in"),
            ("{ type: object, maxProperties: 1 }", &closed("a: {}, b: {}"), &out("{\"a\":false,\"b\":false}")),
            ("{ type: integer }", "{ type: integer, minimum: 5, maximum: 3 }", "in | unsatisfiable-schema risky ''"),
            ("{ type: string }", "{ type: string, minLength: 5, maxLength: 3 }", "in | unsatisfiable-schema risky ''"),
        ],
    );
    let strict = "out | response-constraint-loosened breaking '' by 0";
    holds(V31, Mode::Strict, &[("{ type: integer, minimum: 1 }", "{ type: integer }", strict)]);
    let lenient = "out | response-constraint-loosened compatible '' by 0";
    holds(V31, Mode::Lenient, &[("{ type: integer, minimum: 1 }", "{ type: integer }", lenient)]);
}

#[test]
fn what_lists_contain() {
    let out = |witness: &str| format!("out | response-constraint-loosened risky '' by {witness}");
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: array, minItems: 1 }", "{ type: array, contains: { type: string } }", "in"),
            ("{ type: array, minItems: 1 }", "{ type: array, contains: { type: string }, minContains: 0 }", &out("[]")),
            ("{ type: array, minItems: 2 }", "{ type: array, contains: { type: string }, minContains: 2 }", "in"),
            ("{ type: array, contains: { type: string } }", "{ type: array }", &out("[]")),
            ("{ type: array, contains: { type: string }, minContains: 0 }", "{ type: array }", "in"),
            ("{ type: array, contains: { type: string } }", "{ type: array, contains: { type: string }, minContains: 2 }", "in"),
            (
                "{ type: array, contains: { type: string }, minContains: 0, maxContains: 1 }",
                "{ type: array }",
                &out("[\"a\",\"a\"]"),
            ),
            (
                "{ type: array, prefixItems: [{ type: string }], unevaluatedItems: false }",
                "{ type: array, prefixItems: [{ type: string }, { type: integer }], unevaluatedItems: false }",
                &out("[\"a\",0]"),
            ),
            (
                "{ type: array, prefixItems: [{ type: string }], unevaluatedItems: false }",
                "{ type: array, allOf: [{ prefixItems: [{ type: string }] }], unevaluatedItems: false }",
                "in",
            ),
            (
                "{ type: array, unevaluatedItems: false, contains: { const: 0 } }",
                "{ type: array, unevaluatedItems: false, contains: { enum: [0] } }",
                "in",
            ),
            (
                "{ type: array, oneOf: [{ prefixItems: [{ const: a }] }, { prefixItems: [{ const: 1 }] }], unevaluatedItems: false }",
                "{ type: array, oneOf: [{ prefixItems: [{ const: 1 }] }, { prefixItems: [{ const: a }] }], unevaluatedItems: false }",
                "in",
            ),
            (
                "{ type: array, unevaluatedItems: false }",
                "{ type: array, items: { type: string }, unevaluatedItems: false }",
                &out("[\"a\"]"),
            ),
            ("{ type: array, contains: { type: string } }", "{ type: array, minItems: 1, items: { type: string } }", "in"),
            ("{ type: array, contains: { type: number } }", "{ type: array, contains: { type: integer } }", "in"),
            ("{ type: array, contains: { type: string } }", "{ type: array, items: { type: string } }", &out("[]")),
        ],
    );
}

#[test]
fn texts() {
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: string, pattern: '^a' }", "{ type: string, pattern: '^a' }", "in"),
            ("{ type: string, pattern: '^a' }", "{ type: string, pattern: '^b' }", "unknown | response-pattern-changed risky ''"),
            ("{ type: string, pattern: '^a' }", "{ type: string }", "out | response-pattern-changed risky '' by \"\""),
            ("{ type: string }", "{ type: string, pattern: '^a' }", "in"),
            ("{ type: string, format: uuid }", "{ type: string }", "out | response-format-changed risky ''"),
            ("{ type: string }", "{ type: string, format: uuid }", "in"),
            ("{ type: integer, format: int32 }", "{ type: integer, format: int64 }", "out | response-format-changed risky ''"),
            ("{ type: integer, format: int64 }", "{ type: integer, format: int32 }", "in"),
            ("{ type: number, format: float }", "{ type: number, format: double }", "out | response-format-changed risky ''"),
            (
                "{ type: string, format: date }",
                "{ type: string, format: date-time }",
                "out | response-format-changed breaking ''",
            ),
            (
                "{ type: string, format: date-time }",
                "{ type: string, format: date }",
                "out | response-format-changed breaking ''",
            ),
            ("{ type: string, format: x1 }", "{ type: string, format: x2 }", "unknown | schema-comparison-unknown risky ''"),
            (
                "{ type: string, contentMediaType: text/html }",
                "{ type: string, contentMediaType: text/css }",
                "out | response-format-changed breaking ''",
            ),
            ("{ type: string }", "{ type: string, contentMediaType: text/css }", "in"),
            (
                "{ type: string, contentEncoding: base64 }",
                "{ type: string, contentEncoding: base64url }",
                "out | response-format-changed breaking ''",
            ),
            ("{ type: string, contentEncoding: base64 }", "{ type: string }", "out | response-format-changed risky ''"),
            ("{ type: string, format: base64 }", "{ type: string, contentEncoding: base64 }", "in"),
            ("{ type: string, contentEncoding: base64 }", "{ type: string, format: byte }", "in"),
            ("{ type: integer, format: date }", "{ type: integer }", "in"),
        ],
    );
}

/// A type that is widened says all that its formats and steps say.
#[test]
fn one_fact_is_told_once() {
    let widened = "out | response-type-widened breaking '' by 0.5";
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: number, multipleOf: 1 }", "{ type: number }", widened),
            ("{ type: integer, multipleOf: 1 }", "{ type: number }", widened),
            ("{ type: integer, format: int32 }", "{ type: number }", widened),
            ("{ type: integer, format: int32 }", "{ type: number, format: double }", widened),
            (
                "{ type: integer, multipleOf: 10 }",
                "{ type: number }",
                &format!("{widened} | response-constraint-loosened risky '' by 1"),
            ),
        ],
    );
}

#[test]
fn words() {
    let table = [
        (
            "{ type: string, contentEncoding: base64 }",
            "{ type: string, contentEncoding: base64url }",
            "the encoding was `base64` and is `base64url`",
        ),
        (
            "{ type: string, contentEncoding: base64 }",
            "{ type: string, format: uuid }",
            "the encoding `base64` has become the format `uuid`",
        ),
        ("{ type: string, format: byte }", "{ type: string }", "the format `byte` is not promised any more"),
        ("{ type: integer, multipleOf: 10 }", "{ type: integer }", "numbers need not come in steps of 10 any more"),
        ("false", "{ type: string }", "something may come where the old schema allows nothing"),
        ("false", "true", "anything may come where the old schema allows nothing"),
        (
            "{ oneOf: [{ type: string, maxLength: 3 }, { type: string }] }",
            "{ type: string }",
            "what met two branches of the `oneOf` was forbidden and may come now",
        ),
        (
            "{ type: object, anyOf: [{ required: [a] }, { required: [b] }] }",
            "{ type: object }",
            "what is in no branch of the old schema may come now",
        ),
        (
            "{ type: object, anyOf: [{ required: [a] }, { required: [b] }] }",
            "{ type: object, anyOf: [{ required: [a] }, { required: [b] }, { required: [c] }] }",
            "an object with `c` may come, which is in no branch of the old schema",
        ),
    ];
    say(&table);
}

/// What is said about alternatives, formats and tags.
#[test]
fn words_about_branches() {
    let table = [
        (
            "{ type: string }",
            "{ oneOf: [{ type: string }, { type: integer }] }",
            "the integer at 1 may come, which the old schema forbids",
        ),
        (
            "{ type: string, pattern: '^ab*c' }",
            "{ type: string, anyOf: [{ pattern: '^ab*c' }, { pattern: 'zz$' }] }",
            "the pattern has changed, and it cannot be told whether it allows more",
        ),
        (
            "{ oneOf: [{ type: string, format: date }, { type: integer }] }",
            "{ oneOf: [{ type: string, format: date-time }, { type: integer }] }",
            "the format was `date` and is `date-time`",
        ),
        (
            "{ type: string, format: uuid }",
            "{ anyOf: [{ type: string, format: uuid }, { type: string, format: email }] }",
            "the string at 1 may come, which the old schema forbids",
        ),
        (
            "{ type: string, format: date }",
            "{ type: string, enum: [foo] }",
            "`foo` may come, which the format `date` does not allow",
        ),
        (
            "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { a: Cat, b: Dog } } }",
            "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { a: Cat, b: Dog, puppy: Dog } } }",
            "the value `puppy` of the `discriminator` may come now for `Dog`",
        ),
    ];
    say(&table);
}

/// Holds a table of old schema, new schema and the one message.
fn say(table: &[(&str, &str, &str)]) {
    for (old, new, expected) in table.iter().copied() {
        let messages = compared(Mode::Default, (V31, old), (V31, new), |_, changes| {
            changes.iter().map(|change| change.message.clone()).collect::<Vec<_>>()
        });
        assert_eq!(messages, [expected], "{old}  ->  {new}");
    }
}

#[test]
fn what_is_no_constraint() {
    holds(
        V31,
        Mode::Default,
        &[
            (
                "{ type: string, minimum: 4 }",
                "{ type: string, title: T, description: D, default: x, example: y, readOnly: true }",
                "in",
            ),
            ("{ type: string, x-a: 1 }", "{ type: string, x-a: 2 }", "in"),
            ("{ type: string }", "{ type: string, deprecated: true }", "in | response-property-deprecated compatible ''"),
        ],
    );
}

/// Steps lead no further than they go.
#[test]
fn steps_between_bounds() {
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: integer, maximum: 2, multipleOf: 2 }", "{ type: integer, maximum: 3, multipleOf: 2 }", "in"),
            ("{ type: integer, minimum: 10 }", "{ type: integer, minimum: 8, multipleOf: 5 }", "in"),
            ("{ type: integer, minimum: -5 }", "{ type: integer, minimum: -7, multipleOf: 5 }", "in"),
            (
                "{ type: integer, maximum: 2 }",
                "{ type: integer, maximum: 4, multipleOf: 2 }",
                "out | response-constraint-loosened risky '' by 4",
            ),
            (
                "{ type: integer, minimum: 1, maximum: 4 }",
                "{ type: integer, minimum: 1, maximum: 4, multipleOf: 5 }",
                "in | unsatisfiable-schema risky ''",
            ),
        ],
    );
}

/// Formats beside bounds and listed values.
#[test]
fn formats_that_are_kept() {
    let other = "out | response-format-changed breaking ''";
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: integer, format: int32 }", "{ type: integer, minimum: 0, maximum: 10 }", "in"),
            (
                "{ type: integer, format: int32 }",
                "{ type: integer, minimum: 0, maximum: 3000000000 }",
                "out | response-format-changed risky ''",
            ),
            // Listed values are held against the format.
            ("{ type: string, format: date }", "{ type: string, enum: [foo] }", other),
            ("{ type: string, format: date }", "{ const: foo }", other),
            ("{ type: string, format: date }", "{ type: string, enum: ['2024-01-01'] }", "in"),
            ("{ type: string, format: date }", "{ type: string, format: date, enum: [foo] }", "in"),
            ("{ type: string, format: date, enum: [foo] }", "{ type: string, enum: [foo] }", "in"),
            ("{ type: integer, format: int32 }", "{ enum: [99999999999] }", other),
            ("{ type: integer, format: int32 }", "{ enum: [9] }", "in"),
            ("{ type: string, format: x1 }", "{ enum: [foo] }", "in"),
        ],
    );
}
