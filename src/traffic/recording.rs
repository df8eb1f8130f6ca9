//! A recording as a stream of entries.

use std::collections::VecDeque;
use std::io::{self, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::element::{Element, End, Limits};
use super::elements::{Elements, Lines};
use super::entry::{Entry, Recorded};
use super::form::Form;
use super::input::RecordingPlace;
use super::{har, ndjson, pact, postman, vcr};
use crate::source::{Source, SourceId};
use crate::syntax::{FaultKind, File, Node, parse};

/// How much of a recording is looked at to tell its form.
const BEGINNING: usize = 64 * 1024;

/// How large a cassette in YAML may be: it is read at once.
const LARGEST_YAML: u64 = 256 << 20;

const GZIP: &[u8] = &[0x1f, 0x8b];

/// A recording that is open.
pub struct Recording<'r> {
    form: Form,
    source: Elementary<'r>,
    limits: Limits,
    waiting: VecDeque<(RecordingPlace, Entry)>,
    next_index: u64,
}

/// An entry with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedEntry {
    /// Its position in the recording, from 0, broken entries counted too.
    pub index: u64,
    /// Where it starts.
    pub place: RecordingPlace,
    /// What it is.
    pub entry: Entry,
}

/// Why a recording could not be read.
#[derive(Debug)]
pub enum RecordingError {
    /// Reading failed.
    Io(io::Error),
    /// It has none of the forms that are known.
    UnknownForm,
    /// It has the form, but not the list of entries that belongs to it.
    NoEntries(Form),
}

impl From<io::Error> for RecordingError {
    fn from(error: io::Error) -> Self {
        RecordingError::Io(error)
    }
}

type Stream<'r> = Box<dyn Read + 'r>;

/// A stream put together again from its beginning and its rest.
type Begun<'r> = Chain<Cursor<Vec<u8>>, Stream<'r>>;

enum Elementary<'r> {
    Elements(Elements<Stream<'r>>),
    Lines(Lines<Stream<'r>>),
    /// A cassette in YAML, whose entries all wait already.
    Nothing,
}

impl<'r> Recording<'r> {
    /// Opens a recording: unpacks it if it is gzip, and tells its form by its beginning.
    pub fn open(reader: impl Read + 'r, limits: Limits) -> Result<Recording<'r>, RecordingError> {
        let (beginning, stream) = unpacked(Box::new(reader))?;
        let form = Form::of(&beginning).ok_or(RecordingError::UnknownForm)?;
        let mut recording = Recording { form, source: Elementary::Nothing, limits, waiting: VecDeque::new(), next_index: 0 };
        match form {
            Form::Ndjson => recording.source = Elementary::Lines(Lines::new(stream, limits)?),
            Form::YamlCassette => recording.read_yaml(stream)?,
            _ => {
                let elements = Elements::find(stream, form.path(), limits)?;
                recording.source = Elementary::Elements(elements.ok_or(RecordingError::NoEntries(form))?);
            }
        }
        Ok(recording)
    }

    /// Its form.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The next entry; `None` at the end.
    pub fn next_entry(&mut self) -> io::Result<Option<PlacedEntry>> {
        while self.waiting.is_empty() {
            let element = match &mut self.source {
                Elementary::Elements(elements) => elements.next()?,
                Elementary::Lines(lines) => lines.next()?,
                Elementary::Nothing => None,
            };
            let Some(element) = element else { return Ok(None) };
            self.read_element(element);
        }
        let Some((place, entry)) = self.waiting.pop_front() else { return Ok(None) };
        let index = self.next_index;
        self.next_index += 1;
        Ok(Some(PlacedEntry { index, place, entry }))
    }

    fn read_element(&mut self, mut element: Element) {
        let place = element.place;
        let text = String::from_utf8(std::mem::take(&mut element.text));
        let entries = match (element.end, text) {
            (End::Early, _) => vec![Entry::Broken("the recording ends inside of this entry".to_owned())],
            (End::TooLarge, _) => vec![Entry::Broken(format!("the entry is larger than {} MB", self.limits.element >> 20))],
            (End::Whole, Err(_)) => vec![Entry::Broken("the entry is no UTF-8".to_owned())],
            (End::Whole, Ok(text)) => self.entries(&element, &parse(Source::new(SourceId(0), "entry.json", text))),
        };
        self.waiting.extend(entries.into_iter().map(|entry| (place, entry)));
    }

    fn entries(&self, element: &Element, file: &File) -> Vec<Entry> {
        if file.faults().iter().any(|fault| matches!(fault.kind, FaultKind::Syntax | FaultKind::Limit)) {
            return vec![Entry::Broken("the entry is not valid JSON".to_owned())];
        }
        let Some(node) = file.roots().next() else { return Vec::new() };
        entries_of(self.form, Recorded { element, node })
    }

    fn read_yaml(&mut self, stream: Stream<'r>) -> io::Result<()> {
        let mut bytes = Vec::new();
        stream.take(LARGEST_YAML).read_to_end(&mut bytes)?;
        let file = crate::syntax::read(SourceId(0), "cassette.yaml", bytes);
        let element = Element::default();
        let interactions = file.roots().filter_map(|root| root.get("http_interactions").or_else(|| root.get("interactions")));
        for node in interactions.flat_map(Node::items) {
            let place = place_in(&file, node.span().start);
            let entries = entries_of(self.form, Recorded { element: &element, node });
            self.waiting.extend(entries.into_iter().map(|entry| (place, entry)));
        }
        let fault = file.faults().iter().find(|fault| fault.kind == FaultKind::Syntax);
        let broken = fault
            .map(|fault| (place_in(&file, fault.span.start), Entry::Broken("the cassette is not valid YAML here".to_owned())));
        self.waiting.extend(broken);
        Ok(())
    }
}

fn place_in(file: &File, offset: u32) -> RecordingPlace {
    let position = file.source().position(offset);
    RecordingPlace { offset: u64::from(offset), line: u64::from(position.line), column: u64::from(position.column) }
}

fn entries_of(form: Form, recorded: Recorded<'_>) -> Vec<Entry> {
    match form {
        Form::Har => vec![har::read(recorded)],
        Form::Ndjson | Form::List => vec![ndjson::read(recorded)],
        Form::Interactions if !vcr::is_one(recorded) => vec![pact::read(recorded)],
        Form::Interactions | Form::Cassette | Form::YamlCassette => vec![vcr::read(recorded)],
        Form::Postman => postman::read(recorded),
    }
}

/// The beginning of a stream and the whole of it, unpacked if it is gzip.
fn unpacked(stream: Stream<'_>) -> io::Result<(Vec<u8>, Stream<'_>)> {
    let (beginning, stream) = begun(stream)?;
    if !beginning.starts_with(GZIP) {
        return Ok((beginning, Box::new(stream)));
    }
    let (beginning, stream) = begun(Box::new(MultiGzDecoder::new(stream)))?;
    Ok((beginning, Box::new(stream)))
}

fn begun(mut stream: Stream<'_>) -> io::Result<(Vec<u8>, Begun<'_>)> {
    let mut beginning = Vec::new();
    (&mut stream).take(BEGINNING as u64).read_to_end(&mut beginning)?;
    Ok((beginning.clone(), Cursor::new(beginning).chain(stream)))
}
