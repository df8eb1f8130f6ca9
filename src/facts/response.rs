//! One use of a response.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::api::Api;
use super::remembered::Remembered;
use crate::http::status::StatusKey;
use crate::openapi::{Header, MediaType, NodeId, Response, Version, View};
use crate::syntax::{Entry, Node, unescaped};

/// Up to how many header fields or media types one is looked for among them one by one.
pub(super) const FEW: usize = 32;

/// One use of a response: a status key of an operation and what stands behind it.
#[derive(Debug)]
pub struct ResponseFact<'p> {
    /// Its operation, as an index of [`Api::operations`].
    pub operation: usize,
    /// The status key.
    pub key: Node<'p>,
    /// What the key means.
    pub status: StatusKey,
    /// The response behind `$ref` and alias; `None` where there is none or it is no map.
    pub definition: Option<Response<'p>>,
    /// `$ref` values and aliases on the way to it.
    pub hops: Box<[Node<'p>]>,
    /// Few have anything of this.
    rare: Option<Box<Rare<'p>>>,
    /// The first use of the same definition, where that is shared, as an index of [`Api::responses`].
    pub(super) first_use: Option<u32>,
    parts: OnceLock<Box<Parts<'p>>>,
}

/// What few uses have.
#[derive(Debug)]
struct Rare<'p> {
    /// The `description` beside the `$ref`, which stands in for the target's (3.1 and later).
    description: Option<Entry<'p>>,
    /// The key as text, where it is written with escapes.
    text: Option<String>,
}

/// What stands in a response, once somebody asked. Of those that are used often only the first use is asked.
#[derive(Debug, Default)]
pub(super) struct Parts<'p> {
    pub(super) headers: OnceLock<Box<[Header<'p>]>>,
    pub(super) content: OnceLock<Box<[MediaType<'p>]>>,
    pub(super) has_content: OnceLock<Option<bool>>,
    remembered: OnceLock<Box<Remembered<'p>>>,
}

impl<'p> ResponseFact<'p> {
    pub(super) fn new(operation: usize, view: View<'p>, entry: Entry<'p>) -> Self {
        let followed = view.with(entry.value).followed();
        let definition = followed.found().filter(|node| node.is_map()).map(|node| Response(view.with(node)));
        let text = entry.key.text().unwrap_or_default();
        let hops = entry.alias.into_iter().chain(followed.hops).collect();
        let status = StatusKey::parse(&text);
        let replaces = view.version() >= Version::V3_1 && entry.value.get("$ref").is_some();
        let description = if replaces { entry.value.entry("description") } else { None };
        let text = if let Cow::Owned(text) = text { Some(text) } else { None };
        let is_rare = description.is_some() || text.is_some();
        ResponseFact {
            operation,
            key: entry.key,
            status,
            definition,
            hops,
            rare: is_rare.then(|| Box::new(Rare { description, text })),
            first_use: None,
            parts: OnceLock::new(),
        }
    }

    pub(super) fn parts(&self) -> &Parts<'p> {
        self.parts.get_or_init(Box::default)
    }

    /// What is known about the definition; for uses of a shared one that is kept at the first of them.
    pub(super) fn remembered(&self) -> &Remembered<'p> {
        self.parts().remembered.get_or_init(Box::default)
    }

    /// The key as text.
    pub fn text(&self) -> &str {
        match self.key.text() {
            Some(Cow::Borrowed(text)) => text,
            _ => self.rare.as_ref().and_then(|rare| rare.text.as_deref()).unwrap_or_default(),
        }
    }

    /// The identity of its definition.
    pub fn definition_id(&self) -> Option<NodeId> {
        self.definition.map(|definition| definition.0.id())
    }

    /// The first use of the same shared definition, as an index of [`Api::responses`].
    pub(crate) fn first_use(&self) -> Option<usize> {
        self.first_use.map(|first| first as usize)
    }

    /// Whether it is defined elsewhere and only used here.
    pub fn is_shared(&self) -> bool {
        !self.hops.is_empty()
    }

    /// The name of the component it is, where it is shared: the last step of the `$ref`, else the file's name.
    pub fn component(&self) -> Option<String> {
        let reference = self.hops.last()?.text()?;
        let last = reference.rsplit('/').next().unwrap_or(&reference);
        Some(unescaped(last.trim_end_matches('#')).into_owned())
    }

    /// The `description` beside the `$ref`, where it stands in for the target's.
    pub fn own_description(&self) -> Option<Entry<'p>> {
        self.rare.as_ref()?.description
    }

    /// Its description: the one beside the `$ref` where that counts, else the definition's.
    pub fn description(&self) -> Option<Cow<'p, str>> {
        let own = self.own_description().and_then(|entry| entry.value.as_str());
        own.or_else(|| self.definition?.description())
    }

    /// The header field with this name, whatever its case.
    pub fn header<'a>(&'a self, api: &'a Api<'p>, name: &str) -> Option<&'a Header<'p>> {
        let headers = api.headers_of(self);
        if headers.len() > FEW {
            return api.first_use_of(self).remembered().header(headers, name);
        }
        headers.iter().find(|header| header.name().eq_ignore_ascii_case(name))
    }
}
