//! Response Objects.

use std::borrow::Cow;

use super::view::{few, is_extension};
use super::{Header, MediaType, Version, View};
use crate::syntax::{Entry, Node};

/// A Response Object, its `$ref` already followed.
#[derive(Clone, Copy, Debug)]
pub struct Response<'p>(pub View<'p>);

impl<'p> Response<'p> {
    /// Its description.
    pub fn description(self) -> Option<Cow<'p, str>> {
        self.0.text("description")
    }

    /// Its summary (3.2).
    pub fn summary(self) -> Option<Cow<'p, str>> {
        self.0.text("summary").filter(|_| self.0.version() == Version::V3_2)
    }

    /// Its header fields in document order.
    pub fn headers(self) -> Vec<Header<'p>> {
        few(self.headers_map().map(|entry| Header::new(self.0, entry)))
    }

    /// The entries of `headers`. A map among them is a header even if it is called `x-ratelimit-reset`: that is no extension.
    pub(crate) fn headers_map(self) -> impl Iterator<Item = Entry<'p>> {
        let map = self.0.get("headers").and_then(View::target);
        let entries = map.into_iter().flat_map(|map| map.node().entries());
        entries.filter(|entry| entry.value.is_map() || !is_extension(entry.key))
    }

    /// The content it describes; in 2.0 made from `schema`, `examples` and the operation's `produces`.
    pub fn content(self, produces: Option<Node<'p>>) -> Vec<MediaType<'p>> {
        match self.0.version() {
            Version::V2_0 => MediaType::of_swagger_response(self.0, produces),
            _ => MediaType::list(self.0, "content"),
        }
    }

    /// The key that describes content, where it does: `content`, in 2.0 `schema` or else `examples`.
    pub fn content_key(self) -> Option<Node<'p>> {
        let keys: &[&str] = if self.0.version() == Version::V2_0 { &["schema", "examples"] } else { &["content"] };
        let mut entries = keys.iter().filter_map(|key| self.0.node().entry(key));
        let is_filled = |entry: &Entry<'p>| match self.0.version() {
            Version::V2_0 => entry.value.entries().next().is_some(),
            _ => self.0.entries_of("content").next().is_some(),
        };
        entries.find(is_filled).map(|entry| entry.key)
    }

    /// The names of its links.
    pub fn links(self) -> Vec<Cow<'p, str>> {
        self.0.entries_of("links").filter_map(|entry| entry.key.text()).collect()
    }
}
