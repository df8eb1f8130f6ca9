//! Unions that lose a branch, that become one schema, and what is the same in all modes.

use super::{V31, holds};
use crate::diff::Mode;

const STRING: &str = "{ type: string }";
const INTEGER: &str = "{ type: integer }";

fn one_of(branches: &[&str]) -> String {
    format!("{{ oneOf: [{}] }}", branches.join(", "))
}

fn any_of(branches: &[&str]) -> String {
    format!("{{ anyOf: [{}] }}", branches.join(", "))
}

fn object(required: &str, properties: &str) -> String {
    format!("{{ type: object, required: [{required}], properties: {{ {properties} }} }}")
}

/// What met two branches of a `oneOf` was refused.
#[test]
fn branches_that_are_gone() {
    let narrowed = "in | response-union-narrowed compatible ''";
    let loosened = "out | response-union-narrowed compatible '' | response-constraint-loosened risky ''";
    let (cat, dog) = (object("kind", "kind: { const: cat }"), object("kind", "kind: { const: dog }"));
    let (hen, cow) = (object("kind", "kind: { enum: [hen, cock] }"), object("", "kind: { const: cow }"));
    let (user, firm) = (object("login", "login: {}"), object("name", "name: {}"));
    let (short, long) = (object("id", "id: {}"), object("id, name", "id: {}, name: {}"));
    let (date, time) = ("{ type: string, format: date }", "{ type: string, format: date-time }");
    let (small, large) = ("{ type: integer, maximum: 5 }", "{ type: integer, minimum: 10 }");
    let (texts, numbers) = ("{ type: array, items: { type: string } }", "{ type: array, items: { type: integer } }");
    let practically = "unknown | response-union-narrowed compatible ''";
    holds(
        V31,
        Mode::Default,
        &[
            (&one_of(&[STRING, INTEGER]), STRING, narrowed),
            (&one_of(&[STRING, INTEGER, "{ type: boolean }"]), &one_of(&[STRING, INTEGER]), narrowed),
            (&one_of(&[&cat, &dog, &hen]), &one_of(&[&cat, &hen]), narrowed),
            (&one_of(&[&cat, &dog]), &cat, narrowed),
            (&one_of(&[small, large]), small, narrowed),
            // Nobody sends what meets both.
            (&one_of(&[&user, &firm]), &user, practically),
            (&one_of(&[date, time]), date, "unknown"),
            (&one_of(&[texts, numbers]), texts, "unknown"),
            (&one_of(&["{ type: object, properties: { kind: { const: cat } } }", &cow]), &cow, "unknown"),
            // The branch that is left was refused.
            (&one_of(&[&short, &long]), &long, &format!("{loosened} by {{\"id\":false,\"name\":false}}")),
            (
                &one_of(&[STRING, INTEGER, "{ type: number }"]),
                &one_of(&[STRING, INTEGER]),
                "out | response-constraint-loosened risky '' by 0",
            ),
            (
                &one_of(&["{ type: string, pattern: '^ab*c' }", "{ type: string, pattern: 'zz$' }"]),
                "{ type: string, pattern: '^ab*c' }",
                "unknown | response-union-narrowed compatible '' | schema-comparison-unknown risky ''",
            ),
            (
                &one_of(&["{ enum: [1, 1.5] }", "{ type: number }"]),
                &one_of(&["{ enum: [1] }", "{ type: number }"]),
                "out | response-constraint-loosened risky '' by 1.5",
            ),
            (
                &one_of(&["{ type: array, items: { type: integer } }", "{ not: { type: boolean } }"]),
                &one_of(&["{ type: array, items: { type: integer, maximum: 3 } }", "{ not: { type: boolean } }"]),
                "unknown | schema-comparison-unknown risky ''",
            ),
            // Branches that overlap as before, of which one says more now.
            (&one_of(&[&short, &long]), &one_of(&[&short, &object("id, name", "id: {}, name: {}, age: {}")]), "unknown"),
        ],
    );
}

