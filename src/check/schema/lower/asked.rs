//! What an instance has, where a schema is lowered for one alone.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::syntax::Node;

/// The members of an instance, however deep, whether it has items, and how deep it is. What a schema says of other members and
/// further inside is not looked at: it may lead to thousands of schemas.
#[derive(Clone, Debug, Hash)]
pub(in crate::check::schema) struct Asked {
    names: BTreeSet<String>,
    has_items: bool,
    /// How deep its lists and objects nest.
    pub(super) depth: u32,
}

impl Asked {
    /// What this instance has.
    pub(in crate::check::schema) fn of(instance: Node<'_>) -> Self {
        let mut asked = Asked { names: BTreeSet::new(), has_items: false, depth: 0 };
        asked.add(instance, 0);
        asked
    }

    fn add(&mut self, node: Node<'_>, depth: u32) {
        self.depth = self.depth.max(depth);
        for item in node.items() {
            self.has_items = true;
            self.add(item, depth + 1);
        }
        for entry in node.entries() {
            self.names.extend(entry.key.text().map(std::borrow::Cow::into_owned));
            self.add(entry.value, depth + 1);
        }
    }

    /// A number that tells instances with other members apart; 0 stands for all there may be.
    pub(in crate::check::schema) fn mark(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.hash(&mut hasher);
        hasher.finish().max(1)
    }

    /// Whether a keyword speaks of something that the instance has; of the properties, whether it has this one.
    pub(super) fn concerns(&self, keyword: &str, name: Option<&str>) -> bool {
        match keyword {
            "properties" => name.is_none_or(|name| self.names.contains(name)),
            "additionalProperties" => !self.names.is_empty(),
            "items" => self.has_items,
            _ => true,
        }
    }
}
