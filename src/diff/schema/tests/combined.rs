//! `$ref`, `allOf`, `anyOf`, `oneOf` and `discriminator`.

use super::{Comparer, Inclusion, V30, V31, holds, project, schema};
use crate::diff::Mode;
use crate::openapi::load;
use crate::provider::InMemory;

const CAT: &str = "{ $ref: '#/components/schemas/Cat' }";
const DOG: &str = "{ $ref: '#/components/schemas/Dog' }";
const OWL: &str = "{ $ref: '#/components/schemas/Owl' }";
const FOX: &str = "{ $ref: '#/components/schemas/Fox' }";

fn one_of(branches: &[&str]) -> String {
    format!("{{ oneOf: [{}] }}", branches.join(", "))
}

fn any_of(branches: &[&str]) -> String {
    format!("{{ anyOf: [{}] }}", branches.join(", "))
}

fn tagged(branches: &[&str], mapping: &str) -> String {
    format!("{{ oneOf: [{}], discriminator: {{ propertyName: kind{mapping} }} }}", branches.join(", "))
}

#[test]
fn branches() {
    let widened = "out | response-union-widened breaking ''";
    let fox = "{\"kind\":\"a\",\"tail\":false}";
    let string = "{ type: string }";
    let integer = "{ type: integer }";
    holds(
        V31,
        Mode::Default,
        &[
            (&any_of(&[CAT, DOG]), &any_of(&[DOG, CAT]), "in"),
            (&one_of(&[CAT, DOG]), &one_of(&[DOG, CAT]), "in"),
            (&one_of(&[string, integer]), &any_of(&[integer, string]), "in"),
            (&one_of(&[string, integer]), &one_of(&[string, integer, "{ type: boolean }"]), &format!("{widened} by false")),
            (&any_of(&[string, integer]), &any_of(&[string, integer, "{ type: boolean }"]), &format!("{widened} by false")),
            (&any_of(&[string, integer]), string, "in | response-union-narrowed compatible ''"),
            (&one_of(&[integer, "{ type: number }"]), "{ type: number }", "out | response-constraint-loosened risky '' by 0"),
            (&any_of(&[string, integer]), "{ type: boolean }", &format!("{widened} by false")),
            (string, &one_of(&[string, integer]), &format!("{widened} by 0")),
            (string, &one_of(&["{ const: a }", "{ const: b }"]), "in"),
            (CAT, &one_of(&[CAT, FOX]), &format!("{widened} by {fox}")),
            (&any_of(&[CAT, DOG]), &any_of(&[CAT]), "in | response-union-narrowed compatible ''"),
            (
                &one_of(&[CAT, DOG]),
                &any_of(&[CAT, DOG]),
                "out | response-constraint-loosened risky '' by {\"kind\":\"a\",\"lives\":0}",
            ),
            (
                &any_of(&["{ type: string, title: A }", integer]),
                &any_of(&["{ type: boolean, title: A }", integer]),
                "out | response-type-changed breaking '' by false",
            ),
            (
                &any_of(&["{ type: object, required: [k, x], properties: { k: { const: 1 }, x: { type: string } } }", string]),
                &any_of(&[string, "{ type: object, required: [k, x], properties: { k: { const: 1 }, x: { type: integer } } }"]),
                "out | response-type-changed breaking '/x' by {\"k\":1,\"x\":0}",
            ),
        ],
    );
}

