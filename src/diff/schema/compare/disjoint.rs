//! Whether no value meets two branches of a union.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::Engine;
use super::members::member;
use crate::diff::schema::model::{Model, Union};
use crate::diff::schema::side::{Id, Side};
use crate::diff::schema::types::Types;

/// How many branches are held against each other.
const MOST: usize = 60;

/// How many members are looked at for one that tells two branches apart.
const MOST_MEMBERS: usize = 20;

impl<'o> Engine<'o, '_> {
    /// Whether a new value that meets one of these old branches meets no other of them. Pairs that are the same on both
    /// sides need not be told apart where the new union tells them apart.
    pub(super) fn are_apart(&mut self, id: Id, union: &Union<'o>, settled: &FxHashSet<usize>) -> bool {
        if union.discriminator.is_some() || settled.len() == union.branches.len() {
            return true;
        }
        if union.branches.len() > MOST {
            return false;
        }
        let branches: Vec<(Id, Rc<Model<'o>>)> = union
            .branches
            .iter()
            .map(|(index, _)| {
                let branch = self.old.chosen(id, union.list, *index);
                (branch, self.old.model(branch))
            })
            .collect();
        branches.iter().enumerate().all(|(one, left)| {
            let others = branches.iter().enumerate().skip(one + 1);
            others
                .filter(|(two, _)| !settled.contains(&one) || !settled.contains(two))
                .all(|(_, right)| are_disjoint(&mut self.old, left, right))
        })
    }
}

/// Whether no value but null meets both.
fn are_disjoint<'p>(side: &mut Side<'p>, one: &(Id, Rc<Model<'p>>), two: &(Id, Rc<Model<'p>>)) -> bool {
    let (left, right) = (&one.1, &two.1);
    let shared = left.types & right.types;
    if left.never.is_some() || right.never.is_some() || shared.is_empty() {
        return true;
    }
    if let (Some(left), Some(right)) = (&left.values, &right.values) {
        return share_nothing(&left.list, &right.list);
    }
    if shared != Types::OBJECT {
        return false;
    }
    let names = left.required.keys().chain(right.required.keys()).take(MOST_MEMBERS);
    let names: Vec<String> = names.map(|name| name.clone().into_owned()).collect();
    names.iter().any(|name| tells_apart(side, one, two, name))
}

/// Whether a member that one of them demands cannot be what the other one allows.
fn tells_apart<'p>(side: &mut Side<'p>, one: &(Id, Rc<Model<'p>>), two: &(Id, Rc<Model<'p>>), name: &str) -> bool {
    let left = member(side, one.0, &one.1, Some(name)).schema;
    let right = member(side, two.0, &two.1, Some(name)).schema;
    // One of them demands it: what the other says about it holds for every value of both.
    let (Some(left), Some(right)) = (left, right) else { return true };
    let (left, right) = (side.model(left), side.model(right));
    if left.null && right.null {
        return false;
    }
    match (&left.values, &right.values) {
        (Some(left), Some(right)) => share_nothing(&left.list, &right.list),
        _ => has_other_types(&left, &right),
    }
}

fn has_other_types(left: &Model<'_>, right: &Model<'_>) -> bool {
    (left.types & right.types).is_empty()
}

fn share_nothing(one: &[Value], two: &[Value]) -> bool {
    let known: FxHashSet<String> = one.iter().map(Value::to_string).collect();
    !two.iter().any(|value| known.contains(&value.to_string()))
}
