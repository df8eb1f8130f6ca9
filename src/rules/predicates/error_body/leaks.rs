//! `leaks-internals`: examples of errors that show what should never leave the server.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::held;
use super::leak::{self, Leak};
use crate::facts::Member;
use crate::openapi::{MediaType, NodeId};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Predicate};
use crate::syntax::Node;

pub(in crate::rules::predicates) const LEAKS_INTERNALS: Predicate = Predicate {
    name: "leaks-internals",
    noun: Noun::Response,
    doc: "A text among the examples, defaults and enums of the body is part of a stack trace, an error of the database or a secret, or has two weaker signs of such.",
    arguments: &[],
    words: &["leak", "cue"],
    reads_operation: false,
    run,
};

/// The most leaks of one response that are told.
const MOST: usize = 5;
/// The most texts of one response that are looked at.
const BUDGET: usize = 20_000;
/// How deep an example is looked into.
const DEEPEST: u8 = 32;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let mut texts = Texts { found: Vec::new(), seen: FxHashSet::default() };
    for media_type in row.api.content_of(response) {
        texts.of_media_type(row, *media_type);
    }
    let bodies = held(row).iter().filter_map(|held| row.api.error_bodies().body(held.id));
    for member in bodies.flat_map(|body| &body.shapes).flat_map(|shape| &shape.members) {
        texts.of_member(row, member);
    }
    let evidence = told(&texts.found);
    Judgement::found(evidence)
}

/// The strong leaks, else the weak ones if there are two kinds.
fn told<'p>(texts: &[Node<'p>]) -> Vec<Evidence<'p>> {
    let mut strong: Vec<Evidence<'p>> = Vec::new();
    let mut weak: BTreeMap<usize, (Node<'p>, Leak)> = BTreeMap::new();
    for node in texts {
        let Some(text) = node.as_str() else { continue };
        if let Some(leak) = leak::strong(&text) {
            strong.push(item(*node, &leak));
        }
        for (number, leak) in leak::weak(&text) {
            weak.entry(number).or_insert((*node, leak));
        }
    }
    strong.truncate(MOST);
    if strong.is_empty() && weak.len() > 1 {
        let first = weak.values().min_by_key(|(node, _)| node.index());
        return first.map(|(node, leak)| item(*node, leak)).into_iter().collect();
    }
    strong
}

fn item<'p>(at: Node<'p>, leak: &Leak) -> Evidence<'p> {
    let words = vec![("leak", leak.what.to_owned()), ("cue", leak.excerpt.clone())];
    Evidence { at: Some(at), related: Vec::new(), words, ..Evidence::default() }
}

/// The texts that a response shows, each once.
struct Texts<'p> {
    found: Vec<Node<'p>>,
    seen: FxHashSet<NodeId>,
}

impl<'p> Texts<'p> {
    fn of_media_type(&mut self, row: &Row<'_, 'p>, media_type: MediaType<'p>) {
        for example in media_type.examples() {
            self.of_value(row, example.value, 0);
        }
        let Some(schema) = media_type.schema() else { return };
        for example in schema.shown_values() {
            self.of_value(row, example.value, 0);
        }
    }

    fn of_member(&mut self, row: &Row<'_, 'p>, member: &Member<'p>) {
        for example in member.schema.shown_values() {
            self.of_value(row, example.value, 0);
        }
        for inner in &member.members {
            self.of_member(row, inner);
        }
    }

    fn of_value(&mut self, row: &Row<'_, 'p>, value: Node<'p>, depth: u8) {
        if depth > DEEPEST || self.found.len() >= BUDGET || !self.seen.insert(row.api.root.with(value).id()) {
            return;
        }
        if value.as_str().is_some() {
            self.found.push(value);
        }
        for entry in value.entries() {
            self.of_value(row, entry.value, depth + 1);
        }
        for item in value.items() {
            self.of_value(row, item, depth + 1);
        }
    }
}
