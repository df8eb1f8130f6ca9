//! Every response schema of every real description is compiled, and held against the examples beside it.
//! The data is read from outside of the repository; where it is missing the test says so.
#![expect(clippy::expect_used, clippy::cast_precision_loss, reason = "a test says what it expects")]

#[path = "support/corpus.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use corpus::{corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::check::schema::{Answer, Misfit, Schemas};
use statusquo::facts::api;
use statusquo::openapi::{Project, Schema, Version, View, load, version_of};
use statusquo::provider::InMemory;
use statusquo::source::{Source, SourceId};
use statusquo::syntax::{File, Node, parse};

/// What was said, all in all.
#[derive(Default)]
struct Tally {
    schemas: usize,
    examples: usize,
    fitting: usize,
    misfits: Vec<String>,
    unknown: BTreeMap<String, usize>,
    slowest: (Duration, String),
}

#[test]
fn every_response_schema_of_the_corpus() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let project = load(&names, &below).project;
    let tally = Mutex::new(Tally::default());
    let files: Vec<&File> = project.files().collect();
    files.par_iter().for_each(|file| look_at(&project, file, &tally));
    let tally = tally.into_inner().expect("no test failed inside");
    println!("{} uses of schemas, {} examples, {} of them fit", tally.schemas, tally.examples, tally.fitting);
    println!("{} misfits; the slowest schema took {:?}", tally.misfits.len(), tally.slowest);
    let mut reasons: Vec<_> = tally.unknown.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (why, count) in reasons {
        println!("{count:>8} unknown: {why}");
    }
    // Two hundred of them, evenly spread, to be judged by eye.
    for misfit in tally.misfits.iter().step_by((tally.misfits.len() / 200).max(1)) {
        println!("{misfit}");
    }
    assert!(tally.schemas > 10_000 && tally.examples > 1_000, "{} {}", tally.schemas, tally.examples);
}

fn look_at(project: &Project, file: &File, tally: &Mutex<Tally>) {
    let Some(root) = file.roots().next() else { return };
    let Some(version) = version_of(root).and_then(|key| key.version) else { return };
    let schemas = Schemas::new(false);
    let api = api(project, version, root);
    let empty = parse(Source::new(SourceId(0), "body.json", "{}"));
    for operation in &api.operations {
        for response in api.responses_of(operation) {
            for medium in api.content_of(response) {
                let Some(schema) = medium.schema() else { continue };
                let start = Instant::now();
                let first = schemas.body(schema, empty.roots().next().expect("a root"));
                note(tally, file, schema, start.elapsed(), first);
                let examples = medium.examples().into_iter().filter(|example| is_data(example.value));
                for example in examples {
                    judge(tally, file, example.value, schemas.body(schema, example.value));
                }
            }
            for header in api.headers_of(response) {
                black_box(schemas.header(*header, "12"));
            }
        }
    }
}

/// Whether an example is a value and not a reference or JSON written as text.
fn is_data(value: Node<'_>) -> bool {
    value.get("$ref").is_none() && !value.as_str().is_some_and(|text| text.trim_start().starts_with(['{', '[', '<']))
}

fn note(tally: &Mutex<Tally>, file: &File, schema: Schema<'_>, took: Duration, first: Answer<'_>) {
    let mut tally = tally.lock().expect("no test failed inside");
    tally.schemas += 1;
    if took > tally.slowest.0 {
        tally.slowest = (took, format!("{}{}", file.source().name(), schema.view().node().pointer()));
    }
    if let Answer::Unknown(why) = first {
        *tally.unknown.entry(format!("(schema) {}", without_names(&why))).or_default() += 1;
    }
}

fn judge(tally: &Mutex<Tally>, file: &File, value: Node<'_>, answer: Answer<'_>) {
    let mut tally = tally.lock().expect("no test failed inside");
    tally.examples += 1;
    match answer {
        Answer::Fits => tally.fitting += 1,
        Answer::Unknown(why) => *tally.unknown.entry(format!("(example) {}", without_names(&why))).or_default() += 1,
        Answer::Misfits(misfits) => tally.misfits.extend(misfits.iter().map(|misfit| told(file, value, misfit))),
    }
}

