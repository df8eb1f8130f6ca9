//! Uses of responses that can be judged together.

use rustc_hash::FxHashMap;

use crate::facts::{Api, OperationFact, ResponseFact};
use crate::openapi::NodeId;

/// Responses, together those that are the same definition under the same key: judged once where the rule does not ask the
/// operation.
pub(super) struct Groups {
    /// The first use of each.
    first: Vec<u32>,
    /// For each response the next one of its group in document order, 0 where there is none.
    next: Vec<u32>,
}

/// What uses of a shared definition have in common besides it: the key, and what the operation says about it.
#[derive(PartialEq, Eq, Hash)]
struct Sharing<'a> {
    first_use: usize,
    key: &'a str,
    produces: Option<NodeId>,
    description: Option<NodeId>,
}

/// The last use so far of each group, for those that share a definition.
struct LastUses<'a, 'p> {
    api: &'a Api<'p>,
    /// By the first use of a definition the last one that is like it, counted from 1; 0 where there is none. Most are like it.
    alike: Vec<u32>,
    others: FxHashMap<Sharing<'a>, u32>,
}

impl<'a, 'p> LastUses<'a, 'p> {
    fn of(api: &'a Api<'p>) -> Self {
        LastUses { api, alike: vec![0; api.responses.len()], others: FxHashMap::default() }
    }

    /// The last use before this one that is in its group.
    fn replace(&mut self, index: usize, response: &'a ResponseFact<'p>) -> Option<usize> {
        let sharing = Sharing::of(self.api, response)?;
        let first = self.api.responses.get(sharing.first_use);
        let is_alike = first.and_then(|first| Sharing::of(self.api, first)).is_some_and(|first| first == sharing);
        let last = match self.alike.get_mut(sharing.first_use).filter(|_| is_alike) {
            Some(last) => last,
            None => self.others.entry(sharing).or_default(),
        };
        let before = std::mem::replace(last, index as u32 + 1);
        before.checked_sub(1).map(|before| before as usize)
    }
}

impl<'a> Sharing<'a> {
    fn of<'p>(api: &'a Api<'p>, response: &'a ResponseFact<'p>) -> Option<Self> {
        let first_use = response.first_use()?;
        let produces = api.operation_of(response).and_then(|operation| operation.operation.produces(api.root));
        let produces = produces.map(|node| api.root.with(node).id());
        let description = response.own_description().map(|entry| api.root.with(entry.key).id());
        Some(Sharing { first_use, key: response.text(), produces, description })
    }
}

impl Groups {
    /// Puts the responses of a description together.
    pub(super) fn of(api: &Api<'_>) -> Groups {
        let mut groups = Groups { first: Vec::new(), next: vec![0; api.responses.len()] };
        let mut last_uses = LastUses::of(api);
        for (index, response) in api.responses.iter().enumerate().filter(|(_, response)| !is_unreadable(api, response)) {
            let before = last_uses.replace(index, response);
            match before.and_then(|before| groups.next.get_mut(before)) {
                Some(next) => *next = index as u32,
                None => groups.first.push(index as u32),
            }
        }
        groups
    }

    /// The number of groups.
    pub(super) fn len(&self) -> usize {
        self.first.len()
    }

    /// The first use of each group.
    pub(super) fn first_uses(&self) -> impl Iterator<Item = usize> {
        self.first.iter().map(|&first| first as usize)
    }

    /// The uses of a group, in document order.
    pub(super) fn uses(&self, group: usize) -> impl Iterator<Item = usize> {
        let next = |&index: &usize| self.next.get(index).map(|next| *next as usize).filter(|next| *next > 0);
        std::iter::successors(self.first.get(group).map(|&first| first as usize), next)
    }
}

fn is_unreadable<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    api.operation_of(response).is_none_or(OperationFact::is_damaged)
}
