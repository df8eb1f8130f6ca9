//! Entity-tags (RFC 9110, section 8.8.3).

/// Whether a text is an entity-tag: quoted, with `W/` before it if it is weak.
pub fn is_entity_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| inner.chars().all(|letter| letter != '"' && letter > ' ' && letter != '\u{7f}'))
}

#[cfg(test)]
mod tests {
    use super::is_entity_tag;

    #[test]
    fn quoted_or_not() {
        let cases = [
            (r#""xyzzy""#, true),
            (r#"W/"xyzzy""#, true),
            (r#""""#, true),
            (r#""ü""#, true),
            ("xyzzy", false),
            (r#"w/"xyzzy""#, false),
            ("W/xyzzy", false),
            (r#""a b""#, false),
            (r#""a"b""#, false),
            ("'xyzzy'", false),
            ("\"", false),
            ("*", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_entity_tag(text), expected, "{text}");
        }
    }
}
