//! Uses of responses that can be judged together.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::facts::{Api, OperationFact, ResponseFact};
use crate::openapi::{NodeId, Version};
use crate::rules::{Reads, Row, Subject};
use crate::syntax::Node;

/// How many lists of media types operations of 2.0 may give to one shared response; people write few. With each of them all of
/// its schema is looked through.
const MOST_LISTS: usize = 64;

/// Responses, together those that are the same definition under the same key.
pub(super) struct Groups {
    /// The first use of each.
    first: Vec<u32>,
    /// For each response the next one of its group in document order, 0 where there is none.
    next: Vec<u32>,
}

/// The last use so far of each group, for those that share a definition.
struct LastUses<'a, 'p> {
    api: &'a Api<'p>,
    /// By the first use of a definition the last one under the same key, counted from 1; 0 where there is none. Most are under
    /// the same.
    alike: Vec<u32>,
    others: FxHashMap<(usize, &'a str), u32>,
}

impl<'a, 'p> LastUses<'a, 'p> {
    fn of(api: &'a Api<'p>) -> Self {
        LastUses { api, alike: vec![0; api.responses.len()], others: FxHashMap::default() }
    }

    /// The last use before this one that is in its group.
    fn replace(&mut self, index: usize, response: &'a ResponseFact<'p>) -> Option<usize> {
        let (first_use, key) = (response.first_use()?, response.text());
        let is_alike = self.api.responses.get(first_use).is_some_and(|first| first.text() == key);
        let last = match self.alike.get_mut(first_use).filter(|_| is_alike) {
            Some(last) => last,
            None => self.others.entry((first_use, key)).or_default(),
        };
        let before = std::mem::replace(last, index as u32 + 1);
        before.checked_sub(1).map(|before| before as usize)
    }
}

/// Uses that share what is read, one part after the other.
pub(super) enum Sharings<'u> {
    Together(std::slice::Chunks<'u, Subject>),
    Apart(std::slice::Iter<'u, Part>),
}

impl<'u> Iterator for Sharings<'u> {
    type Item = Sharing<'u>;

    fn next(&mut self) -> Option<Sharing<'u>> {
        match self {
            Sharings::Together(chunks) => chunks.next().map(|uses| Sharing { uses, kind: None, has_room: true }),
            Sharings::Apart(parts) => {
                parts.next().map(|part| Sharing { uses: &part.uses, kind: Some(part.kind), has_room: part.has_room })
            }
        }
    }
}

impl<'u> Sharing<'u> {
    /// With the row of the first of them.
    pub(super) fn with_row<'a, 'p>(self, api: &'a Api<'p>) -> Option<(Sharing<'u>, Row<'a, 'p>)> {
        Some((self, Row::declared(api, *self.uses.first()?)))
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
    pub(super) fn uses<'a, 'p>(&self, group: usize, api: &'a Api<'p>) -> Uses<'a, 'p> {
        let next = |&index: &usize| self.next.get(index).map(|next| *next as usize).filter(|next| *next > 0);
        let all = std::iter::successors(self.first.get(group).map(|&first| first as usize), next);
        Uses { api, all: all.map(Subject::Response).collect(), parts: OnceCell::new() }
    }
}

/// Uses of one definition under one key.
pub(super) struct Uses<'a, 'p> {
    api: &'a Api<'p>,
    all: Vec<Subject>,
    /// Those about which their operations say the same, once somebody asked; none where all do.
    parts: OnceCell<Option<Vec<Part>>>,
}

/// Uses about which their operations say the same at the same place.
pub(super) struct Part {
    uses: Vec<Subject>,
    kind: usize,
    has_room: bool,
}

/// Uses that share what is read.
#[derive(Clone, Copy)]
pub(super) struct Sharing<'u> {
    /// The uses, in document order.
    pub(super) uses: &'u [Subject],
    /// The same number where the same is written at another place; none where other things are read, too.
    pub(super) kind: Option<usize>,
    /// Whether they are judged.
    pub(super) has_room: bool,
}

impl<'p> Uses<'_, 'p> {
    /// The first of them.
    pub(super) fn first(&self) -> Option<&ResponseFact<'p>> {
        response(self.api, *self.all.first()?)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Those that share what is read, together.
    pub(super) fn sharing(&self, reads: Reads) -> Sharings<'_> {
        let is_told_apart = reads == Reads::Response || reads == Reads::Definition && has_produces(self.api);
        let parts = if is_told_apart && self.len() > 1 { self.parts() } else { None };
        let most = if reads == Reads::Operation { 1 } else { self.len().max(1) };
        parts.map_or_else(|| Sharings::Together(self.all.chunks(most)), |parts| Sharings::Apart(parts.iter()))
    }

    fn parts(&self) -> Option<&[Part]> {
        let parts = self.parts.get_or_init(|| {
            let has_produces = has_produces(self.api);
            let mut known: FxHashMap<Option<NodeId>, usize> = FxHashMap::default();
            let mut kinds: FxHashMap<Option<Texts<'p>>, usize> = FxHashMap::default();
            let mut parts: Vec<Part> = Vec::new();
            for &subject in &self.all {
                let (place, said) = said_by_operation(self.api, subject).unzip();
                let part = *known.entry(place).or_insert(parts.len());
                if let Some(part) = parts.get_mut(part) {
                    part.uses.push(subject);
                    continue;
                }
                let next = kinds.len();
                let kind = *kinds.entry(said.map(texts)).or_insert(next);
                let has_room = !has_produces || kind < MOST_LISTS;
                parts.push(Part { uses: vec![subject], kind, has_room });
            }
            (parts.len() > 1).then_some(parts)
        });
        parts.as_deref()
    }
}

fn has_produces(api: &Api<'_>) -> bool {
    api.root.version() == Version::V2_0
}

/// What an operation says about a response that it uses: in 2.0 how its schema is sent, later perhaps a description of its own.
/// With the place that tells it from the same elsewhere.
fn said_by_operation<'p>(api: &Api<'p>, subject: Subject) -> Option<(NodeId, Node<'p>)> {
    let response = response(api, subject)?;
    if has_produces(api) {
        return api.produced(response).map(|produces| (produces.id(), produces.node()));
    }
    response.own_description().map(|entry| (NodeId::of(entry.key), entry.value))
}

/// What a text says, or each of a list of them; and whether it is meant as text.
type Texts<'p> = (bool, Vec<(bool, Option<Cow<'p, str>>)>);

fn texts(node: Node<'_>) -> Texts<'_> {
    let own = std::iter::once(node).filter(|node| !node.is_list());
    (node.is_list(), own.chain(node.items()).map(|text| (text.as_str().is_some(), text.text())).collect())
}

fn response<'a, 'p>(api: &'a Api<'p>, subject: Subject) -> Option<&'a ResponseFact<'p>> {
    match subject {
        Subject::Response(index) => api.responses.get(index),
        _ => None,
    }
}

fn is_unreadable<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    api.operation_of(response).is_none_or(OperationFact::is_damaged)
}
