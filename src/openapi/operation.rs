//! Path Item and Operation Objects.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::view::is_extension;
use super::{Parameter, RequestBody, Security, Version, View};
use crate::syntax::{Entry, Node};

/// The fixed fields of a path item that hold an operation, in the order the specification lists them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A Path Item Object as written, its `$ref` not yet followed.
#[derive(Clone, Copy, Debug)]
pub struct PathItem<'p>(pub View<'p>);

impl<'p> PathItem<'p> {
    /// The operations of the path item in document order, its own before those that only a `$ref` brings:
    /// the key that names the method, and the operation.
    pub fn operations(self) -> Vec<(Cow<'p, str>, Entry<'p>)> {
        let mut operations = own_operations(self.0);
        if let Some(target) = self.0.target().filter(|target| target.node() != self.0.node()) {
            let own: FxHashSet<Cow<'p, str>> = operations.iter().map(|(method, _)| method.clone()).collect();
            let mut known = FxHashSet::default();
            let is_new = |(method, _): &(Cow<'p, str>, Entry<'p>)| !own.contains(method) && known.insert(method.clone());
            operations.extend(own_operations(target).into_iter().filter(is_new));
        }
        operations
    }

    /// The parameters that all operations of the path share.
    pub fn parameters(self) -> Vec<Parameter<'p>> {
        Parameter::list(self.parameters_node().map(|node| self.0.with(node)))
    }

    /// The list of them.
    pub fn parameters_node(self) -> Option<Node<'p>> {
        self.0.node().get("parameters").or_else(|| self.0.target()?.node().get("parameters"))
    }
}

fn own_operations(item: View<'_>) -> Vec<(Cow<'_, str>, Entry<'_>)> {
    let mut operations = Vec::new();
    for entry in item.node().entries() {
        let Some(key) = entry.key.text() else { continue };
        if is_method(&key, item.version()) {
            operations.push((key, entry));
        } else if key == "additionalOperations" && item.version() == Version::V3_2 {
            let additional = entry.value.entries().filter(|entry| !is_extension(entry.key));
            operations.extend(additional.filter_map(|entry| Some((entry.key.text()?, entry))));
        }
    }
    operations
}

fn is_method(key: &str, version: Version) -> bool {
    METHODS.contains(&key) && (key != "trace" || version != Version::V2_0) || key == "query" && version == Version::V3_2
}

/// An Operation Object.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'p>(pub View<'p>);

impl<'p> Operation<'p> {
    /// The entry of `responses`.
    pub fn responses_entry(self) -> Option<Entry<'p>> {
        self.0.node().entry("responses")
    }

    /// The entries of the Responses Object, a `$ref` in its place followed, specification extensions left out.
    pub fn responses(self) -> Vec<Entry<'p>> {
        let target = self.responses_entry().and_then(|entry| self.0.with(entry.value).target());
        target.map(|responses| responses.node().entries().filter(|entry| !is_extension(entry.key)).collect()).unwrap_or_default()
    }

    /// Parameters of the operation and those of its path that it does not replace.
    pub fn parameters(self, path: PathItem<'p>) -> Vec<Parameter<'p>> {
        let mut parameters = Parameter::list(self.0.get("parameters"));
        let own: FxHashSet<_> = parameters.iter().map(|parameter| parameter.identity()).collect();
        parameters.extend(path.parameters().into_iter().filter(|inherited| !own.contains(&inherited.identity())));
        parameters
    }

    /// The request body; in 2.0 made from its `body` and `formData` parameters.
    pub fn request_body(self, parameters: &[Parameter<'p>]) -> Option<RequestBody<'p>> {
        if self.0.version() == Version::V2_0 {
            return RequestBody::of_parameters(parameters);
        }
        self.0.get("requestBody").map(RequestBody::Object)
    }

    /// Its own security; `None` where that of the description counts.
    pub fn security(self, description: View<'p>) -> Option<Security<'p>> {
        self.0.node().entry("security").map(|_| Security::of(self.0, description))
    }

    /// The media types its responses have by `produces` (2.0): its own list, else that of the description.
    pub fn produces(self, description: View<'p>) -> Option<Node<'p>> {
        let own = self.0.node().get("produces");
        own.or_else(|| description.node().get("produces")).filter(|_| self.0.version() == Version::V2_0)
    }
}
