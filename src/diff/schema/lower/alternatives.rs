//! `anyOf` and `oneOf`: null is taken out, a single branch is no alternative, a chosen branch is merged in its place. A branch of
//! an `anyOf` that is nothing but an `anyOf` is its own branches. A `oneOf` in a `oneOf` is not: what two of its branches refuse
//! another one may take.

use super::null::is_only_null;
use super::{CIRCLE, Merging};
use crate::diff::schema::model::Union;
use crate::diff::schema::types::Types;
use crate::openapi::View;
use crate::syntax::Node;

/// The number of a branch is its index in the list; above these bits is one more than its index in a union that is a branch.
const OUTER_BITS: u32 = 20;
const INNER_BITS: u32 = 11;

impl<'p> Merging<'_, 'p> {
    pub(super) fn alternatives(&mut self, view: View<'p>, name: &str, key: Node<'p>, list: Node<'p>) {
        if !list.is_list() || list.items().next().is_none() {
            return self.opaque(name, key, list);
        }
        let id = view.with(list).id();
        if let Some((_, branch)) = self.choices.iter().find(|(other, _)| *other == id) {
            let branch = numbered(list, name, *branch).map(|branch| view.with(branch));
            return branch.map_or((), |branch| self.branch(key, branch));
        }
        self.side.work += list.items().count() as u64;
        // One that is left beside null is no alternative, also where it is a union.
        let mut left = list.items().filter(|branch| !is_only_null(view.with(*branch)));
        if let (Some(only), None) = (left.next(), left.next()) {
            return self.branch(key, view.with(only));
        }
        let all = list.items().enumerate().flat_map(|(index, branch)| branches_at(index as u32, branch, name));
        let branches: Vec<(u32, Node<'p>)> = all.filter(|(_, branch)| !is_only_null(view.with(*branch))).collect();
        match branches.as_slice() {
            [] => {
                self.model.types = Types::NONE;
                self.model.type_key = self.model.type_key.or(Some(key));
            }
            [(_, only)] => self.branch(key, view.with(*only)),
            _ => {
                let discriminator = view.node().get("discriminator");
                self.model.unions.push(Union { is_one_of: name == "oneOf", key, list, branches, discriminator });
            }
        }
    }

    /// A chosen branch. One that is the whole again says nothing of its own.
    fn branch(&mut self, key: Node<'p>, branch: View<'p>) {
        if branch.target().is_some_and(|target| self.open.contains(&target.id())) {
            return self.opaque(CIRCLE, key, branch.node());
        }
        self.schema(branch);
    }
}

/// The index in the list where the branch of this number is, or that it is in.
pub(in crate::diff::schema) fn outer(number: u32) -> u32 {
    number & ((1 << OUTER_BITS) - 1)
}

fn numbered<'p>(list: Node<'p>, name: &str, number: u32) -> Option<Node<'p>> {
    let branch = list.child(&outer(number).to_string())?;
    match (number >> OUTER_BITS).checked_sub(1) {
        Some(inner) => branch.get(name)?.child(&inner.to_string()),
        None => Some(branch),
    }
}

/// A branch with its number, or those of the union that it is.
fn branches_at<'p>(index: u32, branch: Node<'p>, name: &str) -> Vec<(u32, Node<'p>)> {
    const SILENT: [&str; 3] = ["title", "description", "$comment"];
    let says_more = || {
        let mut keys = branch.entries().filter_map(|entry| entry.key.text());
        keys.any(|key| key != name && !SILENT.contains(&&*key) && !key.starts_with("x-"))
    };
    let inner: Vec<Node<'p>> = branch.get(name).filter(|_| name == "anyOf").into_iter().flat_map(Node::items).collect();
    let has_room = index == outer(index) && inner.len() + 1 < 1 << INNER_BITS;
    if inner.is_empty() || !has_room || says_more() {
        return vec![(index, branch)];
    }
    let number = |inner: usize| index | (inner as u32 + 1) << OUTER_BITS;
    inner.into_iter().enumerate().map(|(inner, branch)| (number(inner), branch)).collect()
}
