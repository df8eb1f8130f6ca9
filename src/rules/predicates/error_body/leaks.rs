//! `leaks-internals`: examples of errors that show what should never leave the server.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::held;
use super::leak::{self, Leak};
use crate::facts::{ErrorBody, Member, Question};
use crate::openapi::{MediaType, NodeId, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::syntax::Node;
use crate::truth::Truth;

pub(in crate::rules::predicates) const LEAKS_INTERNALS: Predicate = Predicate {
    name: "leaks-internals",
    noun: Noun::Response,
    doc: "A text among the examples, defaults and enums of the body is part of a stack trace, an error of the database or a secret, or has two weaker signs of such.",
    arguments: &[],
    words: &["leak", "cue"],
    reads: Reads::Definition,
    run,
};

/// The most leaks of one response that are told.
const MOST: usize = 5;
/// The most texts of one response or body that are looked at.
const BUDGET: usize = 20_000;
/// How deep an example is looked into.
const DEEPEST: u8 = 32;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let mut texts = Texts::default();
    for media_type in row.api.content_of(response) {
        texts.of_media_type(row, *media_type);
    }
    let bodies = held(row).iter().filter_map(|held| row.api.error_bodies().body(held.id));
    for &text in bodies.flat_map(|body| body.finds.leaks.get_or_init(|| suspicious(row, body).into())) {
        texts.add(row, text);
    }
    Judgement::found(told(&texts.found))
}

/// The texts that the members of a body show and that may give something away.
fn suspicious<'p>(row: &Row<'_, 'p>, body: &ErrorBody<'p>) -> Vec<Node<'p>> {
    let mut texts = Texts::default();
    for member in body.shapes.iter().flat_map(|shape| &shape.members) {
        texts.of_member(row, member);
    }
    let mut found = texts.found;
    found.retain(|node| node.as_str().is_some_and(|text| leak::may_leak(&text)));
    found
}

/// Whether any of the values that a schema shows has a text that may give something away.
fn may_leak<'p>(row: &Row<'_, 'p>, schema: Schema<'p>) -> Truth {
    let mut texts = Texts::default();
    texts.of_schema(row, schema);
    Truth::from(texts.found.iter().any(|node| node.as_str().is_some_and(|text| leak::may_leak(&text))))
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

/// Texts that are shown, each once.
#[derive(Default)]
struct Texts<'p> {
    found: Vec<Node<'p>>,
    seen: FxHashSet<NodeId>,
}

impl<'p> Texts<'p> {
    fn of_media_type(&mut self, row: &Row<'_, 'p>, media_type: MediaType<'p>) {
        for example in media_type.examples() {
            self.of_value(row, example.value, 0);
        }
        let may_leak = |schema: &Schema<'p>| !row.api.noted(*schema, Question::Leaks, || may_leak(row, *schema)).is_false();
        if let Some(schema) = media_type.schema().filter(may_leak) {
            self.of_schema(row, schema);
        }
    }

    fn of_schema(&mut self, row: &Row<'_, 'p>, schema: Schema<'p>) {
        for example in schema.shown_values() {
            self.of_value(row, example.value, 0);
        }
    }

    fn of_member(&mut self, row: &Row<'_, 'p>, member: &Member<'p>) {
        self.of_schema(row, member.schema);
        for inner in &member.members {
            self.of_member(row, inner);
        }
    }

    /// Takes in a value, a text to be kept; says whether it was new.
    fn add(&mut self, row: &Row<'_, 'p>, value: Node<'p>) -> bool {
        let is_new = self.found.len() < BUDGET && self.seen.insert(row.api.root.with(value).id());
        self.found.extend(Some(value).filter(|value| is_new && value.as_str().is_some()));
        is_new
    }

    fn of_value(&mut self, row: &Row<'_, 'p>, value: Node<'p>, depth: u8) {
        if depth > DEEPEST || !self.add(row, value) {
            return;
        }
        for entry in value.entries() {
            self.of_value(row, entry.value, depth + 1);
        }
        for item in value.items() {
            self.of_value(row, item, depth + 1);
        }
    }
}
