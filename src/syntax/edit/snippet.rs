//! What is to be written, free of how.

use super::super::{Node, Scalar};

/// A value that is to be written into a file, in the style of what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Snippet {
    /// A map, in this order.
    Map(Vec<(String, Snippet)>),
    /// A list.
    List(Vec<Snippet>),
    /// Text.
    Text(String),
    /// A number, a boolean or null, as YAML and JSON write them alike.
    Word(String),
}

impl Snippet {
    /// The value of a node.
    pub fn of(node: Node<'_>) -> Snippet {
        if node.is_map() {
            let entries =
                node.entries().map(|entry| (entry.key.text().unwrap_or_default().into_owned(), Snippet::of(entry.value)));
            return Snippet::Map(entries.collect());
        }
        if node.is_list() {
            return Snippet::List(node.items().map(Snippet::of).collect());
        }
        let text = node.text().unwrap_or_default().into_owned();
        match node.scalar() {
            Some(Scalar::Null) => Snippet::Word("null".to_owned()),
            None | Some(Scalar::Text) => Snippet::Text(text),
            Some(_) => Snippet::Word(text),
        }
    }
}
