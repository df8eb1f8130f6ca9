//! What a field holds.

use std::borrow::Cow;

use crate::http::status::StatusKey;
use crate::openapi::{Header, MediaType, Parameter, RequestBody, Schema, Scheme};

/// The value of a field of a row or record.
#[derive(Clone, Debug)]
pub enum Value<'p> {
    /// It cannot be told.
    Unknown,
    /// There is none.
    Absent,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Cow<'p, str>),
    /// A status key.
    Status(StatusKey),
    /// The status keys that an operation describes; asked with `answers`.
    Answers(Vec<StatusKey>),
    /// Several values.
    List(Vec<Value<'p>>),
    /// Something with fields of its own.
    Record(Record<'p>),
}

/// Something with fields that is no row.
#[derive(Clone, Debug)]
pub enum Record<'p> {
    /// A header field.
    Header(Header<'p>),
    /// A media type.
    MediaType(MediaType<'p>),
    /// A schema.
    Schema(Schema<'p>),
    /// A parameter.
    Parameter(Parameter<'p>),
    /// What requests carry.
    Request(RequestBody<'p>),
    /// One security requirement: the schemes that are needed together.
    Scheme(Scheme<'p>),
    /// A row of the description: an operation of a path, a response of an operation.
    Row(super::Subject),
    /// A part of the exchange at hand.
    Observed(super::observed_fields::Part),
}

impl<'p> Value<'p> {
    /// A text, or absent.
    pub fn text(text: Option<Cow<'p, str>>) -> Value<'p> {
        text.map_or(Value::Absent, Value::Text)
    }

    /// A list of texts.
    pub fn texts(texts: impl IntoIterator<Item = Cow<'p, str>>) -> Value<'p> {
        Value::List(texts.into_iter().map(Value::Text).collect())
    }

    /// A list of records.
    pub fn records(records: impl IntoIterator<Item = Record<'p>>) -> Value<'p> {
        Value::List(records.into_iter().map(Value::Record).collect())
    }
}
