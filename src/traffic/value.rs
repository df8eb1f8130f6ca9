//! A cheap handle on one value of an element.

use std::borrow::Cow;

use super::json::Document;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Map,
    List,
    /// A string without escapes.
    Text,
    /// A string whose text was decoded.
    Decoded,
    Number,
    True,
    False,
    Null,
    /// A map or list that was not looked into.
    Unread,
}

/// One value of the tape: in a map keys and values take turns.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawValue {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Index of the value behind this one and all in it.
    pub(super) next: u32,
    pub(super) kind: Kind,
    /// Where its decoded text is.
    pub(super) decoded: (u32, u32),
}

/// One value of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'t> {
    document: &'t Document,
    index: u32,
}

impl<'t> Value<'t> {
    pub(super) fn new(document: &'t Document, index: u32) -> Value<'t> {
        Value { document, index }
    }

    fn own(self) -> RawValue {
        const NOTHING: RawValue = RawValue { start: 0, end: 0, next: u32::MAX, kind: Kind::Null, decoded: (0, 0) };
        self.document.values.get(self.index as usize).copied().unwrap_or(NOTHING)
    }

    /// Where it starts in the text.
    pub(super) fn start(self) -> usize {
        self.own().start as usize
    }

    /// Its text as written.
    pub(super) fn raw(self) -> &'t str {
        let own = self.own();
        self.document.text.get(own.start as usize..own.end as usize).unwrap_or_default()
    }

    pub(super) fn is_map(self) -> bool {
        self.own().kind == Kind::Map
    }

    pub(super) fn is_list(self) -> bool {
        self.own().kind == Kind::List
    }

    pub(super) fn is_null(self) -> bool {
        self.own().kind == Kind::Null
    }

    /// The text of a string.
    pub(super) fn as_str(self) -> Option<&'t str> {
        let own = self.own();
        match own.kind {
            Kind::Text => self.document.text.get(own.start as usize + 1..(own.end as usize).saturating_sub(1)),
            Kind::Decoded => self.document.decoded.get(own.decoded.0 as usize..own.decoded.1 as usize),
            _ => None,
        }
    }

    /// The text of a string, a number or a word; that of null is empty.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        match self.own().kind {
            Kind::Map | Kind::List | Kind::Unread => None,
            Kind::Null => Some(Cow::Borrowed("")),
            Kind::Text | Kind::Decoded => self.as_str().map(Cow::Borrowed),
            Kind::Number | Kind::True | Kind::False => Some(Cow::Borrowed(self.raw())),
        }
    }

    pub(super) fn as_bool(self) -> Option<bool> {
        match self.own().kind {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// The value of a number.
    pub(super) fn number(self) -> Option<f64> {
        (self.own().kind == Kind::Number).then(|| self.raw().parse().ok()).flatten()
    }

    /// The value of a member; of equal names the last.
    pub(super) fn get(self, name: &str) -> Option<Value<'t>> {
        self.entries().filter(|(key, _)| *key == name).last().map(|(_, value)| value)
    }

    /// The members of a map.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'t str, Value<'t>)> {
        let own = self.own();
        let mut at = if own.kind == Kind::Map { self.index + 1 } else { own.next };
        std::iter::from_fn(move || {
            let key = self.at(at).filter(|_| at < own.next)?;
            let value = self.at(key.own().next)?;
            at = value.own().next;
            Some((key.as_str().unwrap_or_default(), value))
        })
    }

    /// The items of a list.
    pub(super) fn items(self) -> impl Iterator<Item = Value<'t>> {
        let own = self.own();
        let mut at = if own.kind == Kind::List { self.index + 1 } else { own.next };
        std::iter::from_fn(move || {
            let item = self.at(at).filter(|_| at < own.next)?;
            at = item.own().next;
            Some(item)
        })
    }

    fn at(self, index: u32) -> Option<Value<'t>> {
        self.document.values.get(index as usize).map(|_| Value { document: self.document, index })
    }
}
