//! What is wrong where the parser stopped: often the cause is further up.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::events::Stop;
use super::fold;
use super::place::{indentation, line_end, line_start};
use super::words::words;
use crate::source::Source;
use crate::syntax::{FaultKind, MAXIMUM_DEPTH};

/// How the reading can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// Without the block.
    Blank,
    /// With the block, a text in quotes, as if it stood on one line.
    Fold,
}

/// One error, understood.
pub(super) struct Diagnosis {
    pub(super) kind: FaultKind,
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) related: Option<(Range<usize>, &'static str)>,
    /// What the cure is applied to.
    pub(super) block: Range<usize>,
    /// What is in doubt: at least the block.
    pub(super) doubt: Range<usize>,
    pub(super) cure: Cure,
}

/// Finds out what is wrong where a reading stopped.
pub(super) fn diagnose(source: &Source, text: &str, stop: &Stop) -> Diagnosis {
    if stop.kind == ErrorKind::RecursionLimitExceeded {
        return too_deep(text, stop);
    }
    let quote = || badly_indented_text(text, stop).or_else(|| unclosed_quote(source, text, stop));
    let earlier = missing_space(text, stop).or_else(quote).or_else(|| unclosed_flow(source, text, stop));
    earlier.unwrap_or_else(|| local(text, stop))
}

fn too_deep(text: &str, stop: &Stop) -> Diagnosis {
    let (_, help) = words(&stop.kind);
    let message = format!("lists and maps are nested deeper than {MAXIMUM_DEPTH} levels here");
    with_block(text, stop, FaultKind::Limit, stop.at..stop.at + 1, message, help)
}

/// An error whose place is where the parser tells it.
fn local(text: &str, stop: &Stop) -> Diagnosis {
    let at = if stop.at >= text.trim_end().len() { stop.read_to.saturating_sub(1) } else { stop.at };
    let start = match stop.kind {
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::TabInBlockIndentation | ErrorKind::InvalidIndentation => {
            first_on_line(text, at, &stop.kind)
        }
        ErrorKind::UnknownQuotedScalarEscape => bad_escape(text, at),
        _ => at,
    };
    let (message, help) = special_words(text, start, stop).unwrap_or_else(|| words(&stop.kind));
    with_block(text, stop, FaultKind::Syntax, visible_word(text, start), message, help)
}

/// Words for errors that the text around them explains better than their kind.
fn special_words(text: &str, at: usize, stop: &Stop) -> Option<(String, &'static str)> {
    let line = text.get(line_start(text, at)..line_end(text, at))?;
    let rest = text.get(at..line_end(text, at))?;
    match stop.kind {
        ErrorKind::ExpectedBlockMappingKey if rest.starts_with("- ") => Some((
            "a list item stands among the keys of a map".to_owned(),
            "indent it deeper than the key of its list, or remove the `- `",
        )),
        ErrorKind::SimpleKeyExpected if line.contains(':') => {
            Some(("this line is neither a key nor a value".to_owned(), "put a space behind the `:` of its key"))
        }
        ErrorKind::MappingValueNotAllowed if stop.last_scalar < line_start(text, at) && stop.read_to > line_start(text, at) => {
            let first = text.get(..stop.last_scalar)?.matches('\n').count() + 1;
            let message = format!("this line goes on with the text of line {first} and cannot have a key of its own");
            Some((message, "indent it like the keys around it, and see that the line before has a space behind its `:`"))
        }
        _ => None,
    }
}

/// The first thing on the line of an offset; where the indentation is the fault, the indentation itself.
fn first_on_line(text: &str, at: usize, kind: &ErrorKind) -> usize {
    let start = line_start(text, at);
    if *kind == ErrorKind::TabInBlockIndentation { start } else { start + indentation(text, start) }
}

/// The first escape of a double-quoted scalar that YAML does not have.
fn bad_escape(text: &str, quote: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = quote + 1;
    while let Some(found) = memchr::memchr2(b'\\', b'"', bytes.get(at..).unwrap_or_default()) {
        at += found;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), Some(escaped)) if b"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(escaped) => at += 2,
            (Some(b'\\'), _) => return at,
            _ => break,
        }
    }
    quote
}

/// The word at an offset, or as much of it as a message shows: up to a blank, or one character where there is none.
fn visible_word(text: &str, at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at..at + rest.floor_char_boundary(length.clamp(first, first.max(40)))
}

/// A key without a space behind its colon: it reads as text, and the next key then as its second line.
fn missing_space(text: &str, stop: &Stop) -> Option<Diagnosis> {
    let goes_on = stop.last_scalar < line_start(text, stop.at) && stop.read_to > line_start(text, stop.at);
    let key = visible_word(text, stop.last_scalar);
    let (name, value) = text.get(key.clone())?.split_once(':')?;
    let quoted = name.starts_with(['"', '\'']);
    if stop.kind != ErrorKind::MappingValueNotAllowed || !goes_on || quoted || value.is_empty() || value.starts_with("//") {
        return None;
    }
    let message = "there is no space behind the `:` of this key".to_owned();
    Some(with_block_at(text, stop, key.start, FaultKind::Syntax, key, message, "put a space behind the `:`"))
}

