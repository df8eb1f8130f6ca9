//! Scalars in quotes.

use memchr::{memchr2, memchr3};

use super::{Reader, Scalar};
use crate::syntax::tree::Kind;

impl Reader<'_> {
    /// The text in quotes that starts here. Its further lines are indented by `least` or more.
    pub(super) fn quoted(&mut self, least: usize) -> Option<Scalar> {
        let start = self.at;
        let quote = self.byte()?;
        let kind = if quote == b'"' { Kind::Double } else { Kind::Single };
        self.at += 1;
        let mut is_decoded = false;
        let mut from = self.at;
        loop {
            self.at += self.special_in_quotes(quote)?;
            let special = self.byte()?;
            if special == quote && !(quote == b'\'' && self.byte_behind(1) == Some(quote)) {
                break;
            }
            if !is_decoded {
                self.decoded.clear();
                is_decoded = true;
            }
            match special {
                b'\n' => self.line_break(from, least)?,
                b'\\' => {
                    self.decoded.push_str(self.text.get(from..self.at)?);
                    self.escape()?;
                }
                _ => {
                    self.decoded.push_str(self.text.get(from..=self.at)?);
                    self.at += 2;
                }
            }
            from = self.at;
        }
        if is_decoded {
            self.decoded.push_str(self.text.get(from..self.at)?);
        }
        self.at += 1;
        Some(Scalar { kind, start, end: self.at, is_decoded })
    }

    #[inline]
    fn special_in_quotes(&self, quote: u8) -> Option<usize> {
        let rest = self.bytes.get(self.at..)?;
        if quote == b'"' { memchr3(b'"', b'\\', b'\n', rest) } else { memchr2(b'\'', b'\n', rest) }
    }

    /// A line break that is not escaped: it takes the blanks around it along.
    fn line_break(&mut self, from: usize, least: usize) -> Option<()> {
        let before = self.text.get(from..self.at)?.trim_end_matches([' ', '\t', '\r']);
        self.decoded.push_str(before);
        let breaks = self.breaks_in_quotes()?;
        self.fold(breaks);
        (self.column() >= least).then_some(())
    }

    /// What a backslash and the characters behind it stand for.
    fn escape(&mut self) -> Option<()> {
        let escaped = self.byte_behind(1)?;
        if matches!(escaped, b'\n' | b'\r') {
            return self.escaped_line_break();
        }
        let (character, length) = match escaped {
            b'x' => (self.hexadecimal(2)?, 2 + 2),
            b'u' => (self.hexadecimal(4)?, 2 + 4),
            b'U' => (self.hexadecimal(8)?, 2 + 8),
            _ => (meaning(escaped)?, 2),
        };
        self.decoded.push(character);
        self.at += length;
        Some(())
    }

    /// The line break goes, further ones stay. The next line may be indented as it likes.
    fn escaped_line_break(&mut self) -> Option<()> {
        self.at += 1;
        let breaks = self.breaks_in_quotes()?;
        self.decoded.extend(std::iter::repeat_n('\n', breaks.checked_sub(1)?));
        Some(())
    }

    fn hexadecimal(&self, digits: usize) -> Option<char> {
        let written = self.text.get(self.at + 2..self.at + 2 + digits)?;
        let all_digits = written.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(written, 16).ok().filter(|_| all_digits)?;
        // Halves of a surrogate pair are for the full reader.
        char::from_u32(number)
    }
}

fn meaning(escaped: u8) -> Option<char> {
    Some(match escaped {
        b'"' | b'\\' | b'/' | b' ' | b'\t' => char::from(escaped),
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'e' => '\u{1b}',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
