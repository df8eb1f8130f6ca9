//! Text that stays text in XML 1.0.

/// How a document starts.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The value of an attribute between double quotes. Line breaks and tabs are kept by reference: written as they are, readers
/// would take them for spaces.
pub(super) fn attribute(text: &str) -> String {
    escaped(text, "&#10;", "&#9;")
}

/// The text of an element.
pub(super) fn text(text: &str) -> String {
    escaped(text, "\n", "\t")
}

/// What XML cannot hold, not even by reference, is a question mark, and so is what would turn the direction of the text.
fn escaped(text: &str, line_break: &str, tab: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // So that `]]>`, which must not stand in a text, needs no care of its own.
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str(line_break),
            '\t' => out.push_str(tab),
            _ if is_refused(letter) => out.push('?'),
            _ => out.push(letter),
        }
    }
    out
}

fn is_refused(letter: char) -> bool {
    super::clean::is_unsafe(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let table = [
            ("<a b=\"c\">&amp;'", "&lt;a b=&quot;c&quot;&gt;&amp;amp;'", "&lt;a b=&quot;c&quot;&gt;&amp;amp;'"),
            ("]]>", "]]&gt;", "]]&gt;"),
            ("a\r\nb\rc\td", "a&#10;b&#10;c&#9;d", "a\nb\nc\td"),
            ("\0\u{1}\u{b}\u{1b}\u{1f}\u{7f}\u{85}", "???????", "???????"),
            ("\u{fffe}\u{ffff}\u{fffd}", "??\u{fffd}", "??\u{fffd}"),
            ("\u{202e}txt\u{2066}\u{2028}ü🙂", "?txt??ü🙂", "?txt??ü🙂"),
        ];
        for (words, in_attribute, in_element) in table {
            assert_eq!((attribute(words).as_str(), text(words).as_str()), (in_attribute, in_element));
        }
    }
}
