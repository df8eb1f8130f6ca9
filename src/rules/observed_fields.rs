//! The fields of an exchange: where each value comes from when recorded traffic is judged.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::evaluate::{Row, Subject};
use super::fields::{Field, Noun, of_any, of_operation, of_registration};
use super::value::{Record, Value};
use crate::facts::Observed;
use crate::traffic::{Credentials, FieldLines};

/// A part of the exchange at hand that has fields of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The request.
    Request,
    /// The header field of the line with this number: all lines of that name.
    Field(Side, usize),
    /// The content, under the media type that is sent with it.
    Content(Side),
}

/// A half of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was asked.
    Request,
    /// What was answered.
    Response,
}

/// The value of a field of the exchange at hand.
pub(super) fn of_exchange<'a>(row: &Row<'a, '_>, exchange: &'a Observed<'_>, field: Field) -> Value<'a> {
    match field {
        Field::Key => described_response(row).map_or(Value::Absent, |described| super::fields::of_row(&described, field)),
        Field::Status => Value::Status(exchange.status()),
        Field::Registration => of_registration(exchange.status()),
        Field::Headers => fields(Side::Response, exchange),
        Field::Body => presence(exchange.has_content()),
        Field::Content => content(Side::Response, exchange),
        // The links that a description has for this response hold for what came.
        Field::Links => described_response(row).map_or(Value::list(Vec::new()), |row| super::fields::of_row(&row, field)),
        Field::Component => Value::Absent,
        Field::Quoted | Field::Description => Value::Unknown,
        Field::SentRequest => Value::Record(Record::Observed(Part::Request)),
        Field::Method => Value::Text(Cow::Borrowed(&exchange.exchange.request.method)),
        _ if Noun::Response.reads_operation(field) && field != Field::Role => {
            row.operation().map_or(Value::Unknown, |operation| of_operation(row, operation, field))
        }
        Field::Role => Value::Text(Cow::Borrowed("server")),
        _ => of_any(row, field),
    }
}

/// The row of the described response that the exchange used.
fn described_response<'a, 'p>(row: &Row<'a, 'p>) -> Option<Row<'a, 'p>> {
    Some(row.at(Subject::Response(row.exchange()?.response?)))
}

/// The value of a field of a part of the exchange at hand.
pub(super) fn of_part<'p>(exchange: &Observed<'_>, part: Part, field: Field) -> Value<'p> {
    match (part, field) {
        (Part::Request, Field::Headers) => fields(Side::Request, exchange),
        (Part::Request, Field::Body) => presence(exchange.exchange.request.body.is_present()),
        (Part::Request, Field::Content) => content(Side::Request, exchange),
        (Part::Request, Field::Credentials) => credentials(exchange.credentials),
        (Part::Field(side, line), Field::Name) => lines(side, exchange).name(line).map_or(Value::Unknown, owned),
        (Part::Field(side, line), Field::Values) => values(lines(side, exchange), line),
        (Part::Content(side), Field::MediaType) => media_type(lines(side, exchange)).map_or(Value::Unknown, owned),
        _ => Value::Unknown,
    }
}

fn lines<'x>(side: Side, exchange: &Observed<'x>) -> &'x FieldLines {
    match side {
        Side::Request => &exchange.exchange.request.headers,
        Side::Response => &exchange.exchange.response.headers,
    }
}

/// One item for each field name; one more that is unknown where not all fields were recorded. Those of requests never are:
/// browsers leave out what is secret.
fn fields<'p>(side: Side, exchange: &Observed<'_>) -> Value<'p> {
    let mut seen = FxHashSet::default();
    let names = lines(side, exchange).iter().map(|(name, _)| name.to_ascii_lowercase());
    let firsts = names.enumerate().filter(|(_, name)| seen.insert(name.clone()));
    let mut items: Vec<Value<'p>> =
        firsts.map(|(number, _)| Value::Record(Record::Observed(Part::Field(side, number)))).collect();
    let is_whole = match side {
        Side::Request => false,
        Side::Response => exchange.exchange.response.has_all_headers,
    };
    items.extend((!is_whole).then_some(Value::Unknown));
    Value::list(items)
}

fn presence<'p>(is_present: Option<bool>) -> Value<'p> {
    is_present.map_or(Value::Unknown, Value::Boolean)
}

/// The content that came, one item; none where there was none.
fn content<'p>(side: Side, exchange: &Observed<'_>) -> Value<'p> {
    let is_present = match side {
        Side::Request => exchange.exchange.request.body.is_present(),
        Side::Response => exchange.has_content(),
    };
    match is_present {
        None => Value::Unknown,
        Some(false) => Value::list(Vec::new()),
        Some(true) => Value::list(vec![Value::Record(Record::Observed(Part::Content(side)))]),
    }
}

fn credentials<'p>(credentials: Credentials) -> Value<'p> {
    match credentials {
        Credentials::None => Value::Text(Cow::Borrowed("none")),
        Credentials::Present => Value::Text(Cow::Borrowed("present")),
        Credentials::Unknown => Value::Unknown,
    }
}

fn values<'p>(lines: &FieldLines, line: usize) -> Value<'p> {
    let Some(name) = lines.name(line) else { return Value::Unknown };
    Value::list(lines.lines(name).map(owned).collect())
}

fn media_type(lines: &FieldLines) -> Option<&str> {
    lines.lines("content-type").last()
}

fn owned<'p>(text: &str) -> Value<'p> {
    Value::Text(Cow::Owned(text.to_owned()))
}
