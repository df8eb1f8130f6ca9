//! Bounds of numbers, lengths and counts.

use serde_json::Value;

use super::{Case, Probe};
use crate::check::schema::value_of;
use crate::diff::schema::lower::nearest_step;
use crate::diff::schema::model::{Additional, Bound, Layer, Model, Range};
use crate::diff::schema::numbers::{End, is_multiple};
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::syntax::Node;

/// The longest text, list or object that is made to show a change.
const LONGEST: u64 = 300;

impl<'o, 'n> Case<'o, 'n> {
    pub(super) fn limits(&mut self) {
        let shared = self.old.types & self.new.types;
        let (old, new) = (self.old.clone(), self.new.clone());
        if shared.has(Types::NUMBER) {
            self.bound(End::Lower, old.lower.as_ref(), new.lower.as_ref());
            self.bound(End::Upper, old.upper.as_ref(), new.upper.as_ref());
            self.multiples();
        }
        for (types, names, old, new, implied) in [
            (Types::STRING, ["minLength", "maxLength"], old.length, new.length, (0, u64::MAX)),
            (Types::ARRAY, ["minItems", "maxItems"], old.items, new.items, items_of(&new)),
            (Types::OBJECT, ["minProperties", "maxProperties"], old.members, new.members, members_of(&new)),
        ] {
            if shared.has(types) {
                self.range(types, names, (old, new), implied);
            }
        }
        if shared.has(Types::STRING) {
            self.patterns();
        }
        self.unique(shared);
    }

    fn bound(&mut self, end: End, old: Option<&Bound<'o>>, new: Option<&Bound<'n>>) {
        let is_integer = !self.new.types.has(Types::FRACTION);
        let narrowness = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(_), None) => std::cmp::Ordering::Less,
            (Some(old), Some(new)) => new.narrowness(old, end, is_integer),
        };
        self.is_same &= narrowness.is_eq();
        let steps_within = |old: &Bound<'_>| new.is_some_and(|new| steps_keep(&self.new, new, old, end));
        let Some(old) = old.filter(|old| narrowness.is_lt() && !steps_within(old)) else { return };
        let word = if end == End::Lower { "smallest" } else { "largest" };
        let outside = old.nearest(end, is_integer).as_f64().unwrap_or(0.0) + if end == End::Lower { -1.0 } else { 1.0 };
        let mut values = vec![Value::Number(old.value.clone()), crate::diff::schema::numbers::canonical(Value::from(outside))];
        values.extend(new.map(|new| new.nearest(end, is_integer)));
        let (before, after) = (old.words(end), new.map_or("none".to_owned(), |new| new.words(end)));
        let message = format!("the {word} number was {before} and is {after}");
        self.loosened((Some(old.key), new.map(|new| new.key)), message, Probe::Values(values), (before, after));
    }

    fn multiples(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        let is_kept = |(step, _): &(_, _)| old.multiples.iter().any(|(of, _)| is_multiple(of, step));
        self.is_same &= old.multiples.len() == new.multiples.len() && new.multiples.iter().all(is_kept);
        // That numbers are whole is said by their type as well, and that they need not be any more.
        let says_type = !old.types.has(Types::FRACTION) || !new.types.has(Types::FRACTION);
        for (of, key) in &old.multiples {
            let is_whole = says_type && is_multiple(&1.into(), of);
            if is_whole || new.multiples.iter().any(|(step, _)| is_multiple(step, of)) {
                continue;
            }
            let step = new.multiples.first();
            let (before, after) = (of.to_string(), step.map_or("none".to_owned(), |(step, _)| step.to_string()));
            let message = match step {
                Some(_) => format!("numbers came in steps of {before} and come in steps of {after}"),
                None => format!("numbers need not come in steps of {before} any more"),
            };
            let values = step.map(|(step, _)| Value::Number(step.clone())).into_iter().chain([Value::from(1), Value::from(0.5)]);
            let keys = (Some(*key), step.map(|(_, key)| *key));
            return self.loosened(keys, message, Probe::Values(values.collect()), (before, after));
        }
    }

    /// The bounds of a count. What other keywords imply on the new side is as good as a bound.
    fn range(&mut self, types: Types, [least, most]: [&str; 2], (old, new): (Range<'o>, Range<'n>), implied: (u64, u64)) {
        let counts = |range: (Option<u64>, Option<u64>)| (range.0.unwrap_or(0), range.1.unwrap_or(u64::MAX));
        let before = counts((old.least.map(|(count, _)| count), old.most.map(|(count, _)| count)));
        let after = counts((new.least.map(|(count, _)| count), new.most.map(|(count, _)| count)));
        self.is_same &= before == after;
        if let Some((count, key)) = old.least.filter(|_| after.0.max(implied.0) < before.0) {
            let probe = sized(types, count.saturating_sub(1).max(after.0));
            self.count(least, (count, key), new.least, probe);
        }
        if let Some((count, key)) = old.most.filter(|_| after.1.min(implied.1) > before.1) {
            self.count(most, (count, key), new.most, sized(types, count.saturating_add(1).max(after.0)));
        }
    }

    fn count(&mut self, name: &str, (count, key): (u64, Node<'o>), new: Option<(u64, Node<'n>)>, probe: Probe) {
        let (before, after) = (count.to_string(), new.map_or("none".to_owned(), |(count, _)| count.to_string()));
        let message = format!("`{name}` was {before} and is {after}");
        self.loosened((Some(key), new.map(|(_, key)| key)), message, probe, (before, after));
    }

    fn patterns(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        self.is_same &= old.patterns.len() == new.patterns.len();
        for (pattern, key) in &old.patterns {
            if new.patterns.iter().any(|(other, _)| other == pattern) {
                continue;
            }
            let keys = (Some(*key), new.patterns.first().map(|(_, key)| *key));
            if new.patterns.is_empty() {
                let message = format!("texts need not match `{pattern}` any more");
                let values = ["", "a", "0", " "].map(Value::from).to_vec();
                self.widened("response-pattern-changed", Class::Risky, keys, message).probe = Probe::Values(values);
            } else {
                let message = "the pattern has changed, and it cannot be told whether it allows more".to_owned();
                self.is_same = false;
                self.own = self.own.min(crate::diff::schema::inclusion::Inclusion::Unknown);
                // What cannot be told is no widening, not even to the strict.
                self.change("response-pattern-changed", Class::Risky, keys, message).class = Class::Risky;
            }
            return;
        }
    }

    fn unique(&mut self, shared: Types) {
        if !shared.has(Types::ARRAY) {
            return;
        }
        self.is_same &= self.old.unique.is_some() == self.new.unique.is_some();
        let is_trivial = self.new.items.most.is_some_and(|(most, _)| most < 2);
        if let (Some(key), None, false) = (self.old.unique, self.new.unique, is_trivial) {
            let words = ("unique".to_owned(), "any".to_owned());
            let message = "items may come more than once now".to_owned();
            self.loosened((Some(key), None), message, Probe::Sized(Types::ARRAY, 2), words);
        }
    }

    pub(super) fn loosened(
        &mut self,
        keys: (Option<Node<'o>>, Option<Node<'n>>),
        message: String,
        probe: Probe,
        (old, new): (String, String),
    ) {
        let change = self.widened("response-constraint-loosened", Class::Risky, keys, message);
        change.probe = probe;
        change.words = vec![("old", old), ("new", new)];
    }

    pub(super) fn unsatisfiable(&mut self, key: Option<Node<'n>>, why: &str) {
        let message = format!("no value meets the new schema: {why}");
        self.change("unsatisfiable-schema", Class::Risky, (None, key), message);
    }
}

