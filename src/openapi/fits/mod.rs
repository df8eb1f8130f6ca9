//! Whether a value that a description shows fits the schema beside it. Three-valued: what cannot be told is never a misfit.

mod numbers;
mod objects;
mod texts;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use texts::Costly;

use super::{NodeId, Schema, Version, View};
use crate::syntax::{KeySet, Node, Scalar};
use crate::truth::Truth;

/// How many pairs of schema and value one question may look at. What lies behind is unknown.
const BUDGET: u32 = 10_000;

/// How many the questions about one response may, and how many those about all responses of a description.
const OF_RESPONSE: u32 = 100_000;
const OF_ALL: u32 = 200_000_000;

/// How many steps of searching texts for patterns one response may cost, and how many all of a description. Of those that cost
/// more it is unknown whether they match.
const SEARCH_OF_RESPONSE: u64 = 10_000_000;
const SEARCH_OF_ALL: u64 = 1_000_000_000;

/// What may still be looked at for a response.
#[derive(Debug)]
pub struct Budget {
    pairs: u32,
    search: u64,
}

impl Budget {
    /// The same for each of so many responses, so that no order in which they are asked makes a difference.
    pub fn for_one_of(responses: usize) -> Budget {
        let share = OF_ALL / u32::try_from(responses).unwrap_or(u32::MAX).max(1);
        let search = SEARCH_OF_ALL / (responses as u64).max(1);
        Budget {
            pairs: share.clamp(BUDGET / 10, OF_RESPONSE),
            search: search.clamp(SEARCH_OF_RESPONSE / 100, SEARCH_OF_RESPONSE),
        }
    }
}

/// How many looks at the items of a keyword are as much work as a pair.
const LOOKS: usize = 16;

/// How deep schemas and values may nest.
const DEEPEST: usize = 64;

/// Where and why a value does not fit.
#[derive(Clone, Debug)]
pub struct Misfit<'p> {
    /// The value, or the object that lacks a member.
    pub at: Node<'p>,
    /// What is wrong, a clause: "`items[0].id` is a string, and an integer is wanted".
    pub why: String,
}

/// What there is to say about a value.
#[derive(Clone, Debug)]
pub struct Fit<'p> {
    /// Whether it fits.
    pub truth: Truth,
    /// The reasons why not, in document order.
    pub misfits: Vec<Misfit<'p>>,
}

/// Whether a value of a response fits a schema. What only requests carry (`writeOnly`) may be missing.
pub fn fits<'p>(schema: Schema<'p>, value: Node<'p>, budget: &mut Budget) -> Fit<'p> {
    let mut question = Question { most: budget.pairs.min(BUDGET), search: budget.search, ..Question::default() };
    let truth = question.schema(schema, value, &Path::Root);
    budget.pairs -= question.steps.min(question.most);
    budget.search = question.search;
    Fit { truth, misfits: question.misfits }
}

/// The way from the example to a value in it, for messages.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, Cow<'a, str>),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The words for the value: "`items[0].id`", or "it" for the whole.
    fn words(&self) -> String {
        let text = self.text();
        if text.is_empty() { "it".to_owned() } else { format!("`{text}`") }
    }

    fn text(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Item(outer, index) => format!("{}[{index}]", outer.text()),
            Path::Member(outer, name) => {
                let outer = outer.text();
                if outer.is_empty() { name.clone().into_owned() } else { format!("{outer}.{name}") }
            }
        }
    }
}

#[derive(Default)]
struct Question<'p> {
    steps: u32,
    /// How many steps there may be.
    most: u32,
    /// How many steps texts may still be searched for patterns.
    search: u64,
    misfits: Vec<Misfit<'p>>,
    /// Pairs that are being asked: one that comes back in a circle adds nothing. Those about one value stand together.
    open: Vec<(NodeId, u32)>,
    /// The patterns of the schemas so far, compiled once for all values of a list.
    patterns: FxHashMap<NodeId, Option<Costly>>,
    /// Whether only the answer counts: no misfits are told, and what cannot change the answer any more is not looked at.
    is_aside: bool,
    /// Whether the schema is part of an `allOf`, which sees the members of its siblings as additional.
    in_all_of: bool,
}

