//! What a file says must not drive the terminal that shows it.

use std::borrow::Cow;

/// A text in which control and direction characters are question marks, one for each byte: offsets stay what they are.
/// Tabs stay.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
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

/// A sentence on one line: line breaks and tabs are spaces, and nothing in it drives a terminal.
pub(crate) fn sentence(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        let spaced = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        return Cow::Owned(line(&spaced).into_owned());
    }
    line(text)
}

/// Whether a character drives a terminal, turns the direction of what follows, breaks the line, or is there without being
/// seen: what a text looks like must be what it says. The two joiners stay: some scripts cannot be written without them.
pub(crate) fn is_unsafe(character: char) -> bool {
    character.is_control() && character != '\t' || is_unseen(character)
}

/// The characters of the categories Cf, Zl and Zp that show nothing of themselves, but for the joiners.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
    )
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
        let unseen = "\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{2060}\u{2064}\u{feff}\u{e0041}";
        for one in unseen.chars() {
            assert_eq!(line(&format!("a{one}b")), format!("a{}b", "?".repeat(one.len_utf8())), "{one:?}");
        }
        let written = "\u{645}\u{6cc}\u{200c}\u{62e}, \u{915}\u{94d}\u{200d}, \u{1f468}\u{200d}\u{1f469}\u{fe0f}, \u{600}";
        assert_eq!(line(written), written, "joiners and what is seen stay");
        assert_eq!(sentence("a\r\nb\nc\td\u{7}"), "a b c d?");
        assert_eq!(sentence("same"), "same");
    }
}
