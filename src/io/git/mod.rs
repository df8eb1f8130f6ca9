//! Files at a revision of a git repository, read through the `git` program and without a checkout.

mod changes;
mod command;
mod objects;
mod places;
mod revision;
mod tree;
mod unknown;
mod walk;
mod word;

use std::path::{Path, PathBuf};

pub use changes::ChangedLines;
pub use command::GitError;
pub use revision::{PathKind, Revision};
pub use word::RevisionPath;

use super::real_path;
use crate::provider::{is_absolute, joined, normalised};
use command::{answer, git, git_in_tree, output, refused};
use places::Places;

/// A git repository: the one around a folder.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Where git is called: the root, or a folder that the repository is found from.
    folder: PathBuf,
    root: Option<PathBuf>,
    /// From the root to the folder that was asked about; ends with `/` unless it is empty.
    prefix: String,
}

impl Repository {
    /// The repository that holds this folder, or that this folder is, if it has no working tree.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let asked = output(git(folder).args(["rev-parse", "--is-inside-work-tree", "--show-cdup", "--show-prefix"]))?;
        if !asked.status.success() {
            return Err(not_found(folder, refused(&asked)));
        }
        let text = String::from_utf8_lossy(&asked.stdout);
        let mut lines = text.splitn(3, '\n');
        let is_inside = lines.next() == Some("true");
        // The way up is asked for, not the root itself: its name may be no UTF-8.
        let up = lines.next().unwrap_or_default();
        let root = real_path(folder).and_then(|folder| real_path(&folder.join(up))).ok().filter(|_| is_inside);
        let prefix = lines.next().unwrap_or_default().trim_end_matches('\n').to_owned();
        Ok(Repository { folder: root.clone().unwrap_or_else(|| folder.to_path_buf()), root, prefix })
    }

    /// The root of the working tree, symbolic links followed. There is none in a bare repository.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The path from the root to the folder that was asked about, without `/` at its end; empty at the root.
    pub fn prefix(&self) -> &str {
        self.prefix.trim_end_matches('/')
    }

    /// The path from the root that the path of a [`RevisionPath`] means: with `./` or `../` it starts from the folder that
    /// was asked about, else from the root, as in git. `None` if it leaves the repository.
    pub fn path_in(&self, path: &str) -> Option<String> {
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
        let is_relative = matches!(path.split('/').next(), Some("." | ".."));
        let path = if is_relative { joined(&self.prefix, &path) } else { normalised(&path) };
        (!leaves(&path)).then_some(path)
    }

    /// The files at this revision, which is anything that git takes for one. Empty, it is the index. What it means is
    /// asked for once: a branch that moves later makes no difference.
    pub fn revision(&self, revision: &str) -> Result<Revision, GitError> {
        if revision.is_empty() {
            return self.index();
        }
        match self.tree_of(revision)? {
            Some(tree) => Ok(Revision::new(revision, &self.prefix, Places::of_tree(&self.folder, tree))),
            None => Err(unknown::error(self, revision)),
        }
    }

    /// The files whose path in the working tree is another one than at the revision: the old path and the new one.
    /// Git sees only those that it was told about with `git add` or `git mv`.
    pub fn renames(&self, revision: &Revision) -> Result<Vec<(String, String)>, GitError> {
        if self.root.is_none() {
            return Ok(Vec::new());
        }
        let mut command = git_in_tree(&self.folder)?;
        command.args(["-c", "diff.relative=false", "diff", "--find-renames", "--diff-filter=R", "--name-status", "-z"]);
        command.args(["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]);
        let answer = answer(command.args(revision.tree()).arg("--"))?;
        let fields: Vec<_> = answer.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
        let pairs = fields.chunks_exact(3).map(|fields| (fields[1].to_string(), fields[2].to_string()));
        Ok(pairs.collect())
    }

    /// The paths of files that were there at the revision and are gone from the working tree or changed since.
    pub fn altered(&self, revision: &Revision) -> Result<Vec<String>, GitError> {
        if self.root.is_none() {
            return Ok(Vec::new());
        }
        let mut command = git_in_tree(&self.folder)?;
        command.args(["-c", "diff.relative=false", "diff", "--no-renames", "--diff-filter=DMT", "--name-only", "-z"]);
        command.args(["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]);
        let answer = answer(command.args(revision.tree()).arg("--"))?;
        let paths = answer.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
    }

    fn index(&self) -> Result<Revision, GitError> {
        if self.root.is_none() {
            let error = GitError::new("there is no index outside of a working tree");
            return Err(error.help("write a revision in front of the colon, such as `HEAD:api.yaml`"));
        }
        let listing = answer(git(&self.folder).args(["ls-files", "--cached", "--stage", "--full-name", "-z"]))?;
        Ok(Revision::new("", &self.prefix, Places::of_index(&self.folder, tree::folders(&listing))))
    }

    /// The id of the tree that this revision has now.
    fn tree_of(&self, revision: &str) -> Result<Option<String>, GitError> {
        // No revision starts with `-`; older versions of git would take it for an option wherever it stands.
        if revision.starts_with('-') || revision.contains('\0') {
            return Ok(None);
        }
        let mut command = git(&self.folder);
        let output = output(command.args(["rev-parse", "--verify", "--quiet"]).arg(format!("{revision}^{{tree}}")))?;
        // Anything else than one id is a range, or what `^` excludes.
        let id = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
        let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok(Some(id).filter(|_| output.status.success() && is_id))
    }
}

fn not_found(folder: &Path, error: GitError) -> GitError {
    if !error.message.contains("not a git repository") {
        return error;
    }
    GitError::new(format!("`{}` is in no git repository", folder.display()))
        .help("change into the repository that has the revision")
}

/// Whether a path without `.` and inner `..` leads out of the root that it starts from.
fn leaves(path: &str) -> bool {
    path == ".." || path.starts_with("../") || is_absolute(path)
}

#[cfg(test)]
mod tests;
