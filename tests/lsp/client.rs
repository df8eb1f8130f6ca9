//! A client that speaks over standard input and output, as editors do.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long the server may take, on the slowest of machines.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server in a folder, and what it has said.
pub(crate) struct Client {
    pub(crate) folder: TempDir,
    pub(crate) server: Child,
    messages: Receiver<Value>,
    /// Everything that was read so far, answers left out.
    pub(crate) heard: Vec<Value>,
    last: i64,
}

impl Client {
    /// A server that was told nothing yet.
    pub(crate) fn start(folder: TempDir) -> Client {
        Client::start_in(folder, &[])
    }

    /// The same with more in its environment.
    pub(crate) fn start_in(folder: TempDir, environment: &[(&str, &str)]) -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_statusquo"));
        // The folder of the process is not the one that is worked in: editors start servers anywhere.
        command.arg("lsp").current_dir(std::env::temp_dir()).envs(environment.iter().copied());
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(server.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut out) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client { folder, server, messages, heard: Vec::new(), last: 0 }
    }

    /// A server that knows its client, which counts in UTF-16 and opens the folder.
    pub(crate) fn ready(folder: TempDir) -> Client {
        let mut client = Client::start(folder);
        let root = client.uri("");
        client.request("initialize", &initialization(&[root.trim_end_matches('/')], &["utf-16"]));
        client.notify("initialized", &json!({}));
        client
    }

    /// The URI of a file of the folder.
    pub(crate) fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.path().display())
    }

    /// Sends a request and waits for its result; an error comes back as `{"error": …}`.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == json!(id) && message.get("method").is_none() {
                return message.get("result").cloned().unwrap_or_else(|| json!({ "error": message["error"] }));
            }
            self.heard.push(message);
        }
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub(crate) fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, name: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    pub(crate) fn close(&mut self, name: &str) {
        self.notify("textDocument/didClose", &json!({ "textDocument": { "uri": self.uri(name) } }));
    }

    /// Waits until the diagnostics of a file are for this version of it; `null` for a file that is not open.
    pub(crate) fn diagnostics(&mut self, name: &str, version: &Value) -> Vec<Value> {
        let uri = json!(self.uri(name));
        loop {
            let message = self.next();
            let params = message["params"].clone();
            let is_it = message["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri;
            self.heard.push(message);
            if is_it && params["version"] == *version {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// The same as lines: `line:character rule`.
    pub(crate) fn shown(&mut self, name: &str, version: &Value) -> Vec<String> {
        self.diagnostics(name, version).iter().map(line).collect()
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    pub(crate) fn send_raw(&mut self, text: &str) {
        let input = self.server.stdin.as_mut().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// The next message, which has to come.
    pub(crate) fn next(&mut self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("the server says something")
    }

    /// Says good-bye; gives the exit code and what was written to standard error.
    pub(crate) fn leave(mut self) -> (Option<i32>, String) {
        assert_eq!(self.request("shutdown", &Value::Null), Value::Null);
        self.notify("exit", &Value::Null);
        self.end()
    }

    /// Waits for the end.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        drop(self.server.stdin.take());
        let mut said = String::new();
        self.server.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.server.wait().unwrap().code(), said)
    }
}

/// What a client says first.
pub(crate) fn initialization(folders: &[&str], encodings: &[&str]) -> Value {
    let folders: Vec<Value> = folders.iter().map(|uri| json!({ "uri": uri, "name": uri })).collect();
    json!({
        "processId": null,
        "workspaceFolders": folders,
        "capabilities": {
            "general": { "positionEncodings": encodings },
            "workspace": {
                "didChangeWatchedFiles": { "dynamicRegistration": true },
                "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename"] },
            },
            "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        },
    })
}

/// A diagnostic as one line.
pub(crate) fn line(diagnostic: &Value) -> String {
    let start = &diagnostic["range"]["start"];
    let rule = diagnostic["code"].as_str().unwrap_or_else(|| diagnostic["message"].as_str().unwrap());
    format!("{}:{} {rule}", start["line"], start["character"])
}

/// The position behind the first occurrence of a word, in UTF-16 as all clients count.
pub(crate) fn position(text: &str, word: &str) -> Value {
    let before = &text[..text.find(word).unwrap() + word.len()];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
}

/// A text after the edits that a result of the server has for a document.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let mut text = text.to_owned();
    let mut edits = edits.as_array().unwrap().clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&text, &edit["range"]["start"])));
    for edit in edits {
        let range = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = position["character"].as_u64().unwrap() as usize;
    let letters = text[start..].char_indices();
    let mut at = start;
    for (index, letter) in letters {
        if units == 0 {
            break;
        }
        units -= letter.len_utf16();
        at = start + index + letter.len_utf8();
    }
    at
}

fn read(out: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if out.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim_end().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().ok()?,
            None if header.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut bytes = vec![0; length];
    out.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Writes a file of the folder.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}
