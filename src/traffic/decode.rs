//! JSON strings without their escapes, one buffer for all strings of an element.

use std::ops::Range;

use super::scan::equal;

/// How much the buffer grows at least.
const ROOM: usize = 256;

/// How many bytes are looked at one word after the other before the search for long runs starts.
const NEAR: usize = 32;

/// What was decoded so far.
#[derive(Default)]
pub(super) struct Decoder {
    /// Bytes behind `length` mean nothing.
    buffer: Vec<u8>,
    length: usize,
}

impl Decoder {
    /// The next quotation mark or backslash.
    #[inline]
    pub(super) fn special(bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while at < from + NEAR {
            let Some(word) = word_at(bytes, at) else { break };
            let found = equal(word, b'"') | equal(word, b'\\');
            if found != 0 {
                return Some(at + (found.trailing_zeros() / 8) as usize);
            }
            at += 8;
        }
        memchr::memchr2(b'"', b'\\', bytes.get(at..)?).map(|found| at + found)
    }

    /// Decodes the string whose text starts at `start` and has its first backslash at `special`. Returns where its
    /// closing quotation mark is and where the text is in the buffer; `None` for a string that is no JSON.
    pub(super) fn decode(&mut self, text: &str, start: usize, special: usize) -> Option<(usize, Range<u32>)> {
        let bytes = text.as_bytes();
        let begin = self.length;
        self.push(bytes.get(start..special)?);
        let mut at = special;
        loop {
            match bytes.get(at)? {
                b'"' => return Some((at, begin as u32..self.length as u32)),
                b'\\' => at = self.escape(bytes, at + 1)?,
                _ => at = self.plain(bytes, at)?,
            }
        }
    }

    /// Copies what has no escapes, and returns where that ends.
    #[inline]
    fn plain(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while at < from + NEAR {
            let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) else { break };
            let word = u64::from_le_bytes(*chunk);
            let found = equal(word, b'"') | equal(word, b'\\');
            let count = (found.trailing_zeros() / 8) as usize;
            *self.room(8).first_chunk_mut::<8>()? = *chunk;
            self.length += count;
            at += count;
            if found != 0 {
                return Some(at);
            }
        }
        let rest = bytes.get(at..)?;
        let plain = memchr::memchr2(b'"', b'\\', rest)?;
        self.push(rest.get(..plain)?);
        Some(at + plain)
    }

    /// Decodes the escape whose backslash is in front of `at`, and returns where it ends.
    #[inline]
    fn escape(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let decoded = match bytes.get(at)? {
            byte @ (b'"' | b'\\' | b'/') => *byte,
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            b'u' => return self.unicode(bytes, at + 1),
            _ => return None,
        };
        *self.room(1).first_mut()? = decoded;
        self.length += 1;
        Some(at + 1)
    }

    /// Four hexadecimal digits, or twice four for what lies outside of the basic plane. A lone surrogate becomes U+FFFD.
    fn unicode(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let unit = hexadecimal(bytes, at)?;
        let low = bytes.get(at + 4..at + 6).filter(|escape| *escape == b"\\u").and_then(|_| hexadecimal(bytes, at + 6));
        let (point, end) = match (unit, low) {
            (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), at + 10),
            _ => (unit, at + 4),
        };
        let letter = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(letter.encode_utf8(&mut [0; 4]).as_bytes());
        Some(end)
    }

    fn push(&mut self, bytes: &[u8]) {
        self.room(bytes.len()).copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// The next bytes of the buffer, which grows in steps.
    #[inline]
    fn room(&mut self, bytes: usize) -> &mut [u8] {
        let end = self.length + bytes;
        if end > self.buffer.len() {
            self.buffer.resize((end + ROOM).max(self.buffer.len() * 2), 0);
        }
        self.buffer.get_mut(self.length..end).unwrap_or_default()
    }

    /// All that was decoded.
    pub(super) fn into_text(mut self) -> Option<String> {
        self.buffer.truncate(self.length);
        String::from_utf8(self.buffer).ok()
    }
}

#[inline]
fn word_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk::<8>().map(|word| u64::from_le_bytes(*word))
}

fn hexadecimal(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 4)?;
    digits.iter().try_fold(0, |unit, digit| Some((unit << 4) | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        for (written, expected) in [
            (r#"\""#, Some("\"")),
            (
                r#"a long text in front \"of\" and behind \\ the escapes, and more of it\n"#,
                Some("a long text in front \"of\" and behind \\ the escapes, and more of it\n"),
            ),
            (r"\/\b\f\r\t", Some("/\u{8}\u{c}\r\t")),
            (r"\u00e9é\u20AC", Some("éé€")),
            (r"\ud83d\udea2!", Some("🚢!")),
            (r"\ud83d", Some("\u{fffd}")),
            (r"\udea2x", Some("\u{fffd}x")),
            (r"\ud83d\u0041", Some("\u{fffd}A")),
            (r"\q", None),
            (r"\u12", None),
        ] {
            let text = format!("\"{written}\" behind");
            let mut decoder = Decoder::default();
            let special = Decoder::special(text.as_bytes(), 1).expect("an escape");
            let found = decoder.decode(&text, 1, special).map(|(end, _)| end);
            assert_eq!(found, expected.map(|_| written.len() + 1), "{written}");
            if let Some(expected) = expected {
                assert_eq!(decoder.into_text().as_deref(), Some(expected));
            }
        }
    }
}
