//! Parts that are a list, a text or null where the specification asks for a map.

use rustc_hash::FxHashSet;

use super::api::Api;
use crate::http::status::StatusKey;
use crate::openapi::{NodeId, Version, View};
use crate::syntax::{Kind, Node};

/// Something that must be a map and is none.
#[derive(Clone, Debug)]
pub struct Malformed<'p> {
    /// Where: the value, or the key where nothing is written.
    pub place: Node<'p>,
    /// What it must be: "a response", "the headers of a response".
    pub what: &'static str,
    /// What it is: "a list", "text", "null".
    pub found: &'static str,
}

/// All malformed parts of a description that rules would look at, each once, in no particular order.
pub fn malformed<'p>(api: &Api<'p>) -> Vec<Malformed<'p>> {
    let mut search = Search { found: Vec::new(), said: FxHashSet::default(), seen: FxHashSet::default() };
    search.map_of_maps(api.root, "paths", "the paths", "a path item");
    search.map_of_maps(api.root, "webhooks", "the webhooks", "a path item");
    for path in &api.paths {
        let item = path.item.0.target().unwrap_or(path.item.0);
        for (_, entry) in path.item.operations() {
            search.must_be_map(item.with(entry.value), entry.key, "an operation");
        }
    }
    for operation in &api.operations {
        search.operation(operation.operation.0);
    }
    for definition in api.responses.iter().filter_map(|response| response.definition) {
        search.response(definition.0);
    }
    search.found
}

const A_RESPONSE: &str = "a response";

struct Search<'p> {
    found: Vec<Malformed<'p>>,
    /// The places in `found`.
    said: FxHashSet<NodeId>,
    /// The maps that were looked into.
    seen: FxHashSet<NodeId>,
}

impl<'p> Search<'p> {
    fn operation(&mut self, view: View<'p>) {
        if self.seen.insert(view.id()) {
            self.map_of_maps(view, "responses", "the responses", A_RESPONSE);
        }
    }

    fn response(&mut self, view: View<'p>) {
        if !self.seen.insert(view.id()) {
            return;
        }
        self.map_of_maps(view, "headers", "the headers of a response", "a header");
        if view.version() == Version::V2_0 {
            return;
        }
        self.map_of_maps(view, "content", "the content of a response", "a media type");
        for entry in view.entries_of("content") {
            self.schema(view.with(entry.value));
        }
    }

    fn schema(&mut self, media_type: View<'p>) {
        let Some(entry) = media_type.node().entry("schema") else { return };
        let boolean = media_type.version() >= Version::V3_1 && entry.value.as_bool().is_some();
        if !boolean {
            self.must_be_map(media_type.with(entry.value), entry.key, "a schema");
        }
    }

    /// The map under a key, and each of its values.
    fn map_of_maps(&mut self, view: View<'p>, key: &str, map: &'static str, value: &'static str) {
        let Some(entry) = view.node().entry(key) else { return };
        if !self.must_be_map(view.with(entry.value), entry.key, map) {
            return;
        }
        let Some(target) = view.with(entry.value).target() else { return };
        if !self.seen.insert(target.id()) {
            return;
        }
        for entry in target.node().entries().filter(|entry| !is_map(target.with(entry.value))) {
            let name = entry.key.text().unwrap_or_default();
            // What stands behind a key that is no status was not meant to be a response; the key is what is wrong.
            let is_misplaced = value == A_RESPONSE && StatusKey::parse(&name) == StatusKey::Invalid;
            if !name.starts_with("x-") && name != "$ref" && !is_misplaced {
                self.must_be_map(target.with(entry.value), entry.key, value);
            }
        }
    }

    fn must_be_map(&mut self, view: View<'p>, key: Node<'p>, what: &'static str) -> bool {
        if is_map(view) {
            return true;
        }
        let node = view.target().map_or(view.node(), View::node);
        let place = if node.kind() == Kind::Empty { key } else { node };
        if !node.is_damaged() && self.said.insert(view.with(place).id()) {
            self.found.push(Malformed { place, what, found: kind_of(node) });
        }
        false
    }
}

/// Whether it is a map, or stands for one.
fn is_map(view: View<'_>) -> bool {
    view.target().map_or(view.node(), View::node).is_map()
}

fn kind_of(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::List => "a list",
        _ if node.is_null() => "null",
        _ if node.as_str().is_some() => "text",
        _ if node.as_bool().is_some() => "a boolean",
        _ => "a number",
    }
}
