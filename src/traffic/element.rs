//! One value of a JSON text that streams by, copied out of it without being read.

use std::io::{self, Read};

use super::input::{Input, RecordingPlace};
use super::scan::Scan;

/// How many values, keys and items an element may have: as a tree they take some sixteen bytes each.
pub(super) const MAXIMUM_NODES: usize = 4_000_000;

/// How much of a recording is held at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest string that is kept, in bytes as written. Of a longer one the beginning is kept.
    pub string: usize,
    /// The largest element that is kept, in bytes.
    pub element: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { string: 16 << 20, element: 64 << 20 }
    }
}

/// The text of one element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its text. Strings over the limit end early, so that it is still JSON.
    pub text: Vec<u8>,
    /// Where it starts in the recording.
    pub place: RecordingPlace,
    /// The strings that end early.
    pub cuts: Vec<Cut>,
    /// How it ends.
    pub end: End,
    /// How many nodes it will have at most.
    pub(super) nodes: usize,
}

/// A string that was too long to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where its opening quotation mark stands in the element's text.
    pub start: usize,
    /// How many bytes of it, as written, are missing.
    pub missing: u64,
}

/// How an element ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum End {
    /// As it should.
    #[default]
    Whole,
    /// The recording ends inside of it.
    Early,
    /// It is larger than [`Limits::element`]; its text is not kept.
    TooLarge,
    /// It has more values than [`MAXIMUM_NODES`], likewise.
    TooMany,
    /// It is none: it stands behind the list and is not read.
    Behind,
}

/// What ends an element besides its own last bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Nothing.
    Bracket,
    /// The end of the line: one element a line, whatever is wrong with it.
    Line,
}

impl Element {
    /// Whether the string that starts at this byte of the text was cut, and how much of it is missing.
    pub(super) fn missing(&self, start: usize) -> Option<u64> {
        self.cuts.iter().find(|cut| cut.start == start).map(|cut| cut.missing)
    }
}

/// Copies the value that comes next, or reads past it if there is nowhere to copy it to.
pub(super) struct Copier<'c, R> {
    pub(super) input: &'c mut Input<R>,
    pub(super) into: Option<&'c mut Element>,
    pub(super) limits: Limits,
    pub(super) until: Until,
}

