//! The query of a URL as pairs.

use rustc_hash::FxHashSet;

use crate::http::percent;

/// A name with its value, decoded; without a value where there is no `=`.
pub(super) type Pair = (Vec<u8>, Option<Vec<u8>>);

/// The query of a recorded URL.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(FxHashSet<Pair>);

impl Query {
    /// Reads a query, without its `?`.
    pub(super) fn parse(text: &str) -> Query {
        Query(pairs(text).flat_map(|(name, value)| [(name.clone(), None), (name, value)]).collect())
    }

    /// Whether it has a name with this value, or with any.
    pub(super) fn has(&self, pair: &Pair) -> bool {
        self.0.contains(pair)
    }
}

/// The pairs of a query or a fragment.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = Pair> {
    let pair = |part: &str| match part.split_once('=') {
        Some((name, value)) => (decoded(name), Some(decoded(value))),
        None => (decoded(part), None),
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair)
}

/// Forms write a space as `+`.
fn decoded(text: &str) -> Vec<u8> {
    percent::decoded(&text.replace('+', " ")).into_owned()
}
