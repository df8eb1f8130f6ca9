//! Conditions: one definition for each kind of row or record, one for each kind of value that is checked.

use serde_json::{Map, Value, json};

use super::option::option_schema;
use super::parts::{add, closed, described, one_of_words, one_or_many, reference, scalar};
use crate::rules::fields::{FieldKind, Item, Noun};
use crate::rules::keys;
use crate::rules::load_condition::{kind_of, kinds_for, name_kind, noun_word};
use crate::rules::predicates::{self, Predicate};

/// Adds the definitions of all conditions and checks.
pub(super) fn define(all: &mut Map<String, Value>) {
    for noun in Noun::ALL {
        all.insert(format!("condition-{}", noun_slug(noun)), condition(noun));
        all.insert(format!("holds-{}", noun_slug(noun)), holds(noun));
        for &(_, _, kind) in noun.fields() {
            define_check(kind, all);
        }
    }
}

/// The noun in the name of a definition.
pub(super) fn noun_slug(noun: Noun) -> String {
    noun_word(noun).replace(' ', "-")
}

fn condition(noun: Noun) -> Value {
    let own = format!("condition-{}", noun_slug(noun));
    let mut properties = Map::new();
    for (name, _, kind) in noun.fields() {
        properties.insert((*name).to_owned(), described(check_reference(*kind), &what(*kind)));
    }
    for (word, doc) in keys::ALGEBRA {
        let schema = match *word {
            "not" => reference(&own),
            "holds" => reference(&format!("holds-{}", noun_slug(noun))),
            _ => json!({ "type": "array", "items": reference(&own) }),
        };
        properties.insert((*word).to_owned(), described(schema, doc));
    }
    let option = described(json!({ "type": "string" }), "A boolean option of this rule is on");
    properties.insert("option".to_owned(), option);
    closed(properties, &[])
}

/// A predicate by its name, or with its arguments.
fn holds(noun: Noun) -> Value {
    let fitting: Vec<&Predicate> = predicates::ALL.iter().filter(|predicate| predicate.asks_about(noun)).collect();
    if fitting.is_empty() {
        return json!({ "not": {} });
    }
    let names: Vec<Value> =
        fitting.iter().map(|predicate| json!({ "const": predicate.name, "description": predicate.doc })).collect();
    let calls = fitting.iter().map(|predicate| (predicate.name.to_owned(), described(arguments(predicate), predicate.doc)));
    let mut call = closed(calls.collect(), &[]);
    add(&mut call, [("minProperties", json!(1)), ("maxProperties", json!(1))]);
    json!({ "anyOf": [{ "anyOf": names }, call] })
}

fn arguments(predicate: &Predicate) -> Value {
    let argument =
        |(name, kind): &(&str, _)| ((*name).to_owned(), json!({ "anyOf": [option_schema(*kind), reference("of-option")] }));
    closed(predicate.arguments.iter().map(argument).collect(), &[])
}

/// Words are few and differ from field to field; every other kind of check is defined once.
fn check_reference(kind: FieldKind) -> Value {
    check_slug(kind).map_or_else(|| check(kind), |slug| reference(&slug))
}

fn define_check(kind: FieldKind, all: &mut Map<String, Value>) {
    let Some(slug) = check_slug(kind).filter(|slug| !all.contains_key(slug)) else { return };
    all.insert(slug, check(kind));
    if let FieldKind::List(item) = kind {
        define_check(kind_of(item), all);
    }
}

fn check_slug(kind: FieldKind) -> Option<String> {
    let slug = match kind {
        FieldKind::Boolean => "boolean".to_owned(),
        FieldKind::Number => "number".to_owned(),
        FieldKind::Text => "text".to_owned(),
        FieldKind::Name => "name".to_owned(),
        FieldKind::MediaType => "media-type".to_owned(),
        FieldKind::Word(_) => return None,
        FieldKind::Status => "status".to_owned(),
        FieldKind::Answers => "answers".to_owned(),
        FieldKind::Record(noun) => format!("{}-record", noun_slug(noun)),
        FieldKind::List(Item::Text) => "texts".to_owned(),
        FieldKind::List(Item::Name) => "names".to_owned(),
        FieldKind::List(Item::Record(noun)) => format!("{}s", noun_slug(noun)),
        FieldKind::List(Item::Lists(noun)) => format!("{}-alternatives", noun_slug(noun)),
    };
    Some(format!("check-{slug}"))
}

