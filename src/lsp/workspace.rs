//! One folder of the editor: what is open in it, read and judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::buffers::Buffers;
use super::diagnostics::{self, Reported};
use super::files::files;
use super::folders::Root;
use super::index::Index;
use super::positions::Encoding;
use crate::cli::{Failure, Judged, Opened, Rules, Session};
use crate::io::{CONFIG_NAME, name_under};
use crate::syntax::File;

/// A folder, and what of it is looked at. Names are relative to the folder.
#[derive(Debug)]
pub(super) struct Workspace {
    /// The folder.
    pub(super) root: Root,
    /// Open files, and the descriptions through which open fragments are judged.
    subjects: BTreeMap<String, Subject>,
    index: Option<Index>,
    /// Whether the index may no longer be true.
    pub(super) is_index_stale: bool,
    /// Whether one is being made.
    pub(super) is_indexing: bool,
}

/// A file that is looked at with everything it references.
#[derive(Debug)]
pub(super) struct Subject {
    /// The file as the editor has it now, and those it references.
    pub(super) opened: Opened,
    /// The rules that count for it.
    pub(super) rules: Rules,
    /// What was said about it; none where it has changed since.
    pub(super) judged: Option<Judged>,
    /// The last that was said, also while it is being changed.
    pub(super) reported: Vec<Reported>,
    is_stale: bool,
}

impl Workspace {
    /// A folder of which nothing is open.
    pub(super) fn new(root: Root) -> Self {
        Workspace { root, subjects: BTreeMap::new(), index: None, is_index_stale: true, is_indexing: false }
    }

    /// The name of a file in it.
    pub(super) fn name_of(&self, path: &Path) -> String {
        name_under(path, &self.root.folder)
    }

    /// The path of a file by its name.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.root.folder.join(name)
    }

    /// What is looked at, by the names of the files.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (&String, &Subject)> {
        self.subjects.iter()
    }

    /// An open file as it was last read, alone with what it references.
    pub(super) fn subject(&self, name: &str) -> Option<&Subject> {
        self.subjects.get(name)
    }

    /// An open file as it was last read.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        self.subject(name)?.opened.project.file(name)
    }

    /// Every subject that a file is part of.
    pub(super) fn subjects_with<'w>(&'w self, name: &'w str) -> impl Iterator<Item = &'w Subject> {
        self.subjects.values().filter(move |subject| subject.has(name))
    }

    /// Whether everything is looked at that uses a file, so that what one of them says against a change is known.
    pub(super) fn looks_at_all_users_of(&self, name: &str) -> bool {
        let is_known = |users: &[String]| users.iter().all(|user| self.subjects.contains_key(user));
        self.index.as_ref().is_some_and(|index| is_known(index.users_of(name)))
    }

    /// A file changed: everything that depends on it is to be read again.
    pub(super) fn touch(&mut self, name: &str) {
        let is_config = is_config(name);
        for subject in self.subjects.values_mut() {
            subject.is_stale |= is_config || subject.has(name) || subject.opened.project.misses_files();
        }
    }

    /// Anything may have changed.
    pub(super) fn touch_all(&mut self) {
        self.subjects.values_mut().for_each(|subject| subject.is_stale = true);
    }

    /// Takes in an index that was made.
    pub(super) fn take_index(&mut self, index: Index) {
        self.index = Some(index);
        self.is_indexing = false;
        self.subjects.values_mut().for_each(|subject| subject.judged = None);
    }

    /// Reads what has changed. `open` are the names of the open files that belong here.
    pub(super) fn read(&mut self, open: &[String], buffers: &Buffers, session: &mut Session) -> Result<(), Vec<Failure>> {
        for name in open {
            self.read_subject(name, buffers, session)?;
        }
        let owners: BTreeSet<String> = open.iter().flat_map(|name| self.owners_of(name)).collect();
        for owner in &owners {
            self.read_subject(owner, buffers, session)?;
        }
        self.subjects.retain(|name, _| open.contains(name) || owners.contains(name));
        Ok(())
    }

    /// Judges what has changed since it was judged.
    pub(super) fn judge(&mut self, session: &mut Session, encoding: Encoding) {
        let index = self.index.as_ref();
        for (name, subject) in self.subjects.iter_mut().filter(|(_, subject)| subject.judged.is_none()) {
            let judged = session.judge(&subject.opened, &|file| index.is_some_and(|index| index.is_only_user(name, file)));
            subject.reported = diagnostics::of(&subject.opened, &judged, subject.rules.set(), encoding);
            subject.judged = Some(judged);
        }
    }

    /// Whether one of these open files is a fragment whose owners are not known well. In a folder that the client did not open
    /// nobody looks for them.
    pub(super) fn needs_index(&self, open: &[String]) -> bool {
        let is_fragment = |name: &&String| !is_config(name) && self.subject(name).is_some_and(|one| !one.opened.is_description());
        !self.root.is_foreign && self.is_index_stale && !self.is_indexing && open.iter().any(|name| is_fragment(&name))
    }

    /// The descriptions through which an open file is judged, where it is none itself.
    fn owners_of(&self, name: &str) -> Vec<String> {
        if is_config(name) || self.subject(name).is_none_or(|subject| subject.opened.is_description()) {
            return Vec::new();
        }
        self.index.as_ref().map(|index| index.users_of(name).to_vec()).unwrap_or_default()
    }

    fn read_subject(&mut self, name: &str, buffers: &Buffers, session: &mut Session) -> Result<(), Vec<Failure>> {
        if self.subject(name).is_some_and(|subject| !subject.is_stale) {
            return Ok(());
        }
        let opened = Opened::read(files(&self.root.folder, buffers), name)?;
        let rules = session.rules(&opened);
        let reported = self.subjects.remove(name).map(|before| before.reported).unwrap_or_default();
        self.subjects.insert(name.to_owned(), Subject { opened, rules, judged: None, reported, is_stale: false });
        Ok(())
    }
}

impl Subject {
    /// Whether a file is part of it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.opened.project.file(name).is_some()
    }
}

/// Whether a file is a configuration.
pub(super) fn is_config(name: &str) -> bool {
    name.rsplit('/').next() == Some(CONFIG_NAME)
}
