//! Values of bodies as they may be shown.

use super::token::without_tokens;
use super::{LONGEST_EXCERPT, MASK, characters, is_secret_name, shortened};
use crate::source::{Source, SourceId};
use crate::syntax::{Entry, Node, Scalar, parse, unescaped};

/// The value under a JSON Pointer (RFC 6901) in a JSON text as it may be shown, in at most 200 characters: by its kind
/// and size unless values are shown. Members with the names of secrets and texts that look like credentials never are.
/// A text that is no JSON, or has nothing there, is shown as a whole in the same way.
pub fn excerpt(text: &str, pointer: &str, show_values: bool) -> String {
    let names: Vec<_> = pointer.split('/').skip(1).map(unescaped).collect();
    if names.iter().any(|name| is_secret_name(name)) {
        return MASK.to_owned();
    }
    let file = parse(Source::new(SourceId(0), "body.json", text));
    let root = file.roots().next().filter(|_| file.faults().is_empty());
    let found = names.iter().fold(root, |node, name| node.and_then(|node| node.child(name)));
    match found {
        Some(node) if show_values => shown(node),
        Some(node) => described(node),
        None if show_values => shortened(&without_tokens(beginning(text))),
        None => format!("a text of {}", characters(text)),
    }
}

/// More of a text than is shown, so that a credential at the edge is seen whole.
fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(64 * LONGEST_EXCERPT)).unwrap_or_default()
}

fn described(node: Node<'_>) -> String {
    match node.scalar() {
        Some(Scalar::Null | Scalar::Boolean(_)) => node.raw().to_owned(),
        Some(Scalar::Integer(_) | Scalar::Float(_)) => "a number".to_owned(),
        Some(Scalar::Text) => format!("a string of {}", characters(&node.text().unwrap_or_default())),
        None if node.is_map() => counted("an object with", node.entries().count(), "member"),
        None => counted("an array with", node.items().count(), "item"),
    }
}

fn counted(what: &str, count: usize, name: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{what} {count} {name}{plural}")
}

fn shown(node: Node<'_>) -> String {
    let mut text = String::new();
    write(node, &mut text);
    shortened(&text)
}

/// Writes a value as JSON without blanks, and stops where enough is written.
fn write(node: Node<'_>, into: &mut String) {
    if into.len() > 4 * LONGEST_EXCERPT {
        return;
    }
    match node.scalar() {
        Some(Scalar::Text) => write_text(&without_tokens(beginning(&node.text().unwrap_or_default())), into),
        Some(_) => into.push_str(node.raw()),
        None if node.is_map() => {
            let is_secret = names_secret(node);
            write_list(node.entries(), ['{', '}'], into, |entry, into| write_entry(entry, is_secret, into));
        }
        None => write_list(node.items(), ['[', ']'], into, write),
    }
}

fn write_list<I>(items: impl Iterator<Item = I>, [open, close]: [char; 2], into: &mut String, write: impl Fn(I, &mut String)) {
    into.push(open);
    for (index, item) in items.take(LONGEST_EXCERPT).enumerate() {
        if index > 0 {
            into.push(',');
        }
        write(item, into);
    }
    into.push(close);
}

/// Whether a map is a pair of a secret's name and its value, as header fields are written in JSON.
fn names_secret(node: Node<'_>) -> bool {
    ["name", "key", "header"].iter().any(|key| node.get_str(key).is_some_and(|name| is_secret_name(&name)))
}

fn write_entry(entry: Entry<'_>, is_secret: bool, into: &mut String) {
    let name = entry.key.text().unwrap_or_default();
    write_text(&without_tokens(beginning(&name)), into);
    into.push(':');
    if is_secret_name(&name) || (is_secret && name.starts_with("val")) {
        into.push_str("\"***\"");
    } else {
        write(entry.value, into);
    }
}

fn write_text(text: &str, into: &mut String) {
    into.push_str(&serde_json::Value::from(text).to_string());
}