/// A schema with the keywords that stand directly in it.
#[derive(Clone, Copy)]
struct Own<'p> {
    view: View<'p>,
    keys: KeySet,
}

impl<'p> Own<'p> {
    fn of(view: View<'p>) -> Self {
        Own { view, keys: view.node().key_set() }
    }

    /// Most of the many keywords that are asked for are not there.
    #[inline]
    fn get(self, name: &str) -> Option<Node<'p>> {
        if self.keys.may_have(name) { self.view.node().get(name) } else { None }
    }

    fn schema(self, node: Node<'p>) -> Schema<'p> {
        Schema(self.view.with(node))
    }

    #[inline]
    fn number(self, name: &str) -> Option<f64> {
        self.get(name)?.scalar()?.number()
    }

    fn is_on(self, name: &str) -> bool {
        self.get(name).and_then(Node::as_bool) == Some(true)
    }

    fn is_modern(self) -> bool {
        self.view.version() >= Version::V3_1
    }
}

impl<'p> Question<'p> {
    fn schema(&mut self, schema: Schema<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let pair = (schema.view().id(), value.index());
        self.steps += 1;
        if self.steps > self.most || self.open.len() > DEEPEST || self.is_open(pair) {
            return Truth::Unknown;
        }
        self.open.push(pair);
        let truth = self.followed(schema, value, path);
        self.open.pop();
        truth
    }

    fn is_open(&self, pair: (NodeId, u32)) -> bool {
        self.open.iter().rev().take_while(|(_, value)| *value == pair.1).any(|(schema, _)| *schema == pair.0)
    }

    fn followed(&mut self, schema: Schema<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let node = schema.view().node();
        if !node.is_map() {
            return match node.as_bool() {
                Some(false) => self.misfit(value, || format!("{} is not allowed", path.words())),
                _ => Truth::True,
            };
        }
        if value.is_null() && schema.is_nullable() {
            return Truth::True;
        }
        // A value that is itself a reference or a place holder of some tool says nothing.
        if value.get("$ref").is_some() {
            return Truth::Unknown;
        }
        let Some(target) = schema.target() else { return Truth::Unknown };
        if target.view().id() == schema.view().id() {
            return self.own(Own::of(schema.view()), value, path);
        }
        let beside =
            if schema.view().version() >= Version::V3_1 { self.own(Own::of(schema.view()), value, path) } else { Truth::True };
        beside.and(self.schema(target, value, path))
    }

    /// Every keyword of one map. All are asked, so that all misfits are found.
    fn own(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let in_all_of = std::mem::replace(&mut self.in_all_of, false);
        let by_type = self.types(own, value, path);
        if by_type.is_false() {
            return by_type;
        }
        let mut truth = by_type.and(self.values(own, value, path));
        if self.is_settled(truth) {
            return truth;
        }
        truth = match (value.is_map(), value.is_list(), value.scalar()) {
            (true, ..) => truth.and(self.object(own, value, path, in_all_of)),
            (_, true, _) => truth.and(self.array(own, value, path)),
            (.., Some(Scalar::Text)) => truth.and(self.text(own, value, path)),
            (.., Some(scalar)) => truth.and(self.number(own, value, scalar, path)),
            _ => truth,
        };
        if self.is_settled(truth) {
            return truth;
        }
        truth.and(self.combined(own, value, path)).and(unknown_keywords(own))
    }

    /// Takes into account that a keyword looks at so many things, of which each is little work.
    fn pay(&mut self, looks: usize) {
        self.steps = self.steps.saturating_add(u32::try_from(looks / LOOKS).unwrap_or(u32::MAX));
    }

    fn misfit(&mut self, at: Node<'p>, why: impl FnOnce() -> String) -> Truth {
        if !self.is_aside {
            self.misfits.push(Misfit { at, why: why() });
        }
        Truth::False
    }

    /// The same where the value is a map or list, which is shown at its key.
    fn misfit_of_whole(&mut self, value: Node<'p>, why: impl FnOnce() -> String) -> Truth {
        if self.is_aside { Truth::False } else { self.misfit(value.own_key().unwrap_or(value), why) }
    }

