//! URI references (RFC 3986, section 4.1), as far as clients stumble over them.

/// What keeps a text from being a URI reference that clients can follow, as the end of a sentence; `None` if nothing does.
/// Blanks, letters beyond ASCII and `[`, `]`, `|`, `^` are wrong, too, and every client copes with them.
pub fn fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    if text.contains(|letter: char| letter.is_control()) {
        return Some("has control characters in it");
    }
    if text.contains(['{', '}']) {
        return Some("has braces in it, as if a template had not been filled in");
    }
    if text.contains(['<', '>', '"', '\\']) {
        return Some("has characters in it that no URI has");
    }
    if !escapes_are_whole(text) {
        return Some("has a `%` in it that no two hexadecimal digits follow");
    }
    lacks_host(text).then_some("is a URL without a host")
}

fn escapes_are_whole(text: &str) -> bool {
    let is_whole = |rest: &str| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    text.split('%').skip(1).all(is_whole)
}

fn lacks_host(text: &str) -> bool {
    let scheme = ["http:", "https:"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let rest = scheme.and_then(|scheme| text.get(scheme.len()..));
    rest.is_some_and(|rest| rest.strip_prefix("//").is_none_or(|host| host.is_empty() || host.starts_with(['/', '?', '#', ':'])))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn references_that_clients_follow() {
        for text in [
            "/orders/17",
            "orders/17",
            "17",
            "?page=2",
            "https://api.example.com/orders?filter[a]=b|c",
            "HTTPS://[::1]:8080/",
            "//cdn.example.com/a",
            "/a b",
            "/größe",
            "/100%25",
            "mailto:a@example.com",
            "app://open",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn references_that_they_do_not() {
        let cases = [
            ("", "is empty"),
            ("/orders/{id}", "braces"),
            ("<https://example.com>", "characters"),
            ("C:\\files\\17", "characters"),
            ("/100%", "hexadecimal"),
            ("/100%zz", "hexadecimal"),
            ("/ü%é", "hexadecimal"),
            ("http:///orders", "host"),
            ("https:/orders", "host"),
            ("http://:80/", "host"),
            ("/a\u{1}", "control"),
        ];
        for (text, word) in cases {
            assert!(fault(text).is_some_and(|fault| fault.contains(word)), "{text}: {:?}", fault(text));
        }
    }
}
