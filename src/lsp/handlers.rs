//! Which message is handled where.

use std::path::PathBuf;

use lsp_server::{ErrorCode, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument,
    DidRenameFiles, DidSaveTextDocument, Initialized, Notification as NotificationKind, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, References, RegisterCapability,
    Request as RequestKind, Shutdown, WillRenameFiles,
};
use lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidOpenTextDocumentParams, FileChangeType, FileSystemWatcher, GlobPattern, MessageType, PublishDiagnosticsParams,
    Registration, RegistrationParams, TextDocumentPositionParams, Uri,
};
use rustc_hash::FxHashSet;
use serde::de::DeserializeOwned;

use super::buffers::Buffer;
use super::paths::{path_of, written_path_of};
use super::positions::Lines;
use super::server::Server;
use super::workspace::{Workspace, is_config};
use super::{actions, completion, definition, hover, references, renames, symbols};
use crate::syntax::File;

/// A place in an open file.
#[derive(Clone, Copy)]
pub(super) struct Spot<'s> {
    /// The workspace that the file belongs to.
    pub(super) workspace: &'s Workspace,
    /// The file.
    pub(super) file: &'s File,
    /// The byte.
    pub(super) offset: u32,
}

impl Server {
    /// Answers a request.
    pub(super) fn request(&mut self, request: Request) {
        if self.is_shut_down {
            let words = "the server is shut down".to_owned();
            return self.send(Response::new_err(request.id, ErrorCode::InvalidRequest as i32, words));
        }
        match request.method.as_str() {
            Shutdown::METHOD => {
                self.is_shut_down = true;
                self.send(Response::new_ok(request.id, ()));
            }
            HoverRequest::METHOD => self.answer::<HoverRequest>(request, hover::hover),
            GotoDefinition::METHOD => self.answer::<GotoDefinition>(request, definition::definition),
            References::METHOD => self.answer::<References>(request, references::references),
            DocumentSymbolRequest::METHOD => self.answer::<DocumentSymbolRequest>(request, symbols::symbols),
            Completion::METHOD => self.answer::<Completion>(request, completion::completion),
            CodeActionRequest::METHOD => {
                // What can be done about findings needs those of the files as they are now.
                self.fenced(Server::judge);
                self.answer::<CodeActionRequest>(request, actions::actions);
            }
            WillRenameFiles::METHOD => self.answer::<WillRenameFiles>(request, renames::edits),
            other => {
                let words = format!("`{other}` is not supported");
                self.send(Response::new_err(request.id, ErrorCode::MethodNotFound as i32, words));
            }
        }
    }

    /// Answers from the files as they are now.
    fn answer<R: RequestKind>(&mut self, request: Request, respond: fn(&Server, &R::Params) -> R::Result) {
        let id = request.id;
        let response = match serde_json::from_value::<R::Params>(request.params) {
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
            Ok(params) => match self.fenced(|server| {
                server.catch_up();
                respond(server, &params)
            }) {
                Some(result) => Response::new_ok(id, result),
                None => Response::new_err(id, ErrorCode::InternalError as i32, "a mistake in statusquo".to_owned()),
            },
        };
        self.send(response);
    }

    /// Takes note of what happened.
    pub(super) fn notification(&mut self, notification: Notification) {
        match notification.method.as_str() {
            Initialized::METHOD => self.watch_files(),
            DidOpenTextDocument::METHOD => self.note::<DidOpenTextDocument>(notification, Server::opened),
            DidChangeTextDocument::METHOD => self.note::<DidChangeTextDocument>(notification, Server::changed),
            DidCloseTextDocument::METHOD => {
                self.note::<DidCloseTextDocument>(notification, |server, params| server.closed(&params.text_document.uri));
            }
            DidSaveTextDocument::METHOD => {
                self.note::<DidSaveTextDocument>(notification, |server, params| server.saved(&params.text_document.uri));
            }
            DidChangeWatchedFiles::METHOD => self.note::<DidChangeWatchedFiles>(notification, Server::files_changed),
            DidRenameFiles::METHOD => {
                self.note::<DidRenameFiles>(notification, |server, _| server.anything_changed());
            }
            DidChangeWorkspaceFolders::METHOD => self.note::<DidChangeWorkspaceFolders>(notification, |server, params| {
                let path_of = |folder: &lsp_types::WorkspaceFolder| written_path_of(&folder.uri);
                let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(path_of).collect();
                server.workspaces.retain(|workspace| !gone.contains(&workspace.written));
                params.event.added.iter().filter_map(path_of).for_each(|folder| server.add_workspace(&folder));
                server.settle();
            }),
            _ => {}
        }
    }

