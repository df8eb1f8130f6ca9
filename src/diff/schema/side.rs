//! One of the two descriptions: its schemas as they are needed, each lowered once.

use std::rc::Rc;

use regex::Regex;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::canonical::Form;
use super::lower::lower;
use super::model::Model;
use crate::check::schema::{Answer, Schemas};
use crate::openapi::{NodeId, Schema, Version, View};
use crate::source::{Source, SourceId};
use crate::syntax::{Entry, Node, parse};
use crate::truth::Truth;

/// The largest pattern that is compiled, in bytes of its program.
const PATTERN_SIZE: usize = 1 << 18;

/// What one schema costs that is compiled, where a look at a schema costs one.
const COMPILED: u64 = 40;

/// Number of a conjunction on its side.
pub(super) type Id = u32;

/// Schemas that must all be met, and which branch is looked at where they have alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Key {
    nodes: Vec<NodeId>,
    choices: Vec<(NodeId, u32)>,
}

struct Conjunction<'p> {
    key: Key,
    views: Vec<View<'p>>,
    model: Option<Rc<Model<'p>>>,
}

/// The schemas of one description.
pub(super) struct Side<'p> {
    known: FxHashMap<Key, Id>,
    conjunctions: Vec<Conjunction<'p>>,
    /// Whether the schema at a node allows null.
    pub(super) nulls: FxHashMap<NodeId, bool>,
    /// What was found of conjunctions in canonical form, null left out.
    pub(super) forms: FxHashMap<Id, Option<Form>>,
    patterns: FxHashMap<String, Option<Regex>>,
    judge: Schemas<'p>,
    /// One that holds texts against their formats.
    format_judge: Schemas<'p>,
    /// How much was looked at so far, and how much may be.
    pub(super) work: u64,
    pub(super) limit: u64,
}

impl<'p> Side<'p> {
    pub(super) fn new() -> Self {
        Side {
            known: FxHashMap::default(),
            conjunctions: Vec::new(),
            nulls: FxHashMap::default(),
            forms: FxHashMap::default(),
            patterns: FxHashMap::default(),
            judge: Schemas::new(false),
            format_judge: Schemas::new(true),
            work: 0,
            limit: u64::MAX,
        }
    }

    /// Whether nothing more should be looked at.
    pub(super) fn is_used_up(&self) -> bool {
        self.work > self.limit
    }

    /// The conjunction of schemas; of none, it allows everything.
    pub(super) fn conjunction(&mut self, views: Vec<View<'p>>) -> Id {
        let mut views: Vec<View<'p>> = views.into_iter().map(meant).collect();
        views.sort_by_key(|view| view.id());
        views.dedup_by_key(|view| view.id());
        let key = Key { nodes: views.iter().map(|view| view.id()).collect(), choices: Vec::new() };
        self.interned(key, views)
    }

    /// The same conjunction with one branch of an `anyOf` or `oneOf` chosen.
    pub(super) fn chosen(&mut self, id: Id, list: Node<'p>, branch: u32) -> Id {
        let Some(conjunction) = self.conjunctions.get(id as usize) else { return id };
        let Some(view) = conjunction.views.first() else { return id };
        let (mut key, views) = (conjunction.key.clone(), conjunction.views.clone());
        key.choices.push((view.with(list).id(), branch));
        key.choices.sort_unstable();
        self.interned(key, views)
    }

    /// The branch that was chosen last to come from one conjunction to another.
    pub(super) fn choice(&self, whole: Id, chosen: Id) -> Option<u32> {
        let (whole, chosen) = (self.conjunctions.get(whole as usize)?, self.conjunctions.get(chosen as usize)?);
        chosen.key.choices.iter().find(|choice| !whole.key.choices.contains(choice)).map(|(_, branch)| *branch)
    }

    fn interned(&mut self, key: Key, views: Vec<View<'p>>) -> Id {
        let next = self.conjunctions.len() as Id;
        let id = *self.known.entry(key.clone()).or_insert(next);
        if id == next {
            self.conjunctions.push(Conjunction { key, views, model: None });
        }
        id
    }

