//! A cheap look at bytes, before anybody parses them.

use memchr::memmem;

/// Whether these bytes are worth reading as a description: a cheap look that spares the parser unrelated YAML and JSON.
/// A yes may turn out wrong, a no never does.
pub fn may_be_description(bytes: &[u8]) -> bool {
    // In UTF-16 a zero stands between the letters, whichever comes first; such a file is worth a finding.
    let words: [&[u8]; 4] = [b"openapi", b"swagger", b"o\0p\0e\0n\0a\0p\0i", b"s\0w\0a\0g\0g\0e\0r"];
    words.into_iter().any(|word| memmem::find(bytes, word).is_some())
}

/// Whether these bytes look as if they referenced other files, or had a name that others could reference them by. A yes may
/// turn out wrong, and so may a no: a key can be written with escapes.
pub fn may_be_tied(bytes: &[u8]) -> bool {
    let is_key =
        |word: &'static str| memmem::find_iter(bytes, word).filter(|at| starts_a_key(bytes, *at)).map(move |at| at + word.len());
    let is_utf16 = memchr::memchr(0, bytes).is_some();
    is_utf16
        || ["$id", "$self"].iter().any(|word| is_key(word).next().is_some())
        || is_key("$ref").any(|behind| leads_out(bytes, behind))
}

/// Whether a key may start here: paths such as `/users/$ref` only mention the word.
fn starts_a_key(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_none_or(|before| matches!(before, b'"' | b'\'' | b'{' | b',' | b'[') || before.is_ascii_whitespace())
}

/// Whether what stands behind a key is anything but a reference into the same file.
fn leads_out(bytes: &[u8], behind: usize) -> bool {
    let is_frame = |byte: &&u8| matches!(byte, b'"' | b'\'' | b':') || byte.is_ascii_whitespace();
    bytes.iter().skip(behind).find(|byte| !is_frame(byte)) != Some(&b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cheap_look_sees_every_description() {
        let cases = [
            ("openapi: 3.1.0\n", true),
            ("{\"swagger\":\"2.0\"}", true),
            ("# openapi is only mentioned\n", true),
            ("version: 2\nservices: {}\n", false),
            ("\0o\0p\0e\0n\0a\0p\0i\0:", true),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(may_be_description(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_cheap_look_sees_what_ties_files_together() {
        let cases = [
            ("a: {$ref: '#/b'}", false),
            ("{\"$ref\" : \"#/b\"}", false),
            ("$ref:\n  '#/b'\n", false),
            ("$ref: https://example.com/a.yaml#/b", true),
            ("/users/{id}/$ref:\n  get: {}\n", false),
            ("{\"$self\": \"a\"}", true),
            ("$id: a", true),
            ("a: {$ref: b.yaml}", true),
            ("{\"$ref\":\"./b.json#/c\"}", true),
            ("$ref: 'http/b.yaml'", true),
            ("- $ref: b.yaml", true),
            ("description: the $ref is gone", true),
            ("$ref", true),
            ("\0$\0r\0e\0f", true),
        ];
        for (text, expected) in cases {
            assert_eq!(may_be_tied(text.as_bytes()), expected, "{text}");
        }
    }
}
