//! JSON strings: their end, their escapes, and what can be wrong inside.

use std::borrow::Cow;
use std::ops::Range;

use super::Reader;
use crate::syntax::fault::quoted;
use crate::syntax::tree::{Kind, flag};

const LOW_BITS: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

impl Reader<'_> {
    /// Reads a string in double quotes and returns its range.
    #[inline]
    pub(super) fn string(&mut self) -> Range<usize> {
        let start = self.at;
        self.at = next_special(self.bytes, start + 1);
        if self.bytes.get(self.at) == Some(&b'"') {
            self.at += 1;
            return self.keep(start, Kind::Double, 0);
        }
        self.string_with_specials(start)
    }

    fn keep(&mut self, start: usize, kind: Kind, flags: u8) -> Range<usize> {
        self.builder.leaf(kind, start as u32..self.at as u32, flags);
        start..self.at
    }

    /// The rest of a string with escapes or control characters; `at` is at the first of them.
    fn string_with_specials(&mut self, start: usize) -> Range<usize> {
        let mut flags = 0;
        let mut control_reported = false;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    flags = flag::ESCAPED;
                    self.escape();
                }
                Some(b'\n' | b'\r') if !self.goes_on_behind_line() => return self.unclosed_string(start),
                Some(&byte) => {
                    self.control_character(byte, &mut control_reported);
                }
                None => return self.unclosed_string(start),
            }
            self.at = next_special(self.bytes, self.at);
        }
        self.at += 1;
        self.keep(start, Kind::Double, flags)
    }

    /// Passes over an escape and reports one that JSON does not know.
    fn escape(&mut self) {
        let start = self.at;
        let escaped = self.text.get(start + 1..).and_then(|rest| rest.chars().next());
        self.at += 1 + escaped.map_or(0, char::len_utf8);
        match escaped {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') | None => {}
            Some('\n' | '\r') => {
                self.faults.syntax(
                    start..start + 1,
                    "a backslash at the end of a line is no escape in JSON",
                    "write `\\n` for a line break",
                );
            }
            Some('u') => self.hex_escape(start),
            Some(_) => {
                let message = format!("{} is no escape of JSON", quoted(self.written(start..self.at)));
                self.faults.syntax(
                    start..self.at,
                    message,
                    "write `\\\\` for a backslash; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX",
                );
            }
        }
    }

    fn hex_escape(&mut self, start: usize) {
        let digits = self.bytes.iter().skip(self.at).take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
        self.at += digits;
        if digits < 4 {
            let message = format!("{} has {digits} hexadecimal digits, not four", quoted(self.written(start..self.at)));
            self.faults.syntax(start..self.at, message, "write all four digits, as in `\\u00e9`");
        }
    }

    fn control_character(&mut self, byte: u8, reported: &mut bool) {
        let at = self.at;
        self.at += 1;
        if std::mem::replace(reported, true) {
            return;
        }
        let (name, escape) = match byte {
            b'\n' => ("a line break".to_owned(), "\\n".to_owned()),
            b'\r' => ("a carriage return".to_owned(), "\\r".to_owned()),
            b'\t' => ("a tab".to_owned(), "\\t".to_owned()),
            _ => (format!("the control character U+{byte:04X}"), format!("\\u{byte:04x}")),
        };
        self.faults.syntax(at..at + 1, format!("{name} stands in a string as it is"), format!("write `{escape}`"));
    }

    /// Whether a string with a line break inside is meant to go on in the next line: the next quote then closes it,
    /// which shows in what follows that quote. Otherwise the closing quote was forgotten on this line.
    fn goes_on_behind_line(&self) -> bool {
        let Some(quote) = closing_quote(self.bytes, self.at, b'"') else { return false };
        let behind = self.bytes.iter().skip(quote + 1).find(|byte| !byte.is_ascii_whitespace());
        matches!(behind, None | Some(b',' | b'}' | b']' | b':'))
    }

    /// A string without its closing quote ends with its line, in front of the comma there.
    fn unclosed_string(&mut self, start: usize) -> Range<usize> {
        let line = self.written(start..self.text.len()).lines().next().unwrap_or_default().trim_end();
        let written = line.strip_suffix(',').unwrap_or(line);
        self.at = start + written.len();
        self.faults.syntax(start..self.at, "this string is not closed on its line", "put a `\"` where it ends");
        self.damage(start, self.at);
        self.unbalanced |= start + line.len() == self.text.trim_end().len();
        let text = unescape(written.get(1..).unwrap_or_default());
        self.builder.leaf_with_text(Kind::Double, start as u32..self.at as u32, 0, &text);
        start..self.at
    }

    /// Reads a string in single quotes, which JSON does not have, if it ends on its line.
    pub(super) fn single_quoted(&mut self) -> bool {
        let start = self.at;
        let Some(quote) = closing_quote(self.bytes, start + 1, b'\'') else { return false };
        let written = self.written(start..quote + 1);
        if written.contains('\n') {
            return false;
        }
        self.at = quote + 1;
        let flags = if written.contains('\\') { flag::ESCAPED } else { 0 };
        self.keep(start, Kind::Single, flags);
        self.faults.syntax(start..self.at, "this string is in single quotes", "JSON takes double quotes only");
        true
    }
}

