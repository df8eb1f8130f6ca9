//! Changes of a tree as changes of its text: only the bytes that have to change, in the style of what stands around them.

mod insert;
mod key;
mod lines;
mod remove;
mod render;
mod sharing;
mod snippet;
#[cfg(test)]
mod tests;
mod written;

use std::fmt;

pub use insert::insert;
pub use key::{quotation_mark, quote, rename, written_value};
pub use remove::remove;
pub(super) use sharing::Sharing;
pub use snippet::Snippet;

use super::Node;
use crate::finding::TextEdit;

/// The changes of text that make up one change of the tree, or why there are none.
pub type Edited = Result<Vec<TextEdit>, Hindrance>;

/// Why a text is better left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Part of the file could not be read.
    Damage,
    /// `<<` takes in other maps here, or takes in this one elsewhere.
    Merge,
    /// What would go carries an anchor that an alias elsewhere stands for.
    Anchor,
    /// What would change is written through an alias.
    Alias,
    /// What would go or be renamed is what a `$ref` elsewhere leads to.
    Reference,
    /// What would change is used by other responses, too.
    Shared,
    /// The key is already there.
    Exists,
    /// What the fix relies on is not there.
    Missing,
    /// It is written in a way that no change of text does justice to.
    Layout,
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Hindrance::Damage => "part of the file cannot be read",
            Hindrance::Merge => "`<<` merges maps here",
            Hindrance::Anchor => "it carries an anchor that is used elsewhere",
            Hindrance::Alias => "it is written through an alias",
            Hindrance::Reference => "a `$ref` elsewhere leads to it",
            Hindrance::Shared => "other responses use the same definition",
            Hindrance::Exists => "the key that it would get is already there",
            Hindrance::Missing => "the description lacks what the fix relies on",
            Hindrance::Layout => "it is written in a way that cannot be changed without touching what stands around it",
        })
    }
}

/// Whether the entries of a map may be changed at all.
fn check(map: Node<'_>) -> Result<(), Hindrance> {
    let sharing = map.file().sharing();
    if sharing.is_damaged {
        Err(Hindrance::Damage)
    } else if map.merges() || sharing.is_merged(map.index()) {
        Err(Hindrance::Merge)
    } else if map.is_map() {
        Ok(())
    } else {
        Err(Hindrance::Missing)
    }
}

fn edit(node: Node<'_>, range: std::ops::Range<usize>, text: impl Into<String>) -> TextEdit {
    TextEdit { span: node.file().source().span(range.start as u32, range.end as u32), text: text.into() }
}
