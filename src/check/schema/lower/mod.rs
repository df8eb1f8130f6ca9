//! A schema of a description, with everything it refers to, as one JSON Schema document.
//!
//! Every target of a `$ref` becomes an entry of `$defs`. Keywords keep their places, so that the way to a keyword in the
//! document is the way to it in the description; where it is not, an anchor says so.

mod alternatives;
mod asked;
mod dialect;
mod discriminator;
mod doubt;
mod graph;
mod keywords;
mod nullable;
mod object;
mod place;
mod values;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jsonschema::Draft;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use crate::openapi::{Broken, NodeId, Schema, Target, Version, View, resolve};
use crate::syntax::{Node, escaped};
pub(super) use asked::Asked;
use doubt::Frame;
use graph::Edge;
pub(super) use place::{Anchor, Place};

/// The most schemas that one document may hold.
const MOST_SCHEMAS: usize = 50_000;

/// How the parts in doubt are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// As if they were met: more values fit than fit in truth.
    Lenient,
    /// As if they were broken: fewer values fit.
    Strict,
}

impl Side {
    fn other(self) -> Side {
        if self == Side::Lenient { Side::Strict } else { Side::Lenient }
    }

    /// The schema that a part in doubt becomes.
    fn value(self) -> Value {
        Value::Bool(self == Side::Lenient)
    }
}

/// The document, and what belongs to it.
pub(super) struct Lowered<'p> {
    /// The document.
    pub(super) document: Value,
    /// The draft it is to be read by.
    pub(super) draft: Draft,
    /// Why parts of it are in doubt.
    pub(super) doubts: Vec<Cow<'static, str>>,
    /// How many schemas may be entered inside each other for one value.
    pub(super) chain: u64,
    /// Whether there are properties that only requests carry.
    pub(super) has_write_only: bool,
    /// How many schemas it holds.
    pub(super) size: usize,
    definitions: Vec<Node<'p>>,
    anchors: FxHashMap<String, Anchor<'p>>,
}

/// The schema behind a `$ref` that stands alone, which all that refer to it share, where it is read by the same draft.
pub(super) fn referenced(schema: Schema<'_>) -> Schema<'_> {
    let view = schema.view();
    let is_alone = view.node().entries().nth(1).is_none() && view.followed().hops.len() == 1;
    let same_draft = |target: &Schema<'_>| {
        let target = target.view();
        target.node().get("$schema").is_none() && dialect::draft_of(target) == dialect::draft_of(view)
    };
    let target = if is_alone { schema.target() } else { None };
    target.filter(same_draft).unwrap_or(schema)
}

/// Lowers a schema of a response; why not, where it cannot be done.
pub(super) fn lower<'p>(schema: Schema<'p>, side: Side, asked: Option<&Asked>) -> Result<Lowered<'p>, Cow<'static, str>> {
    let draft = dialect::draft_of(schema.view()).ok_or("the dialect of the schema is not known")?;
    let survey = Lowering::new(schema.view(), draft, Known::default(), asked).run(Side::Lenient);
    if survey.doubts.is_empty() && survey.write_only.is_empty() {
        return survey.finish();
    }
    let known = Known { tainted: survey.tainted(), write_only: survey.write_only };
    Lowering::new(schema.view(), draft, known, asked).run(side).finish()
}

/// What a first run has found.
#[derive(Default)]
struct Known {
    /// What depends on something in doubt.
    tainted: FxHashSet<NodeId>,
    /// The names of properties that only requests carry.
    write_only: FxHashSet<String>,
}

/// A document in the making.
struct Lowering<'a, 'p> {
    view: View<'p>,
    asked: Option<&'a Asked>,
    draft: Draft,
    known: Known,
    definitions: Vec<(Node<'p>, Side)>,
    positions: FxHashMap<(NodeId, Side), usize>,
    lowered: Vec<Value>,
    /// Definitions that are still to be lowered, by how many steps into the instance they are about.
    waiting: BinaryHeap<Reverse<(u32, usize)>>,
    /// The definition at hand, and how many steps into the instance we are.
    current: usize,
    steps: u32,
    anchors: FxHashMap<String, Anchor<'p>>,
    doubts: Vec<Cow<'static, str>>,
    /// What is being looked at for doubts, innermost last, and what was found.
    open: Vec<Frame>,
    frames: FxHashMap<NodeId, Frame>,
    edges: Vec<Vec<Edge>>,
    /// How many schemas are open for the value at hand, and whether that is the definition's own.
    level: u64,
    is_own_value: bool,
    deepest: u64,
    count: usize,
    /// Where in the document we are.
    at: String,
    write_only: FxHashSet<String>,
    /// Whether patterns are understood.
    patterns: FxHashMap<String, bool>,
}

impl<'a, 'p> Lowering<'a, 'p> {
    fn new(view: View<'p>, draft: Draft, known: Known, asked: Option<&'a Asked>) -> Self {
        Lowering {
            view,
            asked,
            draft,
            known,
            definitions: Vec::new(),
            positions: FxHashMap::default(),
            lowered: Vec::new(),
            waiting: BinaryHeap::new(),
            current: 0,
            steps: 0,
            anchors: FxHashMap::default(),
            doubts: Vec::new(),
            open: Vec::new(),
            frames: FxHashMap::default(),
            edges: Vec::new(),
            level: 0,
            is_own_value: true,
            deepest: 0,
            count: 0,
            at: String::new(),
            write_only: FxHashSet::default(),
            patterns: FxHashMap::default(),
        }
    }

