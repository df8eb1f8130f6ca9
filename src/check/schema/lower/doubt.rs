//! What is in doubt, and what depends on it.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::{Lowering, Side};
use crate::openapi::NodeId;
use crate::syntax::Node;

/// The most reasons for doubt that are kept.
const MOST_DOUBTS: usize = 20;

/// What was found in a part of the schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Whether something in it is in doubt.
    is_in_doubt: bool,
    /// The definitions it refers to.
    pub(super) references: Vec<NodeId>,
}

impl<'p> Lowering<'_, 'p> {
    /// Notes a doubt about the part at hand.
    pub(super) fn doubt(&mut self, why: impl Into<Cow<'static, str>>) {
        if self.doubts.len() < MOST_DOUBTS {
            self.doubts.push(why.into());
        }
        if let Some(frame) = self.open.last_mut() {
            frame.is_in_doubt = true;
        }
    }

    /// What stands for a schema that is in doubt as a whole.
    pub(super) fn in_doubt(&mut self, why: impl Into<Cow<'static, str>>, side: Side) -> Value {
        self.doubt(why);
        side.value()
    }

    /// Does something and remembers what was found in it under the node.
    pub(super) fn framed<T>(&mut self, node: Node<'p>, run: impl FnOnce(&mut Self) -> T) -> T {
        self.open.push(Frame::default());
        let outcome = run(self);
        let frame = self.open.pop().unwrap_or_default();
        if let Some(outer) = self.open.last_mut() {
            outer.is_in_doubt |= frame.is_in_doubt;
            outer.references.extend(&frame.references);
        }
        let id = self.id(node);
        let known = self.frames.entry(id).or_default();
        known.is_in_doubt |= frame.is_in_doubt;
        known.references.extend(frame.references);
        outcome
    }

    /// Whether a part depends on something in doubt.
    pub(super) fn is_tainted(&self, node: Node<'p>) -> bool {
        self.known.tainted.contains(&self.id(node))
    }

    /// Everything that depends on something in doubt.
    pub(super) fn tainted(&self) -> FxHashSet<NodeId> {
        let mut users: rustc_hash::FxHashMap<NodeId, Vec<NodeId>> = rustc_hash::FxHashMap::default();
        for (&user, frame) in &self.frames {
            for &used in &frame.references {
                users.entry(used).or_default().push(user);
            }
        }
        let mut open: Vec<NodeId> = self.frames.iter().filter(|(_, frame)| frame.is_in_doubt).map(|(&id, _)| id).collect();
        let mut tainted = FxHashSet::default();
        while let Some(id) = open.pop() {
            if tainted.insert(id) {
                open.extend(users.get(&id).into_iter().flatten());
            }
        }
        tainted
    }
}
