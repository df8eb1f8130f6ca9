//! Whether two parts of a description say the same.

use rustc_hash::FxHashSet;

use super::{NodeId, Version, View};
use crate::syntax::Node;
use crate::truth::Truth;

/// How many pairs of values one comparison may look at. What lies behind is unknown.
const BUDGET: usize = 5_000;

/// Whether two parts say the same once every `$ref` is followed. The keys in `ignored` do not count at the top.
pub fn same(one: View<'_>, other: View<'_>, ignored: &[&str]) -> Truth {
    let mut comparison = Comparison { seen: FxHashSet::default() };
    comparison.values(one, other, ignored)
}

struct Comparison {
    /// Pairs that are being compared or were: a circle that comes back to one adds nothing new.
    seen: FxHashSet<(NodeId, NodeId)>,
}

impl Comparison {
    fn values(&mut self, one: View<'_>, other: View<'_>, ignored: &[&str]) -> Truth {
        let (Some(one), Some(other)) = (resolved(one), resolved(other)) else { return Truth::Unknown };
        if one.id() == other.id() || !self.seen.insert((one.id(), other.id())) {
            return Truth::True;
        }
        if self.seen.len() > BUDGET {
            return Truth::Unknown;
        }
        match (one.node(), other.node()) {
            (left, right) if left.is_map() && right.is_map() => self.maps(one, other, ignored),
            (left, right) if left.is_list() && right.is_list() => self.lists(one, other),
            (left, right) => {
                Truth::from(left.scalar().is_some() && left.scalar() == right.scalar() && left.text() == right.text())
            }
        }
    }

    fn maps(&mut self, one: View<'_>, other: View<'_>, ignored: &[&str]) -> Truth {
        let counts = |key: Node<'_>| !ignored.iter().any(|name| key.is_text(name));
        let size = |view: View<'_>| view.node().entries().filter(|entry| counts(entry.key)).count();
        if size(one) != size(other) {
            return Truth::False;
        }
        Truth::all(one.node().entries().filter(|entry| counts(entry.key)).map(|entry| {
            let twin = entry.key.text().and_then(|key| other.node().get(&key));
            twin.map_or(Truth::False, |twin| self.values(one.with(entry.value), other.with(twin), &[]))
        }))
    }

    fn lists(&mut self, one: View<'_>, other: View<'_>) -> Truth {
        if one.node().items().count() != other.node().items().count() {
            return Truth::False;
        }
        let pairs = one.node().items().zip(other.node().items());
        Truth::all(pairs.map(|(left, right)| self.values(one.with(left), other.with(right), &[])))
    }
}

/// What a `$ref` leads to. One whose siblings count is compared as it is written.
fn resolved(view: View<'_>) -> Option<View<'_>> {
    let has_siblings =
        view.version() >= Version::V3_1 && view.node().get("$ref").is_some() && view.node().entries().nth(1).is_some();
    if has_siblings { Some(view) } else { view.target() }
}