#[test]
fn unions_in_one() {
    let added = "out | response-enum-value-added risky ''";
    let (long, short) = ("{ type: string, maxLength: 9 }", "{ type: string, maxLength: 3 }");
    holds(
        V31,
        Mode::Default,
        &[
            (&one_of(&["{ enum: [a, b] }", "{ enum: [c] }"]), "{ enum: [a, b, c] }", "in"),
            ("{ enum: [a, b, c] }", &one_of(&["{ enum: [a, b] }", "{ enum: [c] }"]), "in"),
            (&any_of(&["{ enum: [a, b] }", "{ enum: [b, c] }"]), "{ enum: [a, b, c] }", "in"),
            (&one_of(&["{ const: a, title: A }", "{ const: 1 }"]), "{ enum: [1, a] }", "in"),
            (&one_of(&["{ const: a }", "{ const: b }"]), "{ type: string, enum: [a, b] }", "in"),
            (&one_of(&["{ const: a }", "{ const: b }"]), "{ enum: [a, b, c] }", &format!("{added} by \"c\"")),
            (&one_of(&["{ enum: [a, b] }", "{ enum: [b, c] }"]), "{ enum: [a, c] }", "in"),
            (
                &one_of(&["{ enum: [a, b] }", "{ enum: [b, c] }"]),
                "{ enum: [a, b] }",
                "out | response-constraint-loosened risky '' by \"b\"",
            ),
            (&one_of(&[STRING, INTEGER]), "{ type: [string, integer] }", "in"),
            ("{ type: [string, integer] }", &one_of(&[STRING, INTEGER]), "in"),
            (&one_of(&[STRING, INTEGER, "{ type: 'null' }"]), "{ type: [string, integer, 'null'] }", "in"),
            (&one_of(&[long, INTEGER]), "{ type: [string, integer], maxLength: 9 }", "in"),
            (
                &one_of(&[short, INTEGER]),
                "{ type: [string, integer], maxLength: 9 }",
                "out | response-constraint-loosened risky '' by \"aaaa\"",
            ),
            (
                &one_of(&[STRING, INTEGER]),
                "{ type: [string, integer, boolean] }",
                "out | response-type-widened breaking '' by false",
            ),
        ],
    );
}

/// A union of the same kind among the branches is as good as its own branches.
#[test]
fn unions_in_unions() {
    let boolean = "{ type: boolean }";
    let (flat, nested) = (one_of(&[STRING, INTEGER, boolean]), one_of(&[&one_of(&[STRING, INTEGER]), boolean]));
    let (any, anys) = (any_of(&[STRING, INTEGER, boolean]), any_of(&[boolean, &any_of(&[INTEGER, STRING])]));
    let widened = "out | response-union-widened breaking '' by false";
    holds(
        V31,
        Mode::Strict,
        &[
            (&flat, &nested, "in"),
            (&nested, &flat, "in"),
            (&any, &anys, "in"),
            (&anys, &any, "in"),
            (&nested, &nested, "in"),
            (&one_of(&[STRING, INTEGER]), &nested, widened),
        ],
    );
}

/// A branch that nothing names, and that has changed, is not another one.
#[test]
fn branches_that_have_changed() {
    let (one, other) = (object("a, z", "a: { type: string }, z: { type: string }"), object("b", "b: { type: string }"));
    let changed = object("a, z", "a: { type: string }, z: { type: integer }");
    let list = "{ type: array, items: { type: string } }";
    let optional = |kind: &str| object("", &format!("x: {{ type: {kind} }}, y: {{ type: string }}"));
    let strange = object("q", "q: { type: string }");
    holds(
        V31,
        Mode::Default,
        &[
            (
                &one_of(&[&one, &other]),
                &one_of(&[&changed, &other]),
                "out | response-type-changed breaking '/z' by {\"a\":\"a\",\"z\":0}",
            ),
            (
                &one_of(&[&optional("string"), list]),
                &one_of(&[&optional("integer"), list]),
                "out | response-type-changed breaking '/x' by {\"x\":0}",
            ),
            (
                &one_of(&[&one, list]),
                &one_of(&[&strange, list]),
                "out | response-union-widened breaking '' by {\"q\":\"a\"} | response-union-narrowed compatible ''",
            ),
        ],
    );
}

