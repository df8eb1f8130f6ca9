//! The JSON reader (RFC 8259, strict): one pass, no recursion, and it never stops at an error.

mod mend;
mod string;
mod word;

use super::build::Builder;
use super::fault::Faults;
use super::tree::Kind;
use super::{FaultKind, File, Format, MAXIMUM_DEPTH};
use crate::source::Source;

pub(super) use string::unescape;

/// Reads a text as JSON.
pub(super) fn parse(source: Source) -> File {
    let mut reader = Reader::new(&source);
    reader.read();
    let (builder, faults) = (reader.builder, reader.faults.into_list());
    builder.finish(source, Format::Json, faults)
}

/// A key comes with a colon; a value with the comma in front of it, or with the bracket that it is the first behind.
fn nodes_at(pair: &[u8]) -> usize {
    usize::from(matches!(pair, [b':' | b',' | b'{' | b'[', _]))
}

/// What may come next. A key and its value are always both on the tape once `Separator` is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expect {
    /// The root, or the value of a key.
    Value,
    /// An item, or the end of an empty list.
    FirstItem,
    /// An item behind a comma.
    Item,
    /// A key, or the end of an empty map.
    FirstKey,
    /// A key behind a comma.
    Key,
    /// The colon behind a key.
    Colon,
    /// A comma or the closing bracket.
    Separator,
    /// Nothing: the root is complete.
    End,
}

