//! The part of a value that a place in it means.

use serde_json::Value;

use crate::syntax::unescaped;

/// The value at a place, where `-` stands for any item and `*` for any other member; where there is none, the nearest one
/// around it.
pub(super) fn part<'v>(value: &'v Value, place: &str) -> &'v Value {
    let Some(rest) = place.strip_prefix('/') else { return value };
    let (step, rest) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    // What shows a change was put behind whatever the schema asks for besides.
    let inner = match value {
        Value::Array(items) if step == "-" => items.last(),
        Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
        Value::Object(members) if step == "*" => members.get("somethingElse").or_else(|| members.values().next_back()),
        Value::Object(members) => members.get(&*unescaped(step)),
        _ => None,
    };
    inner.map_or(value, |inner| part(inner, rest))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::part;

    #[test]
    fn places() {
        let value = json!({ "a": [1, { "b/c": null }], "somethingElse": "x" });
        for (place, expected) in [
            ("", value.clone()),
            ("/a/-/b~1c", Value::Null),
            ("/a/0", json!(1)),
            ("/*", json!("x")),
            ("/a/-/missing", json!({ "b/c": null })),
            ("/gone/deeper", value.clone()),
        ] {
            assert_eq!(part(&value, place), &expected, "{place}");
        }
    }
}
