//! Whether a new schema of a response allows nothing that the old one forbids, and what the difference does to clients.
//!
//! Both schemas are lowered to one model (`lower`, `model`), whatever version of OpenAPI they are written in. Pairs of an old
//! and a new schema are compared once each (`compare`); a pair that is met again while it is being compared counts as
//! included, so that recursive schemas end. The answer for a whole is read off all pairs that it leads to (`walk`). A value
//! that shows a change is built from the new schema and held against both with a validator (`witness`).

mod canonical;
mod compare;
pub(super) mod equal;
mod inclusion;
mod lower;
mod model;
mod numbers;
mod sample;
mod side;
#[cfg(test)]
mod tests;
mod texts;
mod types;
mod walk;
mod witness;
mod written;

pub use inclusion::Inclusion;
pub(in crate::diff) use written::{Place, place, written};

use super::{Mode, SchemaChange};
use crate::openapi::Schema;
use compare::Engine;

/// Compares schemas of two descriptions. One serves a whole run: what was compared once is not compared again.
pub struct Comparer<'o, 'n> {
    engine: Engine<'o, 'n>,
}

impl std::fmt::Debug for Comparer<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Comparer").field("pairs", &self.engine.pairs.len()).finish_non_exhaustive()
    }
}

impl<'o, 'n> Comparer<'o, 'n> {
    /// Nothing compared yet.
    pub fn new(mode: Mode) -> Self {
        Comparer { engine: Engine::new(mode) }
    }

    /// Whether `new` is included in `old`, and what has changed; each changed place once, the places nearest to the root first.
    /// A promise that is lost (a property that is not described any more) is a change also where nothing new can come.
    pub fn compare(&mut self, old: Schema<'o>, new: Schema<'n>) -> (Inclusion, Vec<SchemaChange<'o, 'n>>) {
        self.engine.begin();
        let before = self.engine.old.conjunction(vec![old.view()]);
        let after = self.engine.new.conjunction(vec![new.view()]);
        let root = self.engine.pair(before, after);
        walk::changes(&mut self.engine, root)
    }
}
