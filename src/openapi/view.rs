//! A node together with what is needed to understand it: the project for `$ref`s, the version for meaning.

use std::borrow::Cow;

use super::reference::{self, Followed};
use super::{Project, Version};
use crate::syntax::{Entry, File, Node};

/// Identifies a node within a project: file and index on its tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// The file's index in the project.
    pub file: u32,
    /// The node's index on the tape.
    pub index: u32,
}

impl NodeId {
    /// The identity of a node.
    pub fn of(node: Node<'_>) -> NodeId {
        NodeId { file: node.file().source().id().0, index: node.index() }
    }
}

/// A node read as a part of a description. Cheap to copy: 24 bytes, of which very many are held.
#[derive(Clone, Copy, Debug)]
pub struct View<'p> {
    project: &'p Project,
    file: &'p File,
    index: u32,
    version: Version,
}

impl<'p> View<'p> {
    /// A view on a node of a project, in a description of this version.
    pub fn new(project: &'p Project, version: Version, node: Node<'p>) -> Self {
        View { project, file: node.file(), index: node.index(), version }
    }

    /// The project.
    pub fn project(self) -> &'p Project {
        self.project
    }

    /// The version of the description that is being read.
    pub fn version(self) -> Version {
        self.version
    }

    /// The node.
    pub fn node(self) -> Node<'p> {
        self.file.node(self.index)
    }

    /// The node's identity within the project.
    pub fn id(self) -> NodeId {
        NodeId::of(self.node())
    }

    /// Another node seen in the same way.
    #[must_use]
    pub fn with(self, node: Node<'p>) -> View<'p> {
        View { file: node.file(), index: node.index(), ..self }
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<View<'p>> {
        self.node().get(key).map(|node| self.with(node))
    }

    /// Whether there is a value under a key and a `$ref` in its place leads nowhere.
    pub fn is_lost(self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.target().is_none())
    }

    /// The text of a key's value.
    pub fn text(self, key: &str) -> Option<Cow<'p, str>> {
        self.node().get_str(key)
    }

    /// The entries of the map under a key, without specification extensions (`x-…`). A `$ref` in place of the map is
    /// followed, also where OpenAPI allows none.
    pub fn entries_of(self, key: &str) -> impl Iterator<Item = Entry<'p>> {
        let map = self.get(key).and_then(View::target);
        map.into_iter().flat_map(|map| map.node().entries()).filter(|entry| !is_extension(entry.key))
    }

    /// What this node stands for once every `$ref` in it is followed.
    pub fn followed(self) -> Followed<'p> {
        reference::follow(self.project, self.node())
    }

    /// The view behind a chain of `$ref`s; `None` where the chain leads nowhere.
    pub fn target(self) -> Option<View<'p>> {
        reference::target(self.project, self.node()).map(|node| self.with(node))
    }
}

/// A list of which a description may have one for each operation. Most have one item, and take no room for more.
pub(super) fn few<T>(mut items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = items.next().map(|first| vec![first]).unwrap_or_default();
    list.extend(items);
    list
}

/// Whether a key is a specification extension.
pub(super) fn is_extension(key: Node<'_>) -> bool {
    key.text().is_none_or(|text| text.starts_with("x-"))
}
