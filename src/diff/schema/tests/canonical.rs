//! Equal schemas in other words: nothing is said of them, in either direction. And what is only nearly equal.

use super::{V31, holds, said};
use crate::diff::Mode;

const EITHER: &str = "{ $ref: '#/components/schemas/Either' }";
const NUMBERS: &str = "{ $ref: '#/components/schemas/Numbers' }";
const A: &str = "{ type: object, required: [a], properties: { a: { type: string } } }";
const B: &str = "{ type: object, required: [b], properties: { b: { type: string } } }";
const C: &str = "{ type: object, required: [c], properties: { c: { type: string } } }";

fn one_of(branches: &[&str]) -> String {
    format!("{{ oneOf: [{}] }}", branches.join(", "))
}

#[test]
fn equal_schemas_are_equal() {
    let (integer, number, text, null) = ("{ type: integer }", "{ type: number }", "{ type: string }", "{ type: 'null' }");
    let either = one_of(&[A, B]);
    let object = |kind: &str, inner: &str| format!("{{ type: object, {kind}: {inner} }}");
    let table = [
        // One branch is no alternative, whatever it overlaps with.
        (one_of(&[integer, number]), one_of(&[integer, &one_of(&[number])])),
        (one_of(&[integer, number]), one_of(&[&one_of(&[integer, number])])),
        (one_of(&[&one_of(&[integer, number]), null]), one_of(&[NUMBERS, null])),
        (one_of(&["{ enum: [{}, 0] }", number]), one_of(&[number, &one_of(&["{ enum: [0, {}] }"])])),
        // What two branches take is refused, and a third one changes nothing.
        (one_of(&[text, text, text, integer]), one_of(&[text, text, integer])),
        (one_of(&[text, text, integer]), integer.to_owned()),
        (one_of(&["{ type: boolean }", "{ enum: [true, x] }"]), one_of(&["{ const: false }", "{ const: x }"])),
        // A union in a union, by name or in its place, flat where another kind of values is beside it.
        (one_of(&[EITHER, C]), one_of(&[&either, C])),
        (one_of(&[EITHER, text]), one_of(&[A, B, text])),
        (one_of(&[&one_of(&[B, A]), text]), one_of(&[text, EITHER])),
        (format!("{{ anyOf: [{text}, {{ oneOf: [{{ anyOf: [{A}, {B}] }}] }}] }}"), format!("{{ anyOf: [{B}, {text}, {A}] }}")),
        // Branches that the type leaves nothing.
        (
            "{ type: object, oneOf: [{ oneOf: [{ type: integer }, { type: boolean }] }, { type: array }] }".to_owned(),
            "{ allOf: [{ oneOf: [{ type: array }, { oneOf: [{ type: boolean }, { type: integer }] }] }], type: object }"
                .to_owned(),
        ),
        (
            format!(
                "{{ type: [string, 'null'], anyOf: [{{ anyOf: [{{ anyOf: [{integer}, {null}] }}, {{ type: array }}] }}, {A}] }}"
            ),
            format!("{{ type: [string, 'null'], anyOf: [{{ anyOf: [{null}, {integer}] }}, {{ type: array }}, {A}] }}"),
        ),
        // Keywords that are compared as a whole.
        (object("if", "{ properties: { b: { const: ~ } } }, then: { required: [a] }"), {
            object("if", "{ properties: { b: { oneOf: [{ const: ~ }] } } }, then: { allOf: [{ required: [a] }] }")
        }),
        (object("dependentSchemas", &format!("{{ a: {either} }}")), object("dependentSchemas", &format!("{{ a: {EITHER} }}"))),
        (
            "{ type: array, contains: { type: string }, minContains: 1 }".to_owned(),
            "{ type: array, contains: { type: string } }".to_owned(),
        ),
        (one_of(&["{ type: array, contains: { const: 0 } }", text]), {
            one_of(&[text, "{ type: array, contains: { enum: [0] }, minContains: 1 }"])
        }),
    ];
    for (one, other) in &table {
        holds(V31, Mode::Strict, &[(one, other, "in"), (other, one, "in")]);
    }
}

#[test]
fn what_is_nearly_equal_is_not() {
    let limited = |schema: &str, most: u8| format!("{{ allOf: [{schema}], properties: {{ z: {{ maxLength: {most} }} }} }}");
    for (old, new) in [
        (one_of(&["{ type: integer }", "{ type: number }"]), "{ anyOf: [{ type: integer }, { type: number }] }".to_owned()),
        (one_of(&[EITHER, C]), one_of(&[EITHER, A])),
        (one_of(&["{ enum: [a, b] }", "{ enum: [b, c] }"]), "{ enum: [a, b, c] }".to_owned()),
        (limited(EITHER, 3), limited(EITHER, 4)),
        (
            "{ type: array, oneOf: [{ prefixItems: [{ const: a }] }, { minItems: 3 }] }".to_owned(),
            "{ type: array, oneOf: [{ prefixItems: [{ enum: [a, b] }] }, { minItems: 3 }] }".to_owned(),
        ),
        (
            "{ oneOf: [{ type: string }, { type: object, patternProperties: { ^x: { type: string } } }] }".to_owned(),
            "{ oneOf: [{ type: string }, { type: object, patternProperties: { ^x: {} } }] }".to_owned(),
        ),
    ] {
        let said = said(Mode::Default, (V31, &old), (V31, &new));
        assert!(!said.starts_with("in"), "{old} -> {new}: {said}");
    }
}

