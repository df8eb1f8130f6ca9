//! What each format makes of a change.

use super::{OLD, changed, diff};

#[test]
fn text() {
    let (_, out, _) = diff(OLD, &changed(), &[]);
    let expected = "error[response-type-changed] (https://spec.openapis.org/oas/v3.1.1.html#schema-object)

  x `/id`: the type is string and was integer (in 2 operations)
    ,-[new.yaml:30:15]
 29 |       properties:
 30 |         id: { type: string }
    :               ^^^^
 31 |         state: { type: string, enum: [open, paid, sent] }
    `----
  help: keep the type, or send the new value under another name
  before: old.yaml:30:15 type: integer
  may come now: {\"id\":\"a\"}
  operations: GET /orders/{id}, PUT /orders/{id}
";
    assert!(out.starts_with(expected), "{out}");
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(readme.contains(expected), "the README shows this report: {expected}");
    assert!(out.ends_with("1 breaking, 1 risky changes in 1 file · 3 of 3 operations compared\n"), "{out}");
    let (_, out, _) = diff(OLD, &changed(), &["--verbose"]);
    assert!(out.contains("  fingerprint: "), "{out}");
}

#[test]
fn json() {
    let (_, out, _) = diff(OLD, &changed(), &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((&finding["class"], &finding["status"]), (&"breaking".into(), &"200".into()));
    assert_eq!(finding["pointer"], "/components/schemas/Order/properties/id/type");
    assert_eq!((&finding["old"]["file"], &finding["old"]["span"]["start"]["line"]), (&"old.yaml".into(), &30.into()));
    assert_eq!(finding["witness"], serde_json::json!({ "id": "a" }));
    assert_eq!(finding["operations"], serde_json::json!(["GET /orders/{id}", "PUT /orders/{id}"]));
    assert_eq!(report["summary"]["changes"], serde_json::json!({ "breaking": 1, "risky": 1, "compatible": 0 }));
    let nothing = OLD.replace("id: { type: integer }", "id: { type: integer, nullable: true }");
    let (_, out, _) = diff(OLD, &nothing, &["--format", "json"]);
    assert!(out.contains("\"witness\": {\n        \"id\": null\n      }"), "{out}");
}

#[test]
fn markdown() {
    let (_, out, _) = diff(OLD, &changed(), &["--format", "markdown", "--semver"]);
    let table = "\n| class | changes | what |\n|---|---:|---|\n\
                 | breaking | 2 | `response-type-changed` 1, `version-step-too-small` 1 |\n\
                 | risky | 1 | `response-enum-value-added` 1 |\n";
    assert!(out.starts_with("### statusquo diff\n\n2 breaking, 1 risky changes in 1 file"), "{out}");
    for part in [
        table,
        "version 1.2.0 to 1.2.0: no step; the changes ask for a major step",
        "<summary>breaking: <code>response-type-changed</code></summary>",
        "- before: `old.yaml:30:15` `type: integer`",
        "- may come now: `{\"id\":\"a\"}`",
        "- fingerprint: `",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
}

#[test]
fn machine_formats_know_the_place_before() {
    let (_, out, _) = diff(OLD, &changed(), &["--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&out).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!((&result["properties"]["class"], &result["level"]), (&"breaking".into(), &"error".into()));
    let related = &result["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "before");
    assert_eq!(related["physicalLocation"]["artifactLocation"]["uri"], "old.yaml");
    let (_, out, _) = diff(OLD, &changed(), &["--format", "github"]);
    assert!(out.contains("::error file=new.yaml,line=30,") && out.contains("%0Abefore: old.yaml:30:15 type: integer"), "{out}");
}

#[test]
fn what_descriptions_say_does_not_drive_terminals_or_pages() {
    let old = OLD.replace("[open, paid]", "[\"open\", \"\\e[31mpaid\\u202e\"]");
    let new = OLD.replace("[open, paid]", "[\"open\", \"<script>x</script>\\e[2J|@everyone\"]");
    for format in ["text", "concise", "github", "markdown"] {
        let (_, out, _) = diff(&old, &new, &["--format", format]);
        assert!(out.contains("script"), "{format}: {out}");
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{format}: {out}");
        let outside_of_code: String = out.split('`').step_by(2).collect();
        assert!(format != "markdown" || !outside_of_code.contains("script"), "{out}");
    }
}
