//! Schema Objects, as far as rules ask about them.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{Example, NodeId, Version, View};
use crate::syntax::{Node, unescaped};

/// How much of a schema one question may look at. What lies behind is unknown.
#[derive(Clone, Copy)]
struct Most {
    schemas: usize,
    properties: usize,
}

/// The most that people have written down in one schema are some hundreds of properties. A very large schema that very many
/// responses use takes no time with the square.
const MOST_OF_MANY: Most = Most { schemas: 500, properties: 1_000 };

/// What is asked once.
const MOST: Most = Most { schemas: 2_000, properties: usize::MAX };

/// How many values of one schema are looked at, likewise.
pub(super) const MOST_VALUES: usize = 1_000;

/// How many types one schema may have; there are seven.
const MOST_TYPES: usize = 32;

/// How many lists in lists are looked through. A schema may be its own item.
const DEEPEST_LIST: usize = 32;

/// A Schema Object as written, its `$ref` not yet followed.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'p>(pub View<'p>);

/// A property of an object schema.
#[derive(Clone, Debug)]
pub struct Property<'p> {
    /// Its name.
    pub name: Cow<'p, str>,
    /// The key that names it.
    pub key: Node<'p>,
    /// Its schema.
    pub schema: Schema<'p>,
    /// Whether the object must have it.
    pub required: bool,
}

/// The properties of a schema after `$ref` and `allOf`.
#[derive(Clone, Debug, Default)]
pub struct Properties<'p> {
    /// In document order; of equal names the first.
    pub list: Vec<Property<'p>>,
    /// Names that `required` lists, whether described or not.
    pub required: Vec<Cow<'p, str>>,
    /// Whether all of the schema could be seen: no broken `$ref`, no `anyOf` or `oneOf` that may add more, not too many.
    pub complete: bool,
}

impl<'p> Properties<'p> {
    /// The property with this name.
    pub fn get(&self, name: &str) -> Option<&Property<'p>> {
        self.list.iter().find(|property| property.name == name)
    }
}

