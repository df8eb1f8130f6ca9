//! What is written before its place is known: in memory while it is little, else in a temporary file that nobody else sees.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use tempfile::{SpooledData, SpooledTempFile};

/// Up to how many bytes stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// Pieces of a text, to which others can be added.
#[derive(Debug)]
pub struct Spool {
    file: SpooledTempFile,
    length: u64,
}

impl Default for Spool {
    fn default() -> Self {
        Spool { file: SpooledTempFile::new(IN_MEMORY), length: 0 }
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

    /// All pieces, where none comes any more.
    pub fn done(self) -> Spooled {
        Spooled(self.file.into_inner())
    }
}

/// Pieces of a text, each to be copied whenever its turn comes.
#[derive(Debug)]
pub struct Spooled(SpooledData);

impl Spooled {
    /// Writes a piece. Where both are files, the system copies from one to the other by itself.
    pub fn copy<W: Write + ?Sized>(&mut self, piece: &Range<u64>, out: &mut W) -> io::Result<()> {
        let length = piece.end - piece.start;
        match &mut self.0 {
            SpooledData::InMemory(bytes) => {
                let range = piece.start as usize..piece.end as usize;
                bytes.get_ref().get(range).map_or(Err(io::ErrorKind::UnexpectedEof.into()), |piece| out.write_all(piece))
            }
            SpooledData::OnDisk(file) => {
                file.seek(SeekFrom::Start(piece.start))?;
                let copied = io::copy(&mut file.take(length), out)?;
                if copied == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_any_order_from_memory_and_from_the_file() {
        for length in [5, IN_MEMORY] {
            let mut spool = Spool::default();
            let large = vec![b'x'; length];
            let places = [b"one".as_slice(), b"two", &large].map(|piece| spool.add(piece).unwrap());
            let mut spooled = spool.done();
            let mut out = Vec::new();
            for number in [1, 0, 2] {
                spooled.copy(&places[number], &mut out).unwrap();
            }
            assert!(out.starts_with(b"twoonexxx"));
            assert_eq!(out.len(), 6 + length);
        }
    }

    #[test]
    fn a_file_gets_what_memory_does() {
        let mut spool = Spool::default();
        let texts: Vec<String> = (0..40).map(|number| format!("{number},").repeat(300_000)).collect();
        let places: Vec<_> = texts.iter().map(|text| spool.add(text.as_bytes()).unwrap()).collect();
        let mut spooled = spool.done();
        let mut out = tempfile::tempfile().unwrap();
        for place in places.iter().rev() {
            spooled.copy(place, &mut out).unwrap();
        }
        let mut written = String::new();
        out.seek(SeekFrom::Start(0)).unwrap();
        out.read_to_string(&mut written).unwrap();
        assert!(written == texts.into_iter().rev().collect::<String>());
    }
}
