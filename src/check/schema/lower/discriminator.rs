//! `discriminator`: a member of the value names the alternative that must fit.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::object::Object;
use super::{Anchor, Lowering, Side};
use crate::openapi::{NodeId, Schema, resolve};
use crate::syntax::{Entry, Node, unescaped};

/// What the values of the member stand for.
pub(super) struct Discriminator<'p> {
    entry: Entry<'p>,
    property: String,
    /// Values that name an alternative, by its position.
    named: Vec<(String, usize)>,
    /// Further values that alternatives themselves allow.
    allowed: Vec<String>,
    /// Whether no other value is meant: each alternative says by which values it goes.
    is_complete: bool,
}

impl<'p> Lowering<'_, 'p> {
    /// The discriminator of a Schema Object, where it can be told what it does: all alternatives are references.
    pub(super) fn discriminator(&self, object: &Object<'p>, list: Node<'p>) -> Option<Discriminator<'p>> {
        let entry = object.node.entry("discriminator")?;
        let property = entry.value.get_str("propertyName")?.into_owned();
        let branches: Option<Vec<Branch<'p>>> = list.items().map(|item| self.branch(item, &property)).collect();
        let branches = branches?;
        let (by_name, by_target) = (by_name(&branches), by_target(&branches));
        let mut found = Discriminator { entry, property, named: Vec::new(), allowed: Vec::new(), is_complete: true };
        let (mut mapped, mut known) = (FxHashSet::default(), FxHashSet::default());
        for entry in entry.value.get("mapping").into_iter().flat_map(Node::entries) {
            let value = entry.key.text()?.into_owned();
            known.insert(value.clone());
            match self.mapped(entry.value, &by_name, &by_target) {
                Some(position) => {
                    mapped.insert(position);
                    found.named.push((value, position));
                }
                None => found.allowed.push(value),
            }
        }
        for (position, branch) in branches.iter().enumerate() {
            let is_mapped = mapped.contains(&position);
            found.is_complete &= is_mapped || !branch.pinned.is_empty();
            if branch.name.is_none() && !is_mapped && branch.pinned.is_empty() {
                return None;
            }
            let name = branch.name.iter().filter(|name| known.insert((*name).clone()));
            found.named.extend(name.map(|name| (name.clone(), position)));
            known.extend(branch.pinned.iter().cloned());
            found.allowed.extend(branch.pinned.iter().cloned());
        }
        let named: FxHashSet<&str> = found.named.iter().map(|(name, _)| name.as_str()).collect();
        found.allowed.retain(|value| !named.contains(value.as_str()));
        Some(found)
    }

    fn branch(&self, item: Node<'p>, property: &str) -> Option<Branch<'p>> {
        let reference = item.get("$ref")?.as_str()?;
        let target = self.view.with(item).target()?;
        let step = reference.split_once('#').and_then(|(_, pointer)| pointer.rsplit_once('/'));
        let described = Schema(target).all_properties();
        let pinned =
            described.get(property).map(|property| property.schema.all_pinned_values().collect::<Vec<_>>()).unwrap_or_default();
        Some(Branch {
            node: item,
            name: step.map(|(_, name)| unescaped(name).into_owned()),
            target: target.id(),
            pinned: pinned.into_iter().filter_map(|value| Some(value.text()?.into_owned())).collect(),
        })
    }

    /// The alternative that a value of `mapping` leads to: by its name or as a reference.
    fn mapped(
        &self,
        value: Node<'p>,
        by_name: &FxHashMap<Cow<'_, str>, usize>,
        by_target: &FxHashMap<NodeId, usize>,
    ) -> Option<usize> {
        let target = || resolve(self.view.project(), value).ok().and_then(|node| self.view.with(node).target());
        by_name.get(&value.text()?).or_else(|| by_target.get(&target()?.id())).copied()
    }

    /// The alternatives, narrowed to the one that the value names.
    pub(super) fn narrowed(&mut self, object: &mut Object<'p>, keyword: Entry<'p>, discriminator: &Discriminator<'p>) {
        let name = keyword.key.text().unwrap_or_default();
        let part = format!("{}/allOf/{}", self.at, object.parts());
        let otherwise = if discriminator.is_complete { "/else/then" } else { "/else" };
        self.anchors.insert(format!("{part}{otherwise}/{name}"), Anchor::keyword(keyword));
        self.anchors.insert(format!("{part}/else/else"), Anchor::rewritten(discriminator.entry));
        self.level += 4;
        let alternatives = self.framed(keyword.value, |lowering| lowering.list(keyword.value, object.side, true));
        self.level -= 4;
        let alternatives = alternatives.unwrap_or_else(|| json!([true]));
        let plain = json!({ name.as_ref(): alternatives });
        if !discriminator.is_complete {
            self.doubt("a `discriminator` of the schema does not say which values it may have");
        }
        let otherwise = match object.side {
            Side::Lenient if !discriminator.is_complete => plain,
            _ => json!({ "if": discriminator.allows(), "then": plain, "else": false }),
        };
        object.add_part(json!({ "if": discriminator.names(), "then": discriminator.choice(&alternatives), "else": otherwise }));
    }
}

/// An alternative.
struct Branch<'p> {
    node: Node<'p>,
    /// The name of the component it is a reference to.
    name: Option<String>,
    target: NodeId,
    /// The values it allows for the member.
    pinned: Vec<String>,
}

/// The first alternative with each name, and with each reference as it is written.
fn by_name<'b>(branches: &'b [Branch<'_>]) -> FxHashMap<Cow<'b, str>, usize> {
    let mut by_name = FxHashMap::default();
    for (position, branch) in branches.iter().enumerate() {
        let names = branch.name.as_deref().map(Cow::Borrowed).into_iter().chain(branch.node.get_str("$ref"));
        names.for_each(|name| _ = by_name.entry(name).or_insert(position));
    }
    by_name
}

/// The first alternative that leads to each schema.
fn by_target(branches: &[Branch<'_>]) -> FxHashMap<NodeId, usize> {
    let mut by_target = FxHashMap::default();
    for (position, branch) in branches.iter().enumerate() {
        by_target.entry(branch.target).or_insert(position);
    }
    by_target
}

impl Discriminator<'_> {
    /// That the value is an object which names an alternative.
    fn names(&self) -> Value {
        let names: Vec<&str> = self.named.iter().map(|(name, _)| name.as_str()).collect();
        json!({ "type": "object", "required": [self.property], "properties": { self.property.as_str(): { "enum": names } } })
    }

    /// That the member is missing, or has a value that alternatives allow.
    fn allows(&self) -> Value {
        let allowed = if self.allowed.is_empty() { Value::Bool(false) } else { json!({ "enum": self.allowed }) };
        json!({ "properties": { self.property.as_str(): allowed } })
    }

    /// That the alternative which is named fits.
    fn choice(&self, alternatives: &Value) -> Value {
        let choose = |(name, position): &(String, usize)| {
            let chosen = alternatives.get(position).cloned().unwrap_or(Value::Bool(true));
            json!({ "if": { "properties": { self.property.as_str(): { "const": name } } }, "then": chosen })
        };
        json!({ "allOf": self.named.iter().map(choose).collect::<Vec<_>>() })
    }
}
