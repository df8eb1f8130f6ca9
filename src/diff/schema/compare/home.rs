//! Objects of which two branches of a `oneOf` describe all members: it is no accident of their being open that both take them.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::disjoint::{Branch, Overlap, leaves, overlap};
use super::members::{member, names_of};
use crate::diff::schema::lower::describes_by_condition;
use crate::diff::schema::model::{Additional, Layer, Model};
use crate::diff::schema::sample::Sampler;
use crate::diff::schema::side::{Id, Side};
use crate::diff::schema::texts;
use crate::truth::Truth;

/// How many members an object has, how many values each of them, and how many objects there are.
const MOST_NAMES: usize = 5;
const MOST_VALUES: usize = 6;
const MOST_OBJECTS: usize = 40;

/// The name that stands for any that is described by none.
const OTHER: &str = "somethingElse";

/// Objects that may meet both of two branches, which describe all of their members.
pub(super) fn at_home<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Vec<Value> {
    let (left, right) = (leaves(side, one), leaves(side, two));
    let mut objects = Vec::new();
    for one in &left {
        for two in &right {
            if objects.len() < MOST_OBJECTS && overlap(side, one, two) >= Overlap::Open {
                objects.extend(of_leaves(side, one, two));
            }
        }
    }
    objects.truncate(MOST_OBJECTS);
    objects
}

fn of_leaves<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Vec<Value> {
    let (left, right) = (describing(side, one), describing(side, two));
    let mut names: Vec<String> = Vec::new();
    for name in names_in(&left).into_iter().chain(names_in(&right)) {
        if !names.contains(&name) && describes(side, &left, &name) && describes(side, &right, &name) {
            names.push(name);
        }
    }
    let is_required = |name: &str| one.1.required.contains_key(name) || two.1.required.contains_key(name);
    let mut required = one.1.required.keys().chain(two.1.required.keys());
    if !required.all(|name| names.iter().any(|other| other == name)) {
        return Vec::new();
    }
    names.sort_by_key(|name| !is_required(name));
    names.truncate(MOST_NAMES);
    let least = names.iter().filter(|name| is_required(name)).count();
    let members: Vec<(String, Vec<Value>)> =
        names.into_iter().map(|name| (name.clone(), values(side, one, two, &name))).collect();
    objects(&members, least)
}

/// Objects with the members that they must have, with one more, and with all; one member after the other with all its values.
fn objects(members: &[(String, Vec<Value>)], least: usize) -> Vec<Value> {
    let (demanded, others) = members.split_at(least.min(members.len()));
    let more = others.iter().map(|other| demanded.iter().chain([other]).collect::<Vec<_>>());
    let sets = std::iter::once(demanded.iter().collect()).chain(more).chain(std::iter::once(members.iter().collect()));
    sets.filter(|set: &Vec<_>| !set.is_empty()).flat_map(|set| varied(&set)).collect()
}

fn varied(members: &[&(String, Vec<Value>)]) -> Vec<Value> {
    let first = |(name, values): &&(String, Vec<Value>)| Some((name.clone(), values.first()?.clone()));
    let plain: Map<String, Value> = members.iter().filter_map(first).collect();
    let others = members.iter().flat_map(|(name, values)| values.iter().skip(1).map(move |value| (name, value)));
    let changed = others.map(|(name, value)| {
        let mut object = plain.clone();
        object.insert(name.clone(), value.clone());
        Value::Object(object)
    });
    let changed: Vec<Value> = changed.collect();
    std::iter::once(Value::Object(plain)).chain(changed).collect()
}

/// A few values of a member, those first that both branches have.
fn values<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>, name: &str) -> Vec<Value> {
    let mut of = |branch: &Branch<'p>| match member(side, branch.0, &branch.1, Some(name)).schema {
        Some(schema) => Sampler::new(side).several(schema),
        None => vec![Value::from("a"), Value::from(0)],
    };
    let (left, right) = (of(one), of(two));
    let mut values: Vec<Value> = left.iter().filter(|value| right.contains(value)).cloned().collect();
    for value in left.into_iter().chain(right) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.truncate(MOST_VALUES);
    values
}

/// What describes the members of a branch: the branch itself, and what it says of those that meet a condition.
fn describing<'p>(side: &mut Side<'p>, branch: &Branch<'p>) -> Vec<Rc<Model<'p>>> {
    let mut all = vec![Rc::clone(&branch.1)];
    let Some(view) = side.views(branch.0).first().copied() else { return all };
    for opaque in branch.1.opaque.iter().filter(|opaque| describes_by_condition(&opaque.name)) {
        let parts: Vec<_> = match opaque.name.as_str() {
            "if" => ["if", "then", "else"].iter().filter_map(|name| opaque.value.get(name)).collect(),
            _ => opaque.value.entries().map(|entry| entry.value).take(MOST_NAMES).collect(),
        };
        for part in parts {
            let id: Id = side.conjunction(vec![view.with(part)]);
            all.push(side.model(id));
        }
    }
    all
}

fn names_in(models: &[Rc<Model<'_>>]) -> Vec<String> {
    let layers = || models.iter().flat_map(|model| &model.layers);
    let shortest = layers().flat_map(|layer| &layer.patterns).filter_map(|(pattern, _)| texts::matching(pattern));
    // Where the shortest one has a name of its own, a longer one may have none.
    let patterns = shortest.flat_map(|name| [format!("{name}z"), name]);
    let has_others = layers().any(describes_others);
    let described = models.iter().flat_map(|model| names_of(model)).map(str::to_owned);
    described.chain(patterns).chain(has_others.then(|| OTHER.to_owned())).collect()
}

fn describes(side: &mut Side<'_>, models: &[Rc<Model<'_>>], name: &str) -> bool {
    models.iter().flat_map(|model| &model.layers).any(|layer| {
        layer.index.contains_key(name)
            || describes_others(layer)
            || layer.patterns.iter().any(|(pattern, _)| side.matches(pattern, name) == Truth::True)
    })
}

fn describes_others(layer: &Layer<'_>) -> bool {
    matches!(layer.additional, Additional::Schema(..))
}
