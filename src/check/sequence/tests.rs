use super::Sequence;
use crate::facts::{Circle, Neighbours};
use crate::traffic::{Body, Credentials, Entry, Exchange, FieldLines, PlacedEntry, Protocol, RecordingPlace, Request, Response};

/// `GET /orders 404`, with fields of the request behind `>` and of the response behind `<`, and a time behind `@`.
fn entry((index, line): (u64, &&str)) -> PlacedEntry {
    let mut words = line.split('|').map(str::trim);
    let mut head = words.next().unwrap().split(' ');
    let (method, url, status) = (head.next().unwrap(), head.next().unwrap(), head.next().unwrap());
    let rest: Vec<&str> = words.collect();
    let fields = |mark: char| -> FieldLines {
        let lines = rest.iter().filter_map(|word| word.strip_prefix(mark)?.split_once(": "));
        lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let request = Request { method: method.to_owned(), url: url.to_owned(), headers: fields('>'), body: Body::Unknown };
    let credentials = if request.headers.has("authorization") { Credentials::Present } else { Credentials::Unknown };
    let response = Response {
        status: status.parse().unwrap(),
        headers: fields('<'),
        body: Body::Empty,
        protocol: Protocol::Http1,
        is_raw: true,
        has_all_headers: true,
    };
    let time = rest.iter().find_map(|word| word.strip_prefix('@')).map(str::to_owned);
    let exchange = Exchange { time, request, response, credentials };
    PlacedEntry { index, place: RecordingPlace::default(), entry: Entry::Exchange(Box::new(exchange)) }
}

fn entries(lines: &[&str]) -> Vec<PlacedEntry> {
    (0..).zip(lines).map(entry).collect()
}

fn noted(lines: &[&str]) -> Vec<Neighbours> {
    Sequence::default().note_all(&entries(lines))
}

fn last(lines: &[&str]) -> Neighbours {
    noted(lines).pop().unwrap()
}

#[test]
fn a_resource_is_known_in_every_spelling() {
    let missing = "GET https://api.example.com/a/%7eb?q=%2f 404";
    for (url, is_same) in [
        ("https://api.example.com/a/~b?q=%2F", true),
        ("HTTPS://me@API.example.com:443/./a/x/../%7Eb?q=%2F#part", true),
        ("https://api.example.com/a/~b/?q=%2F", false),
        ("https://api.example.com/a/~b?q=/", false),
        ("https://api.example.com/a/~b", false),
        ("http://api.example.com/a/~b?q=%2F", false),
        ("https://api.example.com:8443/a/~b?q=%2F", false),
        ("/a/~b?q=%2F", false),
    ] {
        let put = format!("PUT {url} 204");
        assert_eq!(last(&[missing, &put]).found_missing, is_same.then_some(0), "{url}");
    }
}

#[test]
fn what_others_wrote_in_between_counts_at_their_origin_only() {
    for (between, found) in [
        ("POST https://stats.example.com/hits 200", Some(0)),
        ("POST https://api.example.com/b 200", None),
        ("POST https://api.example.com/b 422", Some(0)),
        ("DELETE https://api.example.com/b 204", Some(0)),
        ("GET https://api.example.com/b 200", Some(0)),
        ("LOCK https://api.example.com/b 200", None),
        ("POST https://api.example.com/b 503", None),
    ] {
        let lines = ["GET https://api.example.com/a 404", between, "PUT https://api.example.com/a 200"];
        assert_eq!(last(&lines).found_missing, found, "{between}");
    }
}

#[test]
fn more_origins_than_are_told_apart_prove_nothing() {
    let mut lines = vec!["GET /a 404".to_owned()];
    lines.extend((0..1_001).map(|number| format!("POST http://{number}.example.com/ 200")));
    lines.push("PUT /a 200".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(last(&lines).found_missing, None);
}

#[test]
fn only_later_exchanges_are_judged() {
    let deleted = "DELETE /a/1 204 | @2024-05-01T10:00:05+00:00";
    for (time, index) in [
        ("2024-05-01T10:00:05Z", Some(0)),
        ("2024-05-01T12:00:06+02:00", Some(0)),
        ("2024-05-01T12:00:04+02:00", None),
        ("sometime", Some(0)),
    ] {
        let get = format!("GET /a/1 200 | @{time}");
        assert_eq!(last(&[deleted, &get]).deleted, index, "{time}");
    }
    let lines = [deleted, "GET /a/1 404 | @2024-05-01T10:00:01Z", "GET /a/1 200 | @2024-05-01T10:00:06Z"];
    assert_eq!(last(&lines).deleted, Some(0), "an earlier 404 does not change what is known");
}

#[test]
fn created_resources_are_found_by_their_location() {
    for (location, url) in [
        ("/orders/7", "http://a/orders/7"),
        ("7", "http://a/7"),
        ("orders/7#part", "http://a/orders/7"),
        ("//b/orders/7", "http://b/orders/7"),
        ("HTTP://A:80/orders/7", "http://a/orders/7"),
    ] {
        let (post, get) = (format!("POST http://a/orders 201 | <Location: {location}"), format!("GET {url} 404"));
        assert_eq!(last(&[&post, &get]).created, Some(0), "{location}");
    }
    let put = ["PUT /orders 201 | <Location: /orders/7", "GET /orders/7 404"];
    assert_eq!(last(&put).created, None, "the target of a PUT is what it created");
}

#[test]
fn circles() {
    let circle = |index, hops| Some(Circle { index, hops });
    let go = |from: usize, to: usize| format!("GET /{from} 302 | <Location: /{to}");
    let ring = |length: usize| -> Vec<String> { (0..length).map(|step| go(step, (step + 1) % length)).collect() };
    for (length, found) in [(1, circle(0, 1)), (2, circle(0, 2)), (5, circle(0, 5)), (6, None)] {
        let lines = ring(length);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(last(&lines).circle, found, "{length}");
    }
    let cases: [(&[&str], Option<Circle>); 6] = [
        (&["GET /a 302 | <Location: /b", "GET /c 200", "GET /b 307 | <Location: /a"], circle(0, 2)),
        (&["GET /x 302 | <Location: /a", "GET /a 301 | <Location: /b", "GET /b 301 | <Location: /a"], circle(1, 2)),
        (&["GET /a 302 | <Location: /b", "HEAD /b 302 | <Location: /a"], None),
        (&["GET /a 302 | <Location: /b | <Set-Cookie: a=b", "GET /b 302 | <Location: /a"], None),
        (&["GET /a 302 | <Location: /b | >Authorization: one", "GET /b 302 | <Location: /a | >Authorization: two"], None),
        (&["GET /a 302 | <Location: "], None),
    ];
    for (lines, found) in cases {
        assert_eq!(last(lines).circle, found, "{lines:?}");
    }
}

#[test]
fn a_chain_that_nobody_follows_is_given_up() {
    let mut lines = vec!["GET /a 302 | <Location: /b"];
    lines.extend(["GET /c 200"; 60]);
    lines.push("GET /b 302 | <Location: /a");
    assert_eq!(last(&lines).circle, None);
}

#[test]
fn credentials_are_good_if_they_were_before_and_afterwards() {
    let one = |what: &str| format!("{what} | >Authorization: Bearer one");
    let refused_at = |lines: &[String], place: usize| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        noted(&lines).get(place).and_then(|neighbours| neighbours.accepted_credentials)
    };
    let (put, get, refused) = (one("PUT /a 204"), one("GET /a 200"), one("GET /b 401"));
    assert_eq!(refused_at(&[put.clone(), refused.clone(), put.clone()], 1), Some(2));
    assert_eq!(refused_at(&[put.clone(), refused.clone(), get.clone()], 1), None, "anybody may read `/a`");
    let asked = "GET /a 401".to_owned();
    assert_eq!(refused_at(&[asked, get.clone(), refused.clone(), get], 2), Some(3), "not everybody may");
    assert_eq!(refused_at(&[refused.clone(), put.clone(), refused.clone()], 0), None, "they became good");
    let digest = |what: &str| format!("{what} | >Authorization: Digest response=1");
    assert_eq!(refused_at(&[digest("PUT /a 204"), digest("GET /b 401"), digest("PUT /a 204")], 1), None);
    let mut sequence = Sequence::default();
    sequence.note_all(&entries(&[&put, &refused]));
    let later = sequence.note_all(&entries(&[&refused, &put]));
    assert_eq!(
        later.first().and_then(|neighbours| neighbours.accepted_credentials),
        Some(1),
        "what is known lasts, places do not"
    );
}

#[test]
fn answers_are_compared_with_those_to_the_same_request() {
    let json = "GET /a 200 | >Accept: application/json | <ETag: \"j\" | <Content-Type: application/json";
    let csv = "GET /a 200 | >Accept: text/csv | <ETag: \"c\" | <Content-Type: text/csv";
    let full = |line: &str| last(&[json, csv, line]).full_answer.map(|answer| answer.index);
    assert_eq!(full("GET /a 304 | >Accept: application/json | >If-None-Match: \"j\""), Some(0));
    assert_eq!(full("HEAD /a 200 | >accept: text/csv"), Some(1));
    assert_eq!(full("GET /a 304"), None);
    assert_eq!(full("GET /a 304 | >Accept: text/csv | >Authorization: Bearer one"), None);
    let others = last(&[json, csv]).others;
    assert_eq!(
        others.iter().map(|other| (other.answer.index, other.by_media_type, other.by_language)).collect::<Vec<_>>(),
        [(0, true, false)]
    );
    let another_user_agent = last(&[json, "GET /a 200 | >User-Agent: b | >Accept: text/csv"]);
    assert!(another_user_agent.others.is_empty());
}
