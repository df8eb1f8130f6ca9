//! What a file says must not drive the terminal that shows it.

use std::borrow::Cow;

/// A text in which control and direction characters are question marks, one for each byte: offsets stay what they are.
/// Tabs stay.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe(character) {
            clean.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            clean.push(character);
        }
    }
    Cow::Owned(clean)
}

/// A text of at most this many characters; of a longer one the start.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).and_then(|(at, _)| text.get(..at));
    cut.map_or_else(|| text.to_owned(), |start| format!("{start}…"))
}

/// A sentence on one line: line breaks and tabs are spaces, and nothing in it drives a terminal.
pub(crate) fn sentence(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        let spaced = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        return Cow::Owned(line(&spaced).into_owned());
    }
    line(text)
}

/// Whether a character drives a terminal or turns the direction of what follows.
pub(crate) fn is_unsafe(character: char) -> bool {
    let direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || character.is_control() && character != '\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_drives_the_terminal() {
        let table =
            [("plain ä\t✓", "plain ä\t✓"), ("\u{1b}[31mred", "?[31mred"), ("a\u{202e}b\u{85}c", "a???b??c"), ("a\rb", "a?b")];
        for (text, expected) in table {
            assert_eq!(line(text), expected);
            assert_eq!(line(text).len(), text.len());
        }
        assert_eq!(sentence("a\r\nb\nc\td\u{7}"), "a b c d?");
        assert_eq!(sentence("same"), "same");
    }
}
