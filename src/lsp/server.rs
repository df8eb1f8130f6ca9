//! The loop: messages in their order, and diagnostics whenever none is waiting.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};

use lsp_server::{Connection, ErrorCode, Message, Notification, Response};
use lsp_types::notification::{LogMessage, Notification as _};
use lsp_types::{Diagnostic, InitializeParams, InitializeResult, LogMessageParams, MessageType, ServerInfo};

use super::buffers::Buffers;
use super::capabilities::{self, Client};
use super::editor;
use super::folders::roots;
use super::index::{self, Index};
use super::transport;
use super::workspace::Workspace;
use crate::cli::{Failure, Session};
use crate::io::plain_words;

/// What the loop waits for.
pub(super) enum Event {
    /// The client said something.
    Message(Message),
    /// The index of a workspace is made.
    Indexed(PathBuf, Index),
    /// A thread of its own has an answer.
    Answered(Response),
}

/// Everything the server knows.
pub(super) struct Server {
    pub(super) client: Client,
    pub(super) buffers: Buffers,
    pub(super) workspaces: Vec<Workspace>,
    pub(super) session: Session,
    /// What the client shows: the version of the document, and its diagnostics.
    pub(super) published: BTreeMap<PathBuf, (Option<i32>, Vec<Diagnostic>)>,
    /// Set by `shutdown`: from then on only `exit` is understood.
    pub(super) is_shut_down: bool,
    connection: Connection,
    pub(super) events: Sender<Event>,
    /// What was logged last, so that a keystroke does not repeat it.
    logged: Vec<Failure>,
}

/// Serves the client on standard input and output until it leaves. Gives whether it said good-bye as it should.
pub(crate) fn serve() -> Result<bool, String> {
    let (connection, threads) = transport::stdio();
    let is_clean = start(&connection).is_some_and(|params| {
        params.process_id.into_iter().for_each(editor::watch);
        run(connection, &params)
    });
    threads.join().map_err(|error| format!("cannot go on reading messages: {}", plain_words(&error)))?;
    Ok(is_clean)
}

/// Waits for `initialize`; none where the client leaves before.
fn start(connection: &Connection) -> Option<InitializeParams> {
    loop {
        let (id, params) = connection.initialize_start().ok()?;
        match serde_json::from_value::<InitializeParams>(params) {
            Ok(params) => {
                let result = InitializeResult {
                    capabilities: capabilities::of_server(Client::of(&params).encoding),
                    server_info: Some(ServerInfo {
                        name: env!("CARGO_PKG_NAME").to_owned(),
                        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                    }),
                };
                connection.sender.send(Response::new_ok(id, result).into()).ok()?;
                return Some(params);
            }
            Err(error) => {
                let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string());
                connection.sender.send(refusal.into()).ok()?;
            }
        }
    }
}

/// Handles events until the client leaves. Whatever waits is taken in before anything is judged, so that of many
/// changes only the last one is.
fn run(connection: Connection, params: &InitializeParams) -> bool {
    let (events, inbox) = mpsc::channel();
    let (pump, receiver) = (events.clone(), connection.receiver.clone());
    // The channel of the connection holds one message; ours holds all that came while something was judged. When the
    // client is gone, an `exit` says so.
    std::thread::spawn(move || {
        let gone = Message::Notification(Notification::new("exit".to_owned(), serde_json::Value::Null));
        for message in receiver.into_iter().chain(std::iter::once(gone)) {
            if pump.send(Event::Message(message)).is_err() {
                return;
            }
        }
    });
    let mut server = Server::new(params, connection, events);
    serve_events(&mut server, &inbox);
    server.is_shut_down
}

fn serve_events(server: &mut Server, inbox: &Receiver<Event>) {
    while let Ok(first) = inbox.recv() {
        for event in std::iter::once(first).chain(inbox.try_iter()) {
            if matches!(&event, Event::Message(Message::Notification(note)) if note.method == "exit") {
                return;
            }
            server.fenced(|server| server.handle(event));
        }
        server.fenced(Server::publish);
    }
}

