//! Where a cursor stands in a text that is being typed: by its words and its indentation, since it need not parse.

use std::ops::Range;

/// The keys around a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys of the maps and lists that hold it, the outermost first.
    pub(super) keys: Vec<String>,
    /// The key on whose value it is.
    pub(super) key: Option<String>,
    /// Whether it is in a comment.
    pub(super) is_comment: bool,
}

/// The keys around the end of a text.
pub(super) fn context(before: &str) -> Context {
    let is_json = before.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if is_json {
        return flow(before);
    }
    let mut lines = before.rsplit('\n');
    let line = lines.next().unwrap_or_default();
    let (indent, content, is_item) = split(line);
    let inner = flow(content);
    let mut keys = above(lines, indent, is_item);
    keys.extend(inner.keys.iter().cloned());
    Context { keys, ..inner }
}

/// The word around an offset: letters, digits and `-`.
pub(super) fn word_at(text: &str, offset: usize) -> Range<usize> {
    let is_part = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let before = text.get(..offset).unwrap_or_default().chars().rev().take_while(is_part).count();
    let behind = text.get(offset..).unwrap_or_default().chars().take_while(is_part).count();
    offset - before..offset + behind
}

/// How far a line is indented, what it says behind the dashes of list items, and whether there are any.
fn split(line: &str) -> (usize, &str, bool) {
    let mut content = line.trim_start_matches(' ');
    let indent = line.len() - content.len();
    let mut is_item = false;
    while let Some(rest) = content.strip_prefix("- ") {
        content = rest.trim_start_matches(' ');
        is_item = true;
    }
    (indent, content, is_item)
}

/// The keys of the lines above that are indented less, the outermost first.
fn above<'t>(lines: impl Iterator<Item = &'t str>, mut indent: usize, mut is_item: bool) -> Vec<String> {
    let mut keys = Vec::new();
    for line in lines {
        let (own, content, own_item) = split(line.trim_end_matches('\r'));
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let start = line.len() - line.trim_start_matches([' ', '-']).len();
        // The first key of a list item stands beside the keys below it.
        let holds = own < indent && start < indent || own == indent && is_item && !own_item;
        if holds {
            keys.extend(key_of(content));
        }
        if holds || own < indent {
            (indent, is_item) = (own, own_item);
        }
        if indent == 0 && !is_item {
            break;
        }
    }
    keys.reverse();
    keys
}

/// The key with which a line begins.
fn key_of(content: &str) -> Option<String> {
    let quote = content.chars().next().filter(|first| matches!(first, '"' | '\''));
    if let Some(quote) = quote {
        let inside = content.get(1..)?;
        return Some(inside.get(..inside.find(quote)?)?.to_owned());
    }
    let (key, _) = content.split_once(": ").or_else(|| content.trim_end().strip_suffix(':').map(|key| (key, "")))?;
    Some(key.trim().to_owned())
}

/// The open braces of a text in flow style, each with the key before it.
fn flow(text: &str) -> Context {
    let mut open: Vec<Option<String>> = Vec::new();
    let (mut key, mut word, mut is_comment) = (None, String::new(), false);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' if word.trim().is_empty() => word = quoted(&mut letters, letter),
            '{' | '[' if word.trim().is_empty() => open.push(key.take()),
            '}' | ']' if !open.is_empty() => {
                open.pop();
                (key, word) = (None, String::new());
            }
            ',' if !open.is_empty() => (key, word) = (None, String::new()),
            '#' if before.is_whitespace() => {
                is_comment = true;
                break;
            }
            ':' if letters.peek().is_none_or(|next| next.is_whitespace() || matches!(next, '{' | '[' | '"')) => {
                key = Some(std::mem::take(&mut word).trim().to_owned());
            }
            other => word.push(other),
        }
        before = letter;
    }
    Context { keys: open.into_iter().flatten().collect(), key, is_comment }
}

/// The text up to the closing quote.
fn quoted(letters: &mut impl Iterator<Item = char>, quote: char) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next().filter(|letter| *letter != quote) {
        text.push(letter);
        if letter == '\\' && quote == '"' {
            text.extend(letters.next());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_around_a_place_are_found() {
        let cases: [(&str, &[&str], Option<&str>); 14] = [
            ("paths:\n  /a:\n    get:\n      responses:\n        ", &["paths", "/a", "get", "responses"], None),
            ("paths:\n  /a:\n    get:\n      responses:\n        \"4", &["paths", "/a", "get", "responses"], None),
            ("get:\n  responses:\n    '200':\n      description: x\n    4", &["get", "responses"], None),
            ("get:\n  responses: { 4", &["get", "responses"], None),
            ("get:\n  responses: { 200: { description: x }, ", &["get", "responses"], None),
            ("rules:\n  found-redirect: o", &["rules"], Some("found-redirect")),
            ("overrides:\n  - files: old\n    rules:\n      fo", &["overrides", "rules"], None),
            ("overrides:\n- files: old\n  rules: { fo", &["overrides", "rules"], None),
            ("x-statusquo-allow:\n- fo", &["x-statusquo-allow"], None),
            ("a:\n  x-statusquo-allow:\n    - one\n    - fo", &["a", "x-statusquo-allow"], None),
            ("{\"get\": {\"responses\": {\"200\": {}, \"4", &["get", "responses"], None),
            ("{\"a\": [1, {\"b\": \"", &["a"], Some("b")),
            ("a: 1\n# responses:\nb:\n  c: ", &["b"], Some("c")),
            ("a:\r\n  b:\r\n    c", &["a", "b"], None),
        ];
        for (text, keys, key) in cases {
            let found = context(text);
            assert_eq!(
                (found.keys.as_slice(), found.key.as_deref()),
                (keys.iter().map(|&key| key.to_owned()).collect::<Vec<_>>().as_slice(), key),
                "{text}"
            );
        }
    }

    #[test]
    fn comments_are_known() {
        assert!(context("a: 1 # b").is_comment && context("# b").is_comment);
        assert!(!context("a: b#c").is_comment && !context("a: '# b'").is_comment);
    }

    #[test]
    fn words_are_found_at_both_ends() {
        let text = "# allow found-redirect, x";
        assert_eq!([word_at(text, 8), word_at(text, 22), word_at(text, 12)], [8..22, 8..22, 8..22]);
        assert_eq!(word_at(text, 99), 99..99);
    }
}
