//! Where a file may have references: every `$ref` that is one, none that is data.

use super::reference::reference_in;
use crate::syntax::Node;

/// How deep a file is searched; the readers accept no deeper nesting.
const DEEPEST: usize = crate::syntax::MAXIMUM_DEPTH + 1;

/// A `$ref` in a position where references are understood.
#[derive(Clone, Copy, Debug)]
pub struct Site<'p> {
    /// The value of the `$ref`.
    pub reference: Node<'p>,
    /// The map that holds it.
    pub holder: Node<'p>,
}

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Keywords of OpenAPI or JSON Schema.
    Keywords,
    /// Names the author chose, so many levels down from here.
    Names(u8),
    /// Names of Example Objects, whose `value` is data.
    Examples,
    /// Keywords of one Example Object.
    Example,
}

/// All reference sites of a document, in document order.
pub fn reference_sites(root: Node<'_>) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    visit(root, root.referring(), Keys::Keywords, 0, &mut sites);
    sites
}

/// `referring` are the maps inside the node that may have a `$ref`, as indexes on the tape.
fn visit<'p>(node: Node<'p>, mut referring: &[u32], keys: Keys, depth: usize, sites: &mut Vec<Site<'p>>) {
    if depth > DEEPEST || referring.is_empty() {
        return;
    }
    if node.is_list() {
        for item in node.items() {
            let inside = if node.contains(item) { taken_inside(item, &mut referring) } else { item.referring() };
            visit(item, inside, Keys::Keywords, depth + 1, sites);
        }
        return;
    }
    if !matches!(keys, Keys::Names(_) | Keys::Examples) || node.entries().nth(1).is_none() {
        sites.extend(reference_in(node).map(|reference| Site { reference, holder: node }));
    }
    for entry in node.entries() {
        // What an alias stands for is visited where it is written.
        if entry.alias.is_some() || !node.contains(entry.key) {
            continue;
        }
        let inside = taken_inside(entry.value, &mut referring);
        if inside.is_empty() {
            continue;
        }
        let Some(key) = entry.key.text() else { continue };
        if let Some(below) = keys_below(keys, &key, entry.value) {
            visit(entry.value, inside, below, depth + 1, sites);
        }
    }
}

/// Takes those inside a node from the front of a list, and what lies before it.
fn taken_inside<'r>(node: Node<'_>, referring: &mut &'r [u32]) -> &'r [u32] {
    let range = node.index()..node.behind();
    let before = referring.iter().take_while(|&&index| index < range.start).count();
    let inside = referring.iter().skip(before).take_while(|&&index| index < range.end).count();
    let taken = referring.get(before..before + inside).unwrap_or_default();
    *referring = referring.get(before + inside..).unwrap_or_default();
    taken
}

/// What the keys of the map under a key are; `None` where everything below is data.
fn keys_below(keys: Keys, key: &str, value: Node<'_>) -> Option<Keys> {
    match keys {
        Keys::Names(0 | 1) => Some(Keys::Keywords),
        Keys::Names(levels) => Some(Keys::Names(levels - 1)),
        Keys::Examples => Some(Keys::Example),
        Keys::Example => None,
        Keys::Keywords if key.starts_with("x-") => None,
        Keys::Keywords => below_keyword(key, value),
    }
}

fn below_keyword(key: &str, value: Node<'_>) -> Option<Keys> {
    match key {
        "example" | "default" | "enum" | "const" | "mapping" | "value" | "security" | "tags" | "servers" | "info"
        | "required" => None,
        "examples" => value.is_map().then_some(Keys::Examples),
        "callbacks" => Some(Keys::Names(2)),
        "properties"
        | "patternProperties"
        | "definitions"
        | "$defs"
        | "dependentSchemas"
        | "paths"
        | "webhooks"
        | "responses"
        | "headers"
        | "content"
        | "links"
        | "encoding"
        | "schemas"
        | "requestBodies"
        | "securitySchemes"
        | "pathItems"
        | "mediaTypes"
        | "additionalOperations" => Some(Keys::Names(1)),
        "parameters" if value.is_map() => Some(Keys::Names(1)),
        _ => Some(Keys::Keywords),
    }
}