/// What has changed beside a union that has not is all that is told.
#[test]
fn a_change_beside_a_union() {
    let text = |most: u8| format!("{{ type: string, maxLength: {most} }}");
    let short = C.replace("type: string", "type: string, maxLength: 5");
    holds(
        V31,
        Mode::Default,
        &[
            (&one_of(&[NUMBERS, &text(3)]), &one_of(&[NUMBERS, &text(2)]), "in"),
            (
                &one_of(&[EITHER, &short]),
                &one_of(&[EITHER, C]),
                "out | response-constraint-loosened risky '/c' by {\"c\":\"aaaaaa\"}",
            ),
        ],
    );
}

/// A schema says in many ways that null may come, and in some that it may not.
#[test]
fn null_that_is_refused() {
    let nullable = "out | response-became-nullable breaking '' by null";
    let by_letter = "unknown | schema-comparison-unknown risky ''";
    let (text, number) = ("{ type: string }", "{ type: number }");
    let any = |branch: &str, beside: &str| format!("{{ anyOf: [{branch}, {number}]{beside} }}");
    let either = |kind: &str| format!("{{ type: {kind}, oneOf: [{{ required: [a] }}, {{ required: [b] }}] }}");
    let null_too = "{ type: [string, 'null'] }";
    for refusal in ["{ type: 'null' }", "true", "{}", "{ enum: [~] }", "{ const: ~ }"] {
        let new = any(null_too, &format!(", not: {refusal}"));
        let said = said(Mode::Default, (V31, &any(text, "")), (V31, &new));
        assert!(!said.contains("response-became-nullable"), "{refusal}: {said}");
    }
    holds(
        V31,
        Mode::Default,
        &[
            (&any(text, ""), &any(null_too, ", not: { type: boolean }"), nullable),
            (&any(text, ", not: { type: 'null' }"), &any(null_too, ""), nullable),
            (&either("object"), &either("[object, 'null']"), by_letter),
            ("{ type: object }", "{ type: [object, 'null'], not: { required: [a] } }", by_letter),
        ],
    );
}

/// A reader that chooses by a discriminator needs its value in what shows a change.
#[test]
fn values_that_a_discriminator_knows() {
    let pets = |cat: &str, mapping: &str| {
        format!(
            "{{ oneOf: [{{ $ref: '#/C' }}, {{ $ref: '#/D' }}], discriminator: {{ propertyName: t{mapping} }} }}
C: {{ type: object, required: [t, a], properties: {{ t: {{ type: string }}, a: {{ type: {cat} }} }} }}
D: {{ type: object, required: [t, b], properties: {{ t: {{ type: string }}, b: {{ type: string }} }} }}"
        )
    };
    let changed = |tag: &str| format!("out | response-type-changed breaking '/a' by {{\"a\":0,\"t\":\"{tag}\"}}");
    holds(
        V31,
        Mode::Default,
        &[
            (&pets("string", ""), &pets("integer", ""), &changed("C")),
            (&pets("string", ", mapping: { cat: '#/C' }"), &pets("integer", ", mapping: { cat: '#/C' }"), &changed("cat")),
        ],
    );
}

/// A reference means the schema with that `$id`, and is relative to the one around it.
#[test]
fn references_by_identifier() {
    let by = |reference: &str, named: &str| format!("{{ $ref: '{reference}' }}\nnamed: {named}");
    let of = |kind: &str| format!("{{ $id: 'https://example.com/s/one', $anchor: here, type: {kind} }}");
    let outer = |kind: &str| {
        let inner = format!("two: {{ $id: two, type: {kind} }}, three: {{ $anchor: three, type: {kind} }}");
        let properties = "a: { $ref: two }, b: { $ref: '#/$defs/three' }, c: { $ref: '#three' }";
        format!("{{ $id: 'https://example.com/s/one', $defs: {{ {inner} }}, properties: {{ {properties} }} }}")
    };
    let changed = |place: &str, witness: &str| format!("out | response-type-changed breaking '{place}' by {witness}");
    let whole = changed("", "0");
    for reference in ["https://example.com/s/one", "https://example.com/s/one#", "https://example.com/s/one#here"] {
        holds(
            V31,
            Mode::Default,
            &[
                (&by(reference, &of("string")), &by(reference, &of("integer")), &whole),
                (&by(reference, &of("string")), &by(reference, &of("string")), "in"),
            ],
        );
    }
    let inside = "https://example.com/s/one";
    let found = said(Mode::Default, (V31, &by(inside, &outer("string"))), (V31, &by(inside, &outer("integer"))));
    // The inner schemas are two, of which one is referred to twice.
    let all = ["'/a' by {\"a\":0}", "'/b' by {\"b\":0}"].map(|end| format!("response-type-changed breaking {end}"));
    assert_eq!(found, format!("out | {}", all.join(" | ")));
    let relative = "https://example.com/s/two";
    holds(V31, Mode::Default, &[(&by(relative, &outer("string")), &by(relative, &outer("integer")), &whole)]);
}
