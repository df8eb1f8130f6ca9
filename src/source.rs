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
    lines: OnceLock<Lines>,
    milestones: OnceLock<Vec<u32>>,
    is_ascii: OnceLock<bool>,
}

/// Lines and columns are counted from the last multiple of this, wherever that is: a minified file is one long line.
const STRIDE: usize = 512;

/// How far back the start of a line is looked for before it is worked out.
const NEAR: usize = 4096;

/// Where lines end, without a place for each of millions of them.
#[derive(Debug)]
struct Lines {
    /// What ends a line.
    end: u8,
    /// How many lines end before each multiple of [`STRIDE`], and at last how many there are.
    ends_before: Vec<u32>,
}

impl Lines {
    fn of(text: &[u8]) -> Self {
        // Where no line ends otherwise, it ends with a carriage return, as on old Macs. Minified files are a single line.
        let end = if memchr::memchr(b'\n', text).is_some() { b'\n' } else { b'\r' };
        let is_one_line = end == b'\r' && memchr::memchr(end, text).is_none();
        let ends_before = if is_one_line { vec![0] } else { counts_before(text, |chunk| occurrences(end, chunk)) };
        Lines { end, ends_before }
    }

    fn count(&self) -> u32 {
        self.ends_before.last().map_or(1, |ends| ends + 1)
    }

    /// How many lines end before an offset.
    fn before(&self, text: &[u8], offset: usize) -> u32 {
        if self.count() == 1 {
            return 0;
        }
        count_before(&self.ends_before, text, offset, |rest| occurrences(self.end, rest))
    }

    /// Where the line starts that an offset is in, before which so many lines end.
    fn start(&self, text: &[u8], offset: usize, ends: u32) -> usize {
        if ends == 0 {
            return 0;
        }
        let near = offset.saturating_sub(NEAR);
        let behind = memchr::memrchr(self.end, text.get(near..offset).unwrap_or_default()).map(|at| near + at + 1);
        behind.or_else(|| self.behind(text, ends)).unwrap_or_default()
    }

    /// The offset behind so many line ends; `None` where there are fewer.
    fn behind(&self, text: &[u8], ends: u32) -> Option<usize> {
        let Some(inner) = ends.checked_sub(1) else { return Some(0) };
        // The last multiple before which fewer lines end.
        let stride = self.ends_before.partition_point(|&before| before < ends).checked_sub(1)?;
        let nth = inner - self.ends_before.get(stride)?;
        let start = stride * STRIDE;
        memchr::memchr_iter(self.end, text.get(start..)?).nth(nth as usize).map(|at| start + at + 1)
    }
}

impl Source {
    /// A source with the name that reports show: relative to the working directory, with `/` on every system.
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let (lines, milestones, is_ascii) = Default::default();
        Source { id, name, path: None, text, lines, milestones, is_ascii }
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
        self.lines().count()
    }

    /// Line and column of a byte offset; offsets behind the end count as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.boundary_at(offset) as usize;
        let text = self.text.as_bytes();
        let ends = self.lines().before(text, offset);
        let start = self.lines().start(text, offset, ends);
        let bom = u32::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        Position { line: ends + 1, column: self.characters(start, offset) + 1 - bom }
    }

    /// Where a span starts and ends. Most are a word, so that the end is found from the start.
    pub fn ends(&self, span: Span) -> (Position, Position) {
        let start = self.position(span.start);
        let range = self.boundary_at(span.start) as usize..self.boundary_at(span.end) as usize;
        let is_near = range.start > 0 && (range.start..=range.start + STRIDE).contains(&range.end);
        let is_word = is_near && occurrences(self.lines().end, self.slice(range.clone()).as_bytes()) == 0;
        if !is_word {
            return (start, self.position(span.end));
        }
        (start, Position { column: start.column + self.characters(range.start, range.end), ..start })
    }

    /// The byte range of a line (from 1) without its line break; empty behind the last line.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let text = self.text.as_bytes();
        let behind = |ends| self.lines().behind(text, ends);
        let Some(start) = line.checked_sub(1).and_then(behind) else { return text.len()..text.len() };
        let end = behind(line).unwrap_or(text.len());
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + line.len()
    }

    fn boundary_at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        self.text.floor_char_boundary(offset) as u32
    }

    fn characters(&self, start: usize, end: usize) -> u32 {
        if *self.is_ascii.get_or_init(|| self.text.is_ascii()) {
            return (end - start) as u32;
        }
        if end - start <= STRIDE {
            return characters_in(&self.text.as_bytes()[start..end]);
        }
        self.characters_before(end) - self.characters_before(start)
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let text = self.text.as_bytes();
        let milestones = self.milestones.get_or_init(|| counts_before(text, characters_in));
        count_before(milestones, text, offset, characters_in)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(self.text.as_bytes()))
    }
}

/// How much of something is before each multiple of [`STRIDE`], and at last in the whole text.
fn counts_before(text: &[u8], count: impl Fn(&[u8]) -> u32) -> Vec<u32> {
    let counts = text.chunks(STRIDE).scan(0, |sum, chunk| {
        *sum += count(chunk);
        Some(*sum)
    });
    std::iter::once(0).chain(counts).collect()
}

/// How much of it is before an offset.
fn count_before(counts: &[u32], text: &[u8], offset: usize, count: impl Fn(&[u8]) -> u32) -> u32 {
    let stride = offset / STRIDE;
    let rest = text.get(stride * STRIDE..offset).unwrap_or_default();
    counts.get(stride).copied().unwrap_or_default() + count(rest)
}

fn occurrences(byte: u8, text: &[u8]) -> u32 {
    memchr::memchr_iter(byte, text).count() as u32
}

/// The characters that start in these bytes of a text. The sum of so few fits a byte, so that many are added at once.
fn characters_in(bytes: &[u8]) -> u32 {
    let starts = |byte: &u8| u8::from(byte & 0b1100_0000 != 0b1000_0000);
    bytes.chunks(255).map(|chunk| u32::from(chunk.iter().map(starts).sum::<u8>())).sum()
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
    fn lines_are_found_wherever_they_end() {
        let lengths = (0..3_000_usize).map(|line| line * 7 % 41 * usize::from(line % 9 != 0));
        let text = lengths.map(|length| "ä".repeat(length) + "\n").collect::<String>();
        let long = format!("{text}{}\nx", "y".repeat(3 * STRIDE));
        let source = Source::new(SourceId(0), "a", long.clone());
        let mut start = 0;
        for (number, line) in (1..).zip(long.split('\n')) {
            let end = start + line.len();
            assert_eq!(source.line_range(number), start..end, "{number}");
            let spans = [start..end, start..start, start..(end + 1).min(long.len())];
            for span in spans.map(|range| source.span(range.start as u32, range.end as u32)) {
                assert_eq!(source.ends(span), (source.position(span.start), source.position(span.end)), "{span:?}");
            }
            for (offset, column) in [(start, 1), (end, line.chars().count() as u32 + 1)] {
                assert_eq!(source.position(offset as u32), Position { line: number, column }, "{offset}");
            }
            start = end + 1;
        }
        assert_eq!(source.line_count(), 3_002);
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
        for (start, end) in (0..9).flat_map(|start| (start..9).map(move |end| (start, end))) {
            assert_eq!(source.ends(source.span(start, end)), (source.position(start), source.position(end)), "{start}..{end}");
        }
        assert_eq!(source.slice(source.line_range(1)), "\u{feff}aä");
        assert_eq!(source.slice(source.line_range(2)), "b");
        assert_eq!(source.slice(source.line_range(9)), "");
    }
}