/// `present`, `absent`, a literal, or a map of operators; a record may also be asked for its own fields.
fn check(kind: FieldKind) -> Value {
    let mut ways = vec![one_of_words(["present", "absent"])];
    match kind {
        FieldKind::Record(noun) => ways.push(reference(&format!("condition-{}", noun_slug(noun)))),
        FieldKind::List(_) => {}
        kind => ways.push(one_or_many(&literal(kind))),
    }
    ways.push(operators(kind));
    json!({ "anyOf": ways })
}

fn literal(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Boolean => json!({ "type": "boolean" }),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Word(words) => {
            // Without quotes `3.0` is a number for YAML.
            let numbers = words.iter().filter_map(|word| word.parse::<f64>().ok()).map(Value::from);
            json!({ "enum": words.iter().map(|word| Value::from(*word)).chain(numbers).collect::<Vec<_>>() })
        }
        FieldKind::Status | FieldKind::Answers => reference("status"),
        _ => scalar(),
    }
}

fn operators(kind: FieldKind) -> Value {
    let mut properties = Map::new();
    let mut add_one = |name: &str, schema: Value, doc: &str| properties.insert(name.to_owned(), described(schema, doc));
    let number = json!({ "anyOf": [{ "type": "number" }, reference("of-option")] });
    add_one("at-least", number.clone(), "The number, or the length of the list, is at least this");
    add_one("at-most", number, "The number, or the length of the list, is at most this");
    if matches!(kind, FieldKind::Text | FieldKind::Word(_) | FieldKind::Name | FieldKind::MediaType) {
        let pattern = json!({ "anyOf": [{ "type": "string", "format": "regex" }, reference("of-option")] });
        add_one("matches", pattern, "Its text matches a regular expression");
    }
    if !kinds_for(kind).is_empty() {
        add_one("option", json!({ "type": "string" }), "It is the value of an option, or one of its values");
    }
    if let FieldKind::List(item) = kind {
        let inner = check_reference(kind_of(item));
        let has = json!({ "anyOf": [one_or_many(&literal(name_kind(item))), inner, reference("of-option")] });
        add_one("has", has, "One item is, or is named, one of these, or passes a check");
        add_one("each", inner.clone(), "Every item passes");
        add_one("some", inner, "One item passes");
    }
    let mut schema = closed(properties, &[]);
    add(&mut schema, [("minProperties", json!(1))]);
    schema
}

/// What a field of this kind holds, in words.
fn what(kind: FieldKind) -> String {
    match kind {
        FieldKind::Boolean => "True or false".to_owned(),
        FieldKind::Number => "A number".to_owned(),
        FieldKind::Text => "A text".to_owned(),
        FieldKind::Name => "A name, compared without regard to case".to_owned(),
        FieldKind::MediaType => "A media type, compared without its parameters".to_owned(),
        FieldKind::Word(words) => format!("One of: {}", words.join(", ")),
        FieldKind::Status => "The status: inside one of these codes and ranges".to_owned(),
        FieldKind::Answers => "The statuses that the operation describes: one of these is among them".to_owned(),
        FieldKind::Record(noun) => format!("A {} with fields of its own", noun_word(noun)),
        FieldKind::List(Item::Text) => "A list of texts".to_owned(),
        FieldKind::List(Item::Name) => "A list of names, compared without regard to case".to_owned(),
        FieldKind::List(Item::Record(noun)) => format!("A list: each item is a {} with fields of its own", noun_word(noun)),
        FieldKind::List(Item::Lists(noun)) => format!("A list of alternatives, each a list of {}s", noun_word(noun)),
    }
}
