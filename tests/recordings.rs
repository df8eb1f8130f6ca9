//! Every form of recording becomes the same exchanges, and what exporters make of the forms is understood.
#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::io::{Cursor, Write as _};

use statusquo::traffic::{
    Body, Credentials, Entry, Exchange, Form, Limits, PlacedEntry, Protocol, Recording, RecordingError, Skipped,
};

fn entries_of(bytes: &[u8]) -> Vec<PlacedEntry> {
    let mut recording = Recording::open(Cursor::new(bytes), Limits::default()).expect("a recording");
    std::iter::from_fn(|| recording.next_entry().expect("memory can be read")).collect()
}

fn entries(text: &str) -> Vec<Entry> {
    entries_of(text.as_bytes()).into_iter().map(|placed| placed.entry).collect()
}

fn exchange(text: &str) -> Exchange {
    match entries(text).as_slice() {
        [Entry::Exchange(exchange)] => (**exchange).clone(),
        other => panic!("{text}: {other:?}"),
    }
}

fn har(entry: &str) -> String {
    format!(r#"{{"log":{{"version":"1.2","creator":{{}},"entries":[{entry}]}}}}"#)
}

fn har_body(method: &str, status: u16, response: &str) -> Body {
    let entry = format!(
        r#"{{"request":{{"method":"{method}","url":"https://a.example/x","headers":[]}},"response":{{"status":{status},"headers":[],{response}}}}}"#
    );
    exchange(&har(&entry)).response.body
}

fn text(text: &str) -> Body {
    Body::Text(text.to_owned())
}

fn cut(length: u64) -> Body {
    Body::Lost { length: Some(length), is_cut: true }
}

#[test]
fn one_exchange_in_every_form() {
    let forms = [
        (
            Form::Har,
            har(r#"{"request":{"method":"GET","url":"https://a.example/orders/1?x=2","headers":[]},"response":{"status":404,
                "headers":[{"name":"Content-Type","value":"application/json"}],"content":{"size":11,"text":"{\"code\": 1}"}}}"#),
        ),
        (
            Form::Ndjson,
            r#"{"request":{"method":"GET","url":"https://a.example/orders/1?x=2"},"response":{"status":404,"headers":{"Content-Type":"application/json"},"body":"{\"code\": 1}"}}"#.to_owned(),
        ),
        (
            Form::Ndjson,
            r#"{"req":{"method":"GET","uri":"https://a.example/orders/1?x=2"},"res":{"statusCode":"404","headers":[["Content-Type","application/json"]],"bodyBase64":"eyJjb2RlIjogMX0="}}"#.to_owned(),
        ),
        (
            Form::List,
            r#"[{"request":{"method":"GET","url":"https://a.example/orders/1?x=2"},"response":{"status":404,"headers":{"content-type":["application/json"]},"body":{"code": 1}}}]"#.to_owned(),
        ),
        (
            Form::Cassette,
            r#"{"http_interactions":[{"request":{"method":"get","uri":"https://a.example/orders/1?x=2","headers":{}},"response":{"status":{"code":404},
                "headers":{"Content-Type":["application/json"]},"body":{"encoding":"UTF-8","string":"{\"code\": 1}"}}}]}"#.to_owned(),
        ),
        (
            Form::YamlCassette,
            "interactions:\n- request: {method: GET, uri: 'https://a.example/orders/1?x=2', headers: {}, body: null}\n  response:\n    status: {code: 404, message: Not Found}\n    headers:\n      Content-Type: [application/json]\n    body: {string: '{\"code\": 1}'}\n".to_owned(),
        ),
    ];
    for (form, recorded) in forms {
        let recording = Recording::open(Cursor::new(recorded.as_bytes()), Limits::default()).expect("a recording");
        assert_eq!(recording.form(), form, "{recorded}");
        let exchange = exchange(&recorded);
        assert_eq!((exchange.request.method.as_str(), exchange.request.url.as_str()), ("GET", "https://a.example/orders/1?x=2"));
        assert_eq!((exchange.response.status, exchange.response.body.text()), (404, Some("{\"code\": 1}")), "{recorded}");
        assert_eq!(exchange.response.headers.value("content-type").as_deref(), Some("application/json"), "{recorded}");
        assert!(exchange.response.has_all_headers, "{recorded}");
    }
}

