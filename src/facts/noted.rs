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

/// By the node of a schema on the tape of the description's file, what it lacks.
#[derive(Debug, Default)]
pub(super) struct Noted(Vec<AtomicU8>);

impl Noted {
    fn of(api: &Api<'_>) -> Noted {
        Noted((0..api.root.node().behind()).map(|_| AtomicU8::new(0)).collect())
    }
}

impl<'p> Api<'p> {
    /// Whether it was noted that a schema lacks something.
    pub fn is_known_to_lack(&self, schema: Schema<'p>, lack: Lack) -> bool {
        self.notes_about(schema).is_some_and(|notes| notes.load(Ordering::Relaxed) & lack as u8 != 0)
    }

    /// Notes that a schema lacks something.
    pub fn note_lack(&self, schema: Schema<'p>, lack: Lack) {
        if let Some(notes) = self.notes_about(schema) {
            notes.fetch_or(lack as u8, Ordering::Relaxed);
        }
    }

    /// Notes are taken only about what a lone `$ref` leads to: the rest is not met again.
    fn notes_about(&self, schema: Schema<'p>) -> Option<&AtomicU8> {
        let is_lone = |schema: &Schema<'p>| schema.view().node().entries().nth(1).is_none();
        schema.view().node().reference().filter(|_| is_lone(&schema))?;
        let id = schema.id().filter(|id| id.file == self.root.id().file)?;
        self.noted.get_or_init(|| Noted::of(self)).0.get(id.index as usize)
    }
}
