//! A cheap look at bytes, before anybody parses them.

use std::io::{ErrorKind, Read as _};
use std::path::Path;

use memchr::memmem;

use super::{MAXIMUM_SIZE, open, refusal};
use crate::provider::Refusal;

/// How much of a file is looked at at once: it stays in the processor's cache.
const WINDOW: usize = 128 << 10;

/// How much of it is looked at again with what follows: more than the longest word.
const OVERLAP: usize = 16;

/// Whether these bytes are worth reading as a description: a cheap look that spares the parser unrelated YAML and JSON.
/// A yes may turn out wrong, a no never does.
pub fn may_be_description(bytes: &[u8]) -> bool {
    // In UTF-16 a zero stands between the letters, whichever comes first; such a file is worth a finding.
    let words: [&[u8]; 4] = [b"openapi", b"swagger", b"o\0p\0e\0n\0a\0p\0i", b"s\0w\0a\0g\0g\0e\0r"];
    words.into_iter().any(|word| memmem::find(bytes, word).is_some())
}

/// Looks through a file, a part of it at a time: most of the files of a large run are looked into and let go.
pub fn look_through(path: &Path, buffer: &mut Vec<u8>) -> Result<Look, Refusal> {
    let (mut file, length) = open(path)?;
    let mut look = Look { size: length, ..Look::default() };
    buffer.resize(WINDOW, 0);
    let (mut held, mut seen) = (0, 0);
    while !look.is_decided() {
        let read = match file.read(buffer.get_mut(held..).unwrap_or_default()) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.map_err(|error| refusal(&error))?,
        };
        seen += read;
        if seen > MAXIMUM_SIZE {
            return Err(Refusal::TooLarge);
        }
        let part = buffer.get(..held + read).unwrap_or_default();
        let end = part.len();
        let rest = look.take(part, read == 0);
        if read == 0 {
            look.size = seen;
            break;
        }
        buffer.copy_within(rest..end, 0);
        held = end - rest;
    }
    Ok(look)
}

/// What a cheap look at a file tells. A yes may turn out wrong, a no never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How many bytes it has.
    pub size: usize,
    /// Whether it is worth reading as a description; see [`may_be_description`].
    pub may_be_description: bool,
    /// Whether it seems to reference other files, or to have a name that others could reference it by.
    pub may_be_tied: bool,
    /// Whether what is looked at next is not the beginning.
    is_later: bool,
}

impl Look {
    /// Looks at all of a file.
    pub fn at(bytes: &[u8]) -> Look {
        let mut look = Look { size: bytes.len(), ..Look::default() };
        look.take(bytes, true);
        look
    }

    fn is_decided(self) -> bool {
        self.may_be_description && self.may_be_tied
    }

    /// Looks at some bytes; gives from where on they are to be looked at again together with what follows.
    fn take(&mut self, bytes: &[u8], is_end: bool) -> usize {
        self.may_be_description = self.may_be_description || may_be_description(bytes);
        let doubt = self.look_for_ties(bytes, is_end).map_or(bytes.len(), |at| at.saturating_sub(1));
        let rest = doubt.min(bytes.len().saturating_sub(OVERLAP));
        self.is_later |= rest > 0;
        rest
    }

    /// Gives the first place of which only what follows can tell.
    fn look_for_ties(&mut self, bytes: &[u8], is_end: bool) -> Option<usize> {
        // What a later part begins with was looked at with what stands before it.
        let places = if self.may_be_tied { &[] } else { bytes };
        for at in memchr::memchr3_iter(b'$', b'\\', 0, places).filter(|&at| at > 0 || !self.is_later) {
            match ties(bytes, at, is_end) {
                Some(false) => {}
                // A part that is all in doubt would never come to an end.
                None if bytes.len() < WINDOW || at > 1 => return Some(at),
                Some(true) | None => {
                    self.may_be_tied = true;
                    break;
                }
            }
        }
        None
    }
}

/// The escapes of a dollar sign.
const ESCAPES: [&[u8]; 3] = [b"\\u0024", b"\\x24", b"\\U00000024"];

