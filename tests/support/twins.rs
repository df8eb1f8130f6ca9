//! Descriptions that say the same in another way.

use std::collections::{BTreeMap, BTreeSet};

use statusquo::http::percent;

use super::kind::{Kind, visit};
use super::tree::{Tree, single};

/// Lists whose order means nothing.
const UNORDERED: [&str; 14] = [
    "required",
    "enum",
    "tags",
    "allOf",
    "anyOf",
    "oneOf",
    "type",
    "parameters",
    "security",
    "servers",
    "produces",
    "consumes",
    "schemes",
    "scopes",
];

/// Values below these keys are data: the order of their lists is theirs.
const DATA: [&str; 6] = ["example", "examples", "default", "const", "enum", "value"];

/// Keys sorted backwards, and lists that have no order turned round.
pub(crate) fn reordered(tree: &mut Tree) {
    // Where a `$ref` counts the parts of a list, they stay where they are.
    let has_places = contains_reference(tree, &|text| ["/allOf/", "/anyOf/", "/oneOf/"].iter().any(|part| text.contains(part)));
    reorder(tree, "", has_places);
}

/// Whether some `$ref` is like this.
pub(crate) fn contains_reference(tree: &Tree, is_it: &dyn Fn(&str) -> bool) -> bool {
    tree.reference().is_some_and(is_it)
        || tree.entries().iter().map(|(_, value)| value).chain(tree.items()).any(|inner| contains_reference(inner, is_it))
}

fn reorder(tree: &mut Tree, key: &str, is_fixed: bool) {
    match tree {
        Tree::Map(entries) => {
            entries.sort_by(|one, other| other.0.cmp(&one.0));
            for (name, value) in entries {
                let is_data = DATA.contains(&name.as_str()) && !matches!(value, Tree::Map(_)) || name.starts_with("x-");
                reorder(value, name, is_fixed || is_data || key == "properties");
            }
        }
        Tree::List(items) => {
            if UNORDERED.contains(&key) && (!is_fixed || key == "enum") {
                items.reverse();
            }
            for item in items {
                reorder(item, "", is_fixed);
            }
        }
        Tree::Text(_) | Tree::Plain(_) => {}
    }
}

/// The sections whose components can be renamed.
const SECTIONS: [&str; 5] = ["schemas", "responses", "headers", "parameters", "requestBodies"];

/// Every component under another name. The names that unions choose by are kept in their `mapping`.
pub(crate) fn renamed(tree: &mut Tree) {
    let is_swagger = tree.get("swagger").is_some();
    let before = tree.clone();
    visit(tree, Kind::Document, &mut |tree, kind| {
        if let Some(Tree::Text(reference)) = tree.get_mut("$ref") {
            rename(reference, &before);
        }
        if kind == Kind::Schema {
            remap(tree, &before, &prefix_of("schemas", is_swagger));
        }
    });
    for section in SECTIONS {
        let key = if is_swagger && section == "schemas" { "definitions" } else { section };
        let holder = if is_swagger { Some(&mut *tree) } else { tree.get_mut("components") };
        if let Some(Tree::Map(entries)) = holder.and_then(|holder| holder.get_mut(key)) {
            for (name, _) in entries {
                *name += "_renamed";
            }
        }
    }
}

fn prefix_of(section: &str, is_swagger: bool) -> String {
    match (is_swagger, section) {
        (true, "schemas") => "#/definitions/".to_owned(),
        (true, _) => format!("#/{section}/"),
        (false, _) => format!("#/components/{section}/"),
    }
}

/// A reference to a component that there is leads to its new name.
fn rename(reference: &mut String, document: &Tree) {
    let is_swagger = document.get("swagger").is_some();
    let prefixes = SECTIONS.iter().map(|section| prefix_of(section, is_swagger));
    let Some(prefix) = prefixes.into_iter().find(|prefix| reference.starts_with(prefix)) else { return };
    let (name, behind) =
        reference[prefix.len()..].split_once('/').map_or((&reference[prefix.len()..], None), |(name, rest)| (name, Some(rest)));
    let behind = behind.map(|rest| format!("/{rest}")).unwrap_or_default();
    if at(document, &format!("{prefix}{name}{behind}")) {
        *reference = format!("{prefix}{name}_renamed{behind}");
    }
}

/// Whether there is something where a reference of this document points.
fn at(document: &Tree, reference: &str) -> bool {
    let decoded = percent::decoded(reference);
    let steps = String::from_utf8_lossy(&decoded);
    let mut steps = steps.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    let end = steps.try_fold(document, |tree, step| tree.get(&step).or_else(|| tree.items().get(step.parse::<usize>().ok()?)));
    end.is_some()
}

