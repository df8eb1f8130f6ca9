//! What the exchanges of one recording say about each other, in the order of time.

use crate::facts::Neighbours;
use crate::traffic::PlacedEntry;

/// The exchanges of a recording so far.
#[derive(Debug, Default)]
pub struct Sequence {}

impl Sequence {
    /// Takes in the next entry: what is known around it.
    pub fn note(&mut self, _placed: &PlacedEntry) -> Neighbours {
        Neighbours::default()
    }
}
