//! What was found out about a response that many operations use, so that each of them need not look through it again.

use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::api::Api;
use super::error_signs::Signs;
use super::response::{FEW, ResponseFact};
use crate::http::media_type::MediaType;
use crate::openapi::{self, Broken, Header, Property, Version, View};
use crate::syntax::Node;
use crate::truth::Truth;

/// What all uses of a shared response have in common, once somebody asked.
#[derive(Debug, Default)]
pub struct Remembered<'p> {
    /// A `$ref` in it that leads nowhere.
    pub(super) broken: OnceLock<Option<Broken<'p>>>,
    /// Whether its body links to itself.
    pub links_to_itself: OnceLock<Truth>,
    /// Whether its body is a list of objects and nothing else.
    pub is_list: OnceLock<bool>,
    /// Whether its body lets a client follow what becomes of its request.
    pub shows_progress: OnceLock<Truth>,
    /// Whether its body says how each of its items fared.
    pub tells_item_status: OnceLock<Truth>,
    /// Whether some of its content is a page for people, and whether nothing else is.
    pub pages: OnceLock<(bool, bool)>,
    /// The one error that its text is about, and whether there is none because the text says nothing.
    pub specific_error: OnceLock<(Option<Box<SpecificError<'p>>>, bool)>,
    /// The one error that the codes in its examples are about.
    pub specific_code: OnceLock<Option<Box<SpecificError<'p>>>>,
    /// The position of each header field, by its name in lower case, where there are many.
    header_positions: OnceLock<FxHashMap<String, usize>>,
    /// Its media types by name, where there are many.
    media_types: OnceLock<MediaTypes>,
    /// The member that tells success from failure: where the flag is set one beside a member for the error, else any.
    pub success_flag: Both<Option<Box<Property<'p>>>>,
    /// What speaks for an error, under its own description, under another one that names no error, and under one that does:
    /// where the flag is set lists are lists of resources.
    error_signs: [Both<Box<Signs<'p>>>; 3],
    /// The reason that its examples give for a refusal: where the flag is set a missing permission is looked for, else
    /// credentials.
    pub refusal: Both<GivenReason<'p>>,
}

/// The reason that some texts give.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenReason<'p> {
    /// None.
    Nothing,
    /// The one that was looked for and no other: where, and by which words.
    Wanted(Node<'p>, Cue),
    /// Another one, or several.
    Other,
}

/// The words that give a reason away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// As they stand in the text.
    pub words: String,
    /// Whether they are only the name of the other status, which is often given without a thought.
    pub by_name: bool,
}

/// An error that has a status of its own.
#[derive(Clone, Debug)]
pub struct SpecificError<'p> {
    /// The status.
    pub code: u16,
    /// The words or the code that say so.
    pub cue: String,
    /// The example that has the code; none where it is the description.
    pub at: Option<Node<'p>>,
}

/// The answers to a question that is asked under a flag.
#[derive(Debug)]
pub struct Both<T>(OnceLock<T>, OnceLock<T>);

impl<T> Both<T> {
    /// The answer under the flag.
    pub fn of(&self, flag: bool) -> &OnceLock<T> {
        if flag { &self.0 } else { &self.1 }
    }
}

impl<T> Default for Both<T> {
    fn default() -> Self {
        Both(OnceLock::new(), OnceLock::new())
    }
}

impl<'p> Remembered<'p> {
    /// What speaks for an error under the response's own description, or under another one, which names an error or does not.
    pub fn error_signs(&self, other_names_error: Option<bool>) -> &Both<Box<Signs<'p>>> {
        let [own, silent, telling] = &self.error_signs;
        match other_names_error {
            None => own,
            Some(false) => silent,
            Some(true) => telling,
        }
    }

    /// The header field with this name among these, which are those of the response.
    pub(super) fn header<'a>(&self, headers: &'a [Header<'p>], name: &str) -> Option<&'a Header<'p>> {
        let positions = self.header_positions.get_or_init(|| {
            let named = headers.iter().enumerate().rev();
            named.map(|(position, header)| (header.name().to_ascii_lowercase(), position)).collect()
        });
        headers.get(*positions.get(&name.to_ascii_lowercase())?)
    }
}

/// The media types of a response.
#[derive(Debug)]
struct MediaTypes {
    /// Their positions, by their names in lower case without parameters.
    positions: FxHashMap<String, Vec<usize>>,
    /// Whether all have a name that is one.
    are_readable: bool,
}