impl Server {
    fn new(params: &InitializeParams, connection: Connection, events: Sender<Event>) -> Self {
        let mut server = Server {
            client: Client::of(params),
            buffers: Buffers::default(),
            workspaces: Vec::new(),
            session: Session::new(),
            published: BTreeMap::new(),
            is_shut_down: false,
            connection,
            events,
            logged: Vec::new(),
        };
        for root in roots(params) {
            server.add_workspace(&root);
        }
        server
    }

    /// The one place where a panic ends: the server says so and goes on. What it knew is read anew.
    pub(super) fn fenced<T>(&mut self, work: impl FnOnce(&mut Server) -> T) -> Option<T> {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        outcome
            .map_err(|panic| {
                self.workspaces.iter_mut().for_each(Workspace::touch_all);
                self.session = Session::new();
                self.log(MessageType::ERROR, format!("a mistake in statusquo: {}", words_of(&*panic)));
            })
            .ok()
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Message(Message::Request(request)) => self.request(request),
            Event::Message(Message::Notification(notification)) => self.notification(notification),
            Event::Message(Message::Response(_)) => {}
            Event::Answered(response) => self.send(response),
            Event::Indexed(folder, index) => {
                let workspace = self.workspaces.iter_mut().find(|workspace| workspace.root.folder == folder);
                if let Some(workspace) = workspace {
                    workspace.take_index(index);
                }
            }
        }
    }

    /// Reads what has changed.
    pub(super) fn catch_up(&mut self) {
        let mut failures = Vec::new();
        for number in 0..self.workspaces.len() {
            let open = self.open_in(number);
            let Some(workspace) = self.workspaces.get_mut(number) else { continue };
            failures.extend(workspace.read(&open, &self.buffers, &mut self.session).err().unwrap_or_default());
            if workspace.needs_index(&open) {
                (workspace.is_index_stale, workspace.is_indexing) = (false, true);
                index::start(workspace.root.clone(), self.buffers.clone(), self.events.clone());
            }
        }
        self.log_failures(failures);
    }

    /// Reads and judges what has changed.
    pub(super) fn judge(&mut self) {
        self.catch_up();
        for workspace in &mut self.workspaces {
            workspace.judge(&mut self.session, self.client.encoding);
        }
        let judged = self.workspaces.iter().flat_map(Workspace::subjects).filter_map(|(_, subject)| subject.judged.as_ref());
        let failures = judged.flat_map(|judged| &judged.failures).filter(|failure| failure.place.is_none());
        self.log_failures(failures.cloned().collect());
    }

    /// Sends a message to the client. Where it is gone, the loop ends soon.
    pub(super) fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }

    /// Writes into the log that the client keeps.
    pub(super) fn log(&self, kind: MessageType, message: String) {
        let params = LogMessageParams { typ: kind, message };
        self.send(Notification::new(LogMessage::METHOD.to_owned(), params));
    }

    fn log_failures(&mut self, failures: Vec<Failure>) {
        for failure in failures.iter().filter(|failure| !self.logged.contains(failure)) {
            let help = failure.help.as_ref().map(|help| format!(": {help}")).unwrap_or_default();
            self.log(MessageType::WARNING, format!("{}{help}", failure.title));
        }
        if !failures.is_empty() {
            self.logged = failures;
        }
    }
}

/// What a panic says.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words for it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_said_and_does_not_end_the_server() {
        let (connection, client) = Connection::memory();
        let (events, _inbox) = mpsc::channel();
        let mut server = Server::new(&InitializeParams::default(), connection, events);
        assert_eq!(server.fenced(|_| panic!("{} is wrong", "something")), None::<()>);
        let said = format!("{:?}", client.receiver.try_recv());
        assert!(said.contains("window/logMessage") && said.contains("a mistake in statusquo: something is wrong"), "{said}");
        server.handle(Event::Message(Message::Request(lsp_server::Request::new(1.into(), "nonsense".to_owned(), ()))));
        let answer = format!("{:?}", client.receiver.try_recv());
        assert!(answer.contains("`nonsense` is not supported"), "{answer}");
        assert_eq!(server.fenced(|_| 1), Some(1));
    }
}