    /// Whether what is still to be asked can make no difference.
    fn is_settled(&self, truth: Truth) -> bool {
        self.is_aside && truth.is_false()
    }

    /// A question aside, whose misfits are not reported.
    fn aside(&mut self, schema: Schema<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let was_aside = std::mem::replace(&mut self.is_aside, true);
        let truth = self.schema(schema, value, path);
        self.is_aside = was_aside;
        truth
    }

    fn types(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let Some(node) = own.get("type") else { return Truth::True };
        if !node.is_list() && node.text().is_some_and(|name| is_of_type(value, &name)) {
            return Truth::True;
        }
        let wanted: Vec<Cow<'p, str>> =
            if node.is_list() { node.items().filter_map(Node::text).collect() } else { node.text().into_iter().collect() };
        let known = ["string", "number", "integer", "boolean", "array", "object", "null"];
        if wanted.is_empty() || wanted.iter().any(|name| !known.contains(&name.as_ref())) {
            return Truth::Unknown;
        }
        if wanted.iter().any(|name| is_of_type(value, name)) {
            return Truth::True;
        }
        if is_written_as_text(value, &wanted) || is_bytes(own) || may_be_digits(value, &wanted) {
            return Truth::Unknown;
        }
        self.misfit(value, || {
            let wanted: Vec<String> = wanted.iter().map(|name| with_article(name)).collect();
            format!("{} is {}, and {} is wanted", path.words(), kind_of(value), crate::words::listed(&wanted, "or"))
        })
    }

    fn values(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        const PINNING: KeySet = KeySet::of(&["enum", "const"]);
        if !own.keys.may_have_any(PINNING) {
            return Truth::True;
        }
        let listed = own.get("enum").filter(|list| list.is_list());
        self.pay(listed.map_or(0, |list| list.items().count()));
        if let Some(list) = listed
            && !list.items().any(|item| are_equal(item, value))
        {
            if is_open(own) {
                return Truth::Unknown;
            }
            return self.misfit(value, || {
                let name = |item: Node<'p>| format!("`{}`", item.text().unwrap_or_default());
                let known: Vec<String> = list.items().take(6).map(name).collect();
                let more = if list.items().nth(6).is_some() { " …" } else { "" };
                let written = value.text().unwrap_or_default();
                format!("{} is `{written}`, which is none of {}{more}", path.words(), known.join(", "))
            });
        }
        match own.get("const") {
            Some(pinned) if own.is_modern() && !are_equal(pinned, value) => {
                self.misfit(value, || format!("{} must be `{}`", path.words(), pinned.text().unwrap_or_default()))
            }
            _ => Truth::True,
        }
    }

    fn combined(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        const COMBINING: KeySet = KeySet::of(&["allOf", "anyOf", "oneOf", "not"]);
        if !own.keys.may_have_any(COMBINING) {
            return Truth::True;
        }
        let parts = |name| own.get(name).into_iter().flat_map(Node::items).map(|node| own.schema(node)).collect::<Vec<_>>();
        let mut truth = Truth::True;
        for part in parts("allOf") {
            self.in_all_of = true;
            truth = truth.and(self.schema(part, value, path));
            self.in_all_of = false;
            if self.is_settled(truth) {
                return truth;
            }
        }
        for name in ["anyOf", "oneOf"] {
            truth = truth.and(self.alternatives(&parts(name), value, path));
        }
        if let Some(node) = own.get("not") {
            truth = truth.and(self.unwanted(own.schema(node), value, path));
        }
        truth
    }

