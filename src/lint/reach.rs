//! Which files descriptions reach through their references, and in which of them something is wrong.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::openapi::{Project, Site, resolve};
use crate::source::SourceId;
use crate::syntax::File;

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
fn direct_users(project: &Project) -> FxHashMap<SourceId, Vec<SourceId>> {
    let mut by_part: FxHashMap<SourceId, Vec<SourceId>> = FxHashMap::default();
    for file in project.files() {
        for part in project.references_of(file) {
            by_part.entry(part.source().id()).or_default().push(file.source().id());
        }
    }
    by_part
}

fn users_among(by_part: &FxHashMap<SourceId, Vec<SourceId>>, mut open: Vec<SourceId>) -> FxHashSet<SourceId> {
    let mut users = FxHashSet::default();
    while let Some(part) = open.pop() {
        if users.insert(part) {
            open.extend(by_part.get(&part).into_iter().flatten());
        }
    }
    users
}

/// The files in which something is wrong that can be told of them alone, by those that reach them. Most descriptions of a run of
/// many reach none, and what they reach, which may be the same thousands of files, need not be gone through for each.
pub(super) struct Faulty<'p>(FxHashMap<SourceId, Vec<&'p File>>);

impl<'p> Faulty<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let all: Vec<&File> = project.files().collect();
        let faulty: Vec<&File> = all.into_par_iter().filter(|file| !is_tidy(project, file)).collect();
        let by_part = if faulty.is_empty() { FxHashMap::default() } else { direct_users(project) };
        let mut reached: FxHashMap<SourceId, Vec<&File>> = FxHashMap::default();
        for file in faulty {
            for user in users_among(&by_part, vec![file.source().id()]) {
                reached.entry(user).or_default().push(file);
            }
        }
        Faulty(reached)
    }

    /// Those that a description is or reaches, in the order of the files.
    pub(super) fn reachable(&self, file: &File) -> &[&'p File] {
        self.0.get(&file.source().id()).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether a file was read without a fault and each of its references leads to something that is none.
fn is_tidy(project: &Project, file: &File) -> bool {
    let is_plain = |site: Site<'_>| resolve(project, site.reference).is_ok_and(|found| !found.may_refer());
    file.faults().is_empty() && project.sites(file).all(is_plain)
}
