//! Two descriptions, operation by operation.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::envelope;
use super::gathering::{Gathered, Gathering, Use};
use super::identity::{Matched, matched};
use super::outcomes::Outcomes;
use super::response::Meeting;
use super::{Change, Class, Compared, Hindered, Options, SchemaChange, operations, statuses};
use crate::diff::schema::equal::equal;
use crate::facts::{Api, Obstacle, OperationFact};
use crate::http::status;
use crate::openapi::{NodeId, Schema};

/// Compares an old schema with a new one: what changed for those who read values of them.
pub type CompareSchemas<'c, 'o, 'n> = &'c mut dyn FnMut(Schema<'o>, Schema<'n>) -> Vec<SchemaChange<'o, 'n>>;

/// What a new description changes for clients of the old one, in the order of the operations of the new one; what concerns
/// several operations is there once, at the first.
pub fn compare<'o, 'n>(
    old: &Api<'o>,
    new: &Api<'n>,
    options: &Options,
    compare_schemas: CompareSchemas<'_, 'o, 'n>,
) -> Compared<'o, 'n> {
    let Matched { pairs, removed, added } = matched(old, new, options);
    let mut comparison = Comparison {
        old,
        new,
        options,
        compare_schemas,
        gathering: Gathering::default(),
        schemas: FxHashMap::default(),
        told: FxHashMap::default(),
        bodies: 0,
        errors: FxHashSet::default(),
        obstacles: pairs.iter().filter_map(|pair| hindered(old, new, *pair)).collect(),
    };
    let operations = pairs.len() + removed.len() + added.len();
    for (old, new) in pairs {
        comparison.operation(old, new);
    }
    operations::removed(&mut comparison, &removed);
    operations::added(&mut comparison, &added);
    comparison.gathering.finish();
    let errors = comparison.errors.len();
    let envelopes = if options.without_envelopes { Vec::new() } else { envelope::changed(&mut comparison.gathering, errors) };
    let changes = comparison.gathering.list.into_iter().filter_map(Gathered::finished);
    let changes = envelopes.into_iter().chain(changes).collect();
    Compared { changes, operations, responses: new.responses.len(), obstacles: comparison.obstacles }
}

/// Requests are not compared.
fn is_of_responses(obstacle: &Obstacle<'_>) -> bool {
    let pointer = obstacle.place().pointer();
    !["/parameters/", "/requestBody/"].iter().any(|part| pointer.contains(part))
}

/// What stands in the way of comparing an operation whole.
fn hindered<'o, 'n>(old: &Api<'o>, new: &Api<'n>, pair: (usize, usize)) -> Option<Hindered<'o, 'n>> {
    let (one, other) = (old.operations.get(pair.0)?, new.operations.get(pair.1)?);
    let operation = other.label.to_string();
    let in_new = other.obstacle().map(|obstacle| (obstacle.reason(), None, Some(obstacle.place())));
    let in_old = || one.obstacle().map(|obstacle| (obstacle.reason(), Some(obstacle.place()), None));
    let (reason, old, new) = in_new.or_else(in_old)?;
    Some(Hindered { operation, reason, old, new })
}

/// One comparison on its way.
pub(super) struct Comparison<'a, 'c, 'o, 'n> {
    pub(super) old: &'a Api<'o>,
    pub(super) new: &'a Api<'n>,
    pub(super) options: &'a Options,
    pub(super) compare_schemas: CompareSchemas<'c, 'o, 'n>,
    pub(super) gathering: Gathering<'a, 'o, 'n>,
    /// What was said about two schemas.
    pub(super) schemas: FxHashMap<(NodeId, NodeId), Rc<[SchemaChange<'o, 'n>]>>,
    /// What was said before and counts for further uses.
    told: FxHashMap<Like, Told>,
    /// How many bodies were compared by their schemas.
    pub(super) bodies: usize,
    /// The error responses with schemas on both sides, by operation and status key.
    pub(super) errors: FxHashSet<(usize, &'a str)>,
    /// The operations that could not be compared whole.
    pub(super) obstacles: Vec<Hindered<'o, 'n>>,
}

/// What is the same wherever it is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Like {
    /// The header fields of two shared responses, by their first uses and the codes that they are compared for.
    Headers(usize, usize, Option<u16>, Option<status::Class>),
    /// The same of their content; also whether the status is another one, and whether requests ask for a media type.
    Content(usize, usize, Option<u16>, Option<status::Class>, [bool; 2]),
    /// Two schemas, and the media type, where it is one of several.
    Body(NodeId, NodeId, Option<String>, bool),
}

/// What was said of something.
#[derive(Clone, Copy)]
struct Told {
    /// Its number in the gathering.
    number: usize,
    /// Whether schemas of bodies were compared.
    has_bodies: bool,
}

/// One operation in both descriptions.
#[derive(Clone, Copy)]
pub(super) struct Twins<'a, 'o, 'n> {
    pub(super) old: &'a OperationFact<'o>,
    pub(super) new: &'a OperationFact<'n>,
}

impl<'a, 'o, 'n> Twins<'a, 'o, 'n> {
    /// What stands in the way of reading its responses, before and now.
    pub(super) fn obstacles(self) -> (Option<Obstacle<'o>>, Option<Obstacle<'n>>) {
        (self.old.obstacle().filter(is_of_responses), self.new.obstacle().filter(is_of_responses))
    }

