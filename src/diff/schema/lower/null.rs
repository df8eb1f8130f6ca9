//! Whether a schema allows null, however that is said.

use crate::diff::schema::equal::is_annotation;
use crate::diff::schema::side::Side;
use crate::openapi::{Version, View, resolve};
use crate::syntax::Node;

/// How deep schemas are followed for the question.
const DEEPEST: u32 = 60;

/// Whether the schema allows null.
pub(super) fn allows_null<'p>(side: &mut Side<'p>, view: View<'p>, depth: u32) -> bool {
    if let Some(&known) = side.nulls.get(&view.id()) {
        return known;
    }
    side.work += 1;
    if depth > DEEPEST {
        return false;
    }
    // A schema that comes back to itself says nothing new.
    side.nulls.insert(view.id(), true);
    let allows = asked(side, view, depth);
    side.nulls.insert(view.id(), allows);
    allows
}

fn asked<'p>(side: &mut Side<'p>, view: View<'p>, depth: u32) -> bool {
    let node = view.node();
    if !node.is_map() {
        return node.as_bool() != Some(false);
    }
    let target = node.get("$ref").filter(|value| value.as_str().is_some()).map(|value| resolve(view.project(), value));
    let by_target = |side: &mut Side<'p>| match target {
        Some(Ok(target)) => allows_null(side, view.with(target), depth + 1),
        _ => true,
    };
    if target.is_some() && view.version() < Version::V3_1 {
        return by_target(side);
    }
    // Since 3.1 the flag says nothing.
    let is_flagged = |flag: &&str| node.get(flag).and_then(Node::as_bool) == Some(true);
    if view.version() < Version::V3_1 && ["nullable", "x-nullable"].iter().any(is_flagged) {
        return true;
    }
    by_own_keywords(view) && by_target(side) && by_parts(side, view, depth) && !is_excluded(view)
}

/// Whether `not` names null, or everything. What it says about members or texts, nobody means about null.
fn is_excluded(view: View<'_>) -> bool {
    let Some(other) = view.get("not").filter(|_| view.version() >= Version::V3_0).and_then(View::target) else { return false };
    let node = other.node();
    let names_null = || by_own_keywords(other) && node.entries().all(|entry| is_about_null(entry.key));
    node.as_bool() == Some(true) || node.is_map() && names_null()
}

/// Whether a keyword is one of those that name null, or says nothing about values.
fn is_about_null(key: Node<'_>) -> bool {
    key.text().is_some_and(|name| matches!(name.as_ref(), "type" | "enum" | "const")) || is_annotation(key)
}

fn by_own_keywords(view: View<'_>) -> bool {
    let node = view.node();
    let by_type = node.get("type").is_none_or(|types| types.is_text("null") || types.items().any(|one| one.is_text("null")));
    let by_values = node.get("enum").filter(|list| list.is_list()).is_none_or(|list| list.items().any(Node::is_null));
    let by_const = view.version() < Version::V3_1 || node.get("const").is_none_or(Node::is_null);
    by_type && by_values && by_const
}

fn by_parts<'p>(side: &mut Side<'p>, view: View<'p>, depth: u32) -> bool {
    let mut count = |name: &str| {
        let list = view.node().get(name).filter(|list| list.is_list())?;
        let allowing = list.items().filter(|branch| allows_null(side, view.with(*branch), depth + 1)).count();
        Some((allowing, list.items().count()))
    };
    let all = count("allOf").is_none_or(|(allowing, all)| allowing == all);
    if !all || view.version() < Version::V3_0 {
        return all;
    }
    // By the letter, two branches of a `oneOf` that allow null forbid it. Nobody means that.
    ["anyOf", "oneOf"].iter().all(|name| count(name).is_none_or(|(allowing, all)| allowing > 0 || all == 0))
}

/// Whether a schema allows nothing but null.
pub(super) fn is_only_null(view: View<'_>) -> bool {
    let Some(target) = view.target().map(View::node) else { return false };
    let is_list_of_null = |list: Node<'_>| list.items().next().is_some() && list.items().all(Node::is_null);
    target
        .get("type")
        .is_some_and(|types| types.is_text("null") || types.is_list() && types.items().all(|one| one.is_text("null")))
        || target.get("enum").is_some_and(is_list_of_null)
        || view.version() >= Version::V3_1 && target.get("const").is_some_and(Node::is_null)
}