/// Whether the steps of numbers lead no further than an old bound.
fn steps_keep(model: &Model<'_>, new: &Bound<'_>, old: &Bound<'_>, end: End) -> bool {
    let both = nearest_step(model, new, end).zip(old.for_whole(end));
    both.is_some_and(|(new, old)| if end == End::Upper { new <= old } else { new >= old })
}

/// How many items there are, as other keywords than `minItems` and `maxItems` say.
fn items_of(model: &Model<'_>) -> (u64, u64) {
    let contained = model.opaque.iter().filter(|opaque| opaque.name == "contains").map(|opaque| {
        let least = opaque.value.get("minContains").and_then(value_of);
        least.map_or(1, |least| least.as_u64().unwrap_or(0))
    });
    (contained.max().unwrap_or(0), u64::MAX)
}

/// How many members there are, as other keywords than `minProperties` and `maxProperties` say: all that are required, and no
/// more than a closed object describes.
fn members_of(model: &Model<'_>) -> (u64, u64) {
    let is_closed = |layer: &&Layer<'_>| layer.patterns.is_empty() && matches!(layer.additional, Additional::Closed(_));
    let described = model.layers.iter().filter(is_closed).map(|layer| layer.index.len() as u64);
    (model.required.len() as u64, described.min().unwrap_or(u64::MAX))
}

fn sized(types: Types, count: u64) -> Probe {
    match types {
        _ if count > LONGEST => Probe::Nothing,
        Types::STRING => Probe::Values(vec![Value::from("a".repeat(count as usize)), Value::from("0".repeat(count as usize))]),
        _ => Probe::Sized(types, count),
    }
}
