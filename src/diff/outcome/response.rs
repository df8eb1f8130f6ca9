//! Two responses that describe the same codes.

use std::borrow::Cow;

use super::compare::{Comparison, Twins, side_of_unknown};
use super::gathering::Use;
use super::statuses::Pair;
use super::{Change, Class};
use crate::facts::{OperationFact, ResponseFact};
use crate::http::status;
use crate::openapi::{Broken, Target, View};
use crate::syntax::Node;

/// Two responses, and whose they are.
#[derive(Clone, Copy)]
pub(super) struct Meeting<'a, 'o, 'n> {
    pub(super) twins: Twins<'a, 'o, 'n>,
    pub(super) old: &'a ResponseFact<'o>,
    pub(super) new: &'a ResponseFact<'n>,
    pub(super) pair: Pair<'a, 'o, 'n>,
}

impl<'a> Meeting<'a, '_, '_> {
    /// Whether it is an error.
    pub(super) fn is_error(self) -> bool {
        self.pair.cell.is_error()
    }

    /// The first uses of two shared responses.
    pub(super) fn first_uses(self) -> Option<(usize, usize)> {
        Some((self.old.first_use()?, self.new.first_use()?))
    }

    /// The operation and its status as a user of a change.
    pub(super) fn uses(self) -> Use<'a> {
        self.twins.uses(Some(self.new.text()), self.is_error())
    }

    /// Whether it says something else altogether now, or did: taken on for later, nothing, a part.
    fn starts_anew(self) -> bool {
        let is_other = |code: Option<u16>| matches!(code, Some(202..=206));
        self.pair.is_other_status && (is_other(self.old.status.code()) || is_other(self.new.status.code()))
    }

    /// Whether such responses never have content, whatever is described.
    fn is_bare(self) -> bool {
        let code = self.pair.cell.code();
        let is_bare = matches!(code, Some(204 | 205 | 304)) || self.pair.cell.class() == Some(status::Class::Informational);
        is_bare || self.twins.new.method == "HEAD"
    }
}

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Compares two responses. What could not be read is not gone.
    pub(super) fn response(&mut self, twins: Twins<'a, 'o, 'n>, pair: Pair<'a, 'o, 'n>) {
        let meeting = Meeting { twins, old: pair.old, new: pair.new, pair };
        if !is_known(pair.old) || !is_known(pair.new) {
            return self.unread(meeting);
        }
        if meeting.starts_anew() {
            return;
        }
        if !meeting.is_bare() {
            self.content(meeting);
        }
        self.headers(meeting);
    }

    /// A response of which nothing can be told, where that was not said of its operation. What was as unknown before is no
    /// change.
    fn unread(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let twins = meeting.twins;
        let are_same = || unread_texts(twins.old, meeting.old) == unread_texts(twins.new, meeting.new);
        let Some(side) = side_of_unknown(is_known(meeting.old), is_known(meeting.new), are_same) else { return };
        if twins.are_alike_unknown() {
            let message = format!("it could not be compared: the response in {side} could not be read");
            let change = Change::new("operation-not-compared", Class::Risky, message);
            self.say(meeting, change.at(meeting.old.key, meeting.new.key));
        }
    }

    /// Adds a change of the response of one operation.
    pub(super) fn say(&mut self, meeting: Meeting<'a, 'o, 'n>, change: Change<'o, 'n>) {
        self.gathering.add(change, meeting.uses());
    }

    /// The class of what may newly arrive, where it is this one by default.
    pub(super) fn widened(&self, class: Class) -> Class {
        self.options.mode.widened(class)
    }
}

fn is_known(response: &ResponseFact<'_>) -> bool {
    let definition = response.definition.map(|definition| definition.0);
    definition.is_some_and(|view| !view.node().is_damaged() && !view.is_lost("content") && !view.is_lost("headers"))
}

/// What is written where a response could not be read: the damaged text, or the `$ref`s that lead nowhere. Those of a circle
/// lead to nothing, whatever they are called.
fn unread_texts<'p>(operation: &OperationFact<'p>, response: &ResponseFact<'p>) -> Vec<Cow<'p, str>> {
    let Some(definition) = response.definition.map(|definition| definition.0) else {
        let entry = operation.operation.responses().into_iter().find(|entry| entry.key == response.key);
        return entry.and_then(|entry| lost(operation.operation.0.with(entry.value))).into_iter().collect();
    };
    if definition.node().is_damaged() {
        return vec![definition.node().raw_with_damage().into()];
    }
    ["content", "headers"].into_iter().filter_map(|key| lost(definition.get(key)?)).collect()
}

/// The `$ref` that leads nowhere.
fn lost(view: View<'_>) -> Option<Cow<'_, str>> {
    match view.followed().target {
        Target::Broken(Broken::Circular(_)) | Target::Found(_) => None,
        Target::Broken(broken) => broken.reference().text(),
    }
}

/// Where something is that a response does not have: the key of its definition.
pub(super) fn place<'p>(response: &ResponseFact<'p>) -> Node<'p> {
    let shared = response.definition.filter(|_| response.is_shared()).map(|definition| definition.0.node());
    shared.map_or(response.key, |node| node.own_key().unwrap_or(node))
}
