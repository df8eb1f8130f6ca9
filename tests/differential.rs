//! Two readers, one value: ours and `serde_yaml`'s; and what must hold for the tree of any file.
#![expect(clippy::disallowed_methods, reason = "a test reads its data from disk")]

mod support;
#[path = "support/value.rs"]
mod value;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Map, Value};
use statusquo::source::SourceId;
use statusquo::syntax::{File, Kind, Node, read};
use support::{files_below, unpacked};
use value::{same, to_json};

/// How long the corpus may take; what is left over then is not read.
const TIME_FOR_CORPUS: Duration = Duration::from_secs(20);

/// One in so many files of the corpus is read.
const SAMPLE: usize = 7;

const DESCRIPTION: &str = "
openapi: 3.1.0
info: {title: Orders, version: '1.0'}   # flow
x-common: &common
  description: |
    Several lines,
      indented.

  required: true
paths:
  /orders/{id}:
    parameters:
    - name: id
      in: path
      <<: *common
    get:
      responses:
        200:
          description: >-
            folded
            text
        \"404\": {description: 'it''s gone', content: {}}
        default:
          $ref: \"#/components/responses/Err\\u006fr\"
    post:
      summary: plain text
        over two lines
      tags: [a, \"b\", 'c', ]
      x-empty:
      x-numbers: [1, -2, 0x1F, 0o17, 1e3, .5, ~, null, true, no, 1_000, 2024-01-01]
";

const SNIPPETS: [(&str, &str); 8] = [
    ("a.json", r#"{"a": [1, -2.5e3, true, null, "x\n\u00e9"], "b": {}, "c": {"d": []}, "": ""}"#),
    ("b.json", "{\n\t\"paths\": {\"/a\": {\"get\": {\"responses\": {\"200\": {\"description\": \"ok\"}}}}}\n}\n"),
    ("a.yaml", DESCRIPTION),
    ("b.yaml", "- - a\n  - b\n-\n  - c: d\n    e: |+\n      text\n\n  - [x, {y: z}]\n- ? k\n  : v\n"),
    ("c.yaml", "a: &x [1, 2]\nb: *x\nc:\n- <<: {k: v}\n  l: \"two\n    lines\"\n# end\n"),
    ("d.yaml", "---\na: 1\n...\n---\n- b\n--- c\n"),
    ("e.yaml", "\u{feff}ä: ö\r\nb: 'ü'\r\nc:\r\n  - \u{1f6a2}\r\n"),
    ("f.yaml", "{\"a\": [1,\n2], b: c}\n"),
];

#[test]
fn our_reading_is_that_of_serde_yaml() {
    for (name, text) in SNIPPETS {
        let file = read(SourceId(0), name, text.into());
        assert_eq!(file.faults(), [], "{name}");
        assert_eq!(compare(&file), Verdict::Equal, "{name}");
    }
}

#[test]
fn trees_are_well_formed() {
    for (name, text) in SNIPPETS {
        well_formed(&read(SourceId(0), name, text.into()));
    }
}

#[test]
fn corpus() {
    let Some(folder) = unpacked("corpus/specs.tar.xz", "corpus") else { return };
    let started = Instant::now();
    let (mut read_files, mut compared) = (0, 0);
    for path in files_below(&folder).into_iter().step_by(SAMPLE) {
        let name = path.to_string_lossy().into_owned();
        let is_ours = path.extension().is_some_and(|extension| ["json", "yaml", "yml"].iter().any(|ours| extension == *ours));
        if started.elapsed() > TIME_FOR_CORPUS || !is_ours {
            continue;
        }
        let file = read(SourceId(0), name.as_str(), std::fs::read(&path).expect("a readable file"));
        well_formed(&file);
        read_files += 1;
        if file.source().text().len() < 300_000 && file.tree().damage().is_empty() {
            match compare(&file) {
                Verdict::Equal => compared += 1,
                Verdict::Refused => {}
                Verdict::Different(difference) => panic!("{name}: {difference}"),
            }
        }
    }
    println!("{read_files} files read, {compared} compared, {:?}", started.elapsed());
    assert!(compared > 100, "{compared} files were compared");
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Equal,
    Different(String),
    /// The other reader does not take the file: a duplicate key, a surrogate pair, a very long key.
    Refused,
}

fn compare(file: &File) -> Verdict {
    let Some(theirs) = their_reading(file.source().text()) else { return Verdict::Refused };
    let mut budget = 1_000_000;
    let ours: Vec<Value> = file.roots().map(|root| canonical(to_json(root, &mut budget))).collect();
    if budget == 0 {
        return Verdict::Refused;
    }
    let both = ours.iter().zip(&theirs).enumerate();
    match both.filter(|(_, (one, other))| !same(one, other)).map(|(_, (one, other))| first_difference(one, other)).next() {
        Some(difference) => Verdict::Different(difference),
        None if ours.is_empty() && theirs == [Value::Null] => Verdict::Equal,
        None if ours.len() != theirs.len() => {
            Verdict::Different(format!("{} documents, {} for serde_yaml", ours.len(), theirs.len()))
        }
        None => Verdict::Equal,
    }
}

/// The reading of `serde_yaml`, which knows no byte order mark and sees a text block
/// without a line break at the end of the file otherwise.
fn their_reading(text: &str) -> Option<Vec<Value>> {
    let text = format!("{}\n", text.trim_start_matches('\u{feff}'));
    let documents = serde_yaml::Deserializer::from_str(&text).map(|document| {
        let mut value = serde_yaml::Value::deserialize(document).ok()?;
        value.apply_merge().ok()?;
        Some(canonical(from_yaml(value)))
    });
    documents.collect()
}

fn from_yaml(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Sequence(items) => items.into_iter().map(from_yaml).collect(),
        serde_yaml::Value::Mapping(entries) => {
            Value::Object(entries.into_iter().map(|(key, value)| (key_text(&key), from_yaml(value))).collect::<Map<_, _>>())
        }
        serde_yaml::Value::Tagged(tagged) => from_yaml(tagged.value),
        scalar => serde_json::to_value(scalar).unwrap_or_default(),
    }
}

fn key_text(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(text) => text.clone(),
        other => serde_json::to_string(&from_yaml(other.clone())).unwrap_or_default(),
    }
}

