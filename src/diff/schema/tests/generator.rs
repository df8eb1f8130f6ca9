//! Random schemas, random edits of them, and random values that are likely to meet them.

use serde_json::{Map, Value, json};

/// A small generator of numbers (xorshift), the same on every machine.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const TEXTS: [&str; 6] = ["", "a", "b", "ab", "12", "abc"];

/// A schema of OpenAPI 3.1.
pub(super) fn schema(random: &mut Random, depth: usize) -> Value {
    let kinds = if depth == 0 { 6 } else { 11 };
    let mut schema = match random.below(kinds) {
        0 => text(random),
        1 => number(random, "integer"),
        2 => number(random, "number"),
        3 => json!({ "type": "boolean" }),
        4 => json!({ "enum": values(random) }),
        5 => json!({ "$ref": format!("#/components/schemas/{}", random.one(&["Cat", "Dog", "Fox", "Node"])) }),
        6 | 7 => object(random, depth - 1),
        8 => list(random, depth - 1),
        9 => json!({ "allOf": [object(random, depth - 1), object(random, depth - 1)] }),
        _ => union(random, depth - 1),
    };
    if random.chance(10) && schema["type"].is_string() {
        schema["type"] = json!([schema["type"], "null"]);
    }
    schema
}

fn values(random: &mut Random) -> Vec<Value> {
    let all = [json!("a"), json!("b"), json!("c"), json!(1), json!(2), json!(null)];
    let mut values: Vec<Value> = all.into_iter().filter(|_| random.chance(50)).collect();
    if values.is_empty() {
        values.push(json!("a"));
    }
    values
}

fn text(random: &mut Random) -> Value {
    let mut schema = json!({ "type": "string" });
    if random.chance(30) {
        schema["minLength"] = json!(random.below(3));
    }
    if random.chance(30) {
        schema["maxLength"] = json!(1 + random.below(4));
    }
    if random.chance(15) {
        schema["pattern"] = json!(*random.one(&["^a", "^[0-9]*$"]));
    }
    schema
}

fn number(random: &mut Random, kind: &str) -> Value {
    let mut schema = json!({ "type": kind });
    let low = if random.chance(50) { "minimum" } else { "exclusiveMinimum" };
    let high = if random.chance(50) { "maximum" } else { "exclusiveMaximum" };
    if random.chance(40) {
        schema[low] = json!(random.below(4));
    }
    if random.chance(40) {
        schema[high] = json!(3 + random.below(5));
    }
    if random.chance(15) {
        schema["multipleOf"] = random.one(&[json!(1), json!(2), json!(4), json!(0.5)]).clone();
    }
    schema
}

fn object(random: &mut Random, depth: usize) -> Value {
    let mut properties = Map::new();
    for name in NAMES {
        if random.chance(45) {
            properties.insert(name.to_owned(), schema(random, depth));
        }
    }
    let required: Vec<&str> = NAMES.into_iter().filter(|_| random.chance(25)).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    match random.below(10) {
        0 | 1 => schema["additionalProperties"] = json!(false),
        2 => schema["additionalProperties"] = json!({ "type": "string" }),
        3 => schema["unevaluatedProperties"] = json!(false),
        4 => schema["minProperties"] = json!(random.below(3)),
        5 => schema["patternProperties"] = json!({ "^a": { "type": *random.one(&["string", "integer"]) } }),
        _ => {}
    }
    schema
}

fn list(random: &mut Random, depth: usize) -> Value {
    let mut list = json!({ "type": "array", "items": schema(random, depth) });
    match random.below(6) {
        0 => list["minItems"] = json!(random.below(3)),
        1 => list["maxItems"] = json!(random.below(4)),
        2 => list["uniqueItems"] = json!(true),
        3 => list["prefixItems"] = json!([schema(random, depth)]),
        _ => {}
    }
    list
}

fn union(random: &mut Random, depth: usize) -> Value {
    let keyword = *random.one(&["anyOf", "oneOf"]);
    let mut branches: Vec<Value> = (0..2 + random.below(2)).map(|_| schema(random, depth)).collect();
    for branch in &mut branches {
        if let Some(first) = branch["type"].as_array().map(|types| types[0].clone()) {
            branch["type"] = first;
        }
        if let Some(listed) = branch.get_mut("enum").and_then(Value::as_array_mut) {
            listed.retain(|value| !value.is_null());
            listed.push(json!("x"));
        }
    }
    if random.chance(15) {
        branches.push(json!({ "type": "null" }));
    }
    let mut union = json!({ keyword: branches });
    if random.chance(20) {
        union["properties"] = json!({ "a": schema(random, 0) });
    }
    union
}

/// The schema with one small edit somewhere in it.
pub(super) fn edited(random: &mut Random, value: &mut Value) {
    let inner: Vec<String> = places(value, "");
    let place = random.one(&inner).clone();
    if let Some(at) = value.pointer_mut(&place) {
        edit(random, at);
    }
}