    /// One must fit. Two that do are a fault of the schema, not of the value.
    fn alternatives(&mut self, branches: &[Schema<'p>], value: Node<'p>, path: &Path<'_>) -> Truth {
        if branches.is_empty() {
            return Truth::True;
        }
        if let [only] = branches {
            return self.schema(*only, value, path);
        }
        let truth = Truth::any(branches.iter().map(|branch| self.aside(*branch, value, path)));
        if truth.is_false() {
            return self.misfit(value, || format!("{} fits none of the {} alternatives", path.words(), branches.len()));
        }
        truth
    }

    fn unwanted(&mut self, schema: Schema<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        match self.aside(schema, value, path) {
            Truth::True => self.misfit(value, || format!("{} fits what `not` excludes", path.words())),
            other => !other,
        }
    }
}

/// Keywords that are not looked at, so that what they say is unknown.
fn unknown_keywords(own: Own<'_>) -> Truth {
    const UNSEEN: [&str; 10] = [
        "if",
        "contains",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "$dynamicRef",
        "$recursiveRef",
    ];
    let has_any = own.keys.may_have_any(const { KeySet::of(&UNSEEN) }) && UNSEEN.iter().any(|name| own.get(name).is_some());
    if has_any { Truth::Unknown } else { Truth::True }
}

fn is_of_type(value: Node<'_>, name: &str) -> bool {
    match (name, value.scalar()) {
        ("object", _) => value.is_map(),
        ("array", _) => value.is_list(),
        ("null", Some(Scalar::Null))
        | ("boolean", Some(Scalar::Boolean(_)))
        | ("string", Some(Scalar::Text))
        | ("integer" | "number", Some(Scalar::Integer(_)))
        | ("number", Some(Scalar::Float(_))) => true,
        ("integer", Some(Scalar::Float(number))) => number.fract() == 0.0,
        _ => false,
    }
}

/// JSON that is written as text: `'{"id": 1}'`. Tools differ on what is meant.
fn is_written_as_text(value: Node<'_>, wanted: &[Cow<'_, str>]) -> bool {
    let has_parts = wanted.iter().any(|name| name == "object" || name == "array");
    let opens = |text: Cow<'_, str>| text.trim_start().starts_with(['{', '[', '<']);
    has_parts && value.as_str().is_some_and(opens)
}

/// Bytes are shown in many ways; `file` is what 2.0 calls them.
fn is_bytes(own: Own<'_>) -> bool {
    own.get("format").is_some_and(|format| format.is_text("binary") || format.is_text("file"))
}

/// `082338` is a number to YAML 1.2 and a string to readers of YAML 1.1.
fn may_be_digits(value: Node<'_>, wanted: &[Cow<'_, str>]) -> bool {
    let raw = value.raw();
    wanted.iter().any(|name| name == "string")
        && raw.len() > 1
        && raw.starts_with('0')
        && raw.bytes().all(|byte| byte.is_ascii_digit())
}

/// Further values may come: the enum lists those that are known.
fn is_open(own: Own<'_>) -> bool {
    let is_extensible = own.get("x-ms-enum").and_then(|extension| extension.get("modelAsString")).and_then(Node::as_bool);
    is_extensible == Some(true) || own.get("x-extensible-enum").is_some()
}

fn kind_of(value: Node<'_>) -> &'static str {
    match value.scalar() {
        _ if value.is_map() => "an object",
        _ if value.is_list() => "an array",
        Some(Scalar::Null) => "null",
        Some(Scalar::Boolean(_)) => "a boolean",
        Some(Scalar::Integer(_)) => "an integer",
        Some(Scalar::Float(_)) => "a number",
        _ => "a string",
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "null" => kind.to_owned(),
        "array" | "object" | "integer" => format!("an {kind}"),
        other => format!("a {other}"),
    }
}

/// JSON equality: numbers by value, maps whatever their order.
fn are_equal(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.scalar(), other.scalar()) {
        (Some(Scalar::Text), Some(Scalar::Text)) => one.text() == other.text(),
        (Some(left), Some(right)) => match (left.number(), right.number()) {
            (Some(left), Some(right)) => (left - right).abs() < f64::EPSILON,
            _ => left == right,
        },
        (None, None) if one.is_list() && other.is_list() => {
            one.items().count() == other.items().count()
                && one.items().zip(other.items()).all(|(one, other)| are_equal(one, other))
        }
        (None, None) if one.is_map() && other.is_map() => {
            let twin = |entry: crate::syntax::Entry<'_>| {
                entry.key.text().and_then(|key| other.get(&key)).is_some_and(|twin| are_equal(entry.value, twin))
            };
            one.entries().count() == other.entries().count() && one.entries().all(twin)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
