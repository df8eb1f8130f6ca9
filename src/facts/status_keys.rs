//! How the status keys of a description are written: quoted, or as integers of YAML.

use rustc_hash::FxHashSet;

use super::api::Api;
use crate::openapi::NodeId;
use crate::syntax::{Node, Scalar};

/// The status keys of a whole description, each counted once however often it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusKeys {
    /// How many are integers.
    pub bare: usize,
    /// How many are codes in quotation marks.
    pub quoted: usize,
    /// The first use of an integer, as an index of [`Api::responses`].
    pub first_bare: Option<usize>,
}

impl StatusKeys {
    pub(super) fn of(api: &Api<'_>) -> StatusKeys {
        let mut keys = StatusKeys::default();
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        for (index, response) in api.responses.iter().enumerate() {
            if !seen.insert(api.root.with(response.key).id()) {
                continue;
            }
            if is_bare(response.key) {
                keys.bare += 1;
                keys.first_bare = keys.first_bare.or(Some(index));
            } else if response.status.code().is_some() {
                keys.quoted += 1;
            }
        }
        keys
    }

    /// Whether the description has several codes and every one is an integer: a habit, not a slip.
    pub fn all_are_bare(&self) -> bool {
        self.bare > 1 && self.quoted == 0
    }
}

/// Whether a status key is an integer.
pub fn is_bare(key: Node<'_>) -> bool {
    matches!(key.scalar(), Some(Scalar::Integer(_)))
}
