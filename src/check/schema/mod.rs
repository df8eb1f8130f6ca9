//! Whether bodies and header fields of responses fit the schemas of the description.
//!
//! A schema is lowered to one JSON Schema document without references to elsewhere and compiled once. What of it cannot be
//! understood is in doubt: the lenient reading takes the doubtful parts for met, the strict one for broken. A value that
//! breaks the lenient reading is a misfit, one that meets the strict reading fits, and everything between is unknown.

mod compiled;
mod header;
mod lower;
mod misfits;
mod number;
mod problem;
mod tape;
#[cfg(test)]
mod tests;
mod write_only;

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::openapi::{Header, NodeId, Schema, Version};
use crate::syntax::Node;
use compiled::Compiled;
use lower::Asked;
pub(crate) use tape::value_of;

/// What there is to say about a value.
#[derive(Clone, Debug)]
pub enum Answer<'p> {
    /// It fits.
    Fits,
    /// It cannot be told; why, as a clause.
    Unknown(Cow<'static, str>),
    /// It does not fit; at least one reason.
    Misfits(Vec<Misfit<'p>>),
}

/// One way in which a value does not fit its schema.
#[derive(Clone, Debug)]
pub struct Misfit<'p> {
    /// The key in the description of the keyword that was broken, in whichever file it stands.
    pub keyword: Node<'p>,
    /// The keyword's name as written there.
    pub name: String,
    /// JSON Pointer into the instance.
    pub instance: String,
    /// What is wrong, without any value of the instance: "is a string and must be an integer", "lacks `id`".
    pub problem: String,
    /// The offending value as JSON text, at most 200 characters. It may be secret.
    pub value: Option<String>,
    /// Whether all that is wrong is that something is there which only requests carry.
    pub is_write_only: bool,
}

/// How many schemas compiled ones may hold in all; each holds all that it leads to. One takes about a kilobyte and a half.
const MOST_HELD: usize = 200_000;

/// The schemas of a project as far as they were asked for. One is shared by all threads. Each is compiled once, unless there
/// are so many that lead to each other that they cannot all be held.
#[derive(Debug)]
pub struct Schemas<'p> {
    assert_formats: bool,
    compiled: RwLock<FxHashMap<(NodeId, Version, u64), Slot<'p>>>,
    /// How many schemas the compiled ones hold.
    held: AtomicUsize,
    /// How many were compiled so far.
    made: AtomicUsize,
}

/// Where a schema is compiled by the thread that asks first, while others wait.
type Slot<'p> = Arc<OnceLock<Compiled<'p>>>;

impl<'p> Schemas<'p> {
    /// No schemas yet. `format` is a note to readers unless formats are asserted.
    pub fn new(assert_formats: bool) -> Self {
        Schemas { assert_formats, compiled: RwLock::default(), held: AtomicUsize::new(0), made: AtomicUsize::new(0) }
    }

    /// How many schemas were compiled so far: the work that went into it.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// Holds the root of a JSON text against a schema of a response.
    pub fn body(&self, schema: Schema<'p>, instance: Node<'_>) -> Answer<'p> {
        let schema = lower::referenced(schema);
        let slot = self.slot(schema, 0);
        slot.get_or_init(|| self.compile(schema, None)).judge(instance)
    }

    /// The same for a small instance. Of the schema only that is compiled which is about what the instance has: where
    /// schemas lead to each other, that is little.
    pub fn small_body(&self, schema: Schema<'p>, instance: Node<'_>) -> Answer<'p> {
        let (schema, asked) = (lower::referenced(schema), Asked::of(instance));
        let slot = self.slot(schema, asked.mark());
        slot.get_or_init(|| self.compile(schema, Some(asked))).judge(instance)
    }

    /// Holds the value of a header field, its lines combined with `, `, against a Header Object.
    pub fn header(&self, header: Header<'p>, value: &str) -> Answer<'p> {
        header::judge(self, header, value)
    }

    fn compile(&self, schema: Schema<'p>, asked: Option<Asked>) -> Compiled<'p> {
        let compiled = Compiled::new(schema, asked, self.assert_formats);
        let size = compiled.size();
        self.made.fetch_add(size, Ordering::Relaxed);
        if self.held.fetch_add(size, Ordering::Relaxed) + size > MOST_HELD {
            self.compiled.write().unwrap_or_else(PoisonError::into_inner).clear();
            self.held.store(size, Ordering::Relaxed);
        }
        compiled
    }

    fn slot(&self, schema: Schema<'p>, mark: u64) -> Slot<'p> {
        let key = (schema.view().id(), schema.view().version(), mark);
        let known = self.compiled.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
            compiled.entry(key).or_default().clone()
        })
    }
}
