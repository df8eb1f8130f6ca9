//! A recording as a stream of entries.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::element::Limits;
use super::elements::{Elements, Lines};
use super::entry::Entry;
use super::form::Form;
use super::input::RecordingPlace;
use super::raw::{Content, PlacedEntry, RawElement, read};
use super::yaml::cassette;

/// How much of a recording is looked at to tell its form.
const BEGINNING: usize = 64 * 1024;

const GZIP: &[u8] = &[0x1f, 0x8b];

/// A recording that is open.
pub struct Recording<'r> {
    form: Form,
    source: Elementary<'r>,
    limits: Limits,
    waiting: VecDeque<PlacedEntry>,
    next_index: u64,
}

/// Why a recording could not be read.
#[derive(Debug)]
pub enum RecordingError {
    /// Reading failed.
    Io(io::Error),
    /// It has none of the forms that are known.
    UnknownForm,
    /// It is UTF-16 or UTF-32, which JSON must not be (RFC 8259 §8.1).
    NotUtf8,
    /// It has the form, but not the list of entries that belongs to it.
    NoEntries(Form),
}

impl From<io::Error> for RecordingError {
    fn from(error: io::Error) -> Self {
        RecordingError::Io(error)
    }
}

type Stream<'r> = Box<dyn Read + Send + 'r>;

/// A stream put together again from its beginning and its rest.
type Begun<'r> = Chain<Cursor<Vec<u8>>, Stream<'r>>;

enum Elementary<'r> {
    Elements(Elements<Stream<'r>>),
    Lines(Lines<Stream<'r>>),
    /// A cassette in YAML is read at once.
    Whole(Vec<(RecordingPlace, Entry)>),
}

impl<'r> Recording<'r> {
    /// Opens a recording: unpacks it if it is gzip, and tells its form by its beginning.
    pub fn open(reader: impl Read + Send + 'r, limits: Limits) -> Result<Recording<'r>, RecordingError> {
        let (beginning, stream) = unpacked(Box::new(reader))?;
        if [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| beginning.starts_with(mark)) || is_wide(&beginning) {
            return Err(RecordingError::NotUtf8);
        }
        let form = Form::of(&beginning).ok_or(RecordingError::UnknownForm)?;
        let source = match form {
            Form::Ndjson => Elementary::Lines(Lines::new(stream, limits)?),
            Form::YamlCassette => Elementary::Whole(cassette(stream, limits)?),
            _ => {
                let elements = Elements::find(stream, form.path(), limits)?;
                Elementary::Elements(elements.ok_or(RecordingError::NoEntries(form))?)
            }
        };
        Ok(Recording { form, source, limits, waiting: VecDeque::new(), next_index: 0 })
    }

    /// Its form.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The next entry; `None` at the end.
    pub fn next_entry(&mut self) -> io::Result<Option<PlacedEntry>> {
        while self.waiting.is_empty() {
            let Some(element) = self.next_raw()? else { return Ok(None) };
            self.waiting.extend(element.into_entries());
        }
        Ok(self.waiting.pop_front())
    }

    /// The next element as it is written, for another thread to read; `None` at the end.
    /// Whoever takes elements takes no entries: those that [`Recording::next_entry`] has at hand come from there only.
    pub fn next_raw(&mut self) -> io::Result<Option<RawElement>> {
        let element = match &mut self.source {
            Elementary::Elements(elements) => elements.next()?,
            Elementary::Lines(lines) => lines.next()?,
            Elementary::Whole(entries) => {
                let entries = std::mem::take(entries);
                return Ok((!entries.is_empty()).then(|| self.numbered(Content::Read { entries, bytes: 0 })));
            }
        };
        let Some(element) = element else { return Ok(None) };
        let (form, limits) = (self.form, self.limits);
        Ok(Some(self.numbered(match form {
            // Only its entries tell how many they are.
            Form::Postman => Content::Read { bytes: element.text.len(), entries: read(form, element, limits) },
            _ => Content::Unread { form, element, limits },
        })))
    }

    fn numbered(&mut self, content: Content) -> RawElement {
        let element = RawElement { index: self.next_index, content };
        self.next_index += element.count();
        element
    }
}

/// Whether the first bracket of a text stands in two bytes or four.
fn is_wide(beginning: &[u8]) -> bool {
    matches!(beginning, [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..] | [0, 0, 0, b'{' | b'[', ..])
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordingError::Io(error) => write!(f, "{error}"),
            RecordingError::UnknownForm => f.write_str(
                "this is no recording: it must be HAR, NDJSON, a Pact contract, a VCR cassette or a Postman collection",
            ),
            RecordingError::NotUtf8 => f.write_str("the recording is not UTF-8: convert it with `iconv -t UTF-8`"),
            RecordingError::NoEntries(form) if form.path().is_empty() => f.write_str("the recording has no list of entries"),
            RecordingError::NoEntries(form) => write!(f, "the recording has no list `{}`", form.path().join(".")),
        }
    }
}

impl std::error::Error for RecordingError {}

/// The beginning of a stream and the whole of it, unpacked if it is gzip.
fn unpacked(stream: Stream<'_>) -> io::Result<(Vec<u8>, Stream<'_>)> {
    let (beginning, stream) = begun(stream)?;
    if !beginning.starts_with(GZIP) {
        return Ok((beginning, Box::new(stream)));
    }
    let (beginning, stream) = begun(Box::new(MultiGzDecoder::new(stream)))?;
    Ok((beginning, Box::new(stream)))
}

/// Reads no more than is needed to tell the form where the stream has to be waited for.
fn begun(mut stream: Stream<'_>) -> io::Result<(Vec<u8>, Begun<'_>)> {
    let mut beginning = vec![0; BEGINNING];
    let (mut length, mut looked_at) = (0, 0);
    while let Some(room) = beginning.get_mut(length..).filter(|room| !room.is_empty()) {
        let read = match stream.read(room) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let is_short = read < room.len();
        length += read;
        if read == 0 {
            break;
        }
        // A stream that drips is looked at a few times, not at every drop.
        let known = beginning.get(..length).unwrap_or_default();
        if is_short && length >= 2 * looked_at {
            looked_at = length;
            if known.starts_with(GZIP) || Form::of(known).is_some() {
                break;
            }
        }
    }
    beginning.truncate(length);
    Ok((beginning.clone(), Cursor::new(beginning).chain(stream)))
}
