//! What changes: open documents, files, folders.

use std::path::{Path, PathBuf};

use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidOpenTextDocumentParams,
    FileChangeType, Uri, WorkspaceFolder,
};

use super::buffers::Buffer;
use super::paths::{path_of, written_path_of};
use super::server::Server;
use super::workspace::{Workspace, is_config};

impl Server {
    /// A document is open from now on.
    pub(super) fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        // What is in no file has no place that references could start from.
        let Some(path) = path_of(&document.uri) else { return };
        let buffer = Buffer { uri: document.uri, text: document.text, version: document.version };
        self.workspace_of(&path);
        self.buffers.0.insert(path.clone(), buffer);
        self.touch(&path);
    }

    /// A document has a new text.
    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(path) = self.buffers.path_of(&params.text_document.uri) else { return };
        if let (Some(buffer), Some(change)) = (self.buffers.0.get_mut(&path), params.content_changes.into_iter().last()) {
            (buffer.text, buffer.version) = (change.text, params.text_document.version);
        }
        self.touch(&path);
    }

    /// What is on the disk counts again.
    pub(super) fn closed(&mut self, uri: &Uri) {
        let Some(path) = self.buffers.path_of(uri) else { return };
        self.buffers.0.remove(&path);
        self.touch(&path);
        self.leave_foreign_folders();
        self.settle();
    }

    /// Rules of the user's own are read from files that were saved.
    pub(super) fn saved(&mut self, uri: &Uri) {
        let Some(path) = self.buffers.path_of(uri) else { return };
        self.workspaces.iter_mut().for_each(|workspace| workspace.is_index_stale = true);
        let is_own_rule = |workspace: &Workspace| {
            let name = workspace.name_of(&path);
            !is_config(&name) && workspace.subject(&name).is_some_and(|subject| !subject.opened.is_description())
        };
        if self.workspaces.iter().any(is_own_rule) {
            self.anything_changed();
        }
    }

    /// Something changed on the disk.
    pub(super) fn files_changed(&mut self, params: DidChangeWatchedFilesParams) {
        for change in params.changes {
            let Some(path) = path_of(&change.uri) else { continue };
            let is_known = self.workspaces.iter().any(|one| one.subjects_with(&one.name_of(&path)).next().is_some());
            // It may be a rule of the user's own, or a description that uses an open fragment.
            if change.typ != FileChangeType::CHANGED || !is_known {
                self.anything_changed();
            }
            self.touch(&path);
        }
    }

    fn touch(&mut self, path: &Path) {
        for workspace in &mut self.workspaces {
            let name = workspace.name_of(path);
            workspace.touch(&name);
        }
    }

    /// Anything may have changed, also rules and which description uses which file.
    pub(super) fn anything_changed(&mut self) {
        self.session.forget_rules();
        for workspace in &mut self.workspaces {
            workspace.is_index_stale = true;
            workspace.touch_all();
        }
    }

    /// Every open file has a workspace.
    fn settle(&mut self) {
        let paths: Vec<PathBuf> = self.buffers.0.keys().cloned().collect();
        for path in paths {
            self.workspace_of(&path);
        }
    }

    /// The client opened or closed folders.
    pub(super) fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let path_of = |folder: &WorkspaceFolder| written_path_of(&folder.uri);
        let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(path_of).collect();
        self.workspaces.retain(|workspace| !gone.contains(&workspace.root.written));
        params.event.added.iter().filter_map(path_of).for_each(|folder| self.add_workspace(&folder));
        self.settle();
    }
}
