//! Our tape as the validator reads it: no copy of a body is made.

use std::borrow::Cow;
use std::cell::Cell;

use jsonschema::JsonType;
use jsonschema::json::{self, NodeIdentity};
use serde_json::Value;

use super::number::Number;
use crate::syntax::{Entries, Format, Items, Kind, Node, Scalar};

/// The representation of JSON that is a tape.
pub(super) struct Tape;

/// How much work one question may cost. Once it is used up every value looks empty, so that the validator comes to an end;
/// what it says then counts for nothing.
#[derive(Debug)]
pub(super) struct Work {
    left: Cell<u64>,
    errors_left: Cell<u32>,
}

impl Work {
    /// So many looks at values, and so many errors.
    pub(super) fn new(looks: u64, errors: u32) -> Self {
        Work { left: Cell::new(looks), errors_left: Cell::new(errors) }
    }

    /// Whether it is used up.
    pub(super) fn is_used_up(&self) -> bool {
        self.left.get() == 0
    }

    fn spend(&self, looks: u64) {
        self.left.set(self.left.get().saturating_sub(looks));
    }

    fn spend_error(&self) {
        match self.errors_left.get().checked_sub(1) {
            Some(left) => self.errors_left.set(left),
            None => self.left.set(0),
        }
    }
}

/// A value of an instance.
#[derive(Clone, Copy)]
pub(super) enum Item<'t> {
    /// A node of a tape.
    Node(Node<'t>, &'t Work),
    /// The name of a member, as `propertyNames` sees it.
    Name(&'t str),
}

impl<'t> Item<'t> {
    /// The node, if there is work left to look at it.
    fn node(self, cost: u64) -> Option<(Node<'t>, &'t Work)> {
        let Item::Node(node, work) = self else { return None };
        work.spend(cost);
        (!work.is_used_up()).then_some((node, work))
    }
}

impl json::Json for Tape {
    type Node<'a> = Item<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = String;

    const KEYS_PER_LOOKUP: usize = 8;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut String, string: &str, f: impl FnOnce(Item<'_>) -> T) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(Item::Name(buffer))
    }
}

impl<'a> json::Node<'a, Tape> for Item<'a> {
    type Object = Members<'a>;
    type Array = Elements<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<Members<'a>> {
        let (node, work) = self.node(1)?;
        node.is_map().then_some(Members { node, work })
    }

    fn as_array(&self) -> Option<Elements<'a>> {
        let (node, work) = self.node(1)?;
        node.is_list().then_some(Elements { node, work })
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            Item::Name(name) => Some(Cow::Borrowed(name)),
            Item::Node(node, work) if type_of(node) == JsonType::String => {
                work.spend(1 + u64::from(length(node)) / 64);
                node.text()
            }
            Item::Node(..) => None,
        }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        let (node, _) = self.node(1)?;
        Number::of(node)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.node(1)?.0.as_bool()
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn is_number(&self) -> bool {
        self.json_type() == JsonType::Number
    }

    fn json_type(&self) -> JsonType {
        match *self {
            Item::Name(_) => JsonType::String,
            Item::Node(..) => self.node(1).map_or(JsonType::Null, |(node, _)| type_of(node)),
        }
    }

    /// Lengths in bytes decide most cases: a character has one to four of them, and more where it is escaped.
    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        if let Item::Node(node, _) = *self
            && min == 0
            && node.kind() == Kind::Double
            && u64::from(length(node)) <= max
        {
            return Some(true);
        }
        let text = self.as_string()?;
        let bytes = text.len() as u64;
        if bytes < min || bytes.div_ceil(4) > max {
            return Some(false);
        }
        if bytes.div_ceil(4) >= min && bytes <= max {
            return Some(true);
        }
        Some((min..=max).contains(&(text.chars().count() as u64)))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        equals(*self, expected)
    }

    /// Only errors ask for it, and nobody reads it there. It tells errors that were found before the work was used up from
    /// those behind, which may be false.
    fn to_value(&self) -> Cow<'a, Value> {
        let Item::Node(_, work) = *self else { return Cow::Owned(Value::Null) };
        work.spend_error();
        Cow::Owned(if work.is_used_up() { Value::Bool(true) } else { Value::Null })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let Item::Node(node, _) = *self else { return None };
        Some(NodeIdentity::tagged(std::ptr::from_ref(node.file()) as usize, node.index()))
    }
}

/// The members of an object.
pub(super) struct Members<'t> {
    node: Node<'t>,
    work: &'t Work,
}