impl<'p> Schema<'p> {
    /// The schema behind `$ref`. In 3.1 and later a `$ref` may have siblings; then this is the map with the `$ref`.
    /// None where it could not be read whole: what it lacks may be what was lost.
    pub fn target(self) -> Option<Schema<'p>> {
        self.0.target().map(Schema).filter(|schema| !schema.is_in_doubt())
    }

    fn is_in_doubt(self) -> bool {
        let node = self.0.node();
        node.is_damaged() || node.is_null() && !node.file().tree().damage().is_empty()
    }

    /// The view on the schema as written.
    pub fn view(self) -> View<'p> {
        self.0
    }

    /// The value of a keyword, looked up at the schema as written where siblings of `$ref` count, else behind `$ref`.
    pub fn keyword(self, name: &str) -> Option<Node<'p>> {
        let node = self.0.node();
        let beside = node.get(name).filter(|_| self.siblings_count());
        if beside.is_some() || !node.may_refer() {
            return beside;
        }
        self.target()?.0.node().get(name)
    }

    /// Whether one of these keywords is there, looked up in the same way.
    pub fn has_any(self, names: &[&str]) -> bool {
        let has = |schema: Schema<'p>| {
            let node = schema.0.node();
            let keys = node.key_set();
            names.iter().any(|name| keys.may_have(name) && node.get(name).is_some())
        };
        self.siblings_count() && has(self) || self.0.node().may_refer() && self.target().is_some_and(has)
    }

    /// The types it allows, `null` left out; empty where it does not say.
    pub fn types(self) -> Vec<Cow<'p, str>> {
        let Some(node) = self.keyword("type") else { return Vec::new() };
        let all = if node.is_list() {
            node.items().take(MOST_TYPES).filter_map(Node::text).collect()
        } else {
            node.text().into_iter().collect::<Vec<_>>()
        };
        all.into_iter().filter(|name| name != "null").collect()
    }

    /// Whether it allows null.
    pub fn is_nullable(self) -> bool {
        let by_type = self.keyword("type").is_some_and(|node| node.items().any(|item| item.is_text("null")));
        let flag = |name| self.keyword(name).and_then(Node::as_bool) == Some(true);
        by_type || flag("nullable") || flag("x-nullable") || self.branches().any(Schema::allows_only_null)
    }

    /// Its properties after `$ref` and `allOf`; of very many the first ones.
    pub fn properties(self) -> Properties<'p> {
        self.collected(MOST_OF_MANY)
    }

    /// Its properties after `$ref` and `allOf`, however many there are.
    pub fn all_properties(self) -> Properties<'p> {
        self.collected(MOST)
    }

    fn collected(self, most: Most) -> Properties<'p> {
        let mut collection = Collection::new(most);
        collection.schema(self);
        let mut properties = collection.properties;
        if properties.required.is_empty() {
            return properties;
        }
        let required: FxHashSet<&str> = properties.required.iter().map(Cow::as_ref).collect();
        for property in &mut properties.list {
            property.required = required.contains(property.name.as_ref());
        }
        properties
    }

    /// The branches of `anyOf` and `oneOf`, as written.
    pub fn branches(self) -> impl Iterator<Item = Schema<'p>> {
        let lists = ["anyOf", "oneOf"].into_iter().filter_map(move |name| self.keyword(name));
        lists.flat_map(Node::items).map(move |node| Schema(self.0.with(node)))
    }

    /// The parts of `allOf`, as written.
    pub fn parts(self) -> impl Iterator<Item = Schema<'p>> {
        self.keyword("allOf").into_iter().flat_map(Node::items).map(move |node| Schema(self.0.with(node)))
    }

    /// The schema of the items of an array.
    pub fn items(self) -> Option<Schema<'p>> {
        self.keyword("items").filter(|node| node.is_map()).map(|node| Schema(self.0.with(node)))
    }

    /// What a list is made of, also a list of lists; the schema itself where it is none. None where lists in lists find no end.
    pub fn innermost(self) -> Option<Schema<'p>> {
        let mut schema = self;
        for _ in 0..DEEPEST_LIST {
            match schema.items() {
                Some(items) => schema = items,
                None => return Some(schema),
            }
        }
        None
    }

    /// The schema of the values of a map: its `additionalProperties`, where it has no properties of its own.
    pub fn values(self) -> Option<Schema<'p>> {
        let additional = self.keyword("additionalProperties").filter(|node| node.is_map());
        additional.filter(|_| self.keyword("properties").is_none()).map(|node| Schema(self.0.with(node)))
    }

    /// The values it shows or pins: example, examples, const, enum, default; of very many the first ones.
    pub fn shown_values(self) -> Vec<Example<'p>> {
        // Most schemas have none of these.
        if !self.has_any(&["example", "const", "default", "examples", "enum"]) {
            return Vec::new();
        }
        let single = ["example", "const", "default"].into_iter().filter_map(|name| self.keyword(name));
        let listed = ["examples", "enum"].into_iter().filter_map(|name| self.keyword(name)).flat_map(Node::items);
        single.chain(listed).take(MOST_VALUES).map(|value| Example { value, name: None }).collect()
    }

    /// The values it shows as examples: example, examples; of very many the first ones.
    pub fn examples(self) -> Vec<Example<'p>> {
        if !self.has_any(&["example", "examples"]) {
            return Vec::new();
        }
        let listed = self.keyword("examples").into_iter().flat_map(Node::items);
        let values = self.keyword("example").into_iter().chain(listed);
        values.take(MOST_VALUES).map(|value| Example { value, name: None }).collect()
    }

    /// The values that instances are limited to by `const` or `enum`; empty where there is no limit, or there are very many.
    pub fn pinned_values(self) -> Vec<Node<'p>> {
        let values = self.all_pinned_values();
        let few: Vec<Node<'p>> = values.take(MOST_VALUES + 1).collect();
        if few.len() > MOST_VALUES { Vec::new() } else { few }
    }

    /// The values that instances are limited to by `const` or `enum`, however many there are.
    pub fn all_pinned_values(self) -> impl Iterator<Item = Node<'p>> {
        let pinned = self.keyword("const");
        let listed = self.keyword("enum").filter(|_| pinned.is_none());
        pinned.into_iter().chain(listed.into_iter().flat_map(Node::items))
    }

    /// The name of the component it is a `$ref` to.
    pub fn component_name(self) -> Option<Cow<'p, str>> {
        let followed = self.0.followed();
        let reference = followed.hops.last()?.text()?;
        Some(Cow::Owned(unescaped(reference.rsplit('/').next()?).into_owned()))
    }

    /// The schema that it is nothing but: an `allOf` of one, as generators write it, looked through.
    #[must_use]
    pub fn alone(self) -> Schema<'p> {
        let part = |schema: Schema<'p>| {
            let target = schema.target()?;
            let mut parts = target.0.node().get("allOf")?.items();
            let (first, second) = (parts.next()?, parts.next());
            let has_own = ["properties", "required", "anyOf", "oneOf"].iter().any(|key| target.0.node().get(key).is_some());
            (second.is_none() && !has_own).then(|| Schema(target.0.with(first)))
        };
        part(self).unwrap_or(self)
    }

    /// The identity of the schema behind `$ref`.
    pub fn id(self) -> Option<NodeId> {
        self.target().map(|schema| schema.0.id())
    }

    /// The schema behind `$ref`, where that is all there is: no siblings, no further `$ref`, no `allOf`. Most are like that.
    fn whole(self) -> Option<Schema<'p>> {
        let target = self.target()?;
        let node = target.0.node();
        let has_siblings = self.siblings_count() && node != self.0.node() && self.0.node().entries().nth(1).is_some();
        let has_parts = node.may_refer() || node.get("allOf").is_some();
        (!has_siblings && !has_parts).then_some(target)
    }

    fn siblings_count(self) -> bool {
        self.0.version() >= Version::V3_1 || self.0.node().reference().is_none()
    }

    fn allows_only_null(self) -> bool {
        self.keyword("type").is_some_and(|node| node.is_text("null"))
    }
}

