//! Unions that say nothing which one schema without alternatives could not say: `oneOf` of constants is an `enum`, and of
//! types a list of types.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::{Case, Engine};
use crate::diff::schema::model::{Model, Values};
use crate::diff::schema::side::{Id, Side};
use crate::diff::schema::types::Types;

/// How many branches are taken together.
const MOST: usize = 20_000;

impl<'o, 'n> Engine<'o, 'n> {
    /// Compares a new schema without alternatives with all branches of an old union taken together, where that can be done and
    /// they have a type in common. Whether it was.
    pub(super) fn as_one(&mut self, case: &mut Case<'o, 'n>) -> bool {
        let Some(flat) = flat(&mut self.old, case.old_id, &case.old.clone()) else { return false };
        if (flat.types & case.new.types).is_empty() {
            return false;
        }
        case.old = Rc::new(flat);
        self.plain(case);
        true
    }

    /// Compares an old schema without alternatives with a new union of listed values, all of them taken together. Whether that
    /// could be done, and they have a type in common.
    pub(super) fn as_listed(&mut self, case: &mut Case<'o, 'n>) -> bool {
        let flat = flat(&mut self.new, case.new_id, &case.new.clone());
        let listed = flat.filter(|flat| flat.values.is_some() && !(flat.types & case.old.types).is_empty());
        let Some(listed) = listed else { return false };
        case.new = Rc::new(listed);
        self.plain(case);
        true
    }
}

/// What a schema with one union says, without alternatives.
fn flat<'p>(side: &mut Side<'p>, id: Id, model: &Model<'p>) -> Option<Model<'p>> {
    let [union] = model.unions.as_slice() else { return None };
    if union.branches.len() > MOST || union.discriminator.is_some() {
        return None;
    }
    let mut branches = union.branches.iter().map(|(index, _)| {
        let branch = side.chosen(id, union.list, *index);
        side.model(branch)
    });
    let mut all = branches.next().filter(|branch| is_plain(branch))?.as_ref().clone();
    if all.values.is_some() {
        all = listed(&all)?;
    }
    let mut known: FxHashSet<String> = all.values.iter().flat_map(|values| &values.list).map(ToString::to_string).collect();
    let mut twice = FxHashSet::default();
    for branch in branches.filter(|branch| !branch.is_void()) {
        if !is_plain(&branch) {
            return None;
        }
        match (&mut all.values, &branch.values) {
            (Some(values), Some(others)) if is_listed_only(&branch) => {
                twice.extend(add_values(values, others, &mut known));
                (values.is_const, values.key) = (false, union.key);
                all.types = all.types | branch.types;
            }
            (None, None) => all = with_types(all, &branch)?,
            _ => return None,
        }
    }
    if let Some(values) = all.values.as_mut().filter(|_| union.is_one_of) {
        values.list.retain(|value| !twice.contains(&value.to_string()));
    }
    (all.null, all.null_key) = (model.null, model.null_key);
    Some(all)
}

/// Whether no keyword speaks of values of all types at once.
fn is_plain(model: &Model<'_>) -> bool {
    model.never.is_none() && model.opaque.is_empty() && model.unions.is_empty() && model.discriminator.is_none()
}

/// Whether nothing but the listed values says which they are.
fn is_listed_only(model: &Model<'_>) -> bool {
    model.is_limited_by_type() && model.contents.is_empty()
}

/// The listed values alone.
fn listed<'p>(model: &Model<'p>) -> Option<Model<'p>> {
    let Values { list, key, is_const, is_extensible, .. } = model.values.as_ref().filter(|_| is_listed_only(model))?;
    let values = Some(Values::new(list.clone(), *key, *is_const, *is_extensible));
    Some(Model { values, types: model.types, type_key: model.type_key, ..Model::default() })
}

/// Takes in listed values. Those that were listed before, which `oneOf` refuses.
fn add_values(all: &mut Values<'_>, more: &Values<'_>, known: &mut FxHashSet<String>) -> Vec<String> {
    all.is_extensible &= more.is_extensible;
    let mut twice = Vec::new();
    for value in &more.list {
        let text = value.to_string();
        if known.contains(&text) {
            twice.push(text);
        } else {
            known.insert(text);
            all.list.push(value.clone());
        }
    }
    twice
}

/// Takes in types that are not there yet, with what is said about their values.
fn with_types<'p>(mut all: Model<'p>, more: &Model<'p>) -> Option<Model<'p>> {
    let is_other = |types: Types| !(all.types.has(types) && more.types.has(types));
    let kinds = [Types::BOOLEAN, Types::NUMBER, Types::STRING, Types::ARRAY, Types::OBJECT];
    if !kinds.into_iter().all(is_other) {
        return None;
    }
    all.types = all.types | more.types;
    let more = more.clone();
    if more.types.has(Types::NUMBER) {
        (all.lower, all.upper, all.multiples) = (more.lower, more.upper, more.multiples);
    }
    if more.types.has(Types::STRING) {
        (all.length, all.patterns, all.contents) = (more.length, more.patterns, more.contents);
    }
    if more.types.has(Types::ARRAY) {
        (all.items, all.tuples, all.unique) = (more.items, more.tuples, more.unique);
    }
    if more.types.has(Types::OBJECT) {
        (all.members, all.layers, all.required, all.dependent) = (more.members, more.layers, more.required, more.dependent);
        (all.layers_of, all.general_layers) = (more.layers_of, more.general_layers);
    }
    all.formats.extend(more.formats);
    Some(all)
}
