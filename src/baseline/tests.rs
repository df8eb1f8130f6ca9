//! Baselines as text, and how findings match them.

use super::*;
use crate::finding::{Observation, Severity, Sighting};
use crate::source::{Source, SourceId};
use crate::syntax::parse;

fn entry(file: &str, fingerprint: &str) -> Entry {
    let message = format!("`{file}`: \"100%\" \\ \u{7f}\n\u{2028}ä");
    Entry {
        file: Some(file.to_owned()),
        rule: "a-rule".to_owned(),
        operation: None,
        fingerprint: fingerprint.to_owned(),
        message,
    }
}

fn said(name: &str, text: &str) -> Vec<String> {
    let file = parse(Source::new(SourceId(0), name, text));
    let complaints = read(&file).err().unwrap_or_default();
    let line = |complaint: &crate::strict::Complaint| {
        format!("{}: {}", file.source().position(complaint.span.start).line, complaint.message)
    };
    complaints.iter().map(line).collect()
}

#[test]
fn what_is_written_is_read_again_sorted() {
    let mut baseline = Baseline { entries: vec![entry("b.yaml", "1e5"), entry("a: {}.yaml", "007"), entry("b.yaml", "1e5")] };
    baseline.entries[0].operation = Some("GET /orders/{id}".to_owned());
    for (name, as_json) in [("baseline.yaml", false), ("baseline.json", true)] {
        for baseline in [baseline.clone(), Baseline::default()] {
            let text = write(&baseline, as_json);
            let mut again = read(&parse(Source::new(SourceId(0), name, text.as_str()))).unwrap();
            let mut sorted = baseline.entries.clone();
            sorted.sort();
            again.entries.sort();
            assert_eq!(again.entries, sorted, "{text}");
            assert_eq!(text.lines().filter(|line| line.contains("fingerprint")).count(), baseline.entries.len());
        }
    }
}

#[test]
fn a_broken_baseline_is_refused_with_the_place() {
    let cases = [
        ("", "1: the baseline is empty"),
        ("findings: []\n", "1: the baseline has no `version`"),
        ("version: 2\nfindings: []\n", "1: version 2 of the baseline's format is not understood"),
        ("version: 1\nfinding: []\n", "2: `finding` is no key of a baseline"),
        ("version: 1\nfindings: {}\n", "2: `findings` must be a list"),
        ("version: 1\nfindings:\n  - a\n", "3: an entry of the baseline must be a map"),
        ("version: 1\nfindings:\n  - { file: a, rule: b }\n", "3: this entry has no `fingerprint`"),
        ("version: 1\nfindings:\n  - { file: a, rule: b, fingerprint: 12 }\n", "3: `fingerprint` must be text"),
    ];
    for (text, expected) in cases {
        assert_eq!(said("a.yaml", text), [expected], "{text}");
    }
    assert!(!said("a.yaml", "version: 1\nfindings: [\n").is_empty());
}

/// A finding at a place in a file, which is all that these tests look at beside what shows it.
fn finding(observation: Option<Observation>) -> Finding {
    Finding {
        rule: "a-rule".into(),
        severity: Severity::Note,
        set_by: None,
        message: "a message".to_owned(),
        help: None,
        primary: None,
        related: Vec::new(),
        operations: Vec::new(),
        status: None,
        observation: observation.map(Box::new),
        change: None,
        fix: None,
        fingerprint: "12-3".to_owned(),
    }
}

#[test]
fn what_traffic_shows_has_no_file() {
    let seen = Observation { first: Sighting::default(), response: None, count: 1, listed: Vec::new() };
    let described = Entry::of(&finding(None), Some("a.yaml".to_owned()));
    let observed = Entry::of(&finding(Some(seen)), Some("a.yaml".to_owned()));
    assert_eq!((described.file.as_deref(), observed.file.as_deref()), (Some("a.yaml"), None));
    let baseline = Baseline { entries: vec![observed.clone()] };
    let text = write(&baseline, false);
    assert!(text.ends_with("  - { rule: \"a-rule\", message: \"a message\", fingerprint: \"12\" }\n"), "{text}");
    assert_eq!(read(&parse(Source::new(SourceId(0), "a.yaml", text))).unwrap(), baseline);
    assert_eq!(baseline.compare(&[described, observed]).known, [false, true]);
}

#[test]
fn equal_findings_are_counted() {
    let baseline = Baseline { entries: vec![entry("a", "1"), entry("a", "1"), entry("b", "1"), entry("a", "2")] };
    let found = [entry("a", "1"), entry("b", "1"), entry("b", "1"), entry("c", "1")];
    let comparison = baseline.compare(&found);
    assert_eq!(comparison.known, [true, true, false, false]);
    assert_eq!(comparison.left, [1, 3]);
    assert_eq!(baseline.without(&comparison.left).entries, [entry("a", "1"), entry("b", "1")]);
}
