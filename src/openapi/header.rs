//! Header Objects.

use std::borrow::Cow;

use super::schema::MOST_VALUES;
use super::{Example, MediaType, Schema, Version, View};
use crate::syntax::{Entry, Node};

/// A header field of a response: the key that names it, and its definition.
#[derive(Clone, Copy, Debug)]
pub struct Header<'p> {
    key: Node<'p>,
    target: Option<View<'p>>,
}

impl<'p> Header<'p> {
    pub(super) fn new(response: View<'p>, entry: Entry<'p>) -> Self {
        Header { key: entry.key, target: response.with(entry.value).target() }
    }

    /// The key that names it.
    pub fn key(self) -> Node<'p> {
        self.key
    }

    /// The field name as written.
    pub fn name(self) -> Cow<'p, str> {
        self.key.text().unwrap_or_default()
    }

    /// The definition behind `$ref`; `None` where it leads nowhere.
    pub fn target(self) -> Option<View<'p>> {
        self.target
    }

    /// Whether a response always has it.
    pub fn is_required(self) -> bool {
        self.target().and_then(|target| target.node().get("required")?.as_bool()).unwrap_or(false)
    }

    /// Its schema; in 2.0 the Header Object itself.
    pub fn schema(self) -> Option<Schema<'p>> {
        let target = self.target()?;
        match target.version() {
            Version::V2_0 => Some(Schema(target)),
            _ => target.get("schema").map(Schema).or_else(|| MediaType::list(target, "content").first()?.schema()),
        }
    }

    /// The examples beside its schema; of very many, which very many responses may share, the first ones.
    pub fn examples(self) -> Vec<Example<'p>> {
        self.target().into_iter().flat_map(Example::beside_schema).take(MOST_VALUES).collect()
    }

    /// The values the description shows: example, examples, const, enum and default.
    pub fn values(self) -> Vec<Example<'p>> {
        let mut values = self.examples();
        values.extend(self.schema().map(Schema::shown_values).unwrap_or_default());
        values
    }
}