#[test]
fn discriminators() {
    let changed = "response-discriminator-changed";
    holds(
        V30,
        Mode::Default,
        &[
            (&tagged(&[CAT, DOG], ""), &tagged(&[CAT, DOG], ""), "in"),
            (&tagged(&[CAT, DOG], ""), &one_of(&[CAT, DOG]), &format!("in | {changed} risky ''")),
            (&tagged(&[CAT, DOG], ""), &tagged(&[CAT, DOG], "").replace("kind", "type"), &format!("in | {changed} breaking ''")),
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &tagged(&[CAT, DOG], ", mapping: { a: Cat }"),
                &format!("in | {changed} risky ''"),
            ),
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, c: Dog }"),
                &format!("in | {changed} breaking ''"),
            ),
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &tagged(&[CAT, DOG], ", mapping: { b: Cat, a: Dog }"),
                &format!("out | {changed} breaking '' | {changed} breaking ''"),
            ),
            // Values that are new for schemas which went by their names.
            (
                &tagged(&[CAT, DOG], ""),
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &format!("in | {changed} breaking '' | {changed} breaking ''"),
            ),
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat }"),
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &format!("in | {changed} breaking ''"),
            ),
            (&tagged(&[CAT, DOG], ""), &tagged(&[CAT, DOG], ", mapping: { Cat: Cat, Dog: Dog }"), "in"),
            // The schema itself says which values may come.
            (&tagged(&[OWL, DOG], ""), &tagged(&[OWL, DOG], ", mapping: { owl: Owl }"), "in"),
            // The schema has another name, and what it says is told.
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &tagged(&[FOX, DOG], ", mapping: { a: Fox, b: Dog }"),
                "out | response-property-removed breaking '/lives' by {\"kind\":\"a\",\"tail\":false}",
            ),
            (&tagged(&[CAT, DOG], ""), &tagged(&[CAT, DOG, FOX], ""), "out | response-union-widened breaking ''"),
            (
                &tagged(&[CAT, DOG], ", mapping: { a: Cat, b: Dog }"),
                &tagged(&[CAT, DOG, FOX], ", mapping: { a: Cat, b: Dog, c: Fox }"),
                "out | response-union-widened breaking '' by {\"kind\":\"c\",\"tail\":false}",
            ),
            (&one_of(&[CAT, DOG]), &tagged(&[CAT, DOG], ""), "in"),
        ],
    );
}

#[test]
fn merged_views() {
    let base = "{ type: object, required: [a], properties: { a: { type: string } } }";
    let both = "{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }";
    let own = "{ type: object, properties: { b: { type: integer } } }";
    let all = format!("{{ allOf: [{base}, {own}] }}");
    let closed_branch =
        format!("{{ allOf: [{base}, {{ properties: {{ b: {{ type: integer }} }}, additionalProperties: false }}] }}");
    let outer = format!("{{ allOf: [{base}], anyOf: [{own}, {{ type: object, properties: {{ c: {{ type: string }} }} }}] }}");
    holds(
        V31,
        Mode::Default,
        &[
            (both, &all, "in"),
            (&all, both, "in"),
            (&all, base, "out | response-property-removed risky '/b' by {\"a\":\"a\",\"b\":false}"),
            (base, &all, "in"),
            (&closed_branch, &closed_branch, "in"),
            (base, &outer, "in"),
            (&outer, &outer, "in"),
            (CAT, &format!("{{ allOf: [{CAT}] }}"), "in"),
            (&format!("{{ allOf: [{CAT}] }}"), CAT, "in"),
            (DOG, "{ $ref: '#/components/schemas/Hund' }", "in"),
            (DOG, "{ type: object, required: [kind], properties: { breed: { type: string }, kind: { type: string } } }", "in"),
            (&any_of(&[CAT, DOG]), &any_of(&[CAT, "{ $ref: '#/components/schemas/Hund' }"]), "in"),
        ],
    );
}

