//! From a pair to everything that is said about it and what lies inside.

use rustc_hash::FxHashSet;

use super::compare::{Engine, Local, PairId, Step};
use super::inclusion::Inclusion;
use super::witness;
use crate::diff::SchemaChange;
use crate::openapi::NodeId;
use crate::syntax::{Node, escaped};

/// How many changes of one question are shown by a value.
const MOST_WITNESSES: usize = 40;

/// How many steps into a body changes are shown by a value. Nobody reads a deeper one, and it would take a deep stack.
const DEEPEST_SHOWN: usize = 60;

/// How often a value is looked for that shows a change, where several schemas lead to it.
const MOST_TRIES: u32 = 3;

/// What tells changes of schemas apart: the rule, the member that it is about, and both places.
pub(super) type Key = (&'static str, Option<String>, Option<NodeId>, Option<NodeId>);

/// How often a value was looked for that shows a change.
#[derive(Clone, Copy)]
pub(super) struct Tries {
    /// How often in vain; the most, where one was found.
    count: u32,
    /// How many steps from a root the nearest was.
    depth: usize,
    /// How often another one was wanted for a place nearer to a root.
    nearer: u32,
}

impl Default for Tries {
    fn default() -> Self {
        Tries { count: 0, depth: usize::MAX, nearer: 0 }
    }
}

/// A pair on the way, with how it was come to.
pub(super) struct Stop {
    pub(super) pair: PairId,
    /// The stop before, and the step from there.
    pub(super) from: Option<(usize, Step)>,
    /// How many steps lead to it from the root.
    depth: usize,
}

/// Everything that is said about a pair, each changed place once, by the shortest way to it.
pub(super) fn changes<'o, 'n>(engine: &mut Engine<'o, 'n>, root: PairId) -> (Inclusion, Vec<SchemaChange<'o, 'n>>) {
    let (stops, behind) = reached(engine, root);
    engine.finish(root);
    let all = stops.iter().filter_map(|stop| engine.pairs.get(stop.pair as usize));
    let own = all.map(|pair| pair.own).min().unwrap_or(Inclusion::Included);
    let inclusion = own.min(behind);
    engine.begin_showing();
    let mut seen = FxHashSet::default();
    let mut changes = Vec::new();
    for (at, &Stop { pair, depth, .. }) in stops.iter().enumerate() {
        let own = engine.pairs.get(pair as usize).map(|pair| pair.changes.clone());
        for local in own.unwrap_or_default() {
            let key = (local.rule, local.member.clone(), local.old.map(NodeId::of), local.new.map(NodeId::of));
            if !seen.insert(key.clone()) {
                continue;
            }
            // One value shows a change for all that use it: a validator for each of them would be most of the work. What is
            // nearer to the root is worth another one, because that is the place that is told, but not at every step.
            let tries = engine.shown.get(&key).copied().unwrap_or_default();
            let is_nearer = depth < tries.depth && (depth <= 1 || tries.nearer < MOST_TRIES);
            let is_open = changes.len() < MOST_WITNESSES && depth <= DEEPEST_SHOWN;
            let is_wanted = is_open && (tries.count < MOST_TRIES || is_nearer);
            let witness = if is_wanted { witness::of(engine, root, &stops, at, &local.probe) } else { None };
            let count = if witness.is_some() { MOST_TRIES } else { tries.count + 1 };
            let nearer = tries.nearer + u32::from(is_wanted && tries.count >= MOST_TRIES);
            engine.shown.insert(key, Tries { count, depth: depth.min(tries.depth), nearer });
            let new = local.new.or_else(|| around(engine, &stops, at));
            changes.push(SchemaChange { new, witness, ..told(local, &stops, at) });
        }
    }
    (inclusion, changes)
}

/// The pairs that a pair leads to, nearest first. What lies deeper than anybody reads is told once, for the first that leads to
/// it: chains of which each part has users of its own would be told for each of them. With what is behind that.
fn reached(engine: &mut Engine<'_, '_>, root: PairId) -> (Vec<Stop>, Inclusion) {
    let mut stops = vec![Stop { pair: root, from: None, depth: 0 }];
    let (mut seen, mut behind) = (FxHashSet::from_iter([root]), Inclusion::Included);
    let mut at = 0;
    while let Some(stop) = stops.get(at) {
        engine.catch_up(stop.pair);
        let Some(pair) = engine.pairs.get(stop.pair as usize) else { break };
        let depth = stop.depth + 1;
        let mut inner = Vec::new();
        for (step, next) in pair.edges.iter().filter(|(_, next)| seen.insert(*next)) {
            if depth > DEEPEST_SHOWN && engine.walked.contains(next) {
                behind = behind.min(engine.total(*next));
            } else {
                inner.push(Stop { pair: *next, from: Some((at, step.clone())), depth });
            }
        }
        stops.extend(inner);
        at += 1;
    }
    engine.walked.extend(stops.iter().map(|stop| stop.pair));
    (stops, behind)
}

fn told<'o, 'n>(local: Local<'o, 'n>, stops: &[Stop], at: usize) -> SchemaChange<'o, 'n> {
    let mut place = place(stops, at);
    if let Some(member) = &local.member {
        place.push('/');
        place.push_str(&escaped(member));
    }
    SchemaChange {
        rule: local.rule,
        class: local.class,
        old: local.old,
        new: local.new,
        place,
        words: local.words,
        message: local.message,
        witness: None,
    }
}

fn place(stops: &[Stop], at: usize) -> String {
    let mut pointer = Vec::new();
    let mut at = at;
    while let Some((from, step)) = stops.get(at).and_then(|stop| stop.from.as_ref()) {
        pointer.extend(match step {
            Step::Same => None,
            Step::Member(name) => Some(escaped(name).into_owned()),
            Step::Others | Step::Like(_) => Some("*".to_owned()),
            Step::Item(index) => Some(index.to_string()),
            Step::Items => Some("-".to_owned()),
        });
        at = *from;
        // Of a way that nobody can read the end says enough.
        if pointer.len() > DEEPEST_SHOWN {
            pointer.push("…".to_owned());
            break;
        }
    }
    pointer.iter().rev().fold(String::new(), |place, step| place + "/" + step)
}

/// The nearest new schema around a place where there is none.
fn around<'n>(engine: &Engine<'_, 'n>, stops: &[Stop], at: usize) -> Option<Node<'n>> {
    let mut at = Some(at);
    while let Some(stop) = at.and_then(|at| stops.get(at)) {
        let pair = engine.pairs.get(stop.pair as usize)?;
        if let Some(node) = engine.new.node(pair.new) {
            return Some(node);
        }
        at = stop.from.as_ref().map(|(from, _)| *from);
    }
    None
}
