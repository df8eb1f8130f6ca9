//! A window over a stream of bytes, with the place of what is read.

use std::io::{self, Read};

/// How much is read at once.
const CHUNK: usize = 1 << 20;

/// A place in a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingPlace {
    /// Bytes from the start of the (unpacked) recording.
    pub offset: u64,
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1.
    pub column: u64,
}

/// A window over a stream.
pub(super) struct Input<R> {
    reader: R,
    window: Vec<u8>,
    /// The first byte of the window that was not read yet.
    at: usize,
    /// The end of what the window holds.
    end: usize,
    /// Where the window starts in the stream.
    start: u64,
    /// How many lines ended before `counted`.
    lines: u64,
    /// Where the line at `counted` starts in the stream.
    line_start: u64,
    /// Up to where in the window lines are counted.
    counted: usize,
}

impl<R: Read> Input<R> {
    pub(super) fn new(reader: R) -> Input<R> {
        Input { reader, window: vec![0; CHUNK], at: 0, end: 0, start: 0, lines: 0, line_start: 0, counted: 0 }
    }

    /// What is in the window, at least one byte; empty at the end of the stream.
    pub(super) fn chunk(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.refill()?;
        }
        Ok(self.window.get(self.at..self.end).unwrap_or_default())
    }

    /// What is in the window once there is more of it; the rest of the window moves to its front for that.
    /// `None` where no more fits or comes.
    pub(super) fn longer_chunk(&mut self) -> io::Result<Option<&[u8]>> {
        if self.at > 0 {
            self.count_lines();
            self.window.copy_within(self.at..self.end, 0);
            self.start += self.at as u64;
            (self.end, self.counted, self.at) = (self.end - self.at, 0, 0);
        }
        let added = self.read_behind()?;
        Ok((added > 0).then(|| self.window.get(..self.end).unwrap_or_default()))
    }

    /// The next byte, left in place.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.chunk()?.first().copied())
    }

    /// Marks bytes of the window as read.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.end);
    }

    /// Reads past white space; `line` keeps the ends of lines.
    pub(super) fn skip_blanks(&mut self) -> io::Result<()> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek()? {
            self.advance(1);
        }
        Ok(())
    }

    /// Reads past the byte order mark.
    pub(super) fn skip_mark(&mut self) -> io::Result<()> {
        for byte in b"\xef\xbb\xbf" {
            if self.peek()? == Some(*byte) {
                self.advance(1);
            }
        }
        Ok(())
    }

    /// Where the next byte stands.
    pub(super) fn place(&mut self) -> RecordingPlace {
        self.count_lines();
        let offset = self.start + self.at as u64;
        RecordingPlace { offset, line: self.lines + 1, column: offset - self.line_start + 1 }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.count_lines();
        self.start += self.end as u64;
        (self.at, self.end, self.counted) = (0, 0, 0);
        self.read_behind().map(drop)
    }

    /// Reads into the free end of the window, and tells how much.
    fn read_behind(&mut self) -> io::Result<usize> {
        loop {
            match self.reader.read(self.window.get_mut(self.end..).unwrap_or_default()) {
                Ok(bytes) => {
                    self.end += bytes;
                    return Ok(bytes);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn count_lines(&mut self) {
        for line_end in memchr::memchr_iter(b'\n', self.window.get(self.counted..self.at).unwrap_or_default()) {
            self.lines += 1;
            self.line_start = self.start + (self.counted + line_end) as u64 + 1;
        }
        self.counted = self.at;
    }
}
