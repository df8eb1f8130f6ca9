//! Where each status code of a description stands: what is said about a code that is all over it need be said once.

use rustc_hash::{FxHashMap, FxHashSet};

use super::api::Api;
use super::response::ResponseFact;
use crate::openapi::NodeId;
use crate::syntax::Node;

/// The most places at which a code is reported one by one.
const FEW: usize = 3;

/// The places of one code.
#[derive(Clone, Copy, Debug)]
struct Uses<'p> {
    first: Node<'p>,
    places: usize,
}

/// The status codes of a whole description; a shared response has one place.
#[derive(Debug, Default)]
pub struct CodeUses<'p>(FxHashMap<u16, Uses<'p>>);

impl<'p> CodeUses<'p> {
    pub(super) fn of(api: &Api<'p>) -> Self {
        let mut uses: FxHashMap<u16, Uses<'p>> = FxHashMap::default();
        let mut seen: FxHashSet<(u16, NodeId)> = FxHashSet::default();
        for response in &api.responses {
            let (Some(code), place) = (response.status.code(), response.own_place()) else { continue };
            if seen.insert((code, api.root.with(place).id())) {
                uses.entry(code).or_insert(Uses { first: place, places: 0 }).places += 1;
            }
        }
        CodeUses(uses)
    }

    /// The first place of a code that stands at many.
    pub fn first_of_many(&self, code: u16) -> Option<Node<'p>> {
        self.0.get(&code).filter(|uses| uses.places > FEW).map(|uses| uses.first)
    }
}

impl<'p> Api<'p> {
    /// Where its status codes stand.
    pub fn code_uses(&self) -> &CodeUses<'p> {
        self.code_uses.get_or_init(|| CodeUses::of(self))
    }
}

impl<'p> ResponseFact<'p> {
    /// The key that names the response where it is written, which is the component where it is shared.
    pub fn own_place(&self) -> Node<'p> {
        let shared = self.definition.filter(|_| self.is_shared());
        shared.map_or(self.key, |definition| naming_key(definition.0.node()))
    }
}

/// The key that names a definition, or what it starts with where it is a whole file.
pub fn naming_key(definition: Node<'_>) -> Node<'_> {
    definition.own_key().or_else(|| definition.entries().next().map(|entry| entry.key)).unwrap_or(definition)
}
