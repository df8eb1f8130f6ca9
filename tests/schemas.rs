//! The JSON Schemas for editors: as generated, and in agreement with the loaders.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the files of the repository")]

use std::path::{Path, PathBuf};

use serde_json::Value;
use statusquo::source::{Source, SourceId};
use statusquo::strict::Complaint;
use statusquo::syntax::{self, File};
use statusquo::{config, rules};

#[path = "support/binary.rs"]
mod binary;
#[expect(clippy::expect_used, clippy::panic, reason = "a schema that is none must not pass")]
#[path = "support/schema.rs"]
mod schema;
#[path = "support/value.rs"]
mod value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn checked_in(subject: &str) -> String {
    std::fs::read_to_string(repository().join(format!("schemas/{subject}.schema.json"))).unwrap().replace("\r\n", "\n")
}

fn schema_of(subject: &str) -> Value {
    serde_json::from_str(&checked_in(subject)).unwrap()
}

fn parsed(name: &str, text: &str) -> (File, Value) {
    let file = syntax::parse(Source::new(SourceId(0), name, text));
    let json = file.roots().next().map_or(Value::Null, |root| value::to_json(root, &mut 1_000_000));
    (file, json)
}

#[test]
fn the_schemas_are_as_generated() {
    for subject in ["rule", "config"] {
        let (code, out, err) = binary::run(&[], &["schema", subject]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let help = format!("run: cargo run -- schema {subject} > schemas/{subject}.schema.json");
        assert!(value::same(&serde_json::from_str(&out).unwrap(), &schema_of(subject)), "{help}");
        assert!(out == checked_in(subject), "{help}");
    }
}

#[test]
fn every_built_in_rule_is_valid() {
    let schema = schema_of("rule");
    let files = walkdir::WalkDir::new(repository().join("rules")).into_iter().filter_map(Result::ok);
    let files: Vec<_> = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "yaml")).collect();
    assert!(files.len() > 100, "{}", files.len());
    for entry in files {
        let (_, json) = parsed("rule.yaml", &std::fs::read_to_string(entry.path()).unwrap());
        assert_eq!(schema::complaints(&schema, &json), Vec::<String>::new(), "{}", entry.path().display());
    }
}

/// A rule of which each case breaks one thing.
const RULE: &str = r#"id: bare-conflict
summary: A 409 has no content
severity:
  - note: { links: present }
  - { declared: warning, observed: error }
presets: { wire: off, strict: { declared: error } }
since: 0.1.0
refs: [{ rfc: 9110, section: 15.5.10, level: should }]
why: A client wants to know.
options:
  ids: { type: strings, default: [a], doc: d }
  named: { type: strings-by-status, default: { 404: [a], any: [b] }, doc: d }
select: response
where: { status: [409, 4XX], headers: { has: { option: ids } }, not: { holds: { error-evidence: { at-least: 2 } } } }
require: { body: true, content: { some: { media-type: { matches: json } } }, request: { required: true }, version: 3.1 }
at: { method: get, status: 2XX }
message: "the {status} of {operation} has no content"
help: describe it
yields-to: [no-responses]
examples:
  - fail: a conflict with what?
    responses: ""
"#;

