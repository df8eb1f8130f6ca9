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
    assert!(out.contains(r#""witness":{"id":null}"#), "{out}");
}

#[test]
fn markdown() {
    let (_, out, _) = diff(OLD, &changed(), &["--format", "markdown", "--semver"]);
    let table = "\n| class | changes | what |\n|---|---:|---|\n\
                 | breaking | 1 | `response-type-changed` 1 |\n\
                 | risky | 1 | `response-enum-value-added` 1 |\n\
                 | version | 1 | `version-step-too-small` 1 |\n";
    assert!(out.starts_with("### statusquo diff\n\n1 breaking, 1 risky changes in 1 file"), "{out}");
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
fn what_is_left_out_is_counted() {
    let (code, out, _) = diff(OLD, &changed(), &["--only", "operation-removed"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "no other changes in 1 file · 3 of 3 operations compared · 2 of rules that are off\n")
    );
    let (_, out, _) = diff(OLD, &changed(), &["--rule", "response-type-changed=off", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["summary"]["changes"], serde_json::json!({ "breaking": 0, "risky": 1, "compatible": 0, "off": 1 }));
}

#[test]
fn a_media_type_among_several_is_named() {
    let with = |kind: &str| {
        let types = ["a/b", "c/d"].map(|name| format!("{name}: {{ schema: {{ type: {kind} }} }}")).join(", ");
        let responses = format!("'200': {{ description: a, content: {{ {types} }} }}");
        format!(
            "openapi: 3.1.0\ninfo: {{ title: a, version: 1.0.0 }}\npaths: {{ /a: {{ get: {{ responses: {{ {responses} }} }} }} }}\n"
        )
    };
    let (_, out, _) = diff(&with("string"), &with("integer"), &["--format", "concise"]);
    for name in ["a/b", "c/d"] {
        assert!(out.contains(&format!("GET /a 200 `{name}`: the body: the type is integer and was string")), "{out}");
    }
    let one_changed = with("string").replace("c/d: { schema: { type: string }", "c/d: { schema: { type: integer }");
    let (_, out, _) = diff(&with("string"), &one_changed, &["--format", "concise"]);
    assert!(out.contains("GET /a 200 `c/d`: "), "{out}");
    // An extension beside it is no media type.
    let alone = |text: &str| text.replace("a/b", "x-a");
    let (_, out, _) = diff(&alone(&with("string")), &alone(&one_changed), &["--format", "concise"]);
    assert!(out.contains("GET /a 200: "), "{out}");
}

/// The place that is told is one that the named operation has.
#[test]
fn a_place_that_only_some_have_is_an_example() {
    let with = |kind: &str| {
        let holding = |schema: &str| {
            format!("get: {{ responses: {{ '200': {{ description: a, content: {{ a/b: {{ schema: {schema} }} }} }} }} }}")
        };
        let component = "{ $ref: '#/components/schemas/C' }";
        let deep = holding(&format!("{{ items: {{ properties: {{ deep: {{ properties: {{ p: {component} }} }} }} }} }}"));
        let shallow = holding(&format!("{{ properties: {{ q: {component} }} }}"));
        format!(
            "openapi: 3.1.0\ninfo: {{ title: a, version: 1.0.0 }}\npaths: {{ /first: {{ {deep} }}, /second: {{ {shallow} }} }}\ncomponents: {{ schemas: {{ C: {{ type: {kind} }} }} }}\n"
        )
    };
    let (_, out, _) = diff(&with("string"), &with("integer"), &["--format", "concise"]);
    let expected = "`/q`: the type is integer and was string (in 2 operations, for example in GET /second)";
    assert!(out.contains(expected), "{out}");
}

/// Operations that share a schema and show it at other places: the nearest one is told, with one that has it there.
#[test]
fn the_nearest_of_several_places_is_told() {
    let b = "{ $ref: \"#/components/schemas/B\" }";
    let inside = format!("application/json: {{ schema: {{ type: object, properties: {{ id: {b} }} }} }}");
    let whole = format!("application/xml: {{ schema: {b} }}");
    let path = |name: &str, other: &str| {
        format!("  /{name}: {{ get: {{ responses: {{ \"200\": {{ description: a, content: {{ {other}, {whole} }} }} }} }} }}\n")
    };
    let side = |kind: &str| {
        let schema = format!("B: {{ type: object, required: [message], properties: {{ message: {{ type: {kind} }} }} }}");
        let paths = path("a", &inside) + &path("b", "text/plain: { schema: { type: string } }");
        format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: \"1\" }}\npaths:\n{paths}components: {{ schemas: {{ {schema} }} }}\n"
        )
    };
    let (_, out, _) = diff(&side("string"), &side("integer"), &["--format", "concise"]);
    assert!(out.contains("`/message`: the type is integer and was string (in 2 operations, for example in GET /b)"), "{out}");
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
