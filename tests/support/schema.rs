//! Enough of JSON Schema (draft 7) for our own schemas. A keyword that is not understood here fails the test.

use serde_json::Value;

/// What is wrong with a value, as `pointer: keyword` lines; nothing if it is valid.
pub(crate) fn complaints(root: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(root, root, value, "", &mut found);
    found
}

fn is_valid(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "", &mut found);
    found.is_empty()
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let keywords = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
    if let Some(reference) = keywords.get("$ref") {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).expect("a local reference");
        return check(root, root.pointer(pointer).expect("a definition"), value, at, found);
    }
    for (keyword, wanted) in keywords {
        let ok = match keyword.as_str() {
            "$schema" | "title" | "description" | "definitions" | "format" | "then" | "else" => true,
            "properties" | "patternProperties" | "additionalProperties" => {
                // All three are judged together, once.
                if keyword != "patternProperties" || !keywords.contains_key("properties") {
                    members(root, keywords, keyword, value, at, found);
                }
                true
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, wanted, item, &format!("{at}/{number}"), found);
                }
                true
            }
            "propertyNames" => {
                value.as_object().into_iter().flatten().all(|(name, _)| is_valid(root, wanted, &name.as_str().into()))
            }
            "allOf" => {
                check_all(root, list(wanted), value, at, found);
                true
            }
            "if" => {
                let branch = if is_valid(root, wanted, value) { "then" } else { "else" };
                keywords.get(branch).into_iter().for_each(|part| check(root, part, value, at, found));
                true
            }
            "anyOf" => list(wanted).iter().any(|part| is_valid(root, part, value)),
            "oneOf" => list(wanted).iter().filter(|part| is_valid(root, part, value)).count() == 1,
            "not" => !is_valid(root, wanted, value),
            "const" => value == wanted,
            "enum" => list(wanted).contains(value),
            "type" => list_or_one(wanted).iter().any(|word| has_type(value, word)),
            "required" => value.as_object().is_none_or(|map| list(wanted).iter().all(|key| map.contains_key(text(key)))),
            "pattern" => value.as_str().is_none_or(|word| regex::Regex::new(text(wanted)).expect("a pattern").is_match(word)),
            "minimum" | "maximum" | "minItems" | "minProperties" | "maxProperties" => fits(keyword, wanted, value),
            other => panic!("`{other}` is not understood by this test"),
        };
        if !ok {
            found.push(format!("{at}: {keyword}"));
        }
    }
}

fn check_all(root: &Value, parts: &[Value], value: &Value, at: &str, found: &mut Vec<String>) {
    for part in parts {
        check(root, part, value, at, found);
    }
}

/// Whether a number, or the size of a list or map, is within its bounds.
fn fits(keyword: &str, wanted: &Value, value: &Value) -> bool {
    let size = match value {
        Value::Array(items) if keyword == "minItems" => small(items.len()),
        Value::Object(map) if keyword.ends_with("Properties") => small(map.len()),
        Value::Number(number) if keyword.ends_with("imum") => number.as_f64().expect("a number"),
        _ => return true,
    };
    let bound = wanted.as_f64().expect("a number");
    if keyword.starts_with("min") { size >= bound } else { size <= bound }
}

fn members(
    root: &Value,
    keywords: &serde_json::Map<String, Value>,
    keyword: &str,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    let is_first = keyword == "properties" || !keywords.contains_key("properties");
    let Some(map) = value.as_object().filter(|_| is_first) else { return };
    for (key, member) in map {
        let inner = format!("{at}/{key}");
        let named = keywords.get("properties").and_then(|all| all.get(key));
        let patterns = keywords.get("patternProperties").and_then(Value::as_object);
        let matching = |(pattern, _): &(&String, &Value)| regex::Regex::new(pattern).expect("a pattern").is_match(key);
        let schemas: Vec<&Value> =
            named.into_iter().chain(patterns.into_iter().flatten().filter(matching).map(|(_, schema)| schema)).collect();
        for schema in &schemas {
            check(root, schema, member, &inner, found);
        }
        match keywords.get("additionalProperties") {
            Some(Value::Bool(false)) if schemas.is_empty() => found.push(format!("{inner}: additionalProperties")),
            Some(schema @ Value::Object(_)) if schemas.is_empty() => check(root, schema, member, &inner, found),
            _ => {}
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn list_or_one(value: &Value) -> Vec<&str> {
    value.as_array().map_or_else(|| vec![text(value)], |all| all.iter().map(text).collect())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn has_type(value: &Value, word: &str) -> bool {
    match word {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("`{other}` is no type"),
    }
}

fn small(size: usize) -> f64 {
    f64::from(u32::try_from(size).expect("a small map or list"))
}
