//! Judgements that came out unknown. There may be dozens for each operation, so that they are kept by place.

use rustc_hash::FxHashMap;

use crate::openapi::NodeId;

/// Places, each with the rules that cannot say anything about it, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    /// What several threads met is put in a row, and none of it is copied.
    portions: Vec<Portion>,
}

#[derive(Debug, Default)]
struct Portion {
    /// Each with the end of its rules.
    places: Vec<(NodeId, u32)>,
    rules: Vec<u32>,
}

impl Unknown {
    /// Notes that a rule cannot say anything about a place.
    pub(super) fn note(&mut self, rule: usize, place: NodeId) {
        if self.portions.is_empty() {
            self.portions.push(Portion::default());
        }
        if let Some(portion) = self.portions.last_mut() {
            portion.note(rule as u32, place);
        }
    }

    /// Adds others behind its own.
    pub(super) fn append(&mut self, others: Unknown) {
        self.portions.extend(others.portions);
    }

    /// Rule and place of each.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, NodeId)> {
        self.by_place().flat_map(|(place, rules)| rules.iter().map(move |&rule| (rule as usize, place)))
    }

    fn by_place(&self) -> impl Iterator<Item = (NodeId, &[u32])> {
        self.portions.iter().flat_map(Portion::by_place)
    }
}

impl Portion {
    fn note(&mut self, rule: u32, place: NodeId) {
        // The rules of one row come in order; behind the last of them begins another row at the same place.
        let is_same_row = self.places.last().is_some_and(|(last, _)| *last == place) && self.rules.last() <= Some(&rule);
        if !is_same_row {
            self.places.push((place, self.rules.len() as u32));
        } else if self.rules.last() == Some(&rule) {
            // Another clause of the same rule.
            return;
        }
        self.rules.push(rule);
        if let Some((_, end)) = self.places.last_mut() {
            *end = self.rules.len() as u32;
        }
    }

    fn by_place(&self) -> impl Iterator<Item = (NodeId, &[u32])> {
        let mut start = 0;
        self.places.iter().map(move |&(place, end)| {
            let rules = self.rules.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            (place, rules)
        })
    }
}

/// How many judgements of each rule came out unknown, those that several made about one place counted once; by rule.
pub(super) fn count<'u>(all: impl Iterator<Item = &'u Unknown>) -> Vec<(usize, usize)> {
    let mut by_place: Vec<(NodeId, &[u32])> = all.flat_map(Unknown::by_place).collect();
    by_place.sort_unstable_by_key(|(place, _)| *place);
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let mut add = |rules: &[u32]| rules.iter().for_each(|rule| *counts.entry(*rule).or_default() += 1);
    for same in by_place.chunk_by(|one, other| one.0 == other.0) {
        match same {
            [(_, rules)] => add(rules),
            several => {
                let mut rules: Vec<u32> = several.iter().flat_map(|(_, rules)| rules.iter().copied()).collect();
                rules.sort_unstable();
                rules.dedup();
                add(&rules);
            }
        }
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().map(|(rule, count)| (rule as usize, count)).collect();
    counts.sort_unstable();
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn place(index: u32) -> NodeId {
        NodeId { file: 0, index }
    }

    fn unknown(judgements: &[(usize, u32)]) -> Unknown {
        let mut unknown = Unknown::default();
        for &(rule, index) in judgements {
            unknown.note(rule, place(index));
        }
        unknown
    }

    #[test]
    fn what_was_noted_stands_in_order() {
        let mut all = unknown(&[(1, 7), (2, 7), (1, 3)]);
        all.append(Unknown::default());
        all.append(unknown(&[(4, 3), (4, 3)]));
        all.note(5, place(3));
        let found: Vec<_> = all.iter().map(|(rule, place)| (rule, place.index)).collect();
        assert_eq!(found, [(1, 7), (2, 7), (1, 3), (4, 3), (5, 3)]);
    }

    #[test]
    fn a_rule_and_a_place_count_once() {
        let one = unknown(&[(1, 7), (2, 7), (1, 7), (2, 7), (1, 3), (1, 7)]);
        let other = unknown(&[(1, 7), (9, 7), (2, 8)]);
        assert_eq!(count([&one, &other].into_iter()), [(1, 2), (2, 2), (9, 1)]);
    }
}
