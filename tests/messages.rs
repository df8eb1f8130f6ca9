//! What every built-in rule says: its messages name the instance, its help names the next step.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

#[path = "support/binary.rs"]
mod binary;

use serde_json::Value;
use statusquo::rules::{Reporter, Rule, RuleSet, Template, builtin};

/// What help begins with: something to do.
const VERBS: [&str; 37] = [
    "add",
    "answer",
    "choose",
    "configure",
    "correct",
    "declare",
    "describe",
    "download",
    "give",
    "keep",
    "leave",
    "let",
    "list",
    "make",
    "move",
    "name",
    "put",
    "quote",
    "refer",
    "record",
    "remove",
    "rename",
    "replace",
    "return",
    "save",
    "send",
    "set",
    "show",
    "split",
    "spell",
    "start",
    "state",
    "take",
    "tell",
    "use",
    "wait",
    "write",
];

/// Words that a message may begin with in capitals.
const NAMES: [&str; 3] = ["HEAD", "GET", "OPTIONS"];

fn rules() -> RuleSet {
    RuleSet::new(builtin().0)
}

/// Whether a text has a `{placeholder}`.
fn has_placeholder(text: &str) -> bool {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name).any(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

/// Whether a text names a status: `the 204`, `3XX`.
fn has_status(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| {
        word.len() == 3
            && word.starts_with(|digit| ('1'..='5').contains(&digit))
            && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')
    })
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}

#[test]
fn messages_name_the_instance() {
    let mut wrong = Vec::new();
    for rule in rules().rules() {
        let said = rule.clauses().iter().flat_map(|clause| [&clause.message.declared, &clause.message.observed]);
        for text in said.map(Template::text) {
            let begins =
                text.starts_with(['{', '`']) || NAMES.contains(&first_word(text)) || !text.starts_with(char::is_uppercase);
            if !begins || text.ends_with('.') || !(has_placeholder(text) || has_status(text)) {
                wrong.push(format!("{}: {text}", rule.id));
            }
            if text.matches('`').count() % 2 == 1 || text.contains("`{status}`") {
                wrong.push(format!("{}: backticks: {text}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn help_names_the_next_step() {
    let mut wrong = Vec::new();
    for rule in rules().rules() {
        let said = rule.clauses().iter().flat_map(|clause| [&clause.help.declared, &clause.help.observed]).chain([&rule.help]);
        for text in said.map(Template::text).filter(|text| !text.is_empty() || rule.clauses().is_empty()) {
            let begins = text.starts_with('{') || VERBS.contains(&first_word(text));
            if !begins || text.ends_with('.') || text.matches('`').count() % 2 == 1 {
                wrong.push(format!("{}: {text}", rule.id));
            }
        }
        if rule.clauses().iter().any(|clause| clause.help.declared.text().trim().is_empty()) {
            wrong.push(format!("{}: no help", rule.id));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_rule_says_why_and_shows_both_sides() {
    let mut wrong = Vec::new();
    let of_ours = |rule: &&Rule| matches!(rule.reporter, Reporter::Lint);
    // What is said about suppressions and the configuration has no description to show and no specification.
    for rule in rules().rules().iter().filter(|rule| !of_ours(rule)) {
        let sides = [true, false].map(|fails| rule.examples.iter().any(|example| example.fails == fails));
        // A change takes two descriptions, and an example shows one.
        let shows = sides == [true, true] || matches!(rule.reporter, Reporter::Diff);
        let complete = shows && rule.documents().why.len() > 40 && !rule.summary.ends_with('.');
        if !complete || rule.documents().references.is_empty() && rule.grade().severity().is_some() && rule.subject != "reading" {
            wrong.push(format!("{}: {sides:?}, {} references", rule.id, rule.documents().references.len()));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_checks_find_what_they_are_for() {
    assert!(has_placeholder("the {status} has") && !has_placeholder("a map {such as this}") && !has_placeholder("`{}`"));
    assert!(has_status("the 204 has") && has_status("`3XX` stands") && !has_status("9204 of 600 in 4X"));
    assert_eq!(first_word("describe `x`"), "describe");
}

/// Two paths in files of their own, one of them under overrides, with a response that both use.
const SPLIT: [(&str, &str); 4] = [
    (
        "openapi.yaml",
        "openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /users/{user}: { $ref: paths/user.yaml }
  /orders/{order}: { $ref: paths/order.yaml }
components:
  responses:
    Bare: { description: OK }
    Empty: { description: Out of order, content: { application/json: {} } }
",
    ),
    (
        "paths/user.yaml",
        "get:
  parameters:
    - { name: user, in: path, required: true, schema: { type: string } }
    - { name: limit, in: query, schema: { type: integer } }
  responses: { '200': { $ref: '../openapi.yaml#/components/responses/Bare' } }
",
    ),
    (
        "paths/order.yaml",
        "get:
  parameters:
    - { name: order, in: path, required: true, schema: { type: string } }
    - { name: page, in: query, schema: { type: integer } }
  responses:
    '200': { $ref: '../openapi.yaml#/components/responses/Bare' }
    '403': { description: Forbidden }
    '500': { $ref: '../openapi.yaml#/components/responses/Empty' }
",
    ),
    (
        "statusquo.yaml",
        "overrides: [{ files: [paths/order.yaml], rules: { missing-not-found: error, missing-bad-request: warning } }]
",
    ),
];

/// Words are made when it is clear which findings stay: of `/users/{user}` one speaks for those about 400 and 404.
#[test]
fn words_are_those_of_the_finding_that_stays() {
    let (_, report, _) = binary::run(&SPLIT, &["lint", "openapi.yaml", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let said =
        |finding: &Value| [&finding["severity"], &finding["message"]].map(|text| text.as_str().unwrap().to_owned()).join(": ");
    let said: Vec<String> = report["findings"].as_array().unwrap().iter().map(said).collect();
    let expected = [
        "warning: the 200 describes no content (in 2 operations)",
        "note: the 500 describes `application/json` with no schema",
        "warning: neither 400 nor 422 is described for GET /orders/{order}, which takes query parameter `page`",
        "error: no 404 is described for GET /orders/{order}, with path parameter `order`",
        "note: the 403 describes no content",
        "warning: no error outcome is described for GET /users/{user} (404: path parameter `user`; 400: query parameter `limit`)",
    ];
    assert_eq!(said, expected);
}
