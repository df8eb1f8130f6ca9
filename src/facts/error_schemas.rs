//! Which schemas carry the errors of a description: told once, asked for every success.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::api::Api;
use super::response::ResponseFact;
use crate::http::status::{Class, StatusKey};
use crate::openapi::{NodeId, Schema};
use crate::syntax::Node;

/// The schemas that serve 4xx and 5xx responses.
#[derive(Debug, Default)]
pub struct ErrorSchemas<'p>(FxHashMap<NodeId, ErrorUses<'p>>);

/// The error responses that have one schema.
#[derive(Debug)]
pub struct ErrorUses<'p> {
    /// The status key of the first, in document order.
    pub first: Node<'p>,
    /// How many there are; of many uses of one definition three count.
    pub count: usize,
    /// Their status keys, each once, in document order.
    pub keys: Vec<Cow<'p, str>>,
}

impl<'p> ErrorSchemas<'p> {
    pub(super) fn of(api: &Api<'p>) -> Self {
        let mut schemas: FxHashMap<NodeId, ErrorUses<'p>> = FxHashMap::default();
        let mut known: FxHashMap<(usize, StatusKey), usize> = FxHashMap::default();
        for response in api.responses.iter().filter(|response| is_error(api, response)) {
            // Behind the first use a third one of a definition under the same key tells nothing new.
            if let Some(first) = api.repeats(response) {
                let uses = known.entry((first, response.status)).or_insert(0_usize);
                *uses += 1;
                if *uses > 2 {
                    continue;
                }
            }
            for id in ids(api, response) {
                let none = || ErrorUses { first: response.key, count: 0, keys: Vec::new() };
                schemas.entry(id).or_insert_with(none).add(response);
            }
        }
        ErrorSchemas(schemas)
    }

    /// The error responses that have this schema.
    pub fn uses(&self, schema: Schema<'p>) -> Option<&ErrorUses<'p>> {
        self.0.get(&schema.alone().id()?)
    }
}

impl<'p> ErrorUses<'p> {
    fn add(&mut self, response: &ResponseFact<'p>) {
        self.count += 1;
        if !self.keys.iter().any(|key| key == response.text()) {
            self.keys.extend(response.key.text());
        }
    }
}

/// The schemas of a response, each once however many media types have it.
fn ids<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> Vec<NodeId> {
    let schemas = api.content_of(response).iter().filter_map(|media_type| media_type.schema());
    let mut ids: Vec<NodeId> = schemas.filter_map(|schema| schema.alone().id()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Whether a response is an error. A `default` beside a described success stands for the errors.
pub fn is_error<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    let is_success = |other: &ResponseFact<'p>| other.status.class() == Some(Class::Successful);
    match response.status {
        StatusKey::Default => {
            api.operation_of(response).is_some_and(|operation| api.responses_of(operation).iter().any(is_success))
        }
        status => matches!(status.class(), Some(Class::ClientError | Class::ServerError)),
    }
}
