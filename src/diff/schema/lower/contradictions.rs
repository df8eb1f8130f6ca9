//! Limits that leave nothing between them: the types that they are about cannot come.

use crate::diff::schema::model::{Bound, Model, Range};
use crate::diff::schema::numbers::{End, whole};
use crate::diff::schema::types::Types;
use crate::syntax::Node;

/// Takes out the types of which no value meets the limits, and remembers why.
pub(super) fn without_contradictions(model: &mut Model<'_>) {
    let members = model.members.least.map(|(least, _)| least).max(Some(model.required.len() as u64));
    let least = |range: &Range<'_>| range.least.map(|(least, _)| least);
    let contradictions = [
        (Types::STRING, is_above(least(&model.length), &model.length), "`minLength` is more than `maxLength`"),
        (Types::ARRAY, is_above(least(&model.items), &model.items), "`minItems` is more than `maxItems`"),
        (Types::OBJECT, is_above(members, &model.members), "there must be more members than `maxProperties`"),
    ];
    let counts = contradictions.into_iter().filter_map(|(types, key, why)| Some((types, key?, why)));
    let all: Vec<(Types, Node<'_>, &'static str)> = counts.chain(of_numbers(model)).collect();
    for (types, key, why) in all {
        if model.types.has(types) {
            model.types = model.types & !types;
            model.contradiction.get_or_insert((key, why));
        }
    }
    only_whole(model);
}

/// The key of the most, where the least is above it.
fn is_above<'p>(least: Option<u64>, range: &Range<'p>) -> Option<Node<'p>> {
    let (least, (most, key)) = least.zip(range.most)?;
    (least > most).then_some(range.least.map_or(key, |(_, key)| key))
}

fn of_numbers<'p>(model: &Model<'p>) -> Option<(Types, Node<'p>, &'static str)> {
    let (lower, upper) = model.lower.as_ref().zip(model.upper.as_ref())?;
    let is_empty = |(least, most): (i128, i128)| least > most;
    let has_no_whole = || {
        let both = lower.for_whole(End::Lower).zip(upper.for_whole(End::Upper));
        !model.types.has(Types::FRACTION) && both.is_some_and(is_empty)
    };
    let why = if lower.excludes(upper) {
        "the smallest number is larger than the largest"
    } else if has_no_step(model, lower, upper) {
        "no multiple lies between the smallest number and the largest"
    } else if has_no_whole() {
        "no whole number lies between the smallest and the largest"
    } else {
        return None;
    };
    Some((Types::NUMBER, lower.key, why))
}

/// One number that is whole needs no fractions.
fn only_whole(model: &mut Model<'_>) {
    let Some((lower, upper)) = model.lower.as_ref().zip(model.upper.as_ref()) else { return };
    let is_one = whole(&lower.value).is_some_and(|value| Some(value) == whole(&upper.value));
    if is_one && model.types.has(Types::INTEGER) {
        model.types = model.types & !Types::FRACTION;
    }
}

/// The number nearest to a bound that keeps it and the steps, where these are whole.
pub(in crate::diff::schema) fn nearest_step(model: &Model<'_>, bound: &Bound<'_>, end: End) -> Option<i128> {
    let step = model.multiples.iter().find_map(|(step, _)| whole(step).filter(|step| *step > 0))?;
    let number = bound.for_whole(end)?;
    Some(if end == End::Upper { number.div_euclid(step) * step } else { -((-number).div_euclid(step) * step) })
}

/// Whether the steps of numbers lead past what lies between two bounds.
fn has_no_step(model: &Model<'_>, lower: &Bound<'_>, upper: &Bound<'_>) -> bool {
    let both = nearest_step(model, lower, End::Lower).zip(nearest_step(model, upper, End::Upper));
    both.is_some_and(|(lower, upper)| lower > upper)
}