/// Text in quotes whose further lines are indented too little. Many readers take it, so it is not lost for that.
fn badly_indented_text(text: &str, stop: &Stop) -> Option<Diagnosis> {
    if stop.kind != ErrorKind::InvalidQuotedScalarIndent {
        return None;
    }
    let block = fold::foldable(text, opening_quote(text, stop)?)?;
    let message = "this line goes on with text in quotes and is indented no deeper than the key of that text".to_owned();
    let help = "indent it deeper, or put the whole text on one line: some readers refuse it".to_owned();
    let span = visible_word(text, stop.at);
    let related = Some((block.start..block.start + 1, "the text starts here"));
    Some(Diagnosis { kind: FaultKind::Syntax, span, message, help, related, doubt: block.clone(), block, cure: Cure::Fold })
}

/// A quote that is opened where the reader stands and closed too late or never.
fn unclosed_quote(source: &Source, text: &str, stop: &Stop) -> Option<Diagnosis> {
    use ErrorKind as E;
    let never = matches!(
        stop.kind,
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar | E::TabInIndentation
    );
    let late = matches!(stop.kind, E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar);
    let quote = if never || late { opening_quote(text, stop)? } else { return None };
    let end = line_end(text, quote);
    if !never && stop.at <= end {
        return None;
    }
    let at_the_end = stop.at >= text.trim_end().len();
    let message = if at_the_end || matches!(stop.kind, E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar) {
        "this quote is never closed".to_owned()
    } else if late {
        format!("this quote is closed in line {} only, with more text behind it", source.position(stop.at as u32).line)
    } else {
        format!(
            "this quote is not closed on its line, and line {} does not go on with the text",
            source.position(stop.at as u32).line
        )
    };
    let mut diagnosis = with_block_at(text, stop, quote, FaultKind::Syntax, quote..end, message, "close it where the text ends");
    diagnosis.related = (!at_the_end).then(|| (visible_word(text, stop.at), "noticed here"));
    Some(diagnosis)
}

/// The quote that opens the scalar the reader stopped in: the first one behind what was read.
fn opening_quote(text: &str, stop: &Stop) -> Option<usize> {
    let gap = text.get(stop.read_to..text.ceil_char_boundary(stop.at + 1))?;
    let mut at = 0;
    while let Some(rest) = gap.get(at..) {
        let found = rest.find(['"', '\'', '#'])?;
        let comment = rest[found..].starts_with('#') && rest[..found].ends_with(char::is_whitespace);
        if !comment && !rest[found..].starts_with('#') {
            return Some(stop.read_to + at + found);
        }
        at += found + if comment { rest[found..].find('\n')? } else { 1 };
    }
    None
}

/// A `{` or `[` that is not closed before the block it stands in ends.
fn unclosed_flow(source: &Source, text: &str, stop: &Stop) -> Option<Diagnosis> {
    let open = stop.flow?;
    let column = indentation(text, line_start(text, open));
    let closed = flow_end(text, open);
    if closed.is_some_and(|closed| !leaves_block(text, open, closed, column)) {
        let mut diagnosis = local(text, stop);
        let first = block_of(text, open, &[]);
        let last = line_end(text, closed.unwrap_or(open));
        diagnosis.block = first.start.min(diagnosis.block.start)..last.max(diagnosis.block.end);
        diagnosis.doubt = doubt(text, &diagnosis.block, stop);
        return Some(diagnosis);
    }
    let bracket = text.get(open..open + 1)?;
    let line = source.position(stop.at as u32).line;
    let never = stop.at >= text.trim_end().len() || matches!(stop.kind, ErrorKind::UnclosedFlowCollection { .. });
    let message = if never {
        format!("this `{bracket}` is never closed")
    } else {
        format!("this `{bracket}` is not closed before line {line}, where something else begins")
    };
    let help = "close it, or put the text in quotes";
    let mut diagnosis = with_block_at(text, stop, open, FaultKind::Syntax, open..open + 1, message, help);
    diagnosis.related = (!never).then(|| (visible_word(text, stop.at), "noticed here"));
    Some(diagnosis)
}

/// The bracket that closes a flow collection, quotes and comments passed over.
fn flow_end(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (open, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let starts_word = at > open && bytes.get(at - 1).is_some_and(|before| b" \t\r\n,[]{}:".contains(before));
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(at),
            b'}' | b']' => depth -= 1,
            b'"' | b'\'' if starts_word => at = closing_quote(bytes, at + 1, byte)?,
            b'#' if starts_word => at = line_end(text, at),
            _ => {}
        }
        at += 1;
    }
    None
}

pub(super) fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    if quote == b'\'' {
        return memchr::memchr(quote, bytes.get(from..)?).map(|length| from + length);
    }
    let mut at = from;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&quote) {
            return Some(at);
        }
        at += 2;
    }
}

