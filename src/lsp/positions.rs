//! Byte offsets and the positions of the protocol, in the units that client and server agreed on.

use std::cell::OnceCell;

use lsp_types::{Position, Range};

use crate::source::Span;

/// In which units the column of a position is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every client understands.
    #[default]
    Utf16,
}

/// The lines of a text. Columns in a text of one long line are found without counting from its start each time.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    encoding: Encoding,
    starts: Vec<u32>,
    milestones: OnceCell<Vec<u32>>,
}

/// The distance of milestones in bytes.
const STRIDE: usize = 4096;

impl<'t> Lines<'t> {
    /// The lines of this text; they end with `\n`, `\r\n` or `\r`.
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        // Editors do not count a byte order mark as part of the first line.
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(first).chain(ends.map(|at| at as u32 + 1)).collect();
        Lines { text, encoding, starts, milestones: OnceCell::new() }
    }

    /// The position of a byte offset.
    pub(super) fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1);
        let start = self.start_of(line).min(offset);
        Position { line: line as u32, character: self.units_before(offset) - self.units_before(start) }
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte offset of a position; behind the end of a line it is that end.
    pub(super) fn offset(&self, position: Position) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() as u32 };
        let line = self.line(position.line);
        let mut units = 0;
        for (at, letter) in line.char_indices() {
            if units >= position.character {
                return start + at as u32;
            }
            units += self.units_of(letter);
        }
        start + line.len() as u32
    }

    /// The text of a line (from 0) without its end.
    pub(super) fn line(&self, line: u32) -> &'t str {
        let end = self.starts.get(line as usize + 1).map_or(self.text.len(), |&next| next as usize);
        self.text.get(self.start_of(line as usize)..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// Where a line (from 0) starts.
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.text.len(), |&start| start as usize)
    }

    fn units_of(&self, letter: char) -> u32 {
        match self.encoding {
            Encoding::Utf8 => letter.len_utf8() as u32,
            Encoding::Utf16 => letter.len_utf16() as u32,
        }
    }

    fn units_before(&self, offset: usize) -> u32 {
        if self.encoding == Encoding::Utf8 {
            return offset as u32;
        }
        let stride = offset / STRIDE;
        let before = self.milestones().get(stride).copied().unwrap_or_default();
        before + utf16_units(self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default())
    }

    /// The number of units before each multiple of [`STRIDE`].
    fn milestones(&self) -> &[u32] {
        self.milestones.get_or_init(|| {
            let counts = self.text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += utf16_units(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(counts).collect()
        })
    }
}

/// The units of the characters that start in these bytes: two where UTF-8 has four bytes, else one.
fn utf16_units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0b1100_0000 != 0b1000_0000) + u32::from(byte >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_offsets_lead_to_each_other() {
        let text = format!("aä€🙂b\r\nc\rd\n{}", "🙂x".repeat(3000));
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::of(&text, encoding);
            for (offset, letter) in text.char_indices().filter(|(_, letter)| !letter.is_control()) {
                let position = lines.position(offset as u32);
                assert_eq!(lines.offset(position), offset as u32, "{letter} {position:?} {encoding:?}");
            }
        }
    }

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let at = |text: &str, encoding| {
            let position = Lines::of(text, encoding).position(text.find('b').unwrap() as u32);
            (position.line, position.character)
        };
        let cases = [("aä€🙂b", (0, 10), (0, 5)), ("\u{feff}🙂b", (0, 4), (0, 2)), ("a\r🙂b\n", (1, 4), (1, 2))];
        for (text, utf8, utf16) in cases {
            assert_eq!((at(text, Encoding::Utf8), at(text, Encoding::Utf16)), (utf8, utf16), "{text:?}");
        }
    }

    #[test]
    fn positions_outside_of_the_text_are_at_the_nearest_end() {
        let lines = Lines::of("ab\ncd", Encoding::Utf16);
        let offset = |line, character| lines.offset(Position { line, character });
        assert_eq!([offset(0, 99), offset(1, 2), offset(7, 0)], [2, 5, 5]);
        assert_eq!(lines.position(99), Position { line: 1, character: 2 });
    }
}