/// A bracket that is open.
#[derive(Clone, Copy)]
struct Opened {
    at: usize,
    is_map: bool,
}

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    builder: Builder,
    opened: Vec<Opened>,
    faults: Faults<'s>,
    source: &'s Source,
    /// Where the last comma stands.
    comma: usize,
    /// The last key, for messages.
    key: std::ops::Range<usize>,
    /// A comment was seen and reported; one report is enough.
    commented: bool,
    /// A bracket was missing or wrong, so that text behind the end is no news.
    unbalanced: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s Source) -> Self {
        let text = source.text();
        Reader {
            text,
            bytes: text.as_bytes(),
            at: text.len() - text.trim_start_matches('\u{feff}').len(),
            builder: Builder::for_text(text.as_bytes(), nodes_at),
            opened: Vec::new(),
            faults: Faults::new(source),
            source,
            comma: 0,
            key: 0..0,
            commented: false,
            unbalanced: false,
        }
    }

    fn read(&mut self) {
        self.skip_blanks();
        if !self.looks_like_json() {
            return;
        }
        self.builder.root();
        let mut expect = Expect::Value;
        loop {
            self.skip_blanks();
            let Some(&byte) = self.bytes.get(self.at) else { break };
            expect = match expect {
                Expect::Separator => self.separator(byte),
                Expect::FirstKey | Expect::Key => self.key(byte, expect),
                Expect::Colon => self.colon(byte),
                Expect::Value => self.value(byte),
                Expect::FirstItem | Expect::Item => self.item(byte, expect),
                Expect::End => return self.text_behind_the_end(),
            };
        }
        if expect != Expect::End {
            self.unclosed(expect);
        }
    }

    #[inline]
    fn skip_blanks(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.at = behind_spaces(self.bytes, self.at + 1),
                b' ' | b'\r' | b'\t' => self.at += 1,
                b'/' | b'#' if self.skip_comment() => {}
                _ => return,
            }
        }
    }

    fn item(&mut self, byte: u8, expect: Expect) -> Expect {
        if byte == b']' {
            self.trailing_comma(expect == Expect::Item);
            return self.close(byte);
        }
        self.value(byte)
    }

    fn value(&mut self, byte: u8) -> Expect {
        match byte {
            b'"' => {
                self.string();
            }
            b'{' | b'[' => return self.open(byte == b'{'),
            b'-' | b'0'..=b'9' | b'a'..=b'z' => self.word(),
            _ => return self.odd_value(byte),
        }
        self.at_comma()
    }

    fn key(&mut self, byte: u8, expect: Expect) -> Expect {
        match byte {
            b'"' => {
                self.key = self.string();
                self.builder.note_key(self.text.get(self.key.start + 1..self.key.end.saturating_sub(1)).unwrap_or_default());
                // A missing comma is told at the quote itself; what is told behind it is wrong with the key.
                if self.faults.last_is_in(&(self.key.start + 1..self.key.end)) {
                    // Nobody knows which key was meant, so that any may be the one that is missing.
                    self.damage(self.key.start, self.key.end);
                }
                self.at_colon()
            }
            b'}' => {
                self.trailing_comma(expect == Expect::Key);
                self.close(byte)
            }
            _ => self.odd_key(byte),
        }
    }

    /// Takes the colon where it stands right behind the key, as nearly always.
    #[inline]
    fn at_colon(&mut self) -> Expect {
        if self.bytes.get(self.at) != Some(&b':') {
            return Expect::Colon;
        }
        self.at += 1;
        Expect::Value
    }

    /// Takes the comma where it stands right behind the value.
    #[inline]
    fn at_comma(&mut self) -> Expect {
        let is_there = self.bytes.get(self.at) == Some(&b',') && !self.opened.is_empty();
        if is_there { self.next_entry() } else { self.behind_value() }
    }

    fn colon(&mut self, byte: u8) -> Expect {
        if byte != b':' {
            return self.no_colon(byte);
        }
        self.at += 1;
        Expect::Value
    }

    fn separator(&mut self, byte: u8) -> Expect {
        match byte {
            b',' => self.next_entry(),
            b'}' | b']' => self.close(byte),
            _ => self.no_separator(byte),
        }
    }

    /// Takes the comma, or what stands in its place, and expects the next entry.
    fn next_entry(&mut self) -> Expect {
        self.comma = self.at;
        self.at += 1;
        self.expect_entry()
    }

    fn expect_entry(&self) -> Expect {
        if self.in_map() { Expect::Key } else { Expect::Item }
    }

    fn in_map(&self) -> bool {
        self.opened.last().is_some_and(|opened| opened.is_map)
    }

    fn behind_value(&self) -> Expect {
        if self.opened.is_empty() { Expect::End } else { Expect::Separator }
    }

    fn open(&mut self, is_map: bool) -> Expect {
        if self.opened.len() >= MAXIMUM_DEPTH {
            return self.too_deep();
        }
        self.builder.open(if is_map { Kind::Map } else { Kind::List }, self.at as u32);
        self.opened.push(Opened { at: self.at, is_map });
        self.at += 1;
        if is_map { Expect::FirstKey } else { Expect::FirstItem }
    }

    fn close(&mut self, byte: u8) -> Expect {
        if self.in_map() != (byte == b'}') {
            return self.mismatch(byte);
        }
        self.at += 1;
        self.close_innermost();
        self.at_comma()
    }

    /// Closes the innermost bracket where the reader stands.
    fn close_innermost(&mut self) {
        self.opened.pop();
        self.builder.close(Some(self.at as u32));
    }

    /// Passes over a structure that is nested too deep to be kept.
    fn too_deep(&mut self) -> Expect {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => self.at = string::closing_quote(self.bytes, self.at, b'"').map_or(self.bytes.len(), |quote| quote + 1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let message = format!("lists and maps are nested deeper than {MAXIMUM_DEPTH} levels here");
        self.faults.add(FaultKind::Limit, start..start + 1, message, "what lies deeper is not read: flatten it");
        self.builder.leaf(Kind::Empty, start as u32..start as u32, 0);
        self.damage(start, self.at);
        self.unbalanced = true;
        self.behind_value()
    }

    /// The text from the reader on.
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text of a range.
    fn written(&self, range: std::ops::Range<usize>) -> &'s str {
        self.text.get(range).unwrap_or_default()
    }

    fn damage(&mut self, start: usize, end: usize) {
        self.builder.damage(start as u32..end as u32);
    }

    /// An empty value where nothing usable is written; what it was meant to be is in doubt.
    fn nothing(&mut self, at: usize) {
        self.builder.leaf(Kind::Empty, at as u32..at as u32, 0);
        self.damage(at, at);
    }
}

/// Behind the spaces of an indentation, eight at a time; up to seven may be left.
#[inline]
fn behind_spaces(bytes: &[u8], mut at: usize) -> usize {
    const SPACES: u64 = u64::from_le_bytes(*b"        ");
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let others = u64::from_le_bytes(*eight) ^ SPACES;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at
}

#[cfg(test)]
mod tests;
