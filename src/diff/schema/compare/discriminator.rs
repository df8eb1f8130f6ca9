//! The discriminator: the member that readers choose by.

use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::stem;
use super::{Case, Engine, PairId};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::Union;
use crate::diff::schema::side::{Id, Side};
use crate::finding::Class;
use crate::openapi::{NodeId, Schema, View, resolve};
use crate::syntax::Node;

/// The pairs of branches that a comparison leads to, by what the branches stand for.
type Branches = FxHashMap<(NodeId, NodeId), PairId>;

impl<'o, 'n> Engine<'o, 'n> {
    /// The discriminator: the member that readers choose by.
    pub(super) fn discriminator(&mut self, case: &mut Case<'o, 'n>) {
        let (Some((old_key, old)), new) = (case.old.discriminator, case.new.discriminator) else { return };
        if self.is_of_union_around(case, old_key) {
            return;
        }
        let Some((new_key, new)) = new else {
            let message = "there is no `discriminator` to choose by any more".to_owned();
            case.change("response-discriminator-changed", Class::Risky, (Some(old_key), None), message);
            return;
        };
        let (before, after) = (property_of(old), property_of(new));
        if before != after {
            let message = format!("the `discriminator` was `{before}` and is `{after}`");
            let change = case.change("response-discriminator-changed", Class::Breaking, (Some(old_key), Some(new_key)), message);
            change.words = vec![("old", before), ("new", after)];
            return;
        }
        let remapped = self.remapped(case, old, new);
        let is_remapped = !remapped.is_empty();
        for Remapped { value, key, name, is_new } in remapped {
            let message = match Some(&name).filter(|_| is_new) {
                Some(name) => format!("the value `{value}` of the `discriminator` may come now for `{name}`"),
                None => format!("the value `{value}` of the `discriminator` stands for another schema"),
            };
            let change = case.change("response-discriminator-changed", Class::Breaking, (Some(old_key), Some(key)), message);
            change.words = vec![("value", value), ("name", name)];
        }
        if let Some((value, key)) = unmapped(case.new_at, old, new).filter(|_| !is_remapped) {
            let message = format!("the value `{value}` of the `discriminator` stands for no schema any more");
            let change = case.change("response-discriminator-changed", Class::Risky, (Some(key), Some(new_key)), message);
            change.words = vec![("value", value), ("name", "none".to_owned())];
        }
    }

    /// Whether a discriminator belongs to the union of which a branch is looked at, which tells of it once for all of them.
    fn is_of_union_around(&self, case: &Case<'o, 'n>, key: Node<'o>) -> bool {
        let of_whole = self.old.node(case.old_id).and_then(|whole| whole.entry("discriminator"));
        !self.old.is_without_choice(case.old_id) && of_whole.is_some_and(|entry| NodeId::of(entry.key) == NodeId::of(key))
    }

    /// Values that lead to another schema which allows more than the one they led to, or that are new for a schema which
    /// went by another. Where it led to both before, that is told instead of what tells the two apart; where the schema has
    /// another name now, what it says is told.
    fn remapped(&mut self, case: &mut Case<'o, 'n>, old: Node<'o>, new: Node<'n>) -> Vec<Remapped<'n>> {
        let (before, after) = (old.get("mapping"), new.get("mapping"));
        let known: FxHashSet<String> =
            before.into_iter().flat_map(Node::entries).filter_map(|entry| last_step(entry.value)).collect();
        let branches = self.branches_of(case);
        let named = (named(&self.old, case.old_id, &case.old.unions), named(&self.new, case.new_id, &case.new.unions));
        let property = property_of(old);
        let (mut remapped, mut swapped) = (Vec::new(), FxHashSet::default());
        for entry in after.into_iter().flat_map(Node::entries) {
            let (Some(value), Some(name)) = (entry.key.text(), last_step(entry.value)) else { continue };
            let earlier = before.and_then(|before| before.get(&value));
            let is_changed = match earlier {
                Some(other) if last_step(other).is_some_and(|other| other != name) => {
                    let (pair, branch) = self.led_elsewhere(&branches, (named.0.of(other), named.1.of(entry.value))).unzip();
                    let branch = branch.flatten();
                    swapped.extend(branch.filter(|_| known.contains(&name)));
                    pair.is_some() && (branch.is_none() || known.contains(&name))
                }
                Some(_) => false,
                None => value != stem(&name) && named.0.is_known(&name, &known, &property),
            };
            if is_changed {
                remapped.push(Remapped { value: value.into_owned(), key: entry.key, name, is_new: earlier.is_none() });
            }
        }
        if !swapped.is_empty() {
            case.edges.retain(|(_, pair)| !swapped.contains(pair));
            case.own = Inclusion::NotIncluded;
        }
        remapped
    }

    /// The pair of two schemas to which a value led and leads, where the new one allows more, and that of the branches.
    fn led_elsewhere(
        &mut self,
        branches: &Branches,
        (old, new): (Option<View<'o>>, Option<View<'n>>),
    ) -> Option<(PairId, Option<PairId>)> {
        let (before, after) = (old?, new?);
        let branch = branches.get(&(before.id(), after.id())).copied();
        let (before, after) = (self.old.conjunction(vec![before]), self.new.conjunction(vec![after]));
        let pair = self.pair(before, after);
        (self.total(pair) == Inclusion::NotIncluded).then_some((pair, branch))
    }

    fn branches_of(&self, case: &Case<'o, 'n>) -> Branches {
        let (old, new) = (targets(&self.old, case.old_id, &case.old.unions), targets(&self.new, case.new_id, &case.new.unions));
        let pairs = case.edges.iter().filter_map(|(_, id)| Some((*id, self.pairs.get(*id as usize)?)));
        let known = pairs.filter_map(|(id, pair)| {
            let before = old.get(&self.old.choice(case.old_id, pair.old)?)?;
            Some(((*before, *new.get(&self.new.choice(case.new_id, pair.new)?)?), id))
        });
        known.collect()
    }
}