/// The `mapping` of a discriminator for the new names, with the old ones for branches that it does not name.
fn remap(schema: &mut Tree, document: &Tree, prefix: &str) {
    let branches = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)).flat_map(Tree::items);
    let branches: Vec<String> = branches
        .filter_map(|branch| branch.reference()?.strip_prefix(prefix)?.strip_suffix("_renamed").map(str::to_owned))
        .collect();
    let Some(discriminator @ Tree::Map(_)) = schema.get_mut("discriminator") else { return };
    let mut mapping = discriminator.remove("mapping").unwrap_or(Tree::Map(Vec::new()));
    let Tree::Map(entries) = &mut mapping else { return };
    for (_, value) in entries.iter_mut() {
        if let Tree::Text(target) = value {
            let is_name = !target.contains('/') && at(document, &format!("{prefix}{target}"));
            if is_name { *target += "_renamed" } else { rename(target, document) }
        }
    }
    for name in branches {
        let new = format!("{prefix}{name}_renamed");
        let is_named = entries.iter().any(|(key, value)| *key == name || value.text().is_some_and(|text| new.ends_with(text)));
        if !is_named {
            entries.push((name, Tree::Text(new)));
        }
    }
    if !entries.is_empty() {
        discriminator.set("mapping", mapping);
    }
}

/// Every `$ref` to a schema that does not come back to itself, replaced by the schema, one level deep; nothing where that is
/// too much. Branches that a discriminator chooses by their names keep them.
pub(crate) fn inlined(tree: &mut Tree, most: usize) -> bool {
    let is_swagger = tree.get("swagger").is_some();
    let is_modern = tree.get("openapi").and_then(Tree::text).is_some_and(|version| !version.starts_with("3.0"));
    let prefix = prefix_of("schemas", is_swagger);
    let schemas = if is_swagger { tree.get("definitions") } else { tree.get("components").and_then(|all| all.get("schemas")) };
    let schemas: BTreeMap<String, Tree> = schemas.map(Tree::entries).unwrap_or_default().iter().cloned().collect();
    let usable = not_circular(&schemas, &prefix);
    let mut left = most;
    visit(tree, Kind::Document, &mut |tree, kind| {
        if kind != Kind::Schema {
            return;
        }
        let has_names = tree.get("discriminator").is_some();
        let Tree::Map(entries) = tree else { return };
        for (key, value) in entries {
            let is_named = has_names && matches!(key.as_str(), "oneOf" | "anyOf");
            if Kind::Schema.below(key, value) != Kind::Data && !is_named {
                inline_below(value, key, &mut |schema| inline(schema, &prefix, &schemas, &usable, is_modern, &mut left));
            }
        }
    });
    // Schemas of content and headers: no schema holds those.
    visit(tree, Kind::Document, &mut |tree, kind| {
        if matches!(kind, Kind::MediaType | Kind::Header | Kind::Response)
            && let Some(schema) = tree.get_mut("schema")
        {
            inline(schema, &prefix, &schemas, &usable, is_modern, &mut left);
        }
    });
    left > 0
}

/// The schemas right below a keyword.
fn inline_below(value: &mut Tree, key: &str, look: &mut dyn FnMut(&mut Tree)) {
    match (Kind::Schema.below(key, value), value) {
        (Kind::Schema, value) => look(value),
        (_, Tree::Map(entries)) => entries.iter_mut().for_each(|(_, value)| look(value)),
        (_, Tree::List(items)) => items.iter_mut().for_each(look),
        _ => {}
    }
}

fn inline(
    schema: &mut Tree,
    prefix: &str,
    schemas: &BTreeMap<String, Tree>,
    usable: &BTreeSet<String>,
    is_modern: bool,
    left: &mut usize,
) {
    let Some(name) = schema.reference().and_then(|reference| reference.strip_prefix(prefix)) else { return };
    let has_siblings = is_modern && schema.entries().len() > 1;
    let Some(target) = schemas.get(name).filter(|_| usable.contains(name) && !has_siblings && *left > 0) else { return };
    *left = left.saturating_sub(target.size());
    *schema = target.clone();
}

