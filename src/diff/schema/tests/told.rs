//! More may come, and something has to be said: each pair has a value that only the new schema allows. Nothing is said of a schema
//! and itself.

use super::{V30, V31, said};
use crate::diff::Mode;

fn is_told(pairs: &[(&str, &str)]) {
    for (old, new) in pairs {
        let told = said(Mode::Default, (V31, old), (V31, new));
        assert!(!told.starts_with("in"), "{old}\n{new}\n{told}");
        for schema in [old, new] {
            assert_eq!(said(Mode::Default, (V31, schema), (V31, schema)), "in", "{schema}");
        }
    }
}

#[test]
fn what_a_one_of_in_a_union_refused() {
    let short = "{ type: string, maxLength: 3 }";
    let any = |inner: &str| format!("{{ anyOf: [{{ type: integer }}, {inner}] }}");
    let both = any(&format!("{{ oneOf: [{{ type: string }}, {short}] }}"));
    let listed = any("{ oneOf: [{ enum: [a, b] }, { enum: [b, c] }] }");
    let overlapping = "{ oneOf: [{ enum: [a, b] }, { enum: [b, c] }] }";
    let texts = format!("{{ oneOf: [{{ type: string }}, {short}] }}");
    is_told(&[
        (&both, &any("{ type: string }")),
        (&both, &any("{ oneOf: [{ type: string }] }")),
        (&both, &any(&format!("{{ anyOf: [{{ type: string }}, {short}] }}"))),
        (&listed, &any("{ anyOf: [{ enum: [a, b] }, { enum: [b, c] }] }")),
        (overlapping, &format!("{{ oneOf: [{overlapping}, {{ const: b }}] }}")),
        (&texts, &format!("{{ oneOf: [{texts}, {{ type: string, maxLength: 2 }}] }}")),
        (
            "{ oneOf: [{ enum: [a, b] }, { type: string }, { enum: [a, 1] }] }",
            "{ oneOf: [{ enum: [a, b] }, { oneOf: [{ enum: [a, 1] }, { type: string }] }] }",
        ),
        (
            "{ oneOf: [{ type: number }, { enum: [a, 1] }] }",
            "{ oneOf: [{ oneOf: [{ type: number }, { enum: [a, 1] }] }, { type: number }] }",
        ),
    ]);
}

#[test]
fn members_that_unevaluated_properties_lets_in() {
    let object = |more: &str| format!("{{ type: object, {more} }}");
    let part = |name: &str, more: &str| format!("{{ properties: {{ {name}: {{ type: integer }} }}{more} }}");
    let union = |kind: &str, more: &str| format!("{kind}: [{}, {}]", part("a", more), part("b", more));
    let (closed, rest) = ("additionalProperties: false", "unevaluatedProperties: false");
    let each = |kind: &str, more: &str| object(&union(kind, &format!(", {more}")));
    let whole = |kind: &str| object(&format!("{}, {rest}", union(kind, "")));
    let card =
        "properties: { k: {} }, if: { properties: { k: { const: card } } }, then: { properties: { card: {} }, required: [card] }";
    let depending = format!("dependentSchemas: {{ k: {} }}, properties: {{ k: {{}} }}", part("a", ""));
    let pattern = "allOf: [{ patternProperties: { '^a': { type: string } } }]";
    let reference = "{ $ref: '#/Part' }";
    let with_part = |schema: &str| format!("{schema}\nPart: {{ type: object, properties: {{ a: {{}} }} }}");
    is_told(&[
        (&each("anyOf", closed), &whole("anyOf")),
        (&each("anyOf", rest), &whole("anyOf")),
        (&each("oneOf", closed), &whole("anyOf")),
        (&whole("oneOf"), &whole("anyOf")),
        (&object(&format!("{card}, {closed}")), &object(&format!("{card}, {rest}"))),
        (&object(&format!("{depending}, {closed}")), &object(&format!("{depending}, {rest}"))),
        (&object(&format!("{pattern}, {closed}")), &object(&format!("{pattern}, {rest}"))),
        (&object(rest), &object(&format!("if: {{ properties: {{ a: true }} }}, {rest}"))),
        (&object(rest), &object(&format!("allOf: [{{ unevaluatedProperties: true }}], {rest}"))),
        (
            &with_part(&format!("{{ allOf: [{reference}, {{ {rest} }}] }}")),
            &with_part(&format!("{{ allOf: [{reference}, {{ allOf: [{reference}], {rest} }}] }}")),
        ),
    ]);
}

#[test]
fn items_that_unevaluated_items_lets_in() {
    let list = |more: &str| format!("{{ type: array, {more}unevaluatedItems: false }}");
    is_told(&[
        (&list(""), &list("allOf: [{ items: true }], ")),
        (&list(""), &list("allOf: [{ unevaluatedItems: true }], ")),
        (&list(""), &list("contains: { type: string }, minContains: 0, ")),
        (&list(""), &list("contains: { type: string }, minContains: 0.0, ")),
    ]);
    assert_eq!(said(Mode::Default, (V31, &list("contains: {}, minContains: 0, ")), (V31, &list(""))), "in");
}

#[test]
fn what_a_reference_leads_to_inside_of_what_is_compared_as_a_whole() {
    let pair = |schema: &str, old: &str, new: &str| [old, new].map(|part| format!("{schema}\nPart: {part}"));
    let reference = "{ $ref: '#/Part', description: q }";
    let (a, b) = ("{ required: [a] }", "{ required: [b] }");
    let pairs = [
        pair(&format!("{{ type: object, not: {reference} }}"), a, b),
        pair(&format!("{{ type: object, propertyNames: {reference} }}"), "{ maxLength: 2 }", "{ maxLength: 3 }"),
        pair(&format!("{{ type: array, contains: {reference} }}"), "{ const: 1 }", "{ const: 2 }"),
        pair(&format!("{{ type: object, dependentSchemas: {{ k: {reference} }} }}"), a, b),
        pair(&format!("{{ type: object, if: {{ required: [k] }}, then: {reference} }}"), a, b),
        pair("{ type: object, properties: { a: { $dynamicRef: '#/Part' } } }", "{ type: string }", "{ type: integer }"),
    ];
    is_told(&pairs.each_ref().map(|[old, new]| (old.as_str(), new.as_str())));
}

/// Keywords that another version reads in another way are not compared by how they are written.
#[test]
fn what_another_version_means() {
    for schema in [
        "{ type: array, not: { items: { type: string, nullable: true } } }",
        "{ type: object, not: { patternProperties: { '^a': { type: string } } } }",
        "{ not: { $ref: '#/components/schemas/Cat', maxProperties: 3 } }",
    ] {
        let told = said(Mode::Default, (V30, schema), (V31, schema));
        assert!(told.starts_with("unknown"), "{schema}\n{told}");
    }
    let plain = "{ type: object, not: { required: [a], properties: { a: { type: string, maxLength: 2 } } } }";
    assert_eq!(said(Mode::Default, (V30, plain), (V31, plain)), "in");
}
