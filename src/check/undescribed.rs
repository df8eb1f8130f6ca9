//! Members of bodies that their schemas do not describe. Off unless somebody asks: objects are open in OpenAPI.

use super::breach::Words;
use super::checker::{Checker, Judged};
use super::rules::Outlook;
use crate::finding::Severity;
use crate::openapi::{Schema, View};
use crate::syntax::Node;

const RULE: &str = "undocumented-response-property";

/// How deep bodies are looked into.
const DEEPEST: usize = 32;

/// The most members that are told of one body.
const MOST: usize = 20;

/// Keywords that say what members without a name of their own may be, or that there are none.
const OPEN: [&str; 3] = ["additionalProperties", "patternProperties", "unevaluatedProperties"];

/// Says which members are not described.
pub(super) fn judge<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    schema: Schema<'p>,
    root: Node<'_>,
    judged: &mut Judged<'p>,
) {
    // Asked first: the walk is for nothing where the rule is off.
    if checker.breach(outlook, RULE, Severity::Note, Words::Ready(String::new(), None), String::new()).is_none() {
        return;
    }
    let mut found = Vec::new();
    walk(schema, root, "", 0, &mut found);
    for place in found {
        let message = format!("`{}` is not described", crate::traffic::mask::url(&place, true));
        let help = "describe the member, or take it out of the response".to_owned();
        judged.breaches.extend(checker.breach(outlook, RULE, Severity::Note, Words::Ready(message, Some(help)), place));
    }
}

fn walk(schema: Schema<'_>, node: Node<'_>, place: &str, depth: usize, found: &mut Vec<String>) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    if node.is_list() {
        if let Some(items) = schema.target().and_then(Schema::items) {
            node.items().for_each(|item| walk(items, item, &format!("{place}/-"), depth + 1, found));
        }
        return;
    }
    let properties = schema.all_properties();
    // A schema that names no members, or that could not be seen whole, describes everything.
    if !node.is_map() || properties.list.is_empty() || !properties.complete {
        return;
    }
    let is_open = says_of_others(schema, 0);
    for entry in node.entries() {
        let Some(name) = entry.key.text() else { continue };
        let inner = format!("{place}/{}", crate::syntax::escaped(&name));
        match properties.get(&name) {
            Some(property) => walk(property.schema, entry.value, &inner, depth + 1, found),
            None if !is_open && found.len() < MOST && !found.contains(&inner) => found.push(inner),
            None => {}
        }
    }
}

/// Whether the schema or a part of it says what further members are.
fn says_of_others(schema: Schema<'_>, depth: usize) -> bool {
    let Some(target) = schema.target().filter(|_| depth < DEEPEST) else { return true };
    let says = |view: View<'_>| OPEN.iter().any(|keyword| view.node().get(keyword).is_some());
    says(target.0) || says(schema.0) || target.parts().any(|part| says_of_others(part, depth + 1))
}
