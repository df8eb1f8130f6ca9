//! The fast YAML reader: the block and flow styles that real descriptions are written in, straight to the tape.
//!
//! It declines whatever it does not fully understand, and everything that may be an error: the full reader then reads the
//! text from its start. Where it answers, its tape is the one of the full reader, byte for byte; the tests hold that.
//! Every method gives `None` to decline.

mod block;
mod flow;
mod folding;
mod lines;
mod plain;
mod quoted;
mod text_block;

use super::BYTE_ORDER_MARK;
use crate::syntax::build::Builder;
use crate::syntax::tree::Kind;

/// How many collections may be open. The full reader goes deeper and tells where the limit is.
const DEEPEST: usize = 200;

/// The longest key, in bytes.
const LONGEST_KEY: usize = 1000;

/// Reads a text of one document without errors, or declines.
pub(super) fn read(text: &str) -> Option<Builder> {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    if !lines::are_harmless(text.get(start..)?.as_bytes()) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: start,
        line: start,
        builder: Builder::for_text(text.as_bytes(), super::nodes_at),
        decoded: String::new(),
        depth: 0,
    };
    reader.document()?;
    Some(reader.builder)
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The byte that is looked at.
    at: usize,
    /// Where its line starts.
    line: usize,
    builder: Builder,
    /// The text of the scalar at hand, if it differs from what is written.
    decoded: String,
    /// How many collections are open.
    depth: usize,
}

/// A scalar that is read and not yet on the tape.
#[derive(Clone, Copy)]
struct Scalar {
    kind: Kind,
    start: usize,
    end: usize,
    /// Whether its text stands in [`Reader::decoded`].
    is_decoded: bool,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<()> {
        self.next_content()?;
        if self.line_is_marker() {
            self.at += "---".len();
            self.line_ends()?;
            self.next_content()?;
        }
        self.builder.root();
        match self.byte()? {
            b'{' | b'[' => self.flow_value()?,
            _ => self.block_value(0)?,
        }
        self.next_content()?;
        (self.at == self.bytes.len()).then_some(())
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte this far behind the one that is looked at.
    #[inline]
    fn byte_behind(&self, distance: usize) -> Option<u8> {
        self.bytes.get(self.at + distance).copied()
    }

    #[inline]
    fn column(&self) -> usize {
        self.at - self.line
    }

    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Puts a scalar on the tape.
    #[inline]
    fn put(&mut self, scalar: Scalar) {
        let range = scalar.start as u32..scalar.end as u32;
        if scalar.is_decoded {
            self.builder.leaf_with_text(scalar.kind, range, 0, &self.decoded);
        } else {
            self.builder.leaf(scalar.kind, range, 0);
        }
    }

    /// Puts a key on the tape.
    #[inline]
    fn put_key(&mut self, key: Scalar) {
        self.put(key);
        let quotes = usize::from(matches!(key.kind, Kind::Single | Kind::Double));
        self.builder.note_key(self.text.get(key.start + quotes..key.end - quotes).unwrap_or_default());
    }

    /// Puts a value on the tape of which nothing is written.
    fn put_nothing(&mut self, at: usize) {
        self.builder.leaf(Kind::Empty, at as u32..at as u32, 0);
    }
}

#[cfg(test)]
mod tests;
