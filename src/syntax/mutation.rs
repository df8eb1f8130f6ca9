//! What must hold for the tape of any text, tried on broken and hostile ones.

use std::time::{Duration, Instant};

use super::testing::{file, lines};
use super::tree::Kind;
use super::{FaultKind, File, MAXIMUM_DEPTH};

const JSON: &str = r#"{
  "openapi": "3.1.0", "x": [1, -2.5e3, true, null, "a\n\u00e9\ud83d\ude00", {}],
  "paths": {"/a": {"get": {"responses": {"200": {"description": "ö"}}}}}
}
"#;

const YAML: &str = "# c
openapi: 3.1.0
x: &x [1, 'two', \"three\\n\", {a: b, c: }]
paths:
  /a:
    get:
      description: |-
        text ö

        more
      tags:
      - one
      -   two: 3
          <<: *x
      responses:
        200: {description: >
          folded}
        '404': *x
? complex
: - !!str 1
--- 
plain
  more
...
";

/// What is put in by a mutation, beside copies of the text's own parts.
const PIECES: [&str; 30] = [
    "{", "}", "[", "]", "\"", "'", ":", ": ", ",", "-", "- ", "\n", "\n  ", " ", "\t", "#", " #", "|", ">", "&x ", "*x", "!",
    "?", "\\", "//", "---\n", "\u{0}", "ü", "\u{feff}", "%",
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

    fn mutate(&mut self, text: &mut String) {
        let (one, other) = (self.place_in(text), self.place_in(text));
        let range = one.min(other)..one.max(other).min(text.floor_char_boundary(one.min(other) + 12));
        match self.below(4) {
            0 => text.replace_range(range, ""),
            1 => {
                let copy = text[range].to_owned();
                let at = self.place_in(text);
                text.insert_str(at, &copy);
            }
            _ => text.insert_str(one, PIECES[self.below(PIECES.len())]),
        }
    }
}

#[test]
fn mutated_texts_keep_the_tape_whole() {
    let mut chance = Chance(0x5eed_5eed_5eed_5eed);
    for round in 0..20_000 {
        let (name, original) = if round % 2 == 0 { ("a.json", JSON) } else { ("a.yaml", YAML) };
        let mut text = original.to_owned();
        for _ in 0..=chance.below(4) {
            chance.mutate(&mut text);
        }
        check(&file(name, &text));
        check(&file("unnamed", &text));
    }
}

#[test]
fn every_prefix_keeps_the_tape_whole() {
    for (name, text) in [("a.json", JSON), ("a.yaml", YAML), ("unnamed", JSON)] {
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            check(&file(name, &text[..end]));
        }
    }
}

#[test]
fn hostile_texts_are_read_in_little_time() {
    let many = 100_000;
    let times = |line: &str| line.repeat(many);
    let laughs: String = lines(1..40, |n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}]\n", p = n - 1));
    let merges: String = lines(1..60, |n| format!("m{n}: &m{n} {{<<: [*m{p}, *m{p}, *m{p}], k{n}: 1}}\n", p = n - 1));
    let deep: String = lines(0..2000, |n| format!("{}a:\n", " ".repeat(n)));
    let texts = [
        times("["),
        times("{\"a\":"),
        times("[{"),
        times("[}"),
        times("{]"),
        times("]"),
        times(","),
        times("[,"),
        times("{\"a\":1}"),
        times("\"abc\n"),
        times("[\"abc\n"),
        format!("[{}", times("\"a\n")),
        format!("[{}", times("'a ")),
        format!("[{}", times("/*")),
        format!("{{{}", times("a b ")),
        times("- "),
        times("- x\n"),
        times("? "),
        times("a: \"b\n"),
        times("a: 'b\n"),
        times("a: [\n"),
        times("a: {\n"),
        times("a: b: c\n"),
        times("\ta: b\n"),
        times("&a "),
        times("*a "),
        times("- *a\n"),
        times("- &a x\n"),
        times("!t "),
        times("--- "),
        times("---\n"),
        times("# c\n"),
        times("a:b\n"),
        times("a: |\n"),
        times("\\"),
        format!("\"{}", times("\\u")),
        times("a: |\n  x\n b\n"),
        times("{a: "),
        times("[a: "),
        format!("a0: &a0 [x, y]\n{laughs}"),
        format!("m0: &m0 {{a: b}}\n{merges}"),
        deep,
        "x".repeat(20 * many),
        format!("{{{}}}", times("\"a\":1,")),
    ];
    for text in &texts {
        for name in ["a.json", "a.yaml", "unnamed"] {
            let started = Instant::now();
            let file = file(name, text);
            let entries: usize = (0..file.tree().len() as u32).map(|index| file.node(index).entries().count()).sum();
            assert!(
                started.elapsed() < Duration::from_secs(4),
                "{name} {:.40}: {:?}, {entries} entries",
                text,
                started.elapsed()
            );
            check(&file);
        }
    }
}

