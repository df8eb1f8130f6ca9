//! Numbers as they are written.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::JsonNumber;
use serde_json::Value;

use super::tape::type_of;
use crate::syntax::{Node, Scalar};

/// A number of an instance, as it is written.
#[derive(Clone, Copy)]
pub(super) struct Number<'t>(&'t str);

impl<'t> Number<'t> {
    /// The number that a node is.
    pub(super) fn of(node: Node<'t>) -> Option<Self> {
        (type_of(node) == JsonType::Number).then(|| Number(node.raw()))
    }

    /// The number as a value of its own.
    pub(super) fn value(self) -> Value {
        Value::Number(self.to_number().into_owned())
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok().or_else(|| u64::try_from(self.as_i64()?).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        match Scalar::of_plain(self.0) {
            Scalar::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        Scalar::of_plain(self.0).number()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let whole = self.as_i64().map(Into::into).or_else(|| self.as_u64().map(Into::into));
        let number = whole.or_else(|| serde_json::Number::from_f64(self.as_f64()?));
        Cow::Owned(number.or_else(|| serde_json::Number::from_f64(f64::MAX)).unwrap_or_else(|| 0.into()))
    }

    /// `1.0` and `1e2` are integers: what draft 4 says otherwise, no user of OpenAPI expects.
    fn is_integer(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            || self.as_f64().is_some_and(|number| !number.is_finite() || number.fract() == 0.0)
    }

    fn is_written_as_integer(&self) -> bool {
        self.is_integer()
    }
}
