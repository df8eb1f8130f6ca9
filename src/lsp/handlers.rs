//! Which message is handled where.

use lsp_server::{ErrorCode, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument,
    DidRenameFiles, DidSaveTextDocument, Initialized, Notification as NotificationKind,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, References, RegisterCapability,
    Request as RequestKind, Shutdown, WillRenameFiles,
};
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageType, Registration, RegistrationParams,
    TextDocumentPositionParams, Uri,
};
use serde::de::DeserializeOwned;

use super::positions::Lines;
use super::server::Server;
use super::workspace::Workspace;
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

/// A panic in the request that the environment names, so that a test can see what becomes of it; a release has none.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "a test asks for it")]
pub(super) fn provoke(method: &str) {
    if std::env::var_os("STATUSQUO_PANIC_IN").is_some_and(|named| named == method) {
        std::panic::panic_any("it was asked for");
    }
}

#[cfg(not(debug_assertions))]
pub(super) fn provoke(_: &str) {}

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
            References::METHOD => self.answer_later::<References>(request, references::references),
            DocumentSymbolRequest::METHOD => self.answer::<DocumentSymbolRequest>(request, symbols::symbols),
            Completion::METHOD => self.answer::<Completion>(request, completion::completion),
            CodeActionRequest::METHOD => {
                // What can be done about findings needs those of the files as they are now.
                self.fenced(Server::judge);
                self.answer::<CodeActionRequest>(request, actions::actions);
            }
            WillRenameFiles::METHOD => self.answer_later::<WillRenameFiles>(request, renames::edits),
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
                provoke(R::METHOD);
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
            DidChangeWorkspaceFolders::METHOD => {
                self.note::<DidChangeWorkspaceFolders>(notification, |server, params| server.folders_changed(&params));
            }
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
