//! What the reader of a recording makes of one entry, and how entries of all forms are read.

use std::borrow::Cow;

use serde_json::Value;

use super::body::Body;
use super::element::Element;
use super::exchange::Exchange;
use super::field_lines::FieldLines;
use crate::syntax::{Entry as Member, Format, Node, Scalar};

/// One entry of a recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A request with its response.
    Exchange(Box<Exchange>),
    /// Something else that recordings hold; it is counted and left alone.
    Skipped(Skipped),
    /// It cannot be read; says why: lower case, no final stop, no content of the recording.
    Broken(String),
}

/// Why an entry is no exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// No response came: aborted, blocked, no connection.
    NoResponse,
    /// Not HTTP: `data:`, `blob:`, `ws:`, a message of a queue.
    NotHttp,
}

/// An entry as a tree, and which of its strings end early.
#[derive(Clone, Copy)]
pub(super) struct Recorded<'t> {
    pub(super) element: &'t Element,
    pub(super) node: Node<'t>,
}

/// What makes an entry unreadable.
pub(super) type Trouble = String;

impl<'t> Recorded<'t> {
    pub(super) fn at(self, node: Node<'t>) -> Recorded<'t> {
        Recorded { node, ..self }
    }

    /// The first member of these names that is there and not null.
    pub(super) fn get(self, names: &[&str]) -> Option<Recorded<'t>> {
        names.iter().find_map(|name| self.node.get(name)).filter(|node| !node.is_null()).map(|node| self.at(node))
    }

    /// A member that must be a map.
    pub(super) fn map(self, names: &[&str]) -> Result<Recorded<'t>, Trouble> {
        let name = names.first().copied().unwrap_or_default();
        let member = self.get(names).ok_or_else(|| format!("the entry has no `{name}`"))?;
        if member.node.is_map() { Ok(member) } else { Err(format!("`{name}` must be a map")) }
    }

    /// A member that must be a text.
    pub(super) fn text(self, names: &[&str]) -> Result<String, Trouble> {
        let name = names.first().copied().unwrap_or_default();
        self.optional_text(names).ok_or_else(|| format!("the entry has no `{name}`, or it is no text"))
    }

    /// A member that is a text.
    pub(super) fn optional_text(self, names: &[&str]) -> Option<String> {
        self.get(names).and_then(|member| member.node.as_str()).map(Cow::into_owned)
    }

    /// A member that is a whole number, also written as a text.
    pub(super) fn number(self, names: &[&str]) -> Option<i64> {
        let member = self.get(names)?.node;
        match member.scalar()? {
            Scalar::Integer(_) | Scalar::Text => member.text()?.trim().parse().ok(),
            #[expect(clippy::cast_possible_truncation, reason = "a status or a length; anything else is refused later")]
            other => other.number().map(|number| number as i64),
        }
    }

    /// The status code; `None` where there was no response.
    pub(super) fn status(self, names: &[&str]) -> Result<Option<u16>, Trouble> {
        let name = names.first().copied().unwrap_or_default();
        match self.number(names) {
            Some(0 | -1) => Ok(None),
            Some(code @ 1..=999) => Ok(u16::try_from(code).ok()),
            Some(_) => Err(format!("`{name}` is no status code: it must lie between 100 and 599")),
            None => Err(format!("the entry has no `{name}`, or it is no number")),
        }
    }

    /// Header fields in any of their forms: a list of `{name, value}` or `[name, value]`, or a map of names to one value or several.
    pub(super) fn fields(self, names: &[&str]) -> FieldLines {
        let Some(fields) = self.get(names) else { return FieldLines::default() };
        if fields.node.is_list() {
            return fields.node.items().filter_map(|line| fields.at(line).line()).collect();
        }
        let entries = fields.node.entries().filter_map(|entry| Some((entry.key.text()?, entry.value)));
        entries.flat_map(|(name, value)| values(value).map(move |value| (name.clone().into_owned(), value))).collect()
    }

    fn line(self) -> Option<(String, String)> {
        if self.node.is_list() {
            let mut parts = self.node.items();
            let name = parts.next()?.text()?.into_owned();
            return Some((name, parts.next()?.text()?.into_owned()));
        }
        let name = self.optional_text(&["name", "key"])?;
        Some((name, self.get(&["value"]).and_then(|value| value.node.text()).unwrap_or_default().into_owned()))
    }

    /// The body behind a member that is a text, or a JSON value that was recorded as itself.
    pub(super) fn body(self) -> Body {
        if let Some(missing) = self.element.missing(self.node.span().start as usize) {
            let kept = self.node.raw().len().saturating_sub(2) as u64;
            return Body::Lost { length: Some(kept + missing), is_cut: true };
        }
        match self.node.as_str() {
            Some(text) => Body::of_text(text.into_owned()),
            None if self.node.is_null() => Body::Empty,
            None => Body::Value(json_of(self.node)),
        }
    }

    /// The body behind a member that holds Base64.
    pub(super) fn base64_body(self) -> Result<Body, Trouble> {
        match self.body() {
            Body::Text(text) => Body::of_base64(&text).ok_or_else(|| "the body is no valid Base64".to_owned()),
            // Four digits for three bytes.
            Body::Lost { length, is_cut } => Ok(Body::Lost { length: length.map(|digits| digits / 4 * 3), is_cut }),
            body => Ok(body),
        }
    }
}

/// The most values that are written anew as JSON; aliases can make many out of few.
const MOST_VALUES: usize = 100_000;

/// How deep they may be nested.
const DEEPEST: u8 = 100;

/// A value as JSON: as it stands, or written anew where it is YAML.
fn json_of(node: Node<'_>) -> String {
    let anew = || value_of(node, &mut { MOST_VALUES }, DEEPEST).map(|value| value.to_string());
    let text = if node.file().format() == Format::Json { None } else { anew() };
    text.unwrap_or_else(|| node.raw().to_owned())
}

fn value_of(node: Node<'_>, left: &mut usize, depth: u8) -> Option<Value> {
    *left = left.checked_sub(1)?;
    let depth = depth.checked_sub(1)?;
    Some(match node.scalar() {
        Some(Scalar::Null) => Value::Null,
        Some(Scalar::Boolean(flag)) => Value::from(flag),
        Some(Scalar::Integer(number)) => Value::from(number),
        Some(Scalar::Float(number)) => Value::from(number),
        Some(Scalar::Text) => Value::from(node.text().unwrap_or_default()),
        None if node.is_map() => {
            let member = |member: Member<'_>| Some((member.key.text()?.into_owned(), value_of(member.value, left, depth)?));
            Value::Object(node.entries().map(member).collect::<Option<_>>()?)
        }
        None => Value::Array(node.items().map(|item| value_of(item, left, depth)).collect::<Option<_>>()?),
    })
}

fn values<'t>(value: Node<'t>) -> Box<dyn Iterator<Item = String> + 't> {
    if value.is_list() {
        return Box::new(value.items().filter_map(Node::text).map(Cow::into_owned));
    }
    Box::new(value.text().map(Cow::into_owned).into_iter())
}
