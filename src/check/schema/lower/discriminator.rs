//! `discriminator`: a member of the value names the alternative that must fit.

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

impl<'p> Lowering<'p> {
    /// The discriminator of a Schema Object, where it can be told what it does: all alternatives are references.
    pub(super) fn discriminator(&self, object: &Object<'p>, list: Node<'p>) -> Option<Discriminator<'p>> {
        let entry = object.node.entry("discriminator")?;
        let property = entry.value.get_str("propertyName")?.into_owned();
        let branches: Option<Vec<Branch<'p>>> = list.items().map(|item| self.branch(item, &property)).collect();
        let branches = branches?;
        let mut found = Discriminator { entry, property, named: Vec::new(), allowed: Vec::new(), is_complete: true };
        for mapped in entry.value.get("mapping").into_iter().flat_map(Node::entries) {
            let value = mapped.key.text()?.into_owned();
            match self.mapped(mapped.value, &branches) {
                Some(position) => found.named.push((value, position)),
                None => found.allowed.push(value),
            }
        }
        for (position, branch) in branches.into_iter().enumerate() {
            let is_mapped = found.named.iter().any(|(_, other)| *other == position);
            found.is_complete &= is_mapped || !branch.pinned.is_empty();
            if branch.name.is_none() && !is_mapped && branch.pinned.is_empty() {
                return None;
            }
            found.named.extend(branch.name.filter(|name| !found.knows(name)).map(|name| (name, position)));
            found.allowed.extend(branch.pinned);
        }
        found.allowed.retain(|value| !found.named.iter().any(|(name, _)| name == value));
        Some(found)
    }

    fn branch(&self, item: Node<'p>, property: &str) -> Option<Branch<'p>> {
        let reference = item.get("$ref")?.as_str()?;
        let target = self.view.with(item).target()?;
        let step = reference.split_once('#').and_then(|(_, pointer)| pointer.rsplit_once('/'));
        let described = Schema(target).properties();
        let pinned = described.get(property).map(|property| property.schema.pinned_values()).unwrap_or_default();
        Some(Branch {
            node: item,
            name: step.map(|(_, name)| unescaped(name).into_owned()),
            target: target.id(),
            pinned: pinned.into_iter().filter_map(|value| Some(value.text()?.into_owned())).collect(),
        })
    }

    /// The alternative that a value of `mapping` leads to: by its name or as a reference.
    fn mapped(&self, value: Node<'p>, branches: &[Branch<'p>]) -> Option<usize> {
        let text = value.text()?;
        let by_name =
            |branch: &Branch<'_>| branch.name.as_deref() == Some(&text) || branch.node.get_str("$ref") == Some(text.clone());
        let target = resolve(self.view.project(), value).ok().and_then(|node| self.view.with(node).target());
        let by_target = |branch: &Branch<'_>| target.is_some_and(|target| target.id() == branch.target);
        branches.iter().position(by_name).or_else(|| branches.iter().position(by_target))
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

impl Discriminator<'_> {
    fn knows(&self, value: &str) -> bool {
        self.named.iter().any(|(name, _)| name == value) || self.allowed.iter().any(|name| name == value)
    }

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
