//! What was noted about components that many responses use, so that each is looked into once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

use super::api::Api;
use crate::openapi::Schema;
use crate::truth::Truth;

/// What is asked about a schema, whatever uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether it has signs that it describes an error.
    Signs,
    /// Whether it has a member that tells success from failure.
    Flag,
    /// Whether it links to itself.
    Links,
    /// Whether it is a list of objects and nothing else.
    List,
    /// Whether it lets a client follow what becomes of its request.
    Progress,
    /// Whether it says how each of its items fared.
    Items,
    /// Whether it shows a text that may give something away.
    Leaks,
}

/// How many questions share the notes about a schema; the others, which few descriptions ask, have notes of their own.
const TOGETHER: u8 = 4;

/// By the node of a schema on the tape of the description's file the answers, two bits for each question: none yet, or one of the
/// three. Schemas of components lie far apart: of most pages nobody asks.
#[derive(Debug, Default)]
pub(super) struct Noted(Vec<OnceLock<Box<[AtomicU8]>>>);

/// How many nodes have their answers on one page.
const PAGE: usize = 512;

/// The bits of one answer.
const ANSWER: u8 = 0b11;

impl Noted {
    fn of(api: &Api<'_>) -> Noted {
        let pages = (api.root.node().behind() as usize).div_ceil(PAGE);
        Noted((0..pages).map(|_| OnceLock::new()).collect())
    }

    fn about(&self, node: usize) -> Option<&AtomicU8> {
        let page = self.0.get(node / PAGE)?.get_or_init(|| (0..PAGE).map(|_| AtomicU8::new(0)).collect());
        page.get(node % PAGE)
    }
}

impl<'p> Api<'p> {
    /// The answer to a question about a schema; of a component that is looked into once. Threads that ask at once hear the same.
    pub fn noted(&self, schema: Schema<'p>, question: Question, look: impl FnOnce() -> Truth) -> Truth {
        let (group, place) = (question as u8 / TOGETHER, question as u8 % TOGETHER * 2);
        let Some(notes) = self.notes_about(schema, group) else { return look() };
        match notes.load(Ordering::Relaxed) >> place & ANSWER {
            0 => {
                let truth = look();
                notes.fetch_or((truth as u8 + 1) << place, Ordering::Relaxed);
                truth
            }
            1 => Truth::False,
            2 => Truth::Unknown,
            _ => Truth::True,
        }
    }

    /// Notes are taken only about what a lone `$ref` leads to: the rest is not met again.
    fn notes_about(&self, schema: Schema<'p>, group: u8) -> Option<&AtomicU8> {
        let is_lone = |schema: &Schema<'p>| schema.view().node().entries().nth(1).is_none();
        schema.view().node().reference().filter(|_| is_lone(&schema))?;
        let id = schema.id().filter(|id| id.file == self.root.id().file)?;
        self.noted.get(usize::from(group))?.get_or_init(|| Noted::of(self)).about(id.index as usize)
    }
}
