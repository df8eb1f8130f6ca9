//! Whether a path parameter accepts a value, as far as its type tells. What cannot be told is accepted.

use std::borrow::Cow;

use crate::openapi::{Parameter, Schema};
use crate::syntax::Node;

/// What values a path parameter accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Accepts {
    #[default]
    Anything,
    Integer,
    Number,
    Boolean,
    Uuid,
    Date,
    OneOf(Vec<String>),
}

impl Accepts {
    /// What the path parameter of a name accepts.
    pub(super) fn of(parameters: &[Parameter<'_>], name: &str) -> Accepts {
        let is_meant = |parameter: &&Parameter<'_>| {
            parameter.location().as_deref() == Some("path") && parameter.name().as_deref() == Some(name)
        };
        // Other styles put marks of their own in front of the value.
        let is_plain = |parameter: &&Parameter<'_>| {
            let style = parameter.target().and_then(|target| target.text("style"));
            style.is_none_or(|style| style == "simple")
        };
        let parameter = parameters.iter().find(is_meant).filter(is_plain);
        parameter.and_then(|parameter| parameter.schema()).map(of_schema).unwrap_or_default()
    }

    /// Whether it accepts a value.
    pub(super) fn accepts(&self, value: &str) -> bool {
        match self {
            Accepts::Anything => true,
            Accepts::Integer => is_integer(value),
            Accepts::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
            Accepts::Boolean => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
            Accepts::Uuid => is_uuid(value),
            Accepts::Date => is_date(value),
            Accepts::OneOf(values) => values.iter().any(|other| other == value),
        }
    }
}

fn of_schema(schema: Schema<'_>) -> Accepts {
    let pinned: Vec<_> = schema.all_pinned_values().map(|value| value.text().map(Cow::into_owned)).collect();
    if let Some(values) = pinned.into_iter().collect::<Option<Vec<_>>>().filter(|values| !values.is_empty()) {
        return Accepts::OneOf(values);
    }
    let format = schema.keyword("format").and_then(Node::text);
    let types = schema.types();
    let [only] = types.as_slice() else { return Accepts::Anything };
    match (only.as_ref(), format.as_deref()) {
        ("integer", _) => Accepts::Integer,
        ("number", _) => Accepts::Number,
        ("boolean", _) => Accepts::Boolean,
        ("string", Some("uuid")) => Accepts::Uuid,
        ("string", Some("date")) => Accepts::Date,
        _ => Accepts::Anything,
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a UUID (RFC 9562, section 4).
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Whether a text has the form of a date: `2026-01-31`.
pub(super) fn is_date(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([4, 2, 2]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
}
