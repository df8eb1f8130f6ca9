//! A report that goes out while it is made: its pieces come in any order and go out in theirs.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use super::in_order::locked;
use crate::report::Frame;

/// How many bytes may wait while somebody writes others.
const WAITING: usize = 8 << 20;

/// Where pieces go out.
pub(super) struct Stream<W: Write> {
    queue: Mutex<Queue>,
    out: Mutex<Out<W>>,
    /// Whether the reader has gone away, such as `head`. Then nothing more is written, and the run comes to what it would have
    /// come to.
    is_closed: AtomicBool,
}

/// What waits for its turn.
#[derive(Default)]
struct Queue {
    pieces: BTreeMap<usize, Vec<u8>>,
    size: usize,
    /// The number of the piece whose turn it is.
    next: usize,
}

struct Out<W: Write> {
    writer: BufWriter<W>,
    frame: Frame,
    is_begun: bool,
}

impl<W: Write> Stream<W> {
    /// Nothing is written before there is a piece. The end of the frame is told when all have come.
    pub(super) fn new(writer: W, frame: Frame) -> Self {
        let out = Out { writer: BufWriter::new(writer), frame, is_begun: false };
        Stream { queue: Mutex::default(), out: Mutex::new(out), is_closed: AtomicBool::new(false) }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Takes in a piece by its number, from 0, and writes those whose turn it is, unless somebody else does. Gives back the memory
    /// of what was written.
    pub(super) fn add(&self, number: usize, piece: Vec<u8>) -> io::Result<Vec<Vec<u8>>> {
        let size = locked(&self.queue).put(number, piece);
        self.writer(size).map_or(Ok(Vec::new()), |mut out| self.write(&mut out))
    }

    /// Writes what is left, and how the report ends; whether there was anything to end.
    pub(super) fn finish(self, tail: &[u8]) -> io::Result<bool> {
        let mut out = locked(&self.out);
        self.write(&mut out)?;
        if out.is_begun && !self.is_closed() {
            out.writer.write_all(tail)?;
            out.writer.flush()?;
        }
        Ok(out.is_begun)
    }

    /// The right to write; whoever does not get it leaves his piece to who has it, and waits only where too much does.
    fn writer(&self, size: usize) -> Option<MutexGuard<'_, Out<W>>> {
        if size > WAITING { Some(locked(&self.out)) } else { self.out.try_lock().ok() }
    }

    fn write(&self, out: &mut Out<W>) -> io::Result<Vec<Vec<u8>>> {
        let mut written = Vec::new();
        loop {
            let next = locked(&self.queue).take();
            let Some(piece) = next else { return Ok(written) };
            match out.write(&piece) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => self.is_closed.store(true, Ordering::Relaxed),
                end => end?,
            }
            written.push(piece);
        }
    }
}

impl Queue {
    /// Takes in a piece; gives how many bytes wait.
    fn put(&mut self, number: usize, piece: Vec<u8>) -> usize {
        self.size += piece.len();
        self.pieces.insert(number, piece);
        self.size
    }

    /// The piece whose turn it is, if it has come.
    fn take(&mut self) -> Option<Vec<u8>> {
        let piece = self.pieces.remove(&self.next)?;
        self.next += 1;
        self.size -= piece.len();
        Some(piece)
    }
}

impl<W: Write> Out<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        if piece.is_empty() {
            return Ok(());
        }
        let before = if self.is_begun { self.frame.between } else { &self.frame.head };
        self.writer.write_all(before)?;
        self.is_begun = true;
        self.writer.write_all(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame { head: b"[".to_vec(), between: b",", tail: Vec::new() }
    }

    #[test]
    fn pieces_go_out_in_their_order() {
        for numbers in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
            let mut out = Vec::new();
            let stream = Stream::new(&mut out, frame());
            for number in numbers {
                let piece = if number == 1 { String::new() } else { number.to_string() };
                stream.add(number, piece.into_bytes()).unwrap();
            }
            assert!(stream.finish(b"]").unwrap());
            assert_eq!(out, b"[0,2,3]", "{numbers:?}");
        }
    }

    #[test]
    fn pieces_of_many_threads_go_out_in_their_order() {
        let mut out = Vec::new();
        let stream = Stream::new(&mut out, frame());
        std::thread::scope(|scope| {
            let stream = &stream;
            for thread in 0..4 {
                scope.spawn(move || (0..500).for_each(|turn| drop(stream.add(turn * 4 + thread, b"x".repeat(turn)).unwrap())));
            }
        });
        assert!(stream.finish(b"]").unwrap());
        let pieces: Vec<String> = (4..2_000).map(|number| "x".repeat(number / 4)).collect();
        assert!(out == format!("[{}]", pieces.join(",")).into_bytes());
    }

    #[test]
    fn where_there_is_no_piece_nothing_is_begun() {
        let mut out = Vec::new();
        assert!(!Stream::new(&mut out, frame()).finish(b"]").unwrap());
        assert_eq!(out, b"");
    }

    /// Fails as a pipe does that nobody reads, or as a full disk does.
    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure_and_a_full_disk_is() {
        let large = || vec![b'x'; 1 << 20];
        let gone = Stream::new(Failing(ErrorKind::BrokenPipe), frame());
        assert!(gone.add(0, large()).is_ok() && gone.is_closed());
        assert!(gone.finish(b"]").is_ok());
        assert!(Stream::new(Failing(ErrorKind::StorageFull), frame()).add(0, large()).is_err());
    }
}
