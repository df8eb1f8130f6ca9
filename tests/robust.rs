//! Damaged descriptions never cause a panic, and large ones do not take for ever: read, linted and written in every format.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its data from disk")]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use statusquo::finding::{Finding, RuleDescription, Severity};
use statusquo::lint::{Job, lint};
use statusquo::openapi::{Project, load};
use statusquo::provider::InMemory;
use statusquo::report::{Format, Options, Report, write};
use statusquo::rules::{Grade, Preset, RuleSet, Setting, Settings, builtin};
use statusquo::source::{Source, Span};

const ROUNDS: usize = 1_500;

/// What a mutation puts in, beside copies of the text's own parts.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ": ",
    ",",
    "\n  ",
    "- ",
    "null",
    "404",
    "4XX",
    "default",
    "\u{1b}[31m",
    "ü",
    "\u{202e}",
    "\t",
    "#",
    "&a ",
    "*a",
    "<<: *a\n",
    "$ref: \"#/paths\"",
    "\"$ref\": \"#/components/responses/Problem\",",
    "\r\n",
];

/// Marsaglia's xorshift: enough chance for a test, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn place_in(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    fn part_of(&mut self, text: &str) -> std::ops::Range<usize> {
        let start = self.place_in(text);
        let length = self.below(40);
        start..text.floor_char_boundary(start + length)
    }

    fn mutate(&mut self, text: &mut String) {
        let (part, at) = (self.part_of(text), self.place_in(text));
        match self.below(4) {
            0 => text.replace_range(part, ""),
            1 => {
                let piece = text[part].to_owned();
                text.insert_str(at, &piece);
            }
            2 => {
                let piece = text[self.part_of(text)].to_owned();
                text.replace_range(part, &piece);
            }
            _ => text.insert_str(at, PIECES[self.below(PIECES.len())]),
        }
    }
}

/// Everything a run needs beside a description. All rules speak, also those that are off by default.
struct Linter {
    rules: RuleSet,
    descriptions: Vec<RuleDescription>,
    settings: Settings,
}

impl Linter {
    fn new() -> Self {
        let rules = RuleSet::new(builtin().0);
        let settings = Settings { presets: vec![Preset::from_word("strict").unwrap()], ..Settings::default() };
        Linter { descriptions: rules.descriptions(), rules, settings }
    }

    /// What is found in a text.
    fn findings(&self, text: &str) -> Vec<Finding> {
        let project = load(&["openapi.yaml".to_owned()], &InMemory::new().with("openapi.yaml", text)).project;
        let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &self.settings }).collect();
        lint(&project, &self.rules, &jobs).findings
    }

    /// Lints a text and writes these formats; gives the number of findings.
    fn run(&self, name: &str, text: &str, formats: &[Format]) -> usize {
        let project = load(&[name.to_owned()], &InMemory::new().with(name, text)).project;
        let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &self.settings }).collect();
        let outcome = lint(&project, &self.rules, &jobs);
        for finding in &outcome.findings {
            let spans = finding.span().into_iter().chain(finding.related.iter().map(|related| related.span));
            spans.for_each(|span| assert_inside(&project, span, text));
        }
        let sources: Vec<&Source> = project.sources();
        let report =
            Report { findings: &outcome.findings, sources, summary: &outcome.summary, rules: &self.descriptions, coverage: None };
        for &format in formats {
            let mut out = Vec::new();
            write(format, &report, &Options { all: true, color: true, ..Options::default() }, &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(!out.contains('\u{202e}') || !matches!(format, Format::Text | Format::Concise), "{out}\n{text}");
            assert!(format != Format::Json || serde_json::from_str::<Value>(&out).is_ok(), "{out}");
        }
        outcome.findings.len()
    }
}

fn assert_inside(project: &Project, span: Span, text: &str) {
    let source = project.sources()[span.source.index()].text();
    assert!(source.get(span.range()).is_some(), "{span:?} in\n{text}");
}

fn demo() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo.yaml");
    std::fs::read_to_string(path).unwrap()
}