impl MediaTypes {
    fn of(content: &[openapi::MediaType<'_>]) -> MediaTypes {
        let mut found = MediaTypes { positions: FxHashMap::default(), are_readable: true };
        for (index, media_type) in content.iter().enumerate() {
            let text = media_type.text().unwrap_or_default();
            match MediaType::parse(&text) {
                Some(named) => found.positions.entry(named.essence()).or_default().push(index),
                None => found.are_readable = false,
            }
        }
        found
    }
}

/// The answers to questions about lists of shared responses, by question and first use.
#[derive(Debug, Default)]
pub(super) struct Answers(Mutex<FxHashMap<(usize, usize), Truth>>);

impl<'p> Api<'p> {
    /// The responses, of those that share a definition the first use.
    pub fn first_uses(&self) -> impl Iterator<Item = &ResponseFact<'p>> {
        let is_first = |(index, response): &(usize, &ResponseFact<'p>)| response.first_use().is_none_or(|first| first == *index);
        self.responses.iter().enumerate().filter(is_first).map(|(_, response)| response)
    }

    /// The use of the same shared definition that stands for this one, as an index of [`Api::responses`]; none where what is
    /// said about this one need not be true of it.
    pub fn like(&self, response: &ResponseFact<'p>) -> Option<usize> {
        let index = response.first_use()?;
        let first = self.responses.get(index)?;
        let is_alike = || {
            response.operation == first.operation || self.produced(response).map(View::id) == self.produced(first).map(View::id)
        };
        (self.root.version() != Version::V2_0 || is_alike()).then_some(index)
    }

    /// The same, or itself where there is none.
    pub(super) fn standing_for<'a>(&'a self, response: &'a ResponseFact<'p>) -> &'a ResponseFact<'p> {
        self.like(response).and_then(|first| self.responses.get(first)).unwrap_or(response)
    }

    /// The same of a use behind that one. Most shared responses have no such use.
    pub fn repeats(&self, response: &ResponseFact<'p>) -> Option<usize> {
        let index = self.like(response)?;
        self.responses.get(index).filter(|first| !std::ptr::eq(*first, response)).map(|_| index)
    }

    /// The media types of a response that may cover one that came: as indexes of its content those that are called like it, and
    /// ranges. Where there are few, all.
    pub fn named_like(&self, response: &ResponseFact<'p>, came: &MediaType<'_>) -> Vec<usize> {
        let count = self.content_of(response).len();
        if count <= FEW {
            return (0..count).collect();
        }
        let positions = &self.many_media_types(response).positions;
        let ranges = [came.essence(), format!("{}/*", came.kind.to_ascii_lowercase()), "*/*".to_owned()];
        ranges.iter().filter_map(|range| positions.get(range)).flatten().copied().collect()
    }

    /// Whether all media types of a response can be read.
    pub fn names_media_types(&self, response: &ResponseFact<'p>) -> bool {
        let content = self.content_of(response);
        if content.len() > FEW {
            return self.many_media_types(response).are_readable;
        }
        content.iter().all(|media_type| media_type.text().is_some_and(|text| MediaType::parse(&text).is_some()))
    }

    fn many_media_types<'a>(&'a self, response: &'a ResponseFact<'p>) -> &'a MediaTypes {
        self.standing_for(response).remembered().media_types.get_or_init(|| MediaTypes::of(self.content_of(response)))
    }

    /// The `produces` of 2.0 that says how the schema of a response is sent; none where it has no schema.
    pub fn produced(&self, response: &ResponseFact<'p>) -> Option<View<'p>> {
        response.definition?.0.node().get("schema")?;
        let node = self.operation_of(response)?.operation.produces(self.root)?;
        Some(self.root.with(node))
    }

    /// Something about a response with its content. For uses of a shared one behind the first it is looked up once; most have no
    /// others, and what is known about those takes no room.
    pub fn once<T: Clone>(
        &self,
        response: &ResponseFact<'p>,
        slot: impl for<'a> Fn(&'a Remembered<'p>) -> &'a OnceLock<T>,
        look: impl FnOnce() -> T,
    ) -> T {
        match self.repeats(response) {
            Some(_) => self.once_whatever_is_produced(response, slot, look),
            None => look(),
        }
    }

    /// The same of something that the content has no part in, or none that depends on what the operation produces.
    pub fn once_whatever_is_produced<T: Clone>(
        &self,
        response: &ResponseFact<'p>,
        slot: impl for<'a> Fn(&'a Remembered<'p>) -> &'a OnceLock<T>,
        look: impl FnOnce() -> T,
    ) -> T {
        let first = self.first_use_of(response);
        if std::ptr::eq(first, response) { look() } else { slot(first.remembered()).get_or_init(look).clone() }
    }

    /// The answer to a question about the use that stands for others. Questions are told apart by the address of what they are
    /// made from, which stays where it is while a description is judged. Threads that ask at once hear the same.
    pub fn answer(&self, question: usize, like: usize, look: impl FnOnce() -> Truth) -> Truth {
        let answers = || self.answers.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = answers().get(&(question, like)).copied();
        known.unwrap_or_else(|| {
            let truth = look();
            answers().insert((question, like), truth);
            truth
        })
    }
}
