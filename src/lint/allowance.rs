//! How many hits there may be: thousands of rows may share thousands of faults.

use crate::openapi::View;
use crate::rules::{Row, Subject};

/// How many faults of parts that it shares are told of one row; of its own parts all are.
const MOST_SHARED: usize = 64;

/// How many hits of one rule are made for the uses of a response: far more than people describe, and not with the square where
/// very many uses share very many faults.
pub(super) struct Allowance {
    uses: usize,
    made: usize,
    /// Known when there is a use that has hits.
    most: Option<usize>,
}

impl Allowance {
    /// For so many uses.
    pub(super) fn for_uses(uses: usize) -> Self {
        Allowance { uses, made: 0, most: None }
    }

    /// Takes note of the hits of a use.
    pub(super) fn take(&mut self, hits: usize) {
        self.made += hits;
        if self.most.is_none() && hits > 0 {
            self.most = Some(20 * (hits + self.uses) + 5_000);
        }
    }

    /// Whether there may be no more.
    pub(super) fn is_used_up(&self) -> bool {
        self.most.is_some_and(|most| self.made > most)
    }
}

/// How many hits there may be in a row. Thousands of rows may share a part with thousands of faults.
pub(super) fn most_hits(row: &Row<'_, '_>) -> usize {
    let node = match row.subject {
        Subject::Path(_) => row.path().and_then(|path| path.item.0.target()).map(View::node),
        Subject::Operation(_) => row.operation().map(|operation| operation.operation.0.node()),
        Subject::Response(_) => row.response().and_then(|response| response.definition).map(|definition| definition.0.node()),
        Subject::Document | Subject::Exchange => return usize::MAX,
    };
    node.map_or(0, |node| (node.behind() - node.index()) as usize) + MOST_SHARED
}
