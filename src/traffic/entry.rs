//! What the reader of a recording makes of one entry, and how entries of all forms are read.

use std::borrow::Cow;

use super::body::Body;
use super::element::Element;
use super::exchange::Exchange;
use super::field_lines::FieldLines;
use super::value::Value;

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
    /// A browser's own copy: what came over the wire is not recorded.
    FromCache,
    /// Not HTTP: `data:`, `blob:`, `ws:`, a message of a queue.
    NotHttp,
}

/// An entry as a tree, and which of its strings end early.
#[derive(Clone, Copy)]
pub(super) struct Recorded<'t> {
    pub(super) element: &'t Element,
    pub(super) node: Value<'t>,
}

/// What makes an entry unreadable.
pub(super) type Trouble = String;

impl<'t> Recorded<'t> {
    pub(super) fn at(self, node: Value<'t>) -> Recorded<'t> {
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
        self.get(names).and_then(|member| member.node.as_str()).map(str::to_owned)
    }

    /// A member that is a whole number, also written as a text.
    pub(super) fn number(self, names: &[&str]) -> Option<i64> {
        let member = self.get(names)?.node;
        let text = member.as_str().map_or_else(|| member.raw(), str::trim);
        #[expect(clippy::cast_possible_truncation, reason = "a status or a length; anything else is refused later")]
        text.parse().ok().or_else(|| member.number().map(|number| number as i64))
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
        fields.node.entries().flat_map(|(name, value)| values(value).map(move |value| (name.to_owned(), value))).collect()
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
        if let Some(missing) = self.element.missing(self.node.start()) {
            let kept = self.node.raw().len().saturating_sub(2) as u64;
            return Body::Lost { length: Some(kept + missing), is_cut: true };
        }
        match self.node.as_str() {
            Some(text) => Body::of_text(text.to_owned()),
            None if self.node.is_null() => Body::Empty,
            None if self.has_cut() => Body::Lost { length: None, is_cut: true },
            None => Body::Value(self.node.raw().to_owned()),
        }
    }

    /// Whether a string inside of it ends early.
    fn has_cut(self) -> bool {
        let range = self.node.start()..self.node.start() + self.node.raw().len();
        self.element.cuts.iter().any(|cut| range.contains(&cut.start))
    }

    /// The body behind a member that holds Base64. Only what a text may lie behind is decoded at once.
    pub(super) fn base64_body(self, media_type: Option<&str>) -> Body {
        match self.node.as_str().filter(|_| self.element.missing(self.node.start()).is_none()) {
            Some(text) if media_type.is_some_and(is_binary) => Body::of_binary(text),
            Some(text) => Body::of_base64(text),
            None => match self.body() {
                // Four digits for three bytes.
                Body::Lost { length, is_cut } => Body::Lost { length: length.map(|digits| digits / 4 * 3), is_cut },
                Body::Empty => Body::Empty,
                _ => Body::Undecodable,
            },
        }
    }
}

/// Whether content of this type is certainly no text.
fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_media = ["image/", "audio/", "video/", "font/"].iter().any(|kind| essence.starts_with(kind));
    is_media && !essence.ends_with("xml")
        || ["application/pdf", "application/wasm", "application/zip"].contains(&essence.as_str())
}

fn values<'t>(value: Value<'t>) -> Box<dyn Iterator<Item = String> + 't> {
    if value.is_list() {
        return Box::new(value.items().filter_map(Value::text).map(Cow::into_owned));
    }
    Box::new(value.text().map(Cow::into_owned).into_iter())
}
