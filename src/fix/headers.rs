//! `add-header` and `remove-header`.

use super::edits::{Made, Workshop};
use super::remedy::Remedy;
use crate::openapi::{Version, View};
use crate::rules::filled_in;
use crate::syntax::edit::{Hindrance, Snippet, insert};
use crate::syntax::{Entry, Node};

/// Declares header fields.
pub(super) fn add(remedy: &Remedy<'_>, added: &[(String, Snippet)]) -> Result<Made, Hindrance> {
    let wrong = remedy.response.as_ref().ok_or(Hindrance::Missing)?;
    if !wrong.has_one_status {
        return Err(Hindrance::Shared);
    }
    let response = wrong.definition;
    let headers: Vec<(String, Snippet)> =
        added.iter().map(|(name, header)| (name.clone(), in_version(header, remedy, response.version()))).collect();
    let Some(entry) = own_entry(response.node(), "headers")? else {
        let description = response.node().entry("description").map(|entry| entry.key);
        let all = ("headers".to_owned(), Snippet::Map(headers));
        return insert(response.node(), description, &[all]).map(Made::free);
    };
    insert(map_of(response, entry)?, None, &headers).map(Made::free)
}

/// Takes header fields out, whichever case they are written in, and `headers` with the last of them.
pub(super) fn remove_named<'p>(workshop: &Workshop<'p>, remedy: &Remedy<'p>, names: &[String]) -> Result<Made, Hindrance> {
    let response = workshop.removable(remedy)?.definition;
    let entry = own_entry(response.node(), "headers")?.ok_or(Hindrance::Missing)?;
    let map = map_of(response, entry)?;
    let is_named = |key: &Node<'_>| key.text().is_some_and(|text| names.iter().any(|name| text.eq_ignore_ascii_case(name)));
    let keys: Vec<Node<'p>> = map.entries().map(|entry| entry.key).filter(is_named).collect();
    if keys.len() == map.entries().count() && response.node().entries().nth(1).is_some() {
        return workshop.remove(response.node(), &[entry.key]);
    }
    workshop.remove(map, &keys)
}

/// The entry of a map that stands in it, and did not come in through `<<`.
pub(super) fn own_entry<'p>(map: Node<'p>, key: &str) -> Result<Option<Entry<'p>>, Hindrance> {
    match map.entry(key) {
        Some(entry) if !map.contains(entry.key) => Err(Hindrance::Merge),
        entry => Ok(entry),
    }
}

/// The map under a key of a response, if it is written there.
fn map_of<'p>(response: View<'p>, entry: Entry<'p>) -> Result<Node<'p>, Hindrance> {
    if entry.alias.is_some() {
        return Err(Hindrance::Alias);
    }
    match response.with(entry.value).followed() {
        followed if !followed.hops.is_empty() => Err(Hindrance::Shared),
        _ if entry.value.is_map() => Ok(entry.value),
        _ => Err(Hindrance::Layout),
    }
}

/// A Header Object as a version writes it: in 2.0 the type stands beside the description, and there are no examples.
fn in_version(header: &Snippet, remedy: &Remedy<'_>, version: Version) -> Snippet {
    let Some(Snippet::Map(members)) = filled(header, remedy) else { return header.clone() };
    if version != Version::V2_0 {
        return Snippet::Map(members);
    }
    let members = members.into_iter().flat_map(|(name, value)| match (name.as_str(), value) {
        ("schema", Snippet::Map(inner)) => inner,
        ("description", value) => vec![(name, value)],
        _ => Vec::new(),
    });
    Snippet::Map(members.collect())
}

/// A value with its placeholders filled in; what has one that stands for nothing is left out.
fn filled(value: &Snippet, remedy: &Remedy<'_>) -> Option<Snippet> {
    Some(match value {
        Snippet::Text(text) => Snippet::Text(filled_in(text, |name| remedy.allow.clone().filter(|_| name == "allow"))?),
        Snippet::Word(word) => Snippet::Word(word.clone()),
        Snippet::List(items) => Snippet::List(items.iter().filter_map(|item| filled(item, remedy)).collect()),
        Snippet::Map(members) => {
            let members = members.iter().filter_map(|(name, member)| Some((name.clone(), filled(member, remedy)?)));
            Snippet::Map(members.collect())
        }
    })
}
