//! What a round did wrong, and which of its fixes did it.

use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::apart::AtOnce;
use super::run::Examined;
use crate::finding::{Finding, RuleId, TextEdit};
use crate::source::Source;

/// What fixes did wrong, by fix: a clause such as "it would add `x`".
pub(super) type Harm = BTreeMap<usize, String>;

/// What fixes did wrong together.
#[derive(Clone)]
pub(super) struct Verdict {
    pub(super) harm: Harm,
    /// Whether each new finding is known to be the doing of one of the parts that were tried.
    pub(super) is_sure: bool,
}

/// What the chosen fixes did wrong: each new finding is laid at the door of one of them; where there are parts, at one of that
/// which its descriptions reach.
pub(super) fn judge(now: &Examined, chosen: &[usize], parts: &AtOnce<'_>, after: &Examined) -> Verdict {
    let Difference { added, gone } = Difference::of(now, after);
    let (mut harm, mut is_sure) = (Harm::new(), true);
    let mut shifts: FxHashMap<Option<usize>, Shifts<'_>> = FxHashMap::default();
    for (index, finding) in added {
        let part = parts.behind(index, finding, after);
        is_sure &= part.is_some();
        let fixes = part.and_then(|part| parts.parts.get(part).copied()).unwrap_or(chosen);
        let shifts = shifts.entry(part).or_insert_with(|| Shifts::of(now, fixes));
        if let Some(index) = shifts.culprit(now, (index, finding), after) {
            harm.entry(index).or_insert_with(|| format!("it would add `{}`: {}", finding.rule, finding.message));
        }
    }
    let mut left = counted(gone.into_iter().map(|finding| kind(now, finding)));
    for &index in chosen {
        let Some(finding) = now.findings.get(index) else { continue };
        if !take(&mut left, &kind(now, finding)) {
            harm.entry(index).or_insert_with(|| "it would not cure what it is for".to_owned());
        }
    }
    Verdict { harm, is_sure }
}

/// The findings of two looks at the same files that have no counterpart.
struct Difference<'f> {
    /// With their indexes.
    added: Vec<(usize, &'f Finding)>,
    gone: Vec<&'f Finding>,
}

impl<'f> Difference<'f> {
    /// Findings of one kind are counterparts, first those at the same place; then what the same rule says at the same place,
    /// if in other words. What nobody hears of afterwards is no harm, and no finding that is left.
    fn of(now: &'f Examined, after: &'f Examined) -> Self {
        let (mut old, mut new) = (known(now), known(after));
        new.retain(|one| after.is_loud(one.index));
        pair(&mut old, &mut new, |one| Some((one.kind, one.place)));
        pair(&mut old, &mut new, |one| Some(one.kind));
        pair(&mut old, &mut new, |one| one.place.map(|place| (&one.finding.rule, place)));
        Difference {
            added: new.into_iter().map(|one| (one.index, one.finding)).collect(),
            gone: old.into_iter().filter(|one| now.is_loud(one.index)).map(|one| one.finding).collect(),
        }
    }
}

/// What findings of one kind have in common: the rule, what it is about, and the file, for many descriptions may have the same
/// operations. The number that tells them apart changes when one of them is cured.
type Kind<'f> = (&'f RuleId, &'f str, &'f str);

fn kind<'f>(examined: &'f Examined, finding: &'f Finding) -> Kind<'f> {
    (&finding.rule, finding.mark(), examined.source(finding).map_or("", Source::name))
}

/// A node of a file: its name, the document in it and the pointer. The root is too much to be one place.
type NodePlace<'f> = (&'f str, Option<u32>, &'f str);

/// A finding, and what it is known by when the files are looked at again.
struct Known<'f> {
    index: usize,
    finding: &'f Finding,
    kind: Kind<'f>,
    place: Option<NodePlace<'f>>,
}

fn known(examined: &Examined) -> Vec<Known<'_>> {
    let of = |(index, finding)| Known { index, finding, kind: kind(examined, finding), place: place(examined, finding) };
    examined.findings.iter().enumerate().map(of).collect()
}

fn place<'f>(examined: &'f Examined, finding: &'f Finding) -> Option<NodePlace<'f>> {
    let place = finding.primary.as_ref().filter(|place| !place.pointer.is_empty())?;
    Some((examined.source(finding)?.name(), place.document, &place.pointer))
}

/// Takes out of both lists what has the same key, one for one.
fn pair<T, K: Eq + Hash>(old: &mut Vec<T>, new: &mut Vec<T>, key: impl Fn(&T) -> Option<K>) {
    let mut known = counted(old.iter().filter_map(&key));
    let mut met: FxHashMap<K, usize> = FxHashMap::default();
    new.retain(|one| match key(one).filter(|key| take(&mut known, key)) {
        Some(key) => {
            *met.entry(key).or_default() += 1;
            false
        }
        None => true,
    });
    old.retain(|one| !key(one).is_some_and(|key| take(&mut met, &key)));
}

fn counted<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> FxHashMap<K, usize> {
    let mut counts = FxHashMap::default();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

/// Counts one less; whether there was one.
fn take<K: Eq + Hash>(counts: &mut FxHashMap<K, usize>, key: &K) -> bool {
    let count = counts.get_mut(key).filter(|count| **count > 0);
    count.map(|count| *count -= 1).is_some()
}

/// Where the changes of a round are in the new texts.
struct Shifts<'f> {
    /// By file: offset in the new text, and the fix.
    places: FxHashMap<&'f str, Vec<(u32, usize)>>,
    /// By operation: the fixes of its findings.
    operations: FxHashMap<Operation<'f>, Vec<usize>>,
}

/// An operation, with its description where it is known.
type Operation<'f> = (Option<&'f str>, &'f str);

impl<'f> Shifts<'f> {
    fn of(now: &'f Examined, chosen: &[usize]) -> Self {
        let mut edits: BTreeMap<usize, Vec<(&TextEdit, usize)>> = BTreeMap::new();
        let mut operations: FxHashMap<Operation<'f>, Vec<usize>> = FxHashMap::default();
        for &index in chosen {
            let Some(finding) = now.findings.get(index) else { continue };
            for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                edits.entry(edit.span.source.index()).or_default().push((edit, index));
            }
            for operation in &finding.operations {
                operations.entry((now.description(index), operation)).or_default().push(index);
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
            places.extend(now.sources.get(file).map(|source| (source.name(), moved)));
        }
        Shifts { places, operations }
    }

    /// The fixes that touch the operations of a finding: those of its description, and those of several or of one that is not known.
    fn related<'s>(&'s self, finding: &'s Finding, described: Option<&'s str>) -> impl Iterator<Item = usize> + 's {
        let keys =
            move |operation: &'s String| described.into_iter().map(Some).chain([None]).map(|one| (one, operation.as_str()));
        finding.operations.iter().flat_map(keys).filter_map(|key| self.operations.get(&key)).flatten().copied()
    }

    /// The fix that a new finding comes from: of those that touch its operations the one about its status, else the nearest
    /// change of its file, else any.
    fn culprit(&self, now: &Examined, (index, finding): (usize, &Finding), after: &Examined) -> Option<usize> {
        let (name, at) = after.source(finding).zip(finding.span()).map_or(("", 0), |(source, span)| (source.name(), span.start));
        let described = after.description(index);
        let related = || self.related(finding, described);
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
