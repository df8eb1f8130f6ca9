//! Whether an operation can be looked at whole. Skipped work never looks clean.

use super::api::{Api, OperationFact};
use super::response::ResponseFact;
use crate::openapi::{Broken, MediaType, Response, Schema, Target, Version, View};
use crate::syntax::{FaultKind, Node};

/// What keeps an operation from being looked at whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle<'p> {
    /// Part of it could not be read; no rule looks at it.
    Damage(Damaged<'p>),
    /// A `$ref` in it leads nowhere; what is behind it is unknown.
    Reference(Broken<'p>),
}

/// Part of an operation that could not be read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged<'p> {
    /// The key that reports show.
    key: Node<'p>,
    part: Node<'p>,
    /// Why, where it is not the text itself.
    reason: Option<&'static str>,
}

impl<'p> Obstacle<'p> {
    /// Why, as a phrase for the summary.
    pub fn reason(self) -> &'static str {
        match self {
            Obstacle::Damage(damaged) => {
                damaged.reason.unwrap_or_else(|| damaged.part.damage().unwrap_or(FaultKind::Syntax).phrase())
            }
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
            Obstacle::Damage(damaged) => damaged.key,
            Obstacle::Reference(broken) => broken.reference(),
        }
    }

    /// Whether an obstacle of another description is of the same kind, and text that could not be read is the same. Of
    /// several references that lead nowhere this is only the first one, which may be another one where the order is another.
    pub fn is_as(self, other: Obstacle<'_>) -> bool {
        let is_same = match (self, other) {
            (Obstacle::Damage(own), Obstacle::Damage(other)) => {
                own.part.raw_with_damage().lines().eq(other.part.raw_with_damage().lines())
            }
            _ => true,
        };
        is_same && self.reason() == other.reason()
    }
}

/// Why a part, or what its `$ref` leads to, could not be read whole; none where it could.
pub fn unreadable(view: View<'_>) -> Option<&'static str> {
    let damage = |node: Node<'_>| node.damage().map(FaultKind::phrase);
    damage(view.node()).or_else(|| match view.followed().target {
        Target::Found(node) => damage(node),
        Target::Broken(broken) => Some(Obstacle::Reference(broken).reason()),
    })
}

/// That an operation is one more use of parts that too many share.
pub(super) fn too_many<'p>(key: Node<'p>, operation: View<'p>) -> Obstacle<'p> {
    let reason = Some("parts that are shared by too many operations");
    Obstacle::Damage(Damaged { key, part: operation.node(), reason })
}

/// The first obstacle of an operation; damage counts before references.
pub(super) fn obstacle<'p>(api: &Api<'p>, fact: &OperationFact<'p>) -> Option<Obstacle<'p>> {
    let (view, responses) = (fact.operation.0, api.responses_of(fact));
    if view.node().is_damaged() {
        return Some(Obstacle::Damage(Damaged { key: fact.key, part: view.node(), reason: None }));
    }
    let damaged = responses.iter().find_map(|response| {
        let part = response.definition.map(|definition| definition.0.node()).filter(|node| node.is_damaged())?;
        Some(Damaged { key: response.key, part, reason: None })
    });
    if let Some(damaged) = damaged {
        return Some(Obstacle::Damage(damaged));
    }
    broken_in_operation(view)
        .or_else(|| responses.iter().find_map(|response| broken_in_response(api, view, response)))
        .map(Obstacle::Reference)
}

fn broken_in_operation(view: View<'_>) -> Option<Broken<'_>> {
    let parameters = view.node().get("parameters").into_iter().flat_map(Node::items);
    let maps = ["responses", "requestBody"].into_iter().filter_map(|key| view.node().get(key));
    broken(view).or_else(|| parameters.chain(maps).find_map(|node| broken(view.with(node))))
}

fn broken_in_response<'p>(api: &Api<'p>, view: View<'p>, response: &ResponseFact<'p>) -> Option<Broken<'p>> {
    let Some(definition) = response.definition else {
        return view
            .node()
            .get("responses")
            .and_then(|responses| responses.get(response.text()))
            .and_then(|node| broken(view.with(node)));
    };
    api.once_whatever_is_produced(response, |known| &known.broken, || broken_in_definition(api, response, definition))
}

fn broken_in_definition<'p>(api: &Api<'p>, response: &ResponseFact<'p>, definition: Response<'p>) -> Option<Broken<'p>> {
    let maps = ["headers", "content"].into_iter().filter_map(|key| definition.0.get(key));
    let headers = definition.headers_map().map(|entry| definition.0.with(entry.value));
    let in_content = || match definition.0.version() {
        // What the operation produces changes nothing about its schema.
        Version::V2_0 => definition.content(None).into_iter().find_map(broken_in_content),
        _ => api.content_of(response).iter().copied().find_map(broken_in_content),
    };
    maps.chain(headers).find_map(broken).or_else(in_content)
}

fn broken_in_content(media_type: MediaType<'_>) -> Option<Broken<'_>> {
    if media_type.target().is_none() {
        return broken(media_type.written());
    }
    media_type.schema().and_then(|Schema(view)| broken(view))
}

fn broken(view: View<'_>) -> Option<Broken<'_>> {
    // Most chains end somewhere.
    match view.target().is_none().then(|| view.followed().target)? {
        Target::Broken(broken) => Some(broken),
        Target::Found(_) => None,
    }
}
