//! JSON's bare words: numbers, `true`, `false`, `null`, and what people write in their place.

use super::{Expect, Reader};
use crate::syntax::fault::quoted;
use crate::syntax::tree::Kind;

impl Reader<'_> {
    /// Reads a word that may be a number or literal.
    #[inline]
    pub(super) fn word(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|&byte| ends_word(byte)).unwrap_or(rest.len());
        let word = &rest[..length];
        if is_number(word) || matches!(word, b"true" | b"false" | b"null") {
            self.at += length;
            self.builder.leaf(Kind::Plain, start as u32..self.at as u32, 0);
            return;
        }
        self.odd_word(length);
    }

    /// Reads a word that JSON does not have as a value.
    pub(super) fn odd_word(&mut self, length: usize) {
        let start = self.at;
        let word = self.text.get(start..start + length).unwrap_or_default();
        if let Some((message, help)) = near_miss(word) {
            self.at += length;
            self.faults.syntax(start..self.at, message, help);
            self.builder.leaf(Kind::Plain, start as u32..self.at as u32, 0);
            return;
        }
        self.at += self.unquoted_length().max(length);
        let range = start..self.at;
        let message = format!("{} stands here without quotes", quoted(self.written(range.clone())));
        let curly = word.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']);
        let help = if curly { "replace the curly quotes by straight ones: `\"`" } else { "put text in double quotes" };
        self.faults.syntax(range.clone(), message, help);
        self.damage(range.start, range.end);
        self.builder.leaf(Kind::Plain, start as u32..self.at as u32, 0);
    }

    /// How far text without quotes goes on: to the end of its line or the next `,`, `]`, `}` or `"`.
    fn unquoted_length(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find([',', ']', '}', '"', '\n', '\r']).unwrap_or(rest.len());
        rest[..end].trim_end().len()
    }

    /// Reads a key without quotes; at least one character of it.
    pub(super) fn bare_key(&mut self) -> Expect {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest.bytes().position(ends_word).unwrap_or(rest.len()).max(first);
        self.at += length;
        self.key = start..self.at;
        let message = format!("the key {} stands here without quotes", quoted(&rest[..length]));
        self.faults.syntax(start..self.at, message, "put keys in double quotes");
        self.builder.leaf(Kind::Plain, start as u32..self.at as u32, 0);
        Expect::Colon
    }
}

#[inline]
fn ends_word(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b',' | b';' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | b'\'' | b'/' | b'#')
}

/// The number grammar of RFC 8259, section 6.
#[inline]
fn is_number(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let rest = match word {
        [b'0', rest @ ..] => rest,
        [b'1'..=b'9', rest @ ..] => behind_digits(rest),
        _ => return false,
    };
    let rest = match rest {
        [b'.', b'0'..=b'9', rest @ ..] => behind_digits(rest),
        _ => rest,
    };
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', b'0'..=b'9', rest @ ..] | [b'e' | b'E', b'0'..=b'9', rest @ ..] => {
            behind_digits(rest).is_empty()
        }
        _ => false,
    }
}

#[inline]
fn behind_digits(bytes: &[u8]) -> &[u8] {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    &bytes[digits..]
}

/// Message and help for a word that is nearly JSON and whose meaning is plain.
fn near_miss(word: &str) -> Option<(String, String)> {
    let lower = word.to_ascii_lowercase();
    if matches!(lower.as_str(), "true" | "false" | "null") {
        return Some((format!("`{word}` is no word of JSON"), format!("write `{lower}`")));
    }
    if matches!(lower.as_str(), "none" | "nil" | "undefined") {
        return Some((format!("`{word}` is no word of JSON"), "write `null`".to_owned()));
    }
    if matches!(lower.trim_start_matches(['-', '+']), "nan" | "inf" | "infinity") {
        return Some((format!("`{word}` is no number of JSON"), "leave the value out or write `null`".to_owned()));
    }
    let number = plain_number(word)?;
    Some((format!("{} is no number of JSON", quoted(word)), number))
}

/// What to write in place of a number that other languages would take.
fn plain_number(word: &str) -> Option<String> {
    let unsigned = word.trim_start_matches(['-', '+']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(hex) = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        return hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| "write it in decimal digits".to_owned());
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    match (digits(whole), digits(fraction)) {
        (true, true) if word.starts_with('+') => Some("leave out the `+`".to_owned()),
        (true, true) if whole.len() > 1 && whole.starts_with('0') => {
            Some("leave out the leading zeros, or put it in double quotes".to_owned())
        }
        (false, true) if whole.is_empty() && word.contains('.') => Some("write a `0` in front of the point".to_owned()),
        (true, false) if fraction.is_empty() => Some("write a digit behind the point, or leave the point out".to_owned()),
        _ if looks_numeric(unsigned) => Some("check its digits, or put it in double quotes".to_owned()),
        _ => None,
    }
}

fn looks_numeric(word: &str) -> bool {
    let numeric = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    word.starts_with(|first: char| first.is_ascii_digit()) && word.bytes().all(numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for number in ["0", "-0", "10", "1.5", "-1.50e+10", "1E5", "0e-1", "123456789"] {
            assert!(is_number(number.as_bytes()), "{number}");
        }
        for other in ["", "-", "01", "+1", ".5", "1.", "1.e1", "1e", "1e+", "0x1", "1a", "--1", "1.2.3", "１"] {
            assert!(!is_number(other.as_bytes()), "{other}");
        }
    }
}
