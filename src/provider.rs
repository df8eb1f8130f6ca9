//! How the core asks for files that a description refers to. The edge implements it over the file system, tests in memory.

use std::collections::BTreeMap;
use std::fmt;

/// Gives the core the files that references lead to. Names are what reports show: relative to the working directory,
/// with `/` on every system, without `.` and `..`; absolute where a file lies outside of the working directory.
pub trait Provider: Sync {
    /// The name of the file that a reference written in the file `from` leads to. `reference` is the part of a `$ref` in
    /// front of `#`, percent-encoding already decoded, never empty. Two ways to the same file give the same name.
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal>;

    /// The bytes of the file with this name.
    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal>;

    /// The path that other programs know the file with this name by, where its name is none.
    fn path_of(&self, _name: &str) -> Option<String> {
        None
    }
}

/// Why a file is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file.
    Missing,
    /// It lies outside of the project, and `--allow-outside` was not given.
    OutsideProject,
    /// It is there and cannot be read: the reason, such as `permission denied`.
    Unreadable(String),
    /// It is larger than any description.
    TooLarge,
    /// It is a folder.
    IsDirectory,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Missing => f.write_str("there is no such file"),
            Refusal::OutsideProject => f.write_str("it lies outside of the project"),
            Refusal::Unreadable(reason) => f.write_str(reason),
            Refusal::TooLarge => f.write_str("it is larger than 1 GiB"),
            Refusal::IsDirectory => f.write_str("it is a folder, not a file"),
        }
    }
}

/// Files that exist only in memory, for tests and for programs that hold their descriptions as text.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    files: BTreeMap<String, Vec<u8>>,
}

impl InMemory {
    /// No files at all.
    pub fn new() -> Self {
        InMemory::default()
    }

    /// The same with one more file.
    #[must_use]
    pub fn with(mut self, name: impl AsRef<str>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(normalised(name.as_ref()), bytes.into());
        self
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }
}

impl Provider for InMemory {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        let name = joined(from, reference);
        if name == ".." || name.starts_with("../") {
            return Err(Refusal::OutsideProject);
        }
        if self.files.contains_key(&name) {
            return Ok(name);
        }
        let folder = format!("{name}/");
        let is_folder = self.files.keys().any(|file| file.starts_with(&folder));
        Err(if is_folder { Refusal::IsDirectory } else { Refusal::Missing })
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.files.get(name).cloned().ok_or(Refusal::Missing)
    }
}

/// The name that a reference written in the file `from` means, by its words alone.
pub fn joined(from: &str, reference: &str) -> String {
    if is_absolute(reference) {
        return normalised(reference);
    }
    match from.rsplit_once('/') {
        Some((folder, _)) => normalised(&format!("{folder}/{reference}")),
        None => normalised(reference),
    }
}

/// A name without `.`, `..` and doubled slashes; `..` that lead out of a relative name stay in front.
pub fn normalised(name: &str) -> String {
    let root = if name.starts_with('/') { "/" } else { "" };
    let mut steps: Vec<&str> = Vec::new();
    for step in name.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            ".." if !root.is_empty() => {}
            step => steps.push(step),
        }
    }
    format!("{root}{}", steps.join("/"))
}

/// Whether a name starts at the root of a file system: `/…`, or `C:/…` as Windows writes it.
pub fn is_absolute(name: &str) -> bool {
    let drive = matches!(name.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    name.starts_with('/') || drive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join_to_names() {
        let cases = [
            ("openapi.yaml", "schemas/user.yaml", "schemas/user.yaml"),
            ("api/openapi.yaml", "./schemas//user.yaml", "api/schemas/user.yaml"),
            ("api/v1/openapi.yaml", "../common/error.yaml", "api/common/error.yaml"),
            ("api/openapi.yaml", "../../out.yaml", "../out.yaml"),
            ("../a/openapi.yaml", "../../b.yaml", "../../b.yaml"),
            ("/srv/api/openapi.yaml", "../b.yaml", "/srv/b.yaml"),
            ("/a.yaml", "../../b.yaml", "/b.yaml"),
            ("api/openapi.yaml", "/etc/hosts", "/etc/hosts"),
            ("api/openapi.yaml", "C:/x/../b.yaml", "C:/b.yaml"),
        ];
        for (from, reference, expected) in cases {
            assert_eq!(joined(from, reference), expected, "{reference} in {from}");
        }
    }

    #[test]
    fn files_in_memory_answer_like_a_project() {
        let files = InMemory::new().with("api/openapi.yaml", "a").with("common/error.yaml", "b");
        let resolve = |reference| files.resolve("api/openapi.yaml", reference);
        assert_eq!(resolve("../common/error.yaml"), Ok("common/error.yaml".to_owned()));
        assert_eq!(resolve("../common"), Err(Refusal::IsDirectory));
        assert_eq!(resolve("gone.yaml"), Err(Refusal::Missing));
        assert_eq!(resolve("../../passwd"), Err(Refusal::OutsideProject));
        assert_eq!(files.read("common/error.yaml"), Ok(b"b".to_vec()));
    }
}
