//! Recordings made to break a reader: it says what is wrong or finishes, in bounded memory, and loses nothing silently.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::io::{self, Read, Write as _};

use serde_json::{Value, json};
use statusquo::traffic::{Body, Entry, Form, Limits, PlacedEntry, RawElement, Recording, RecordingError};

fn open(text: &[u8], limits: Limits) -> Result<Vec<PlacedEntry>, RecordingError> {
    let mut recording = Recording::open(text, limits)?;
    Ok(std::iter::from_fn(|| recording.next_entry().expect("memory can be read")).collect())
}

fn entries(text: &[u8]) -> Vec<Entry> {
    open(text, Limits::default()).expect("a recording").into_iter().map(|placed| placed.entry).collect()
}

/// What came of each entry: an exchange, something skipped, or why it is broken.
fn outcomes(text: &[u8]) -> Vec<String> {
    let outcome = |entry: Entry| match entry {
        Entry::Exchange(_) => "exchange".to_owned(),
        Entry::Skipped(_) => "skipped".to_owned(),
        Entry::Broken(message) => message,
    };
    entries(text).into_iter().map(outcome).collect()
}

fn entry() -> Value {
    json!({"startedDateTime": "2026-01-31T09:00:00Z", "_resourceType": "fetch", "_initiator": {}, "timings": {}, "cache": {},
        "request": {"method": "POST", "url": "https://a.example/x?y=1", "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [],
            "headers": [{"name": "Accept", "value": "*/*"}], "bodySize": 2, "postData": {"mimeType": "text/plain", "text": "hi"}},
        "response": {"status": 200, "httpVersion": "HTTP/1.1", "headers": [{"name": "Content-Type", "value": "text/plain"}],
            "bodySize": 2, "content": {"size": 2, "mimeType": "text/plain", "text": "aGk=", "encoding": "base64"}}})
}

fn har(entries: &[Value]) -> String {
    json!({"log": {"version": "1.2", "entries": entries}}).to_string()
}

/// The pointers of all members and items below a value.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)).collect(),
        _ => Vec::new(),
    };
    for (pointer, value) in inner {
        pointers(value, &pointer, into);
        into.push(pointer);
    }
}

#[test]
fn members_of_every_type_in_every_place() {
    let mut places = Vec::new();
    pointers(&entry(), "", &mut places);
    assert!(places.len() > 30);
    let values = [
        json!(null),
        json!(true),
        json!(-7),
        json!(1e300),
        json!(""),
        json!("secret-7"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"name": 1, "value": {}}),
        json!({"text": []}),
    ];
    // Without these nobody knows what was asked or answered.
    let needed = ["/request", "/response", "/request/method", "/request/url", "/response/status"];
    for place in &places {
        for value in &values {
            let mut changed = entry();
            *changed.pointer_mut(place).expect("a place") = value.clone();
            let found = outcomes(har(&[changed, entry()]).as_bytes());
            assert_eq!(found.len(), 2, "{place} = {value}");
            assert_eq!(found[1], "exchange", "{place} = {value}");
            assert!(!found[0].contains("secret-7"), "{}", found[0]);
            let is_needed = needed.contains(&place.as_str());
            assert!(is_needed || found[0] == "exchange", "{place} = {value}: {}", found[0]);
        }
    }
}

#[test]
fn every_beginning_of_a_recording_ends_well() {
    let lines = format!("{}\n{}\n", entry(), entry());
    let cassette =
        "http_interactions:\n- request: {method: get, uri: /x, headers: {}}\n  response: {status: {code: 200}, headers: {}}\n";
    for whole in [har(&[entry(), entry()]), lines, json!([entry(), entry()]).to_string(), cassette.to_owned()] {
        let expected = entries(whole.as_bytes()).len();
        for end in 0..whole.len() {
            let Ok(found) = open(&whole.as_bytes()[..end], Limits::default()) else { continue };
            let broken = found.iter().filter(|placed| matches!(placed.entry, Entry::Broken(_))).count();
            assert!(found.len() <= expected + 1 && broken <= 2, "{end}: {found:?}");
            assert!(found.iter().zip(0..).all(|(placed, index)| placed.index == index));
        }
    }
}

