//! Which files descriptions reach through their references, and in which of them something is wrong.

use std::cell::OnceCell;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Job;
use super::made_by::MadeBy;
use crate::openapi::{Project, Site, circle, resolve};
use crate::rules::Settings;
use crate::source::SourceId;
use crate::syntax::{File, Node};

/// All files that these files are or reference, directly or not.
pub fn reachable_from<'p>(project: &'p Project, roots: impl Iterator<Item = &'p File>) -> Vec<&'p File> {
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    let mut open: Vec<&File> = roots.collect();
    let mut files = Vec::new();
    while let Some(file) = open.pop() {
        if seen.insert(file.source().id().0) {
            files.push(file);
            open.extend(project.references_of(file));
        }
    }
    files.sort_by_key(|file| file.source().id());
    files
}

/// The files that a file is or references, directly or not.
pub fn reachable<'p>(project: &'p Project, file: &'p File) -> Vec<&'p File> {
    reachable_from(project, std::iter::once(file))
}

/// All files that are or reference one of these, directly or not.
pub fn users<'p>(project: &'p Project, parts: impl Iterator<Item = &'p File>) -> FxHashSet<SourceId> {
    let open: Vec<SourceId> = parts.map(|file| file.source().id()).collect();
    if open.is_empty() { FxHashSet::default() } else { users_among(&direct_users(project), open) }
}

/// By file those that reference it directly.
pub(super) fn direct_users(project: &Project) -> FxHashMap<SourceId, Vec<SourceId>> {
    let mut by_part: FxHashMap<SourceId, Vec<SourceId>> = FxHashMap::default();
    for file in project.files() {
        for part in project.references_of(file) {
            by_part.entry(part.source().id()).or_default().push(file.source().id());
        }
    }
    by_part
}

/// All that are or reference one of these files, directly or not.
pub(super) fn users_among(by_part: &FxHashMap<SourceId, Vec<SourceId>>, mut open: Vec<SourceId>) -> FxHashSet<SourceId> {
    let mut users = FxHashSet::default();
    while let Some(part) = open.pop() {
        if users.insert(part) {
            open.extend(by_part.get(&part).into_iter().flatten());
        }
    }
    users
}

/// Those jobs of a run that reach a file, for what is said about the file alone: once for all of them that have the same settings.
pub(super) struct Audiences<'r, 'p> {
    project: &'p Project,
    jobs: &'r [Job<'p>],
    /// The jobs of each file.
    own: FxHashMap<SourceId, Vec<usize>>,
    /// By file those that reference it directly; only asked for where there is something to say.
    by_part: OnceCell<FxHashMap<SourceId, Vec<SourceId>>>,
    /// Of each file that was asked about the index of its list. Files that reach each other, which may be all of them, share one.
    known: FxHashMap<SourceId, usize>,
    lists: Vec<Vec<MadeBy>>,
}

impl<'r, 'p> Audiences<'r, 'p> {
    pub(super) fn new(project: &'p Project, jobs: &'r [Job<'p>]) -> Self {
        let mut own: FxHashMap<SourceId, Vec<usize>> = FxHashMap::default();
        for (number, job) in jobs.iter().enumerate() {
            own.entry(job.file.source().id()).or_default().push(number);
        }
        let (by_part, known) = (OnceCell::new(), FxHashMap::default());
        Audiences { project, jobs, own, by_part, known, lists: Vec::new() }
    }

    /// Those of a file, together those with the same settings.
    pub(super) fn of(&mut self, file: &'p File) -> &[MadeBy] {
        let known = self.known.get(&file.source().id()).copied();
        let list = known.unwrap_or_else(|| self.find(file));
        self.lists.get(list).map(Vec::as_slice).unwrap_or_default()
    }

    fn find(&mut self, file: &'p File) -> usize {
        let by_part = self.by_part.get_or_init(|| direct_users(self.project));
        let users = users_among(by_part, vec![file.source().id()]);
        self.lists.push(self.divided(&users));
        let list = self.lists.len() - 1;
        // A user that the file reaches in turn has the same users.
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            if self.known.insert(file.source().id(), list).is_none() {
                open.extend(self.project.references_of(file).filter(|part| users.contains(&part.source().id())));
            }
        }
        list
    }

    /// The jobs of files, by their settings.
    fn divided(&self, files: &FxHashSet<SourceId>) -> Vec<MadeBy> {
        let mut numbers: Vec<usize> = files.iter().filter_map(|file| self.own.get(file)).flatten().copied().collect();
        numbers.sort_unstable();
        let mut divided: Vec<Vec<usize>> = Vec::new();
        let mut places: FxHashMap<*const Settings, usize> = FxHashMap::default();
        for (number, job) in numbers.into_iter().filter_map(|number| Some((number, self.jobs.get(number)?))) {
            let place = *places.entry(std::ptr::from_ref(job.settings)).or_insert(divided.len());
            match divided.get_mut(place) {
                Some(numbers) => numbers.push(number),
                None => divided.push(vec![number]),
            }
        }
        divided.into_iter().map(MadeBy::from).collect()
    }
}

/// The files in which something is wrong that can be told of them alone.
pub(super) fn faulty(project: &Project) -> Vec<&File> {
    let all: Vec<&File> = project.files().collect();
    all.into_par_iter().filter(|file| !is_tidy(project, file)).collect()
}

/// Whether a file was read without a fault and each of its references leads to something, and not back to itself.
fn is_tidy(project: &Project, file: &File) -> bool {
    let is_straight = |found: Node<'_>, site: Site<'_>| !found.may_refer() || circle(project, site.holder).is_none();
    let is_plain = |site: Site<'_>| resolve(project, site.reference).is_ok_and(|found| is_straight(found, site));
    file.faults().is_empty() && project.sites(file).all(is_plain)
}
