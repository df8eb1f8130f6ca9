//! What other linters call wrong and is not: every description in `fixtures/traps` is fine, and nothing is said about it
//! that would fail a run. A small change to each shows that the rules do look there.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[path = "support/binary.rs"]
mod binary;

use binary::run;

/// A trap, a change that springs it, and the rule that speaks then.
const SPRUNG: &[(&str, &str, &str, &str)] = &[
    ("ranges.yaml", "        4XX: { $ref: \"#/components/responses/Problem\" }\n", "", "missing-not-found"),
    ("ranges.yaml", "        4XX: { $ref: \"#/components/responses/Problem\" }\n", "", "missing-unauthorized"),
    ("success-range.yaml", "2XX:", "1XX:", "missing-success-response"),
    ("redirect-only.yaml", "\"307\"", "\"102\"", "missing-success-response"),
    ("redirect-only.yaml", "Location:", "Link:", "redirect-without-location"),
    ("websocket.yaml", "\"101\"", "\"102\"", "missing-success-response"),
    ("webhooks.yaml", "webhooks:", "paths:", "no-responses"),
    ("webhooks.yaml", "webhooks:", "paths:", "missing-error-response"),
    ("callbacks.yaml", "\"202\"", "\"102\"", "missing-success-response"),
    ("no-content.yaml", "\"204\"", "\"102\"", "missing-success-response"),
    ("accepted.yaml", "\"202\"", "\"102\"", "missing-success-response"),
    ("health.yaml", "/ping", "/orders/{id}", "missing-not-found"),
    ("public-operations.yaml", "      security: []\n", "", "missing-unauthorized"),
    ("optional-security.yaml", "{}, ", "", "missing-unauthorized"),
    ("optional-security.yaml", ", {}", "", "missing-unauthorized"),
    ("head.yaml", "        \"404\": { description: The name is free }\n", "", "missing-not-found"),
    ("head.yaml", "\"204\"", "\"201\"", "created-on-safe-method"),
    ("options.yaml", "GET, OPTIONS", "PUT, OPTIONS", "allow-header-mismatch"),
    ("swagger.yaml", "          headers: { Location: { type: string } }\n", "", "created-without-location"),
];

fn traps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/traps")
}

fn names() -> Vec<String> {
    let files = std::fs::read_dir(traps()).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn read(name: &str) -> String {
    std::fs::read_to_string(traps().join(name)).unwrap()
}

/// The report, and the findings that fail a run.
fn lint(text: &str) -> (Value, Vec<Value>) {
    let (_, out, err) = run(&[("openapi.yaml", text)], &["lint", "openapi.yaml", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).map_err(|error| format!("{error}\n{out}{err}")).unwrap();
    let is_loud = |finding: &&Value| finding["severity"] != "note";
    let loud = report["findings"].as_array().unwrap().iter().filter(is_loud).cloned().collect();
    (report, loud)
}

#[test]
fn nothing_is_wrong_with_the_traps() {
    let names = names();
    assert!(names.len() >= 14, "{names:?}");
    for name in &names {
        let (report, loud) = lint(&read(name));
        assert!(loud.is_empty(), "{name}: {loud:#?}");
        let summary = &report["summary"];
        assert!(summary["operations"].as_u64().unwrap() > 0, "{name}: {summary}");
        assert_eq!(summary["judged"], summary["operations"], "{name}: {summary}");
    }
}

#[test]
fn every_trap_can_be_sprung() {
    for (name, from, to, rule) in SPRUNG {
        let text = read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        let (_, loud) = lint(&text.replace(from, to));
        assert!(loud.iter().any(|finding| finding["rule"] == *rule), "{name} without {from:?}: {loud:#?}");
    }
    let sprung: BTreeSet<&str> = SPRUNG.iter().map(|(name, ..)| *name).collect();
    assert_eq!(sprung.into_iter().collect::<Vec<_>>(), names());
}
