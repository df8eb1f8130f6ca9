//! What is to be done about one failed judgement, and about several of them that are one finding.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::openapi::{NodeId, View};
use crate::rules::{Clause, Options, Reads, Row, Subject, Treatment, Verb, treatment};
use crate::syntax::Node;
use crate::syntax::edit::Hindrance;

/// A key in its map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'p> {
    pub(super) map: Node<'p>,
    pub(super) key: Node<'p>,
}

/// What is to be done about a finding.
#[derive(Clone, Debug)]
pub(crate) struct Remedy<'p> {
    /// The clause of the rule, and the treatment among those of the clause.
    pub(super) clause: usize,
    pub(super) treatment: usize,
    /// The status keys that are wrong; of an operation the key of its responses.
    pub(super) slots: Vec<Slot<'p>>,
    /// The response that is wrong.
    pub(super) response: Option<Wrong<'p>>,
    /// The root of the description.
    pub(super) root: View<'p>,
    /// The methods of the path, as `Allow` lists them; none where the uses differ.
    pub(super) allow: Option<String>,
}

/// A response that is wrong, and who uses it.
#[derive(Clone, Debug)]
pub(super) struct Wrong<'p> {
    pub(super) definition: View<'p>,
    pub(super) is_shared: bool,
    /// Whether all of its uses are for the same status.
    pub(super) has_one_status: bool,
    /// Whether all of its uses are wrong, and not only this one.
    pub(super) fails_everywhere: bool,
    /// The `$ref`s that lead to it, those of each of its descriptions.
    referrers: Vec<Arc<FxHashSet<NodeId>>>,
}

impl Wrong<'_> {
    /// How many `$ref`s of its descriptions lead to it.
    pub(super) fn count_referrers(&self) -> usize {
        match self.referrers.as_slice() {
            [one] => one.len(),
            several => several.iter().flat_map(|one| one.iter()).collect::<FxHashSet<_>>().len(),
        }
    }

    /// Takes in those of another use, unless it is one of the same description.
    fn add_referrers(&mut self, others: Vec<Arc<FxHashSet<NodeId>>>) {
        for other in others {
            if !self.referrers.iter().rev().any(|own| Arc::ptr_eq(own, &other)) {
                self.referrers.push(other);
            }
        }
    }
}

impl<'p> Remedy<'p> {
    /// What the rule does about a row that fails.
    pub(crate) fn of(clause: &Clause, number: usize, row: &Row<'_, 'p>, options: &Options) -> Option<Self> {
        let chosen = treatment(&clause.treatments, row, options)?;
        let treatment = clause.treatments.iter().position(|one| std::ptr::eq(one, chosen))?;
        Some(Remedy {
            clause: number,
            treatment,
            slots: slots(chosen, row),
            response: wrong(clause, row),
            root: row.api.root,
            allow: matches!(chosen.verb, Verb::AddHeader(_)).then(|| allow(row)).flatten(),
        })
    }

    /// The slots in file order, each once: several operations may share one.
    pub(super) fn distinct_slots(&self) -> Vec<Slot<'p>> {
        let mut distinct = self.slots.clone();
        distinct.sort_by_key(|slot| slot.key.span());
        distinct.dedup_by_key(|slot| slot.key.span());
        distinct
    }

    /// The slot, if there is only one.
    pub(super) fn only_slot(&self) -> Result<Slot<'p>, Hindrance> {
        match self.distinct_slots().as_slice() {
            [slot] => Ok(*slot),
            _ => Err(Hindrance::Missing),
        }
    }

    /// The same for one more use of what is wrong; none where the uses need different treatments.
    pub(crate) fn and(mut self, other: Remedy<'p>) -> Option<Self> {
        if (self.clause, self.treatment) != (other.clause, other.treatment) {
            return None;
        }
        self.allow = self.allow.filter(|allow| other.allow.as_ref() == Some(allow));
        self.slots.extend(other.slots);
        // Several descriptions may share it.
        if let (Some(own), Some(other)) = (&mut self.response, other.response) {
            own.fails_everywhere &= other.fails_everywhere;
            own.has_one_status &= other.has_one_status;
            own.add_referrers(other.referrers);
        }
        Some(self)
    }
}

fn slots<'p>(treatment: &Treatment, row: &Row<'_, 'p>) -> Vec<Slot<'p>> {
    let api = row.api;
    match (&treatment.verb, row.subject) {
        (Verb::AddHeader(_) | Verb::RemoveHeader(_) | Verb::RemoveContent, _) => Vec::new(),
        (Verb::QuoteKey, Subject::Document) => {
            let bare = api.responses.iter().enumerate().filter(|(_, response)| crate::facts::is_bare(response.key));
            bare.filter_map(|(index, _)| slot(&row.at(Subject::Response(index)))).collect()
        }
        _ => slot(row).into_iter().collect(),
    }
}

/// The status key in the responses of its operation, or the responses in their operation.
fn slot<'p>(row: &Row<'_, 'p>) -> Option<Slot<'p>> {
    let operation = row.operation()?.operation;
    let responses = operation.responses_entry()?;
    match row.response() {
        Some(response) => Some(Slot { map: operation.0.with(responses.value).target()?.node(), key: response.key }),
        None => Some(Slot { map: operation.0.node(), key: responses.key }),
    }
}

fn wrong<'p>(clause: &Clause, row: &Row<'_, 'p>) -> Option<Wrong<'p>> {
    let response = row.response()?;
    let uses = row.api.uses_of(response)?;
    Some(Wrong {
        definition: response.definition?.0,
        is_shared: response.is_shared(),
        has_one_status: uses.status.is_some(),
        fails_everywhere: uses.count == 1 || uses.status.is_some() && clause.reads < Reads::Operation,
        referrers: vec![Arc::clone(&uses.referrers)],
    })
}

/// How many methods an `Allow` lists that a fix makes up; there are not so many.
const MOST_METHODS: usize = 64;

/// The methods of the path, where they are not more than a header field would list.
fn allow(row: &Row<'_, '_>) -> Option<String> {
    let operations = row.api.operations_of(row.path()?);
    (operations.len() <= MOST_METHODS)
        .then(|| operations.iter().map(|operation| operation.method.as_ref()).collect::<Vec<_>>().join(", "))
}
