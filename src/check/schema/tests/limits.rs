//! What would take for ever, or break the stack.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{V30, V31, json, words};
use crate::check::schema::Schemas;
use crate::openapi::{Schema, Version, View, load};
use crate::provider::InMemory;

/// What is said about a value held against the component `S0`, in a thread with three quarters of the stack that workers
/// have.
fn said(version: Version, components: &str, value: &str) -> String {
    let (text, value) = (format!("components:\n{components}"), value.to_owned());
    let start = Instant::now();
    let ask = move || {
        let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project;
        let root = project.file("a.yaml").unwrap().roots().next().unwrap();
        let schema = Schema(View::new(&project, version, root.get("components").unwrap().get("S0").unwrap()));
        words(Schemas::new(false).body(schema, json(&value).roots().next().unwrap()))
    };
    let said = std::thread::Builder::new().stack_size(3 << 19).spawn(ask).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
    said
}

fn components(count: usize, line: impl Fn(usize, usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        writeln!(text, "  S{number}: {}", line(number, number + 1)).unwrap();
    }
    writeln!(text, "  S{count}: {{ type: string }}").unwrap();
    text
}

const LARGE: &str = "unknown: the schema is too large";

#[test]
fn lattices_and_fans() {
    let lattice = components(40, |_, next| {
        format!("{{ allOf: [{{ $ref: '#/components/S{next}' }}, {{ $ref: '#/components/S{next}' }}] }}")
    });
    assert_eq!(said(V30, &lattice, "1"), LARGE);
    let fan = "  S0: { type: object, anyOf: [{ properties: { a: { $ref: '#/components/S0' } } }, { properties: { a: { $ref: '#/components/S0' }, b: { type: string } } }], required: [a] }\n";
    let deep = format!("{}1{}", "{\"a\": ".repeat(100), "}".repeat(100));
    assert_eq!(said(V30, fan, &deep), "unknown: holding the value against this schema takes too much work");
    let bush = components(1, |_, _| format!("{{ anyOf: [{}] }}", vec!["{ $ref: '#/components/S1' }"; 25_000].join(", ")));
    assert_eq!(said(V30, &bush, "1"), LARGE);
}

#[test]
fn chains() {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let chain = components(10_000, |_, next| format!("{{ {keyword}: [{{ $ref: '#/components/S{next}' }}] }}"));
        assert_eq!(said(V31, &chain, "1"), "unknown: the value is nested too deeply for this schema");
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let chain = components(1_490, |_, next| format!("{{ {keyword}: [{{ $ref: '#/components/S{next}' }}] }}"));
        assert_eq!(said(V31, &chain, "\"a\""), "fits");
        assert_eq!(said(V31, &chain, "1"), "type at '': is an integer and must be a string");
    }
    let members = components(10_000, |_, next| format!("{{ properties: {{ a: {{ $ref: '#/components/S{next}' }} }} }}"));
    assert_eq!(said(V31, &members, "{\"a\": {\"a\": 1}}"), "fits");
    let circle = "  S0: { oneOf: [{ $ref: '#/components/S1' }, { $ref: '#/components/S2' }] }\n  S1: { allOf: [{ $ref: '#/components/S0' }, { required: [a] }] }\n  S2: { allOf: [{ $ref: '#/components/S0' }, { required: [b] }] }\n";
    assert_eq!(said(V30, circle, "{\"a\": 1}"), "fits");
}

#[test]
fn deep_and_wide_values() {
    let recursive = "  S0: { type: object, allOf: [{ $ref: '#/components/S1' }] }\n  S1: { properties: { a: { $ref: '#/components/S0' } }, additionalProperties: false }\n";
    let deep = |levels: usize| format!("{}1{}", "{\"a\": ".repeat(levels), "}".repeat(levels));
    assert_eq!(said(V31, recursive, &deep(10_000)), "unknown: the value could not be read whole");
    assert_eq!(said(V31, recursive, &deep(250)), format!("type at '{}': is an integer and must be an object", "/a".repeat(250)));
    let members: Vec<String> = (0..100_000).map(|number| format!("\"m{number}\": {number}")).collect();
    let wide = format!("{{{}}}", members.join(","));
    let properties: Vec<String> = (0..1_000).map(|number| format!("m{number}: {{ type: integer }}")).collect();
    assert_eq!(
        said(
            V31,
            &format!("  S0: {{ properties: {{ {} }}, additionalProperties: {{ type: integer }} }}\n", properties.join(", ")),
            &wide
        ),
        "fits"
    );
    let many = format!("[{}]", vec!["1"; 500_000].join(","));
    assert_eq!(
        said(V31, "  S0: { items: { anyOf: [{ type: string }, { type: object }] } }\n", &many),
        "anyOf at '/0': fits none of the 2 alternatives"
    );
    assert_eq!(said(V31, "  S0: { uniqueItems: true }\n", &many), "uniqueItems at '': repeats an item");
}