/// Properties on the way through `$ref` and `allOf`.
struct Collection<'p> {
    properties: Properties<'p>,
    names: FxHashSet<Cow<'p, str>>,
    seen: FxHashSet<NodeId>,
    most: Most,
}

impl<'p> Collection<'p> {
    fn new(most: Most) -> Self {
        let properties = Properties { complete: true, ..Properties::default() };
        Collection { properties, names: FxHashSet::default(), seen: FxHashSet::default(), most }
    }

    /// Takes in the properties of a schema; of equal names the first one counts.
    fn add(&mut self, schema: Schema<'p>, properties: Node<'p>) {
        // The names of the first map need no look where each is there once.
        let is_first = self.properties.list.is_empty() && !properties.repeats();
        if !is_first && self.names.is_empty() {
            self.names.extend(self.properties.list.iter().map(|property| property.name.clone()));
        }
        for entry in properties.entries() {
            if self.properties.list.len() >= self.most.properties {
                self.properties.complete = false;
                return;
            }
            let Some(name) = entry.key.text() else { continue };
            if is_first || self.names.insert(name.clone()) {
                let schema = Schema(schema.0.with(entry.value));
                self.properties.list.push(Property { name, key: entry.key, schema, required: false });
            }
        }
    }

    fn schema(&mut self, schema: Schema<'p>) {
        if self.seen.is_empty()
            && let Some(whole) = schema.whole()
        {
            return self.own(whole);
        }
        if !self.seen.insert(schema.0.id()) {
            return;
        }
        let Some(target) = schema.target().filter(|_| self.seen.len() <= self.most.schemas) else {
            self.properties.complete = false;
            return;
        };
        if schema.siblings_count() {
            self.own(schema);
        }
        if target.0.id() != schema.0.id() {
            self.schema(target);
        }
    }

    fn own(&mut self, schema: Schema<'p>) {
        let node = schema.0.node();
        let mut required = node.get("required").into_iter().flat_map(Node::items);
        self.properties.required.extend(required.by_ref().take(self.most.properties).filter_map(Node::text));
        self.properties.complete &= required.next().is_none();
        if let Some(map) = node.get("properties") {
            self.add(schema, map);
        }
        self.properties.complete &= !["anyOf", "oneOf", "if", "not", "$dynamicRef"].iter().any(|key| node.get(key).is_some());
        for part in node.get("allOf").into_iter().flat_map(Node::items) {
            if self.seen.len() >= self.most.schemas {
                self.properties.complete = false;
                return;
            }
            self.schema(Schema(schema.0.with(part)));
        }
    }
}
