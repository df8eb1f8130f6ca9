//! `--semver`: whether the version was raised as far as the changes ask for.

use super::{OLD, changed, classes, diff, run};

fn judged(old: &str, new: &str, version: &str) -> (Option<i32>, String, String) {
    diff(old, &new.replace("1.2.0", version), &["--semver"])
}

#[test]
fn the_step_is_held_against_the_worst_change() {
    let added = OLD.replace("paths:\n", "paths:\n  /more: { get: { responses: { \"200\": { description: fine } } } }\n");
    let breaking = changed();
    for (new, version, is_enough) in [
        (&breaking, "2.0.0", true),
        (&breaking, "1.3.0", false),
        (&breaking, "1.2.0", false),
        (&breaking, "2.0.0-rc.1", true),
        (&added, "1.3.0", true),
        (&added, "v1.3", true),
        (&added, "1.2.1", false),
        (&OLD.to_owned(), "1.2.0", true),
        (&OLD.to_owned(), "1.1.0", false),
    ] {
        let (_, out, err) = judged(OLD, new, version);
        assert_eq!(err, "");
        assert_eq!(!out.contains("version-step-too-small"), is_enough, "{version}: {out}");
        assert!(out.contains(&format!("version 1.2.0 to {version}: ")), "{out}");
    }
}

#[test]
fn it_is_told_at_the_version() {
    let (code, out, _) = diff(OLD, &changed().replace("1.2.0", "1.2.1"), &["--semver", "--format", "json"]);
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&"version-step-too-small".into(), &"error".into()), "{out}");
    assert_eq!((&finding["span"]["start"]["line"], &finding["pointer"]), (&2.into(), &"/info/version".into()));
    assert_eq!(finding["old"]["pointer"], "/info/version");
    let version = &report["summary"]["changes"]["versions"][0];
    assert_eq!((&version["made"], &version["asked-for"], &version["enough"]), (&"patch".into(), &"major".into(), &false.into()));
}

#[test]
fn what_is_off_asks_for_nothing() {
    let arguments = ["--semver", "--rule", "response-type-changed=off", "--format", "json"];
    let (_, out, _) = diff(OLD, &changed().replace("1.2.0", "1.3.0"), &arguments);
    assert_eq!(classes(&out), ["risky response-enum-value-added"]);
}

/// The finding stands in the new description, so it is under the overrides of that file like all others.
#[test]
fn overrides_hold_for_the_step_too() {
    let new = changed().replace("1.2.0", "1.2.1");
    let overrides = "overrides:\n  - files: [new.yaml]\n    rules: { version-step-too-small: off }\n";
    let files = [("old.yaml", OLD), ("new.yaml", new.as_str()), ("statusquo.yaml", overrides)];
    let (_, out, err) = run(&files, &["diff", "old.yaml", "new.yaml", "--semver"]);
    assert_eq!(err, "");
    assert!(out.contains("response-type-changed") && !out.contains("version-step-too-small"), "{out}");
}

/// That somebody knows of a break does not undo it.
#[test]
fn what_is_accepted_asks_for_its_step() {
    let breaking = OLD.replace("id: { type: integer }", "id: { type: string }");
    let (_, out, _) = diff(OLD, &breaking, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let fingerprint = report["findings"][0]["fingerprint"].as_str().unwrap();
    let accepted = format!("accepted:\n- fingerprint: {fingerprint}\n  reason: clients were asked\n");
    for (version, expected) in [("1.2.0", Some(1)), ("2.0.0", Some(0))] {
        let new = breaking.replace("1.2.0", version);
        let files = [("old.yaml", OLD), ("new.yaml", new.as_str()), ("accepted.yaml", accepted.as_str())];
        let (code, out, _) = run(&files, &["diff", "old.yaml", "new.yaml", "--semver", "--accepted", "accepted.yaml"]);
        assert_eq!(code, expected, "{out}");
        assert!(out.contains("the changes ask for a major step") && out.contains("no other changes in 1 file"), "{out}");
    }
}

#[test]
fn a_version_of_another_kind_cannot_be_judged() {
    for version in ["2024-01-31", "latest", "1.2.3.4"] {
        let (code, out, err) = judged(OLD, OLD, version);
        assert_eq!(code, Some(2));
        assert!(out.contains("no changes in 1 file"), "the report is written all the same: {out}");
        assert!(err.contains(&format!("its version `{version}` is none of Semantic Versioning")), "{err}");
    }
    let nameless = OLD.replace(", version: 1.2.0", "");
    let (code, _, err) = judged(OLD, &nameless, "");
    assert_eq!(code, Some(2));
    assert!(err.contains("has no `info.version`"), "{err}");
}
