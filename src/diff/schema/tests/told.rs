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
fn null_that_two_branches_took() {
    let nullable = "{ type: [integer, \"null\"] }";
    let null = "{ type: \"null\" }";
    let both = format!("{{ oneOf: [{nullable}, {null}] }}");
    let texts = format!("{{ oneOf: [{nullable}, {{ type: [string, \"null\"] }}] }}");
    is_told(&[
        (&both, &format!("{{ oneOf: [{{ type: integer }}, {null}] }}")),
        (&texts, &format!("{{ oneOf: [{nullable}, {{ type: string }}] }}")),
    ]);
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

/// A branch of a `oneOf` that allows less leaves to another one what both of them describe.
#[test]
fn what_two_branches_of_a_one_of_describe() {
    let object = |more: &str| format!("{{ type: object, {more} }}");
    let one_of = |branches: &str| object(&format!("oneOf: [{branches}]"));
    let (rest, pattern) = ("unevaluatedProperties: false", "patternProperties: { '^a': {} }");
    let (a, b) = ("properties: { a: true }", "properties: { b: true }");
    let when = "if: { required: [a] }, then: { properties: { a: {} } }";
    let depending = "dependentSchemas: { a: { properties: { a: {} } } }";
    let texts = "{ type: string }";
    is_told(&[
        (
            &object(&format!("{a}, oneOf: [{{}}, {{}}]")),
            &object(&format!("{a}, oneOf: [{{}}, {{ properties: {{ a: {texts} }} }}]")),
        ),
        (&one_of(&format!("{{ {a} }}, {{ {pattern} }}")), &one_of(&format!("{{ {a} }}, {{ {pattern}, required: [b] }}"))),
        (&object(&format!("{pattern}, oneOf: [{{}}, {{}}]")), &object(&format!("{pattern}, oneOf: [{{}}, {{ {rest} }}]"))),
        (
            &one_of(&format!("{{ anyOf: [{{ {b} }}, {{}}] }}, {{ {b} }}")),
            &one_of(&format!("{{ unevaluatedProperties: false }}, {{ {b} }}")),
        ),
        (&one_of(&format!("{{ {depending}, {rest} }}, {{ {a}, required: [a] }}")), &one_of(&format!("{{ {a}, required: [a] }}"))),
        (
            &one_of(&format!("{{ {when}, {rest} }}, {{ {a} }}")),
            &one_of(&format!("{{ {when}, additionalProperties: false }}, {{ {a} }}")),
        ),
        (&one_of(&format!("{{ {a} }}, {{ required: [a], {when}, {rest} }}")), &one_of(&format!("{{ {a} }}"))),
        (
            &one_of(&format!(
                "{{ required: [a], additionalProperties: {texts} }}, {{ oneOf: [{{ {rest} }}, {{ {a} }}], {rest} }}"
            )),
            &one_of(&format!("{{ required: [a], additionalProperties: {texts} }}")),
        ),
        (
            &object(&format!("{rest}, required: [a], oneOf: [{{ {b} }}, {{ {a} }}]")),
            &object(&format!("{rest}, required: [a], oneOf: [{{ {a} }}]")),
        ),
        (
            &one_of(&format!("{{ {pattern} }}, {{ {a} }}, {{ required: [a] }}")),
            &one_of(&format!("{{ {pattern} }}, {{ oneOf: [{{ required: [a] }}, {{ properties: {{ a: {texts} }} }}] }}")),
        ),
    ]);
}

/// The same old branch twice in place of two.
#[test]
fn branches_of_a_branch_that_stand_for_the_same() {
    let nested = |kind: &str, one: &str, two: &str| format!("{{ oneOf: [{{ {kind}: [{one}, {two}] }}, {{}}] }}");
    let (text, number) = ("{ type: string }", "{ type: number }");
    is_told(&[
        (&nested("oneOf", number, text), &nested("oneOf", text, text)),
        (&nested("anyOf", number, "{ enum: [b] }"), &nested("anyOf", "{ enum: [b] }", "{ enum: [b] }")),
    ]);
}

/// Somebody describes what a `oneOf` refused.
#[test]
fn a_branch_that_names_what_a_one_of_refused() {
    let part = |names: &str, properties: &str| format!("{{ type: object, required: [{names}], properties: {{ {properties} }} }}");
    let text = "type: string";
    let (cat, dog) = (part("a", &format!("a: {{ {text} }}")), part("b", &format!("b: {{ {text} }}")));
    let both = part("a, b", &format!("a: {{ {text} }}, b: {{ {text} }}"));
    let pet = format!("oneOf: [{cat}, {dog}]");
    let with_pet = |schema: &str| format!("{schema}\nPet: {{ {pet} }}");
    let old = with_pet("{ $ref: '#/Pet' }");
    let told = "out | response-constraint-loosened risky '' by {\"a\":\"a\",\"b\":\"a\"}";
    for new in [
        format!("{{ oneOf: [{{ $ref: '#/Pet' }}, {both}] }}"),
        format!("{{ anyOf: [{{ $ref: '#/Pet' }}, {both}] }}"),
        format!("{{ anyOf: [{cat}, {dog}, {both}] }}"),
    ] {
        assert_eq!(said(Mode::Default, (V31, &old), (V31, &with_pet(&new))), told, "{new}");
    }
    let inner = |schema: &str| with_pet(&format!("{{ type: object, properties: {{ p: {schema} }} }}"));
    let told = "out | response-constraint-loosened risky '/p' by {\"p\":{\"a\":\"a\",\"b\":\"a\"}}";
    let new = inner(&format!("{{ anyOf: [{{ $ref: '#/Pet' }}, {both}] }}"));
    assert_eq!(said(Mode::Default, (V31, &inner("{ $ref: '#/Pet' }")), (V31, &new)), told);
    // Nobody has to mean it where the branches are what they were.
    assert_eq!(said(Mode::Default, (V31, &old), (V31, &with_pet(&format!("{{ anyOf: [{cat}, {dog}] }}")))), "unknown");
}

/// Members that a condition lets in meet what else is said.
#[test]
fn members_that_a_condition_lets_in() {
    let object = |more: &str| format!("{{ type: object, {more} }}");
    let when = "if: { required: [k] }, then: { properties: { c: {} } }, unevaluatedProperties: false";
    let depending = "dependentSchemas: { a: { patternProperties: { '^a': {} } } }";
    is_told(&[
        (
            &object(&format!("allOf: [{{ {when} }}, {{ additionalProperties: {{ type: string }} }}]")),
            &object(&format!("allOf: [{{ {when} }}]")),
        ),
        (
            &object(&format!("allOf: [{{ {when} }}, {{ properties: {{ c: {{ type: string }} }} }}]")),
            &object(&format!("allOf: [{{ {when} }}]")),
        ),
        (&object(when), &object(&format!("{when}, allOf: [{{ {depending} }}]"))),
    ]);
}

/// A value shows it where the likeliest one does not.
#[test]
fn items_of_a_list_in_a_union() {
    let list = |items: &str| format!("{{ type: array, items: {{ type: {items} }} }}");
    let union = |items: &str| format!("{{ anyOf: [{}, {{ type: string }}] }}", list(items));
    for new in [list("number"), union("number")] {
        let told = said(Mode::Default, (V31, &union("integer")), (V31, &new));
        assert!(told.contains("-widened breaking '") && told.contains("by [0.5]"), "{new}: {told}");
    }
}

/// Numbers that no `i64` holds are one value, however they are written.
#[test]
fn large_numbers() {
    let (one, other) = ("{ const: 1e19 }", "{ const: 10000000000000000000 }");
    assert_eq!(said(Mode::Default, (V31, one), (V31, other)), "in");
    is_told(&[(
        &format!("{{ oneOf: [{one}, {other}, {{ type: string }}] }}"),
        &format!("{{ anyOf: [{other}, {{ type: string }}] }}"),
    )]);
}

/// A relative `$id` is found with and without `./`.
#[test]
fn a_relative_identifier() {
    let with =
        |inner: &str| format!("{{ type: object, properties: {{ a: {{ $ref: ./s }} }} }}\nPart: {{ $id: s, type: {inner} }}");
    is_told(&[(&with("string"), &with("integer"))]);
}

/// `additionalProperties` concerns what only the patterns of another part describe.
#[test]
fn patterns_of_another_part() {
    let (others, pattern) = ("additionalProperties: { type: string }", "patternProperties: { '^a': {} }");
    is_told(&[(
        &format!("{{ type: object, allOf: [{{ {others} }}, {{ {pattern} }}] }}"),
        &format!("{{ type: object, {pattern}, {others} }}"),
    )]);
}
