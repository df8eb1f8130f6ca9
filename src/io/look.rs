//! A cheap look at bytes, before anybody parses them.

use std::io::{ErrorKind, Read as _};
use std::path::Path;

use memchr::memmem;

use super::{MAXIMUM_SIZE, open, refusal};
use crate::provider::Refusal;

/// How much of a file is looked at at once: it stays in the processor's cache.
const WINDOW: usize = 128 << 10;

/// How far before a place it may matter what stands there, and how far behind it a word may reach.
const BEFORE: usize = 240;
const BEHIND: usize = 16;

/// Whether these bytes are worth reading as a description: a cheap look that spares the parser unrelated YAML and JSON.
/// A yes may turn out wrong; a no does only where the key is written with escapes.
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

/// What a cheap look at a file tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How many bytes it has.
    pub size: usize,
    /// Whether it is worth reading as a description; see [`may_be_description`].
    pub may_be_description: bool,
    /// Whether it seems to reference other files, or to have a name that others could reference it by. A yes may turn out wrong,
    /// a no never does.
    pub may_be_tied: bool,
    /// Whether what is looked at next is not the beginning, and how much of it was looked at before.
    is_later: bool,
    seen: usize,
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
        let seen = self.look_for_ties(bytes, is_end);
        let rest = seen.saturating_sub(BEFORE);
        self.seen = seen - rest;
        self.is_later |= rest > 0;
        rest
    }

    /// Gives how far it was looked: to the first place of which only what follows can tell.
    fn look_for_ties(&mut self, bytes: &[u8], is_end: bool) -> usize {
        let end = if is_end { bytes.len() } else { bytes.len().saturating_sub(BEHIND).max(self.seen) };
        let open = if self.may_be_tied { &[] } else { bytes.get(self.seen..end).unwrap_or_default() };
        for at in memchr::memchr3_iter(b'$', b'\\', 0, open).map(|at| at + self.seen) {
            let place = Place { bytes, at, is_later: self.is_later };
            match place.ties(is_end) {
                Some(false) => {}
                // A part that is all in doubt would never come to an end.
                None if bytes.len() < WINDOW || at > BEFORE => return at,
                Some(true) | None => {
                    self.may_be_tied = true;
                    break;
                }
            }
        }
        end
    }
}

/// The escapes of a dollar sign.
const ESCAPES: [&[u8]; 3] = [b"\\u0024", b"\\x24", b"\\U00000024"];

/// A zero, a backslash or a dollar sign among some bytes.
#[derive(Clone, Copy)]
struct Place<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Whether there is something before the bytes.
    is_later: bool,
}

