//! `remove-content`, `remove-response` and `add-response`.

use super::edits::{Made, Workshop};
use super::headers::own_entry;
use super::remedy::Remedy;
use crate::openapi::Version;
use crate::syntax::Node;
use crate::syntax::edit::{Hindrance, Snippet, insert, remove};

/// Takes the content out of a response: in 2.0 its schema and its examples.
pub(super) fn remove_content<'p>(workshop: &Workshop<'p>, remedy: &Remedy<'p>) -> Result<Made, Hindrance> {
    let response = workshop.removable(remedy)?.definition;
    let names: &[&str] = if response.version() == Version::V2_0 { &["schema", "examples"] } else { &["content"] };
    let mut keys = Vec::new();
    for name in names {
        keys.extend(own_entry(response.node(), name)?.map(|entry| entry.key));
    }
    if keys.is_empty() { Err(Hindrance::Missing) } else { workshop.remove(response.node(), &keys) }
}

/// Takes out the use of a shared response that the range around its status uses, too.
pub(super) fn remove_repeated(remedy: &Remedy<'_>) -> Result<Made, Hindrance> {
    let slot = remedy.only_slot()?;
    let key = slot.key.text().unwrap_or_default();
    let range = key.get(..1).map(|class| format!("{class}XX")).and_then(|range| slot.map.get(&range));
    let own = slot.map.entries().find(|entry| entry.key == slot.key).and_then(|entry| only_reference(entry.value));
    if own.is_none() || own != range.and_then(only_reference) {
        return Err(Hindrance::Missing);
    }
    Ok(Made { edits: remove(slot.map, &[slot.key])?, scope: Some(slot.map.span()) })
}

/// The `$ref` of a map that has nothing else.
fn only_reference(node: Node<'_>) -> Option<std::borrow::Cow<'_, str>> {
    node.get_str("$ref").filter(|_| node.entries().nth(1).is_none())
}

/// Uses a shared response for one more status.
pub(super) fn add(remedy: &Remedy<'_>, status: &str, names: &[String]) -> Result<Made, Hindrance> {
    let slot = remedy.only_slot()?;
    let entry = slot.map.entries().find(|entry| entry.key == slot.key).ok_or(Hindrance::Missing)?;
    if entry.alias.is_some() {
        return Err(Hindrance::Alias);
    }
    let responses = entry.value;
    if responses.get("$ref").is_some() || !std::ptr::eq(responses.file(), remedy.root.node().file()) {
        return Err(Hindrance::Missing);
    }
    let reference = component(remedy, names).ok_or(Hindrance::Missing)?;
    let value = Snippet::Map(vec![("$ref".to_owned(), Snippet::Text(reference))]);
    let is_before = |key: &Node<'_>| key.text().is_some_and(|key| key.as_ref() < status);
    let after = responses.entries().map(|entry| entry.key).filter(is_before).last();
    Ok(Made::free(insert(responses, after, &[(status.to_owned(), value)])?))
}

/// The reference to the one shared response that has one of these names, whatever its case.
fn component(remedy: &Remedy<'_>, names: &[String]) -> Option<String> {
    let root = remedy.root.node();
    let is_old = remedy.root.version() == Version::V2_0;
    let (section, prefix) = if is_old {
        (root.get("responses")?, "#/responses")
    } else {
        (root.get("components")?.get("responses")?, "#/components/responses")
    };
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    let fitting = section.entries().filter(|entry| entry.value.is_map()).filter_map(|entry| entry.key.text());
    let mut fitting = fitting.filter(|own| names.iter().any(|name| own.eq_ignore_ascii_case(name)));
    let name = fitting.next().filter(|name| is_plain(name))?;
    fitting.next().is_none().then(|| format!("{prefix}/{name}"))
}