#[test]
fn lengths_that_lie_do_not_matter_more_than_they_may() {
    for (size, transferred, expected) in [
        (json!(9_007_199_254_740_993_i64), json!(0), None),
        (json!(-9e300), json!(-9e300), Some("hi")),
        (json!("2"), json!("x"), Some("hi")),
        (json!(0), json!(1e300), Some("hi")),
        (json!(1), json!(7), Some("hi")),
    ] {
        let mut changed = entry();
        changed["response"]["content"]["size"] = size.clone();
        changed["response"]["bodySize"] = transferred;
        changed["response"]["headers"] = json!([{"name": "Content-Length", "value": "99999999999999999999"}]);
        let found = entries(har(&[changed]).as_bytes());
        let [Entry::Exchange(exchange)] = found.as_slice() else { unreachable!("{found:?}") };
        assert_eq!(exchange.response.body.text(), expected, "{size}");
    }
}

#[test]
fn texts_that_are_nearly_recordings() {
    let one = har(&[entry()]);
    let behind = "more follows behind the list of entries and is not read: split the recording";
    let invalid = "the entry is not valid JSON";
    let e = entry();
    let cases: [(String, &[&str]); 11] = [
        (format!("\u{feff}\r\n{}", one.replace(',', ",\r\n")), &["exchange"]),
        (format!("{one}\n{one}"), &["exchange", behind]),
        (format!("{one}\u{0}"), &["exchange", behind]),
        (format!(r#"{{"log":{{"entries":[{e}],"version":"1.2","entries":[{e}]}}}}"#), &["exchange", behind]),
        (format!(r#"{{"log":{{"entries":[{e}]}},"log":{{"entries":[{e}]}}}}"#), &["exchange", behind]),
        (format!(r#"{{"log":{{"entries":[{e}],"version":"1.2","comment":"[}}"}}}}"#), &["exchange"]),
        (one.replace(r#""timings":{}"#, r#""timings":{"wait":NaN}"#), &["exchange"]),
        (one.replace(r#""bodySize":2"#, r#""bodySize":NaN"#), &[invalid]),
        (format!("{{\"log\":{{\"entries\":[\u{0},{e}]}}}}"), &[invalid, "exchange"]),
        (format!("{{\"log\":{{\"entries\":[{e},,{e} {e}]}}}}"), &["exchange", "exchange", "exchange"]),
        (format!("{e}\r\n{{\"request\":\u{0}}}\r\n{e}"), &["exchange", invalid, "exchange"]),
    ];
    for (text, expected) in cases {
        assert_eq!(outcomes(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn what_is_none_says_so() {
    let one = har(&[entry()]);
    let units: Vec<u16> = one.encode_utf16().collect();
    let wide: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let marked: Vec<u8> = [0xfe, 0xff].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
    for text in [wide, marked] {
        let error = open(&text, Limits::default()).expect_err("UTF-16");
        assert_eq!(error.to_string(), "the recording is not UTF-8: convert it with `iconv -t UTF-8`");
    }
    let error = open(format!("[{one}]").as_bytes(), Limits::default()).expect_err("a list of recordings");
    assert!(matches!(error, RecordingError::UnknownForm), "{error}");
    let error = open(br#"{"log":{"entries":7}}"#, Limits::default()).expect_err("a number");
    assert_eq!(error.to_string(), "the recording has no list `log.entries`");
}

/// A text in front, a byte many times, and a text behind.
struct Long(io::Chain<io::Chain<&'static [u8], io::Take<io::Repeat>>, &'static [u8]>);

impl Read for Long {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

fn long(front: &'static [u8], byte: u8, count: u64, behind: &'static [u8]) -> Long {
    Long(front.chain(io::repeat(byte).take(count)).chain(behind))
}

fn read_all(reader: impl Read + Send, limits: Limits) -> Vec<Entry> {
    let mut recording = Recording::open(reader, limits).expect("a recording");
    std::iter::from_fn(|| recording.next_entry().expect("memory can be read")).map(|placed| placed.entry).collect()
}

#[test]
fn a_long_string_is_read_past_and_the_rest_goes_on() {
    let front = br#"{"log":{"entries":[{"request":{"method":"GET","url":"/x"},"response":{"status":200,"content":{"text":""#;
    let found = read_all(
        long(front, b'a', 64 << 20, br#""}}},{"request":{"method":"GET","url":"/"},"response":{"status":204}}]}}"#),
        Limits { string: 1 << 20, element: 4 << 20 },
    );
    let [Entry::Exchange(first), Entry::Exchange(second)] = found.as_slice() else { unreachable!("{}", found.len()) };
    assert_eq!(first.response.body, Body::Lost { length: Some(64 << 20), is_cut: true });
    assert_eq!(second.response.status, 204);
}

#[test]
fn a_tower_of_brackets_is_one_broken_entry() {
    let small = Limits { string: 1 << 20, element: 4 << 20 };
    let found = read_all(long(br#"{"log":{"entries":["#, b'[', 10_000_000, b""), small);
    assert!(matches!(found.as_slice(), [Entry::Broken(_)]), "{}", found.len());
    let tower = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(r#"{{"log":{{"entries":[{tower},{}]}}}}"#, entry());
    assert_eq!(outcomes(text.as_bytes()), ["the entry is nested deeper than 255 levels, deeper than is read", "exchange"]);
    let unread = format!(r#"{{"request":{{"method":"GET","url":"/"}},"timings":{tower},"response":{{"status":204}}}}"#);
    assert_eq!(outcomes(format!(r#"{{"log":{{"entries":[{unread}]}}}}"#).as_bytes()), ["exchange"]);
}

#[test]
fn a_bomb_of_gzip_is_read_as_it_streams_by() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(br#"{"log":{"entries":["#).expect("memory can be written");
    io::copy(&mut io::repeat(b' ').take(64 << 20), &mut gzip).expect("memory can be written");
    let packed = gzip.finish().expect("memory can be written");
    assert!(packed.len() < 200_000);
    assert_eq!(outcomes(&packed), ["the recording ends inside of this entry"]);
    let half = &packed[..packed.len() / 2];
    let mut recording = Recording::open(half, Limits::default()).expect("a beginning");
    assert_eq!(recording.next_entry().expect_err("half a stream").kind(), io::ErrorKind::UnexpectedEof);
}

#[test]
fn aliases_of_cassettes_cannot_grow_without_end() {
    let wide = (1..12).map(|level| {
        let inner = format!("*a{}", level - 1);
        format!("x{level}: &a{level} [{}]\n", [inner.as_str(); 8].join(","))
    });
    let mut text: String = std::iter::once("x: &a0 [1,1,1,1,1,1,1,1]\n".to_owned()).chain(wide).collect();
    text.push_str("interactions:\n- request: {method: GET, uri: /x, body: *a11}\n  response: {status: {code: 200}}\n");
    assert!(outcomes(text.as_bytes()).iter().any(|outcome| outcome != "exchange"));
    let deep = (1..1_500).map(|level| format!("x{level}: &a{level} [*a{}]\n", level - 1));
    let mut chain: String = std::iter::once("x0: &a0 [1]\n".to_owned()).chain(deep).collect();
    chain.push_str("interactions:\n- request: {method: GET, uri: /x, body: *a1499}\n  response: {status: {code: 200}}\n");
    assert_eq!(outcomes(chain.as_bytes()).len(), 1);
}

#[test]
fn elements_can_be_read_elsewhere_and_keep_their_numbers() {
    let collection = r#"{"info":{"schema":"postman"},"item":[{"request":{"url":"/x"},"response":[{"code":200},{"code":404}]},
        {"request":{"url":"/y"},"response":[]},{"request":{"url":"/z"},"response":[{"code":200}]}]}"#;
    let lines = format!("{}\n\n7\n{}\n", entry(), entry());
    for (text, form) in
        [(har(&[entry(), json!(1), entry()]), Form::Har), (lines, Form::Ndjson), (collection.to_owned(), Form::Postman)]
    {
        let mut recording = Recording::open(text.as_bytes(), Limits::default()).expect("a recording");
        assert_eq!(recording.form(), form);
        let elements: Vec<_> = std::iter::from_fn(|| recording.next_raw().expect("memory can be read")).collect();
        let found: Vec<PlacedEntry> =
            std::thread::spawn(|| elements.into_iter().flat_map(RawElement::into_entries).collect()).join().expect("no panic");
        assert_eq!(found, open(text.as_bytes(), Limits::default()).expect("a recording"));
        assert_eq!(found.iter().map(|placed| placed.index).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
