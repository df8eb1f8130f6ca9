//! The few lines of a file that one frame shows.
//!
//! miette's own `SourceCode` for strings walks the text from the start for every label; here only the lines of the frame
//! are copied, found through the line index of [`Source`], cut to the width of the terminal.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::super::clean;
use crate::source::{Position, Source, Span};

/// How far apart two lines may be to stand in the same frame.
const NEAR: u32 = 3;

/// Some lines of one file, the marked spans translated into them.
#[derive(Debug)]
pub(in crate::report) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    marks: Vec<Mark>,
}

/// One line of the excerpt.
#[derive(Debug)]
struct Line {
    number: u32,
    /// Where it starts in the excerpt.
    start: usize,
    /// What it shows of the file.
    shown: Range<usize>,
    /// The bytes before that: `…` where the line is cut.
    indent: usize,
}

/// A span of the file as a range of the excerpt.
#[derive(Debug)]
struct Mark {
    range: Range<usize>,
    column: u32,
}

impl Excerpt {
    /// The lines around a span, each cut to `width` characters.
    pub(in crate::report) fn around(source: &Source, primary: Span, also: &[Span], width: usize) -> Excerpt {
        let mut excerpt = Excerpt {
            name: clean::sentence(source.name()).into_owned(),
            text: String::new(),
            lines: Vec::new(),
            marks: Vec::new(),
        };
        let at = source.position(primary.start);
        for number in line_numbers(source, at.line, also) {
            let focus = if number == at.line { primary.range() } else { 0..0 };
            excerpt.push_line(source, number, &focus, width);
        }
        excerpt.mark(at, primary.range());
        excerpt
    }

    /// The range of the primary span in the excerpt.
    pub(super) fn primary(&self) -> Range<usize> {
        self.marks.first().map_or(0..0, |mark| mark.range.clone())
    }

    /// Marks a further span, if its line is shown, its start is not cut off, and it does not lie over another mark.
    pub(in crate::report) fn try_mark(&mut self, source: &Source, span: Span) -> Option<Range<usize>> {
        let range = self.translated(source.position(span.start).line, span.range())?;
        let free = self.marks.iter().all(|mark| range.end <= mark.range.start || mark.range.end <= range.start);
        let free = free && self.marks.iter().all(|mark| mark.range.start != range.start);
        free.then(|| self.mark(source.position(span.start), span.range()))
    }

    /// The lines with their numbers and what is marked on each, from left to right, the primary span with `true`.
    pub(in crate::report) fn rows(&self) -> impl Iterator<Item = (u32, &str, Vec<(Range<usize>, bool)>)> {
        let ends = self.lines.iter().skip(1).map(|line| line.start).chain([self.text.len()]);
        self.lines.iter().zip(ends).map(|(line, end)| {
            let here = |mark: &Range<usize>| line.start <= mark.start && mark.start < end;
            let marks = self.marks.iter().enumerate().filter(|(_, mark)| here(&mark.range));
            let mut marks: Vec<_> =
                marks.map(|(number, mark)| (mark.range.start - line.start..mark.range.end - line.start, number == 0)).collect();
            marks.sort_by_key(|(range, _)| range.start);
            let text = self.text.get(line.start..end).unwrap_or_default();
            (line.number, text.trim_end_matches('\n'), marks)
        })
    }

    fn mark(&mut self, at: Position, span: Range<usize>) -> Range<usize> {
        let range = self.translated(at.line, span).unwrap_or(0..0);
        self.marks.push(Mark { range: range.clone(), column: at.column });
        range
    }

    /// A span of the file in the excerpt, ending with its first line.
    fn translated(&self, line: u32, span: Range<usize>) -> Option<Range<usize>> {
        let line = self.lines.iter().find(|shown| shown.number == line)?;
        let visible = line.shown.start <= span.start && span.start <= line.shown.end;
        let place = |offset: usize| line.start + line.indent + offset.min(line.shown.end).saturating_sub(line.shown.start);
        visible.then(|| place(span.start)..place(span.end.max(span.start)))
    }

