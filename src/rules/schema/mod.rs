//! The JSON Schema of rule files, made of the tables that the loader reads by. Editors complete and check with it.

mod condition;
mod fix;
mod option;
mod parts;

use serde_json::{Value, json};

use super::fields::Noun;
use super::keys;
use super::rule::Rule;
use super::set::Preset;
use super::severity::Grade;
use condition::noun_slug;
use parts::{closed, described, one_of_words, one_or_many, reference};

pub use option::{option_schema, option_schemas};

/// The schema of a rule file. The ids of `rules` are proposed where a rule names others.
pub fn rule_schema(rules: &[Rule]) -> Value {
    let mut branches: Vec<Value> = Noun::SELECTABLE.iter().map(|(word, noun)| branch(word, *noun)).collect();
    branches.push(json!({
        "if": { "required": ["reported-by"] },
        "then": { "not": { "anyOf": keys::OF_ROWS.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() } },
        "else": { "anyOf": [
            { "required": ["select", "message", "help"] },
            { "required": ["clauses"] },
        ] },
    }));
    let properties = keys::RULE.iter().map(|(key, doc)| ((*key).to_owned(), described(property(key, rules), doc)));
    let mut schema = closed(properties.collect(), &["id", "summary", "severity", "why"]);
    let extra = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("title", json!("Rule of statusquo")),
        ("description", json!("One file is one rule: its documentation, its condition and its tests.")),
        ("allOf", Value::Array(branches)),
        ("definitions", definitions()),
    ];
    parts::add(&mut schema, extra);
    schema
}

/// What holds for a rule, and for those of its clauses that do not say it, when it selects rows of one kind.
fn branch(word: &str, noun: Noun) -> Value {
    let inside = reference(&format!("in-{}", noun_slug(noun)));
    let inherited = json!({ "if": { "required": ["select"] }, "then": {}, "else": inside });
    json!({
        "if": { "required": ["select"], "properties": { "select": { "const": word } } },
        "then": { "allOf": [inside, { "properties": { "clauses": { "items": inherited } } }] },
    })
}

fn property(key: &str, rules: &[Rule]) -> Value {
    match key {
        "id" => json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }),
        "severity" => json!({ "anyOf": [reference("level"), { "type": "array", "minItems": 1 }] }),
        "presets" => {
            let levels = Preset::ALL.iter().map(|preset| (preset.word().to_owned(), reference("level")));
            closed(levels.collect(), &[])
        }
        "refs" => json!({ "type": "array", "items": reference("reference") }),
        "options" => json!({ "type": "object", "additionalProperties": reference("option") }),
        "select" => one_of_words(Noun::SELECTABLE.map(|(word, _)| word)),
        "where" | "require" | "fix" => json!({ "type": "object" }),
        "at" => reference("place"),
        "clauses" => json!({ "type": "array", "minItems": 1, "items": reference("clause") }),
        "yields-to" => one_or_many(&rule_ids(rules)),
        "message" | "help" => said(),
        "reported-by" => one_of_words(keys::REPORTERS.iter().copied()),
        "examples" => json!({ "type": "array", "items": reference("example") }),
        _ => json!({ "type": "string" }),
    }
}

/// A text, or one for each witness.
fn said() -> Value {
    let text = json!({ "type": "string" });
    let words = keys::WITNESSES.iter().map(|word| ((*word).to_owned(), text.clone())).collect();
    let mut each = closed(words, &[]);
    parts::add(&mut each, [("minProperties", json!(1))]);
    json!({ "anyOf": [text, each] })
}

/// The id of a rule, with the built-in ones as proposals.
fn rule_ids(rules: &[Rule]) -> Value {
    let known: Vec<Value> = rules.iter().map(|rule| json!({ "const": rule.id.as_str(), "description": rule.summary })).collect();
    json!({ "anyOf": [{ "anyOf": known }, { "type": "string", "pattern": "^[a-z0-9-]+$" }] })
}

