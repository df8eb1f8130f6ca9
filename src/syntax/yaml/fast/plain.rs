//! Scalars without quotes, outside of brackets.

use memchr::memchr3;

use super::lines::is_blank_at;
use super::{Reader, Scalar};
use crate::syntax::tree::Kind;

/// What ends a plain scalar on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A colon with a blank behind it: the scalar is a key. The reader stands behind it.
    Colon,
    /// A comment. The reader stands at its `#`.
    Comment,
    /// The line is over. The reader stands at its line feed.
    LineEnd,
}

impl Reader<'_> {
    /// The part of a plain scalar that starts here and ends in this line.
    #[inline]
    pub(super) fn plain_line(&mut self) -> Option<(Scalar, Stop)> {
        if !self.may_start_plain() {
            return None;
        }
        let start = self.at;
        let (end, stop) = self.rest_of_plain_line();
        Some((Scalar { kind: Kind::Plain, start, end, is_decoded: false }, stop))
    }

    /// Puts a plain scalar on the tape with the lines that it goes on in.
    pub(super) fn plain_lines(&mut self, first: Scalar, stop: Stop, least: usize) -> Option<()> {
        let mut scalar = first;
        let mut stop = stop;
        while stop == Stop::LineEnd {
            let breaks = self.continuation(least)?;
            if breaks == 0 {
                break;
            }
            if !scalar.is_decoded {
                self.decoded.clear();
                self.decoded.push_str(self.text.get(scalar.start..scalar.end)?);
                scalar.is_decoded = true;
            }
            self.fold(breaks);
            let start = self.at;
            (scalar.end, stop) = self.rest_of_plain_line();
            if stop == Stop::Colon {
                return None;
            }
            self.decoded.push_str(self.text.get(start..scalar.end)?);
        }
        self.put(scalar);
        Some(())
    }

    /// Goes to the line in which a plain scalar goes on and tells how many line breaks are before it: 0 if it does not.
    fn continuation(&mut self, least: usize) -> Option<usize> {
        let (mut at, mut line, mut breaks) = (self.at, self.line, 0);
        loop {
            match self.bytes.get(at) {
                Some(b' ' | b'\r') => at += 1,
                Some(b'\n') => {
                    at += 1;
                    line = at;
                    breaks += 1;
                }
                Some(b'\t') => return None,
                None | Some(b'#') => return Some(0),
                _ if at - line < least => return Some(0),
                _ => break,
            }
        }
        (self.at, self.line) = (at, line);
        (!self.line_is_marker()).then_some(breaks)
    }

    /// Where a plain scalar ends that is looked at, and what ends it.
    #[inline]
    fn rest_of_plain_line(&mut self) -> (usize, Stop) {
        let start = self.at;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(length) = memchr3(b'\n', b':', b'#', rest) else {
                self.at = self.bytes.len();
                return (self.trimmed(start, self.at), Stop::LineEnd);
            };
            self.at += length;
            match self.byte() {
                Some(b':') if is_blank_at(self.bytes, self.at + 1) => {
                    self.at += 1;
                    return (self.trimmed(start, self.at - 1), Stop::Colon);
                }
                Some(b'#') if self.at > start && is_blank_at(self.bytes, self.at - 1) => {
                    return (self.trimmed(start, self.at), Stop::Comment);
                }
                Some(b'\n') => return (self.trimmed(start, self.at), Stop::LineEnd),
                _ => self.at += 1,
            }
        }
    }

    /// The end of a text without the blanks at its end.
    #[inline]
    pub(super) fn trimmed(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start && matches!(self.bytes.get(end - 1), Some(b' ' | b'\t' | b'\r')) {
            end -= 1;
        }
        end
    }

    #[inline]
    fn may_start_plain(&self) -> bool {
        match self.byte() {
            Some(b'-') => !is_blank_at(self.bytes, self.at + 1) && !self.line_is_marker(),
            Some(b'.') => !self.line_is_marker(),
            Some(b'?' | b':') => !is_blank_at(self.bytes, self.at + 1),
            Some(
                b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`'
                | b'\t' | b'\r' | b'\n',
            )
            | None => false,
            Some(_) => true,
        }
    }
}
