//! Text that stays text in Markdown: as `CommonMark`, GitHub and GitLab read it.

/// Breaks what hosts take for a mention or a reference, and is not seen.
const BREAK: &str = "&#8203;";

/// A text as a code span. The fence is longer than any run of backticks in it.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A space inside keeps a backtick at the end apart from the fence; one is taken off again at each end.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A sentence of ours with words of a description in it: what stands in backticks is code, all else is plain text.
pub(super) fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (number, part) in parts.iter().enumerate() {
        let (is_inside, is_closed) = (number % 2 == 1, number + 1 < parts.len());
        match (is_inside, is_closed, part.trim().is_empty()) {
            // Two fences side by side would be one longer fence.
            (false, ..) if part.is_empty() && number > 0 && is_closed => out.push_str(BREAK),
            (false, ..) => plain(part, &mut out),
            (true, true, false) => out.push_str(&code(part)),
            (true, true, true) => out.push_str("\\`\\`"),
            (true, false, _) => {
                out.push_str("\\`");
                plain(part, &mut out);
            }
        }
    }
    out
}

/// Plain text in a cell of a table. No code spans: a backslash before a `|` would end the cell inside of one.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    plain(text, &mut out);
    out
}

/// Text between HTML tags.
pub(super) fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A link's destination between angle brackets.
pub(super) fn url(text: &str) -> String {
    text.replace('<', "%3C").replace('>', "%3E").replace(['\n', '\r', ' '], "%20").replace('\\', "%5C").replace('|', "%7C")
}

fn plain(text: &str, out: &mut String) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
        let is_word = letters.peek().is_some_and(|next| next.is_alphanumeric() || *next == '"');
        let refers = matches!(letter, '@' | '#' | '!' | '~' | '%' | '$' | '&') && is_word;
        let links = letter == ':' && letters.peek() == Some(&'/') || letter == '.' && ends_with_www(out);
        if refers || links {
            out.push_str(BREAK);
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(4).and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_description_says_stays_text() {
        let table = [
            ("the 201 of POST /orders", "the 201 of POST /orders"),
            ("says `<img src=x>` and `@all`", "says `<img src=x>` and `@all`"),
            ("<script>&lt;", "&lt;script&gt;&amp;&#8203;lt;"),
            ("@team, #12 and !3", "@&#8203;team, \\#&#8203;12 and \\!&#8203;3"),
            ("[x](https://evil)", "\\[x\\](https:&#8203;//evil)"),
            ("Www.evil", "Www.&#8203;evil"),
            ("**b** _i_ | \\", "\\*\\*b\\*\\* \\_i\\_ \\| \\\\"),
            ("an open ` tick @a", "an open \\` tick @&#8203;a"),
            ("`` `", "\\`\\` \\`"),
            ("`a``b` <i>", "`a`&#8203;`b` &lt;i&gt;"),
        ];
        for (text, expected) in table {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn no_text_leaves_its_code_span() {
        let table = [("a", "`a`"), ("a`b", "``a`b``"), ("``", "``` `` ```"), ("`a", "`` `a ``"), (" ", "`   `")];
        for (text, expected) in table {
            assert_eq!(code(text), expected);
        }
        assert_eq!(cell("`a\\|b` <i>"), "\\`a\\\\\\|b\\` &lt;i&gt;");
        assert_eq!(html("<a&b>"), "&lt;a&amp;b&gt;");
        assert_eq!(url("https://x/<y> z"), "https://x/%3Cy%3E%20z");
    }
}
