//! Measures what it costs to hold exchanges against others of their recording, in time and in memory:
//!
//! ```text
//! cargo run --release --example sequences
//! ```
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example prints what it is for")]

use std::time::{Duration, Instant};

use statusquo::check::Sequence;
use statusquo::traffic::{
    Body, Credentials, Entry, Exchange, FieldLines, PlacedEntry, Protocol, RecordingPlace, Request, Response,
};

/// How many exchanges are taken in at once.
const BATCH: u64 = 2_000;

fn main() {
    measure("ordinary traffic", 2_000_000, ordinary);
    measure("every URL another one", 10_000_000, hostile);
    measure("every URL and every selection another one", 3_000_000, hostile_selections);
}

fn measure(what: &str, exchanges: u64, make: fn(u64) -> PlacedEntry) {
    let (mut sequence, mut spent) = (Sequence::default(), Vec::new());
    let before = resident();
    for first in (0..exchanges).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let entries: Vec<PlacedEntry> = (first..first + BATCH).map(make).collect();
        let start = Instant::now();
        let noted = sequence.note_all(&entries);
        spent.push(start.elapsed());
        assert_eq!(noted.len(), entries.len());
    }
    // Other programs make some batches slow, never one fast.
    spent.sort_unstable();
    let part = |part: usize| spent.get(spent.len() / part).map_or(0, Duration::as_nanos) / u128::from(BATCH);
    println!(
        "{what}: {exchanges} exchanges, {} ns each (the fastest quarter {}), {} MB kept",
        part(2),
        part(4),
        resident().saturating_sub(before) / 1024
    );
}

/// The memory of this process in KB, where the system tells it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or_default()
}

fn ordinary(index: u64) -> PlacedEntry {
    let (method, status) = match index % 10 {
        0 => ("POST", 201),
        1 => ("PUT", 200),
        2 => ("DELETE", 204),
        3 => ("GET", 404),
        4 => ("GET", 304),
        _ => ("GET", 200),
    };
    exchange(index, method, &format!("https://api.example.com/v1/orders/{}?expand=lines", index % 997), status, "gzip, br")
}

fn hostile(index: u64) -> PlacedEntry {
    exchange(index, "GET", &format!("https://api.example.com/{}{index}", "a".repeat(40)), 200, "gzip")
}

fn hostile_selections(index: u64) -> PlacedEntry {
    exchange(
        index,
        if index.is_multiple_of(2) { "GET" } else { "HEAD" },
        &format!("https://api.example.com/{}", index / 6),
        200,
        &format!("gzip;q=0.{}", index % 3),
    )
}

fn exchange(index: u64, method: &str, url: &str, status: u16, coding: &str) -> PlacedEntry {
    let fields = |lines: &[(&str, &str)]| -> FieldLines {
        lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let long = format!("\"{index:0>100}\"");
    let asked = [
        ("Host", "api.example.com"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"),
        ("Accept", "application/json, text/plain, */*"),
        ("Accept-Encoding", coding),
        ("Accept-Language", "en-GB,en;q=0.9"),
        ("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
        ("Referer", "https://shop.example.com/"),
        ("Sec-Fetch-Mode", "cors"),
        ("Connection", "keep-alive"),
    ];
    let answered = [
        ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", "1234"),
        ("Content-Encoding", "gzip"),
        ("ETag", long.as_str()),
        ("Cache-Control", "private, max-age=0"),
        ("Vary", "Accept, Accept-Encoding, Origin"),
        ("Location", "/v1/orders/7"),
        ("X-Request-Id", "6c84fb90-12c4-11e1-840d-7b25c5ee775a"),
        ("Server", "nginx"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ];
    let request = Request { method: method.to_owned(), url: url.to_owned(), headers: fields(&asked), body: Body::Empty };
    let response = Response {
        status,
        headers: fields(&answered),
        body: Body::Empty,
        protocol: Protocol::Http1,
        is_raw: true,
        has_all_headers: true,
    };
    let time = Some("2024-05-01T10:00:05.123Z".to_owned());
    let exchange = Exchange { time, request, response, credentials: Credentials::Present };
    PlacedEntry { index, place: RecordingPlace::default(), entry: Entry::Exchange(Box::new(exchange)) }
}
