//! JSON and SARIF.
//!
//! `schemas/sarif-2.1.0-rtm.5.json` is the published schema, as `schemas/README.md` tells; what it does not say and the text of
//! SARIF does is asserted by hand.

use serde_json::Value;
use statusquo::report::Format;

use crate::hostile::hostile;
use crate::recorded::traffic;
use crate::world::{API, SHARED, world};

/// The first finding in JSON, in the order of the contract.
const FIRST: &str = r#"{"rule":"created-without-location","severity":"warning","message":"POST /orders creates something and does not say where","help":"declare a `Location` header holding the URI of the new resource","url":"https://example.com/rfc#9.3.3","file":"my apis/öffentlich, v1.yaml","span":{"start":{"line":7,"column":9,"offset":119},"end":{"line":7,"column":14,"offset":124}},"pointer":"/paths/~1orders/post/responses/201","operations":["POST /orders"],"status":"201","related":[{"file":"my apis/öffentlich, v1.yaml","span":{"start":{"line":5,"column":5,"offset":86},"end":{"line":5,"column":9,"offset":90}},"message":"the method"},{"file":"/srv/shared.json","span":{"start":{"line":2,"column":3,"offset":4},"end":{"line":2,"column":10,"offset":11}},"message":"defined here"}],"fix":null,"fingerprint":"created-without-location-1"}"#;

/// The second one: without help, link and status, in the second document of its file.
const SECOND: &str = r#"{"rule":"unknown-rule","severity":"note","message":"behind an emoji","help":null,"url":null,"file":"my apis/öffentlich, v1.yaml","span":{"start":{"line":8,"column":31,"offset":161},"end":{"line":8,"column":38,"offset":168}},"pointer":"","document":1,"operations":[],"status":null,"related":[],"fix":null,"fingerprint":"unknown-rule-1"}"#;

#[test]
fn jsonl() {
    let text = world().plain(Format::Jsonl);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[..2], [FIRST, SECOND]);
}

#[test]
fn json() {
    let world = world();
    let text = world.plain(Format::Json);
    let head = format!(r#"{{"version":1,"tool":{{"name":"statusquo","version":"{}"}},"findings":["#, env!("CARGO_PKG_VERSION"));
    let tail = r#"],"summary":{"files":2,"operations":12,"judged":11,"responses":40,"errors":1,"warnings":1,"notes":2,"suppressed":4,"fixed":0,"unknown":3}}"#;
    let lines = world.plain(Format::Jsonl);
    let compact = format!("{head}{}{tail}", lines.lines().collect::<Vec<_>>().join(","));
    assert_eq!(without_layout(&text), compact);
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed["findings"][3]["span"]["end"]["line"], 3);
}

/// JSON text without the spaces and line breaks between its tokens.
fn without_layout(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let keep = |character: &char| {
        let quote = *character == '"' && !escaped;
        escaped = inside && *character == '\\' && !escaped;
        inside ^= quote;
        inside || !character.is_ascii_whitespace()
    };
    json.chars().filter(keep).collect()
}

#[test]
fn sarif_results() {
    let log: Value = serde_json::from_str(&world().plain(Format::Sarif)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let first: Value = serde_json::json!({
        "ruleId": "created-without-location",
        "ruleIndex": 0,
        "level": "warning",
        "message": { "text": "POST /orders creates something and does not say where\n\ndeclare a `Location` header holding the URI of the new resource" },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": "my%20apis/%C3%B6ffentlich%2C%20v1.yaml", "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 14, "byteOffset": 119, "byteLength": 5 }
            },
            "logicalLocations": [{ "fullyQualifiedName": "/paths/~1orders/post/responses/201", "kind": "member" }]
        }],
        "relatedLocations": [
            {
                "id": 0,
                "message": { "text": "the method" },
                "physicalLocation": {
                    "artifactLocation": { "uri": "my%20apis/%C3%B6ffentlich%2C%20v1.yaml", "uriBaseId": "%SRCROOT%" },
                    "region": { "startLine": 5, "startColumn": 5, "endLine": 5, "endColumn": 9, "byteOffset": 86, "byteLength": 4 }
                }
            },
            {
                "id": 1,
                "message": { "text": "defined here" },
                "physicalLocation": {
                    "artifactLocation": { "uri": "file:///srv/shared.json" },
                    "region": { "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 10, "byteOffset": 4, "byteLength": 7 }
                }
            }
        ],
        "partialFingerprints": { "statusquo/v1": "created-without-location-1" },
        "properties": { "operations": ["POST /orders"], "status": "201" }
    });
    assert_eq!(results[0], first);
    assert_eq!(results.len(), 4);
    assert_eq!(results[1].get("ruleIndex"), None);
    assert_eq!(results[1]["properties"], serde_json::json!({ "operations": [] }));
    assert_eq!(results[2]["message"]["text"], "100% certain: a 204, by definition,\nhas no content");
}