    pub(super) fn views(&self, id: Id) -> &[View<'p>] {
        self.conjunctions.get(id as usize).map_or(&[], |conjunction| &conjunction.views)
    }

    /// Whether no branch of an alternative is chosen in a conjunction.
    pub(super) fn is_without_choice(&self, id: Id) -> bool {
        self.conjunctions.get(id as usize).is_some_and(|conjunction| conjunction.key.choices.is_empty())
    }

    /// The schema itself, where one is all there is.
    pub(super) fn node(&self, id: Id) -> Option<Node<'p>> {
        self.views(id).first().map(|view| view.node())
    }

    /// What the conjunction says.
    pub(super) fn model(&mut self, id: Id) -> Rc<Model<'p>> {
        let Some(conjunction) = self.conjunctions.get(id as usize) else { return Rc::default() };
        if let Some(model) = &conjunction.model {
            return Rc::clone(model);
        }
        let (views, choices) = (conjunction.views.clone(), conjunction.key.choices.clone());
        let model = Rc::new(lower(self, &views, &choices));
        if let Some(conjunction) = self.conjunctions.get_mut(id as usize) {
            conjunction.model = Some(Rc::clone(&model));
        }
        model
    }

    /// Whether there may be a value at all: there is a schema, and it is not `false`.
    pub(super) fn allows_any(&mut self, schema: Option<Id>) -> bool {
        schema.is_some_and(|id| self.model(id).never.is_none())
    }

    /// Whether a pattern matches a name; unknown where our engine does not understand it.
    pub(super) fn matches(&mut self, pattern: &str, name: &str) -> Truth {
        self.work += 1;
        if !self.patterns.contains_key(pattern) {
            let compiled = regex::RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build().ok();
            self.patterns.insert(pattern.to_owned(), compiled);
        }
        let compiled = self.patterns.get(pattern).and_then(Option::as_ref);
        compiled.map_or(Truth::Unknown, |regex| Truth::from(regex.is_match(name)))
    }

    /// Whether the schemas allow a value, as a validator sees it; unknown where that would be too much work.
    pub(super) fn allows(&mut self, id: Id, value: &Value) -> Truth {
        self.judged(id, value, false)
    }

    /// Whether the schemas would allow a value if it had another format.
    pub(super) fn has_other_format(&mut self, id: Id, value: &Value) -> bool {
        self.judged(id, value, true) == Truth::False && self.allows(id, value) == Truth::True
    }

    fn judged(&mut self, id: Id, value: &Value, with_formats: bool) -> Truth {
        if self.is_used_up() {
            return Truth::Unknown;
        }
        let text = value.to_string();
        self.work += 200 + 4 * text.len() as u64;
        let file = parse(Source::new(SourceId(0), "value.json", text));
        let Some(root) = file.roots().next() else { return Truth::Unknown };
        let judge = if with_formats { &self.format_judge } else { &self.judge };
        let made = judge.made();
        let truth = Truth::all(self.views(id).iter().map(|view| match judge.small_body(Schema(*view), root) {
            Answer::Fits => Truth::True,
            Answer::Unknown(_) => Truth::Unknown,
            Answer::Misfits(_) => Truth::False,
        }));
        self.work += COMPILED * (judge.made() - made) as u64;
        truth
    }
}

/// The schema behind a `$ref` that says nothing of its own: what two places share is compared once, and told where it is
/// defined.
fn meant(view: View<'_>) -> View<'_> {
    const SILENT: [&str; 5] = ["$ref", "summary", "description", "title", "$comment"];
    let node = view.node();
    let is_silent = |entry: &Entry<'_>| entry.key.text().is_some_and(|key| SILENT.contains(&&*key) || key.starts_with("x-"));
    let is_reference = node.get("$ref").is_some_and(|reference| reference.as_str().is_some());
    let says_nothing = view.version() < Version::V3_1 || node.entries().all(|entry| is_silent(&entry));
    if is_reference && says_nothing { view.target().unwrap_or(view) } else { view }
}
