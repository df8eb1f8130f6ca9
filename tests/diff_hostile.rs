//! Descriptions made to keep the comparison busy: it comes to an end soon, says what it gives up, and needs little stack.
#![expect(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test says what it expects and what it saw")]
#![expect(clippy::needless_pass_by_value, reason = "parts of descriptions read well where they are written")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use statusquo::diff::{Mode, Options, compare};
use statusquo::facts::{Api, api};
use statusquo::openapi::{Project, load, version_of};
use statusquo::provider::InMemory;

/// How long a comparison may take, whatever is compared.
const LONGEST: Duration = Duration::from_secs(5);

/// The stack of a thread that compares.
const STACK: usize = 2 << 20;

/// How often each rule has something to say.
type Said = BTreeMap<String, usize>;

/// What was said about two descriptions: how often each rule came.
fn said(what: &str, old: &Value, new: &Value) -> Said {
    let (old, new) = (old.to_string(), new.to_string());
    let files = InMemory::new().with("old.json", old).with("new.json", new);
    let project = load(&["old.json".to_owned(), "new.json".to_owned()], &files).project;
    let compared = || {
        let started = Instant::now();
        let (old, new) = (read(&project, "old.json"), read(&project, "new.json"));
        let compared = compare(&old, &new, &Options { mode: Mode::Default, ..Options::default() });
        let mut said = Said::new();
        for change in &compared.changes {
            *said.entry(change.rule.to_owned()).or_default() += 1;
        }
        (said, compared.changes.iter().map(|change| change.operations.len()).max(), started.elapsed())
    };
    let (said, operations, took) = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, compared);
        thread.expect("a thread").join().expect("a comparison that ends")
    });
    println!("{what}: {took:.1?}, {said:?}, in up to {} operations", operations.unwrap_or_default());
    assert!(took < LONGEST, "{what} took {took:?}");
    said
}

fn read<'p>(project: &'p Project, name: &str) -> Api<'p> {
    let file = project.file(name).unwrap();
    assert!(file.faults().is_empty(), "{:?}", file.faults().first());
    let root = file.roots().next().unwrap();
    api(project, version_of(root).unwrap().version.unwrap(), root)
}