    /// Lowers the schema and then, one by one, every schema that was referred to.
    fn run(mut self, side: Side) -> Self {
        self.position(self.view.node(), side);
        let mut done = FxHashSet::default();
        while let Some(Reverse((steps, position))) = self.waiting.pop() {
            let Some(&(node, side)) = self.definitions.get(position).filter(|_| done.insert(position)) else { continue };
            self.at = format!("/$defs/{position}");
            (self.current, self.steps) = (position, steps);
            self.level = 0;
            self.is_own_value = true;
            let value = self.framed(node, |lowering| lowering.schema(node, side));
            if let Some(lowered) = self.lowered.get_mut(position) {
                *lowered = value;
            }
            if self.count > MOST_SCHEMAS {
                break;
            }
        }
        self
    }

    fn finish(self) -> Result<Lowered<'p>, Cow<'static, str>> {
        let reach = graph::reach(&self.edges).filter(|_| self.count <= MOST_SCHEMAS).ok_or("the schema is too large")?;
        let definitions: Map<String, Value> =
            self.lowered.into_iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect();
        Ok(Lowered {
            document: json!({ "$ref": "#/$defs/0", "$defs": definitions }),
            draft: self.draft,
            doubts: self.doubts,
            chain: reach.max(self.deepest) + 2,
            has_write_only: !self.write_only.is_empty(),
            size: self.count,
            definitions: self.definitions.into_iter().map(|(node, _)| node).collect(),
            anchors: self.anchors,
        })
    }

    fn is_modern(&self) -> bool {
        self.view.version() >= Version::V3_1
    }

    fn id(&self, node: Node<'p>) -> NodeId {
        self.view.with(node).id()
    }

    /// The place of a definition in the document. What is not in doubt is the same on both sides.
    fn position(&mut self, node: Node<'p>, side: Side) -> usize {
        let id = self.id(node);
        let side = if self.known.tainted.contains(&id) { side } else { Side::Lenient };
        let next = self.definitions.len();
        let position = *self.positions.entry((id, side)).or_insert(next);
        if position == next {
            self.definitions.push((node, side));
            self.lowered.push(Value::Bool(true));
            self.edges.push(Vec::new());
        }
        // Without an instance they come in their order.
        let steps = if self.asked.is_some() { self.steps } else { 0 };
        if position == next || self.asked.is_some() {
            self.waiting.push(Reverse((steps, position)));
        }
        position
    }

    /// A schema about the same value as the one around it.
    fn schema(&mut self, node: Node<'p>, side: Side) -> Value {
        self.count += 1;
        self.level += 1;
        self.deepest = self.deepest.max(self.level);
        let value = if self.count > MOST_SCHEMAS { Value::Bool(true) } else { self.schema_here(node, side) };
        self.level -= 1;
        value
    }

    /// A schema about a value inside of the one at hand.
    fn inner_schema(&mut self, node: Node<'p>, side: Side) -> Value {
        if self.asked.is_some_and(|asked| asked.depth <= self.steps) {
            return Value::Bool(true);
        }
        let (level, is_own_value) = (std::mem::take(&mut self.level), std::mem::take(&mut self.is_own_value));
        self.steps += 1;
        let value = self.schema(node, side);
        self.steps -= 1;
        (self.level, self.is_own_value) = (level, is_own_value);
        value
    }

    fn schema_here(&mut self, node: Node<'p>, side: Side) -> Value {
        if node.is_damaged() {
            return self.in_doubt("part of the schema could not be read", side);
        }
        if let Some(value) = node.as_bool() {
            return Value::Bool(value);
        }
        if !node.is_map() {
            return self.in_doubt("part of the schema is no Schema Object", side);
        }
        let reference = node.get("$ref").filter(|reference| reference.as_str().is_some());
        match reference {
            Some(reference) if !self.is_modern() => {
                self.or_null(node, side, |lowering| lowering.reference(node, reference, side))
            }
            _ => self.or_null(node, side, |lowering| lowering.object(node, reference, side)),
        }
    }

    /// A Reference Object, or what a `$ref` among other keywords adds to them.
    fn reference(&mut self, holder: Node<'p>, reference: Node<'p>, side: Side) -> Value {
        let target = match self.view.with(holder).followed().target {
            Target::Found(_) => resolve(self.view.project(), reference),
            Target::Broken(broken) => Err(broken),
        };
        match target {
            Ok(target) => self.to(target, side),
            Err(broken) => {
                let text = broken.reference().text().unwrap_or_default();
                self.in_doubt(why(broken, &text), side)
            }
        }
    }

    /// A reference to a definition.
    fn to(&mut self, target: Node<'p>, side: Side) -> Value {
        let position = self.position(target, side);
        let id = self.id(target);
        if let Some(frame) = self.open.last_mut() {
            frame.references.push(id);
        }
        let edge = Edge { to: position, level: self.level, is_own_value: self.is_own_value };
        if let Some(edges) = self.edges.get_mut(self.current) {
            edges.push(edge);
        }
        json!({ "$ref": format!("#/$defs/{position}") })
    }

    /// Does something one step further down in the document.
    fn under<T>(&mut self, step: &str, run: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.at.len();
        self.at.push('/');
        self.at.push_str(&escaped(step));
        let outcome = run(self);
        self.at.truncate(length);
        outcome
    }
}

fn why(broken: Broken<'_>, text: &str) -> String {
    match broken {
        Broken::Missing(_) => format!("the `$ref` `{text}` leads nowhere"),
        Broken::Circular(_) => format!("the `$ref` `{text}` comes back to itself"),
        Broken::Remote(_) => format!("the `$ref` `{text}` leads to the network, which is not asked"),
        Broken::OutsideProject(_) => format!("the `$ref` `{text}` leads out of the project"),
        Broken::Unknown(_) => format!("the `$ref` `{text}` could not be followed"),
    }
}