/// The same value with numeric keys written alike.
fn canonical(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(entries) => {
            let number = |key: String| key.parse::<f64>().map_or(key, |number| number.to_string());
            Value::Object(entries.into_iter().map(|(key, value)| (number(key), canonical(value))).collect())
        }
        scalar => scalar,
    }
}

/// Where two values begin to differ.
fn first_difference(ours: &Value, theirs: &Value) -> String {
    match (ours, theirs) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let differing = one.iter().zip(other).enumerate().find(|(_, (one, other))| !same(one, other));
            differing.map_or_else(String::new, |(index, (one, other))| format!("/{index}{}", first_difference(one, other)))
        }
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            let differing = one.iter().find(|(key, value)| other.get(*key).is_none_or(|other| !same(value, other)));
            let deeper = |(key, one): (&String, &Value)| {
                format!("/{key}{}", first_difference(one, other.get(key).unwrap_or(&Value::Null)))
            };
            differing.map_or_else(String::new, deeper)
        }
        _ => format!(": {ours:.300} is not {theirs:.300}"),
    }
}

/// Every node lies on character boundaries inside its parent, and its pointer leads back to it.
fn well_formed(file: &File) {
    let name = file.source().name();
    let keys: HashSet<u32> =
        (0..file.tree().len() as u32).flat_map(|index| file.node(index).entries()).map(|entry| entry.key.index()).collect();
    let step = 1 + file.tree().len() / 2_000;
    for index in (0..file.tree().len() as u32).step_by(step) {
        let node = file.node(index);
        assert!(file.source().text().get(node.span().range()).is_some(), "{name}: {:?}", node.span());
        for child in node.items() {
            assert!(!node.contains(child) || inside(child, node), "{name}: {:?} is outside of {:?}", child.span(), node.span());
        }
        for entry in node.entries().filter(|entry| entry.alias.is_none() && node.contains(entry.key)) {
            assert!(inside(entry.key, node) && inside(entry.value, node), "{name}: {:?} is outside", entry.key.span());
            assert!(entry.key.span().end <= entry.value.span().start, "{name}: {:?} is behind its value", entry.key.span());
        }
        if node.kind() != Kind::Alias && !keys.contains(&index) && node.raw() != "<<" && file.faults().is_empty() {
            assert_eq!(resolve(node), Some(node), "{name}: {}", node.pointer());
        }
    }
}

fn inside(child: Node<'_>, parent: Node<'_>) -> bool {
    parent.span().start <= child.span().start && child.span().end <= parent.span().end
}

fn resolve(node: Node<'_>) -> Option<Node<'_>> {
    let pointer = node.pointer();
    let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    steps.fold(node.root(), |at, step| at?.child(&step))
}
