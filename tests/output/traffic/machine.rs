//! JSON and SARIF about recorded traffic.

use serde_json::{Value, json};
use statusquo::report::Format;

use crate::machine::require;
use crate::recorded::{HOSTILE, traffic};

#[test]
fn json_findings() {
    let findings = parsed(Format::Json)["findings"].clone();
    let (merged, never, broken) = (&findings[0], &findings[1], &findings[4]);
    let exchange = json!({
        "recording": "run.har", "index": 12, "time": "2026-01-31T09:00:00Z", "method": "GET",
        "url": "https://api.example.com/orders/17?token=***", "path": "/orders/{id}", "status": 404
    });
    assert_eq!(merged["exchange"], exchange);
    assert_eq!((&merged["status"], &merged["response"]), (&json!("404"), &json!("4XX")));
    assert_eq!((&merged["exchanges"], &merged["count"]), (&json!([12, 40]), &json!(1_204)));
    assert_eq!(merged["elsewhere"], json!([{ "recording": "b.har", "exchanges": [0, 7] }]));
    assert_eq!(merged["pointer"], "/paths/~1orders~1{id}/get/responses/4XX");
    assert_eq!((&never["file"], never.get("exchange")), (&json!("api.yaml"), None));
    let expected = json!({
        "rule": "invalid-entry", "severity": "note", "message": "the entry has no `response`", "help": null, "url": null,
        "file": null, "span": null, "pointer": null, "operations": [], "status": null, "related": [], "fix": null,
        "fingerprint": "invalid-entry-1", "response": null, "exchanges": [5], "count": 1,
        "exchange": {
            "recording": "run.har", "index": 5, "time": null, "method": null, "url": null, "path": null, "status": null
        }
    });
    assert_eq!(broken, &expected);
    assert_eq!(findings[2]["exchange"]["url"], HOSTILE);
    let lines = traffic().plain(Format::Jsonl);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json!(lines), findings);
}

#[test]
fn json_coverage_and_numbers() {
    let report = parsed(Format::Json);
    let csv = json!({ "description": "api.yaml", "operation": "GET /orders/{id}", "response": "200", "media-type": "text/csv", "seen": 0 });
    let range = json!({
        "description": "api.yaml", "operation": "GET /orders/{id}", "response": "4XX", "media-type": null, "seen": 4,
        "codes": { "404": 3, "410": 1 }
    });
    assert_eq!(report["coverage"].as_array().unwrap().len(), 6);
    assert_eq!((&report["coverage"][2], &report["coverage"][3]), (&csv, &range));
    let numbers = json!({
        "files": 1, "operations": 0, "judged": 0, "responses": 0, "errors": 1, "warnings": 2, "notes": 2, "suppressed": 0,
        "fixed": 0, "unknown": 0, "exchanges": 1_204, "matched": 1_180, "skipped": 12, "broken": 3, "ignored": 0,
        "bodies-not-recorded": 9, "unknown-paths": 1, "interrupted": false
    });
    assert_eq!(report["summary"], numbers);
}

#[test]
fn sarif() {
    let log = parsed(Format::Sarif);
    require(&log);
    let results = &log["runs"][0]["results"];
    let entry = json!([{
        "physicalLocation": {
            "artifactLocation": { "uri": "run.har", "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": 2 }
        }
    }]);
    assert_eq!(results[4]["locations"], entry);
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 9);
    let properties = &results[0]["properties"];
    assert_eq!((&properties["exchange"]["index"], &properties["exchanges"]), (&json!(12), &json!([12, 40])));
    assert_eq!((&properties["response"], &properties["count"]), (&json!("4XX"), &json!(1_204)));
    assert_eq!(results[1]["properties"], json!({ "operations": [] }));
    assert!(
        results[2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().starts_with("evil%0A%1B")
    );
}

fn parsed(format: Format) -> Value {
    serde_json::from_str(&traffic().plain(format)).unwrap()
}
