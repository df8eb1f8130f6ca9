//! The text of one file, places in it, and the only code that knows lines and columns.

use std::ops::Range;
use std::sync::OnceLock;

/// Identifies a [`Source`] within one run: its index in the run's list of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

impl SourceId {
    /// The id as an index into the run's list of sources.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A byte range in one source; `start..end`, counted from the start of the file, a byte order mark included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in Unicode scalar values, from 1.
    pub column: u32,
}

/// The text of one file under the name that reports show.
#[derive(Debug)]
pub struct Source {
    id: SourceId,
    name: String,
    /// Where it is, if the name is no path.
    path: Option<String>,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    milestones: OnceLock<Vec<u32>>,
}

/// Columns in lines longer than this are counted from the last multiple of it: a minified file is one long line.
const STRIDE: usize = 4096;

impl Source {
    /// A source with the name that reports show: relative to the working directory, with `/` on every system.
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { id, name: name.into(), path: None, text: text.into(), line_starts: OnceLock::new(), milestones: OnceLock::new() }
    }

    /// Its id.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// The name that reports show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path that other programs know it by: the name, unless it comes from elsewhere, such as a revision of git.
    pub fn path(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.name)
    }

    /// The same with another path than its name.
    #[must_use]
    pub fn with_path(self, path: Option<String>) -> Self {
        Source { path, ..self }
    }

    /// The whole text, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie in this text on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// A span of this source.
    pub fn span(&self, start: u32, end: u32) -> Span {
        Span { source: self.id, start, end }
    }

    /// The number of lines; a last line without a line break counts.
    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// Line and column of a byte offset; offsets behind the end count as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.boundary_at(offset);
        let line = self.line_starts().partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts()[line - 1] as usize;
        let bom = u32::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        Position { line: line as u32, column: self.characters(start, offset as usize) + 1 - bom }
    }

    /// The byte range of a line (from 1) without its line break; empty behind the last line.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let starts = self.line_starts();
        let Some(&start) = starts.get((line as usize).wrapping_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        let line = self.text[start as usize..end].trim_end_matches(['\n', '\r']);
        start as usize..start as usize + line.len()
    }

    fn boundary_at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        self.text.floor_char_boundary(offset) as u32
    }

    fn characters(&self, start: usize, end: usize) -> u32 {
        if end - start <= STRIDE {
            return characters_in(&self.text.as_bytes()[start..end]);
        }
        self.characters_before(end) - self.characters_before(start)
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let stride = offset / STRIDE;
        self.milestones()[stride] + characters_in(&self.text.as_bytes()[stride * STRIDE..offset])
    }

    /// The number of characters before each multiple of [`STRIDE`].
    fn milestones(&self) -> &[u32] {
        self.milestones.get_or_init(|| {
            let counts = self.text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += characters_in(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(counts).collect()
        })
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            // Where no line ends otherwise, it ends with a carriage return, as on old Macs.
            let end = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
            let breaks = memchr::memchr_iter(end, bytes);
            std::iter::once(0).chain(breaks.map(|at| at as u32 + 1)).collect()
        })
    }
}

/// The characters that start in these bytes of a text.
fn characters_in(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_long_lines_are_exact() {
        let text = format!("\u{feff}a\n{}", "aä€🙂".repeat(2000));
        let source = Source::new(SourceId(0), "a", text.clone());
        for offset in (0..text.len()).filter(|&offset| text.is_char_boundary(offset)).step_by(97) {
            let column = text[..offset].rsplit('\n').next().unwrap().trim_start_matches('\u{feff}').chars().count();
            assert_eq!(source.position(offset as u32).column, column as u32 + 1, "{offset}");
        }
        assert_eq!(source.position(text.len() as u32).column, 8001);
    }

    #[test]
    fn carriage_returns_end_lines_where_nothing_else_does() {
        let place = |text: &str| {
            let source = Source::new(SourceId(0), "a", text);
            let at = source.position(text.find('x').unwrap() as u32);
            (at.line, at.column, source.line_count(), source.slice(source.line_range(2)).to_owned())
        };
        assert_eq!(place("a: b\r  x: c\r"), (2, 3, 3, "  x: c".to_owned()));
        assert_eq!(place("a\rx\nb"), (1, 3, 2, "b".to_owned()));
    }

    #[test]
    fn positions_count_characters_from_one() {
        let source = Source::new(SourceId(0), "a", "\u{feff}aä\r\nb\n");
        let at = |offset| {
            let position = source.position(offset);
            (position.line, position.column)
        };
        assert_eq!([at(3), at(4), at(6), at(8), at(99)], [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]);
        assert_eq!(source.slice(source.line_range(1)), "\u{feff}aä");
        assert_eq!(source.slice(source.line_range(2)), "b");
        assert_eq!(source.slice(source.line_range(9)), "");
    }
}
