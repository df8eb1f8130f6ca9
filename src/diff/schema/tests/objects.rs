//! Keywords about members of objects.

use super::{V31, holds};
use crate::diff::Mode;

const OPEN: &str = "{ type: object, properties: { a: { type: string } } }";
const DEMANDING: &str = "{ type: object, required: [a], properties: { a: { type: string } } }";
const CLOSED: &str = "{ type: object, properties: { a: { type: string } }, additionalProperties: false }";

/// What describes members and no type is an object for everybody who reads it.
#[test]
fn objects_without_a_type() {
    const UNTYPED: &str = "{ required: [a], properties: { a: { type: string } } }";
    holds(
        V31,
        Mode::Default,
        &[
            (UNTYPED, "{ type: string }", "in | response-type-changed risky ''"),
            (UNTYPED, "{ type: array, items: { type: object } }", "in | response-type-changed risky ''"),
            (
                "{ properties: { a: { properties: { b: {} } } } }",
                "{ properties: { a: { type: array } } }",
                "in | response-type-changed risky '/a'",
            ),
            (UNTYPED, DEMANDING, "in"),
            (UNTYPED, "{ type: [object, string], required: [a], properties: { a: { type: string } } }", "in"),
            ("{ properties: { a: {} }, items: { type: string } }", "{ type: array, items: { type: string } }", "in"),
            ("{ properties: { a: {} }, enum: [b] }", "{ type: string, enum: [b] }", "in"),
            ("{ required: [a] }", "{ type: string }", "in"),
        ],
    );
    holds(V31, Mode::Strict, &[(UNTYPED, "{ type: string }", "in | response-type-changed breaking ''")]);
}

#[test]
fn required_and_removed() {
    holds(
        V31,
        Mode::Default,
        &[
            (DEMANDING, OPEN, "out | response-property-became-optional breaking '/a' by {}"),
            (OPEN, DEMANDING, "in"),
            (DEMANDING, "{ type: object }", "out | response-property-removed breaking '/a' by {}"),
            (OPEN, "{ type: object }", "out | response-property-removed risky '/a' by {\"a\":false}"),
            (OPEN, "{ type: object, additionalProperties: false }", "in | response-property-removed risky '/a'"),
            (DEMANDING, "{ type: object, additionalProperties: false }", "out | response-property-removed breaking '/a' by {}"),
            (
                "{ type: object, required: [a] }",
                "{ type: object }",
                "out | response-property-became-optional breaking '/a' by {}",
            ),
            (
                OPEN,
                "{ type: object, properties: { a: { type: integer } } }",
                "out | response-type-changed breaking '/a' by {\"a\":0}",
            ),
            (
                OPEN,
                "{ type: object, properties: { a: { type: string, deprecated: true } } }",
                "in | response-property-deprecated compatible '/a'",
            ),
            (
                DEMANDING,
                "{ type: object, properties: { a: { type: string, writeOnly: true } } }",
                "out | response-property-removed breaking '/a' by {}",
            ),
            ("{ type: object, properties: { a: { type: string, writeOnly: true } } }", "{ type: object }", "in"),
            ("{ type: object, properties: { a: { allOf: [{ type: string }, { writeOnly: true }] } } }", "{ type: object }", "in"),
            (OPEN, "{ type: object, properties: { a: false } }", "in | response-property-removed risky '/a'"),
            (
                CLOSED,
                "{ type: object, required: [z], properties: { a: { type: string } }, additionalProperties: false }",
                "in | unsatisfiable-schema risky ''",
            ),
            (
                "{ type: object, properties: { a: { type: string, writeOnly: true } }, additionalProperties: false }",
                CLOSED,
                "out | response-property-added-to-closed-object risky '/a' by {\"a\":\"a\"}",
            ),
        ],
    );
    let removed = "out | response-property-removed compatible '/a' by {\"a\":false}";
    holds(V31, Mode::Lenient, &[(OPEN, "{ type: object }", removed)]);
}