/// Pointers to the schemas in a schema.
fn places(schema: &Value, at: &str) -> Vec<String> {
    let mut all = vec![at.to_owned()];
    for (name, inner) in schema.as_object().into_iter().flatten() {
        match (name.as_str(), inner) {
            ("properties", Value::Object(map)) => {
                all.extend(map.iter().flat_map(|(name, inner)| places(inner, &format!("{at}/properties/{name}"))));
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(list)) => {
                all.extend(list.iter().enumerate().flat_map(|(index, inner)| places(inner, &format!("{at}/{name}/{index}"))));
            }
            ("items" | "additionalProperties", Value::Object(_)) => all.extend(places(inner, &format!("{at}/{name}"))),
            _ => {}
        }
    }
    all
}

fn edit(random: &mut Random, schema: &mut Value) {
    match random.below(12) {
        0 => *schema = self::schema(random, 1),
        1 => *schema = json!({ *random.one(&["anyOf", "oneOf"]): [schema.clone(), self::schema(random, 1)] }),
        2 => *schema = json!({ "allOf": [schema.clone(), object(random, 0)] }),
        3 => *schema = json!({ "allOf": [schema.clone()] }),
        4 if schema["type"] == "integer" => schema["type"] = json!("number"),
        4 if schema["type"].is_string() => schema["type"] = json!([schema["type"], *random.one(&["null", "integer", "object"])]),
        _ => member_edit(random, schema),
    }
}

fn member_edit(random: &mut Random, schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    let keys: Vec<String> = map.keys().filter(|key| !matches!(key.as_str(), "type" | "$ref")).cloned().collect();
    if keys.is_empty() {
        return drop(map.insert("maxLength".to_owned(), json!(random.below(3))));
    }
    let key = random.one(&keys).clone();
    let other = *random.one(&NAMES);
    match map.get_mut(&key) {
        _ if random.chance(15) => drop(map.remove(&key)),
        Some(Value::Object(properties)) if key == "properties" && random.chance(50) => drop(properties.remove(other)),
        Some(Value::Object(properties)) if key == "properties" => {
            drop(properties.insert(other.to_owned(), self::schema(random, 0)));
        }
        Some(Value::Array(list)) if random.chance(50) && list.len() > 1 => drop(list.pop()),
        Some(Value::Array(list)) if key == "required" => list.push(json!(other)),
        Some(Value::Array(list)) if key == "enum" => list.push(json!("z")),
        Some(Value::Array(list)) => list.push(self::schema(random, 0)),
        Some(bound @ Value::Number(_)) if bound.is_u64() => *bound = json!(bound.as_u64().unwrap_or(1) + 1),
        Some(flag @ Value::Bool(_)) => *flag = json!(flag == &json!(false)),
        _ => {}
    }
    map.retain(|key, value| {
        !(matches!(key.as_str(), "enum" | "allOf" | "anyOf" | "oneOf") && value.as_array().is_some_and(Vec::is_empty))
    });
}

/// A value that is likely to meet the schema.
pub(super) fn instance(random: &mut Random, schema: &Value, shared: &Value, depth: usize) -> Value {
    if depth == 0 || random.chance(4) {
        return any(random);
    }
    if let Some(values) = schema["enum"].as_array() {
        return random.one(values).clone();
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return instance(random, &shared["components"]["schemas"][name], shared, depth - 1);
    }
    let mut value = match kind(random, schema) {
        "string" => json!(*random.one(&TEXTS)),
        "integer" => json!(random.below(9)),
        "number" => json!(f64::from(random.below(18) as u32) / 2.0),
        "boolean" => json!(random.chance(50)),
        "array" => sampled_list(random, schema, shared, depth),
        "object" => sampled_object(random, schema, shared, depth),
        "null" => Value::Null,
        _ => any(random),
    };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(parts) = schema[keyword].as_array() else { continue };
        let chosen: Vec<&Value> = if keyword == "allOf" { parts.iter().collect() } else { vec![random.one(parts)] };
        for part in chosen {
            let more = instance(random, part, shared, depth - 1);
            match (&mut value, more) {
                (Value::Object(value), Value::Object(more)) => value.extend(more),
                (value, more) => *value = more,
            }
        }
    }
    value
}

fn kind<'a>(random: &mut Random, schema: &'a Value) -> &'a str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => random.one(kinds).as_str().unwrap_or("null"),
        _ if schema["properties"].is_object() => "object",
        _ => "any",
    }
}

fn any(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(0),
        json!(2),
        json!(1.5),
        json!("a"),
        json!("12"),
        json!(true),
        json!([]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "b": "a", "e": null }),
    ];
    random.one(&values).clone()
}

fn sampled_list(random: &mut Random, schema: &Value, shared: &Value, depth: usize) -> Value {
    let item = |place: usize| schema["prefixItems"].get(place).unwrap_or(&schema["items"]);
    (0..random.below(4)).map(|place| instance(random, item(place), shared, depth - 1)).collect()
}

fn sampled_object(random: &mut Random, schema: &Value, shared: &Value, depth: usize) -> Value {
    let mut members = Map::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let is_required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
        if is_required || random.chance(60) {
            members.insert(name.clone(), instance(random, property, shared, depth - 1));
        }
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(name) {
            members.insert(name.to_owned(), any(random));
        }
    }
    if random.chance(30) {
        members.insert((*random.one(&["a", "b", "c", "d", "e"])).to_owned(), any(random));
    }
    Value::Object(members)
}