impl<'a> json::Object<'a, Tape> for Members<'a> {
    type Node = Item<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        let count = self.node.entries().count();
        self.work.spend(count as u64 / 4);
        count
    }

    fn is_empty(&self) -> bool {
        self.node.entries().next().is_none()
    }

    fn get(&self, key: &Box<str>) -> Option<Item<'a>> {
        self.work.spend(1);
        self.node.get(key).map(|node| Item::Node(node, self.work))
    }

    fn members(&self) -> MembersIter<'a> {
        MembersIter { entries: self.node.entries(), work: self.work }
    }
}

/// See [`Members`].
pub(super) struct MembersIter<'t> {
    entries: Entries<'t>,
    work: &'t Work,
}

impl<'t> Iterator for MembersIter<'t> {
    type Item = (Cow<'t, str>, Item<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        self.work.spend(1);
        let entry = self.entries.next().filter(|_| !self.work.is_used_up())?;
        Some((entry.key.text().unwrap_or_default(), Item::Node(entry.value, self.work)))
    }
}

/// The elements of an array.
pub(super) struct Elements<'t> {
    node: Node<'t>,
    work: &'t Work,
}

impl<'a> json::Array<'a, Tape> for Elements<'a> {
    type Node = Item<'a>;
    type ElementsIter = ElementsIter<'a>;

    fn len(&self) -> usize {
        let count = self.node.items().count();
        self.work.spend(count as u64 / 4);
        count
    }

    fn elements(&self) -> ElementsIter<'a> {
        ElementsIter { items: self.node.items(), work: self.work }
    }

    fn is_unique(&self) -> bool {
        let values: Vec<Value> = self.elements().map(|item| copied(item).unwrap_or_default()).collect();
        self.work.is_used_up() || json::unique::is_unique(&values)
    }
}

/// See [`Elements`].
pub(super) struct ElementsIter<'t> {
    items: Items<'t>,
    work: &'t Work,
}

impl<'t> Iterator for ElementsIter<'t> {
    type Item = Item<'t>;

    fn next(&mut self) -> Option<Item<'t>> {
        self.work.spend(1);
        let node = self.items.next().filter(|_| !self.work.is_used_up())?;
        Some(Item::Node(node, self.work))
    }
}

/// What a node is in JSON.
pub(super) fn type_of(node: Node<'_>) -> JsonType {
    match node.kind() {
        Kind::Map => JsonType::Object,
        Kind::List => JsonType::Array,
        Kind::Double => JsonType::String,
        Kind::Plain if node.file().format() == Format::Json => match node.raw().as_bytes().first() {
            Some(b't' | b'f') => JsonType::Boolean,
            Some(b'n') => JsonType::Null,
            _ => JsonType::Number,
        },
        _ => match node.scalar() {
            Some(Scalar::Null) | None => JsonType::Null,
            Some(Scalar::Boolean(_)) => JsonType::Boolean,
            Some(Scalar::Integer(_) | Scalar::Float(_)) => JsonType::Number,
            Some(Scalar::Text) => JsonType::String,
        },
    }
}

/// A copy of a value; `None` where that takes too much work. Its depth is limited by the readers.
fn copied(item: Item<'_>) -> Option<Value> {
    let (node, work) = item.node(2)?;
    Some(match type_of(node) {
        JsonType::Object => {
            let member =
                |entry: crate::syntax::Entry<'_>| Some((entry.key.text()?.into_owned(), copied(Item::Node(entry.value, work))?));
            Value::Object(node.entries().map(member).collect::<Option<_>>()?)
        }
        JsonType::Array => Value::Array(node.items().map(|inner| copied(Item::Node(inner, work))).collect::<Option<_>>()?),
        JsonType::Number | JsonType::Integer => Number::of(node).map(Number::value)?,
        JsonType::String => Value::String(node.text()?.into_owned()),
        JsonType::Boolean => Value::Bool(node.as_bool()?),
        JsonType::Null => Value::Null,
    })
}

/// A copy of a part of a description, which is small enough to be copied whole.
pub(crate) fn value_of(node: Node<'_>) -> Option<Value> {
    copied(Item::Node(node, &Work::new(100_000, 0)))
}

fn equals(item: Item<'_>, expected: &Value) -> bool {
    match (item, expected) {
        (_, Value::String(expected)) => json::Node::as_string(&item).is_some_and(|text| text == expected.as_str()),
        (Item::Name(_), _) => false,
        (Item::Node(node, _), Value::Number(expected)) => {
            Number::of(node).is_some_and(|number| json::cmp::equal_numbers(&number, expected))
        }
        (Item::Node(node, _), Value::Bool(_) | Value::Null) if node.is_map() || node.is_list() => false,
        _ => copied(item).is_some_and(|value| json::cmp::equal(&value, expected)),
    }
}

fn length(node: Node<'_>) -> u32 {
    let span = node.span();
    span.end - span.start
}