    fn push_line(&mut self, source: &Source, number: u32, focus: &Range<usize>, width: usize) {
        let whole = source.line_range(number);
        let shown = window(source.text(), whole.clone(), focus, width);
        let (before, after) = (shown.start > whole.start, shown.end < whole.end);
        let shown = without_mark(source.text(), shown);
        let start = self.text.len();
        self.text.push_str(if before { "…" } else { "" });
        let indent = self.text.len() - start;
        self.text.push_str(&clean::line(source.slice(shown.clone())));
        self.text.push_str(if after { "…\n" } else { "\n" });
        self.lines.push(Line { number, start, shown, indent });
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// The lines of the excerpt from one to the other, with neighbours as far as they follow without a gap.
    fn block(&self, first: usize, last: usize, before: usize, after: usize) -> Range<usize> {
        let joined = |upper: usize| match (self.lines.get(upper), self.lines.get(upper + 1)) {
            (Some(upper), Some(lower)) => upper.number + 1 == lower.number,
            _ => false,
        };
        let mut block = first..last;
        while first - block.start < before && block.start > 0 && joined(block.start - 1) {
            block.start -= 1;
        }
        while block.end - last < after && joined(block.end) {
            block.end += 1;
        }
        block.start..block.end + 1
    }

    fn column(&self, offset: usize) -> usize {
        self.marks.iter().find(|mark| mark.range.start == offset).map_or(0, |mark| mark.column as usize - 1)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (first, last) = (self.line_at(span.offset()), self.line_at(span.offset() + span.len()));
        let block = self.block(first, last, before, after);
        let Some(top) = self.lines.get(block.start) else { return Err(MietteError::OutOfBounds) };
        let end = self.lines.get(block.end).map_or(self.text.len(), |line| line.start);
        let data = self.text.as_bytes().get(top.start..end).ok_or(MietteError::OutOfBounds)?;
        let place = (top.start, end - top.start).into();
        let column = if before == 0 && after == 0 { self.column(span.offset()) } else { 0 };
        let (line, count) = (top.number as usize - 1, block.len());
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), data, place, line, column, count)))
    }
}

/// The line of the primary span, those of spans near it, and one line around each; nothing behind the last line break.
fn line_numbers(source: &Source, primary: u32, also: &[Span]) -> Vec<u32> {
    let near = also.iter().map(|span| source.position(span.start).line).filter(|line| line.abs_diff(primary) <= NEAR);
    let around = near.chain([primary]).flat_map(|line| line.saturating_sub(1)..=line + 1);
    let last = if source.text().ends_with('\n') { source.line_count() - 1 } else { source.line_count() };
    let mut numbers: Vec<u32> = around.filter(|&line| line >= 1 && line <= last.max(primary)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The part of a line to show: all of it if it fits, else `width` characters with the focus in the first third.
fn window(text: &str, line: Range<usize>, focus: &Range<usize>, width: usize) -> Range<usize> {
    let Some(whole) = text.get(line.clone()) else { return line };
    let Some((cut, _)) = whole.char_indices().nth(width) else { return line };
    let focus = focus.start.clamp(line.start, line.end) - line.start;
    if focus < cut * 2 / 3 {
        return line.start..line.start + cut;
    }
    let lead = whole.get(..focus).unwrap_or_default();
    let from = lead.char_indices().rev().take(width / 3).last().map_or(0, |(at, _)| at);
    let tail = whole.get(from..).unwrap_or_default();
    let to = tail.char_indices().nth(width).map_or(whole.len(), |(at, _)| from + at);
    line.start + from..line.start + to
}

/// The window without a byte order mark at its start, which has no column.
fn without_mark(text: &str, shown: Range<usize>) -> Range<usize> {
    let mark = if shown.start == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
    shown.start + mark..shown.end.max(shown.start + mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn excerpt(text: &str, part: &str, width: usize) -> (String, String) {
        let source = Source::new(SourceId(0), "a", text);
        let start = text.find(part).unwrap() as u32;
        let excerpt = Excerpt::around(&source, source.span(start, start + part.len() as u32), &[], width);
        let marked = excerpt.text[excerpt.primary()].to_owned();
        (excerpt.text, marked)
    }

    #[test]
    fn shows_one_line_around() {
        assert_eq!(excerpt("a\nb\nc\nd\ne\n", "c", 40), ("b\nc\nd\n".to_owned(), "c".to_owned()));
        assert_eq!(excerpt("\u{feff}a: ä\r\nb", "ä", 40), ("a: ä\nb\n".to_owned(), "ä".to_owned()));
    }

    #[test]
    fn long_lines_are_cut_around_the_span() {
        let long = format!("{}XYZ{}", "é".repeat(5_000), "o".repeat(5_000));
        let (text, marked) = excerpt(&long, "XYZ", 30);
        assert_eq!(text, format!("…{}XYZ{}…\n", "é".repeat(10), "o".repeat(17)));
        assert_eq!(marked, "XYZ");
        let (text, marked) = excerpt(&long, &"é".repeat(5_000), 30);
        assert_eq!((text, marked), (format!("{}…\n", "é".repeat(30)), "é".repeat(30)));
    }

    #[test]
    fn every_offset_can_be_shown() {
        let text = "\u{feff}a\u{7}b: ü\r\n\r\n\tc\n  d: 🙂🙂🙂\nlast";
        let source = Source::new(SourceId(0), "a", text);
        for start in 0..=text.len() as u32 + 2 {
            for end in start..=text.len() as u32 + 2 {
                let excerpt = Excerpt::around(&source, source.span(start, end), &[], 4);
                let primary = excerpt.primary();
                assert!(primary.start <= primary.end && primary.end <= excerpt.text.len(), "{start}..{end}");
            }
        }
    }
}
