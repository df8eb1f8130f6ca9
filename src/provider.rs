//! Where the core gets files from: a trait that the edge implements and tests fake.

use std::collections::BTreeMap;

/// Why a file is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is none.
    Missing,
    /// It lies outside the project and was not asked for.
    OutsideProject,
    /// It is a folder.
    IsDirectory,
    /// It is larger than what is read.
    TooLarge,
    /// The system says no; the text says why.
    Unreadable(String),
}

/// Hands out files by name. Names are paths relative to the working directory, with `/`, `.` and `..` resolved.
pub trait Provider: Sync {
    /// The name of the file that a relative reference in the file `from` leads to.
    fn resolve(&self, from: &str, reference_path: &str) -> Result<String, Refusal>;

    /// The bytes of a file.
    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal>;
}

/// Files that exist in memory only, for tests and the demo.
#[derive(Clone, Debug, Default)]
pub struct InMemory(BTreeMap<String, Vec<u8>>);

impl InMemory {
    /// Adds a file.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.into(), bytes.into());
        self
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

impl Provider for InMemory {
    fn resolve(&self, from: &str, reference_path: &str) -> Result<String, Refusal> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = joined(folder, reference_path).ok_or(Refusal::OutsideProject)?;
        if self.0.contains_key(&name) { Ok(name) } else { Err(Refusal::Missing) }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.0.get(name).cloned().ok_or(Refusal::Missing)
    }
}

/// A relative path inside a folder with `.` and `..` resolved; `None` where it leaves the root.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
