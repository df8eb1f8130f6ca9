//! Messages over standard input and output. What is framed as a message and is none is answered, and the next one is read;
//! only where the frame itself is broken nobody knows where the next one starts.

use std::io::{self, BufRead, Read as _, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, ErrorCode, Message, Notification};
use serde_json::{Value, json};

/// The threads that read and write until the client leaves.
pub(super) struct Threads([JoinHandle<io::Result<()>>; 2]);

/// A connection to the client on standard input and output.
pub(super) fn stdio() -> (Connection, Threads) {
    let (connection, Connection { sender, receiver }) = Connection::memory();
    let reader = thread::spawn(move || read(&mut io::stdin().lock(), &mut io::stdout(), |message| sender.send(message).is_ok()));
    let writer = thread::spawn(move || receiver.into_iter().try_for_each(|message| message.write(&mut io::stdout().lock())));
    (connection, Threads([reader, writer]))
}

impl Threads {
    /// Waits for the end.
    pub(super) fn join(self) -> io::Result<()> {
        let wait = |thread: JoinHandle<_>| thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread ended too early")));
        self.0.into_iter().try_for_each(wait)
    }
}

/// Hands on every message, up to the last one.
fn read(input: &mut impl BufRead, output: &mut impl Write, mut take: impl FnMut(Message) -> bool) -> io::Result<()> {
    while let Some(text) = frame(input)? {
        match message(&text) {
            Ok(message) => {
                let is_exit = matches!(&message, Message::Notification(Notification { method, .. }) if method == "exit");
                if !take(message) || is_exit {
                    break;
                }
            }
            Err(error) => refuse(&text, &error, output)?,
        }
    }
    Ok(())
}

/// A text as the message that it is. Each kind is known by its members, so that a large text is not read once for each.
fn message(text: &[u8]) -> serde_json::Result<Message> {
    let value: Value = serde_json::from_slice(text)?;
    let has = |member| value.get(member).is_some_and(|value| !value.is_null());
    match (has("method"), has("id")) {
        (true, true) => serde_json::from_value(value).map(Message::Request),
        (true, false) => serde_json::from_value(value).map(Message::Notification),
        (false, _) => serde_json::from_value(value).map(Message::Response),
    }
}

/// How much of a header that is none is shown, in characters.
const MOST_SHOWN: usize = 100;

/// The content of the next frame; none at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let field = line.strip_suffix("\r\n").ok_or_else(|| malformed(&line))?;
        if field.is_empty() {
            break;
        }
        let (name, value) = field.split_once(": ").ok_or_else(|| malformed(field))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length = Some(value.parse().map_err(|_| malformed(field))?);
        }
    }
    let length: u64 = length.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "there is no `Content-Length`"))?;
    let mut text = Vec::new();
    let read = input.take(length).read_to_end(&mut text)?;
    if (read as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(Some(text)) }
}

fn malformed(header: &str) -> io::Error {
    let start: String = header.chars().take(MOST_SHOWN).collect();
    io::Error::new(io::ErrorKind::InvalidData, format!("malformed header: {start:?}"))
}

/// Answers what is no message; an answer that is none gets none.
fn refuse(text: &[u8], error: &serde_json::Error, output: &mut impl Write) -> io::Result<()> {
    let value = serde_json::from_slice::<Value>(text);
    let code = if value.is_ok() { ErrorCode::InvalidRequest } else { ErrorCode::ParseError };
    let value = value.unwrap_or_default();
    if value.get("method").is_none() && (value.get("result").is_some() || value.get("error").is_some()) {
        return Ok(());
    }
    let id = value.get("id").filter(|id| id.is_number() || id.is_string());
    let words = format!("this is no message: {error}");
    let answer = json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": words } }).to_string();
    let frame = format!("Content-Length: {}\r\n\r\n{answer}", answer.len());
    // Written at once, so that no other message gets in between.
    output.write_all(frame.as_bytes())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The methods that were handed on, what was answered, and the error that ended the reading.
    fn said(texts: &[&str]) -> (Vec<String>, String, Option<String>) {
        let frame = |text: &&str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let input = texts.iter().map(frame).collect::<Vec<_>>().concat();
        let (mut methods, mut output) = (Vec::new(), Vec::new());
        let end = read(&mut input.as_bytes(), &mut output, |message| {
            methods.extend(match message {
                Message::Request(request) => Some(request.method),
                Message::Notification(note) => Some(note.method),
                Message::Response(_) => None,
            });
            true
        });
        (methods, String::from_utf8(output).unwrap(), end.err().map(|error| error.to_string()))
    }

    #[test]
    fn what_is_no_message_is_answered_and_passed_over() {
        let hover = r#"{"id":1,"method":"hover"}"#;
        for (text, expected) in [
            ("{\"a\": [}]", Some(r#""id":null,"#)),
            ("\u{fffd}", Some("-32700")),
            ("[]", Some("-32600")),
            (r#"{"id":7,"method":5}"#, Some(r#""id":7,"#)),
            (r#"{"id":null,"error":{"code":1,"message":"x"}}"#, None),
        ] {
            let (methods, answer, end) = said(&[text, hover]);
            assert_eq!((methods, end), (vec!["hover".to_owned()], None), "{text}");
            assert_eq!(answer.is_empty(), expected.is_none(), "{text}: {answer}");
            assert!(answer.contains(expected.unwrap_or_default()), "{text}: {answer}");
        }
    }

    #[test]
    fn the_reading_ends_with_exit_and_with_a_broken_frame() {
        let exit = r#"{"method":"exit"}"#;
        assert_eq!(said(&[exit, exit]).0.len(), 1);
        for (text, expected) in [
            ("Content-Length: many\r\n\r\n{}", "malformed header: \"Content-Length: many\""),
            ("hello\r\n\r\n", "malformed header: \"hello\""),
            ("Content-Type: x\r\n\r\n", "there is no `Content-Length`"),
            ("Content-Length: 99999999999999\r\n\r\n{}", "unexpected end of file"),
        ] {
            let end = read(&mut text.as_bytes(), &mut Vec::new(), |_| true);
            assert_eq!(end.unwrap_err().to_string(), expected, "{text}");
        }
    }
}
