//! Whether an operation can be looked at whole. Skipped work never looks clean.

use super::api::{OperationFact, ResponseFact};
use crate::openapi::{Broken, MediaType, Schema, Target, View};
use crate::syntax::Node;

/// What keeps an operation from being looked at whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle<'p> {
    /// Part of it could not be read; no rule looks at it.
    Damage(Node<'p>),
    /// A `$ref` in it leads nowhere; what is behind it is unknown.
    Reference(Broken<'p>),
}

impl<'p> Obstacle<'p> {
    /// Why, as a phrase for the summary.
    pub fn reason(self) -> &'static str {
        match self {
            Obstacle::Damage(_) => "a syntax error",
            Obstacle::Reference(Broken::Missing(_)) => "an unresolved `$ref`",
            Obstacle::Reference(Broken::Circular(_)) => "a circular `$ref`",
            Obstacle::Reference(Broken::Remote(_)) => "a remote `$ref`",
            Obstacle::Reference(Broken::OutsideProject(_)) => "a `$ref` outside the project",
            Obstacle::Reference(Broken::Unknown(_)) => "a `$ref` that cannot be resolved here",
        }
    }

    /// Where.
    pub fn place(self) -> Node<'p> {
        match self {
            Obstacle::Damage(node) => node,
            Obstacle::Reference(broken) => broken.reference(),
        }
    }
}

/// The first obstacle of an operation; damage counts before references.
pub(super) fn obstacle<'p>(fact: &OperationFact<'p>, responses: &[ResponseFact<'p>]) -> Option<Obstacle<'p>> {
    let view = fact.operation.0;
    if view.node().is_damaged() {
        return Some(Obstacle::Damage(fact.key));
    }
    let damaged =
        responses.iter().find(|response| response.definition.is_some_and(|definition| definition.0.node().is_damaged()));
    if let Some(response) = damaged {
        return Some(Obstacle::Damage(response.key));
    }
    broken_in_operation(view)
        .or_else(|| responses.iter().find_map(|response| broken_in_response(view, response)))
        .map(Obstacle::Reference)
}

fn broken_in_operation(view: View<'_>) -> Option<Broken<'_>> {
    let parameters = view.node().get("parameters").into_iter().flat_map(Node::items);
    let maps = ["responses", "requestBody"].into_iter().filter_map(|key| view.node().get(key));
    broken(view).or_else(|| parameters.chain(maps).find_map(|node| broken(view.with(node))))
}

fn broken_in_response<'p>(view: View<'p>, response: &ResponseFact<'p>) -> Option<Broken<'p>> {
    let Some(definition) = response.definition else {
        return view
            .node()
            .get("responses")
            .and_then(|responses| responses.get(&response.text))
            .and_then(|node| broken(view.with(node)));
    };
    let maps = ["headers", "content"].into_iter().filter_map(|key| definition.0.get(key));
    let headers = definition.headers_map().map(|entry| definition.0.with(entry.value));
    maps.chain(headers).find_map(broken).or_else(|| definition.content(None).into_iter().find_map(broken_in_content))
}

fn broken_in_content(media_type: MediaType<'_>) -> Option<Broken<'_>> {
    media_type.schema().and_then(|Schema(view)| broken(view))
}

fn broken(view: View<'_>) -> Option<Broken<'_>> {
    view.node().get("$ref")?;
    match view.followed().target {
        Target::Broken(broken) => Some(broken),
        Target::Found(_) => None,
    }
}
