//! Lines of a text, whichever way they end.

use memchr::{memchr2, memrchr2};

/// Where the line of an offset starts.
pub(super) fn start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let start = memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// Where the line of an offset ends, its line break left out.
pub(super) fn end(text: &str, at: usize) -> usize {
    let behind = text.as_bytes().get(at..).unwrap_or_default();
    at + memchr2(b'\n', b'\r', behind).unwrap_or(behind.len())
}

/// Where the next line starts; a block scalar ends there itself.
pub(super) fn behind(text: &str, at: usize) -> usize {
    if at > 0 && text.get(..at).is_some_and(|before| before.ends_with(['\n', '\r'])) {
        return at;
    }
    let end = end(text, at);
    end + break_at(text, end).len()
}

/// Where the next line starts that is not blank; the end of the text, if all are.
pub(super) fn behind_blank_ones(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let next = rest.len() - rest.trim_start().len();
    if next == rest.len() { text.len() } else { start(text, at + next).max(at) }
}

/// The line break that stands here.
fn break_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    ["\r\n", "\n", "\r"].into_iter().find(|one| rest.starts_with(one)).unwrap_or_default()
}

/// How lines end around an offset: as the line itself, else as the one before it.
pub(super) fn line_break(text: &str, at: usize) -> &str {
    let own = break_at(text, end(text, at));
    if !own.is_empty() {
        return own;
    }
    let before = text.get(..start(text, at)).unwrap_or_default();
    ["\r\n", "\n", "\r"].into_iter().find(|one| before.ends_with(one)).unwrap_or("\n")
}

/// What stands between the start of its line and an offset.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(start(text, at)..at).unwrap_or_default()
}

/// Whether a text is nothing but blanks.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The column of an offset in characters, from 0.
pub(super) fn column(text: &str, at: usize) -> usize {
    before(text, at).chars().count()
}
