//! Who uses a shared definition of a response, and for which status.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::api::Api;
use super::response::ResponseFact;
use crate::http::status::StatusKey;
use crate::openapi::NodeId;

/// The uses of one definition.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    /// How many responses have it.
    pub count: usize,
    /// The status that all of them are for; `None` if there are several.
    pub status: Option<StatusKey>,
    /// The `$ref`s that lead to it, each at its last step. All that is said about the definition shares them.
    pub referrers: Arc<FxHashSet<NodeId>>,
}

/// The uses of each definition of a description.
#[derive(Debug, Default)]
pub struct DefinitionUses(FxHashMap<NodeId, Uses>);

impl DefinitionUses {
    pub(super) fn of(api: &Api<'_>) -> Self {
        let mut uses: FxHashMap<NodeId, Uses> = FxHashMap::default();
        for response in &api.responses {
            let Some(id) = response.definition_id() else { continue };
            let own = uses.entry(id).or_default();
            own.status =
                if own.count == 0 { Some(response.status) } else { own.status.filter(|status| *status == response.status) };
            own.count += 1;
            let hop = response.hops.last().map(|hop| api.root.with(*hop).id());
            Arc::make_mut(&mut own.referrers).extend(hop);
        }
        DefinitionUses(uses)
    }
}

impl<'p> Api<'p> {
    /// The uses of a response's definition.
    pub fn uses_of(&self, response: &ResponseFact<'p>) -> Option<&Uses> {
        self.definition_uses.get_or_init(|| DefinitionUses::of(self)).0.get(&response.definition_id()?)
    }
}