impl<'b> Place<'b> {
    fn before(self) -> &'b [u8] {
        self.bytes.get(..self.at).unwrap_or_default()
    }

    /// Whether it ties files together; none where that is for what follows to say. In UTF-16 a zero stands between the letters.
    fn ties(self, is_end: bool) -> Option<bool> {
        let word = self.bytes.get(self.at..).unwrap_or_default();
        match word.first() {
            Some(b'\\') => return Some(ESCAPES.into_iter().any(|escape| word.starts_with(escape))),
            Some(0) => return Some(true),
            _ => {}
        }
        match word.strip_prefix(b"$ref") {
            Some(behind) if self.may_start_a_key() => self.leads_out(behind).or(is_end.then_some(true)),
            Some(_) => Some(false),
            None => {
                let is_name = word.starts_with(b"$id") || word.starts_with(b"$self");
                Some((is_name || has_escape(word)) && self.may_start_a_key())
            }
        }
    }

    /// Whether a key may start here: paths such as `/users/$ref` only mention the word. Readers mend a key without quotes behind
    /// a bracket or a comment, and before the first key there may be a mark of the byte order.
    fn may_start_a_key(self) -> bool {
        match self.before() {
            [] | [.., b'*', b'/'] => true,
            [.., before] => matches!(before, 0..=b' ' | 0xBF) || b"\"'{}[],;:".contains(before),
        }
    }

    /// Whether the value of a key may be anything but a reference into the same file; none where that stands further behind.
    /// It surely is one where key and value have the usual form and no anchor can make the key stand elsewhere as well.
    fn leads_out(self, behind: &[u8]) -> Option<bool> {
        let (before, behind) = match self.before() {
            [before @ .., quote @ (b'"' | b'\'')] => match behind {
                [first, behind @ ..] if first == quote => (before, behind),
                [] => return None,
                _ => return Some(true),
            },
            before => (before, behind),
        };
        let value = match behind.trim_ascii_start() {
            [b':', value @ ..] => value.trim_ascii_start(),
            [] => return None,
            _ => return Some(true),
        };
        match value {
            [b'"' | b'\'', b'#', ..] => Some(self.may_be_anchored(before)),
            [] | [b'"' | b'\''] => None,
            _ => Some(true),
        }
    }

    /// Whether what stands before a key may be an anchor, a tag or the mark of a key that goes over lines.
    fn may_be_anchored(self, before: &[u8]) -> bool {
        let before = before.trim_ascii_end();
        let near = before.get(before.len().saturating_sub(BEFORE / 2)..).unwrap_or_default();
        let word = near.rsplit(|byte| byte.is_ascii_whitespace() || b"{[,".contains(byte)).next().unwrap_or_default();
        let is_cut = word.len() == near.len() && (self.is_later || near.len() < before.len());
        is_cut || matches!(word.first(), Some(b'&' | b'!' | b'?'))
    }
}

/// Whether one of the words may be written here with an escape.
fn has_escape(word: &[u8]) -> bool {
    word.get(..b"$self".len()).unwrap_or(word).contains(&b'\\')
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
            ("a: &k\n  $ref: '#/b'", true),
            ("&k $ref: '#/b'", true),
            ("{&k\n\"$ref\" : '#/b'}", true),
            ("? $ref\n: '#/b'", true),
            ("!!str $ref: '#/b'", true),
            ("a: &k $ref\n'#b': 1", true),
            ("schema:\n  $ref: '#/b'", false),
            ("- $ref: \"#/b\"\n- \"$ref\": '#/b'", false),
            ("{\"a\":{}$ref:\"a.yaml\"}", true),
            ("{\"a\":1;$ref:\"a.yaml\"}", true),
            ("{/**/$ref:\"a.yaml\"}", true),
            ("{\"$ref\"#\"#\n:\"a.yaml\"}", true),
            ("\"$ref\": \"'#/b\"", true),
            ("$ref: '''#/b'", true),
            ("$ref: \":'#/b\"", true),
            ("{\"/users/{id}/$ref\": {}, \"/a$ref\": {}}", false),
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
            "&k $ref: '#b'",
            "&k\n   $ref: '#b'",
            "k:\n  $ref: '#b'",
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
            let blanks = [" ", "-  \n"];
            let places = starts.flat_map(|start| blanks.map(|blank| (start, blank)));
            for ((start, blank), tail) in places.flat_map(|place| tails.iter().map(move |tail| (place, tail))) {
                let before = &blank.repeat(start / blank.len() + 1)[..start];
                let text = format!("{before}{word}{tail}");
                std::fs::write(&path, &text).unwrap();
                let look = look_through(&path, &mut buffer).unwrap();
                assert_eq!((look.size, look.is_decided()), (text.len(), false), "{word} at {start}");
                let whole = Look::at(text.as_bytes());
                assert_eq!(look.may_be_description, whole.may_be_description, "{word} at {start}");
                // Behind very many blanks it is not known any more what stands before them.
                let is_lost = blank == " " && start > BEFORE && word.contains("$ref");
                assert_eq!(look.may_be_tied, whole.may_be_tied || look.may_be_tied && is_lost, "{word} at {start}");
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