impl<R: Read> Copier<'_, R> {
    /// Copies one value: up to its closing bracket or quotation mark, or what ends a number or word.
    pub(super) fn value(&mut self) -> io::Result<End> {
        if let Some(length) = self.length_in_window()? {
            let chunk = self.input.chunk()?;
            if let Some(element) = self.into.as_deref_mut() {
                element.text = chunk.get(..length).unwrap_or_default().to_vec();
            }
            self.input.advance(length);
            return Ok(End::Whole);
        }
        self.value_piece_by_piece()
    }

    /// The length of the value if all of it fits into the window, and none of its strings can be too long.
    fn length_in_window(&mut self) -> io::Result<Option<usize>> {
        let mut scan = Scan::default();
        let is_bracket = |chunk: &[u8]| matches!(chunk.first(), Some(b'{' | b'['));
        let until = self.until;
        let mut seen = 0;
        let mut end = |chunk: &[u8]| match until {
            Until::Line => {
                let rest = chunk.get(std::mem::replace(&mut seen, chunk.len())..).unwrap_or_default();
                memchr::memchr(b'\n', rest).map(|end| chunk.len() - rest.len() + end)
            }
            Until::Bracket if is_bracket(chunk) => scan.end(chunk),
            Until::Bracket => None,
        };
        let mut found = end(self.input.chunk()?);
        while found.is_none() && (until == Until::Line || is_bracket(self.input.chunk()?)) {
            let Some(chunk) = self.input.longer_chunk()? else { break };
            found = end(chunk);
        }
        Ok(found.filter(|length| *length <= self.limits.string.min(self.limits.element)))
    }

    fn value_piece_by_piece(&mut self) -> io::Result<End> {
        let mut depth = 0_usize;
        loop {
            let Some(byte) = self.input.peek()? else { return Ok(if depth == 0 { End::Whole } else { End::Early }) };
            match byte {
                b'\n' if self.until == Until::Line => return Ok(End::Whole),
                b'"' => {
                    self.take(1)?;
                    if !self.string()? {
                        return Ok(End::Early);
                    }
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.take(1)?;
                }
                b'}' | b']' | b',' if depth == 0 && self.until == Until::Bracket => return Ok(self.end()),
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.take(1)?;
                }
                _ => self.plain()?,
            }
            if depth == 0 && self.until == Until::Bracket && matches!(byte, b'"' | b'}' | b']') {
                return Ok(self.end());
            }
        }
    }

    /// Numbers, words, blanks, colons and commas up to the next quotation mark or bracket.
    fn plain(&mut self) -> io::Result<()> {
        let chunk = self.input.chunk()?;
        let stop = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b',' | b'\n');
        let length = chunk.iter().skip(1).position(stop).map_or(chunk.len(), |length| length + 1);
        self.take(length)
    }

    /// The rest of a string behind its opening quotation mark; false if the recording ends in it.
    fn string(&mut self) -> io::Result<bool> {
        let start = self.into.as_ref().map_or(0, |element| element.text.len().saturating_sub(1));
        loop {
            let chunk = self.input.chunk()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let found = match self.until {
                Until::Bracket => memchr::memchr2(b'"', b'\\', chunk),
                Until::Line => memchr::memchr3(b'"', b'\\', b'\n', chunk),
            };
            let Some(found) = found else {
                let length = chunk.len();
                self.take_of_string(length, start)?;
                continue;
            };
            match chunk.get(found) {
                Some(b'"') => {
                    self.take_of_string(found, start)?;
                    self.take(1)?;
                    return Ok(true);
                }
                Some(b'\\') => {
                    self.take_of_string(found + 1, start)?;
                    self.take_of_string(1, start)?;
                }
                _ => {
                    self.take_of_string(found, start)?;
                    return Ok(true);
                }
            }
        }
    }

    fn end(&self) -> End {
        self.into.as_ref().map_or(End::Whole, |element| element.end)
    }

    /// Copies bytes outside of strings.
    fn take(&mut self, length: usize) -> io::Result<()> {
        let limits = self.limits;
        let chunk = self.input.chunk()?;
        let taken = chunk.get(..length.min(chunk.len())).unwrap_or_default();
        if let Some(element) = self.into.as_deref_mut() {
            element.nodes += 1;
            element.push(taken, limits);
        }
        self.input.advance(length);
        Ok(())
    }

    /// Copies bytes of the string that starts at `start`, or counts them once it is too long.
    fn take_of_string(&mut self, length: usize, start: usize) -> io::Result<()> {
        let limits = self.limits;
        let chunk = self.input.chunk()?;
        let length = length.min(chunk.len());
        let taken = chunk.get(..length).unwrap_or_default();
        if let Some(element) = self.into.as_deref_mut() {
            element.push_of_string(taken, start, limits);
        }
        self.input.advance(length);
        Ok(())
    }
}

impl Element {
    fn push(&mut self, bytes: &[u8], limits: Limits) {
        let is_large = self.text.len() + bytes.len() > limits.element;
        if self.end == End::Whole && (is_large || self.nodes > MAXIMUM_NODES) {
            self.end = if is_large { End::TooLarge } else { End::TooMany };
            self.text.clear();
        }
        if !matches!(self.end, End::TooLarge | End::TooMany) {
            self.text.extend_from_slice(bytes);
        }
    }

    /// Adds to the string that starts at `start`; once it is too long, what is too much is only counted.
    fn push_of_string(&mut self, bytes: &[u8], start: usize, limits: Limits) {
        if let Some(cut) = self.cuts.last_mut().filter(|cut| cut.start == start) {
            cut.missing += bytes.len() as u64;
            return;
        }
        let room = (start + limits.string + 1).saturating_sub(self.text.len());
        let (kept, rest) = bytes.split_at(room.min(bytes.len()));
        self.push(kept, limits);
        if !rest.is_empty() && self.end == End::Whole {
            let length = self.text.len();
            self.end_string_cleanly(start);
            self.cuts.push(Cut { start, missing: (length - self.text.len() + rest.len()) as u64 });
        }
    }

    /// Takes away half a character, half an escape and half a pair of escapes from the end of a string that ends early.
    fn end_string_cleanly(&mut self, start: usize) {
        let tail = self.text.len().saturating_sub(12).max(start + 1);
        if let Some(escape) = self.text.get(tail..).and_then(|tail| memchr::memmem::find(tail, b"\\u")) {
            self.text.truncate(tail + escape);
        }
        let backslashes = self.text.iter().rev().take_while(|byte| **byte == b'\\').count();
        if backslashes % 2 == 1 {
            self.text.pop();
        }
        while self.text.last().is_some_and(|byte| !byte.is_ascii()) {
            self.text.pop();
        }
    }
}
