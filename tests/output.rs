//! What every format writes, against expected text.
//!
//! The SARIF schema belongs to OASIS and is not kept here: its requirements on what we write are asserted by hand.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use std::time::{Duration, Instant};

use serde_json::Value;
use statusquo::finding::{Finding, Place, Related, RuleDescription, RuleId, Severity, Summary, Unjudged};
use statusquo::report::{Format, Options, Report, write};
use statusquo::source::{Source, SourceId, Span};

/// A byte order mark, CRLF and characters of two to four bytes.
const API: &str = "\u{feff}openapi: 3.1.0\r\n\
info: {title: Grüße 🙂, version: \"1\"}\r\n\
paths:\r\n\
\x20 /orders:\r\n\
\x20   post:\r\n\
\x20     responses:\r\n\
\x20       \"201\":\r\n\
\x20         description: Über 🙂 created\r\n\
\x20       \"204\":\r\n\
\x20         description: nothing\r\n\
\x20         content: {}\r\n";

const SHARED: &str = "{\n  \"Error\": {\n    \"description\": \"100% wrong, always: really\"\n  }\n}\n";

struct World {
    sources: Vec<Source>,
    findings: Vec<Finding>,
    summary: Summary,
    rules: Vec<RuleDescription>,
}

impl World {
    fn report(&self) -> Report<'_> {
        Report { findings: &self.findings, sources: self.sources.iter().collect(), summary: &self.summary, rules: &self.rules }
    }

    fn write(&self, format: Format, options: &Options) -> String {
        let mut out = Vec::new();
        write(format, &self.report(), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn plain(&self, format: Format) -> String {
        self.write(format, &Options::default())
    }
}

fn span_of(source: &Source, part: &str) -> Span {
    let start = source.text().find(part).unwrap() as u32;
    source.span(start, start + part.len() as u32)
}

fn rule(id: &str, severity: Option<Severity>, url: Option<&str>) -> RuleDescription {
    RuleDescription {
        id: RuleId::from(id),
        summary: format!("The rule {id}"),
        why: "Because clients rely on it.".to_owned(),
        help: "Do the next thing.".to_owned(),
        url: url.map(str::to_owned),
        severity,
    }
}

fn finding(rule: &str, severity: Severity, span: Span, message: &str) -> Finding {
    Finding {
        rule: RuleId::from(rule),
        severity,
        message: message.to_owned(),
        help: None,
        primary: Place { span, pointer: String::new(), document: None },
        related: Vec::new(),
        operations: Vec::new(),
        status: None,
        fingerprint: format!("{rule}-1"),
    }
}

fn world() -> World {
    let api = Source::new(SourceId(0), "my apis/öffentlich, v1.yaml", API);
    let shared = Source::new(SourceId(1), "/srv/shared.json", SHARED);
    let mut created = finding(
        "created-without-location",
        Severity::Warning,
        span_of(&api, "\"201\""),
        "POST /orders creates something and does not say where",
    );
    created.help = Some("declare a `Location` header holding the URI of the new resource".to_owned());
    created.primary.pointer.push_str("/paths/~1orders/post/responses/201");
    created.operations = vec!["POST /orders".to_owned()];
    created.status = Some("201".to_owned());
    created.related = vec![
        Related { span: span_of(&api, "post"), message: "the method".to_owned() },
        Related { span: span_of(&shared, "\"Error\""), message: "defined here".to_owned() },
    ];
    let mut content = finding(
        "no-content-with-content",
        Severity::Error,
        span_of(&api, "content:"),
        "100% certain: a 204, by definition,\nhas no content",
    );
    content.operations = ["GET /a", "PUT /b", "POST /c", "DELETE /d/{id}"].map(str::to_owned).to_vec();
    content.status = Some("204".to_owned());
    let mut emoji = finding("unknown-rule", Severity::Note, span_of(&api, "created"), "behind an emoji");
    emoji.primary.document = Some(1);
    let shared_error = finding("off-by-default", Severity::Note, span_of(&shared, "\"Error\": {\n"), "over the end of a line");
    World {
        summary: numbers(&api),
        findings: vec![created, emoji, content, shared_error],
        rules: vec![
            rule("created-without-location", Some(Severity::Warning), Some("https://example.com/rfc#9.3.3")),
            rule("no-content-with-content", Some(Severity::Error), None),
            rule("off-by-default", None, None),
        ],
        sources: vec![api, shared],
    }
}

fn numbers(api: &Source) -> Summary {
    Summary {
        files: 2,
        operations: 12,
        judged: 11,
        responses: 40,
        errors: 1,
        warnings: 1,
        notes: 2,
        suppressed: 4,
        unknown: 3,
        unjudged: vec![Unjudged {
            operation: "GET /orders/{id}".to_owned(),
            reason: "an unresolved `$ref`".to_owned(),
            span: span_of(api, "/orders"),
        }],
        unknown_by_rule: vec![(RuleId::from("created-without-location"), 3)],
    }
}

#[test]
fn text_for_people() {
    let expected = r#"warning[created-without-location] (https://example.com/rfc#9.3.3)

  ! POST /orders creates something and does not say where
   ,-[my apis/öffentlich, v1.yaml:7:9]
 4 |   /orders:
 5 |     post:
   :     ^^|^
   :       `-- the method
 6 |       responses:
 7 |         "201":
   :         ^^^^^
 8 |           description: Über 🙂 created
   `----
  help: declare a `Location` header holding the URI of the new resource
  related: /srv/shared.json:2:3 defined here

note[unknown-rule]

  > behind an emoji
   ,-[my apis/öffentlich, v1.yaml:8:31]
 7 |         "201":
 8 |           description: Über 🙂 created
   :                                ^^^^^^^
 9 |         "204":
   `----

error[no-content-with-content]

  x 100% certain: a 204, by definition, has no content
    ,-[my apis/öffentlich, v1.yaml:11:11]
 10 |           description: nothing
 11 |           content: {}
    :           ^^^^^^^^
    `----
  operations: GET /a, PUT /b, POST /c and 1 more

note[off-by-default]

  > over the end of a line
   ,-[/srv/shared.json:2:3]
 1 | {
 2 |   "Error": {
   :   ^^^^^^^^^^
 3 |     "description": "100% wrong, always: really"
   `----

error    1  no-content-with-content
warning  1  created-without-location
note     1  off-by-default
note     1  unknown-rule

1 error, 1 warning, 2 notes in 2 files · 11 of 12 operations judged · 4 suppressed
not judged: GET /orders/{id}: an unresolved `$ref` (my apis/öffentlich, v1.yaml:4:3)
"#;
    assert_eq!(world().plain(Format::Text), expected);
}

#[test]
fn text_for_terminals() {
    let mut world = world();
    world.findings.truncate(1);
    let options = Options { color: true, hyperlinks: true, verbose: true, all: false, width: 60 };
    let text = world.write(Format::Text, &options);
    assert!(
        text.starts_with("\u{1b}]8;;https://example.com/rfc#9.3.3\u{1b}\\\u{1b}[33mwarning[created-without-location]"),
        "{text}"
    );
    for part in
        ["╭─[", "   · \u{1b}[33m        ─────\u{1b}[0m\n", "URI of the\n        new resource\n", "\u{1b}[33m1 warning\u{1b}[0m"]
    {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert!(text.ends_with("could not be told: created-without-location at 3 places\n"), "{text}");
}

#[test]
fn a_clean_run_is_one_calm_line() {
    let summary = Summary { files: 1, operations: 3, judged: 3, ..Summary::default() };
    let world = World { sources: Vec::new(), findings: Vec::new(), rules: Vec::new(), summary };
    assert_eq!(world.plain(Format::Text), "no findings in 1 file · 3 of 3 operations judged\n");
    for format in [Format::Concise, Format::Jsonl, Format::Github] {
        assert_eq!(world.plain(format), "", "{format:?}");
    }
}

#[test]
fn three_instances_of_a_rule_are_enough() {
    let text = (0..42).map(|number| format!("key{number}: value")).collect::<Vec<_>>().join("\n");
    let source = Source::new(SourceId(0), "a.yaml", text);
    let one = |number: u32| finding("same", Severity::Warning, span_of(&source, &format!("key{number}:")), "again");
    let findings: Vec<_> = (0..42).map(one).collect();
    let summary = Summary { files: 1, warnings: 42, ..Summary::default() };
    let world = World { sources: vec![source], findings, rules: Vec::new(), summary };
    let short = world.plain(Format::Text);
    assert_eq!(short.matches("warning[same]").count(), 3);
    assert!(
        short.contains("   `----\n\nand 39 more like this (--all)\n\nwarning  42  same\n\n42 warnings in 1 file\n"),
        "{short}"
    );
    let long = world.write(Format::Text, &Options { all: true, ..Options::default() });
    assert_eq!(long.matches("warning[same]").count(), 42);
    assert!(!long.contains("more like this"));
}

#[test]
fn a_minified_file_does_not_flood_the_terminal() {
    let text = format!("{{\"{}\":1,\"here\":\u{1b}[2J{}}}", "ä".repeat(50_000), "b".repeat(50_000));
    let source = Source::new(SourceId(0), "a.json", text);
    let mut one = finding("long", Severity::Error, span_of(&source, "\"here\""), "in the middle");
    one.related.push(Related { span: source.span(1, 4), message: "far away on the same line".to_owned() });
    let summary = Summary { files: 1, errors: 1, ..Summary::default() };
    let world = World { sources: vec![source], findings: vec![one], rules: Vec::new(), summary };
    let text = world.write(Format::Text, &Options { width: 60, ..Options::default() });
    let expected = format!(
        "error[long]\n\n  x in the middle\n   ,-[a.json:1:50007]\n 1 | …{}\":1,\"here\":?[2J{}…\n   : {}^^^^^^\n   `----\n  related: a.json:1:2 far away on the same line\n\nerror    1  long\n\n1 error in 1 file\n",
        "ä".repeat(13),
        "b".repeat(23),
        " ".repeat(18),
    );
    assert_eq!(text, expected);
}

#[test]
fn concise() {
    let expected = "\
my apis/öffentlich, v1.yaml:7:9: warning: POST /orders creates something and does not say where [created-without-location]
my apis/öffentlich, v1.yaml:8:31: note: behind an emoji [unknown-rule]
my apis/öffentlich, v1.yaml:11:11: error: 100% certain: a 204, by definition, has no content [no-content-with-content]
/srv/shared.json:2:3: note: over the end of a line [off-by-default]
";
    assert_eq!(world().plain(Format::Concise), expected);
}

#[test]
fn github() {
    let expected = "\
::warning file=my apis/öffentlich%2C v1.yaml,line=7,col=9,endLine=7,endColumn=14,title=created-without-location::POST /orders creates something and does not say where%0Ahelp: declare a `Location` header holding the URI of the new resource
::notice file=my apis/öffentlich%2C v1.yaml,line=8,col=31,endLine=8,endColumn=38,title=unknown-rule::behind an emoji
::error file=my apis/öffentlich%2C v1.yaml,line=11,col=11,endLine=11,endColumn=19,title=no-content-with-content::100%25 certain: a 204, by definition,%0Ahas no content
::notice file=/srv/shared.json,line=2,endLine=3,title=off-by-default::over the end of a line
";
    assert_eq!(world().plain(Format::Github), expected);
}

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
    let head = format!(
        r#"{{"version":1,"tool":{{"name":"statusquo","version":"{}"}},"summary":{{"files":2,"operations":12,"judged":11,"responses":40,"errors":1,"warnings":1,"notes":2,"suppressed":4,"unknown":3}},"findings":["#,
        env!("CARGO_PKG_VERSION")
    );
    let lines = world.plain(Format::Jsonl);
    let compact = format!("{head}{}]}}", lines.lines().collect::<Vec<_>>().join(","));
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

/// What the schema and the text of SARIF 2.1.0 require of the objects that we write.
#[test]
fn sarif_requirements() {
    let log: Value = serde_json::from_str(&world().plain(Format::Sarif)).unwrap();
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
    let number = |name: &str| physical["region"][name].as_u64().unwrap();
    let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end);
    assert!(number("byteOffset") + number("byteLength") <= API.len().max(SHARED.len()) as u64);
}

#[test]
fn five_thousand_findings_in_ten_megabytes() {
    let lines = many(&"  some key: some value\n".repeat(450_000));
    let minified = many(&"{\"some key\":\"some välue\"},".repeat(400_000));
    for world in [lines, minified] {
        for format in Format::ALL {
            let started = Instant::now();
            let text = world.write(format, &Options { all: true, ..Options::default() });
            let (took, size) = (started.elapsed(), text.len());
            println!("{:>8} {took:?} for {size} bytes", format.word());
            assert!(text.matches("far").count() >= 5_000 && size < 20_000_000, "{format:?}: {size}");
            assert!(took < Duration::from_secs(5), "{format:?} took {took:?}");
        }
    }
}

/// Five thousand findings, each with a related place far away, spread evenly over a text.
fn many(text: &str) -> World {
    let source = Source::new(SourceId(0), "large.yaml", text);
    let step = (text.len() / 5_001) as u32;
    let one = |number: u32| {
        let boundary = |offset: u32| text.floor_char_boundary(offset as usize) as u32;
        let at = |offset: u32| source.span(boundary(offset), boundary(offset) + 1);
        let mut one = finding("far", Severity::Warning, at(number * step), "too much of it");
        one.related.push(Related { span: at((5_000 - number) * step), message: "the other end".to_owned() });
        one
    };
    let findings: Vec<_> = (0..5_000).map(one).collect();
    let summary = Summary { files: 1, warnings: 5_000, ..Summary::default() };
    World { sources: vec![source], findings, rules: Vec::new(), summary }
}