#[test]
fn added_and_opened() {
    let two = "{ type: object, properties: { a: { type: string }, b: { type: string } } }";
    let two_closed = "{ type: object, properties: { a: { type: string }, b: { type: string } }, additionalProperties: false }";
    let two_unevaluated =
        "{ type: object, properties: { a: { type: string }, b: { type: string } }, unevaluatedProperties: false }";
    let unevaluated = "{ type: object, properties: { a: { type: string } }, unevaluatedProperties: false }";
    let map = "{ type: object, additionalProperties: { type: string } }";
    holds(
        V31,
        Mode::Default,
        &[
            (OPEN, two, "in"),
            (CLOSED, two_closed, "out | response-property-added-to-closed-object risky '/b' by {\"b\":\"a\"}"),
            (unevaluated, two_unevaluated, "out | response-property-added-to-closed-object risky '/b' by {\"b\":\"a\"}"),
            (CLOSED, unevaluated, "in"),
            (CLOSED, OPEN, "out | response-object-opened risky '' by {\"somethingElse\":false}"),
            (OPEN, CLOSED, "in"),
            (map, "{ type: object }", "out | response-object-opened risky '' by {\"somethingElse\":false}"),
            ("{ type: object }", map, "in"),
            (
                map,
                "{ type: object, additionalProperties: { type: integer } }",
                "out | response-type-changed breaking '/*' by {\"somethingElse\":0}",
            ),
            (
                map,
                "{ type: object, properties: { a: { type: integer } }, additionalProperties: { type: string } }",
                "out | response-type-changed breaking '/a' by {\"a\":0}",
            ),
            (
                "{ type: object, additionalProperties: false }",
                map,
                "out | response-object-opened risky '' by {\"somethingElse\":\"a\"}",
            ),
            ("{ type: object, additionalProperties: true }", "{ type: object, additionalProperties: {} }", "in"),
        ],
    );
    let (opened, added) =
        ("out | response-object-opened breaking ''", "out | response-property-added-to-closed-object breaking '/b'");
    holds(
        V31,
        Mode::Strict,
        &[
            (CLOSED, OPEN, &format!("{opened} by {{\"somethingElse\":false}}")),
            (CLOSED, two_closed, &format!("{added} by {{\"b\":\"a\"}}")),
        ],
    );
}

#[test]
fn what_is_compared_as_a_whole() {
    let unknown = "unknown | schema-comparison-unknown risky ''";
    let open = "{ type: object }";
    holds(
        V31,
        Mode::Default,
        &[
            ("{ type: string, not: { const: a } }", "{ type: string, not: { const: a } }", "in"),
            ("{ type: string, not: { const: a } }", "{ type: string, not: { const: b } }", unknown),
            ("{ type: string, not: { const: a } }", "{ type: string }", unknown),
            ("{ type: string }", "{ type: string, not: { const: a } }", "in"),
            ("{ type: string, if: { const: a }, then: false }", "{ type: string, if: { const: a }, then: true }", unknown),
            ("{ type: object, propertyNames: { pattern: a } }", open, unknown),
            (open, "{ type: object, propertyNames: { pattern: a } }", "in"),
            (
                "{ type: object, patternProperties: { '^x': { type: string } } }",
                open,
                "unknown | schema-comparison-unknown risky ''",
            ),
            (
                "{ type: object, patternProperties: { '^x': { type: string } } }",
                "{ type: object, patternProperties: { '^x': { type: integer } } }",
                "out | response-type-changed breaking '/*' by {\"x\":0}",
            ),
            ("{ type: object, dependentRequired: { a: [b] } }", "{ type: object, dependentRequired: { a: [b, c] } }", "in"),
            ("{ type: object, dependentRequired: { a: [b] } }", open, unknown),
            ("{ type: array, contains: { const: 1 } }", "{ type: array, contains: { const: 2 } }", unknown),
            (
                "{ type: array, prefixItems: [{ type: string }] }",
                "{ type: array, prefixItems: [{ type: integer }] }",
                "out | response-type-changed breaking '/0' by [0]",
            ),
            ("{ type: array, items: { type: string } }", "{ type: array, prefixItems: [{ const: a }], items: false }", "in"),
            ("{ $ref: 'https://example.com/a' }", "{ $ref: 'https://example.com/a' }", "in"),
            ("{ type: string }", "{ $ref: 'https://example.com/a' }", unknown),
        ],
    );
}

#[test]
fn names_of_members() {
    let names = |schema: &str| format!("{{ type: object, propertyNames: {schema} }}");
    let unknown = "unknown | schema-comparison-unknown risky ''";
    holds(
        V31,
        Mode::Default,
        &[
            (&names("{ enum: [a, b] }"), &names("{ enum: [a] }"), "in"),
            (&names("{ maxLength: 9 }"), &names("{ maxLength: 3, pattern: '^a' }"), "in"),
            (&names("{ enum: [a] }"), &names("{ enum: [a, b] }"), unknown),
            (&names("{ enum: [a] }"), "{ type: object }", unknown),
        ],
    );
}

/// What is said of all members is said of those that were described.
#[test]
fn described_by_others() {
    let other = "out | response-type-changed breaking '/a' by {\"a\":0}";
    holds(
        V31,
        Mode::Default,
        &[
            (OPEN, "{ type: object, additionalProperties: { type: integer } }", other),
            (OPEN, "{ type: object, patternProperties: { '^a': { type: integer } } }", other),
            (
                DEMANDING,
                "{ type: object, additionalProperties: { type: integer } }",
                "out | response-property-became-optional breaking '/a' by {} | response-type-changed breaking '/a' by {\"a\":0}",
            ),
            (OPEN, "{ type: object, additionalProperties: { type: string } }", "in | response-property-removed risky '/a'"),
            (OPEN, "{ type: object, additionalProperties: {} }", "out | response-property-removed risky '/a' by {\"a\":false}"),
        ],
    );
}
