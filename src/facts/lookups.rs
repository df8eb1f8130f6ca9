//! What is looked up for many responses: status keys that come again, and the `operationId`s of a description.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::api::{Api, PathFact};
use super::response::ResponseFact;

/// For each response the first one of its operation with the same key, both as indexes of [`Api::responses`].
#[derive(Debug, Default)]
pub struct FirstKeys(Vec<usize>);

impl FirstKeys {
    fn of(api: &Api<'_>) -> Self {
        let mut firsts = Vec::with_capacity(api.responses.len());
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, response) in api.responses.iter().enumerate() {
            if api.operations.get(response.operation).is_some_and(|operation| operation.responses.start == index) {
                known.clear();
            }
            firsts.push(*known.entry(response.text()).or_insert(index));
        }
        FirstKeys(firsts)
    }
}

/// The `operationId`s of a description.
#[derive(Debug, Default)]
pub struct OperationIds<'p> {
    /// In the order of their operations.
    pub list: Vec<Cow<'p, str>>,
    /// Whether there may be more, in what could not be read.
    pub may_be_more: bool,
    /// How many links of responses name one that is not there.
    pub lost: usize,
    set: FxHashSet<Cow<'p, str>>,
}

impl<'p> OperationIds<'p> {
    fn of(api: &Api<'p>) -> Self {
        let list: Vec<_> = api.operations.iter().filter_map(|operation| operation.operation.0.text("operationId")).collect();
        let set: FxHashSet<Cow<'p, str>> = list.iter().cloned().collect();
        let definitions = api.first_uses().filter_map(|response| response.definition);
        let links =
            definitions.flat_map(|definition| definition.0.entries_of("links").map(move |link| definition.0.with(link.value)));
        let named = links.filter_map(|link| link.target()?.text("operationId"));
        OperationIds {
            may_be_more: api.root_is_cut_off() || api.paths.iter().any(PathFact::is_unreadable),
            lost: named.filter(|id| !set.contains(id)).count(),
            list,
            set,
        }
    }

    /// Whether an operation has this one.
    pub fn has(&self, id: &str) -> bool {
        self.set.contains(id)
    }
}

impl<'p> Api<'p> {
    /// The first response of an operation that has the same key as this one, by index; it may be the same.
    pub fn first_with_key(&self, response: usize) -> Option<&ResponseFact<'p>> {
        let firsts = self.first_keys.get_or_init(|| FirstKeys::of(self));
        self.responses.get(*firsts.0.get(response)?)
    }

    /// The `operationId`s.
    pub fn operation_ids(&self) -> &OperationIds<'p> {
        self.operation_ids.get_or_init(|| OperationIds::of(self))
    }
}
