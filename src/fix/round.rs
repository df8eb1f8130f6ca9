//! One round: the fixes that do not get in each other's way, and the texts they make.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::finding::{Fix, TextEdit};
use crate::source::{SourceId, Span};

/// The fixes among these that can be applied together, by index: of two that overlap or touch the first.
/// Those that make the same changes count as one; all of them are chosen.
pub fn choose<'f>(fixes: impl Iterator<Item = (usize, &'f Fix)>) -> Vec<usize> {
    let mut taken = Taken::default();
    fixes.filter(|(number, fix)| taken.takes(*number, fix)).map(|(number, _)| number).collect()
}

/// The stretches of text that are spoken for, by file and start; they do not overlap.
#[derive(Default)]
struct Taken<'f> {
    stretches: BTreeMap<(SourceId, u32), (u32, usize)>,
    fixes: BTreeMap<usize, &'f Fix>,
}

impl<'f> Taken<'f> {
    fn takes(&mut self, number: usize, fix: &'f Fix) -> bool {
        let claims: Vec<Span> = fix.edits.iter().map(|edit| edit.span).chain(fix.scope).collect();
        for claim in &claims {
            if let Some(other) = self.in_the_way(*claim) {
                // The same component, met through another of its uses.
                return self.fixes.get(&other.fix).is_some_and(|other| other.edits == fix.edits);
            }
        }
        for span in claims {
            self.claim(span, number);
        }
        self.fixes.insert(number, fix);
        true
    }

    /// The last stretch that shares something with this one, or touches it.
    fn in_the_way(&self, span: Span) -> Option<Stretch> {
        let until = (Bound::Unbounded, Bound::Included((span.source, span.end)));
        let (&(source, start), &(end, fix)) = self.stretches.range(until).next_back()?;
        (source == span.source && end >= span.start).then_some(Stretch { start, end, fix })
    }

    /// Speaks for a stretch, and for what the same fix has spoken for around it.
    fn claim(&mut self, mut span: Span, number: usize) {
        while let Some(own) = self.in_the_way(span) {
            self.stretches.remove(&(span.source, own.start));
            span = Span { start: span.start.min(own.start), end: span.end.max(own.end), ..span };
        }
        self.stretches.insert((span.source, span.start), (span.end, number));
    }
}

/// A stretch of a file that a fix has spoken for.
struct Stretch {
    start: u32,
    end: u32,
    fix: usize,
}

/// A text with these changes, which are sorted and do not overlap.
pub fn applied<'e>(text: &str, edits: impl IntoIterator<Item = &'e TextEdit>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        new.push_str(text.get(at..range.start).unwrap_or_default());
        new.push_str(&edit.text);
        at = range.end.max(at);
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}
