//! The rule language and what the engine makes of findings, through the real binary.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use serde_json::Value;

#[path = "support/binary.rs"]
mod binary;

use binary::run;

/// Options in every place where a check takes one.
const OPTIONS: &str = r#"id: options
summary: Every check takes the value of an option
severity: warning
since: 0.1.0
refs: [{ rfc: 9110, section: "15", level: should }]
why: A reader can see here what options do.
select: operation
where:
  any:
    - { method: { option: methods }, answers: { option: statuses } }
    - { deprecated: { option: flag }, option: flag }
    - { summary: { option: text } }
    - { summary: { matches: { option: pattern } } }
    - { responses: { at-least: { option: number } } }
    - { tags: { has: { option: tags } } }
message: m
help: h
options:
  flag: { type: boolean, default: true, doc: d }
  number: { type: number, default: 3, doc: d }
  text: { type: string, default: a.c, doc: d }
  methods: { type: strings, default: [get], doc: d }
  tags: { type: strings, default: [old], doc: d }
  statuses: { type: statuses, default: [201, 4XX], doc: d }
  pattern: { type: regex, default: "^zz", doc: d }
examples:
  - fail: names ignore case, and the operation answers one of the statuses
    operation: |
      get:
        responses: # warning
          "404": { description: x }
  - fail: a boolean, a text, a pattern, a number, an item
    paths: |
      /a:
        put:
          deprecated: true
          responses: # warning
            "200": { description: x }
      /b:
        put:
          summary: a.c
          responses: # warning
            "200": { description: x }
      /c:
        put:
          summary: zzz
          responses: # warning
            "200": { description: x }
      /d:
        put:
          responses: # warning
            "200": { description: x }
            "201": { description: x }
            "202": { description: x }
      /e:
        put:
          tags: [old]
          responses: # warning
            "200": { description: x }
  - pass: a text is compared as a whole and is no pattern
    operation: |
      put:
        summary: abc
        responses: { "200": { description: x } }
"#;

/// A finding with a shared response used everywhere: the webhooks come first, a callback stands inside its operation.
const USES: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nwebhooks:\n  hook: {post: {responses: {'204': {$ref: '#/components/responses/N'}}}}\n\
paths:\n  /a:\n    post:\n      callbacks: {done: {'{$request.body#/url}': {post: {responses: {'204': {$ref: '#/components/responses/N'}}}}}}\n      \
responses: {'204': {$ref: '#/components/responses/N'}}\n    put: {responses: {'204': {$ref: '#/components/responses/N'}}}\n\
components: {responses: {N: {description: done, content: {text/plain: {}}}}}\n";

const LOST: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        \
'204': {description: none, content: {$ref: '#/x'}}\n        '405': {description: no, headers: {$ref: '#/x'}}\n        \
'202': {description: later, content: {$ref: '#/x'}}\n        '429': {description: slow, headers: {$ref: '#/components/headers'}}\n        default: {description: e}\n\
components: {headers: {Retry-After: {schema: {type: integer}}}}\n";

const EMPTY: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {responses: {}}}\n  /b: {get: {responses: {$ref: '#/nowhere'}}}\n";

const RANGE: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {responses: {'307': {description: r}, 3XX: {description: r}, default: {description: e}}}}\n";

fn findings(description: &str, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["lint", "--format", "json"];
    all.extend(arguments);
    let (_, out, err) = run(&[("openapi.yaml", description)], &all);
    let report: Value = serde_json::from_str(&out).map_err(|error| format!("{error}\n{out}{err}")).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// Rule, severity and status of each finding.
fn told(description: &str, arguments: &[&str]) -> Vec<String> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let one = |finding: &Value| ["rule", "severity", "status"].map(|key| word(finding, key)).join(" ");
    findings(description, arguments).iter().map(one).collect()
}

