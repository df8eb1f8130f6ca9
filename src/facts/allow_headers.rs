//! Which `Allow` headers several paths share: told once, asked for every path that shows one.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::api::{Api, PathFact};
use crate::openapi::{Header, NodeId, View};

/// Methods in upper case, without the two that servers answer on their own.
pub type Methods = BTreeSet<String>;

/// For each `Allow` whether the paths that show it describe different methods: then it can fit only some of them.
#[derive(Debug, Default)]
pub struct AllowHeaders(FxHashMap<NodeId, (Arc<Methods>, bool)>);

impl AllowHeaders {
    pub(super) fn of(api: &Api<'_>) -> Self {
        let mut headers: FxHashMap<NodeId, (Arc<Methods>, bool)> = FxHashMap::default();
        for path in &api.paths {
            let shown = shown(api, path);
            let methods = if shown.is_empty() { Arc::default() } else { Arc::new(described(api, path)) };
            for id in shown {
                let (first, differ) = headers.entry(id).or_insert_with(|| (Arc::clone(&methods), false));
                *differ |= *first != methods;
            }
        }
        AllowHeaders(headers)
    }

    /// Whether paths with different methods show this header.
    pub fn is_shared(&self, header: Header<'_>) -> bool {
        header.target().and_then(|target| self.0.get(&target.id())).is_some_and(|(_, differ)| *differ)
    }
}

/// The `Allow` of all responses of a path, each once.
fn shown<'p>(api: &Api<'p>, path: &PathFact<'p>) -> BTreeSet<NodeId> {
    let responses = api.operations_of(path).iter().flat_map(|operation| api.responses_of(operation));
    responses.filter_map(|response| response.header(api, "Allow")?.target().map(View::id)).collect()
}

/// The methods that a path describes.
pub fn described<'p>(api: &Api<'p>, path: &PathFact<'p>) -> Methods {
    methods(api.operations_of(path).iter().map(|operation| operation.method.as_ref()))
}

/// These methods as a set.
pub fn methods<'m>(names: impl Iterator<Item = &'m str>) -> Methods {
    names.map(str::to_ascii_uppercase).filter(|name| !matches!(name.as_str(), "HEAD" | "OPTIONS")).collect()
}
