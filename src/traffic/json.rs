//! One element as a tree. It differs from the reader of descriptions in what it leaves out: members that nobody asks for
//! are passed over unread, and what is wrong is not told in detail. Escaped strings are decoded while they are read.

use std::ops::Range;

use super::decode::Decoder;
use super::scan::Scan;
use super::value::{Kind, RawValue, Value};
use crate::syntax::MAXIMUM_DEPTH;

/// How many values, keys and items are kept: each takes 24 bytes.
const MAXIMUM_VALUES: usize = 2_000_000;

/// An element that was read.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) decoded: String,
    pub(super) values: Vec<RawValue>,
}

impl Document {
    /// Reads a text, or says why it cannot be read. The values of `unread` members are not looked into.
    pub(super) fn parse(text: String, unread: &[&str]) -> Result<Document, String> {
        let mut values = Vec::with_capacity(text.len() / 64);
        let mut strings = Decoder::default();
        let mut reader = Reader { text: &text, at: 0, unread, values: &mut values, decoder: &mut strings, is_too_deep: false };
        let is_whole = reader.value(0).is_some() && reader.next_byte().is_none();
        let is_too_deep = reader.is_too_deep;
        if values.len() > MAXIMUM_VALUES {
            return Err(format!("the entry has more than {MAXIMUM_VALUES} values, more than are read"));
        }
        if is_too_deep {
            return Err(format!("the entry is nested deeper than {MAXIMUM_DEPTH} levels, deeper than is read"));
        }
        let decoded = strings.into_text().filter(|_| is_whole).ok_or_else(|| "the entry is not valid JSON".to_owned())?;
        Ok(Document { text, decoded, values })
    }

    /// The value of the text.
    pub(super) fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }
}

struct Reader<'r> {
    text: &'r str,
    at: usize,
    unread: &'r [&'r str],
    values: &'r mut Vec<RawValue>,
    decoder: &'r mut Decoder,
    is_too_deep: bool,
}

impl Reader<'_> {
    /// The byte behind the blanks, left in place.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.next_byte()? {
            b'"' => self.string().map(drop),
            b'{' => self.collection(Kind::Map, b'}', depth),
            b'[' => self.collection(Kind::List, b']', depth),
            _ => self.word(),
        }
    }

    /// A map or list with everything in it.
    fn collection(&mut self, kind: Kind, close: u8, depth: usize) -> Option<()> {
        if depth >= MAXIMUM_DEPTH {
            self.is_too_deep = true;
            return None;
        }
        let (index, start) = (self.values.len(), self.at);
        self.push(kind, start..start, 0..0)?;
        self.at += 1;
        let mut is_first = true;
        while self.next_byte()? != close {
            if !is_first {
                self.take(b',')?;
            }
            is_first = false;
            match kind {
                Kind::Map => self.member(depth + 1)?,
                _ => self.value(depth + 1)?,
            }
        }
        self.at += 1;
        let next = self.values.len() as u32;
        let value = self.values.get_mut(index)?;
        (value.end, value.next) = (self.at as u32, next);
        Some(())
    }

    fn member(&mut self, depth: usize) -> Option<()> {
        if self.next_byte()? != b'"' {
            return None;
        }
        let key = self.string()?;
        self.take(b':')?;
        let is_unread = self.text.get(key).is_some_and(|key| self.unread.contains(&key));
        match self.next_byte()? {
            b'{' | b'[' if is_unread => self.pass_over(),
            _ => self.value(depth),
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        let found = self.next_byte()? == byte;
        self.at += usize::from(found);
        found.then_some(())
    }

    /// A map or list that is not looked into.
    fn pass_over(&mut self) -> Option<()> {
        let start = self.at;
        self.at += Scan::default().end(self.text.as_bytes().get(start..)?)?;
        self.push(Kind::Unread, start..self.at, 0..0)
    }

    /// A string; returns the range between its quotation marks.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let special = Decoder::special(self.text.as_bytes(), start + 1)?;
        if self.text.as_bytes().get(special) == Some(&b'"') {
            self.at = special + 1;
            self.push(Kind::Text, start..self.at, 0..0)?;
        } else {
            let (end, decoded) = self.decoder.decode(self.text, start + 1, special)?;
            self.at = end + 1;
            self.push(Kind::Decoded, start..self.at, decoded)?;
        }
        Some(start + 1..self.at - 1)
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let word = rest.get(..rest.bytes().position(|byte| !is_inner(byte)).unwrap_or(rest.len()))?;
        let kind = match word {
            "null" => Kind::Null,
            "true" => Kind::True,
            "false" => Kind::False,
            _ if is_number(word) => Kind::Number,
            _ => return None,
        };
        self.at += word.len();
        self.push(kind, start..self.at, 0..0)
    }

    fn push(&mut self, kind: Kind, span: Range<usize>, decoded: Range<u32>) -> Option<()> {
        let next = self.values.len() as u32 + 1;
        self.values.push(RawValue {
            start: span.start as u32,
            end: span.end as u32,
            next,
            kind,
            decoded: (decoded.start, decoded.end),
        });
        (self.values.len() <= MAXIMUM_VALUES).then_some(())
    }
}

/// Whether a word is a number as JSON writes it (RFC 8259 §6).
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_is_and_what_is_none() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let (deep, too_deep) = (nested(MAXIMUM_DEPTH), nested(MAXIMUM_DEPTH + 1));
        for text in [
            "{}",
            "[]",
            " [ 1 , -0.5e+7,true , null,false,\"\" ] ",
            "{\"a\":{\"b\":[{}]}}",
            "\"\\u00e9\\n\"",
            "0",
            "{\"a\":1,\"a\":2}",
            deep.as_str(),
        ] {
            assert!(Document::parse(text.to_owned(), &[]).is_ok(), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok() || text.len() > 200, "{text}");
        }
        for text in [
            "",
            "{",
            "[",
            "[1",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "[1 2]",
            "[1]]",
            "[1}",
            "{]",
            "nul",
            "NaN",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "--1",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "'a'",
            "[,1]",
            "\"a\" 1",
            too_deep.as_str(),
        ] {
            assert!(Document::parse(text.to_owned(), &[]).is_err(), "{text}");
        }
    }

    #[test]
    fn unread_members_are_passed_over() {
        let text = r#"{"a":{"b":[NaN,"}\"]"]},"c":1,"a2":[],"a":7}"#;
        let document = Document::parse(text.to_owned(), &["a"]).expect("JSON");
        assert_eq!(document.root().get("c").and_then(Value::number), Some(1.0));
        assert_eq!(document.root().get("a").map(Value::raw), Some("7"));
        assert!(Document::parse(text.to_owned(), &[]).is_err());
    }
}
