//! What a field holds.

use std::borrow::Cow;
use std::ops::Range;

use super::Subject;
use crate::http::status::StatusKey;
use crate::openapi::{Alternative, Header, MediaType, Parameter, RequestBody, Schema, Scheme};

/// The value of a field of a row or record. It borrows from the description and what is known of it: most values are
/// looked at once and thrown away.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// It cannot be told.
    Unknown,
    /// There is none.
    Absent,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// A status key.
    Status(StatusKey),
    /// The status keys that an operation describes, by the indexes of its responses; asked with `answers`.
    Answers(Range<usize>),
    /// Several values.
    List(List<'a>),
    /// Something with fields of its own.
    Record(Record<'a>),
}

/// Several values, made one by one when they are looked at.
#[derive(Clone, Debug)]
pub enum List<'a> {
    /// Header fields.
    Headers(&'a [Header<'a>]),
    /// Media types.
    MediaTypes(&'a [MediaType<'a>]),
    /// Parameters.
    Parameters(&'a [Parameter<'a>]),
    /// The alternatives of a security requirement, each a list of schemes.
    Alternatives(&'a [Alternative<'a>]),
    /// Schemes that are needed together.
    Schemes(&'a [Scheme<'a>]),
    /// Rows of the description with these indexes.
    Rows(Range<usize>, fn(usize) -> Subject),
    /// Whatever else.
    Values(Vec<Value<'a>>),
}

/// Something with fields that is no row.
#[derive(Clone, Debug)]
pub enum Record<'a> {
    /// A header field.
    Header(Header<'a>),
    /// A media type.
    MediaType(MediaType<'a>),
    /// A schema.
    Schema(Schema<'a>),
    /// A parameter.
    Parameter(&'a Parameter<'a>),
    /// What requests carry.
    Request(RequestBody<'a>),
    /// One security requirement: the schemes that are needed together.
    Scheme(&'a Scheme<'a>),
    /// A row of the description: an operation of a path, a response of an operation.
    Row(Subject),
    /// A part of the exchange at hand.
    Observed(super::observed_fields::Part),
}

impl<'a> Value<'a> {
    /// A text, or absent.
    pub fn text(text: Option<Cow<'a, str>>) -> Value<'a> {
        text.map_or(Value::Absent, Value::Text)
    }

    /// A list of texts.
    pub fn texts(texts: impl IntoIterator<Item = Cow<'a, str>>) -> Value<'a> {
        Value::list(texts.into_iter().map(Value::Text).collect())
    }

    /// A list of these.
    pub fn list(values: Vec<Value<'a>>) -> Value<'a> {
        Value::List(List::Values(values))
    }
}

impl<'a> List<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            List::Headers(all) => all.len(),
            List::MediaTypes(all) => all.len(),
            List::Parameters(all) => all.len(),
            List::Alternatives(all) => all.len(),
            List::Schemes(all) => all.len(),
            List::Rows(all, _) => all.len(),
            List::Values(all) => all.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values in their order.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    fn get(&self, index: usize) -> Option<Value<'a>> {
        Some(match self {
            List::Headers(all) => Value::Record(Record::Header(*all.get(index)?)),
            List::MediaTypes(all) => Value::Record(Record::MediaType(*all.get(index)?)),
            List::Parameters(all) => Value::Record(Record::Parameter(all.get(index)?)),
            List::Alternatives(all) => Value::List(List::Schemes(&all.get(index)?.schemes)),
            List::Schemes(all) => Value::Record(Record::Scheme(all.get(index)?)),
            List::Rows(all, subject) => Value::Record(Record::Row(subject(all.start + index))),
            List::Values(all) => all.get(index)?.clone(),
        })
    }
}
