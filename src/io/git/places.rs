//! What is where in a revision: paths to objects.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::objects::Objects;
use super::tree::{Entry, Folder, Folders, Kind, entries};
use crate::provider::{Refusal, is_absolute};
use crate::syntax::MAXIMUM_SIZE;

/// The most symbolic links on the way to one file, as on Linux.
const MOST_LINKS: usize = 40;

/// The most bytes of the path in a symbolic link.
const LONGEST_PATH: usize = 1 << 16;

/// Finds what paths lead to. Only the folders on the way are looked at, and each once. Symbolic links are followed here
/// and not by git, which does not say where they led: two ways to a file must give one name.
#[derive(Debug)]
pub(super) struct Places {
    /// The id of the root's tree; `None` for an index, of which all folders are known.
    tree: Option<String>,
    folders: Mutex<Folders>,
    objects: Objects,
}

/// Something in a revision, by its path without symbolic links.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) entry: Entry,
}

impl Places {
    /// The places of a tree, read from the repository that git finds from this folder.
    pub(super) fn of_tree(folder: &Path, tree: String) -> Self {
        Places { tree: Some(tree), folders: Mutex::default(), objects: Objects::new(folder) }
    }

    /// The places of an index.
    pub(super) fn of_index(folder: &Path, folders: Folders) -> Self {
        Places { tree: None, folders: Mutex::new(folders), objects: Objects::new(folder) }
    }

    /// The id of the tree; `None` for an index.
    pub(super) fn tree(&self) -> Option<&str> {
        self.tree.as_deref()
    }

    /// The process that gives the objects.
    #[cfg(test)]
    pub(super) fn objects(&self) -> &Objects {
        &self.objects
    }

    /// What a path leads to, symbolic links followed.
    pub(super) fn locate(&self, path: &str) -> Result<Place, Refusal> {
        let mut place = Place::folder("");
        let mut ahead = steps(path);
        let mut links = 0;
        while let Some(step) = ahead.pop() {
            place = if step == ".." { place.above()? } else { self.below(&place, &step)? };
            if place.entry.kind == Kind::Link {
                links += 1;
                ahead.extend(steps(&self.target(&place, links)?));
                place = place.above()?;
            }
        }
        Ok(place)
    }

    /// The bytes of a file.
    pub(super) fn read(&self, place: &Place) -> Result<Vec<u8>, Refusal> {
        match place.entry.kind {
            Kind::Folder => Err(Refusal::IsDirectory),
            Kind::Module => Err(Refusal::Unreadable("it is a submodule, and its files are in another repository".to_owned())),
            Kind::Conflict => Err(Refusal::Unreadable("it has a conflict that is not resolved in the index".to_owned())),
            Kind::File | Kind::Link => self.objects.read(&place.entry.id, MAXIMUM_SIZE),
        }
    }

    /// The entries of a folder, by its path without symbolic links.
    pub(super) fn folder(&self, path: &str) -> Result<Arc<Folder>, Refusal> {
        if let Some(known) = self.known_folder(path) {
            return Ok(known);
        }
        let folder = Arc::new(self.read_folder(&self.tree_at(path)?)?);
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), Arc::clone(&folder));
        Ok(folder)
    }

    fn known_folder(&self, path: &str) -> Option<Arc<Folder>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// The id of a folder's tree. The folder above was looked at on the way here.
    fn tree_at(&self, path: &str) -> Result<String, Refusal> {
        if path.is_empty() {
            return self.tree.clone().ok_or(Refusal::Missing);
        }
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entry = self.known_folder(above).and_then(|above| above.get(name).cloned());
        entry.map(|entry| entry.id).ok_or(Refusal::Missing)
    }

    fn read_folder(&self, id: &str) -> Result<Folder, Refusal> {
        let bytes = self.objects.read(id, MAXIMUM_SIZE)?;
        entries(&bytes, id.len() / 2).ok_or_else(|| Refusal::Unreadable("git gave a damaged tree".to_owned()))
    }

    fn below(&self, place: &Place, step: &str) -> Result<Place, Refusal> {
        if place.entry.kind != Kind::Folder {
            return Err(Refusal::Missing);
        }
        let entry = self.folder(&place.path)?.get(step).cloned().ok_or(Refusal::Missing)?;
        Ok(Place { path: under(&place.path, step), entry })
    }

    /// The path that a symbolic link holds, if it stays inside and is not one link too many.
    fn target(&self, link: &Place, links: usize) -> Result<String, Refusal> {
        if links > MOST_LINKS {
            return Err(a_loop());
        }
        let target = self.objects.read(&link.entry.id, LONGEST_PATH)?;
        let target = String::from_utf8_lossy(&target).into_owned();
        if is_absolute(&target) { Err(Refusal::OutsideProject) } else { Ok(target) }
    }
}

impl Place {
    fn folder(path: &str) -> Self {
        Place { path: path.to_owned(), entry: Entry { kind: Kind::Folder, id: String::new() } }
    }

    /// The folder that it is in. There is none above the root.
    fn above(&self) -> Result<Self, Refusal> {
        if self.path.is_empty() {
            return Err(Refusal::OutsideProject);
        }
        Ok(Place::folder(self.path.rsplit_once('/').map_or("", |(above, _)| above)))
    }
}

/// The path of what has this name in a folder.
pub(super) fn under(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// What is said about symbolic links that lead to each other.
pub(super) fn a_loop() -> Refusal {
    Refusal::Unreadable("a loop of symbolic links".to_owned())
}

/// The steps of a path, the last first.
fn steps(path: &str) -> Vec<String> {
    path.split('/').rev().filter(|step| !matches!(*step, "" | ".")).map(str::to_owned).collect()
}
