//! A description as a tree that can be changed and written again as JSON, its keys in order and its numbers as they are written.

use std::fmt::Write as _;

use statusquo::syntax::{Node, Scalar};

/// How much aliases may make of one file.
const MOST_NODES: usize = 3_000_000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// Keys and values, in order.
    Map(Vec<(String, Tree)>),
    /// A list.
    List(Vec<Tree>),
    /// A text.
    Text(String),
    /// Anything else, as JSON writes it.
    Plain(String),
}

impl Tree {
    /// The value of a node; nothing where aliases make too much of it.
    pub(crate) fn of(node: Node<'_>) -> Option<Tree> {
        let mut budget = MOST_NODES;
        let tree = read(node, &mut budget);
        (budget > 0).then_some(tree)
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        let Tree::Map(entries) = self else { return None };
        entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Takes a key out.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Tree> {
        let Tree::Map(entries) = self else { return None };
        let position = entries.iter().position(|(name, _)| name == key)?;
        Some(entries.remove(position).1)
    }

    /// Puts a value under a key, in place of what was there.
    pub(crate) fn set(&mut self, key: &str, value: Tree) {
        match self.get_mut(key) {
            Some(old) => *old = value,
            None => {
                if let Tree::Map(entries) = self {
                    entries.push((key.to_owned(), value));
                }
            }
        }
    }

    /// Keys and values of a map.
    pub(crate) fn entries(&self) -> &[(String, Tree)] {
        if let Tree::Map(entries) = self { entries } else { &[] }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Tree] {
        if let Tree::List(items) = self { items } else { &[] }
    }

    /// The text.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Tree::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it is `true`.
    pub(crate) fn is_true(&self) -> bool {
        matches!(self, Tree::Plain(text) if text == "true")
    }

    /// The reference in it.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.get("$ref")?.text()
    }

    /// How many values it consists of.
    pub(crate) fn size(&self) -> usize {
        let inner = self.entries().iter().map(|(_, value)| value).chain(self.items());
        1 + inner.map(Tree::size).sum::<usize>()
    }

    /// As JSON.
    pub(crate) fn json(&self) -> String {
        let mut text = String::new();
        write(self, &mut text);
        text
    }
}

/// A map of one key.
pub(crate) fn single(key: &str, value: Tree) -> Tree {
    Tree::Map(vec![(key.to_owned(), value)])
}

fn read(node: Node<'_>, budget: &mut usize) -> Tree {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return Tree::Plain("null".to_owned());
    }
    if node.is_map() {
        let entry =
            |entry: statusquo::syntax::Entry<'_>| (entry.key.text().unwrap_or_default().into_owned(), read(entry.value, budget));
        return Tree::Map(node.entries().map(entry).collect());
    }
    if node.is_list() {
        return Tree::List(node.items().map(|item| read(item, budget)).collect());
    }
    match node.scalar() {
        None | Some(Scalar::Null) => Tree::Plain("null".to_owned()),
        Some(Scalar::Boolean(value)) => Tree::Plain(value.to_string()),
        Some(Scalar::Integer(number)) => Tree::Plain(as_written(node).unwrap_or_else(|| number.to_string())),
        Some(Scalar::Float(number)) => {
            Tree::Plain(as_written(node).unwrap_or_else(|| serde_json::Value::from(number).to_string()))
        }
        Some(Scalar::Text) => Tree::Text(node.text().unwrap_or_default().into_owned()),
    }
}

/// The number as it stands there, where that is JSON.
fn as_written(node: Node<'_>) -> Option<String> {
    let text = node.text()?;
    serde_json::from_str::<serde_json::Number>(&text).is_ok().then(|| text.into_owned())
}

fn write(tree: &Tree, text: &mut String) {
    match tree {
        Tree::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                let _ = write!(text, "{}{}:", if index == 0 { '{' } else { ',' }, serde_json::Value::from(key.as_str()));
                write(value, text);
            }
            text.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                text.push(if index == 0 { '[' } else { ',' });
                write(item, text);
            }
            text.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Tree::Text(own) => {
            let _ = write!(text, "{}", serde_json::Value::from(own.as_str()));
        }
        Tree::Plain(own) => text.push_str(own),
    }
}
