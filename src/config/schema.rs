//! The JSON Schema of `statusquo.yaml`, made of the tables that the loader reads by and of the rules.

use serde_json::{Map, Value, json};

use super::FailOn;
use super::load::{KEYS, OVERRIDE_KEYS, RULE_KEYS, WITNESSES};
use crate::rules::{Grade, OptionKind, OptionValue, Preset, Rule, option_schema, option_schemas};

/// The schema of a configuration; `rules` are the built-in ones, whose ids and options editors propose.
pub fn config_schema(rules: &[Rule]) -> Value {
    let properties: Map<String, Value> =
        KEYS.iter().filter_map(|key| Some(((*key).to_owned(), nullable(&property(key)?)))).collect();
    let mut definitions = option_schemas();
    let own = [
        ("grade", json!({ "enum": Grade::WORDS })),
        ("severity", severity()),
        ("rule", entry(&json!({ "type": "object" }))),
        ("rule-without-options", entry(&options(&[]))),
        ("rules", all_rules(rules)),
    ];
    definitions.extend(own.map(|(name, schema)| (name.to_owned(), schema)));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of statusquo",
        "description": "What a team decided about the rules: statusquo.yaml",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": properties,
        "definitions": definitions,
    })
}

/// The schema of what stands at a key of the configuration; `None` is a key that was forgotten here.
fn property(key: &str) -> Option<Value> {
    Some(match key {
        "extends" => {
            let preset = json!({ "enum": Preset::ALL.map(Preset::word) });
            described(&one_or_many(&preset), "Presets to start from, the later over the earlier")
        }
        "rules" => described(&json!({ "allOf": [reference("rules")] }), "The severity of rules, and their options"),
        "rule-files" => described(
            &one_or_many(&json!({ "type": "string" })),
            "Rule files and folders of them, relative to the folder of the configuration",
        ),
        "overrides" => described(
            &json!({ "type": "array", "items": overridden() }),
            "Severities and options that count for some files only, the later over the earlier",
        ),
        "baseline" => described(&json!({ "type": "string" }), "File with the findings that are known and not reported"),
        "ignore" => described(&globs(), "Globs of files that are not linted, relative to the folder of the configuration"),
        "fail-on" => described(&json!({ "enum": FailOn::WORDS }), "The least severity that makes the exit code 1"),
        _ => return None,
    })
}

fn overridden() -> Value {
    let property = |key: &&str| {
        let schema = match *key {
            "files" => described(&globs(), "Globs of the files, relative to the folder of the configuration"),
            _ => reference("rules"),
        };
        ((*key).to_owned(), schema)
    };
    let properties: Map<String, Value> = OVERRIDE_KEYS.iter().map(property).collect();
    json!({ "type": "object", "additionalProperties": false, "required": OVERRIDE_KEYS, "properties": properties })
}

fn globs() -> Value {
    one_or_many(&json!({ "type": "string", "pattern": "^[^!]" }))
}

fn all_rules(rules: &[Rule]) -> Value {
    let one = |rule: &Rule| {
        let plain = rule.options.is_empty();
        let schema = if plain { json!({ "allOf": [reference("rule-without-options")] }) } else { entry(&options(&rule.options)) };
        (rule.id.as_str().to_owned(), described(&schema, &about(rule)))
    };
    let known: Map<String, Value> = rules.iter().map(one).collect();
    // Rules of the team's own are not known here.
    json!({ "type": "object", "properties": known, "additionalProperties": reference("rule") })
}

fn about(rule: &Rule) -> String {
    format!("{} ({} by default)", rule.summary, rule.grade().word())
}

/// What stands at a rule's id: a severity, or a map with one and with options.
fn entry(options: &Value) -> Value {
    let property = |key: &&str| {
        let schema = match *key {
            "severity" => reference("severity"),
            "options" => options.clone(),
            _ => reference("grade"),
        };
        ((*key).to_owned(), schema)
    };
    let properties: Map<String, Value> = RULE_KEYS.iter().map(property).collect();
    let beside = WITNESSES.map(|witness| json!({ "required": ["severity", witness] }));
    let map = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "not": { "anyOf": beside },
    });
    json!({ "anyOf": [reference("grade"), map] })
}

fn options(options: &[(String, OptionKind, OptionValue, String)]) -> Value {
    let one = |(name, kind, _, doc): &(String, _, _, String)| {
        (name.clone(), described(&json!({ "allOf": [option_schema(*kind)] }), doc))
    };
    let properties: Map<String, Value> = options.iter().map(one).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn severity() -> Value {
    let witnesses: Map<String, Value> = WITNESSES.iter().map(|word| ((*word).to_owned(), reference("grade"))).collect();
    json!({ "anyOf": [
        reference("grade"),
        { "type": "object", "additionalProperties": false, "properties": witnesses },
    ] })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn described(schema: &Value, doc: &str) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        map.insert("description".to_owned(), json!(doc));
    }
    schema
}

fn one_or_many(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}

/// A key above lines that are all commented out says nothing.
fn nullable(schema: &Value) -> Value {
    let doc = schema.get("description").cloned();
    let mut schema = json!({ "anyOf": [schema, { "type": "null" }] });
    if let (Value::Object(map), Some(doc)) = (&mut schema, doc) {
        map.insert("description".to_owned(), doc);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_schema() {
        let forgotten: Vec<&&str> = KEYS.iter().filter(|key| property(key).is_none()).collect();
        assert!(forgotten.is_empty(), "say in src/config/schema.rs what {forgotten:?} may hold");
    }
}