#[test]
fn broken_rules_are_not_valid_and_do_not_load() {
    let schema = schema_of("rule");
    let judge = |text: &str| {
        let (file, json) = parsed("bare-conflict.yaml", text);
        (rules::load(&file).map(drop).map_err(|all| all.len()), schema::complaints(&schema, &json))
    };
    let (_, found) = judge(RULE);
    assert_eq!(found, Vec::<String>::new());
    let cases = [
        ("id: bare-conflict", "id: Bare Conflict"),
        ("id: bare-conflict\n", ""),
        ("why: A client wants to know.\n", ""),
        ("summary:", "sumary:"),
        ("presets: { wire: off", "presets: { wild: off"),
        ("observed: error", "observed: fatal"),
        ("{ links: present }", "{ link: present }"),
        ("level: should", "level: shall"),
        ("rfc: 9110", "rcf: 9110"),
        ("type: strings,", "type: stings,"),
        ("default: [a], doc: d", "default: [a]"),
        ("default: { 404: [a]", "default: { 604: [a]"),
        ("select: response", "select: responses"),
        ("status: [409", "status: [609"),
        ("4XX]", "4xx]"),
        ("headers: { has", "headers: { hasnt"),
        ("error-evidence: { at-least", "error-evidence: { at-lest"),
        ("holds: { error-evidence: { at-least: 2 } }", "holds: error-evidences"),
        ("body: true", "body: yes"),
        ("media-type:", "mediatype:"),
        ("request: { required: true }", "request: { needed: true }"),
        ("version: 3.1", "version: 3.3"),
        ("at: { method: get, status: 2XX }", "at: here"),
        ("- fail:", "- fails:"),
        ("    responses: \"\"\n", "    response: \"\"\n"),
        ("select: response\n", "select: document\n"),
        ("select: response\n", "reported-by: check\nselect: response\n"),
    ];
    for (from, to) in cases {
        assert!(RULE.contains(from), "{from}");
        let (loaded, found) = judge(&RULE.replacen(from, to, 1));
        assert!(loaded.is_err(), "the loader takes `{to}`");
        assert!(!found.is_empty(), "the schema takes `{to}`");
    }
}

fn config_complaints(text: &str) -> (Vec<Complaint>, Vec<String>) {
    let (file, json) = parsed("statusquo.yaml", text);
    (config::load(&file).1, schema::complaints(&schema_of("config"), &json))
}

#[test]
fn configurations_are_valid_when_they_load() {
    let valid = [
        "",
        "rules:\n",
        "extends: wire\nfail-on: never\n",
        "extends: [recommended, strict]\nrules:\n  found-redirect: \"off\"\n  our-own-rule: { severity: note, options: { a: 1 } }\n",
        "rules:\n  vendor-status-code: { severity: { declared: off }, options: { extra-status-codes: [420] } }\n",
        "overrides:\n  - { files: [\"legacy/**\"], rules: { found-redirect: { severity: \"off\" } } }\nbaseline: known.json\n",
        "rules:\n  found-redirect: { declared: note, observed: error }\nrule-files: own\nignore: [vendor/, \"*.gen.yaml\"]\n",
    ];
    for text in valid {
        assert_eq!(config_complaints(text), (Vec::new(), Vec::new()), "{text}");
    }
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let shown = readme.split("```yaml\nextends:").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(config_complaints(&format!("extends:{shown}")), (Vec::new(), Vec::new()));
}

#[test]
fn broken_configurations_are_not_valid() {
    let broken = [
        "rule: {}\n",
        "- rules\n",
        "extends: strickt\n",
        "rules: [found-redirect]\n",
        "rules:\n  found-redirect: warn\n",
        "rules:\n  found-redirect: false\n",
        "rules:\n  our-own-rule: { level: off }\n",
        "rules:\n  found-redirect: { severity: note, observed: off }\n",
        "rules:\n  found-redirect: { severity: { declard: off } }\n",
        "rules:\n  found-redirect: { options: [a] }\n",
        "ignore: ['!a.yaml']\n",
        "rule-files: [{ a: b }]\n",
        "fail-on: errors\n",
        "overrides: {}\n",
        "overrides: [{ files: a.yaml }]\n",
        "overrides: [{ files: '!a.yaml', rules: {} }]\n",
        "overrides: [{ file: a.yaml, rules: {} }]\n",
        "baseline: [a]\n",
    ];
    for text in broken {
        let (said, found) = config_complaints(text);
        assert!(!said.is_empty(), "the loader takes {text}");
        assert!(!found.is_empty(), "the schema takes {text}");
    }
    // Types of options are the rule's, which the configuration alone does not know.
    let typed = "rules:\n  vendor-status-code: { options: { extra-status-codes: [x] } }\n";
    assert!(!config_complaints(typed).1.is_empty());
}
