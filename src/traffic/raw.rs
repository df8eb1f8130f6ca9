//! Elements of a recording that are not read yet, so that other threads than the one that splits it can read them.

use super::coding::uncoded;
use super::element::{Element, End, Limits, MAXIMUM_NODES};
use super::entry::{Entry, Recorded};
use super::exchange::Response;
use super::form::Form;
use super::input::RecordingPlace;
use super::json::Document;
use super::{har, ndjson, pact, postman, vcr};

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

/// An element as it is written in the recording. It owns its bytes and can be handed to another thread.
#[derive(Debug)]
pub struct RawElement {
    pub(super) index: u64,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    /// Exactly one entry.
    Unread { form: Form, element: Element, limits: Limits },
    /// Entries of a form that is not read in pieces, and how many bytes they were as text.
    Read { entries: Vec<(RecordingPlace, Entry)>, bytes: usize },
}

impl RawElement {
    /// The position of its first entry in the recording, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        size_of::<RawElement>()
            + match &self.content {
                Content::Unread { element, .. } => element.text.capacity(),
                Content::Read { entries, bytes } => size_of_val(entries.as_slice()) + bytes,
            }
    }

    /// How many entries it has.
    pub(super) fn count(&self) -> u64 {
        match &self.content {
            Content::Unread { .. } => 1,
            Content::Read { entries, .. } => entries.len() as u64,
        }
    }

    /// Reads it: one entry, in a Postman collection any number.
    pub fn into_entries(self) -> Vec<PlacedEntry> {
        let entries = match self.content {
            Content::Unread { form, element, limits } => read(form, element, limits),
            Content::Read { entries, .. } => entries,
        };
        let placed = (self.index..).zip(entries).map(|(index, (place, entry))| PlacedEntry { index, place, entry });
        placed.collect()
    }
}

/// Reads an element.
pub(super) fn read(form: Form, mut element: Element, limits: Limits) -> Vec<(RecordingPlace, Entry)> {
    let place = element.place;
    let text = String::from_utf8(std::mem::take(&mut element.text));
    let broken = |message: String| vec![Entry::Broken(message)];
    let entries = match (element.end, text) {
        (End::Early, _) => broken("the recording ends inside of this entry".to_owned()),
        (End::TooLarge, _) => broken(format!("the entry is larger than {} MB", limits.element >> 20)),
        (End::TooMany, _) => broken(format!("the entry has more than {} million brackets and values", MAXIMUM_NODES / 1_000_000)),
        (End::Behind, _) => broken("more follows behind the list of entries and is not read: split the recording".to_owned()),
        (End::Whole, Err(_)) => broken("the entry is no UTF-8".to_owned()),
        (End::Whole, Ok(text)) => of_text(form, &element, text),
    };
    entries.into_iter().map(|entry| (place, entry)).collect()
}

fn of_text(form: Form, element: &Element, text: String) -> Vec<Entry> {
    let unread = if form == Form::Har { har::UNREAD } else { &[] };
    match Document::parse(text, unread) {
        Ok(document) => {
            let entries = entries_of(form, Recorded { element, node: document.root() });
            entries.into_iter().map(without_coding).collect()
        }
        Err(message) => vec![Entry::Broken(message)],
    }
}

fn without_coding(mut entry: Entry) -> Entry {
    if let Entry::Exchange(exchange) = &mut entry {
        let Response { headers, body, .. } = &mut exchange.response;
        *body = uncoded(std::mem::take(body), headers);
    }
    entry
}

/// The entries that an element stands for.
fn entries_of(form: Form, recorded: Recorded<'_>) -> Vec<Entry> {
    match form {
        Form::Har => vec![har::read(recorded)],
        Form::Ndjson | Form::List => vec![ndjson::read(recorded)],
        Form::Interactions if !vcr::is_one(recorded) => vec![pact::read(recorded)],
        Form::Interactions | Form::Cassette | Form::YamlCassette => vec![vcr::read(recorded)],
        Form::Postman => postman::read(recorded),
    }
}