    /// A notification that cannot be understood has no answer; the log is all there is.
    fn note<N: NotificationKind>(&mut self, notification: Notification, take: fn(&mut Server, N::Params))
    where
        N::Params: DeserializeOwned,
    {
        match serde_json::from_value::<N::Params>(notification.params) {
            Ok(params) => take(self, params),
            Err(error) => self.log(MessageType::WARNING, format!("`{}` is not understood: {error}", notification.method)),
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        // What is in no file has no place that references could start from.
        let Some(path) = path_of(&document.uri) else { return };
        let buffer = Buffer { uri: document.uri, text: document.text, version: document.version };
        self.workspace_of(&path);
        self.buffers.0.insert(path.clone(), buffer);
        self.touch(&path);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(path) = self.buffers.path_of(&params.text_document.uri) else { return };
        if let (Some(buffer), Some(change)) = (self.buffers.0.get_mut(&path), params.content_changes.into_iter().last()) {
            (buffer.text, buffer.version) = (change.text, params.text_document.version);
        }
        self.touch(&path);
    }

    fn closed(&mut self, uri: &Uri) {
        let Some(path) = self.buffers.path_of(uri) else { return };
        self.buffers.0.remove(&path);
        self.touch(&path);
        self.settle();
    }

    /// Rules of the user's own are read from files that were saved.
    fn saved(&mut self, uri: &Uri) {
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

    fn files_changed(&mut self, params: DidChangeWatchedFilesParams) {
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

    fn touch(&mut self, path: &std::path::Path) {
        for workspace in &mut self.workspaces {
            let name = workspace.name_of(path);
            workspace.touch(&name);
        }
    }

    fn anything_changed(&mut self) {
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

    fn watch_files(&self) {
        if !self.client.watches_files {
            return;
        }
        let glob_pattern = GlobPattern::String("**/*.{yaml,yml,json}".to_owned());
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![FileSystemWatcher { glob_pattern, kind: None }] };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        self.send(Request::new("watch-files".to_owned().into(), RegisterCapability::METHOD.to_owned(), params));
    }

    /// Sends the diagnostics that the client does not show yet, and takes back those that are gone.
    pub(super) fn publish(&mut self) {
        self.judge();
        let mut wanted = self.diagnostics();
        for path in self.buffers.0.keys().chain(self.published.keys()) {
            wanted.entry(path.clone()).or_default();
        }
        for (path, diagnostics) in wanted {
            let version = self.buffers.get(&path).map(|buffer| buffer.version);
            let shown = self.published.get(&path);
            let Some(uri) = self.uri_of(&path).filter(|_| shown.is_none_or(|one| *one != (version, diagnostics.clone()))) else {
                continue;
            };
            if diagnostics.is_empty() && version.is_none() {
                self.published.remove(&path);
            } else {
                self.published.insert(path, (version, diagnostics.clone()));
            }
            let params = PublishDiagnosticsParams { uri, diagnostics, version };
            self.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params));
        }
    }

    /// What is to be shown, by file. What several descriptions say of a place in a file that they share is said once.
    fn diagnostics(&self) -> std::collections::BTreeMap<PathBuf, Vec<Diagnostic>> {
        let mut wanted: std::collections::BTreeMap<PathBuf, Vec<Diagnostic>> = std::collections::BTreeMap::new();
        let mut said = FxHashSet::default();
        for workspace in &self.workspaces {
            for (_, subject) in workspace.subjects() {
                let mut own = Vec::new();
                for reported in &subject.reported {
                    let path = workspace.path_of(&reported.file);
                    let place = (path.clone(), reported.key());
                    if said.contains(&place) {
                        continue;
                    }
                    own.push(place);
                    let uri_of = |name: &str| self.uri_of(&workspace.path_of(name)).filter(|_| self.client.shows_related);
                    wanted.entry(path).or_default().push(reported.located(&uri_of));
                }
                said.extend(own);
            }
        }
        wanted
    }

    /// The place that a request is about, in the files as they are now.
    pub(super) fn spot(&self, at: &TextDocumentPositionParams) -> Option<Spot<'_>> {
        let (number, name) = self.open_file(&at.text_document.uri)?;
        let workspace = self.workspaces.get(number)?;
        let file = workspace.file(&name)?;
        let offset = Lines::of(file.source().text(), self.client.encoding).offset(at.position);
        Some(Spot { workspace, file, offset })
    }

    /// The workspace of an open file, by number, and its name there.
    pub(super) fn open_file(&self, uri: &Uri) -> Option<(usize, String)> {
        let path = self.buffers.path_of(uri)?;
        let number = self.known_workspace_of(&path)?;
        Some((number, self.workspaces.get(number)?.name_of(&path)))
    }
}