/// Whether a line between an opening and a closing bracket looks like it belongs to the block outside: a key that is
/// indented no deeper than the line with the opening bracket.
fn leaves_block(text: &str, open: usize, close: usize, column: usize) -> bool {
    let mut at = line_end(text, open);
    while at < close {
        let start = at + 1;
        at = line_end(text, start);
        let line = text.get(start..at).unwrap_or_default();
        let content = line.trim_start_matches([' ', '\t']);
        let is_key = content.contains(": ") || content.trim_end().ends_with(':');
        if is_key && !content.starts_with(['}', ']', '"', '\'']) && line.len() - content.len() <= column && at < close {
            return true;
        }
    }
    false
}

fn with_block(text: &str, stop: &Stop, kind: FaultKind, span: Range<usize>, message: String, help: &str) -> Diagnosis {
    let last = text.trim_end().char_indices().next_back().map_or(0, |(last, _)| last);
    let at = span.start.max(stop.at.min(last));
    with_block_at(text, stop, at, kind, span, message, help)
}

fn with_block_at(
    text: &str,
    stop: &Stop,
    at: usize,
    kind: FaultKind,
    span: Range<usize>,
    message: String,
    help: &str,
) -> Diagnosis {
    let mut block = block_of(text, at, &stop.columns);
    if stop.closed_flow.contains(&block.start) {
        block.start = line_start(text, stop.closed_flow.start);
    }
    let doubt = doubt(text, &block, stop);
    Diagnosis { kind, span, message, help: help.to_owned(), related: None, block, doubt, cure: Cure::Blank }
}

/// The line of an offset and the lines behind it that are indented deeper; also those indented alike if no open
/// collection has that indentation, since they are no better.
fn block_of(text: &str, at: usize, columns: &[usize]) -> Range<usize> {
    let start = line_start(text, at);
    let own = indentation(text, start);
    let least = if columns.is_empty() || columns.contains(&own) { own + 1 } else { own };
    let mut end = line_end(text, at);
    let mut next = end + 1;
    while next < text.len() {
        let line_end = line_end(text, next);
        let indent = indentation(text, next);
        if next + indent < line_end {
            if indent < least {
                break;
            }
            end = line_end;
        }
        next = line_end + 1;
    }
    start..end
}

/// A text up to the last line that is more than a comment.
fn without_last_comments(text: &str) -> &str {
    let mut before = text.trim_end();
    while let Some((rest, _)) = before.rsplit_once('\n').filter(|(_, line)| line.trim_start().starts_with('#')) {
        before = rest.trim_end();
    }
    before
}

/// A block and what touches it: the end of what stands before it, and a value over several lines that runs into it.
/// Where a stray line has closed what the block belonged to, or the reader had only looked ahead from further up, all
/// from there on is in doubt.
fn doubt(text: &str, block: &Range<usize>, stop: &Stop) -> Range<usize> {
    let end_before = |at: usize| without_last_comments(text.get(..at).unwrap_or_default()).len();
    let before = end_before(block.start);
    let unread = text.get(stop.read_to..before).unwrap_or_default();
    let touched = match unread.trim_matches([':', ' ', '\t', '\r', '\n']) {
        _ if stop.read_to > block.start => stop.last_scalar,
        "" => before,
        _ => stop.read_to,
    };
    let closed = stray_line(text, block.start).map_or(before, end_before);
    before.min(touched).min(closed)..block.end
}

/// The line that has closed the block of the line at `start` too early, so that what stands before it only looks complete:
/// the nearest one above that is indented less, if its own block is indented otherwise or a value stands behind its key,
/// and if the column of the line was open before it.
fn stray_line(text: &str, start: usize) -> Option<usize> {
    let own = indentation(text, start);
    let mut above = lines_above(text, start);
    let mut inside = own;
    let stray = loop {
        match above.next()? {
            (at, indent) if indent < own => break at,
            (_, indent) => inside = indent,
        }
    };
    let was_open = above.find(|(_, indent)| *indent <= own).is_some_and(|(_, indent)| indent == own);
    let opens = text.get(stray..line_end(text, stray))?.trim_end().ends_with(':');
    (was_open && (inside != own || !opens)).then_some(stray)
}

/// The lines before an offset that are more than blanks and comments, from the last to the first, with their indentation.
fn lines_above(text: &str, start: usize) -> impl Iterator<Item = (usize, usize)> {
    let ends_line = move |end: &usize| matches!(text.as_bytes().get(*end), Some(b'\n' | b'\r'));
    let line_before = move |at: &usize| at.checked_sub(1).filter(ends_line).map(|end| line_start(text, end));
    let starts = std::iter::successors(Some(start), line_before).skip(1);
    let says_something = move |at: &usize| {
        let line = text.get(*at..line_end(text, *at)).unwrap_or_default().trim_start();
        !line.is_empty() && !line.starts_with('#')
    };
    starts.filter(says_something).map(move |at| (at, indentation(text, at)))
}
