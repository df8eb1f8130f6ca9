//! Keywords that are compared as a whole, written in other words.

use super::{V31, holds};
use crate::diff::Mode;

#[test]
fn the_same_in_other_words() {
    let unknown = "unknown | schema-comparison-unknown risky ''";
    let closed = "{ type: object, additionalProperties: false, properties: { a: { type: string } } }";
    let beside = "{ properties: { a: { type: string } }, additionalProperties: false, title: T, type: [object] }";
    let not = |schema: &str| format!("{{ not: {schema} }}");
    let when = |condition: &str, then: &str| format!("{{ if: {condition}, then: {then} }}");
    holds(
        V31,
        Mode::Strict,
        &[
            (&not("{ enum: [a, b] }"), &not("{ enum: [b, a], description: D }"), "in"),
            (&not("{ enum: [a, b] }"), &not("{ enum: [a] }"), unknown),
            (&not("{ required: [a, b] }"), &not("{ allOf: [{ required: [b] }, { required: [a] }] }"), "in"),
            (&not(closed), &not(beside), "in"),
            (&not("{ format: int64, type: integer }"), &not("{ format: int32, type: integer }"), unknown),
            (&not("{ multipleOf: 2, type: integer }"), &not("{ multipleOf: 4, type: integer }"), unknown),
            (&not("{ multipleOf: 2.0, type: integer }"), &not("{ type: integer, multipleOf: 2 }"), "in"),
            (&when("{ required: [a, b] }", closed), &when("{ required: [b, a] }", beside), "in"),
            (&when("{ required: [a, b] }", closed), &when("{ required: [b, a] }", "{ type: object }"), unknown),
            ("{ propertyNames: { enum: [a, b] } }", "{ propertyNames: { enum: [b, a] } }", "in"),
            ("{ contains: { enum: [a, b] }, minContains: 2 }", "{ contains: { enum: [b, a] }, minContains: 2.0 }", "in"),
            ("{ dependentSchemas: { a: { required: [b, c] } } }", "{ dependentSchemas: { a: { required: [c, b] } } }", "in"),
            ("{ type: [object, thing] }", "{ type: [thing, object] }", "in"),
            ("{ type: [object, thing] }", "{ type: [thing, string] }", unknown),
            ("{ not: ~ }", "{ not: null }", "in"),
        ],
    );
}

/// No OpenAPI allows it, and people write it.
#[test]
fn a_reference_in_place_of_properties() {
    let of = |name: &str| {
        format!("{{ type: object, required: [kind], properties: {{ $ref: '#/components/schemas/{name}/properties' }} }}")
    };
    let dog = "{ type: object, required: [kind], properties: { kind: { type: string }, breed: { type: string } } }";
    let cat = "{ type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } }";
    let lost = "out | response-property-removed risky '/breed' by {\"breed\":false,\"kind\":\"a\"}";
    holds(
        V31,
        Mode::Default,
        &[(&of("Dog"), dog, "in"), (dog, &of("Dog"), "in"), (dog, &of("Cat"), lost), (cat, &of("Cat"), "in")],
    );
}

/// A component that leads nowhere is what it is under any name.
#[test]
fn references_that_lead_nowhere() {
    let unknown = "unknown | schema-comparison-unknown risky ''";
    let far = "{ $ref: 'https://example.com/a' }";
    let alias = |name: &str, far: &str| format!("{{ $ref: '#/{name}' }}\n{name}: {{ $ref: '{far}' }}");
    let beside = |values: &str| format!("{{ allOf: [{{ $ref: '#/components/schemas/Gone' }}], enum: {values} }}");
    let circle = |name: &str| format!("{{ $ref: '#/{name}' }}\n{name}: {{ $ref: '#/{name}2' }}\n{name}2: {{ $ref: '#/{name}' }}");
    holds(
        V31,
        Mode::Default,
        &[
            (&alias("One", "https://example.com/a"), &alias("Two", "https://example.com/a"), "in"),
            (&alias("One", "https://example.com/a"), far, "in"),
            (&alias("One", "https://example.com/a"), &alias("One", "https://example.com/b"), unknown),
            (&circle("One"), &circle("Two"), "in"),
            (&circle("One"), far, unknown),
            // Listed values beside it are held against what they were.
            (&beside("[a]"), &beside("[a]"), "in"),
            (&beside("[a, b]"), &beside("[a]"), "in"),
            (&beside("[a]"), &beside("[a, b]"), "out | response-enum-value-added risky ''"),
            (&circle("One"), "{ type: string }", unknown),
        ],
    );
}
