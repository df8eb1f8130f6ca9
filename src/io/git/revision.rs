//! The files of one revision, as the core asks for them.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::super::discover::may_be_walked_to;
use super::super::names::name_from;
use super::places::{Places, under};
use super::tree::Kind;
use super::walk::files_below;
use super::{GitError, leaves};
use crate::provider::{Provider, Refusal, joined, normalised};

/// The files of a repository at a revision. Their names are `REV:path/from/root.yaml`, with the revision as it was written.
#[derive(Debug)]
pub struct Revision {
    spelled: String,
    /// From the root of the repository to the working directory.
    prefix: String,
    places: Places,
    /// The paths that files of the run go by where a symbolic link is on the way, by their paths without links.
    paths: FxHashMap<String, String>,
}

/// What is at a path of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A file, or something that cannot be read; reading it says why.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Missing,
}

impl Revision {
    pub(super) fn new(spelled: &str, prefix: &str, places: Places) -> Self {
        Revision { spelled: spelled.to_owned(), prefix: prefix.to_owned(), places, paths: FxHashMap::default() }
    }

    #[cfg(test)]
    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// The revision as the user wrote it; empty for the index.
    pub fn spelled(&self) -> &str {
        &self.spelled
    }

    /// The id of the tree that the revision stands for; `None` for the index.
    pub fn tree(&self) -> Option<&str> {
        self.places.tree()
    }

    /// The path from the root that is in a name of this revision.
    pub fn path_of<'name>(&self, name: &'name str) -> Option<&'name str> {
        name.strip_prefix(&self.spelled)?.strip_prefix(':')
    }

    /// The name of the file with this path from the root.
    pub fn name_of(&self, path: &str) -> String {
        format!("{}:{path}", self.spelled)
    }

    /// Takes in a file that was found or named: from now on every way to it gives this name, as in [`crate::io::Files`].
    pub fn add(&mut self, name: &str) {
        let Some(path) = self.path_of(name).map(normalised) else { return };
        if let Ok(place) = self.places.locate(&path) {
            self.paths.insert(place.path, path);
        }
    }

    /// What is at this path from the root, symbolic links followed.
    pub fn kind_of(&self, path: &str) -> PathKind {
        match self.places.locate(path) {
            Ok(place) if place.entry.kind == Kind::Folder => PathKind::Folder,
            Err(Refusal::Missing) => PathKind::Missing,
            _ => PathKind::File,
        }
    }

    /// The names of all files below this folder, sorted; that of the file if it is one, none if it is missing. As in a walk
    /// of the file system, each file comes once, by the first of its paths; symbolic links that lead nowhere are passed over.
    pub fn files_below(&self, folder: &str) -> Result<Vec<String>, GitError> {
        let error = |refusal| GitError::new(format!("`{}` cannot be read: {refusal}", self.name_of(folder)));
        let files = files_below(&self.places, &normalised(folder)).map_err(error)?;
        Ok(files.into_iter().map(|path| self.name_of(&path)).collect())
    }

    /// Those of them that a walk of the file system would open: with the ending of a description, nothing hidden, nothing
    /// below `node_modules`; a file that is named itself always.
    pub fn candidates_below(&self, folder: &str) -> Result<Vec<String>, GitError> {
        let start = self.name_of(&normalised(folder));
        let mut names = self.files_below(folder)?;
        names.retain(|name| name.strip_prefix(&start).is_none_or(|below| below.is_empty() || may_be_walked_to(below)));
        Ok(names)
    }
}

impl Provider for Revision {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        let from = self.path_of(from).ok_or(Refusal::Missing)?;
        let folder = self.places.locate(from.rsplit_once('/').map_or("", |(folder, _)| folder))?;
        let path = joined(&under(&folder.path, "file"), reference);
        if leaves(&path) {
            return Err(Refusal::OutsideProject);
        }
        let place = self.places.locate(&path)?;
        match place.entry.kind {
            Kind::Folder => Err(Refusal::IsDirectory),
            _ => Ok(self.name_of(self.paths.get(&place.path).unwrap_or(&place.path))),
        }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        let path = self.path_of(name).ok_or(Refusal::Missing)?;
        self.places.read(&self.places.locate(path)?)
    }

    /// Where the file is in the working tree, or would be.
    fn path_of(&self, name: &str) -> Option<String> {
        let below = |path: &str| Path::new("/").join(path);
        Some(name_from(&below(Revision::path_of(self, name)?), &below(&self.prefix)))
    }
}