/// Formats are told apart although no validator does.
#[test]
fn formats_of_branches() {
    let text = |format: &str| format!("{{ type: string, format: {format} }}");
    let (uuid, v4, v6) = (text("uuid"), text("ipv4"), text("ipv6"));
    let (date, time) = (text("date"), text("date-time"));
    let (changed, widened) = ("out | response-format-changed breaking ''", "out | response-union-widened breaking ''");
    holds(
        V31,
        Mode::Default,
        &[
            (&one_of(&[&date, INTEGER]), &one_of(&[&time, INTEGER]), changed),
            (&uuid, &any_of(&[&uuid, &text("email")]), widened),
            (&v4, &one_of(&[&v4, &v6]), widened),
            (&any_of(&[&uuid, &date]), &any_of(&[&uuid, &date, &v4]), widened),
            (&any_of(&[&uuid, STRING]), &any_of(&[&uuid, STRING, &v4]), "in"),
            (&text("x1"), &one_of(&[&text("x1"), &text("x2")]), "unknown | schema-comparison-unknown risky ''"),
        ],
    );
}

/// A union of listed values is held against what was said as a whole.
#[test]
fn listed_values() {
    let constants = |to: usize| {
        let all: Vec<String> = (0..to).map(|number| format!("{{ const: v{number} }}")).collect();
        format!("{{ oneOf: [{}] }}", all.join(", "))
    };
    let listed =
        |to: usize| format!("{{ enum: [{}] }}", (0..to).map(|number| format!("v{number}")).collect::<Vec<_>>().join(", "));
    let added = "out | response-enum-value-added risky ''";
    let start = std::time::Instant::now();
    holds(
        V31,
        Mode::Default,
        &[
            (&listed(9_000), &constants(9_000), "in"),
            (&constants(5_000), &listed(5_000), "in"),
            (&listed(9_000), &constants(9_001), &format!("{added} by \"v9000\"")),
            (&listed(10), &constants(5_000), &format!("{added} by \"v10\"")),
            ("{ type: string, maxLength: 2 }", &one_of(&["{ const: ab }", "{ const: abc, maxLength: 2 }"]), "in"),
            (
                "{ type: string, maxLength: 2 }",
                &one_of(&["{ const: ab, maxLength: 2 }", "{ const: abc }"]),
                "out | response-constraint-loosened risky '' by \"abc\"",
            ),
        ],
    );
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

/// An object that may be something else as well is told about for itself.
#[test]
fn one_of_the_branches_is_what_it_was() {
    let (old, new) = (object("a, b", "a: {}, b: {}"), object("a", "a: {}, b: {}"));
    holds(
        V31,
        Mode::Default,
        &[(
            &old,
            &any_of(&[STRING, &new]),
            "out | response-union-widened breaking '' by \"a\" | response-property-became-optional breaking '/b' by {\"a\":false}",
        )],
    );
}

/// Which branch stands for which does not depend on how strictly the differences are taken.
#[test]
fn modes_say_the_same() {
    let inline = |inner: &str| one_of(&[INTEGER, &object("k", &format!("k: {{ type: string }}, x: {inner}"))]);
    let table = [
        ("{ enum: [a] }", "{ enum: [a, b] }", "response-enum-value-added"),
        ("{ type: integer, minimum: 1 }", INTEGER, "response-constraint-loosened"),
        ("{ type: string, pattern: a }", STRING, "response-pattern-changed"),
        ("{ type: string, format: uuid }", STRING, "response-format-changed"),
        ("{ type: object, additionalProperties: false }", "{ type: object }", "response-object-opened"),
    ];
    for (old, new, rule) in table {
        for (mode, class) in [(Mode::Default, "risky"), (Mode::Strict, "breaking")] {
            let said = super::said(mode, (V31, &inline(old)), (V31, &inline(new)));
            assert!(said.starts_with(&format!("out | {rule} {class} '/x'")), "{mode:?}: {said}");
        }
    }
}

/// Null is a matter of the whole: a branch that allows it now is the branch it was.
#[test]
fn null_in_branches() {
    let null_too = |name: &str| format!("{{ type: [{name}, 'null'] }}");
    let nullable = "out | response-became-nullable breaking '' by null";
    let (text, number) = (null_too("string"), null_too("integer"));
    holds(
        V31,
        Mode::Default,
        &[
            (&any_of(&[STRING, INTEGER]), &any_of(&[&text, &number]), nullable),
            (&any_of(&[STRING, INTEGER]), &any_of(&[&text, INTEGER]), nullable),
            (&one_of(&[STRING, INTEGER]), &one_of(&[&text, INTEGER]), nullable),
            (&any_of(&[STRING, INTEGER]), &any_of(&[STRING, INTEGER, "{ type: 'null' }"]), nullable),
            (&any_of(&[&text, INTEGER]), &any_of(&[STRING, &number]), "in"),
            (&any_of(&[&text, INTEGER]), &any_of(&[STRING, INTEGER]), "in"),
            (STRING, &any_of(&[&text]), nullable),
            (
                &any_of(&[STRING, INTEGER]),
                &text,
                "out | response-became-nullable breaking '' by null | response-union-narrowed compatible ''",
            ),
        ],
    );
}

/// Lists of what has changed are told as what has changed.
#[test]
fn branches_that_are_lists() {
    let list = |required: &str, properties: &str| format!("{{ type: array, items: {} }}", object(required, properties));
    let (one, other) = (list("id", "id: { type: string }, a: {}"), list("b", "b: { type: string }"));
    let changed = list("id", "id: { type: integer }, a: {}");
    holds(
        V31,
        Mode::Default,
        &[
            (
                &one_of(&[&one, &other]),
                &one_of(&[&changed, &other]),
                "out | response-type-changed breaking '/-/id' by [{\"id\":0}]",
            ),
            (
                &any_of(&["{ type: array, items: { type: string } }", INTEGER]),
                &any_of(&["{ type: array, items: { type: [string, 'null'] } }", INTEGER]),
                "out | response-became-nullable breaking '/-' by [null]",
            ),
            (
                &any_of(&[&object("a", "a: { type: string }"), &object("b", "b: { type: string }")]),
                &any_of(&[&object("a", "a: { type: [string, 'null'] }"), &object("b", "b: { type: string }")]),
                "out | response-became-nullable breaking '/a' by {\"a\":null}",
            ),
            (
                &any_of(&[&one, &other]),
                &any_of(&[&changed, &other]),
                "out | response-type-changed breaking '/-/id' by [{\"id\":0}]",
            ),
        ],
    );
}

/// A union in a union says what its branches would say outside of it.
#[test]
fn unions_behind_references() {
    let (cat, fox) = ("{ $ref: '#/components/schemas/Cat' }", "{ $ref: '#/components/schemas/Fox' }");
    let pets = "{ $ref: '#/components/schemas/Pets' }";
    let list = "{ type: array, items: { type: string } }";
    holds(
        V31,
        Mode::Default,
        &[
            (&any_of(&[list, &any_of(&[cat, fox])]), &any_of(&[list, pets]), "in"),
            (&any_of(&[list, pets]), &any_of(&[list, &any_of(&[cat, fox])]), "in"),
            (&any_of(&[cat, fox, list]), &any_of(&[pets, list]), "in"),
            (
                &any_of(&[cat, list]),
                &any_of(&[pets, list]),
                "out | response-union-widened breaking '' by {\"kind\":\"a\",\"tail\":false}",
            ),
        ],
    );
}
