//! Which schemas carry the errors of a description: told once, asked for every success.

use rustc_hash::FxHashMap;

use super::api::{Api, ResponseFact};
use crate::http::status::{Class, StatusKey};
use crate::openapi::{NodeId, Schema};
use crate::syntax::Node;

/// The schemas that serve 4xx and 5xx responses, with the status keys they serve.
#[derive(Debug, Default)]
pub struct ErrorSchemas<'p>(FxHashMap<NodeId, Vec<Node<'p>>>);

impl<'p> ErrorSchemas<'p> {
    pub(super) fn of(api: &Api<'p>) -> Self {
        let mut schemas: FxHashMap<NodeId, Vec<Node<'p>>> = FxHashMap::default();
        for response in api.responses.iter().filter(|response| is_error(api, response)) {
            for id in ids(api, response) {
                schemas.entry(id).or_default().push(response.key);
            }
        }
        ErrorSchemas(schemas)
    }

    /// The status keys of the error responses that have this schema, one for each use, in document order.
    pub fn uses(&self, schema: Schema<'p>) -> &[Node<'p>] {
        schema.alone().id().and_then(|id| self.0.get(&id)).map(Vec::as_slice).unwrap_or_default()
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

/// A `default` beside a described success stands for the errors.
fn is_error<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    let is_success = |other: &ResponseFact<'p>| other.status.class() == Some(Class::Successful);
    match response.status {
        StatusKey::Default => {
            api.operation_of(response).is_some_and(|operation| api.responses_of(operation).iter().any(is_success))
        }
        status => matches!(status.class(), Some(Class::ClientError | Class::ServerError)),
    }
}
