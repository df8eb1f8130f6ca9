//! `fix`: one verb that is safe, one that is not.

use serde_json::{Value, json};

use super::parts::{add, closed, described, one_or_many, status};
use crate::finding::Safety;
use crate::rules::fields::Noun;
use crate::rules::keys;
use crate::rules::treatment::Verb;

/// What a rule about rows of one kind may do.
pub(super) fn fixes(noun: Noun, condition: &Value) -> Value {
    let both = [Safety::Safe, Safety::Unsafe].map(|safety| (safety.word().to_owned(), one(noun, condition)));
    let mut fixes = closed(both.into_iter().collect(), &[]);
    add(&mut fixes, [("minProperties", json!(1))]);
    fixes
}

fn one(noun: Noun, condition: &Value) -> Value {
    let fitting: Vec<_> = Verb::WORDS.into_iter().filter(|(word, _)| fits(word, noun)).collect();
    let verbs = fitting.iter().map(|(word, doc)| ((*word).to_owned(), described(value(word), doc)));
    let when = [(keys::WHEN.0.to_owned(), described(condition.clone(), keys::WHEN.1))];
    let mut fix = closed(verbs.chain(when).collect(), &[]);
    let choice: Vec<Value> = fitting.iter().map(|(word, _)| json!({ "required": [word] })).collect();
    add(&mut fix, [("oneOf", json!(choice))]);
    fix
}

fn fits(word: &str, noun: Noun) -> bool {
    match word {
        "add-response" => noun == Noun::Operation,
        "quote-key" => matches!(noun, Noun::Response | Noun::Document),
        _ => noun == Noun::Response,
    }
}

fn value(word: &str) -> Value {
    let text = json!({ "type": "string" });
    match word {
        "add-header" => json!({ "type": "object", "additionalProperties": { "type": "object" } }),
        "remove-header" => one_or_many(&text),
        "rename-key" => text,
        "add-response" => json!({
            "type": "object", "minProperties": 1, "maxProperties": 1,
            "propertyNames": status(), "additionalProperties": one_or_many(&text),
        }),
        _ => json!({ "const": true }),
    }
}
