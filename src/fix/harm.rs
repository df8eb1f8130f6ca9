//! What a round did wrong, and which of its fixes did it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::run::Examined;
use crate::finding::{Finding, RuleId, TextEdit};

/// What findings of one kind have in common; the number that tells them apart changes when one of them is cured.
pub(super) fn kind(finding: &Finding) -> (&RuleId, &str) {
    (&finding.rule, finding.mark())
}

/// How many findings there are of each kind.
pub(super) fn counted(findings: &[Finding]) -> FxHashMap<(&RuleId, &str), usize> {
    let mut counts = FxHashMap::default();
    for finding in findings {
        *counts.entry(kind(finding)).or_insert(0) += 1;
    }
    counts
}

/// The findings that were not there before.
pub(super) fn added<'f>(before: &'f [Finding], after: &'f [Finding]) -> Vec<&'f Finding> {
    let mut known = counted(before);
    let mut new = Vec::new();
    for finding in after {
        match known.get_mut(&kind(finding)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => new.push(finding),
        }
    }
    new
}

/// Where the changes of a round are in the new texts.
pub(super) struct Shifts {
    /// By file: offset in the new text, and the fix.
    places: FxHashMap<String, Vec<(u32, usize)>>,
    /// By operation: the fixes of its findings.
    operations: FxHashMap<String, Vec<usize>>,
}

impl Shifts {
    pub(super) fn of(now: &Examined, chosen: &[usize]) -> Shifts {
        let mut edits: BTreeMap<usize, Vec<(&TextEdit, usize)>> = BTreeMap::new();
        let mut operations: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for &index in chosen {
            let Some(finding) = now.findings.get(index) else { continue };
            for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                edits.entry(edit.span.source.index()).or_default().push((edit, index));
            }
            for operation in &finding.operations {
                operations.entry(operation.clone()).or_default().push(index);
            }
        }
        let mut places = FxHashMap::default();
        for (file, mut edits) in edits {
            edits.sort_unstable();
            let mut shift = 0_i64;
            let mut last = None;
            let moved = edits.into_iter().map(|(edit, index)| {
                let at = u32::try_from(i64::from(edit.span.start) + shift).unwrap_or_default();
                if last.replace(edit) != Some(edit) {
                    shift += i64::try_from(edit.text.len()).unwrap_or_default() - i64::from(edit.span.end - edit.span.start);
                }
                (at, index)
            });
            let moved: Vec<(u32, usize)> = moved.collect();
            places.extend(now.sources.get(file).map(|source| (source.name().to_owned(), moved)));
        }
        Shifts { places, operations }
    }

    /// The fix that a new finding comes from: of those that touch its operations the one about its status, else the nearest
    /// change of its file, else any.
    pub(super) fn culprit(&self, now: &Examined, finding: &Finding, after: &Examined) -> Option<usize> {
        let (name, at) = after.source(finding).zip(finding.span()).map_or(("", 0), |(source, span)| (source.name(), span.start));
        let related = || finding.operations.iter().filter_map(|operation| self.operations.get(operation)).flatten().copied();
        let is_about = |index: &usize| {
            let other = now.findings.get(*index);
            other.is_some_and(|other| finding.status.is_some() && (other.status == finding.status || writes(other, finding)))
        };
        let places = self.places.get(name).map(Vec::as_slice).unwrap_or_default();
        let next = places.partition_point(|(place, _)| *place < at);
        let near = places.get(next.saturating_sub(1)..(next + 1).min(places.len())).unwrap_or_default();
        let nearest = near.iter().min_by_key(|(place, _)| place.abs_diff(at)).map(|(_, index)| *index);
        let is_related = nearest.filter(|nearest| finding.operations.is_empty() || related().any(|index| index == *nearest));
        let about = related().find(is_about);
        about
            .or(is_related)
            .or_else(|| related().next())
            .or(nearest)
            .or_else(|| self.places.values().flatten().map(|place| place.1).min())
    }
}

/// Whether a fix writes the status that another finding is about.
fn writes(fixed: &Finding, finding: &Finding) -> bool {
    let status = finding.status.as_deref().unwrap_or_default();
    fixed.fix.iter().flat_map(|fix| &fix.edits).any(|edit| edit.text.trim_matches(['"', '\'']) == status)
}
