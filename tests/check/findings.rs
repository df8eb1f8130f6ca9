//! What is found, where it points, and how like things are told together.

use super::{FINE, check, line, run};

#[test]
fn a_schema_finding_names_instance_value_and_keyword() {
    let wrong = r#"{"status":200,"headers":{"Content-Type":"application/json"},"body":"{\"id\":\"seven\"}"}"#;
    let (code, out, _) = check(&[line("GET", "/orders/7", wrong)], &["--format", "json"]);
    assert_eq!(code, Some(1), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "response-schema-mismatch", "{out}");
    assert_eq!((&finding["status"], &finding["response"]), (&"200".into(), &"200".into()));
    assert_eq!(finding["pointer"], "/paths/~1orders~1{id}/get/responses/200");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("`/id`") && message.contains("string") && message.contains("integer"), "{message}");
    assert!(!message.contains("seven"), "values are masked: {message}");
    let keyword = &finding["related"][0];
    assert_eq!(keyword["span"]["start"]["line"], 12, "the line of the schema: {keyword}");
    let (_, out, _) = check(&[line("GET", "/orders/7", wrong)], &["--format", "concise", "--show-values"]);
    assert!(out.contains("seven"), "{out}");
}

#[test]
fn a_thousand_exchanges_that_break_one_promise_are_one_finding() {
    let lines: Vec<String> =
        (0..1000).map(|id| line("GET", &format!("/orders/{id}"), r#"{"status":410,"headers":{}}"#)).collect();
    let (_, out, _) = check(&lines, &["--format", "json", "--only", "undocumented-status-code"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{out}");
    assert_eq!(findings[0]["count"], 1000);
    assert_eq!(findings[0]["exchanges"].as_array().unwrap().len(), 100);
    let (_, out, _) = check(&lines, &["--only", "undocumented-status-code"]);
    assert!(out.contains("1,000 times"), "{out}");
}

#[test]
fn the_same_fault_has_the_same_rule_in_the_description_and_in_traffic() {
    let description = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        \
                       '200': { description: fine }\n        '405': { description: not here }\n";
    let recording = r#"{"request":{"method":"GET","url":"/a"},"response":{"status":405,"headers":{},"body":""}}"#;
    let files = [("openapi.yaml", description), ("run.ndjson", recording)];
    let only = ["--only", "method-not-allowed-without-allow", "--format", "concise"];
    let (_, declared, _) = run(&files, &[&["lint", "openapi.yaml"], &only[..]].concat());
    let (_, observed, _) = run(&files, &[&["check", "run.ndjson", "--spec", "openapi.yaml"], &only[..]].concat());
    for (said, severity) in [(declared, "warning"), (observed, "error")] {
        assert!(said.contains(&format!("openapi.yaml:8:9: {severity}: ")), "{said}");
        assert!(said.contains("[method-not-allowed-without-allow]"), "{said}");
    }
}

#[test]
fn severities_suppressions_and_baselines_hold_for_traffic() {
    let gone = [line("GET", "/orders/7", r#"{"status":410,"headers":{}}"#)];
    let only = ["--only", "undocumented-status-code", "--format", "concise"];
    let with = |more: &[&str]| check(&gone, &[&only[..], more].concat());
    assert!(with(&[]).1.contains("warning: "), "{}", with(&[]).1);
    assert!(with(&["--rule", "undocumented-status-code=note"]).1.contains("note: "));
    assert_eq!(with(&["--rule", "undocumented-status-code=off"]).1, "");
    let (code, ..) = with(&["--fail-on", "error"]);
    assert_eq!(code, Some(0));
    let allowed = super::API.1.replace(
        "      responses:\n        \"200\"",
        "      # statusquo: allow undocumented-status-code -- old clients\n      responses:\n        \"200\"",
    );
    let files = [("openapi.yaml", allowed.as_str()), ("run.ndjson", gone[0].as_str())];
    let (code, out, _) = run(&files, &[&["check", "run.ndjson", "--spec", "openapi.yaml"], &only[..]].concat());
    assert_eq!((code, out.as_str()), (Some(0), ""));
}

#[test]
fn coverage_is_counted_and_can_fail_the_run() {
    let lines = [line("GET", "/orders/7", FINE), line("GET", "/orders/8", FINE)];
    let (code, out, _) = check(&lines, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0), "{out}");
    let rows = report["coverage"].as_array().unwrap();
    let seen = |operation: &str, response: &str| {
        let row = rows.iter().find(|row| row["operation"] == operation && row["response"] == response).unwrap();
        row["seen"].as_u64().unwrap()
    };
    assert_eq!([seen("GET /orders/{id}", "200"), seen("GET /orders/{id}", "404"), seen("POST /orders", "201")], [2, 0, 0]);
    assert_eq!(report["summary"]["exchanges"], 2);
    let never: Vec<&serde_json::Value> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "response-never-observed").collect();
    assert_eq!(never.len(), 3, "{out}");
    let (code, out, err) = check(&lines, &["--fail-under", "80%"]);
    assert!(code == Some(1) && err.contains("25.0 %") && err.contains("80 %"), "{out}{err}");
    assert_eq!(check(&lines, &["--fail-under", "25"]).0, Some(0));
}

#[test]
fn without_a_description_http_itself_is_checked() {
    let recording =
        r#"{"request":{"method":"GET","url":"https://a.example/x"},"response":{"status":405,"headers":{},"body":""}}"#;
    let (code, out, err) = run(&[("run.ndjson", recording)], &["check", "run.ndjson", "--no-spec", "--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let finding =
        report["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "method-not-allowed-without-allow");
    let finding = finding.unwrap();
    assert!(finding["file"].is_null() && finding["pointer"].is_null(), "{finding}");
    assert_eq!(finding["exchange"]["index"], 0);
    assert!(report["coverage"].is_null(), "{out}");
}

#[test]
fn statuses_and_paths_can_be_left_out_or_forbidden() {
    let lines = [
        line("GET", "/orders/7", r#"{"status":410,"headers":{}}"#),
        line("GET", "/health", FINE),
        line("GET", "/orders/8", FINE),
    ];
    let (code, out, _) = check(&lines, &["--ignore-status", "410,5XX", "--ignore-path", "/v1/health", "--format", "concise"]);
    assert_eq!(code, Some(0), "{out}");
    let (code, out, _) = check(&lines[2..], &["--forbid-status", "2XX", "--format", "concise"]);
    assert!(code == Some(1) && out.contains("[undocumented-status-code]") && out.contains("forbid"), "{out}");
}

#[test]
fn traffic_of_other_origins_is_left_alone() {
    let foreign =
        r#"{"request":{"method":"GET","url":"https://fonts.example.net/a.woff"},"response":{"status":302,"headers":{}}}"#;
    let lines = [line("GET", "/orders/7", FINE), foreign.to_owned()];
    let (code, out, _) = check(&lines, &["--format", "concise"]);
    assert!(code == Some(0) && !out.contains("fonts"), "{out}");
}

#[test]
fn different_faults_of_one_keyword_are_two_and_keys_of_maps_are_one() {
    let description = r#"openapi: 3.1.0
info: { title: a, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: fine
          content:
            application/json:
              schema: { type: object, required: [id, name], properties: { users: { additionalProperties: { properties: { n: { type: integer } } } } } }
"#;
    let body = |body: &str| {
        format!(
            r#"{{"request":{{"method":"GET","url":"/a"}},"response":{{"status":200,"headers":{{"Content-Type":"application/json"}},"body":{body}}}}}"#
        )
    };
    let lines = [
        body(r#"{"name":1}"#),
        body(r#"{"id":1}"#),
        body(r#"{"id":1,"name":1,"users":{"ann@example.com":{"n":"x"}}}"#),
        body(r#"{"id":1,"name":1,"users":{"bob@example.com":{"n":"x"}}}"#),
    ];
    let files = [("openapi.yaml", description), ("run.ndjson", &lines.join("\n"))];
    let (_, out, _) =
        run(&files, &["check", "run.ndjson", "--spec", "openapi.yaml", "--format", "json", "--only", "response-schema-mismatch"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let messages: Vec<&str> = findings.iter().map(|finding| finding["message"].as_str().unwrap()).collect();
    assert_eq!(messages.len(), 3, "{messages:#?}");
    for words in ["lacks `id`", "lacks `name`", "`/users/*/n` is a string"] {
        assert!(messages.iter().any(|message| message.contains(words)), "{words}: {messages:#?}");
    }
    assert!(!out.contains("ann@") && !out.contains("bob@"), "{out}");
}

#[test]
fn a_part_of_a_document_and_a_copy_of_a_browser_are_no_bodies() {
    let part = r#"{"request":{"method":"GET","url":"https://api.example.com/v1/orders/7","headers":{"Range":"bytes=0-4"}},"response":{"status":206,"headers":{"Content-Type":"application/json","Content-Range":"bytes 0-4/10"},"body":"{\"id\""}}"#;
    let (_, out, _) = check(&[part.to_owned()], &["--format", "concise", "--only", "malformed-response-body"]);
    assert_eq!(out, "");
    let copy = r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://api.example.com/v1/orders/7","headers":[{"name":"If-None-Match","value":"\"1\""}]},"response":{"status":200,"headers":[{"name":"ETag","value":"\"1\""}],"bodySize":0,"content":{"size":8,"mimeType":"application/json","text":"{\"id\":7}"}}}]}}"#;
    let (code, out, err) =
        run(&[super::API, ("a.har", copy)], &["check", "a.har", "--spec", "openapi.yaml", "--format", "concise"]);
    assert!(code == Some(2) && out.is_empty() && err.contains("no exchange was checked"), "{out}{err}");
}