#[test]
fn contracts_promise_only_what_the_consumer_reads() {
    let contract = r#"{"consumer":{"name":"shop"},"provider":{"name":"stock"},"interactions":[
        {"description":"v2","request":{"method":"get","path":"/items","query":"a=1&b=2"},"response":{"status":200,"headers":{"Vary":"Accept"},"body":{"n":1}}},
        {"description":"v3","request":{"method":"POST","path":"/items","query":{"a":["1","2"]},"body":{}},"response":{"status":201,"headers":{"Vary":["Accept","Origin"]}}},
        {"type":"Synchronous/HTTP","request":{"method":"GET","path":"/i"},"response":{"body":{"content":"aGk=","contentType":"text/plain","encoded":"base64"}}},
        {"type":"Asynchronous/Messages","contents":{}}],"metadata":{}}"#;
    let entries = entries(contract);
    let [Entry::Exchange(second), Entry::Exchange(third), Entry::Exchange(fourth), Entry::Skipped(Skipped::NotHttp)] =
        entries.as_slice()
    else {
        panic!("{entries:?}")
    };
    assert_eq!((second.request.method.as_str(), second.request.url.as_str()), ("GET", "/items?a=1&b=2"));
    assert_eq!(second.response.headers.value("content-type").as_deref(), Some("application/json"));
    assert_eq!(
        (third.request.url.as_str(), third.response.headers.value("vary").as_deref()),
        ("/items?a=1&a=2", Some("Accept, Origin"))
    );
    assert_eq!(third.response.body, Body::Unknown);
    assert_eq!((fourth.response.status, &fourth.response.body), (200, &text("hi")));
    assert!(entries.iter().all(|entry| !matches!(entry, Entry::Exchange(exchange) if exchange.response.has_all_headers)));
}

#[test]
fn examples_of_collections_in_folders() {
    let collection = r#"{"info":{"name":"c","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[
        {"name":"folder","item":[{"name":"get","request":{"method":"GET","url":"{{base}}/x"},"response":[
            {"name":"ok","originalRequest":{"method":"GET","url":{"raw":"{{base}}/orders/:id?x=1","variable":[{"key":"id","value":"17"}]}},
             "code":200,"header":[{"key":"ETag","value":"\"a\""}],"body":"{}"},
            {"name":"none","code":404,"body":null}]}]}]}"#;
    let entries = entries(collection);
    let [Entry::Exchange(found), Entry::Exchange(missing)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(found.request.url, "/orders/17?x=1");
    assert_eq!(found.response.headers.value("etag").as_deref(), Some("\"a\""));
    assert_eq!((missing.request.url.as_str(), &missing.response.body), ("/x", &Body::Unknown));
}

