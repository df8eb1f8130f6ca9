//! `x-statusquo-allow`: an id, a list of ids, or a map from id to reason.

use memchr::memmem;

use super::{Allowance, EXTENSION, Mistake, Scope, Suppressions};
use crate::syntax::{Entry, File, Node};

pub(super) fn read(file: &File, found: &mut Suppressions) {
    if memmem::find(file.source().text().as_bytes(), EXTENSION.as_bytes()).is_none() {
        return;
    }
    for index in 0..file.tree().len() as u32 {
        let object = file.node(index);
        // What `<<` takes in is read where it is written.
        let entry = object.entry(EXTENSION).filter(|entry| object.contains(entry.key));
        if let Some(entry) = entry.filter(|_| object.is_map()) {
            read_entry(object, entry, found);
        }
    }
}

fn read_entry(object: Node<'_>, entry: Entry<'_>, found: &mut Suppressions) {
    let scope = scope(object);
    let mut ids = Vec::new();
    if entry.value.is_map() {
        ids.extend(entry.value.entries().map(|entry| (entry.key, entry.value.as_str().map(std::borrow::Cow::into_owned))));
    } else if entry.value.is_list() {
        ids.extend(entry.value.items().map(|item| (item, None)));
    } else {
        ids.push((entry.value, None));
    }
    if ids.is_empty() {
        found.mistakes.push(mistake(entry.key, format!("`{EXTENSION}` allows nothing: it is empty")));
    }
    for (id, reason) in ids {
        match id.as_str() {
            Some(rule) => found.allowances.push(Allowance {
                rule: rule.into_owned(),
                span: id.span(),
                node: Some(id.index()),
                reason,
                scope: scope.clone(),
            }),
            None => found.mistakes.push(mistake(id, format!("`{EXTENSION}` allows rules by their ids, and this is no text"))),
        }
    }
}

fn mistake(node: Node<'_>, message: String) -> Mistake {
    Mistake { span: node.span(), message, help: format!("write `{EXTENSION}: [rule-id]`, or a map from rule id to reason") }
}

/// The object with its key: what lacks something is reported at its key.
fn scope(object: Node<'_>) -> Scope {
    let start = object.own_key().unwrap_or(object).span().start;
    let reference = object.get("$ref").map(|reference| reference.span().start);
    Scope::Object { bytes: start..object.span().end, reference }
}
