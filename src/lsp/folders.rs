//! Which folder a file belongs to, and how the client names it.

use std::path::{Path, PathBuf};

use lsp_types::{InitializeParams, Uri};

use super::buffers::Buffers;
use super::paths::{real, uri_of, written_path_of};
use super::server::Server;
use super::workspace::Workspace;
use crate::io;

/// A folder that files belong to.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// The folder, symbolic links followed.
    pub(super) folder: PathBuf,
    /// The folder as the client names it.
    pub(super) written: PathBuf,
    /// Whether it is only there for open files that lie in no folder of the client: what else is in it is none of our business.
    pub(super) is_foreign: bool,
}

impl Server {
    /// The workspace that a file belongs to, by number: the innermost; a new one where it lies in none.
    pub(super) fn workspace_of(&mut self, path: &Path) -> usize {
        if let Some(known) = self.known_workspace_of(path) {
            return known;
        }
        let folder = io::folder_of(path);
        let root = io::Landmarks::new().project_root(&folder, &folder);
        self.workspaces.push(Workspace::new(Root { folder: root.clone(), written: root, is_foreign: true }));
        self.workspaces.len() - 1
    }

    /// The same where there is one.
    pub(super) fn known_workspace_of(&self, path: &Path) -> Option<usize> {
        let around = self.workspaces.iter().enumerate().filter(|(_, workspace)| path.starts_with(&workspace.root.folder));
        around.max_by_key(|(_, workspace)| workspace.root.folder.as_os_str().len()).map(|(number, _)| number)
    }

    /// Takes in a folder, by the path that the client gives it.
    pub(super) fn add_workspace(&mut self, written: &Path) {
        let folder = real(written);
        self.workspaces.retain(|known| !(known.root.is_foreign && known.root.folder.starts_with(&folder)));
        if self.workspaces.iter().all(|known| known.root.folder != folder) {
            self.workspaces.push(Workspace::new(Root { folder, written: written.to_path_buf(), is_foreign: false }));
            // Files that were open before may belong to it.
            self.workspaces.iter_mut().for_each(Workspace::touch_all);
        }
    }

    /// How the client names a file.
    pub(super) fn uri_of(&self, path: &Path) -> Option<Uri> {
        uri_in(&self.buffers, self.workspaces.iter().map(|workspace| &workspace.root), path)
    }

    /// Lets go of the folders that were only there for files which are closed now.
    pub(super) fn leave_foreign_folders(&mut self) {
        let open = &self.buffers.0;
        self.workspaces.retain(|one| !one.root.is_foreign || open.keys().any(|path| path.starts_with(&one.root.folder)));
    }

    /// The names of the open files that belong to a workspace.
    pub(super) fn open_in(&self, number: usize) -> Vec<String> {
        let Some(workspace) = self.workspaces.get(number) else { return Vec::new() };
        let open = self.buffers.0.keys().filter(|path| self.known_workspace_of(path) == Some(number));
        open.map(|path| workspace.name_of(path)).collect()
    }
}

/// How the client names a file: as it opened it, else by the innermost of these folders.
pub(super) fn uri_in<'r>(buffers: &Buffers, roots: impl Iterator<Item = &'r Root>, path: &Path) -> Option<Uri> {
    if let Some(buffer) = buffers.get(path) {
        return Some(buffer.uri.clone());
    }
    let around = roots.filter(|root| path.starts_with(&root.folder)).max_by_key(|root| root.folder.as_os_str().len());
    let written = around.and_then(|root| Some(root.written.join(path.strip_prefix(&root.folder).ok()?)));
    uri_of(written.as_deref().unwrap_or(path))
}

/// The folders that the client opened.
pub(super) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let folders: Vec<PathBuf> = folders.filter_map(written_path_of).collect();
    #[expect(deprecated, reason = "what older clients send in place of folders")]
    let root = params.root_uri.as_ref().and_then(written_path_of);
    if folders.is_empty() { root.into_iter().collect() } else { folders }
}
