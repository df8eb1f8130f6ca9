//! Whether values meet two branches of a union.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::formats::are_apart;
use super::items::{item_at, places};
use super::members::{member, names_of};
use crate::diff::schema::lower::describes_by_condition;
use crate::diff::schema::model::Model;
use crate::diff::schema::side::{Id, Side};
use crate::diff::schema::types::Types;

/// How many members, or branches of a branch, are looked at for what tells two branches apart.
const MOST_MEMBERS: usize = 20;

/// How many branches of a branch are looked at one by one.
const MOST_LEAVES: usize = 8;

/// Whether there are values that meet both of two branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Overlap {
    /// There are none.
    Nothing,
    /// By the letter there are, and nobody sends them: an object without the member that tells the branches apart, an object
    /// that has what only the one and what only the other one speaks of.
    Unlikely,
    /// There may be objects, because the one says nothing about members of the other.
    Open,
    /// There may be.
    Possible,
}

/// A branch, and what it says.
pub(super) type Branch<'p> = (Id, Rc<Model<'p>>);

/// The values other than null that meet both. Of branches that have branches themselves, each of these is looked at.
pub(super) fn overlap<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Overlap {
    let (left, right) = (leaves(side, one), leaves(side, two));
    let mut worst = Overlap::Nothing;
    for one in &left {
        for two in &right {
            worst = of_leaves(side, one, two).max(worst);
            if worst == Overlap::Possible {
                return worst;
            }
        }
    }
    worst
}

/// What a branch may be: itself, or one of the few branches that it has, or that these have.
pub(super) fn leaves<'p>(side: &mut Side<'p>, branch: &Branch<'p>) -> Vec<Branch<'p>> {
    let (mut open, mut leaves) = (vec![branch.clone()], Vec::new());
    while let Some((id, model)) = open.pop() {
        let Some(union) = model.unions.first() else {
            leaves.push((id, model));
            continue;
        };
        if open.len() + leaves.len() + union.branches.len() > MOST_LEAVES {
            return vec![branch.clone()];
        }
        for (index, _) in &union.branches {
            let inner = side.chosen(id, union.list, *index);
            let model = side.model(inner);
            open.push((inner, model));
        }
    }
    leaves
}

fn of_leaves<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Overlap {
    let (left, right) = (&one.1, &two.1);
    if left.never.is_some() || right.never.is_some() {
        return Overlap::Nothing;
    }
    if let (Some(left), Some(right)) = (&left.values, &right.values) {
        return if share_nothing(&left.list, &right.list) { Overlap::Nothing } else { Overlap::Possible };
    }
    let shared = types_of(side, one) & types_of(side, two);
    let each = Types::EACH.into_iter().filter(|types| shared.has(*types));
    each.map(|types| of_type(side, types, one, two)).max().unwrap_or(Overlap::Nothing)
}

/// The types of a branch; of one that has more branches than are looked at, those of all of them.
fn types_of<'p>(side: &mut Side<'p>, branch: &Branch<'p>) -> Types {
    let Some(union) = branch.1.unions.first().filter(|union| union.branches.len() <= MOST_MEMBERS) else { return branch.1.types };
    let inner = union.branches.iter().map(|(index, _)| {
        let inner = side.chosen(branch.0, union.list, *index);
        side.model(inner).types
    });
    inner.fold(Types::NONE, |all, types| all | types)
}

/// Whether a schema may describe members where a condition is met or in one of its branches only.
fn is_conditional(model: &Model<'_>) -> bool {
    !model.unions.is_empty() || model.opaque.iter().any(|opaque| describes_by_condition(&opaque.name))
}

fn of_type<'p>(side: &mut Side<'p>, types: Types, one: &Branch<'p>, two: &Branch<'p>) -> Overlap {
    let (left, right) = (&one.1, &two.1);
    match types {
        Types::OBJECT => of_objects(side, one, two),
        Types::ARRAY => of_lists(side, one, two),
        Types::INTEGER | Types::FRACTION if are_far_apart(left, right) => Overlap::Nothing,
        Types::STRING if left.formats.iter().any(|(one, _)| right.formats.iter().any(|(two, _)| are_apart(one, two))) => {
            Overlap::Unlikely
        }
        _ => Overlap::Possible,
    }
}

