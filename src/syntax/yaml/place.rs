//! Where things stand exactly: the parser's places, moved to the dash, the `|` and the colon.

use std::ops::Range;

use super::BYTE_ORDER_MARK;

/// Where the line of an offset starts; a byte order mark has no column.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let first = || text.len() - text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).len();
    memchr::memrchr2(b'\n', b'\r', before).map_or_else(|| first().min(at), |end| end + 1)
}

/// Where the line of an offset ends, its line break not included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let behind = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', behind).map_or(text.len(), |length| at + length)
}

/// The number of blanks that a line starts with.
pub(super) fn indentation(text: &str, line_start: usize) -> usize {
    let line = text.as_bytes().get(line_start..).unwrap_or_default();
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The first dash of a list that is the value of a key. The parser tells the place behind it for a list that is
/// indented no deeper than its key; then the dash is the first thing on a line, in the column of the map.
pub(super) fn first_dash(text: &str, map_start: usize, key_end: usize, told: usize) -> usize {
    let column = map_start - line_start(text, map_start);
    let mut at = told;
    loop {
        let start = line_start(text, at);
        let dash = start + indentation(text, start);
        if dash - start == column && (key_end..=told).contains(&dash) && is_dash(text, dash) {
            return dash;
        }
        if start <= key_end {
            return told;
        }
        at = start - 1;
    }
}

fn is_dash(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    matches!(rest, [b'-'] | [b'-', b' ' | b'\t' | b'\r' | b'\n', ..])
}

/// From the `|` or `>` to the end of the last line with content. The parser tells the place of the content only.
pub(super) fn block_scalar(text: &str, from: usize, told: Range<usize>) -> Range<usize> {
    let start = indicator(text, from, told.start).unwrap_or(told.start);
    let header = text.as_bytes().get(start + 1..).unwrap_or_default();
    let header = header.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-')).count();
    let content = text.get(told.clone()).unwrap_or_default().trim_end().len();
    let end = if content == 0 { 0 } else { told.start + content };
    start..end.max(start + 1 + header)
}

/// The first `|` or `>` behind `from` that is not in a comment, a tag or an anchor.
fn indicator(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at <= to {
        let blank_before = at == 0 || bytes.get(at - 1).is_none_or(u8::is_ascii_whitespace);
        match bytes.get(at)? {
            b'|' | b'>' => return Some(at),
            b'#' | b'%' if blank_before => at = line_end(text, at),
            b'!' | b'&' => at += bytes.get(at..)?.iter().position(u8::is_ascii_whitespace)?,
            _ => at += 1,
        }
    }
    None
}

/// Where a value of which nothing is written stands: right behind the colon if it has one, else behind what is before it.
pub(super) fn empty_value(text: &str, from: usize, told: usize, is_value: bool) -> usize {
    let told = told.max(from);
    let rest = text.as_bytes().get(told..).unwrap_or_default();
    if is_value && matches!(rest, [b':'] | [b':', b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | b'}', ..]) {
        return told + 1;
    }
    from + without_comments(text.get(from..told).unwrap_or_default()).len()
}

/// A text between two values without the blanks and comments at its end.
fn without_comments(gap: &str) -> &str {
    let mut gap = gap.trim_end();
    while let Some(comment) = comment_on_last_line(gap) {
        gap = gap.get(..comment).unwrap_or_default().trim_end();
    }
    gap
}

fn comment_on_last_line(gap: &str) -> Option<usize> {
    let start = line_start(gap, gap.len());
    let marks = memchr::memchr_iter(b'#', gap.as_bytes().get(start..)?);
    let mut marks = marks.map(|at| start + at);
    marks.find(|&at| at == 0 || gap.as_bytes().get(at - 1).is_some_and(u8::is_ascii_whitespace))
}