fn definitions() -> Value {
    let mut all = option_schemas();
    let grade = one_of_words(Grade::WORDS);
    let witnesses = keys::WITNESSES.iter().map(|word| ((*word).to_owned(), reference("grade"))).collect();
    let mut level = closed(witnesses, &[]);
    parts::add(&mut level, [("minProperties", json!(1))]);
    all.insert("grade".to_owned(), grade);
    all.insert("level".to_owned(), json!({ "anyOf": [reference("grade"), level] }));
    all.insert("status".to_owned(), parts::status());
    all.insert("of-option".to_owned(), parts::of_option());
    all.insert("reference".to_owned(), reference_schema());
    all.insert("option".to_owned(), option::declaration());
    all.insert("place".to_owned(), place());
    all.insert("clause".to_owned(), clause());
    all.insert("example".to_owned(), example());
    for (_, noun) in Noun::SELECTABLE {
        all.insert(format!("in-{}", noun_slug(noun)), inside(noun));
    }
    condition::define(&mut all);
    Value::Object(all)
}

/// The keys whose meaning depends on the kind of row.
fn inside(noun: Noun) -> Value {
    let condition = reference(&format!("condition-{}", noun_slug(noun)));
    let entry = closed(Grade::WORDS.map(|word| (word.to_owned(), condition.clone())).into_iter().collect(), &[]);
    let list = json!({ "type": "array", "minItems": 1, "items": { "anyOf": [reference("level"), entry] } });
    json!({ "properties": {
        "where": condition,
        "require": condition,
        "severity": { "anyOf": [reference("level"), list] },
        "fix": fix::fixes(noun, &condition),
    } })
}

fn clause() -> Value {
    let properties = keys::RULE.iter().filter(|(key, _)| keys::CLAUSE.contains(key));
    let properties = properties.map(|(key, doc)| ((*key).to_owned(), described(property(key, &[]), doc)));
    let mut clause = closed(properties.collect(), &[]);
    let branch = |(word, noun): (&str, Noun)| {
        json!({
            "if": { "required": ["select"], "properties": { "select": { "const": word } } },
            "then": reference(&format!("in-{}", noun_slug(noun))),
        })
    };
    parts::add(&mut clause, [("allOf", Value::Array(Noun::SELECTABLE.map(branch).into()))]);
    clause
}

fn place() -> Value {
    let method = json!({ "type": "string" });
    let place = closed([("method".to_owned(), method), ("status".to_owned(), reference("status"))].into_iter().collect(), &[]);
    json!({ "anyOf": [{ "const": "use", "description": "The operation's own status key" }, place] })
}

fn reference_schema() -> Value {
    let property = |key: &str| match key {
        "level" => one_of_words(keys::LEVELS.iter().copied()),
        _ => json!({ "type": ["string", "number"] }),
    };
    let properties = keys::REFERENCE.iter().map(|(key, doc)| ((*key).to_owned(), described(property(key), doc)));
    let mut schema = closed(properties.collect(), &[]);
    let ways = json!([{ "required": ["rfc"] }, { "required": ["oas"] }, { "required": ["title", "url"] }]);
    parts::add(&mut schema, [("anyOf", ways)]);
    schema
}

fn example() -> Value {
    let property = |key: &str| match key {
        "at" => json!({ "type": "array", "items": { "type": "string" } }),
        "options" => json!({ "type": "object" }),
        "encoding" => one_of_words(keys::ENCODINGS.iter().copied()),
        _ => json!({ "type": "string" }),
    };
    let properties = keys::EXAMPLE.iter().map(|(key, doc)| ((*key).to_owned(), described(property(key), doc)));
    let mut schema = closed(properties.collect(), &[]);
    let one = |keys: &[&str]| json!({ "oneOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() });
    let traffic = one(keys::RECORDINGS);
    parts::add(&mut schema, [("allOf", json!([one(&["fail", "pass"]), { "anyOf": [one(keys::FRAMES), traffic] }]))]);
    schema
}