#[test]
fn options_stand_in_every_check() {
    let (code, out, err) = run(&[("options.yaml", OPTIONS)], &["test", "options.yaml"]);
    assert_eq!(code, Some(0), "{out}{err}");
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_suggestion() {
    let cases = [
        ("option: methods }, answers", "option: number }, answers", "has the type number, which does not fit here"),
        ("matches: { option: pattern }", "matches: { option: text }", "has the type string, which does not fit here"),
        ("matches: { option: pattern }", "matches: [a, b]", "a pattern is needed here"),
        ("tags: { has: { option: tags } }", "secured: requierd", "did you mean `required`?"),
        ("tags: { has: { option: tags } }", "role: servr", "did you mean `server`?"),
        ("tags: { has: { option: tags } }", "version: \"3.3\"", "is no value of this field"),
        ("why:", "tags: [a]\nwhy:", "`tags` is no key of a rule"),
    ];
    for (from, to, complaint) in cases {
        let rule = OPTIONS.replace(from, to);
        let (code, out, err) = run(&[("options.yaml", &rule)], &["test", "options.yaml"]);
        assert!(code == Some(2) && err.contains(complaint), "{to}: {code:?}\n{out}{err}");
    }
}

#[test]
fn uses_are_listed_in_document_order() {
    let found = findings(USES, &["--only", "no-content-with-content"]);
    let operations: Vec<&str> = found[0]["operations"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(operations, ["webhook POST hook", "POST /a", "callback POST {$request.body#/url}", "PUT /a"]);
    assert_eq!((found.len(), found[0]["severity"].as_str()), (1, Some("error")));
}

#[test]
fn a_map_behind_a_reference_is_followed_and_a_lost_one_is_unknown() {
    let only = ["no-content-with-content", "method-not-allowed-without-allow", "accepted-without-monitor"];
    let arguments: Vec<&str> =
        only.iter().chain(&["too-many-requests-without-retry-after"]).flat_map(|id| ["--only", id]).collect();
    assert_eq!(told(LOST, &arguments), Vec::<String>::new());
}

#[test]
fn a_rule_that_is_left_out_silences_nobody() {
    let silent = told(EMPTY, &["--rule", "unresolved-reference=off"]);
    assert_eq!(silent, ["no-responses error -"]);
    assert_eq!(told(EMPTY, &["--only", "missing-success-response"]), ["missing-success-response warning -"]);
    assert_eq!(told(EMPTY, &["--only", "missing-server-error-response"]), ["missing-server-error-response note -"]);
}

#[test]
fn what_a_clause_lowers_stays_low_when_the_rule_is_raised() {
    let raised = told(RANGE, &["--only", "redirect-without-location", "--rule", "redirect-without-location=error"]);
    assert_eq!(raised, ["redirect-without-location error 307", "redirect-without-location note 3XX"]);
}

const TWICE: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    delete:\n      responses:\n        '204':\n          \
description: The order is gone\n          content: {application/problem+json: {schema: {type: object, required: [error], properties: {error: {type: string}}}}}\n        \
default: {description: e}\n";

#[test]
fn an_error_under_a_status_without_content_is_one_finding() {
    let said = told(TWICE, &[]);
    assert!(said.contains(&"no-content-with-content error 204".to_owned()), "{said:?}");
    assert!(!said.iter().any(|one| one.starts_with("success-with-error-body")), "{said:?}");
    assert_eq!(told(TWICE, &["--only", "success-with-error-body"]).len(), 1);
}

#[test]
fn the_way_to_a_path_item_and_to_a_map_of_responses_is_told() {
    let root = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a: {$ref: 'parts.yaml#/item'}\n";
    let parts = "item:\n  get:\n    responses: {$ref: '#/answers'}\nanswers:\n  '405': {description: no}\n";
    let files = [("openapi.yaml", root), ("parts.yaml", parts)];
    let arguments = ["lint", "openapi.yaml", "--format", "json", "--only", "method-not-allowed-without-allow"];
    let (_, out, err) = run(&files, &arguments);
    let report: Value = serde_json::from_str(&out).map_err(|error| format!("{error}\n{out}{err}")).unwrap();
    let related = report["findings"][0]["related"].as_array().unwrap();
    let told: Vec<String> = related
        .iter()
        .map(|place| {
            format!(
                "{}:{} {}",
                place["file"].as_str().unwrap(),
                place["span"]["start"]["line"],
                place["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(told, ["openapi.yaml:4 used here as `/a`", "parts.yaml:3 used here as the responses of GET /a"]);
}

#[test]
fn a_range_and_default_are_named_in_backticks() {
    let description = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    head:\n      responses:\n        \
        '200': {description: OK}\n        default: {description: e, content: {text/plain: {}}}\n";
    let found = findings(description, &["--only", "head-with-content"]);
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.starts_with("the `default` of HEAD /a describes `text/plain` content"), "{message}");
}