    /// Whether nothing stands in the way of reading its responses, or the same as before: that is no change.
    pub(super) fn are_alike_unknown(self) -> bool {
        match self.obstacles() {
            (Some(old), Some(new)) => old.is_as(new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// The operation as a user of a change.
    pub(super) fn uses(self, status: Option<&'a str>, is_error: bool) -> Use<'a> {
        Use { rank: self.new.rank, label: &self.new.label, status, is_error }
    }
}

/// The description that keeps a part from being compared; none where both do in the same words, which is no change.
pub(super) fn side_of_unknown(is_old_known: bool, is_new_known: bool, are_same: impl Fn() -> bool) -> Option<&'static str> {
    match (is_old_known, is_new_known) {
        (true, _) => Some("the new description"),
        (_, true) => Some("the old description"),
        _ => (!are_same()).then_some("both descriptions, which are not the same there,"),
    }
}

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Says something once, and for further uses of the same no more than that they have it, too.
    pub(super) fn once(&mut self, like: Like, meeting: Meeting<'a, 'o, 'n>, tell: impl FnOnce(&mut Self)) {
        if let Some(told) = self.told.get(&like).copied() {
            if told.has_bodies {
                self.meets_body(meeting);
            }
            return self.gathering.repeat(told.number, meeting.uses());
        }
        let (before, bodies) = (self.gathering.begin(), self.bodies);
        tell(self);
        let number = self.gathering.end(before);
        self.told.insert(like, Told { number, has_bodies: self.bodies > bodies });
    }

    /// Takes note of bodies that are compared by their schemas.
    pub(super) fn meets_body(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let own = meeting.uses();
        self.bodies += 1;
        if own.is_error {
            self.errors.insert((own.rank, meeting.new.text()));
        }
    }

    /// Says what stands in the way of comparing an operation whole; once where it does so for several.
    fn not_compared(&mut self, twins: Twins<'a, 'o, 'n>) {
        // What was as unknown before is no change; the summary counts it.
        if twins.are_alike_unknown() {
            return;
        }
        let (old, new) = twins.obstacles();
        let Some(reason) = new.map(Obstacle::reason).or_else(|| old.map(Obstacle::reason)) else { return };
        let side = match (old.map(Obstacle::reason), new) {
            (Some(other), Some(_)) if other == reason => "both descriptions, and it is not the same",
            (_, Some(_)) => "the new description",
            (_, None) => "the old description",
        };
        let message = format!("it could not be compared whole: {reason} in {side}");
        let change = Change::new("operation-not-compared", Class::Risky, message)
            .at(old.map_or(twins.old.key, Obstacle::place), new.map_or(twins.new.key, Obstacle::place));
        self.gathering.add(change, twins.uses(None, false));
    }

    /// Says that the responses of an operation are no map, such as null, where that was not said of the operation.
    fn without_responses(&mut self, twins: Twins<'a, 'o, 'n>) {
        let Twins { old, new } = twins;
        let (before, now) = (old.operation.responses_entry(), new.operation.responses_entry());
        let views = before.map(|entry| old.operation.0.with(entry.value)).zip(now.map(|entry| new.operation.0.with(entry.value)));
        // Without an entry it is a `$ref` in place of the operation that leads nowhere.
        let (old_whole, new_whole) = (old.operation.0, new.operation.0);
        let are_same = || views.map_or_else(|| equal(old_whole, new_whole), |(old, new)| equal(old, new));
        let side = side_of_unknown(!old.lost_responses(), !new.lost_responses(), are_same);
        let (Some(side), (None, None)) = (side, twins.obstacles()) else { return };
        let message = format!("it could not be compared: the responses in {side} are no map");
        let places = (before.map_or(old.key, |entry| entry.key), now.map_or(new.key, |entry| entry.key));
        let change = Change::new("operation-not-compared", Class::Risky, message).at(places.0, places.1);
        self.gathering.add(change, twins.uses(None, false));
        // What stands in the way of a request was told of the whole operation before.
        if old.obstacle().is_some() || new.obstacle().is_some() {
            return;
        }
        let (operation, reason) = (new.label.to_string(), "responses that are no map");
        let (old, new) = if new.lost_responses() { (None, Some(places.1)) } else { (Some(places.0), None) };
        self.obstacles.push(Hindered { operation, reason, old, new });
    }

    fn operation(&mut self, old: usize, new: usize) {
        let (Some(old), Some(new)) = (self.old.operations.get(old), self.new.operations.get(new)) else { return };
        let twins = Twins { old, new };
        self.not_compared(twins);
        // What could not be found is not gone.
        if old.lost_responses() || new.lost_responses() {
            return self.without_responses(twins);
        }
        if old.operation.0.node().is_damaged() || new.operation.0.node().is_damaged() {
            return;
        }
        let outcomes: (Outcomes<'a, '_>, Outcomes<'a, '_>) = (Outcomes::of(self.old, old), Outcomes::of(self.new, new));
        for pair in statuses::compare(self, twins, &outcomes.0, &outcomes.1) {
            self.response(twins, pair);
        }
    }
}
