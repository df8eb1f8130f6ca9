//! The files of one run, and which of them references may reach.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::names::without_dots;
use super::replace::replace;
use super::{Candidate, Landmarks, is_inside, name_under, read, real_path, refusal};
use crate::provider::{Provider, Refusal};

/// Reads files for the core. Knows the descriptions of the run, so that a file has one name however it is reached,
/// and keeps references inside the project.
#[derive(Debug)]
pub struct Files {
    working_directory: PathBuf,
    allow_outside: bool,
    landmarks: Landmarks,
    known: FxHashMap<String, Known>,
    names: FxHashMap<PathBuf, String>,
    roots: Vec<PathBuf>,
    /// The folders that were named, symbolic links followed: all of what they hold is part of the run.
    folders: Vec<PathBuf>,
    /// Texts that stand in for what files hold.
    changed: BTreeMap<String, String>,
    /// Bytes that were read to see whether a file is worth it, until the core asks for them.
    looked_into: Mutex<FxHashMap<String, Vec<u8>>>,
}

/// A file of the run: one that was found or named, or one that came in through standard input.
#[derive(Debug)]
struct Known {
    real: PathBuf,
    /// The folder that its references start from, symbolic links followed.
    folder: PathBuf,
    /// The folder that its references may not leave; `None` where nothing but its own folder would speak for it.
    root: Option<PathBuf>,
    /// Its bytes, where they did not come from the file system.
    held: Option<Vec<u8>>,
}

impl Files {
    /// No files yet. `working_directory` is as [`super::working_directory`] gives it.
    pub fn new(working_directory: &Path, allow_outside: bool) -> Self {
        Files {
            working_directory: working_directory.to_path_buf(),
            allow_outside,
            landmarks: Landmarks::new(),
            known: FxHashMap::default(),
            names: FxHashMap::default(),
            roots: Vec::new(),
            folders: Vec::new(),
            changed: BTreeMap::new(),
            looked_into: Mutex::default(),
        }
    }

    /// Takes in a file that was found: from now on every way to it gives this name.
    pub fn know(&mut self, file: &Candidate) {
        let path = self.working_directory.join(&file.name);
        // What a walk found under its real path needs no question.
        let is_real = !file.named && path == file.real;
        let folder = if is_real { folder_in(&path) } else { real_folder(&path) };
        self.insert(&file.name, file.real.clone(), folder, None);
    }

    /// The same, with its bytes, so that they are not read again.
    pub fn add(&mut self, file: &Candidate, bytes: Vec<u8>) {
        self.know(file);
        self.looked_into().insert(file.name.clone(), bytes);
    }

    /// Takes in a text that did not come from the file system, as if it stood in a file with this name.
    /// Gives the name that the file has in this run: another one if it was found under another.
    pub fn hold(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let path = self.working_directory.join(name);
        let real = real_path(&path).unwrap_or(path);
        let name = self.names.get(&real).cloned().unwrap_or_else(|| name.to_owned());
        self.looked_into().remove(&name);
        let folder = real_folder(&self.working_directory.join(&name));
        self.insert(&name, real, folder, Some(bytes));
        name
    }

    /// Takes a folder that was named for a project where nothing in or above it says otherwise: references may go
    /// anywhere in it. Anything but a folder is left alone.
    pub fn name_folder(&mut self, folder: &Path) {
        if let Some(folder) = real_path(&self.working_directory.join(folder)).ok().filter(|folder| folder.is_dir()) {
            self.folders.push(folder.clone());
            self.add_root(folder);
        }
    }

    /// These texts stand in for what the files hold, and no others.
    pub fn change(&mut self, texts: &BTreeMap<String, String>) {
        self.changed.clone_from(texts);
    }

    /// The same files, with these texts in place of what some hold.
    pub fn with<'f>(&'f self, texts: &'f BTreeMap<String, String>) -> impl Provider + 'f {
        Changed { files: self, texts }
    }

    /// Whether a file came in through standard input.
    pub fn is_held(&self, name: &str) -> bool {
        self.known.get(name).is_some_and(|known| known.held.is_some())
    }

    /// Whether a file may be written: it is one of the run, inside of a project of the run or of the working directory, also
    /// where a symbolic link leads to it.
    pub fn may_write(&self, name: &str) -> bool {
        let real = self.real(name);
        let is_inside = |root: &PathBuf| real.starts_with(root);
        !self.is_held(name) && (self.roots.iter().any(is_inside) || is_inside(&self.working_directory))
    }

    /// Writes a file of the run, if it still holds what was read from it.
    pub fn replace(&self, name: &str, old: &str, new: &str) -> Result<(), String> {
        replace(&self.real(name), old.as_bytes(), new.as_bytes())
    }

