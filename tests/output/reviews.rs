//! The JSON of GitLab and of reviewdog.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use statusquo::finding::{Severity, Summary};
use statusquo::report::Format;
use statusquo::source::{Source, SourceId};

use crate::hostile::{NAME, hostile};
use crate::recorded::traffic;
use crate::world::{World, finding, span_of, world};

#[test]
fn gitlab() {
    let issues = parsed(&world(), Format::Gitlab);
    let first = json!({
        "description": "POST /orders creates something and does not say where",
        "check_name": "created-without-location",
        "fingerprint": "created-without-location-1",
        "severity": "minor",
        "location": { "path": "my apis/öffentlich, v1.yaml", "lines": { "begin": 7 } }
    });
    assert_eq!(issues[0], first);
    let severities: Vec<&Value> = issues.as_array().unwrap().iter().map(|issue| &issue["severity"]).collect();
    assert_eq!(severities, ["minor", "info", "major", "info"]);
    assert_eq!(issues[2]["description"], "100% certain: a 204, by definition, has no content");
    assert_eq!(parsed(&traffic(), Format::Gitlab)[4]["location"], json!({ "path": "run.har", "lines": { "begin": 2 } }));
}

/// GitLab shows one finding for each fingerprint, and none without.
#[test]
fn gitlab_tells_all_findings_apart() {
    let source = Source::new(SourceId(0), "./a b/ü.yaml", "a: 1\nb: 2\n");
    let one = |fingerprint: &str, part: &str| {
        let mut one = finding("same", Severity::Note, span_of(&source, part), "again");
        one.fingerprint = fingerprint.to_owned();
        one
    };
    let findings = [("", "a"), ("", "b"), ("f", "a"), ("f", "b"), ("f-2", "a")].map(|(name, part)| one(name, part));
    let world = World { findings: findings.to_vec(), ..only(source) };
    let issues = parsed(&world, Format::Gitlab);
    let issues = issues.as_array().unwrap();
    let names: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.iter().all(|name| !name.is_empty()));
    assert_eq!(issues[0]["location"]["path"], "a b/ü.yaml");
    assert_eq!(issues[2]["fingerprint"], "f");
}

#[test]
fn rdjson() {
    let document = parsed(&world(), Format::Rdjson);
    assert_eq!(document["source"], json!({ "name": "statusquo" }));
    let first = json!({
        "message": "POST /orders creates something and does not say where\nhelp: declare a `Location` header holding the URI of the new resource\n\
            related: my apis/öffentlich, v1.yaml:5:5 the method\nrelated: /srv/shared.json:2:3 defined here",
        "location": {
            "path": "my apis/öffentlich, v1.yaml",
            "range": { "start": { "line": 7, "column": 9 }, "end": { "line": 7, "column": 14 } }
        },
        "severity": "WARNING",
        "code": { "value": "created-without-location", "url": "https://example.com/rfc#9.3.3" }
    });
    assert_eq!(document["diagnostics"][0], first);
    assert_eq!(document["diagnostics"][1]["code"], json!({ "value": "unknown-rule" }));
    require_rdjson(&document);
}

/// As the definition shows it: of `a𐐀b` the columns are 1, 2 and 6.
#[test]
fn rdjson_columns_count_bytes() {
    let text = "\u{feff}a𐐀b\r\nü: a𐐀b";
    let source = Source::new(SourceId(0), "a.yaml", text);
    let at = |start: usize, end: usize| finding("a", Severity::Error, source.span(start as u32, end as u32), "here");
    let second = text.find('ü').unwrap();
    let findings = vec![at(3, 8), at(8, 9), at(second + 4, second + 9), at(second, 999), at(9, 11)];
    let world = World { findings, ..only(Source::new(SourceId(0), "a.yaml", text)) };
    let document = parsed(&world, Format::Rdjson);
    let range = |number: usize| {
        let range = &document["diagnostics"][number]["location"]["range"];
        ["start", "end"].map(|end| (range[end]["line"].as_u64().unwrap(), range[end]["column"].as_u64().unwrap()))
    };
    // A byte order mark is three bytes of its line.
    assert_eq!(range(0), [(1, 4), (1, 9)]);
    assert_eq!(range(1), [(1, 9), (1, 10)]);
    assert_eq!(range(2), [(2, 5), (2, 10)]);
    assert_eq!(range(3), [(2, 1), (2, 11)]);
    assert_eq!(range(4), [(1, 10), (2, 1)]);
    require_rdjson(&document);
}

#[test]
fn rdjson_about_traffic_names_the_entry() {
    let document = parsed(&traffic(), Format::Rdjson);
    let place = json!({ "path": "run.har", "range": { "start": { "line": 1, "column": 900 } } });
    assert_eq!(document["diagnostics"][3]["location"], place);
    let message = document["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains("\nexchange: GET https://api.example.com/orders/17?token=*** answered 404 (entry 12"), "{message}");
    require_rdjson(&document);
}

#[test]
fn nothing_hostile_in_what_is_shown() {
    for format in [Format::Gitlab, Format::Rdjson] {
        let document = parsed(&hostile(), format);
        let items = document["diagnostics"].as_array().or(document.as_array()).unwrap();
        assert_eq!(items.len(), 6);
        for item in items {
            let shown = item["message"].as_str().or(item["description"].as_str()).unwrap();
            assert!(shown.contains("]]> </script></style><script>alert(1)</script> \"'>&amp; "), "{shown}");
            let drives = |letter: char| letter.is_control() && letter != '\n' || ('\u{202a}'..='\u{202e}').contains(&letter);
            assert!(!shown.contains(drives) && !shown.contains('\u{2066}'), "{shown:?}");
            assert_eq!(item["location"]["path"], NAME.trim_start_matches("./"));
        }
    }
    require_rdjson(&parsed(&hostile(), Format::Rdjson));
}

/// What `DiagnosticResult` requires. Its reader refuses fields that it does not know, and numbers above those of 32 bits.
fn require_rdjson(document: &Value) {
    let keys = |value: &Value, allowed: &[&str]| {
        let object = value.as_object().unwrap();
        assert!(object.keys().all(|key| allowed.contains(&key.as_str())), "{value}");
    };
    keys(document, &["source", "diagnostics", "severity"]);
    keys(&document["source"], &["name", "url"]);
    for diagnostic in document["diagnostics"].as_array().unwrap() {
        keys(diagnostic, &["message", "location", "severity", "code"]);
        keys(&diagnostic["code"], &["value", "url"]);
        keys(&diagnostic["location"], &["path", "range"]);
        keys(&diagnostic["location"]["range"], &["start", "end"]);
        assert!(["ERROR", "WARNING", "INFO"].contains(&diagnostic["severity"].as_str().unwrap()));
        assert!(!diagnostic["message"].as_str().unwrap().is_empty());
        let range = diagnostic["location"]["range"].as_object().unwrap();
        for point in range.values() {
            keys(point, &["line", "column"]);
            assert!(
                point.as_object().unwrap().values().all(|number| (1..=i64::from(i32::MAX)).contains(&number.as_i64().unwrap()))
            );
        }
    }
}

fn only(source: Source) -> World {
    World { sources: vec![source], findings: Vec::new(), rules: Vec::new(), summary: Summary::default(), coverage: None }
}

fn parsed(world: &World, format: Format) -> Value {
    serde_json::from_str(&world.plain(format)).unwrap()
}