fn demo_as_json() -> String {
    let value: Value = serde_yaml::from_str(&demo()).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

fn damage(name: &str, text: &str, seed: u64) {
    let linter = Linter::new();
    let mut chance = Chance(seed);
    assert!(linter.run(name, text, &Format::ALL) >= 5);
    let (mut slowest, mut speaking) = (Duration::ZERO, 0);
    for _ in 0..ROUNDS {
        let mut damaged = text.to_owned();
        (0..=chance.below(6)).for_each(|_| chance.mutate(&mut damaged));
        let start = Instant::now();
        speaking += usize::from(linter.run(name, &damaged, &Format::ALL) > 0);
        slowest = slowest.max(start.elapsed());
    }
    assert!(speaking > ROUNDS / 2, "only {speaking} of {ROUNDS} had findings");
    assert!(slowest < Duration::from_secs(5), "one took {slowest:?}");
}

#[test]
fn damaged_yaml_is_linted_and_reported() {
    damage("openapi.yaml", &demo(), 0x5eed_0001);
}

#[test]
fn damaged_json_is_linted_and_reported() {
    damage("openapi.json", &demo_as_json(), 0x5eed_0002);
}

/// What gets between the lines, or into one, of a description that is being edited or was merged badly.
const STRAY: [&str; 36] = [
    "}",
    "]",
    "\"",
    "{",
    "[",
    "'",
    "- ",
    "%",
    "@",
    "`",
    "x",
    ": ",
    "\t",
    "*",
    "&a ",
    "!",
    "|",
    ">",
    ",",
    "? ",
    "x: y",
    "  x",
    "404",
    "\"a\" b",
    "}\n",
    "]\n",
    "x\n",
    "x: y\n",
    "   x\n",
    "- a\n",
    "  - a\n",
    "\tx\n",
    "    }\n",
    "      ]\n",
    "    x y\n",
    "<<<<<<< ours\n",
];

/// What a finding is about: each rule, status and operation.
fn subjects(findings: &[Finding]) -> BTreeSet<(String, Option<String>, Option<String>)> {
    let operations = |finding: &Finding| {
        let all: Vec<_> = finding.operations.iter().cloned().map(Some).collect();
        if all.is_empty() { vec![None] } else { all }
    };
    let of = |finding: &Finding| {
        operations(finding)
            .into_iter()
            .map(|operation| (finding.rule.to_string(), finding.status.clone(), operation))
            .collect::<Vec<_>>()
    };
    findings.iter().filter(|finding| !READER.contains(&finding.rule.as_str())).flat_map(of).collect()
}

/// What the reader says about the damage itself.
const READER: [&str; 5] =
    ["syntax-error", "duplicate-key", "invalid-structure", "unresolved-reference", "invalid-status-code-key"];

#[test]
fn a_stray_line_makes_nothing_look_absent() {
    let (linter, text) = (Linter::new(), demo());
    let undamaged = subjects(&linter.findings(&text));
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let (mut broken, mut speaking) = (0, 0);
    for start in starts {
        let indentation = text[start..].len() - text[start..].trim_start_matches(' ').len();
        for (stray, at) in STRAY.iter().flat_map(|stray| [(stray, start), (stray, start + indentation)]) {
            let damaged = format!("{}{stray}{}", &text[..at], &text[at..]);
            let findings = linter.findings(&damaged);
            if findings.iter().all(|finding| finding.rule.as_str() != "syntax-error") {
                continue;
            }
            let new: Vec<_> = subjects(&findings).difference(&undamaged).cloned().collect();
            assert!(new.is_empty(), "{stray:?} at {at} makes up {new:?}");
            broken += 1;
            speaking += usize::from(!subjects(&findings).is_empty());
        }
    }
    assert!(broken > 2_000 && speaking > broken * 2 / 3, "{speaking} of {broken} damaged ones still have findings");
}

/// A map of as many entries.
fn many(count: usize, entry: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..count).map(entry).collect::<Map<_, _>>())
}

fn paths(count: usize, responses: impl Fn(usize) -> Value) -> Value {
    many(count, |number| (format!("/things/{number}"), json!({ "get": { "responses": responses(number) } })))
}

fn content(schema: &Value) -> Value {
    json!({ "description": "a", "content": { "application/json": { "schema": schema } } })
}