/// A value of the discriminator that leads elsewhere, or is new.
struct Remapped<'n> {
    value: String,
    key: Node<'n>,
    /// The schema that it leads to, and whether no value led to it by this name before.
    name: String,
    is_new: bool,
}

/// The schemas that values of a discriminator may lead to.
struct Named<'p> {
    view: Option<View<'p>>,
    branches: FxHashMap<String, View<'p>>,
}

fn named<'p>(side: &Side<'p>, id: Id, unions: &[Union<'p>]) -> Named<'p> {
    let view = side.views(id).first().copied();
    let branches = unions.first().map(|union| union.branches.as_slice()).unwrap_or_default();
    let targets = branches.iter().filter_map(|(_, node)| Some((last_step(node.get("$ref")?)?, view?.with(*node).target()?)));
    Named { view, branches: targets.collect() }
}

impl<'p> Named<'p> {
    /// The schema behind a reference, or of a name.
    fn of(&self, value: Node<'p>) -> Option<View<'p>> {
        let view = self.view?;
        let target = resolve(view.project(), value).ok().map(|target| view.with(target));
        target.or_else(|| self.branches.get(&last_step(value)?).copied())
    }

    /// Whether a schema of this name went by another value. One that lists its values says itself which may come.
    fn is_known(&self, name: &str, mapped: &FxHashSet<String>, property: &str) -> bool {
        let is_free = |view: &View<'p>| {
            let tag = Schema(*view).all_properties().get(property).map(|tag| tag.schema.all_pinned_values().collect::<Vec<_>>());
            tag.unwrap_or_default().is_empty()
        };
        self.branches.get(name).map_or_else(|| mapped.contains(name), is_free)
    }
}

/// What the branches of the first union stand for, by their numbers.
fn targets<'p>(side: &Side<'p>, id: Id, unions: &[Union<'p>]) -> FxHashMap<u32, NodeId> {
    let Some(view) = side.views(id).first() else { return FxHashMap::default() };
    let branches = unions.first().map(|union| union.branches.as_slice()).unwrap_or_default();
    branches.iter().filter_map(|(number, node)| Some((*number, view.with(*node).target()?.id()))).collect()
}

/// A value that led to a schema which is still there under its name only. A schema is its own name where nothing else is said.
fn unmapped<'o>(schema: Option<Node<'_>>, old: Node<'o>, new: Node<'_>) -> Option<(String, Node<'o>)> {
    let (before, after) = (old.get("mapping")?, new.get("mapping"));
    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema?.get(key));
    let left: FxHashSet<String> = lists.flat_map(Node::items).filter_map(|branch| last_step(branch.get("$ref")?)).collect();
    before.entries().find_map(|entry| {
        let (value, name) = (entry.key.text()?, last_step(entry.value)?);
        let is_gone = after.is_none_or(|after| after.get(&value).is_none());
        let is_left = left.is_empty() || left.contains(&name);
        (is_gone && is_left && value != name).then(|| (value.into_owned(), entry.key))
    })
}

/// The last step of a reference, or the name itself.
fn last_step(target: Node<'_>) -> Option<String> {
    target.text()?.rsplit('/').next().map(str::to_owned)
}

/// The member and a value by which a branch goes: one that it lists itself, else one of `mapping`, else its name.
pub(in crate::diff::schema) fn tag_of<'p>(view: View<'p>, union: &Union<'p>, branch: Node<'p>) -> Option<(String, String)> {
    let discriminator = union.discriminator?;
    let (property, name) = (property_of(discriminator), last_step(branch.get("$ref")?)?);
    let properties = Schema(view.with(branch)).all_properties();
    let pinned = properties.get(&property).and_then(|tag| tag.schema.all_pinned_values().next()?.text());
    let mapping = discriminator.get("mapping").into_iter().flat_map(Node::entries);
    let mut mapped = mapping.filter(|entry| last_step(entry.value).is_some_and(|other| other == name));
    let tag = pinned.or_else(|| mapped.next()?.key.text()).map_or(name, std::borrow::Cow::into_owned);
    Some((property, tag))
}

/// The name of the member; in Swagger the discriminator is nothing but that.
pub(super) fn property_of(discriminator: Node<'_>) -> String {
    let name = discriminator.get_str("propertyName").or_else(|| discriminator.as_str());
    name.unwrap_or_default().into_owned()
}