fn are_far_apart(left: &Model<'_>, right: &Model<'_>) -> bool {
    let excludes = |lower: &Model<'_>, upper: &Model<'_>| match (&lower.lower, &upper.upper) {
        (Some(lower), Some(upper)) => lower.excludes(upper),
        _ => false,
    };
    excludes(left, right) || excludes(right, left)
}

/// Lists whose items are different have only the empty one in common.
fn of_lists<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Overlap {
    if places(&one.1).max(places(&two.1)) > 0 {
        return Overlap::Possible;
    }
    let (left, right) = (item_at(side, one.0, &one.1, 0), item_at(side, two.0, &two.1, 0));
    match are_different(side, left, right) {
        true if [one, two].iter().any(|list| list.1.items.least.is_some_and(|(least, _)| least > 0)) => Overlap::Nothing,
        true => Overlap::Unlikely,
        false => Overlap::Possible,
    }
}

fn of_objects<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>) -> Overlap {
    let (left, right) = (&one.1, &two.1);
    let demanded = left.required.keys().chain(right.required.keys()).take(MOST_MEMBERS);
    let demanded: Vec<String> = demanded.map(|name| name.clone().into_owned()).collect();
    if demanded.iter().any(|name| tells_apart(side, one, two, name)) {
        return Overlap::Nothing;
    }
    let described: FxHashSet<&str> = names_of(left).collect();
    let common = names_of(right).filter(|name| described.contains(name)).take(MOST_MEMBERS);
    let common: Vec<String> = common.map(str::to_owned).collect();
    let has_own = |model: &Model<'_>, other: &Model<'_>| {
        let is_strange = |name: &str| other.layers_about(Some(name)).all(|layer| !layer.index.contains_key(name));
        !is_conditional(other) && model.required.keys().any(|name| !other.required.contains_key(name) && is_strange(name))
    };
    if has_own(left, right) && has_own(right, left) || common.iter().any(|name| is_tag(side, one, two, name)) {
        Overlap::Unlikely
    } else {
        Overlap::Open
    }
}

/// Whether a member cannot be what both of them allow.
fn tells_apart<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>, name: &str) -> bool {
    let left = member(side, one.0, &one.1, Some(name)).schema;
    let right = member(side, two.0, &two.1, Some(name)).schema;
    match (left, right) {
        (Some(left), Some(right)) => are_different(side, left, right),
        // What closes the one may let it in all the same.
        (None, _) if is_conditional(&one.1) => false,
        (_, None) => !is_conditional(&two.1),
        (None, _) => true,
    }
}

/// Whether a member that may be missing is a listed value in both of them, and another one in each.
fn is_tag<'p>(side: &mut Side<'p>, one: &Branch<'p>, two: &Branch<'p>, name: &str) -> bool {
    let mut is_listed = |branch: &Branch<'p>| {
        let schema = member(side, branch.0, &branch.1, Some(name)).schema;
        schema.is_some_and(|schema| side.model(schema).values.is_some())
    };
    is_listed(one) && is_listed(two) && tells_apart(side, one, two, name)
}

/// Whether no value meets both of two schemas, as far as types and listed values tell.
fn are_different(side: &mut Side<'_>, left: Id, right: Id) -> bool {
    let (left, right) = (side.model(left), side.model(right));
    if left.null && right.null {
        return false;
    }
    match (&left.values, &right.values) {
        (Some(left), Some(right)) => share_nothing(&left.list, &right.list),
        _ => (left.types & right.types).is_empty(),
    }
}

fn share_nothing(one: &[Value], two: &[Value]) -> bool {
    let known: FxHashSet<String> = one.iter().map(Value::to_string).collect();
    !two.iter().any(|value| known.contains(&value.to_string()))
}
