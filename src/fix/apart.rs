//! Which fixes of a round have nothing to do with each other, because no description reaches the files of both: they are tried
//! at once, and each finding that comes of it is laid at the right door.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::groups::Groups;
use super::run::Examined;
use crate::finding::Finding;

/// These fixes in parts of which none has to do with another.
pub(super) fn parts(now: &Examined, fixes: Vec<usize>) -> Vec<Vec<usize>> {
    if now.sources.len() < 2 {
        return vec![fixes];
    }
    let mut owners = Owners::new(now);
    let mut groups = Groups::of(fixes.len());
    for (number, &fix) in fixes.iter().enumerate() {
        for other in owners.claim(files(now, fix), number) {
            groups.unite(number, other);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, fix) in fixes.into_iter().enumerate() {
        parts.entry(groups.first(number)).or_default().push(fix);
    }
    parts.into_values().collect()
}

/// The files that a fix changes.
pub(super) fn files(now: &Examined, fix: usize) -> impl Iterator<Item = usize> {
    let fix = now.findings.get(fix).and_then(|finding| finding.fix.as_deref());
    fix.into_iter().flat_map(|fix| &fix.edits).map(|edit| edit.span.source.index())
}

/// To whom the files belong: to what changes them or something that they reference, directly or not.
pub(super) struct Owners<'r> {
    now: &'r Examined,
    of: Vec<Option<usize>>,
}

impl<'r> Owners<'r> {
    pub(super) fn new(now: &'r Examined) -> Owners<'r> {
        Owners { now, of: vec![None; now.sources.len()] }
    }

    /// Gives these files and all that reach them to an owner, as far as they belong to nobody; says to whom others belong.
    pub(super) fn claim(&mut self, files: impl Iterator<Item = usize>, owner: usize) -> Vec<usize> {
        let mut others = Vec::new();
        let mut open: Vec<usize> = files.collect();
        while let Some(file) = open.pop() {
            match self.of.get_mut(file) {
                Some(entry @ None) => {
                    *entry = Some(owner);
                    open.extend(self.now.users.of_file(file));
                }
                Some(Some(other)) if *other != owner => others.push(*other),
                _ => {}
            }
        }
        others
    }
}

/// Parts that are tried at once, and whose doing a new finding is.
pub(super) struct AtOnce<'r> {
    owners: Owners<'r>,
    names: FxHashMap<&'r str, usize>,
    /// The fixes of each part.
    pub(super) parts: Vec<&'r [usize]>,
}

impl<'r> AtOnce<'r> {
    pub(super) fn new(now: &'r Examined, parts: Vec<&'r [usize]>) -> AtOnce<'r> {
        let mut owners = Owners::new(now);
        for (number, part) in parts.iter().enumerate() {
            owners.claim(part.iter().flat_map(|&fix| files(now, fix)), number);
        }
        let names = now.sources.iter().enumerate().map(|(file, source)| (source.name(), file)).collect();
        AtOnce { owners, names, parts }
    }

    /// The part whose doing a new finding is; none where its descriptions reach several or none, or there is only one.
    pub(super) fn behind(&self, index: usize, finding: &Finding, after: &Examined) -> Option<usize> {
        let own = finding.span().map(|span| span.source);
        let described = after.descriptions.get(index).filter(|files| !files.is_empty());
        let files = described.map_or(own.as_slice(), Vec::as_slice);
        let mut parts = files.iter().filter_map(|file| {
            let file = self.names.get(after.sources.get(file.index())?.name())?;
            self.owners.of.get(*file).copied().flatten()
        });
        let first = parts.next().filter(|_| self.parts.len() > 1)?;
        parts.all(|part| part == first).then_some(first)
    }
}
