//! Large, deep and circular schemas come to an end.

use std::fmt::Write as _;
use std::time::Instant;

use super::{V31, compared, said};
use crate::diff::Mode;
use crate::diff::schema::Inclusion;

fn quick(what: &str, old: &str, new: &str) -> String {
    let start = Instant::now();
    let said = said(Mode::Default, (V31, old), (V31, new));
    let took = start.elapsed();
    println!("{what}: {took:?}, {said:.100}");
    assert!(took.as_secs() < 10, "{what}: {took:?}");
    said
}

#[test]
fn recursion_ends() {
    let node = "{ $ref: '#/components/schemas/Node' }";
    assert_eq!(quick("recursive", node, node), "in");
    let inline = "{ type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#/schema' }, { type: string }] } } }";
    let said = quick("recursive with a change", node, inline);
    assert!(said.contains("response-union-widened breaking '/next' by {\"next\":\"a\"}"), "{said}");
    assert_eq!(quick("only itself", "{ allOf: [{ $ref: '#/schema' }] }", "{ allOf: [{ $ref: '#/schema' }] }"), "in");
    assert!(quick("alias of itself", "{ type: string }", "{ $ref: '#/schema' }").starts_with("unknown"));
}

#[test]
fn unions_of_thousands() {
    let branch = |number: usize, kind: &str| {
        format!("{{ type: object, required: [k], properties: {{ k: {{ const: v{number} }}, x: {{ type: {kind} }} }} }}")
    };
    let all =
        |kind: &str| format!("{{ oneOf: [{}] }}", (0..10_000).map(|number| branch(number, kind)).collect::<Vec<_>>().join(", "));
    let plain = |kind: &str| {
        let branch =
            |number: usize| format!("{{ type: object, required: [r{number}], properties: {{ r{number}: {{ type: {kind} }} }} }}");
        format!("{{ anyOf: [{}] }}", (0..10_000).map(branch).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(quick("tagged branches", &all("string"), &all("string")), "in");
    let changed =
        compared(Mode::Default, (V31, &all("string")), (V31, &all("integer")), |inclusion, changes| (inclusion, changes.len()));
    assert_eq!(changed, (Inclusion::NotIncluded, 10_000));
    assert_eq!(quick("branches without a sign", &plain("string"), &plain("string")), "in");
    assert!(!quick("branches without a sign that changed", &plain("string"), &plain("integer")).starts_with("in"));
}

#[test]
fn deep_schemas() {
    let nested = |kind: &str, depth: usize| {
        let mut text = format!("{{ type: {kind} }}");
        for _ in 0..depth {
            text = format!("{{ type: array, items: {text} }}");
        }
        text
    };
    for depth in [90, 200, 240] {
        let said = quick(&format!("{depth} deep"), &nested("string", depth), &nested("integer", depth));
        assert!(said.starts_with("out | response-type-changed breaking '/…/-/-"), "{said}");
    }
}

#[test]
fn lattices() {
    let mut shared = String::from("{ $ref: '#/l0' }\n");
    let mut unions = String::from("{ $ref: '#/l0' }\n");
    for level in 0..60 {
        let next = level + 1;
        let _ = writeln!(
            shared,
            "l{level}: {{ allOf: [{{ $ref: '#/l{next}' }}, {{ $ref: '#/l{next}' }}], properties: {{ a: {{ $ref: '#/l{next}' }}, b: {{ $ref: '#/l{next}' }} }} }}"
        );
        let _ = writeln!(
            unions,
            "l{level}: {{ allOf: [{{ anyOf: [{{ title: A, required: [a{level}] }}, {{ title: B, required: [b{level}] }}] }}, {{ $ref: '#/l{next}' }}] }}"
        );
    }
    shared.push_str("l60: { type: object }\n");
    unions.push_str("l60: { type: object }\n");
    quick("a lattice of allOf", &shared, &shared);
    let said = quick("sixty unions at once", &unions, &unions);
    assert!(said == "in" || said.starts_with("unknown"), "{said}");
}

/// Alternatives that multiply: four lists of twenty, and what stands beside them.
fn multiplied(lists: usize, branches: usize) -> String {
    let branch =
        |list: usize, number: usize| format!("{{ properties: {{ k{list}: {{ const: v{number} }} }}, required: [k{list}] }}");
    let list = |list: usize| (0..branches).map(|number| branch(list, number)).collect::<Vec<_>>().join(", ");
    let all: Vec<String> = (0..lists).map(|number| format!("{{ oneOf: [{}] }}", list(number))).collect();
    format!("{{ allOf: [{}] }}", all.join(", "))
}

/// What takes too much work is the same where it is written alike, and leaves something to what is beside it.
#[test]
fn what_is_too_large() {
    let beside = |big: &str, kind: &str| format!("{{ properties: {{ big: {big}, small: {{ type: {kind} }} }} }}");
    let mut chain = String::from("{ $ref: '#/b0' }\n");
    for level in 0..30 {
        let next = level + 1;
        let _ = writeln!(chain, "b{level}: {{ anyOf: [{{ $ref: '#/b{next}' }}, {{ $ref: '#/b{next}' }}] }}");
    }
    chain.push_str("b30: { type: object, required: [a] }\n");
    for (lists, branches) in [(5, 8), (3, 30), (4, 20)] {
        let big = multiplied(lists, branches);
        assert_eq!(quick(&format!("{lists} lists of {branches}"), &big, &big), "in");
        let changed = "out | response-type-changed breaking '/small' by {\"small\":0}";
        assert_eq!(quick("beside what is the same", &beside(&big, "string"), &beside(&big, "integer")), changed);
        let (old, new) = (beside(&big, "string"), beside(&big.replacen("v0", "w0", 1), "integer"));
        let said = quick("beside what is too large", &old, &new);
        assert!(said.contains("response-type-changed breaking '/small'"), "{said}");
        assert!(said.contains("'/big'"), "{said}");
    }
    assert_eq!(quick("a chain of unions", &chain, &chain), "in");
}