/// The names of schemas that do not lead back to themselves.
fn not_circular(schemas: &BTreeMap<String, Tree>, prefix: &str) -> BTreeSet<String> {
    let names = |tree: &Tree| {
        let mut names = BTreeSet::new();
        collect(tree, prefix, &mut names);
        names
    };
    let edges: BTreeMap<&String, BTreeSet<String>> = schemas.iter().map(|(name, tree)| (name, names(tree))).collect();
    let comes_back = |start: &String| {
        let (mut open, mut seen) = (vec![start], BTreeSet::new());
        while let Some(name) = open.pop() {
            for next in edges.get(name).into_iter().flatten() {
                if next == start {
                    return true;
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        false
    };
    schemas.keys().filter(|name| !comes_back(name)).cloned().collect()
}

fn collect(tree: &Tree, prefix: &str, names: &mut BTreeSet<String>) {
    if let Some(rest) = tree.reference().and_then(|reference| reference.strip_prefix(prefix)) {
        names.extend(rest.split('/').next().map(str::to_owned));
    }
    tree.entries().iter().map(|(_, value)| value).chain(tree.items()).for_each(|inner| collect(inner, prefix, names));
}

/// What schemas say about their properties moved into one more part of `allOf`, where nothing beside it sees only its own.
pub(crate) fn refactored(tree: &mut Tree) -> usize {
    let mut moved = 0;
    visit(tree, Kind::Document, &mut |tree, kind| {
        let sees_its_own = ["$ref", "additionalProperties", "unevaluatedProperties", "patternProperties"];
        let has_some = matches!(tree.get("properties"), Some(Tree::Map(entries)) if !entries.is_empty());
        let is_odd = tree.get("allOf").is_some_and(|all| !matches!(all, Tree::List(_)));
        if kind != Kind::Schema || !has_some || is_odd || sees_its_own.iter().any(|key| tree.get(key).is_some()) {
            return;
        }
        let Some(properties) = tree.remove("properties") else { return };
        let mut parts = tree.remove("allOf").map(|all| all.items().to_vec()).unwrap_or_default();
        parts.push(single("properties", properties));
        tree.set("allOf", Tree::List(parts));
        moved += 1;
    });
    moved
}

/// Keywords that 3.0 does not know and 3.1 does.
const UNKNOWN_IN_3_0: [&str; 17] = [
    "const",
    "if",
    "then",
    "else",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentMediaType",
    "contentEncoding",
    "contentSchema",
];

/// A description of 3.0 as one of 3.1.
pub(crate) fn raised(tree: &mut Tree) {
    tree.set("openapi", Tree::Text("3.1.0".to_owned()));
    visit(tree, Kind::Document, &mut |tree, kind| {
        if kind == Kind::Schema && matches!(tree, Tree::Map(_)) {
            raise(tree);
        }
    });
}

fn raise(schema: &mut Tree) {
    if schema.reference().is_some() {
        // What stands beside a `$ref` says nothing in 3.0.
        if let Tree::Map(entries) = schema {
            entries.retain(|(key, _)| key == "$ref");
        }
        return;
    }
    for key in UNKNOWN_IN_3_0.iter().chain(&["dependencies", "$defs", "$dynamicRef", "$recursiveRef"]) {
        schema.remove(key);
    }
    raise_bound(schema, "minimum", "exclusiveMinimum");
    raise_bound(schema, "maximum", "exclusiveMaximum");
    if schema.remove("nullable").is_some_and(|flag| flag.is_true()) {
        allow_null(schema);
    }
}

fn raise_bound(schema: &mut Tree, bound: &str, flag: &str) {
    let is_flag = schema.get(flag).is_some_and(|value| matches!(value, Tree::Plain(text) if text == "true" || text == "false"));
    if is_flag
        && schema.remove(flag).is_some_and(|flag| flag.is_true())
        && let Some(value) = schema.remove(bound)
    {
        schema.set(flag, value);
    }
}

fn allow_null(schema: &mut Tree) {
    let null = || Tree::Text("null".to_owned());
    let is_plain = ["allOf", "anyOf", "oneOf", "not"].iter().all(|key| schema.get(key).is_none());
    if is_plain && let Some(Tree::Text(name)) = schema.get("type").cloned() {
        schema.set("type", Tree::List(vec![Tree::Text(name), null()]));
        if let Some(Tree::List(values)) = schema.get_mut("enum")
            && !values.contains(&Tree::Plain("null".to_owned()))
        {
            values.push(Tree::Plain("null".to_owned()));
        }
        return;
    }
    let Tree::Map(entries) = schema else { return };
    let outside = ["title", "description", "readOnly", "writeOnly", "deprecated", "example", "default"];
    let (mut outer, inner): (Vec<_>, Vec<_>) = entries.drain(..).partition(|(key, _)| outside.contains(&key.as_str()));
    if !inner.is_empty() {
        outer.push(("anyOf".to_owned(), Tree::List(vec![Tree::Map(inner), single("type", null())])));
    }
    *schema = Tree::Map(outer);
}