/// Branches that no name, tag or title tells apart.
#[test]
fn branches_in_other_words() {
    let (number, integer) = ("{ type: number }", "{ type: integer }");
    let (named, sized) = ("{ required: [a], properties: { a: { type: string } } }", "{ required: [b] }");
    let in_parts = "{ required: [a], allOf: [{ properties: { a: { type: string } } }] }";
    let two = |one: &str, other: &str| format!("{{ oneOf: {one}, anyOf: {other} }}");
    let swapped = |one: &str, other: &str| format!("{{ anyOf: {other}, oneOf: {one} }}");
    let (types, needs) = ("[{ type: object }, { type: array }]", "[{ required: [a] }, { required: [b] }]");
    let beside = |union: &str, part: &str| format!("{{ allOf: [{{ anyOf: {part} }}], anyOf: {union} }}");
    let behind = |union: &str, part: &str| format!("{{ anyOf: {union}, allOf: [{{ anyOf: {part} }}] }}");
    holds(
        V31,
        Mode::Strict,
        &[
            (&any_of(&[number, integer]), &any_of(&["{ type: integer, title: A }", "{ title: B, type: number }"]), "in"),
            (&any_of(&[number, integer]), &any_of(&[integer, number, "{ type: integer }"]), "in"),
            (&any_of(&[named, sized]), &any_of(&[sized, in_parts]), "in"),
            (
                &any_of(&[CAT, DOG]),
                &any_of(&["{ $ref: '#/components/schemas/Hund' }", "{ allOf: [{ $ref: '#/components/schemas/Cat' }] }"]),
                "in",
            ),
            (&any_of(&[sized, sized]), &any_of(&["{ title: A, required: [b] }", "{ title: B, required: [b] }"]), "in"),
            (&two(types, needs), &swapped(types, needs), "in"),
            (&beside(types, needs), &behind(types, needs), "in"),
        ],
    );
}

/// A branch is chosen by the name of its component, which a file of its own has too.
#[test]
fn branches_in_files_of_their_own() {
    let part = |lives: &str| format!("type: object\nproperties: {{ kind: {{ type: string }}, {lives}: {{ type: integer }} }}\n");
    let split = "schema: { oneOf: [{ $ref: Cat.yaml }, { $ref: ./Dog.yaml }], discriminator: { propertyName: kind } }\n";
    let files = InMemory::new().with("a.yaml", split).with("Cat.yaml", part("lives")).with("Dog.yaml", part("bites"));
    let split = load(&["a.yaml".to_owned()], &files).project;
    let components = ["{ $ref: '#/Cat' }", "{ $ref: '#/Dog' }"];
    let parts = format!("\nCat: {{ {} }}\nDog: {{ {} }}\n", flow(&part("lives")), flow(&part("bites")));
    let whole = project(&(tagged(&components, "") + &parts));
    for (old, new) in [(&split, &whole), (&whole, &split)] {
        let (inclusion, changes) = Comparer::new(Mode::Strict).compare(schema(old, V30), schema(new, V30));
        assert!(changes.is_empty() && inclusion != Inclusion::NotIncluded, "{changes:?}");
    }
}

/// Lines of a map as one.
fn flow(lines: &str) -> String {
    lines.lines().collect::<Vec<_>>().join(", ")
}

#[test]
fn what_nothing_can_meet() {
    let impossible = "in | unsatisfiable-schema risky ''";
    let string = "{ type: string }";
    holds(
        V31,
        Mode::Default,
        &[
            (string, "{ allOf: [{ type: string }, { type: integer }] }", impossible),
            ("{ enum: [a, b] }", "{ allOf: [{ enum: [a] }, { enum: [b] }] }", impossible),
            (string, "false", impossible),
            ("{ const: x }", "{ not: true }", impossible),
            ("{ const: x }", "{ not: { description: whatever } }", impossible),
            ("{ type: 'null' }", "{ type: integer, minimum: 1, maximum: 0 }", impossible),
            (string, "{ type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2 }", impossible),
            (string, "{ type: array, minItems: 3, maxItems: 2 }", impossible),
            (string, "{ type: object, required: [a, b], maxProperties: 1 }", impossible),
            ("{ type: integer }", "{ type: number, minimum: 1, maximum: 1 }", "in"),
            (string, "{ type: [string, integer], minimum: 1, maximum: 0 }", "in"),
            ("false", "{ allOf: [{ type: string }, { type: integer }] }", "in"),
            ("{ type: array, items: { type: string } }", "{ type: array, items: false }", "in"),
            (
                "{ type: object, properties: { a: { type: string } }, additionalProperties: { type: string } }",
                "{ type: object, allOf: [{ properties: { a: { type: string } } }, { additionalProperties: { type: integer } }] }",
                "out | unsatisfiable-schema risky '/a' | response-type-changed breaking '/*' by {\"somethingElse\":0}",
            ),
            (&any_of(&[string, "{ type: integer }"]), &any_of(&[string, "false"]), "in | response-union-narrowed compatible ''"),
        ],
    );
}
