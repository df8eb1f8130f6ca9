//! Which of many allowances cover a place, without asking each of them.

use std::ops::Range;

use super::Scope;

/// The allowances of one rule in one file. Lines are apart from each other; objects are, or one is in the other.
#[derive(Debug, Default)]
pub(super) struct Covering {
    lines: Vec<(Range<u32>, usize)>,
    objects: Vec<Object>,
}

#[derive(Debug)]
struct Object {
    bytes: Range<u32>,
    allowance: usize,
    /// The nearest object around it that is here, too.
    around: Option<usize>,
}

impl Covering {
    pub(super) fn add(&mut self, allowance: usize, scope: &Scope) {
        match scope {
            Scope::Line { .. } => self.lines.push((scope.range(), allowance)),
            Scope::Object { bytes, .. } => self.objects.push(Object { bytes: bytes.clone(), allowance, around: None }),
        }
    }

    /// Must be called before anything is asked.
    pub(super) fn sort(&mut self) {
        self.lines.sort_unstable_by_key(|(bytes, _)| bytes.start);
        self.objects.sort_by_key(|object| (object.bytes.start, std::cmp::Reverse(object.bytes.end)));
        let mut open: Vec<(usize, u32)> = Vec::new();
        for (index, object) in self.objects.iter_mut().enumerate() {
            while open.last().is_some_and(|&(_, end)| end <= object.bytes.start) {
                open.pop();
            }
            object.around = open.last().map(|&(outer, _)| outer);
            open.push((index, object.bytes.end));
        }
    }

    /// The allowances that cover an offset, in the order in which they were added.
    pub(super) fn at(&self, at: u32) -> Vec<usize> {
        let line = self.lines.partition_point(|(bytes, _)| bytes.start <= at).checked_sub(1);
        let line = line.and_then(|index| self.lines.get(index)).filter(|(bytes, _)| bytes.contains(&at));
        let mut found: Vec<usize> = line.map(|(_, allowance)| *allowance).into_iter().collect();
        let mut next = self.objects.partition_point(|object| object.bytes.start <= at).checked_sub(1);
        while let Some(object) = next.and_then(|index| self.objects.get(index)) {
            found.extend(object.bytes.contains(&at).then_some(object.allowance));
            next = object.around;
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_around_a_place_is_found() {
        let ranges = [(0, 100), (10, 40), (10, 20), (25, 30), (50, 60), (200, 300)];
        let mut covering = Covering::default();
        for (index, (start, end)) in ranges.into_iter().enumerate() {
            covering.add(index, &Scope::Object { bytes: start..end, reference: None });
        }
        covering.add(ranges.len(), &Scope::Line { number: 3, bytes: 15..27 });
        covering.sort();
        for at in 0..310 {
            let of_objects = ranges.iter().enumerate().filter(|(_, (start, end))| (*start..*end).contains(&at));
            let mut expected: Vec<usize> = of_objects.map(|(index, _)| index).collect();
            expected.extend((15..=27).contains(&at).then_some(ranges.len()));
            assert_eq!(covering.at(at), expected, "{at}");
        }
    }
}