/// A description with this schema of a response, and these components.
fn answering(schema: Value, schemas: Value) -> Value {
    let response = json!({ "description": "x", "content": { "application/json": { "schema": schema } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Example", "version": "1" },
        "paths": { "/orders": { "get": { "responses": { "200": response } } } },
        "components": { "schemas": schemas }
    })
}

fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn map(entries: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn nothing() -> Said {
    Said::new()
}

fn only(rule: &str, count: usize) -> Said {
    Said::from([(rule.to_owned(), count)])
}

const UNKNOWN: &str = "schema-comparison-unknown";

/// What is around a schema, by name.
type Way = (&'static str, fn(Value) -> Value);

/// Schemas that come back to themselves, with something beside that is of this type.
fn recursive(kind: &str) -> Vec<(&'static str, Value)> {
    let leaf = json!({ "type": kind });
    let a = || to("A");
    let own = |schema: Value| json!({ "A": schema });
    vec![
        ("properties", own(json!({ "type": "object", "properties": { "next": a(), "leaf": leaf } }))),
        ("items", own(json!({ "type": "array", "items": { "anyOf": [a(), leaf] } }))),
        ("additionalProperties", own(json!({ "additionalProperties": a(), "properties": { "leaf": leaf } }))),
        ("allOf", own(json!({ "allOf": [a(), { "properties": { "leaf": leaf, "next": a() } }] }))),
        ("oneOf", own(json!({ "oneOf": [a(), { "properties": { "leaf": leaf, "next": a() } }] }))),
        ("anyOf of oneOf", own(json!({ "anyOf": [{ "oneOf": [a(), { "type": "null" }] }, { "properties": { "leaf": leaf } }] }))),
        ("a tuple", own(json!({ "prefixItems": [leaf, a()], "items": a() }))),
        ("patterns", own(json!({ "patternProperties": { "^a": a() }, "properties": { "leaf": leaf } }))),
        ("not", own(json!({ "properties": { "leaf": leaf, "next": { "not": a() } } }))),
        ("if", own(json!({ "if": a(), "then": { "properties": { "leaf": leaf } } }))),
        (
            "each other",
            json!({
                "A": { "properties": { "b": to("B"), "c": { "oneOf": [to("C"), { "type": "null" }] } } },
                "B": { "type": "array", "items": to("C") },
                "C": { "allOf": [to("A"), { "properties": { "a": a(), "b": to("B"), "leaf": leaf } }] }
            }),
        ),
        (
            "each other through allOf",
            json!({
                "A": { "allOf": [to("B"), { "properties": { "leaf": leaf } }] },
                "B": { "allOf": [to("C"), a()] },
                "C": { "oneOf": [a(), to("B")] }
            }),
        ),
    ]
}

#[test]
fn schemas_that_come_back() {
    for ((what, same), (_, other)) in recursive("string").into_iter().zip(recursive("integer")) {
        let (old, new) = (answering(to("A"), same), answering(to("A"), other));
        assert_eq!(said(what, &old, &old), nothing(), "{what}");
        let changed = said(&format!("{what}, changed"), &old, &new);
        assert!(!changed.is_empty(), "{what}");
    }
}

#[test]
fn circles_of_nothing_but_references() {
    let circle = |length: usize| map((0..length).map(|at| (format!("S{at}"), to(&format!("S{}", (at + 1) % length)))));
    for length in [1, 2, 3, 60, 10_000] {
        let old = answering(to("S0"), circle(length));
        // What is too long to be followed may end as something else.
        let same = if length > 60 { only(UNKNOWN, 1) } else { nothing() };
        assert_eq!(said(&format!("a circle of {length}"), &old, &old), same);
        let new = answering(json!({ "type": "string" }), json!({}));
        assert!(said("a circle becomes a string", &old, &new).contains_key(UNKNOWN));
        assert!(said("a string becomes a circle", &new, &old).contains_key(UNKNOWN));
        let part = |key: &str| answering(json!({ key: [to("S0"), { "type": "string" }] }), circle(length));
        for key in ["allOf", "anyOf", "oneOf", "prefixItems"] {
            let found = said(&format!("a circle in {key}"), &part(key), &part(key));
            assert!(found == nothing() || length > 60 && found.keys().eq([UNKNOWN]), "{found:?}");
        }
    }
    let mut responses = old_fashioned_circle();
    assert_eq!(said("a circle of responses", &responses, &responses.clone()), nothing());
    let old = responses.clone();
    responses["components"]["responses"]["B"] = json!({ "description": "x" });
    said("a circle of responses that ends", &old, &responses);
}

/// A description whose response and header come back to themselves.
fn old_fashioned_circle() -> Value {
    let mut description = answering(json!({}), json!({}));
    let header = json!({ "X-A": { "$ref": "#/components/headers/A" } });
    description["paths"]["/orders"]["get"]["responses"] = json!({
        "200": { "$ref": "#/components/responses/A" },
        "404": { "description": "x", "headers": header }
    });
    let circle = |kind: &str| {
        let to = |name: &str| json!({ "$ref": format!("#/components/{kind}/{name}") });
        json!({ "A": to("B"), "B": to("A") })
    };
    description["components"] = json!({ "responses": circle("responses"), "headers": circle("headers") });
    description
}

/// What makes a branch.
type Branch = fn(usize, &str) -> Value;

/// Ten thousand branches, in ways of telling them apart.
fn branches() -> Vec<(&'static str, Branch)> {
    vec![
        (
            "constants",
            |at, kind| json!({ "required": ["k"], "properties": { "k": { "const": format!("v{at}") }, "x": { "type": kind } } }),
        ),
        ("titles", |at, kind| json!({ "title": format!("T{at}"), "properties": { "x": { "type": kind } } })),
        ("references", |at, _| to(&format!("S{at}"))),
        (
            "no sign",
            |at, kind| json!({ "type": "object", "required": [format!("r{at}")], "properties": { format!("r{at}"): { "type": kind } } }),
        ),
        ("no difference", |_, kind| json!({ "type": "object", "properties": { "x": { "type": kind } } })),
        ("values", |at, kind| if kind == "string" { json!({ "const": format!("v{at}") }) } else { json!({ "const": at }) }),
    ]
}

#[test]
fn unions_of_thousands() {
    const COUNT: usize = 10_000;
    for (what, branch) in branches() {
        let union = |key: &str, list: Vec<Value>, kind: &str| {
            let part = |at: usize| {
                (format!("S{at}"), json!({ "required": [format!("r{at}")], "properties": { "x": { "type": kind } } }))
            };
            answering(json!({ key: list }), map((0..=COUNT).map(part)))
        };
        let all = |kind: &str| (0..COUNT).map(|at| branch(at, kind)).collect::<Vec<_>>();
        for key in ["oneOf", "anyOf"] {
            let old = union(key, all("string"), "string");
            assert_eq!(said(&format!("{key}, {what}"), &old, &old), nothing());
            let reversed = union(key, all("string").into_iter().rev().collect(), "string");
            assert_eq!(said(&format!("{key}, {what}, reversed"), &old, &reversed), nothing());
            let more = union(key, all("string").into_iter().chain([branch(COUNT, "string")]).collect(), "string");
            said(&format!("{key}, {what}, one more"), &old, &more);
            said(&format!("{key}, {what}, one less"), &more, &old);
            let changed = said(&format!("{key}, {what}, all changed"), &old, &union(key, all("integer"), "integer"));
            assert!(!changed.is_empty(), "{what}");
        }
    }
}

#[test]
fn deep_nesting() {
    let nested = |kind: &str, depth: usize, around: fn(Value) -> Value| {
        let inner = (0..depth).fold(json!({ "type": kind }), |inner, _| around(inner));
        answering(inner, json!({}))
    };
    let ways: [(Way, usize); 6] = [
        (("items", |inner| json!({ "items": inner })), 200),
        (("properties", |inner| json!({ "properties": { "a": inner } })), 115),
        (("allOf", |inner| json!({ "allOf": [inner] })), 110),
        (("anyOf", |inner| json!({ "anyOf": [inner, { "type": "boolean" }] })), 110),
        (("oneOf", |inner| json!({ "oneOf": [inner, { "type": "array", "items": { "type": "boolean" } }] })), 110),
        (("not", |inner| json!({ "not": inner })), 200),
    ];
    for ((what, around), depth) in ways {
        let (old, new) = (nested("string", depth, around), nested("integer", depth, around));
        let same = said(&format!("{depth} deep, {what}"), &old, &old);
        assert!(same == nothing() || same == only(UNKNOWN, 1), "{what}: {same:?}");
        let changed = said(&format!("{depth} deep, {what}, changed"), &old, &new);
        assert!(!changed.is_empty(), "{what}");
    }
}

#[test]
fn long_chains() {
    const LENGTH: usize = 10_000;
    let ways: [Way; 6] = [
        ("nothing else", |next| next),
        ("properties", |next| json!({ "type": "object", "properties": { "next": next } })),
        ("allOf", |next| json!({ "allOf": [next, { "type": "object" }] })),
        ("oneOf", |next| json!({ "oneOf": [next, { "type": "array" }] })),
        ("anyOf in properties", |next| json!({ "properties": { "a": { "anyOf": [next, { "type": "null" }] } } })),
        ("not", |next| json!({ "not": next })),
    ];
    for (what, around) in ways {
        let chain = |kind: &str| {
            let links = (0..LENGTH).map(|at| (format!("S{at}"), around(to(&format!("S{}", at + 1)))));
            answering(to("S0"), map(links.chain([(format!("S{LENGTH}"), json!({ "type": kind }))])))
        };
        let (old, new) = (chain("object"), chain("string"));
        let same = said(&format!("a chain of {what}"), &old, &old);
        // It may be said of what lies too deep and of what is too large.
        let is_open = (1..=2).any(|count| same == only(UNKNOWN, count));
        assert!(same == nothing() || is_open, "{what}: {same:?}");
        assert!(!said(&format!("a chain of {what}, changed"), &old, &new).is_empty(), "{what}");
    }
}

/// Each part of a chain is told for those that are near it, and not for all that lead to it.
#[test]
fn a_chain_that_is_used_everywhere() {
    const LENGTH: usize = 300;
    let chain = |kind: &str| {
        let schema = |at: usize| json!({ "properties": { "value": { "type": kind }, "next": to(&format!("S{}", (at + 1).min(LENGTH - 1))) } });
        let mut all = answering(json!({}), map((0..LENGTH).map(|at| (format!("S{at}"), schema(at)))));
        let one = |at: usize| answering(to(&format!("S{at}")), json!({}))["paths"]["/orders"].clone();
        all["paths"] = map((0..LENGTH).map(|at| (format!("/orders/{at}"), one(at))));
        all
    };
    let (old, new) = (chain("string").to_string(), chain("integer").to_string());
    let files = InMemory::new().with("old.json", old).with("new.json", new);
    let project = load(&["old.json".to_owned(), "new.json".to_owned()], &files).project;
    let (old, new) = (read(&project, "old.json"), read(&project, "new.json"));
    let changes = compare(&old, &new, &Options { mode: Mode::Default, ..Options::default() }).changes;
    assert!(changes.len() >= LENGTH, "{}", changes.len());
    let most = changes.iter().map(|change| change.operations.len()).max().unwrap();
    assert!((50..70).contains(&most), "{most}");
}

#[test]
fn many_properties() {
    const COUNT: usize = 50_000;
    let name = |at: usize| format!("p{at}");
    let object = |kind: &str, from: usize| {
        let properties = map((from..COUNT).map(|at| (name(at), json!({ "type": kind }))));
        answering(
            json!({ "type": "object", "properties": properties, "required": (from..COUNT).map(name).collect::<Vec<_>>() }),
            json!({}),
        )
    };
    let old = object("string", 0);
    assert_eq!(said("50000 properties", &old, &old), nothing());
    let gone = said("one gone", &old, &object("string", 1));
    assert_eq!(gone, only("response-property-removed", 1));
    said("one more", &object("string", 1), &old);
    said("all gone", &old, &object("string", COUNT));
    said("all changed", &old, &object("integer", 0));
    said("all may be missing", &old, &answering(json!({ "type": "object" }), json!({})));
}

#[test]
fn many_parts() {
    for count in [1_000, 5_000, 20_000] {
        let whole = |kind: &str, order: &mut dyn Iterator<Item = usize>| {
            let part =
                |at: usize| json!({ "properties": { format!("p{at}"): { "type": kind } }, "required": [format!("p{at}")] });
            answering(json!({ "allOf": order.map(part).collect::<Vec<_>>() }), json!({}))
        };
        let old = whole("string", &mut (0..count));
        let ended = |said: &Said| said.is_empty() || *said == only(UNKNOWN, 1);
        let same = said(&format!("{count} parts"), &old, &old);
        assert!(ended(&same), "{same:?}");
        assert!(count > 5_000 || same.is_empty(), "{same:?}");
        let reversed = said(&format!("{count} parts, reversed"), &old, &whole("string", &mut (0..count).rev()));
        assert!(ended(&reversed), "{reversed:?}");
        assert!(!said(&format!("{count} parts, changed"), &old, &whole("integer", &mut (0..count))).is_empty());
    }
}

#[test]
fn many_keywords() {
    const COUNT: usize = 5_000;
    let list = |count: usize, one: &dyn Fn(usize) -> Value| (0..count).map(one).collect::<Vec<_>>();
    let name = |at: usize| format!("p{at}");
    // Only the last one differs.
    let shifted = |at: usize, by: usize| if at + 1 == COUNT { at + by } else { at };
    let nots = |by: usize| json!({ "allOf": list(COUNT, &|at| json!({ "not": { "const": shifted(at, by) } })) });
    let dependent =
        |by: usize| json!({ "dependentRequired": map((0..COUNT).map(|at| (name(at), json!([name(shifted(at, by) + 1)])))) });
    let patterns = |kind: &str| {
        let patterns = map((0..COUNT).map(|at| (format!("^p{at}$"), json!({ "type": kind }))));
        json!({ "patternProperties": patterns, "properties": map((0..COUNT).map(|at| (name(at), json!({ "type": "string" })))) })
    };
    let places = |kind: &str| json!({ "prefixItems": list(50_000, &|_| json!({ "type": kind })) });
    let unions = |from: usize| json!({ "allOf": list(200, &|at| json!({ "anyOf": [{ "required": [name(at)] }, { "required": [name(at + from)] }] })) });
    for (what, old, new) in [
        ("not", nots(1), nots(2)),
        ("dependentRequired", dependent(1), dependent(2)),
        ("patternProperties", patterns("string"), patterns("integer")),
        ("prefixItems", places("string"), places("integer")),
        ("anyOf in allOf", unions(1), unions(2)),
    ] {
        let (old, new) = (answering(old, json!({})), answering(new, json!({})));
        let same = said(&format!("thousands of {what}"), &old, &old);
        assert!(same == nothing() || same == only(UNKNOWN, 1), "{what}: {same:?}");
        assert!(!said(&format!("thousands of {what}, changed"), &old, &new).is_empty(), "{what}");
    }
}

#[test]
fn fans() {
    let ways: [Way; 7] = [
        ("properties", |next| json!({ "properties": { "a": next, "b": next } })),
        ("items and others", |next| json!({ "items": next, "additionalProperties": next })),
        ("allOf", |next| json!({ "allOf": [next, next] })),
        ("allOf and properties", |next| json!({ "allOf": [next, { "allOf": [next] }], "properties": { "a": next, "b": next } })),
        ("oneOf", |next| json!({ "oneOf": [{ "properties": { "a": next } }, { "properties": { "b": next } }] })),
        ("anyOf of the same", |next| json!({ "anyOf": [next, next] })),
        ("not", |next| json!({ "not": { "properties": { "a": next, "b": next } } })),
    ];
    for (what, around) in ways {
        let fan = |kind: &str| {
            let levels = (0..60).map(|at| (format!("S{at}"), around(to(&format!("S{}", at + 1)))));
            answering(to("S0"), map(levels.chain([("S60".to_owned(), json!({ "type": kind }))])))
        };
        let same = said(&format!("a fan of {what}"), &fan("object"), &fan("object"));
        assert!(same == nothing() || same == only(UNKNOWN, 1), "{what}: {same:?}");
        assert!(!said(&format!("a fan of {what}, changed"), &fan("object"), &fan("string")).is_empty(), "{what}");
    }
    let lattice = |kind: &str| {
        let parts = |at: usize| (0..30).map(|other| to(&format!("S{}", at + 1 + other % 3))).collect::<Vec<_>>();
        let levels = (0..60).map(|at| {
            (format!("S{at}"), json!({ "allOf": parts(at), "properties": { format!("p{at}"): to(&format!("S{}", at + 2)) } }))
        });
        let last = (60..70).map(|at| (format!("S{at}"), json!({ "type": kind })));
        answering(to("S0"), map(levels.chain(last)))
    };
    assert_eq!(said("a lattice", &lattice("object"), &lattice("object")), nothing());
    assert!(!said("a lattice, changed", &lattice("object"), &lattice("string")).is_empty());
}

#[test]
fn many_values() {
    const COUNT: usize = 100_000;
    let listed = |order: &mut dyn Iterator<Item = usize>, more: &Value| {
        let mut schema = json!({ "enum": order.map(|at| format!("v{at}")).collect::<Vec<_>>() });
        schema.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        answering(schema, json!({}))
    };
    for (what, more) in [("values", json!({})), ("values with a pattern", json!({ "type": "string", "pattern": "^v" }))] {
        let old = listed(&mut (0..COUNT), &more);
        assert_eq!(said(what, &old, &old), nothing());
        assert_eq!(said(&format!("{what}, reversed"), &old, &listed(&mut (0..COUNT).rev(), &more)), nothing());
        let added = only("response-enum-value-added", 1);
        assert_eq!(said(&format!("{what}, one more"), &old, &listed(&mut (0..=COUNT), &more)), added);
        assert_eq!(said(&format!("{what}, all changed"), &old, &listed(&mut (COUNT..2 * COUNT), &more)), added);
        assert_eq!(said(&format!("{what}, one less"), &listed(&mut (0..=COUNT), &more), &old), nothing());
    }
    let limited = answering(json!({ "type": "string", "pattern": "^v", "maxLength": 20 }), json!({}));
    said("a text becomes values", &limited, &listed(&mut (0..COUNT), &json!({})));
    said("values become a text", &listed(&mut (0..COUNT), &json!({})), &limited);
}

#[test]
fn many_operations() {
    const COUNT: usize = 10_000;
    let description = |kind: &str, one: &dyn Fn(usize) -> Value| {
        let mut description = answering(json!({}), json!({ "Shared": { "properties": { "a": { "type": kind } } } }));
        description["paths"] = map((0..COUNT).map(|at| (format!("/p{at}"), json!({ "get": { "responses": one(at) } }))));
        description
    };
    let body = |schema: Value| json!({ "description": "x", "content": { "application/json": { "schema": schema } } });
    let shared = |_: usize| json!({ "200": body(to("Shared")), "201": body(to("Shared")) });
    let old = description("string", &shared);
    assert_eq!(said("10000 operations", &old, &old), nothing());
    assert_eq!(said("a shared schema", &old, &description("integer", &shared)).values().sum::<usize>(), 1);
    let around = |at: usize| json!({ "200": body(json!({ "properties": { format!("p{at}"): to("Shared") } })) });
    let (before, after) = (description("string", &around), description("integer", &around));
    assert_eq!(said("a schema that different ones share", &before, &after), only("response-type-changed", 1));
    let own = |kind: &'static str| move |_: usize| json!({ "200": body(json!({ "properties": { "a": { "type": kind } } })) });
    let (before, after) = (description("string", &own("string")), description("string", &own("integer")));
    assert_eq!(said("a schema of each", &before, &after), only("response-type-changed", COUNT));
    let mut gone = old.clone();
    gone["paths"] = json!({});
    assert_eq!(said("all operations gone", &old, &gone), only("operation-removed", COUNT));
    said("all operations new", &gone, &old);
}

#[test]
fn many_of_everything_else() {
    const COUNT: usize = 10_000;
    let response = |response: Value| {
        let mut description = answering(json!({}), json!({}));
        description["paths"]["/orders"]["get"]["responses"]["200"] = response;
        description
    };
    let headers = |start: usize| {
        let header = |at: usize| (format!("X-{at}"), json!({ "schema": { "type": "string" } }));
        response(json!({ "description": "x", "headers": map((start..start + COUNT).map(header)) }))
    };
    let media_types = |start: usize| {
        let media_type = |at: usize| (format!("application/vnd.v{at}+json"), json!({ "schema": { "type": "object" } }));
        response(json!({ "description": "x", "content": map((start..start + COUNT).map(media_type)) }))
    };
    let ranges = |kind: &str| {
        let media_type = |at: usize| (format!("{kind}/*;v={at}"), json!({}));
        response(json!({ "description": "x", "content": map((0..COUNT).map(media_type)) }))
    };
    for (what, old, new) in [
        ("headers", headers(0), headers(COUNT)),
        ("media types", media_types(0), media_types(COUNT)),
        ("ranges", ranges("text"), ranges("image")),
    ] {
        assert_eq!(said(what, &old, &old), nothing());
        assert!(!said(&format!("{what}, all others"), &old, &new).is_empty());
    }
}