/// Whether a zero, a backslash or a dollar sign ties files together; none where that is for what follows to say. In UTF-16 a zero
/// stands between the letters.
fn ties(bytes: &[u8], at: usize, is_end: bool) -> Option<bool> {
    let word = bytes.get(at..).unwrap_or_default();
    if let [b'\\', ..] = word {
        return Some(ESCAPES.into_iter().any(|escape| word.starts_with(escape)));
    }
    if word.starts_with(b"\0") {
        return Some(true);
    }
    let is_key = || starts_a_key(bytes, at);
    match word.strip_prefix(b"$ref") {
        Some(behind) if is_key() => leads_out(behind).or(is_end.then_some(true)),
        _ => Some((word.starts_with(b"$id") || word.starts_with(b"$self") || has_escape(word)) && is_key()),
    }
}

/// Whether one of the words may be written here with an escape.
fn has_escape(word: &[u8]) -> bool {
    word.get(..b"$self".len()).unwrap_or(word).contains(&b'\\')
}

/// Whether a key may start here: paths such as `/users/$ref` only mention the word. Before the first key there may be a mark of
/// the byte order.
fn starts_a_key(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_none_or(|before| matches!(before, b'"' | b'\'' | b'{' | b',' | b'[' | 0xBF) || before.is_ascii_whitespace())
}

/// Whether what stands behind a key is anything but a reference into the same file, which stands in quotes: else `#` begins a
/// comment, and what is referenced may stand behind that. None where nothing does.
fn leads_out(behind: &[u8]) -> Option<bool> {
    let is_frame = |byte: &u8| matches!(byte, b'"' | b'\'' | b':') || byte.is_ascii_whitespace();
    let first = behind.iter().position(|byte| !is_frame(byte))?;
    Some(!behind.get(..=first)?.ends_with(b"\"#") && !behind.get(..=first)?.ends_with(b"'#"))
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
            ("{\"\\u0024ref\": \"a.yaml\"}", true),
            ("\"\\x24ref\": a.yaml", true),
            ("\"\\U00000024ref\": a.yaml", true),
            ("\"$re\\x66\": a.yaml", true),
            ("\"$\\u0072ef\": a.yaml", true),
            ("\"$s\\\nelf\": a.yaml", true),
            ("pattern: '^\\d+$'\nnext: \"\\n\\u00e4\"", false),
            ("$ref: # behind this\n  a.yaml", true),
            ("\u{feff}$ref: a.yaml", true),
        ];
        for (text, expected) in cases {
            assert_eq!(Look::at(text.as_bytes()).may_be_tied, expected, "{text}");
        }
    }

    #[test]
    fn a_look_in_parts_sees_what_a_look_at_all_of_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let words = [
            "openapi",
            "\"\\U00000024ref\"",
            "a$ref: b",
            " $ref: b",
            "'$ref': '#/b'",
            "$id",
            "/$self",
            "\"$self\"",
            "$ref:\n   '#b'",
            "$ref",
            "\0",
        ];
        let mut buffer = Vec::new();
        for word in words {
            let tails = [": -\n".repeat(WINDOW / 3), String::new(), " ".repeat(40)];
            let starts = (0..4).chain(WINDOW - 24..WINDOW + 24);
            for (start, tail) in starts.flat_map(|start| tails.iter().map(move |tail| (start, tail))) {
                let text = format!("{}{word}{tail}", " ".repeat(start));
                std::fs::write(&path, &text).unwrap();
                let look = look_through(&path, &mut buffer).unwrap();
                assert_eq!((look.size, look.is_decided()), (text.len(), false), "{word} at {start}");
                let whole = Look::at(text.as_bytes());
                assert_eq!(
                    (look.may_be_description, look.may_be_tied),
                    (whole.may_be_description, whole.may_be_tied),
                    "{word} at {start}"
                );
            }
        }
    }

    #[test]
    fn a_part_all_in_doubt_is_taken_for_a_tie() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, format!("$ref:{}'#/a'\nopenapi: 3.1.0", " ".repeat(3 * WINDOW))).unwrap();
        let look = look_through(&path, &mut Vec::new()).unwrap();
        assert!(look.is_decided(), "{look:?}");
    }
}
