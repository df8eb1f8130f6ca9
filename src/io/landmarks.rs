//! What lies above a description: its configuration and the root of its project.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// The name of a configuration file.
pub const CONFIG_NAME: &str = "statusquo.yaml";

/// Answers questions about the folders above a file; each folder is looked at once per run.
#[derive(Debug, Default)]
pub struct Landmarks {
    seen: Mutex<FxHashMap<PathBuf, Above>>,
}

/// The nearest landmarks at or above a folder.
#[derive(Clone, Debug, Default)]
struct Above {
    config: Option<PathBuf>,
    project: Option<PathBuf>,
    repository: Option<PathBuf>,
}

impl Landmarks {
    /// Nothing looked at yet.
    pub fn new() -> Self {
        Landmarks::default()
    }

    /// The nearest `statusquo.yaml` at or above the folder of this file. The path is absolute.
    pub fn find_config(&self, file: &Path) -> Option<PathBuf> {
        self.above(file.parent()?).config
    }

    /// The folder that references in the files of this folder may not leave: the nearest one at or above it that has
    /// `.git` or `statusquo.yaml`, else the working directory if it contains the folder. Both paths are absolute.
    pub fn marked_root(&self, folder: &Path, working_directory: &Path) -> Option<PathBuf> {
        let working_directory = || folder.starts_with(working_directory).then(|| working_directory.to_path_buf());
        self.above(folder).project.or_else(working_directory)
    }

    /// The same, or the folder itself where nothing else speaks for it.
    pub fn project_root(&self, folder: &Path, working_directory: &Path) -> PathBuf {
        self.marked_root(folder, working_directory).unwrap_or_else(|| folder.to_path_buf())
    }

    /// The folder that the paths in a configuration of this folder may not leave: the repository, or the folder itself. The
    /// path is absolute.
    pub fn repository_root(&self, folder: &Path) -> PathBuf {
        self.above(folder).repository.unwrap_or_else(|| folder.to_path_buf())
    }

    fn above(&self, folder: &Path) -> Above {
        if let Some(known) = self.seen().get(folder) {
            return known.clone();
        }
        let parent = folder.parent().map(|parent| self.above(parent)).unwrap_or_default();
        // Whatever it is: one that cannot be read is said, not passed over.
        let config = Some(folder.join(CONFIG_NAME)).filter(|path| path.symlink_metadata().is_ok());
        let own = || Some(folder.to_path_buf());
        let has_git = folder.join(".git").exists();
        let project = if config.is_some() || has_git { own() } else { parent.project };
        let repository = if has_git { own() } else { parent.repository };
        let above = Above { config: config.or(parent.config), project, repository };
        self.seen().insert(folder.to_path_buf(), above.clone());
        above
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, FxHashMap<PathBuf, Above>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
