//! What takes long is answered by a thread of its own, from what the server knew when it was asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::Uri;
use lsp_types::request::Request as RequestKind;

use super::buffers::Buffers;
use super::folders::{Root, uri_in};
use super::handlers::provoke;
use super::positions::Encoding;
use super::server::{Event, Server, words_of};

/// What is still to be done for an answer.
pub(super) type Later<T> = Box<dyn FnOnce() -> T + Send>;

/// What the server knows of folders and open files at one time.
pub(super) struct Snapshot {
    pub(super) roots: Vec<Root>,
    pub(super) buffers: Buffers,
    pub(super) encoding: Encoding,
}

impl Snapshot {
    /// How the client names a file.
    pub(super) fn uri_of(&self, path: &Path) -> Option<Uri> {
        uri_in(&self.buffers, self.roots.iter(), path)
    }
}

impl Server {
    pub(super) fn snapshot(&self) -> Snapshot {
        let roots = self.workspaces.iter().map(|workspace| workspace.root.clone()).collect();
        Snapshot { roots, buffers: self.buffers.clone(), encoding: self.client.encoding }
    }

    /// Answers when the work is done that these parameters ask for; other messages do not wait for it.
    pub(super) fn answer_later<R: RequestKind>(&mut self, request: Request, prepare: fn(&Server, &R::Params) -> Later<R::Result>)
    where
        R::Result: 'static,
    {
        let Request { id, params, .. } = request;
        let params = match serde_json::from_value::<R::Params>(params) {
            Ok(params) => params,
            Err(error) => return self.send(Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string())),
        };
        let prepared = self.fenced(|server| {
            server.catch_up();
            prepare(server, &params)
        });
        let Some(work) = prepared else {
            return self.send(Response::new_err(id, ErrorCode::InternalError as i32, "a mistake in statusquo".to_owned()));
        };
        let events = self.events.clone();
        std::thread::spawn(move || {
            let response = match catch_unwind(AssertUnwindSafe(|| {
                provoke(R::METHOD);
                work()
            })) {
                Ok(result) => Response::new_ok(id, result),
                Err(panic) => {
                    let words = format!("a mistake in statusquo: {}", words_of(&*panic));
                    Response::new_err(id, ErrorCode::InternalError as i32, words)
                }
            };
            // Nobody waits for it when the server is gone.
            let _ = events.send(Event::Answered(response));
        });
    }
}
