//! `anyOf` and `oneOf`: null is taken out, a single branch is no alternative, a chosen branch is merged in its place.

use super::null::is_only_null;
use super::{CIRCLE, Merging};
use crate::diff::schema::model::Union;
use crate::openapi::View;
use crate::syntax::Node;

impl<'p> Merging<'_, 'p> {
    pub(super) fn alternatives(&mut self, view: View<'p>, name: &str, key: Node<'p>, list: Node<'p>) {
        if !list.is_list() || list.items().next().is_none() {
            return self.opaque(name, key, list);
        }
        let id = view.with(list).id();
        if let Some((_, branch)) = self.choices.iter().find(|(other, _)| *other == id) {
            let branch = list.child(&branch.to_string()).map(|branch| view.with(branch));
            return branch.map_or((), |branch| self.branch(key, branch));
        }
        self.side.work += list.items().count() as u64;
        let all = list.items().enumerate().map(|(index, branch)| (index as u32, branch));
        let branches: Vec<(u32, Node<'p>)> = all.filter(|(_, branch)| !is_only_null(view.with(*branch))).collect();
        match branches.as_slice() {
            [] => self.model.never = self.model.never.or(Some(key)),
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
