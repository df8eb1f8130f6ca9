//! Text that stays text in HTML, in elements and in attributes between double quotes.

use super::super::clean;

/// Longer words are cut, in characters: one endless message must not be the page.
const LONGEST: usize = 2_000;

/// Plain text.
pub(super) fn text(words: &str) -> String {
    let words = clean::sentence(words);
    let mut out = String::with_capacity(words.len() + 16);
    for letter in words.chars().take(LONGEST) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    if words.len() > LONGEST && words.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// A word of a description.
pub(super) fn code(words: &str) -> String {
    format!("<code>{}</code>", text(words))
}

/// A sentence in which what stands in backticks is code.
pub(super) fn prose(words: &str) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    let mut out = String::with_capacity(words.len() + 16);
    for (number, part) in parts.iter().enumerate() {
        match (number % 2 == 1, number + 1 < parts.len()) {
            (false, _) => out.push_str(&text(part)),
            (true, true) => out.push_str(&code(part)),
            (true, false) => {
                out.push('`');
                out.push_str(&text(part));
            }
        }
    }
    out
}

/// Words that lead to a page. Only to one of the web: an address of a rule must not run as a script.
pub(super) fn link(words: &str, url: Option<&str>) -> String {
    let url = url.filter(|url| ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)));
    match url {
        Some(url) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", text(url), text(words)),
        None => text(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let table = [
            ("<script>alert(\"a\")</script>", "&lt;script&gt;alert(&quot;a&quot;)&lt;/script&gt;"),
            ("' onclick=x & \u{0}\u{1b}\u{202e}", "&#39; onclick=x &amp; ?????"),
            ("a\r\nb\tc ü🙂", "a b c ü🙂"),
        ];
        for (words, expected) in table {
            assert_eq!(text(words), expected);
        }
        assert_eq!(text(&"ä".repeat(2_001)), format!("{}…", "ä".repeat(2_000)));
        assert_eq!(text(&"ä".repeat(2_000)), "ä".repeat(2_000));
    }

    #[test]
    fn backticks_are_code() {
        assert_eq!(prose("a `<b>` c"), "a <code>&lt;b&gt;</code> c");
        assert_eq!(prose("a `b"), "a `b");
    }

    #[test]
    fn only_pages_of_the_web_are_linked() {
        assert_eq!(link("<a>", Some("https://a/\"b")), "<a href=\"https://a/&quot;b\" rel=\"noopener noreferrer\">&lt;a&gt;</a>");
        for url in [None, Some("javascript:alert(1)"), Some("data:text/html,a"), Some(" https://a")] {
            assert_eq!(link("a", url), "a");
        }
    }
}
