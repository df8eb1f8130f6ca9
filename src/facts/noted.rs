//! What was noted about components that many responses use, so that each is looked into once.

use std::sync::atomic::{AtomicU8, Ordering};

use super::api::Api;
use crate::openapi::Schema;

/// Something that a schema does not have, whatever uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Signs that it describes an error.
    Signs = 1,
    /// A member that tells success from failure.
    Flag = 2,
}

/// By the node of a schema on the tape of the description's file: the questions that were asked, and above them those to which the
/// answer was that it lacks that.
#[derive(Debug, Default)]
pub(super) struct Noted(Vec<AtomicU8>);

/// How far the answers are above the questions.
const ANSWERS: u8 = 4;

impl Noted {
    fn of(api: &Api<'_>) -> Noted {
        Noted((0..api.root.node().behind()).map(|_| AtomicU8::new(0)).collect())
    }
}

impl<'p> Api<'p> {
    /// Whether a schema lacks something; of a component that is looked into once. Threads that ask at once hear the same.
    pub fn lacks(&self, schema: Schema<'p>, lack: Lack, look: impl FnOnce() -> bool) -> bool {
        let Some(notes) = self.notes_about(schema) else { return look() };
        let (question, answer) = (lack as u8, (lack as u8) << ANSWERS);
        let known = notes.load(Ordering::Relaxed);
        if known & question != 0 {
            return known & answer != 0;
        }
        let lacks = look();
        notes.fetch_or(if lacks { question | answer } else { question }, Ordering::Relaxed);
        lacks
    }

    /// Notes are taken only about what a lone `$ref` leads to: the rest is not met again.
    fn notes_about(&self, schema: Schema<'p>) -> Option<&AtomicU8> {
        let is_lone = |schema: &Schema<'p>| schema.view().node().entries().nth(1).is_none();
        schema.view().node().reference().filter(|_| is_lone(&schema))?;
        let id = schema.id().filter(|id| id.file == self.root.id().file)?;
        self.noted.get_or_init(|| Noted::of(self)).0.get(id.index as usize)
    }
}
