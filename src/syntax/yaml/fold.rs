//! Text in quotes with badly indented lines: it is read as if it stood on one line, with marks where the lines end.

use std::ops::Range;

use super::diagnose::closing_quote;

/// What may stand for a line break: the first that does not occur in the text.
const MARKS: [char; 12] = ['~', '^', '|', '@', '%', '$', '*', '+', '=', ';', '?', '_'];

/// The text in quotes that starts here, if its closing quote ends a line and no line of it looks like a key.
pub(super) fn foldable(text: &str, quote: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mark = *bytes.get(quote)?;
    let mut close = closing_quote(bytes, quote + 1, mark)?;
    while mark == b'\'' && bytes.get(close + 1) == Some(&mark) {
        close = closing_quote(bytes, close + 2, mark)?;
    }
    let behind = text.get(close + 1..)?.lines().next().unwrap_or_default().trim_start();
    let inner = text.get(quote + 1..close)?;
    let is_key = |line: &str| line.split_whitespace().next().is_some_and(|word| word.ends_with(':'));
    let odd = inner.lines().skip(1).any(is_key) || mark_for(inner).is_none() || inner.contains("\\\n");
    (!odd && (behind.is_empty() || behind.starts_with('#'))).then_some(quote..close + 1)
}

fn mark_for(text: &str) -> Option<char> {
    MARKS.into_iter().find(|&mark| !text.contains(mark))
}

/// Puts a mark in place of every line break in a text in quotes.
pub(super) fn fold(text: &mut String, quoted: &Range<usize>) {
    let written = text.get(quoted.clone()).unwrap_or_default();
    let mark = mark_for(written).unwrap_or(' ');
    let folded: String = written
        .chars()
        .map(|c| match c {
            '\n' => mark,
            '\r' => ' ',
            _ => c,
        })
        .collect();
    text.replace_range(quoted.start..quoted.start + folded.len(), &folded);
}

/// The decoded text with every mark and the blanks around it as YAML folds lines: one line break is a space, each
/// further one stays. `written` is the text with its line breaks, `read` the one with the marks.
pub(super) fn unfold(value: &str, written: &str, read: &str) -> Option<String> {
    let mark = read.chars().nth(written.chars().position(|c| c == '\n')?).filter(|&mark| mark != '\n')?;
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once(mark) {
        text.push_str(before.trim_end_matches([' ', '\t']));
        rest = behind.trim_start_matches([' ', '\t', mark]);
        let breaks = behind[..behind.len() - rest.len()].matches(mark).count();
        text.push_str(if breaks == 0 { " " } else { "" });
        text.extend(std::iter::repeat_n('\n', breaks));
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_length_and_unfolds_like_yaml() {
        let cases = [("\"a \n b\"", "\"a b\""), ("'a\r\n\r\n\n  b'", "'a\n\nb'"), ("'a  b'", "'a  b'"), ("\"\n\"", "\" \"")];
        for (text, expected) in cases {
            let mut folded = text.to_owned();
            fold(&mut folded, &(0..text.len()));
            assert_eq!(folded.len(), text.len());
            assert_eq!(unfold(&folded, text, &folded).as_deref().unwrap_or(text), expected, "{text:?}");
        }
    }
}