fn told(file: &File, value: Node<'_>, misfit: &Misfit<'_>) -> String {
    let at = misfit.keyword.file().source();
    let line = at.position(misfit.keyword.span().start).line;
    let example = file.source().position(value.span().start).line;
    format!(
        "MISFIT {} ({}:{line}) {}:{example} '{}' {} -- {:.80?}",
        misfit.name,
        at.name(),
        value.file().source().name(),
        misfit.instance,
        misfit.problem,
        misfit.value.as_deref().unwrap_or("")
    )
}

fn without_names(why: &str) -> String {
    if why.contains("$ref") {
        why.split('`').enumerate().filter(|(at, _)| *at != 3).map(|(_, part)| part).collect()
    } else {
        why.to_owned()
    }
}

#[test]
#[ignore = "measures; run it with --release -- --ignored --nocapture"]
fn speed_of_bodies() {
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", description())).project;
    let schema = project.file("a.yaml").and_then(|file| file.roots().next()?.get("schema")).expect("a schema");
    let schema = Schema(View::new(&project, Version::V3_0, schema));
    let schemas = Schemas::new(false);
    let body = body();
    let read = || parse(Source::new(SourceId(0), "body.json", body.as_str()));
    let start = Instant::now();
    let file = read();
    let root = file.roots().next().expect("a root");
    assert!(matches!(schemas.body(schema, root), Answer::Fits), "{:?}", schemas.body(schema, root));
    println!("{} bytes a body; the first one with compiling {:?}", body.len(), start.elapsed());
    let rate = |run: &dyn Fn()| {
        let start = Instant::now();
        (0..5_000).for_each(|_| run());
        (body.len() * 5_000) as f64 / start.elapsed().as_secs_f64() / 1e6
    };
    for _ in 0..3 {
        println!(
            "parse {:.0} MB/s, validate {:.0} MB/s, both {:.0} MB/s",
            rate(&|| drop(black_box(read()))),
            rate(&|| drop(black_box(schemas.body(schema, root)))),
            rate(&|| drop(black_box(schemas.body(schema, black_box(&read()).roots().next().expect("a root")))))
        );
    }
}

/// A schema of some thirty properties: texts, numbers, enums, a pattern, nested objects and lists.
fn description() -> String {
    let mut text = String::from(
        "schema:\n  type: array\n  items: { $ref: '#/Order' }\nOrder:\n  type: object\n  required: [id, name0, total, lines]\n  properties:\n    id: { type: integer, format: int64, minimum: 1 }\n",
    );
    for number in 0..10 {
        let _ = writeln!(text, "    name{number}: {{ type: string, maxLength: 80 }}");
        let _ = writeln!(text, "    count{number}: {{ type: integer, nullable: true }}");
    }
    text.push_str("    state: { type: string, enum: [open, paid, sent, done] }\n    email: { type: string, pattern: '^[^@]+@[^@]+$' }\n    total: { type: number, minimum: 0 }\n    created: { type: string, format: date-time }\n    active: { type: boolean }\n    tags: { type: array, items: { type: string } }\n    address: { $ref: '#/Address' }\n    lines: { type: array, minItems: 1, items: { type: object, required: [sku], properties: { sku: { type: string }, amount: { type: integer }, price: { type: number } } } }\n");
    text.push_str("Address:\n  type: object\n  properties: { street: { type: string }, city: { type: string }, zip: { type: string, minLength: 4 } }\n");
    text
}

fn body() -> String {
    let mut orders = Vec::new();
    for order in 1..=10 {
        let mut text = format!("{{\"id\": {order}, ");
        for number in 0..10 {
            let _ = write!(text, "\"name{number}\": \"the name of order {order}\", \"count{number}\": {number}, ");
        }
        let _ = write!(
            text,
            "\"state\": \"paid\", \"email\": \"someone@example.com\", \"total\": 12.5, \"created\": \"2026-01-31T09:00:00Z\", \"active\": true, \"tags\": [\"a\", \"b\"], \"address\": {{\"street\": \"Long Street 1\", \"city\": \"Town\", \"zip\": \"12345\"}}, \"lines\": [{{\"sku\": \"A-1\", \"amount\": 2, \"price\": 1.25}}, {{\"sku\": \"B-2\", \"amount\": 1, \"price\": 10}}]}}"
        );
        orders.push(text);
    }
    format!("[{}]", orders.join(",\n "))
}