    fn real(&self, name: &str) -> PathBuf {
        let path = self.known.get(name).map_or_else(|| self.working_directory.join(name), |known| known.real.clone());
        real_path(&path).unwrap_or(path)
    }

    /// Whether a path that a configuration of this folder writes may be followed: it stays in the repository, or leaving it is
    /// allowed.
    pub fn may_name(&self, folder: &Path, path: &Path) -> bool {
        self.allow_outside || is_inside(path, &self.landmarks.repository_root(folder))
    }

    /// Whether paths and references may leave the project.
    pub fn allows_outside(&self) -> bool {
        self.allow_outside
    }

    /// Whether a folder that was named holds this one.
    pub fn holds(&self, folder: &Path) -> bool {
        let real = real_path(folder).unwrap_or_else(|_| folder.to_path_buf());
        self.folders.iter().any(|named| real.starts_with(named))
    }

    /// Answers where configuration files and project roots are; folders already looked at are remembered.
    pub fn landmarks(&self) -> &Landmarks {
        &self.landmarks
    }

    /// The directory that names are relative to.
    pub fn working_directory(&self) -> &Path {
        &self.working_directory
    }

    fn insert(&mut self, name: &str, real: PathBuf, folder: PathBuf, held: Option<Vec<u8>>) {
        let root = self.landmarks.marked_root(&folder, &self.working_directory);
        self.add_root(root.clone().unwrap_or_else(|| folder.clone()));
        self.names.insert(real.clone(), name.to_owned());
        self.known.insert(name.to_owned(), Known { real, folder, root, held });
    }

    fn add_root(&mut self, root: PathBuf) {
        if !self.roots.iter().any(|known| root.starts_with(known)) {
            self.roots.retain(|known| !known.starts_with(&root));
            self.roots.push(root);
        }
    }

    fn folder_of(&self, name: &str) -> PathBuf {
        if let Some(known) = self.known.get(name) {
            return known.folder.clone();
        }
        let path = self.working_directory.join(name);
        path.parent().map(Path::to_path_buf).unwrap_or(path)
    }

    /// Whether a reference in this file may lead to that path. A file that is no description of the run itself may reach
    /// what the description may that led to it: the widest root of the run around it.
    fn may_reach(&self, from: &str, folder: &Path, path: &Path) -> bool {
        if self.allow_outside {
            return true;
        }
        match self.known.get(from).and_then(|known| known.root.as_deref()) {
            Some(root) => path.starts_with(root),
            None => self.roots.iter().any(|root| folder.starts_with(root) && path.starts_with(root)),
        }
    }

    fn looked_into(&self) -> MutexGuard<'_, FxHashMap<String, Vec<u8>>> {
        self.looked_into.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name_at(&self, real: &Path) -> String {
        self.names.get(real).cloned().unwrap_or_else(|| name_under(real, &self.working_directory))
    }
}

impl Provider for Files {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        let folder = self.folder_of(from);
        let path = without_dots(&folder.join(reference));
        let real = real_path(&path);
        let place = real.as_deref().unwrap_or(&path);
        // Asked before anything else: what lies outside is not even said to be missing.
        if !self.may_reach(from, &folder, place) {
            return Err(Refusal::OutsideProject);
        }
        match &real {
            _ if self.names.contains_key(place) => Ok(self.name_at(place)),
            Ok(real) if real.is_dir() => Err(Refusal::IsDirectory),
            Ok(real) => Ok(self.name_at(real)),
            Err(error) => Err(refusal(error)),
        }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        if let Some(text) = self.changed.get(name) {
            return Ok(text.clone().into_bytes());
        }
        if let Some(bytes) = self.looked_into().remove(name) {
            return Ok(bytes);
        }
        match self.known.get(name) {
            Some(Known { held: Some(bytes), .. }) => Ok(bytes.clone()),
            Some(known) => read(&known.real),
            None => read(&self.working_directory.join(name)),
        }
    }
}

/// The folder of a file, by the words of its path alone.
fn folder_in(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_path_buf()
}

/// The folder that a path leads to, symbolic links followed, also where the file itself is none.
fn real_folder(path: &Path) -> PathBuf {
    let folder = folder_in(path);
    real_path(&folder).unwrap_or(folder)
}

/// Files of which some hold other texts than on disk.
struct Changed<'f> {
    files: &'f Files,
    texts: &'f BTreeMap<String, String>,
}

impl Provider for Changed<'_> {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        self.files.resolve(from, reference)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.texts.get(name).map_or_else(|| self.files.read(name), |text| Ok(text.clone().into_bytes()))
    }
}