#[test]
fn limits_are_faults() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let limits = |name: &str, text: &str| file(name, text).faults().iter().filter(|fault| fault.kind == FaultKind::Limit).count();
    for name in ["a.json", "a.yaml"] {
        assert_eq!(limits(name, &nested(MAXIMUM_DEPTH)), 0, "{name}");
        assert_eq!(limits(name, &nested(MAXIMUM_DEPTH + 1)), 1, "{name}");
    }
    let blocks = |depth| lines(0..depth, |n| format!("{}a:\n", " ".repeat(n)));
    assert_eq!(limits("a.yaml", &blocks(MAXIMUM_DEPTH)), 0);
    assert_eq!(limits("a.yaml", &blocks(MAXIMUM_DEPTH + 1)), 1);
    let laughs: String = lines(1..20, |n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}]\n", p = n - 1));
    assert_eq!(limits("a.yaml", &format!("a0: &a0 x\n{laughs}")), 1);
}

fn check(file: &File) {
    let text = file.source().text();
    let nodes = &file.tree().nodes;
    let mut open: Vec<(usize, u32, usize)> = Vec::new();
    let mut roots = file.tree().roots.iter().copied();
    for (index, node) in nodes.iter().enumerate() {
        assert!(text.get(node.start as usize..node.end as usize).is_some(), "{text:?}: {node:?}");
        while let Some(&(parent, _, children)) = open.last().filter(|(parent, ..)| nodes[*parent].next as usize <= index) {
            assert!(nodes[parent].kind != Kind::Map || children % 2 == 0, "{text:?}: a key has no value");
            open.pop();
        }
        match open.last_mut() {
            None => assert_eq!(roots.next(), Some(index as u32), "{text:?}: roots"),
            Some((parent, end, children)) => {
                let parent = nodes[*parent];
                assert!(*end <= node.start && node.end <= parent.end, "{text:?}: {node:?} behind {end} in {parent:?}");
                assert!(node.next <= parent.next, "{text:?}: {node:?} in {parent:?}");
                *end = node.end;
                *children += 1;
            }
        }
        assert!(node.next as usize > index && node.next as usize <= nodes.len(), "{text:?}: {node:?}");
        match node.kind {
            Kind::Map | Kind::List => open.push((index, node.start, 0)),
            _ => assert_eq!(node.next as usize, index + 1, "{text:?}: {node:?}"),
        }
    }
    assert!(nodes.is_empty() || roots.all(|root| root as usize >= nodes.len()), "{text:?}: roots");
    check_faults(file, text);
}

fn check_faults(file: &File, text: &str) {
    for fault in file.faults() {
        assert!(
            text.get(fault.span.range()).is_some_and(|written| text.is_empty() || !written.is_empty()),
            "{text:?}: {fault:?}"
        );
        assert!(fault.related.iter().all(|related| text.get(related.span.range()).is_some()), "{text:?}: {fault:?}");
    }
    assert!(file.faults().iter().filter(|fault| fault.kind == FaultKind::Syntax).count() <= 40, "{text:?}");
    assert!(file.tree().damage().iter().all(|range| range.start <= range.end && range.end as usize <= text.len()), "{text:?}");
}
