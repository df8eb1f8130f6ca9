//! A value that shows a change: the new schema allows it and the old one forbids it, and a validator agrees.

use serde_json::{Map, Value};

use super::compare::{Engine, PairId, Probe, Step, places, tag_of};
use super::sample::{Sampler, Want};
use super::side::Id;
use super::texts;
use super::walk::Stop;
use crate::truth::Truth;

/// The name that stands for any other member.
const OTHER: &str = "somethingElse";

/// The first value that shows the change of a pair, built up to the whole.
pub(super) fn of(engine: &mut Engine<'_, '_>, root: PairId, stops: &[Stop], at: usize, probe: &Probe) -> Option<Value> {
    let whole = engine.pairs.get(root as usize).map(|pair| (pair.old, pair.new))?;
    let own = engine.pairs.get(stops.get(at)?.pair as usize)?.new;
    let inner = candidates(engine, own, probe);
    inner.into_iter().find_map(|value| {
        let value = wrapped(engine, stops, at, probe, value)?;
        let shows = engine.new.allows(whole.1, &value) == Truth::True && engine.old.allows(whole.0, &value) == Truth::False;
        shows.then_some(value)
    })
}

/// Values that may show it, the likeliest first.
fn candidates(engine: &mut Engine<'_, '_>, id: Id, probe: &Probe) -> Vec<Value> {
    let mut sampler = Sampler::new(&mut engine.new);
    match probe {
        Probe::Nothing => Vec::new(),
        Probe::Values(values) => values.clone(),
        Probe::Typed(types) => sampler.of_types(id, *types),
        Probe::Sized(types, size) => {
            let want = Want { types: *types, size: Some(*size), ..Want::default() };
            sampler.value(id, &want).into_iter().collect()
        }
        Probe::Without(name) => {
            let want = Want { types: super::types::Types::OBJECT, absent: Some(name), ..Want::default() };
            sampler.value(id, &want).into_iter().collect()
        }
        Probe::With(name, values) => {
            let mut values: Vec<Option<Value>> = values.iter().cloned().map(Some).collect();
            values.insert(0, None);
            values.into_iter().filter_map(|value| sampler.with_member(id, name, value)).collect()
        }
        Probe::Of(branch) => sampler.several(*branch),
    }
}

/// The whole around a value, as small as the new schema allows.
fn wrapped(engine: &mut Engine<'_, '_>, stops: &[Stop], at: usize, probe: &Probe, value: Value) -> Option<Value> {
    let (mut at, mut value) = (at, value);
    // The member that the change is about is as it is, also where a discriminator looks at it.
    let mut about = match probe {
        Probe::Without(name) | Probe::With(name, _) => Some(name.as_str()),
        _ => None,
    };
    while let Some((from, step)) = stops.get(at).and_then(|stop| stop.from.as_ref()) {
        let inner = engine.pairs.get(stops.get(at)?.pair as usize)?.new;
        let outer = engine.pairs.get(stops.get(*from)?.pair as usize)?.new;
        if *step == Step::Same {
            let tag = tag(engine, outer, inner).filter(|(name, _)| about != Some(name));
            value = tagged(value, tag.as_ref());
        } else {
            value = around(engine, outer, step, value)?;
            about = if let Step::Member(name) = step { Some(name) } else { None };
        }
        at = *from;
    }
    Some(value)
}

/// What a discriminator tells a branch by.
fn tag(engine: &mut Engine<'_, '_>, whole: Id, chosen: Id) -> Option<(String, String)> {
    let model = engine.new.model(whole);
    let branch = engine.new.choice(whole, chosen)?;
    let union = model.unions.iter().find(|union| union.discriminator.is_some())?;
    let (_, node) = union.branches.iter().find(|(index, _)| *index == branch)?;
    tag_of(*engine.new.views(whole).first()?, union, *node)
}

/// The list or object around a value.
fn around(engine: &mut Engine<'_, '_>, outer: Id, step: &Step, value: Value) -> Option<Value> {
    let places = places(&engine.new.model(outer));
    let mut sampler = Sampler::new(&mut engine.new);
    match step {
        Step::Same => Some(value),
        Step::Member(name) => sampler.with_member(outer, name, Some(value)),
        Step::Like(pattern) => sampler.with_member(outer, &texts::matching(pattern)?, Some(value)),
        Step::Others => sampler.with_member(outer, OTHER, Some(value)),
        Step::Item(index) => sampler.with_item(outer, *index, value),
        Step::Items => sampler.with_item(outer, places, value),
    }
}

/// An object that goes by a tag; other values are as they are.
pub(super) fn tagged(value: Value, tag: Option<&(String, String)>) -> Value {
    match (value, tag) {
        (Value::Object(members), Some((name, tag))) => with(members, name, Value::from(tag.as_str())),
        (value, _) => value,
    }
}

/// An object with one more member.
pub(super) fn with(mut members: Map<String, Value>, name: &str, value: Value) -> Value {
    members.insert(name.to_owned(), value);
    Value::Object(members)
}