#[test]
fn bodies_of_archives() {
    for (method, status, response, body) in [
        ("GET", 200, r#""content":{"size":2,"text":"hi"}"#, text("hi")),
        ("GET", 200, r#""content":{"size":2,"text":"aGk=","encoding":"base64"}"#, text("hi")),
        ("GET", 200, r#""content":{"size":1,"text":"/w==","encoding":"base64"}"#, Body::Bytes(vec![0xff])),
        ("GET", 200, r#""content":{"size":1,"text":"§","encoding":"base64"}"#, Body::Undecodable),
        ("GET", 200, r#""content":{"size":1,"text":{},"encoding":"base64"}"#, Body::Undecodable),
        ("GET", 200, r#""content":{"size":-1,"text":"hi"}"#, text("hi")),
        ("GET", 200, r#""content":{"size":100,"text":"hi"}"#, cut(100)),
        ("GET", 200, r#""content":{"size":4,"text":"hi","mimeType":"text/plain; charset=UTF-16"}"#, text("hi")),
        ("GET", 200, r#""content":{"size":2}"#, Body::Unknown),
        ("GET", 200, r#""content":{"size":2,"text":""}"#, Body::Unknown),
        ("GET", 204, r#""bodySize":-1,"content":{"size":0,"text":""}"#, Body::Empty),
        ("GET", 204, r#""bodySize":0,"content":{"size":0}"#, Body::Empty),
        ("GET", 204, r#""content":{}"#, Body::Unknown),
        ("GET", 204, r#""bodySize":0"#, Body::Empty),
        ("GET", 304, r#""bodySize":0,"content":{"size":2,"text":"hi"}"#, Body::Empty),
        ("GET", 304, r#""bodySize":2,"content":{"size":2,"text":"hi"}"#, Body::Lost { length: Some(2), is_cut: false }),
        ("GET", 304, r#""bodySize":-1,"content":{"size":2,"text":"hi"}"#, Body::Unknown),
        // Firefox counts the header fields in.
        ("GET", 304, r#""headersSize":150,"bodySize":150"#, Body::Unknown),
        ("HEAD", 200, r#""bodySize":0,"content":{"size":2,"text":"hi"}"#, Body::Empty),
        ("HEAD", 200, r#""content":{"size":2,"text":"hi"}"#, Body::Unknown),
    ] {
        assert_eq!(har_body(method, status, response), body, "{method} {status} {response}");
    }
}

#[test]
fn what_is_no_exchange_is_skipped_and_what_is_broken_says_why() {
    let ok = r#"{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200}}"#;
    let cases = [
        (
            r#"{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":0,"_error":"net::ERR_ABORTED"}}"#,
            Err(Skipped::NoResponse),
        ),
        (
            r#"{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200,"_error":"net::ERR_FAILED"}}"#,
            Err(Skipped::NoResponse),
        ),
        (r#"{"request":{"method":"GET","url":"data:text/plain,hi"},"response":{"status":200}}"#, Err(Skipped::NotHttp)),
        (r#"{"request":{"method":"GET","url":"chrome-extension://x/y.js"},"response":{"status":200}}"#, Err(Skipped::NotHttp)),
        (r#"{"request":{"method":"GET","url":"wss://a.example/"},"response":{"status":200}}"#, Err(Skipped::NotHttp)),
        ("7", Ok("the entry has no `request`")),
        (r#"{"request":[],"response":{}}"#, Ok("`request` must be a map")),
        (r#"{"request":{"method":"GET"},"response":{"status":200}}"#, Ok("the entry has no `url`, or it is no text")),
        (
            r#"{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":"ok"}}"#,
            Ok("the entry has no `status`, or it is no number"),
        ),
        (
            r#"{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":70000}}"#,
            Ok("`status` is no status code: it must lie between 100 and 599"),
        ),
        (r#"{"request":{"method" "GET"}}"#, Ok("the entry is not valid JSON")),
    ];
    for (entry, expected) in cases {
        let found = entries(&har(&format!("{entry},{ok}")));
        let expected = match expected {
            Err(skipped) => Entry::Skipped(skipped),
            Ok(message) => Entry::Broken(message.to_owned()),
        };
        assert_eq!(found.len(), 2, "{entry}");
        assert_eq!(found[0], expected, "{entry}");
        assert!(matches!(found[1], Entry::Exchange(_)), "{entry}");
    }
    let ended = entries(&format!("{{\"log\":{{\"entries\":[{ok},{{\"request\":"));
    assert!(
        matches!(ended.as_slice(), [Entry::Exchange(_), Entry::Broken(message)] if message == "the recording ends inside of this entry"),
        "{ended:?}"
    );
}

#[test]
fn what_the_messages_tell_besides_their_content() {
    let entry = |protocol: &str, headers: &str| {
        exchange(&har(&format!(
            r#"{{"startedDateTime":"2026-01-31T09:00:00Z","request":{{"method":"GET","url":"https://a.example/","headers":[{headers}]}},
            "response":{{"status":200,"httpVersion":"{protocol}","headers":[{{"name":":status","value":"200"}}]}}}}"#
        )))
    };
    let plain = entry("HTTP/1.1", "");
    assert_eq!(
        (plain.response.protocol, plain.response.is_raw, plain.credentials),
        (Protocol::Http1, true, Credentials::Unknown)
    );
    assert_eq!(plain.time.as_deref(), Some("2026-01-31T09:00:00Z"));
    assert!(plain.response.headers.is_empty());
    let later = entry("h2", r#"{"name":"authorization","value":"x"}"#);
    assert_eq!(
        (later.response.protocol, later.response.is_raw, later.credentials),
        (Protocol::Later, false, Credentials::Present)
    );
    let none = exchange(
        r#"{"credentials":"none","request":{"method":"GET","path":"/x","headers":{"Host":"a.example"}},"response":{"status":200,"body":"a","bodyTruncated":true}}"#,
    );
    assert_eq!((none.credentials, none.request.url.as_str()), (Credentials::None, "http://a.example/x"));
    assert_eq!(none.response.body, Body::Lost { length: None, is_cut: true });
}

#[test]
fn packed_recordings_and_places() {
    let lines = "{\"request\":{\"method\":\"GET\",\"url\":\"/a\"},\"response\":{\"status\":200}}\n\nnonsense\n{\"request\":{\"method\":\"GET\",\"url\":\"/b\"},\"response\":{\"status\":204}}\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).expect("memory can be written");
    let packed = gzip.finish().expect("memory can be written");
    for bytes in [lines.as_bytes(), &packed] {
        let places: Vec<(u64, u64)> = entries_of(bytes).iter().map(|placed| (placed.index, placed.place.line)).collect();
        assert_eq!(places, [(0, 1), (1, 3), (2, 4)]);
        assert!(matches!(&entries_of(bytes)[1].entry, Entry::Broken(_)));
    }
}

#[test]
fn what_is_no_recording_is_said_to_be_none() {
    for text in ["", "openapi: 3.1.0", "{\"openapi\":\"3.1.0\"}", "\u{0}\u{1}", "[1,2]"] {
        let error = Recording::open(Cursor::new(text.as_bytes()), Limits::default()).err();
        assert!(matches!(error, Some(RecordingError::UnknownForm)), "{text}: {error:?}");
    }
    let error = Recording::open(Cursor::new(b"{\"log\":{\"entries\":{}}}"), Limits::default()).err();
    assert!(matches!(error, Some(RecordingError::NoEntries(Form::Har))), "{error:?}");
}
