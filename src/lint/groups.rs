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

/// What uses of a shared response have in common: the definition, the key, and what 2.0 takes from the operation.
type Sharing<'a> = (NodeId, &'a str, Option<NodeId>, Option<NodeId>);

impl Groups {
    /// Puts the responses of a description together.
    pub(super) fn of(api: &Api<'_>) -> Groups {
        let mut groups = Groups { first: Vec::new(), next: vec![0; api.responses.len()] };
        let mut last: FxHashMap<Sharing<'_>, usize> = FxHashMap::default();
        for (index, response) in api.responses.iter().enumerate().filter(|(_, response)| !is_unreadable(api, response)) {
            let before = sharing(api, response).and_then(|sharing| last.insert(sharing, index));
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

fn sharing<'a, 'p>(api: &'a Api<'p>, response: &'a ResponseFact<'p>) -> Option<Sharing<'a>> {
    let id = response.definition_id().filter(|_| response.is_shared())?;
    let produces = api.operation_of(response).and_then(|operation| operation.operation.produces(api.root));
    let produces = produces.map(|node| api.root.with(node).id());
    let description = response.own_description.as_ref().map(|entry| api.root.with(entry.key).id());
    Some((id, &response.text, produces, description))
}

fn is_unreadable<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    api.operation_of(response).is_none_or(OperationFact::is_damaged)
}
