//! What is written before its place is known: in memory while it is little, else in a temporary file that nobody else sees.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use tempfile::SpooledTempFile;

/// Up to how many bytes stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// How many bytes are copied at once.
const AT_ONCE: usize = 256 << 10;

/// Pieces of a text, each to be copied whenever its turn comes.
#[derive(Debug)]
pub struct Spool {
    file: SpooledTempFile,
    length: u64,
    buffer: Vec<u8>,
}

impl Default for Spool {
    fn default() -> Self {
        Spool { file: SpooledTempFile::new(IN_MEMORY), length: 0, buffer: Vec::new() }
    }
}

impl Spool {
    /// Takes in a piece; gives the place to ask for it.
    pub fn add(&mut self, piece: &[u8]) -> io::Result<Range<u64>> {
        self.file.write_all(piece)?;
        let start = self.length;
        self.length += piece.len() as u64;
        Ok(start..self.length)
    }

    /// Writes a piece. Nothing can be added any more after that.
    pub fn copy(&mut self, piece: &Range<u64>, out: &mut dyn Write) -> io::Result<()> {
        if self.file.stream_position()? != piece.start {
            self.file.seek(SeekFrom::Start(piece.start))?;
        }
        let mut left = usize::try_from(piece.end - piece.start).unwrap_or(usize::MAX);
        self.buffer.resize(left.min(AT_ONCE).max(self.buffer.len()), 0);
        while left > 0 {
            let length = self.buffer.len().min(left);
            let part = self.buffer.get_mut(..length).unwrap_or_default();
            self.file.read_exact(part)?;
            out.write_all(part)?;
            left -= length;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_any_order_from_memory_and_from_the_file() {
        let mut spool = Spool::default();
        let large = vec![b'x'; IN_MEMORY];
        let places: Vec<_> = [b"one".as_slice(), b"two", &large].iter().map(|piece| spool.add(piece).ok()).collect();
        let mut out = Vec::new();
        for place in [&places[1], &places[0], &places[2]] {
            let place = place.as_ref().map_or(0..0, Clone::clone);
            assert!(spool.copy(&place, &mut out).is_ok());
        }
        assert!(out.starts_with(b"twoonexxx"));
        assert_eq!(out.len(), 6 + IN_MEMORY);
    }
}
