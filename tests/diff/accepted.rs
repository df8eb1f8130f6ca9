//! Changes that were looked at and are fine.

use super::{OLD, changed, run};

/// The fingerprints of the report, in its order.
fn fingerprints() -> Vec<String> {
    let (_, out, _) = with("", &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    report["findings"].as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
}

fn with(accepted: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let changed = changed();
    let files = [("old.yaml", OLD), ("new.yaml", changed.as_str()), ("accepted.yaml", accepted)];
    run(&files, &[&["diff", "old.yaml", "new.yaml", "--accepted", "accepted.yaml"], arguments].concat())
}

#[test]
fn accepted_changes_are_left_aside_with_their_reason() {
    let [first, second] = fingerprints().try_into().unwrap();
    let one = format!("accepted:\n- fingerprint: {first}\n  rule: response-type-changed\n  reason: clients were asked\n");
    let (code, out, err) = with(&one, &["--format", "concise"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(!out.contains("response-type-changed") && out.contains("response-enum-value-added"), "{out}");
    let both = format!("{one}- fingerprint: {second}\n  reason: announced\n  expires: 9999-12-31\n");
    let (code, out, err) = with(&both, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "no other changes in 1 file · 3 of 3 operations compared · 2 suppressed\n");
    let (_, _, err) = with(&both, &["--verbose"]);
    assert!(err.contains("is accepted: clients were asked"), "{err}");
}

#[test]
fn what_has_expired_or_matches_nothing_is_told() {
    let [first, _] = fingerprints().try_into().unwrap();
    let expired = format!("accepted:\n- fingerprint: {first}\n  reason: for now\n  expires: 2020-01-31\n");
    let (code, out, err) = with(&expired, &["--format", "concise"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("response-type-changed"), "{out}");
    assert!(err.contains("accepted.yaml:2:16") && err.contains("has passed"), "{err}");
    let stale = "accepted:\n- { fingerprint: 0000000000000000, reason: long gone }\n";
    let (_, _, err) = with(stale, &[]);
    assert!(err.contains("matches nothing"), "{err}");
    let other_rule = format!("accepted:\n- {{ fingerprint: {first}, rule: operation-removed, reason: mixed up }}\n");
    let (_, out, err) = with(&other_rule, &[]);
    assert!(out.contains("response-type-changed") && err.contains("matches nothing"), "{out}{err}");
}

#[test]
fn a_change_that_is_accepted_twice_is_told() {
    let [first, _] = fingerprints().try_into().unwrap();
    let entry = |rest: &str| format!("- fingerprint: {first}\n  reason: fine\n{rest}");
    let (past, future) = ("  expires: 2020-01-31\n", "  expires: 9999-12-31\n");
    for (entries, line) in [
        ([entry(""), entry("")], "accepted.yaml:4:16"),
        ([entry(future), entry(past)], "accepted.yaml:5:16"),
        // The one that still counts silences.
        ([entry(past), entry("")], "accepted.yaml:2:16"),
    ] {
        let (_, out, err) = with(&format!("accepted:\n{}", entries.concat()), &["--format", "concise"]);
        assert!(!out.contains("response-type-changed"), "{out}");
        assert!(err.contains("this change is accepted on line ") && err.contains(line), "{err}");
        assert_eq!(err.matches("warning").count(), 1, "{err}");
    }
}

#[test]
fn a_file_with_mistakes_ends_the_run() {
    for (accepted, expected) in [
        ("accepted:\n- fingerprint: 0123456789abcdef\n", "there is no reason"),
        ("accepted:\n- fingerprint: 0123456789abcdef\n  reason: x\n  expires: soon\n", "`soon` is no date"),
        ("accepted:\n- { fingerprint: 0123, reason: x }\n", "`0123` is no fingerprint"),
        (
            "accepted:\n- { fingerprint: 0123456789abcdef, rule: response-type-chnged, reason: x }\n",
            "did you mean `response-type-changed`?",
        ),
        (
            "accepted:\n- { fingerprint: 0123456789abcdef, rule: found-redirect, reason: x }\n",
            "`found-redirect` is no rule that compares descriptions",
        ),
        ("acepted: []\n", "did you mean `accepted`?"),
    ] {
        let (code, out, err) = with(accepted, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(expected) && err.contains("accepted.yaml:"), "{err}");
    }
}

#[test]
fn the_file_in_the_readme_is_read() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, behind) = readme.split_once("```yaml\naccepted:").unwrap();
    let (entries, _) = behind.split_once("```").unwrap();
    let (code, _, err) = with(&format!("accepted:{entries}"), &[]);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("matches nothing"), "{err}");
}

/// A description whose one response has these media types with their schemas.
fn holding(content: &[(&str, &str)]) -> String {
    let types: Vec<String> = content.iter().map(|(name, schema)| format!("'{name}': {{ schema: {schema} }}")).collect();
    let responses = format!("'200': {{ description: a, content: {{ {} }} }}", types.join(", "));
    format!(
        "openapi: 3.1.0\ninfo: {{ title: a, version: 1.0.0 }}\npaths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} }} }}\n"
    )
}

/// The fingerprints of what is more than compatible.
fn marks(old: &str, new: &str) -> Vec<String> {
    let (_, out, _) = run(&[("old.yaml", old), ("new.yaml", new)], &["diff", "old.yaml", "new.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let loud = report["findings"].as_array().unwrap().iter().filter(|finding| finding["class"] != "compatible");
    loud.map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
}

/// Of each row the first schema became one of two others.
#[test]
fn another_change_at_the_same_place_is_not_accepted() {
    for (old, one, other) in [
        ("{ type: string, pattern: '^a' }", "{ type: string, pattern: '^b' }", "{ type: string, pattern: '.*' }"),
        ("{ not: { const: 1 } }", "{ not: { const: 2 } }", "{ not: { const: 3 } }"),
        ("{ contains: { const: 1 } }", "{ contains: { const: 2 } }", "{ contains: { const: 3 } }"),
        ("{ contentMediaType: a/b }", "{ contentMediaType: a/c }", "{ contentMediaType: a/d }"),
        (
            "{ type: object, additionalProperties: false }",
            "{ type: object, additionalProperties: { type: string } }",
            "{ type: object, additionalProperties: true }",
        ),
        (
            "{ oneOf: [{ type: string }] }",
            "{ oneOf: [{ type: string }, { type: object, required: [a] }] }",
            "{ oneOf: [{ type: string }, { type: object, required: [b] }] }",
        ),
        (
            "{ oneOf: [{ type: string, pattern: '^a' }, { type: integer }] }",
            "{ oneOf: [{ type: string, pattern: '^b' }, { type: integer }] }",
            "{ oneOf: [{ type: string, pattern: '^c' }, { type: integer }] }",
        ),
    ] {
        let (one, other) = [one, other].map(|new| marks(&holding(&[("a/b", old)]), &holding(&[("a/b", new)]))).into();
        assert!(!one.is_empty() && !other.is_empty(), "{old}");
        assert!(one.iter().all(|mark| !other.contains(mark)), "{old}: {one:?} {other:?}");
    }
}

#[test]
fn edits_beside_a_change_leave_its_fingerprint() {
    for (old, one, other) in [
        ("{ pattern: '^a' }", "{ pattern: '^b' }", "{ description: b, pattern: '^b', maxLength: 9 }"),
        ("{ not: { const: 1 } }", "{ not: { const: 2 } }", "{ minLength: 1, not: { description: b, const: 2 } }"),
        (
            "{ properties: { a: { enum: [x] } } }",
            "{ properties: { a: { enum: [x, y] } } }",
            "{ properties: { b: { title: c }, a: { enum: [y, x] } } }",
        ),
        (
            "{ oneOf: [{ type: string }] }",
            "{ oneOf: [{ type: string }, { type: integer }] }",
            "{ oneOf: [{ description: a, type: string }, { type: integer, description: b }] }",
        ),
        (
            "{ type: object, additionalProperties: false }",
            "{ type: object }",
            "{ type: object, properties: { a: { readOnly: true } }, description: a }",
        ),
    ] {
        let own = |new: &str| marks(&holding(&[("a/b", old)]), &holding(&[("a/b", new)]));
        let (one, other) = (own(one), own(other));
        assert!(!one.is_empty() && one.iter().all(|mark| other.contains(mark)), "{old}: {one:?} {other:?}");
    }
}

#[test]
fn the_media_type_is_part_of_a_fingerprint() {
    let (text, number) = ("{ type: string }", "{ type: integer }");
    let old = holding(&[("a/b", text), ("c/d", text)]);
    let marks = |one, other| marks(&old, &holding(&[("a/b", one), ("c/d", other)]));
    let (first, second, both) = (marks(number, text), marks(text, number), marks(number, number));
    assert_ne!(first, second);
    assert_eq!(both, [first, second].concat());
}

#[test]
fn a_fingerprint_stays_while_the_new_description_is_worked_on() {
    let before = fingerprints();
    let later = changed().replace("paths:\n", "tags: []\nservers: []\npaths:\n  /more: { get: { responses: {} } }\n");
    let files = [("old.yaml", OLD), ("new.yaml", later.as_str())];
    let (_, out, _) = run(&files, &["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert!(before.iter().all(|fingerprint| out.contains(fingerprint)), "{before:?} {out}");
}