#[test]
fn sarif_rules() {
    let log: Value = serde_json::from_str(&world().plain(Format::Sarif)).unwrap();
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    let first = serde_json::json!({
        "id": "created-without-location",
        "shortDescription": { "text": "The rule created-without-location" },
        "fullDescription": { "text": "Because clients rely on it." },
        "help": {
            "text": "Do the next thing.\n\nBecause clients rely on it.",
            "markdown": "Do the next thing.\n\nBecause clients rely on it.\n\n[Specification](https://example.com/rfc#9.3.3)"
        },
        "helpUri": "https://example.com/rfc#9.3.3",
        "defaultConfiguration": { "enabled": true, "level": "warning" }
    });
    assert_eq!(rules[0], first);
    assert_eq!(rules[1].get("helpUri"), None);
    assert_eq!(rules[2]["defaultConfiguration"], serde_json::json!({ "enabled": false, "level": "note" }));
}

#[test]
fn sarif_is_valid() {
    let mut schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0-rtm.5.json")).unwrap();
    // A bracket too many, which only JavaScript reads; later editions of the schema have it like this.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"]["pattern"] = Value::from("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let mut empty = world();
    empty.findings.clear();
    let mut logs: Vec<String> = [world(), traffic(), hostile(), empty].iter().map(|world| world.plain(Format::Sarif)).collect();
    logs.push(of_program(&["lint", "fixtures/demo.yaml"]));
    logs.push(of_program(&["diff", "fixtures/demo.yaml", "fixtures/bare-redirect.yaml"]));
    for log in logs {
        let log: Value = serde_json::from_str(&log).unwrap();
        let broken: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
    let mut wrong: Value = serde_json::from_str(&world().plain(Format::Sarif)).unwrap();
    wrong["runs"][0]["results"][0]["level"] = Value::from("info");
    assert!(!validator.is_valid(&wrong), "the schema tells right from wrong");
}

/// What the real program reports as SARIF about files of the repository.
#[expect(clippy::disallowed_methods, reason = "runs the program")]
fn of_program(arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_statusquo"));
    command.args(arguments).args(["--no-config", "--format", "sarif"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let log = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(log.contains("\"ruleId\""), "{arguments:?} finds something");
    log
}

/// What the schema and the text of SARIF 2.1.0 require of the objects that we write.
#[test]
fn sarif_requirements() {
    require(&serde_json::from_str(&world().plain(Format::Sarif)).unwrap());
}

pub(crate) fn require(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(!run["tool"]["driver"]["name"].as_str().unwrap().is_empty());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string());
        assert!(rule["shortDescription"]["text"].is_string() && rule["help"]["text"].is_string());
        assert!(["note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    for result in run["results"].as_array().unwrap() {
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        if let Some(index) = result.get("ruleIndex") {
            assert_eq!(rules[index.as_u64().unwrap() as usize]["id"], result["ruleId"]);
        }
        assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            check_location(&location["physicalLocation"], run);
        }
    }
}

fn check_location(physical: &Value, run: &Value) {
    let artifact = &physical["artifactLocation"];
    let uri = artifact["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%:".contains(&byte)), "{uri}");
    match artifact.get("uriBaseId").and_then(Value::as_str) {
        Some(base) => assert!(run["originalUriBaseIds"].get(base).is_some() && !uri.contains(':') && !uri.starts_with('/')),
        None => assert!(uri.starts_with("file://")),
    }
    if let Some(region) = physical["region"].as_object().filter(|region| region.len() == 1) {
        return assert!(region["startLine"].as_u64().unwrap() >= 1);
    }
    let number = |name: &str| physical["region"][name].as_u64().unwrap();
    let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end);
    assert!(number("byteOffset") + number("byteLength") <= API.len().max(SHARED.len()) as u64);
}
