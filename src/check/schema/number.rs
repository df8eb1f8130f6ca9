//! Numbers as they are written.

use std::borrow::Cow;

use jsonschema::json::JsonNumber;
use serde_json::Value;

use crate::syntax::{Node, Scalar};

/// A number of an instance.
#[derive(Clone, Copy)]
pub(super) struct Number<'t> {
    text: &'t str,
    scalar: Scalar,
}

impl<'t> Number<'t> {
    /// The number that a node is.
    pub(super) fn of(node: Node<'t>) -> Option<Self> {
        let scalar = node.scalar()?;
        matches!(scalar, Scalar::Integer(_) | Scalar::Float(_)).then_some(Number { text: node.raw(), scalar })
    }

    /// The number as a value of its own.
    pub(super) fn value(self) -> Value {
        Value::Number(self.to_number().into_owned())
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        match self.scalar {
            Scalar::Integer(number) => u64::try_from(number).ok(),
            _ => self.text.parse().ok(),
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self.scalar {
            Scalar::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        self.scalar.number()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.text)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let whole = self.as_i64().map(Into::into).or_else(|| self.as_u64().map(Into::into));
        let number = whole.or_else(|| serde_json::Number::from_f64(self.as_f64()?));
        Cow::Owned(number.or_else(|| serde_json::Number::from_f64(f64::MAX)).unwrap_or_else(|| 0.into()))
    }

    /// `1.0` and `1e2` are integers: what draft 4 says otherwise, no user of OpenAPI expects.
    fn is_integer(&self) -> bool {
        match self.scalar {
            Scalar::Float(number) => !number.is_finite() || number.fract() == 0.0,
            _ => true,
        }
    }

    fn is_written_as_integer(&self) -> bool {
        self.is_integer()
    }
}