/// The next quote, backslash or control character, or the end.
#[inline]
fn next_special(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at.min(bytes.len()) + rest.iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\').unwrap_or(rest.len())
}

/// Eight bytes at once: the high bit of the first byte that is a quote, a backslash or a control character is set,
/// and no bit below it. Bits above it may be wrong, since a subtraction borrows upwards only.
#[inline]
fn special_bytes(word: u64) -> u64 {
    let zeros = |word: u64| word.wrapping_sub(LOW_BITS) & !word;
    let quote = zeros(word ^ (LOW_BITS * u64::from(b'"')));
    let backslash = zeros(word ^ (LOW_BITS * u64::from(b'\\')));
    let control = word.wrapping_sub(LOW_BITS * 0x20) & !word;
    (quote | backslash | control) & HIGH_BITS
}

/// The next unescaped quote of this kind.
pub(super) fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&quote) {
            return Some(at);
        }
        at += 2;
    }
}

/// The text of a JSON string without its quotes. A lone surrogate becomes U+FFFD; of an escape that JSON does not
/// know the escaped character is left.
pub(in crate::syntax) fn unescape(inner: &str) -> Cow<'_, str> {
    let Some(first) = inner.find('\\') else { return Cow::Borrowed(inner) };
    let mut text = String::with_capacity(inner.len());
    let (before, mut rest) = inner.split_at(first);
    text.push_str(before);
    while let Some(behind) = rest.strip_prefix('\\') {
        rest = unescape_one(behind, &mut text);
        let plain = rest.find('\\').unwrap_or(rest.len());
        text.push_str(&rest[..plain]);
        rest = &rest[plain..];
    }
    Cow::Owned(text)
}

/// Decodes the escape whose backslash is gone, and returns the text behind it.
fn unescape_one<'t>(escape: &'t str, text: &mut String) -> &'t str {
    let mut chars = escape.chars();
    let decoded = match chars.next() {
        None => return "",
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return unescape_hex(chars.as_str(), text),
        Some(other) => other,
    };
    text.push(decoded);
    chars.as_str()
}

fn unescape_hex<'t>(digits: &'t str, text: &mut String) -> &'t str {
    let Some((unit, rest)) = hex_unit(digits) else {
        text.push(char::REPLACEMENT_CHARACTER);
        return digits.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    };
    let second = rest.strip_prefix("\\u").and_then(hex_unit);
    if let (0xd800..0xdc00, Some((low @ 0xdc00..0xe000, rest))) = (unit, second) {
        let point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        text.push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
        return rest;
    }
    text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

fn hex_unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let unit = u32::from_str_radix(digits, 16).ok().filter(|_| all)?;
    Some((unit, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        let cases = [
            ("plain", "plain"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u00e9A\u20AC", "éA€"),
            (r"\ud83d\udea2!", "🚢!"),
            (r"\ud83d", "\u{fffd}"),
            (r"\udea2x", "\u{fffd}x"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ud83d\ud83d\udea2", "\u{fffd}🚢"),
            (r"\u12", "\u{fffd}"),
            (r"\u+123", "\u{fffd}+123"),
            (r"\q\é", "qé"),
            ("\\", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(unescape(written), expected, "{written}");
        }
    }

    #[test]
    fn special_bytes_are_found_at_every_place() {
        for special in [b'"', b'\\', 0, b'\n', 0x1f] {
            for place in 0..40 {
                let mut bytes = "ä !\u{7f}~[]éüö \u{10ffff}0123456789abcdef€€€€€".as_bytes().to_vec();
                bytes[place] = special;
                assert_eq!(next_special(&bytes, 0), place, "{special} at {place}");
            }
        }
        assert_eq!(next_special("äöü !#[]^\u{7f} \u{80}".as_bytes(), 0), 16);
    }
}
