//! From line to line: blanks, comments, line breaks.

use memchr::{memchr, memchr_iter, memchr2_iter};

use super::Reader;

impl Reader<'_> {
    /// Goes to the next byte that is neither blank nor comment; from the middle of a line only if the rest of it is that.
    pub(super) fn next_content(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.byte() {
                Some(b'\n') => self.next_line(),
                Some(b'\r') => self.at += 1,
                Some(b'#') => self.comment()?,
                Some(b'\t') => return None,
                _ => return Some(()),
            }
        }
    }

    /// Holds that nothing but a comment is left on the line.
    pub(super) fn line_ends(&mut self) -> Option<()> {
        self.skip_spaces();
        self.is_line_end().then_some(())
    }

    /// Whether the line ends here, or a comment starts.
    #[inline]
    pub(super) fn is_line_end(&self) -> bool {
        match self.byte() {
            None | Some(b'\n' | b'\r') => true,
            Some(b'#') => self.is_comment(),
            _ => false,
        }
    }

    #[inline]
    pub(super) fn skip_spaces(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    #[inline]
    pub(super) fn next_line(&mut self) {
        self.at += 1;
        self.line = self.at;
    }

    /// Whether the line starts with `---` or `...`.
    pub(super) fn line_is_marker(&self) -> bool {
        let line = self.bytes.get(self.line..).unwrap_or_default();
        self.at == self.line
            && matches!(line, [b'-', b'-', b'-', rest @ ..] | [b'.', b'.', b'.', rest @ ..] if is_blank_at(rest, 0))
    }

    /// Where the line ends that this offset is in: at its line feed, or at the end of the text.
    #[inline]
    pub(super) fn line_end(&self, from: usize) -> usize {
        self.bytes.get(from..).and_then(|rest| memchr(b'\n', rest)).map_or(self.bytes.len(), |length| from + length)
    }

    /// A `#` is a comment only behind a blank.
    fn is_comment(&self) -> bool {
        self.at == self.line || matches!(self.bytes.get(self.at - 1), Some(b' ' | b'\t'))
    }

    fn comment(&mut self) -> Option<()> {
        let is_comment = self.is_comment();
        self.at = self.line_end(self.at);
        is_comment.then_some(())
    }
}

/// Whether the text ends here, or a blank or line break follows.
#[inline]
pub(super) fn is_blank_at(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Whether a text has no character that YAML forbids, no second byte order mark, and no line break but `\n` and `\r\n`.
pub(super) fn are_harmless(bytes: &[u8]) -> bool {
    // Without a branch, so that the compiler looks at many bytes at once.
    let control = |byte: u8| u8::from(byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r') || byte == 0x7F);
    let controls = bytes.iter().fold(0, |found, &byte| found | control(byte));
    controls == 0 && lone_returns(bytes) == 0 && memchr2_iter(0xC2, 0xEF, bytes).all(|at| is_printable(bytes, at))
}

fn lone_returns(bytes: &[u8]) -> usize {
    memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count()
}

/// Whether the character that starts with this 0xC2 or 0xEF may stand in YAML.
fn is_printable(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at..).unwrap_or_default() {
        [0xC2, second, ..] => *second >= 0xA0,
        [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => false,
        _ => true,
    }
}
