//! What an unquoted scalar means: the YAML 1.2 core schema, of which JSON's literals are a part.

/// The value of a scalar node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// `null`, `~`, or nothing written.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number that fits 64 bits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text: everything quoted, and all the rest.
    Text,
}

impl Scalar {
    /// The meaning of an unquoted scalar. Words of YAML 1.1 such as `no` are text.
    pub fn of_plain(text: &str) -> Scalar {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
            "true" | "True" | "TRUE" => Scalar::Boolean(true),
            "false" | "False" | "FALSE" => Scalar::Boolean(false),
            _ => number(text).unwrap_or(Scalar::Text),
        }
    }

    /// The number, whole or not.
    pub fn number(self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "status codes and counts are small")]
            Scalar::Integer(number) => Some(number as f64),
            Scalar::Float(number) => Some(number),
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<Scalar> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i64::from_str_radix(digits, 8).ok().map(Scalar::Integer);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok().map(Scalar::Integer);
    }
    special_float(text).or_else(|| decimal(text))
}

fn special_float(text: &str) -> Option<Scalar> {
    let number = match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => return None,
    };
    Some(Scalar::Float(number))
}

fn decimal(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Scalar::Integer).or_else(|_| text.parse().map(Scalar::Float)).ok();
    }
    let looks_decimal = unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !looks_decimal || !unsigned.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().map(Scalar::Float).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_schema() {
        let cases = [
            ("no", Scalar::Text),
            ("0o17", Scalar::Integer(15)),
            ("0x1F", Scalar::Integer(31)),
            ("1_000", Scalar::Text),
            ("200", Scalar::Integer(200)),
            ("-1", Scalar::Integer(-1)),
            ("+12", Scalar::Integer(12)),
            ("1e3", Scalar::Float(1000.0)),
            (".5", Scalar::Float(0.5)),
            ("1.", Scalar::Float(1.0)),
            ("-", Scalar::Text),
            (".", Scalar::Text),
            ("2024-01-01", Scalar::Text),
            ("2XX", Scalar::Text),
            ("~", Scalar::Null),
            ("True", Scalar::Boolean(true)),
            ("e3", Scalar::Text),
            ("+-1", Scalar::Text),
            ("0200", Scalar::Integer(200)),
            ("99999999999999999999", Scalar::Float(1e20)),
        ];
        for (text, expected) in cases {
            assert_eq!(Scalar::of_plain(text), expected, "{text}");
        }
    }
}
