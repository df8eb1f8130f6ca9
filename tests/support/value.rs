//! The value of a node, to be compared with other readers'.

use serde_json::{Map, Value};
use statusquo::syntax::{Node, Scalar};

/// The value of a node as JSON; `budget` bounds what aliases may expand to.
pub(crate) fn to_json(node: Node<'_>, budget: &mut usize) -> Value {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return Value::Null;
    }
    if node.is_map() {
        let mut map = Map::new();
        for entry in node.entries() {
            map.insert(entry.key.text().unwrap_or_default().into_owned(), to_json(entry.value, budget));
        }
        return Value::Object(map);
    }
    if node.is_list() {
        return node.items().map(|item| to_json(item, budget)).collect();
    }
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Boolean(value)) => value.into(),
        Some(Scalar::Integer(number)) => number.into(),
        Some(Scalar::Float(number)) => number.into(),
        Some(Scalar::Text) => node.text().unwrap_or_default().into(),
    }
}

/// Whether two values are equal, `1` and `1.0` included; the last digits of a float may differ.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || close(one.as_f64(), other.as_f64()),
        (Value::Number(one), Value::String(other)) => is_zero_led(other) && close(one.as_f64(), other.parse().ok()),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

/// A number for YAML 1.2, text for `serde_yaml`.
fn is_zero_led(text: &str) -> bool {
    text.trim_start_matches(['-', '+']).starts_with('0') && text.parse::<f64>().is_ok()
}

fn close(one: Option<f64>, other: Option<f64>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    (one - other).abs() <= one.abs() * 1e-14
}
