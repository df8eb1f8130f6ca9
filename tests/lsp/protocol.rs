//! The beginning and the end of sessions, encodings, and what is no message.

use serde_json::{Value, json};

use super::binary::folder;
use super::client::{Client, initialization};
use super::{CONFIG, PARTS, ROOT};

const FILES: [(&str, &str); 3] = [("openapi.yaml", ROOT), ("parts.yaml", PARTS), ("statusquo.yaml", CONFIG)];

#[test]
fn columns_are_counted_as_agreed() {
    // Offered encodings, the one that is taken, and the columns of the reference behind `ä🙂`.
    let cases: [(&[&str], &str, [u32; 2]); 3] =
        [(&["utf-16", "utf-8"], "utf-8", [46, 65]), (&["utf-16"], "utf-16", [43, 62]), (&[], "utf-16", [43, 62])];
    for (offered, taken, columns) in cases {
        let mut client = Client::start(folder(&FILES));
        let root = client.uri("");
        let answer = client.request("initialize", &initialization(&[&root], offered));
        assert_eq!(answer["capabilities"]["positionEncoding"], taken);
        client.notify("initialized", &json!({}));
        client.open("openapi.yaml", ROOT);
        let parts = client.diagnostics("parts.yaml", &Value::Null);
        let used = &parts[0]["relatedInformation"][0]["location"];
        let range = &used["range"];
        assert_eq!([&range["start"]["character"], &range["end"]["character"]], columns.map(|column| json!(column)).each_ref());
        // The same place on the way in: the last character of the reference, and the one behind the quote.
        for (column, is_reference) in [(columns[1], true), (columns[1] + 1, false), (columns[0], true), (columns[0] - 1, false)] {
            let at =
                json!({ "textDocument": { "uri": client.uri("openapi.yaml") }, "position": { "line": 7, "character": column } });
            let target = client.request("textDocument/definition", &at);
            assert_eq!(target["uri"] == client.uri("parts.yaml"), is_reference, "{taken} {column}: {target}");
        }
        assert_eq!(client.leave(), (Some(0), String::new()));
    }
}

#[test]
fn files_are_watched_where_the_client_can() {
    let mut client = Client::ready(folder(&FILES));
    let asked = client.next();
    assert_eq!(asked["method"], "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    assert_eq!(client.leave().0, Some(0));
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_in_a_request_ends_neither_the_session_nor_the_next_request() {
    let renamed = |client: &Client| json!({ "files": [{ "oldUri": client.uri("parts.yaml"), "newUri": client.uri("b.yaml") }] });
    for method in ["textDocument/definition", "workspace/willRenameFiles"] {
        let mut client = Client::start_in(folder(&FILES), &[("STATUSQUO_PANIC_IN", method)]);
        let root = client.uri("");
        client.request("initialize", &initialization(&[&root], &["utf-16"]));
        client.open("openapi.yaml", ROOT);
        client.diagnostics("openapi.yaml", &json!(1));
        let at = json!({ "textDocument": { "uri": client.uri("openapi.yaml") }, "position": { "line": 7, "character": 50 } });
        let renamed = renamed(&client);
        let answers = [client.request("textDocument/definition", &at), client.request("workspace/willRenameFiles", &renamed)];
        let failed = usize::from(method != "textDocument/definition");
        let error = &answers[failed]["error"];
        assert_eq!(error["code"], -32603, "{answers:?}");
        assert!(error["message"].as_str().unwrap().starts_with("a mistake in statusquo"), "{error}");
        assert!(answers[1 - failed].get("error").is_none() && !answers[1 - failed].is_null(), "{answers:?}");
        client.change("openapi.yaml", 2, &format!("{ROOT}# more\n"));
        assert_eq!(client.shown("openapi.yaml", &json!(2)), ["6:8 created-without-location"]);
        assert_eq!(client.leave().0, Some(0));
    }
}

#[test]
fn requests_that_make_no_sense_are_answered() {
    let mut client = Client::start(folder(&FILES));
    let code = |answer: &Value| answer["error"]["code"].clone();
    assert_eq!(code(&client.request("textDocument/hover", &json!({}))), -32002, "not initialized");
    assert_eq!(code(&client.request("initialize", &json!([1]))), -32602, "no parameters of that request");
    let root = client.uri("");
    client.request("initialize", &initialization(&[&root], &["utf-16"]));
    assert_eq!(code(&client.request("textDocument/hover", &json!({ "textDocument": 1 }))), -32602);
    assert_eq!(code(&client.request("textDocument/nonsense", &json!({}))), -32601);
    client.notify("textDocument/didOpen", &json!({ "textDocument": "?" }));
    let logged = client.next();
    assert_eq!(logged["method"], "window/logMessage");
    assert!(logged["params"]["message"].as_str().unwrap().contains("`textDocument/didOpen` is not understood"), "{logged}");
    let at = json!({ "textDocument": { "uri": "file:///nowhere.yaml" }, "position": { "line": 9, "character": 9 } });
    assert_eq!(client.request("textDocument/hover", &at), Value::Null, "a document that was never opened");
    assert_eq!(client.request("shutdown", &Value::Null), Value::Null);
    assert_eq!(code(&client.request("textDocument/hover", &at)), -32600, "after shutdown");
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), (Some(0), String::new()));
}

#[test]
fn who_leaves_without_a_word_is_an_error() {
    let mut client = Client::ready(folder(&FILES));
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), (Some(1), String::new()));
    assert_eq!(Client::ready(folder(&FILES)).end(), (Some(1), String::new()), "the client is gone");
    let mut client = Client::start(folder(&FILES));
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), (Some(1), String::new()), "before the beginning");
}

#[cfg(unix)]
#[test]
fn the_server_ends_with_its_editor() {
    let mut editor = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let mut client = Client::start(folder(&[]));
    let mut params = initialization(&[], &["utf-16"]);
    params["processId"] = json!(editor.id());
    client.request("initialize", &params);
    assert!(client.server.try_wait().unwrap().is_none());
    editor.kill().unwrap();
    editor.wait().unwrap();
    let since = std::time::Instant::now();
    // Standard input stays open.
    while client.server.try_wait().unwrap().is_none() {
        assert!(since.elapsed().as_secs() < 30, "the server goes on without an editor");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn what_is_no_message_is_answered() {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    for (text, code) in [("{\"a\": [}]", -32700), ("[]", -32600), ("", -32700)] {
        client.send_raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
        let answer = std::iter::from_fn(|| Some(client.next())).find(|message| message.get("error").is_some()).unwrap();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(code)), "{answer}");
    }
    assert_eq!(client.leave(), (Some(0), String::new()), "and the session goes on");
}

#[test]
fn a_broken_frame_ends_the_server_with_a_word() {
    for text in ["Content-Length: many\r\n\r\n{}", "hello\r\n\r\n"] {
        let mut client = Client::ready(folder(&FILES));
        client.send_raw(text);
        let (code, said) = client.end();
        assert_eq!(code, Some(2), "{text}: {said}");
        assert!(said.starts_with("error: cannot go on reading messages: ") && !said.contains("panicked"), "{text}: {said}");
    }
}
