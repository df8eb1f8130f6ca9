//! What schemas look like from outside: the same for those that say the same in other words, another for most others.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde_json::{Number, Value};

use super::items::{item_at, places};
use super::members::member;
use crate::diff::schema::model::{Bound, Model, Range};
use crate::diff::schema::numbers::canonical;
use crate::diff::schema::side::{Id, Side};

/// How deep members and items are looked into.
const DEEPEST: u32 = 2;

/// How many members are looked at, all in all.
const MOST: usize = 200;

/// The look of a schema. Equal looks are no proof.
pub(super) fn shape(side: &mut Side<'_>, id: Id) -> u64 {
    let mut looking = Looking { side, left: MOST, hasher: FxHasher::default() };
    looking.schema(id, 0);
    looking.hasher.finish()
}

struct Looking<'a, 'p> {
    side: &'a mut Side<'p>,
    left: usize,
    hasher: FxHasher,
}

impl Looking<'_, '_> {
    fn schema(&mut self, id: Id, depth: u32) {
        let model = self.side.model(id);
        // Whether null may come is a matter of the union, not of a branch.
        (model.null && self.side.is_without_choice(id)).hash(&mut self.hasher);
        self.own(&model);
        if depth >= DEEPEST {
            return;
        }
        let names: BTreeSet<&str> =
            model.layers.iter().flat_map(|layer| layer.properties.iter().map(|(name, ..)| name.as_ref())).collect();
        names.len().hash(&mut self.hasher);
        for name in names {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            name.hash(&mut self.hasher);
            if let Some(inner) = member(self.side, id, &model, Some(name)).schema {
                self.schema(inner, depth + 1);
            }
        }
        if !model.tuples.is_empty() {
            let item = item_at(self.side, id, &model, places(&model));
            self.schema(item, depth + 1);
        }
    }

    /// What a schema says about the value itself.
    fn own(&mut self, model: &Model<'_>) {
        (model.types.0, model.never.is_some(), model.unique.is_some()).hash(&mut self.hasher);
        let values = model.values.iter().flat_map(|values| &values.list).map(Value::to_string);
        self.sorted(values);
        self.sorted(model.multiples.iter().map(|(step, _)| number(step)));
        for bound in [&model.lower, &model.upper] {
            bound.as_ref().map(|Bound { value, is_exclusive, .. }| (number(value), is_exclusive)).hash(&mut self.hasher);
        }
        for Range { least, most } in [model.length, model.items, model.members] {
            (least.map(|(count, _)| count), most.map(|(count, _)| count)).hash(&mut self.hasher);
        }
        self.sorted(model.patterns.iter().map(|(pattern, _)| pattern));
        self.sorted(model.formats.iter().map(|(format, _)| format));
        self.sorted(model.required.keys());
        self.sorted(model.unions.iter().map(|union| (union.is_one_of, union.branches.len())));
        self.sorted(model.opaque.iter().map(|opaque| &opaque.name));
    }

    fn sorted<T: Ord + Hash>(&mut self, list: impl Iterator<Item = T>) {
        let mut list: Vec<T> = list.collect();
        list.sort_unstable();
        list.hash(&mut self.hasher);
    }
}

fn number(number: &Number) -> String {
    canonical(Value::Number(number.clone())).to_string()
}