/// Descriptions on which a look through a list for each of its items would take minutes.
fn large_ones() -> Vec<(&'static str, Value, Value)> {
    let error = json!({ "$ref": "#/components/schemas/Error" });
    let schemas = json!({ "schemas": { "Error": { "required": ["error"], "properties": { "error": { "type": "string" } } } } });
    let text = json!({ "schema": { "type": "string" }, "example": "PUT" });
    let parameters =
        |first: &str| (0..20_000).map(|n| json!({ "name": format!("{first}{n}"), "in": "query" })).collect::<Value>();
    let properties = many(50_000, |number| (format!("p{number}"), json!({ "type": "string" })));
    let names = (0..50_000).map(|number| json!(format!("p{number}"))).collect::<Value>();
    let chain = many(100_000, |number| {
        (format!("S{number}"), json!({ "allOf": [{ "$ref": format!("#/components/schemas/S{}", number + 1) }] }))
    });
    vec![
        ("operations", paths(20_000, |_| json!({ "302": { "description": "a" }, "405": { "description": "b" } })), json!({})),
        ("one error schema", paths(20_000, |_| json!({ "200": content(&error), "400": content(&error) })), schemas),
        ("malformed responses", paths(20_000, |_| json!({ "200": [], "401": "a" })), json!({})),
        ("lost references", paths(20_000, |number| json!({ "200": { "$ref": format!("#/a/{number}") } })), json!({})),
        ("Allow headers", paths(10_000, |_| json!({ "405": { "description": "a", "headers": { "Allow": text } } })), json!({})),
        (
            "parameters",
            json!({ "/a": { "parameters": parameters("a"), "get": { "parameters": parameters("b"), "responses": {} } } }),
            json!({}),
        ),
        (
            "properties",
            paths(1, |_| json!({ "200": content(&json!({ "properties": properties, "required": names })) })),
            json!({}),
        ),
        (
            "schemas in a chain",
            paths(100, |_| json!({ "200": content(&json!({ "$ref": "#/components/schemas/S0" })) })),
            json!({ "schemas": chain }),
        ),
        (
            "responses of one operation",
            paths(1, |_| many(5_000, |number| ((100 + number).to_string(), json!({ "description": "a" })))),
            json!({}),
        ),
    ]
}

/// Schemas that lead back to themselves, each under the name `S`.
fn circles() -> Vec<Value> {
    let own = json!({ "$ref": "#/components/schemas/S" });
    let twice = json!([own, { "$ref": "#/components/schemas/S" }]);
    vec![
        own.clone(),
        json!({ "type": "array", "items": own }),
        json!({ "items": { "items": { "items": own } } }),
        json!({ "oneOf": twice }),
        json!({ "anyOf": [{ "items": own }, own] }),
        json!({ "allOf": twice, "properties": { "error": own } }),
        json!({ "properties": { "data": own, "items": { "type": "array", "items": own } }, "required": ["data"] }),
        json!({ "additionalProperties": own }),
        json!({ "oneOf": vec![own.clone(); 10] }),
        json!({ "allOf": vec![own.clone(); 10] }),
        json!({ "not": own, "if": own, "then": own, "prefixItems": twice, "patternProperties": { "a": own } }),
        json!({ "oneOf": [{ "properties": { "a": { "anyOf": twice } } }, { "items": { "oneOf": twice } }] }),
    ]
}

#[test]
fn schemas_that_lead_back_to_themselves_are_left_in_the_end() {
    let mut linter = Linter::new();
    let all = |id: &str| (id.to_owned(), Setting { declared: Some(Grade::On(Severity::Note)), ..Setting::default() });
    linter.settings.rules = linter.rules.ids().into_iter().map(all).collect();
    let own = json!({ "$ref": "#/components/schemas/S" });
    for (schema, version) in circles().into_iter().flat_map(|schema| ["3.0.3", "3.1.0"].map(|version| (schema.clone(), version)))
    {
        let mut response = content(&own);
        response["headers"] = json!({ "Location": { "schema": own }, "X-A": { "schema": own, "example": [[1]] } });
        response["content"]["application/json"]["example"] = json!([[{ "a": [[]], "error": {} }]]);
        let statuses = ["200", "201", "202", "207", "302", "400", "401", "404", "422", "500", "default"];
        let responses = many(statuses.len(), |number| (statuses[number].to_owned(), response.clone()));
        let operation = json!({ "requestBody": content(&own), "parameters": [{ "name": "a", "in": "query", "schema": own }], "responses": responses });
        let methods = ["get", "put", "post", "delete", "patch", "head"];
        let item = many(methods.len(), |number| (methods[number].to_owned(), operation.clone()));
        let paths = json!({ "/things": item, "/health": item, "/things/{id}/batch": item });
        let components = json!({ "schemas": { "S": schema } });
        let text =
            json!({ "openapi": version, "info": { "title": "a", "version": "1" }, "paths": paths, "components": components });
        assert!(linter.run("circles.json", &text.to_string(), &[Format::Json]) > 0, "{schema}");
    }
}

#[test]
fn large_descriptions_do_not_take_for_ever() {
    let linter = Linter::new();
    for (name, paths, components) in large_ones() {
        let info = json!({ "title": "Large", "version": "1" });
        let text = json!({ "openapi": "3.0.3", "info": info, "paths": paths, "components": components }).to_string();
        let start = Instant::now();
        let findings = linter.run("large.json", &text, &[Format::Concise]);
        let time = start.elapsed();
        assert!(findings > 0, "{name}");
        assert!(time < Duration::from_secs(30), "{name}: {findings} findings after {time:?}");
    }
}
