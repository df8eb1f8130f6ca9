//! Numbers, compared exactly where they are whole.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::model::Bound;

/// How far a quotient may be from whole: decimal fractions are not exact.
const TOLERANCE: f64 = 1e-9;

/// The number where it is whole.
pub(super) fn whole(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
    let float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e30).map(|float| float as i128);
    exact.or_else(float)
}

/// Whether a number is whole.
pub(super) fn is_whole(number: &Number) -> bool {
    whole(number).is_some() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// Which of two numbers is greater.
pub(super) fn compare(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal),
    }
}

/// Whether each multiple of `step` is one of `of`.
pub(super) fn is_multiple(step: &Number, of: &Number) -> bool {
    match (whole(step), whole(of)) {
        (Some(step), Some(of)) if of != 0 => step % of == 0,
        _ => {
            let quotient = step.as_f64().unwrap_or(0.5) / of.as_f64().unwrap_or(1.0);
            quotient.is_finite() && quotient >= 0.5 && (quotient - quotient.round()).abs() < TOLERANCE
        }
    }
}

/// The same value in the one way in which equal values are written: whole numbers without a point.
pub(super) fn canonical(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let whole = whole(&number);
            let small = whole.and_then(|whole| i64::try_from(whole).ok()).map(Value::from);
            let large = || whole.and_then(|whole| u64::try_from(whole).ok()).map(Value::from);
            small.or_else(large).unwrap_or(Value::Number(number))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        Value::Object(members) => Value::Object(members.into_iter().map(|(name, value)| (name, canonical(value))).collect()),
        other => other,
    }
}

/// The side on which a bound lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Lower,
    Upper,
}

impl Bound<'_> {
    /// The bound for whole numbers, which need no exclusive ones: above 1.5 and above 1 is from 2 on.
    pub(super) fn for_whole(&self, end: End) -> Option<i128> {
        let inwards = i128::from(self.is_exclusive);
        match (whole(&self.value), end) {
            (Some(value), End::Lower) => Some(value + inwards),
            (Some(value), End::Upper) => Some(value - inwards),
            (None, _) => {
                let float = self.value.as_f64().filter(|float| float.abs() < 1e30)?;
                let rounded = if end == End::Lower { float.ceil() } else { float.floor() };
                #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
                Some(rounded as i128)
            }
        }
    }

    /// How far inwards it lies compared with another: greater is narrower.
    pub(super) fn narrowness(&self, other: &Bound<'_>, end: End, is_integer: bool) -> Ordering {
        if is_integer && let (Some(own), Some(other)) = (self.for_whole(end), other.for_whole(end)) {
            return if end == End::Lower { own.cmp(&other) } else { other.cmp(&own) };
        }
        let order = compare(&self.value, &other.value);
        let order = if end == End::Lower { order } else { order.reverse() };
        order.then(self.is_exclusive.cmp(&other.is_exclusive))
    }

    /// The number nearest to the bound that keeps it, whole where it can be.
    pub(super) fn nearest(&self, end: End, is_integer: bool) -> Value {
        let outwards = if end == End::Lower { 1.0 } else { -1.0 };
        if (is_integer || self.is_exclusive)
            && let Some(whole) = self.for_whole(end).and_then(|whole| i64::try_from(whole).ok())
        {
            return Value::from(whole);
        }
        if self.is_exclusive {
            Value::from(self.value.as_f64().unwrap_or(0.0) + outwards)
        } else {
            canonical(Value::Number(self.value.clone()))
        }
    }
}

impl<'p> Bound<'p> {
    /// Whether nothing lies between this lower bound and an upper one.
    pub(super) fn excludes(&self, upper: &Bound<'p>) -> bool {
        let order = compare(&self.value, &upper.value);
        order.is_gt() || order.is_eq() && (self.is_exclusive || upper.is_exclusive)
    }
}
