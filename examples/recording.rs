//! Writes recorded traffic as browsers export it, the same for the same arguments, and the description it is checked against:
//!
//! ```text
//! cargo run --release --example recording -- har 500 > run.har
//! cargo run --release --example recording -- ndjson 500 json > run.ndjson
//! cargo run --release --example recording -- openapi > api.json
//! ```
//!
//! The third word says which bodies: `json`, `text`, `base64`, or `mixed` (half JSON, a quarter of each other).
//! One JSON body in a thousand does not fit its schema.
#![expect(clippy::print_stderr, reason = "an example prints what it is for")]

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How long bodies are, in bytes.
const BODY: usize = 10_000;

/// One JSON body in so many does not fit its schema.
const MISFIT_EVERY: u64 = 1_000;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Json,
    Text,
    Base64,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let size = words.get(1).and_then(|size| size.parse::<u64>().ok()).unwrap_or(10) * 1_000_000;
    let kinds: &[Kind] = match words.get(2).copied() {
        Some("json") => &[Kind::Json],
        Some("text") => &[Kind::Text],
        Some("base64") => &[Kind::Base64],
        _ => &[Kind::Json, Kind::Text, Kind::Json, Kind::Base64],
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match words.first().copied() {
        Some("har") => write_har(&mut out, size, kinds)?,
        Some("ndjson") => write_ndjson(&mut out, size, kinds)?,
        Some("openapi") => out.write_all(DESCRIPTION.as_bytes())?,
        _ => eprintln!("usage: recording har|ndjson|openapi [MEGABYTES] [json|text|base64|mixed]"),
    }
    out.flush()
}

pub(crate) fn write_har(out: &mut impl Write, size: u64, kinds: &[Kind]) -> io::Result<()> {
    out.write_all(
        br#"{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[{"startedDateTime":"2026-01-31T09:00:00.000Z","id":"page_1","title":"https://shop.example/","pageTimings":{"onContentLoad":412.5,"onLoad":903.1}}],"entries":["#,
    )?;
    let mut written = 0;
    for (index, kind) in (0..).zip(kinds.iter().cycle()) {
        let entry = har_entry(index, *kind);
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        out.write_all(entry.as_bytes())?;
        written += entry.len() as u64 + 2;
        if written >= size {
            break;
        }
    }
    out.write_all(b"\n]}}\n")
}

pub(crate) fn write_ndjson(out: &mut impl Write, size: u64, kinds: &[Kind]) -> io::Result<()> {
    let mut written = 0;
    for (index, kind) in (0..).zip(kinds.iter().cycle()) {
        let line = ndjson_line(index, *kind);
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
        if written >= size {
            break;
        }
    }
    Ok(())
}

fn target(kind: Kind, index: u64) -> (String, &'static str) {
    match kind {
        Kind::Json => {
            (format!("https://shop.example/v1/orders/{}?expand=items&page={}", index % 977, index % 7), "application/json")
        }
        Kind::Text => (format!("https://shop.example/v1/notes/{index}"), "text/plain; charset=utf-8"),
        Kind::Base64 => (format!("https://shop.example/v1/pictures/{index}"), "image/png"),
    }
}

fn har_entry(index: u64, kind: Kind) -> String {
    let (url, media_type) = target(kind, index);
    let (content, length) = body(index, kind);
    let (second, milli) = (index / 20 % 60, index * 50 % 1000);
    let encoding = if kind == Kind::Base64 { r#","encoding":"base64""# } else { "" };
    let request_headers = headers(&[
        (":authority", "shop.example"),
        (":method", "GET"),
        (":scheme", "https"),
        ("accept", "application/json, text/plain, */*"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("accept-language", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"),
        ("priority", "u=1, i"),
        ("referer", "https://shop.example/orders"),
        ("sec-ch-ua", "\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\""),
        ("sec-ch-ua-mobile", "?0"),
        ("sec-fetch-dest", "empty"),
        ("sec-fetch-mode", "cors"),
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"),
    ]);
    let response_headers = headers(&[
        ("cache-control", "private, max-age=0, must-revalidate"),
        ("content-encoding", "br"),
        ("content-type", media_type),
        ("date", "Sat, 31 Jan 2026 09:00:00 GMT"),
        ("etag", "W/\"2a3f-19b8c0d7e10\""),
        ("server", "edge"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("vary", "Accept-Encoding, Origin"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("x-request-id", "6f1c0d9e-2b7a-4c51-9a55-0c8d7e6f5a4b"),
        ("x-response-time", "23ms"),
    ]);
    format!(
        r#"{{"_connectionId":"4211","_initiator":{{"type":"script","stack":{{"callFrames":[{{"functionName":"load","scriptId":"31","url":"https://shop.example/assets/app-3f9c1.js","lineNumber":1,"columnNumber":48213}},{{"functionName":"run","scriptId":"31","url":"https://shop.example/assets/app-3f9c1.js","lineNumber":1,"columnNumber":50120}}]}}}},"_priority":"High","_resourceType":"fetch","cache":{{}},"connection":"443","pageref":"page_1","request":{{"method":"GET","url":"{url}","httpVersion":"h2","headers":{request_headers},"queryString":[{{"name":"expand","value":"items"}},{{"name":"page","value":"1"}}],"cookies":[],"headersSize":-1,"bodySize":0}},"response":{{"status":200,"statusText":"","httpVersion":"h2","headers":{response_headers},"cookies":[],"content":{{"size":{length},"mimeType":"{media_type}","text":{content}{encoding}}},"redirectURL":"","headersSize":-1,"bodySize":-1,"_transferSize":3211,"_error":null}},"serverIPAddress":"203.0.113.7","startedDateTime":"2026-01-31T09:00:{second:02}.{milli:03}Z","time":48.25,"timings":{{"blocked":1.4,"dns":-1,"ssl":-1,"connect":-1,"send":0.2,"wait":44.1,"receive":2.55,"_blocked_queueing":1.1}}}}"#
    )
}

fn headers(fields: &[(&str, &str)]) -> String {
    let lines = fields.iter().map(|(name, value)| format!(r#"{{"name":"{name}","value":{}}}"#, quoted(value)));
    format!("[{}]", lines.collect::<Vec<_>>().join(","))
}

fn ndjson_line(index: u64, kind: Kind) -> String {
    let (url, media_type) = target(kind, index);
    let (content, _) = body(index, kind);
    let member = if kind == Kind::Base64 { "bodyBase64" } else { "body" };
    format!(
        r#"{{"id":"{index}","startedAt":"2026-01-31T09:00:00Z","request":{{"method":"GET","url":"{url}","headers":{{"accept":"*/*","user-agent":"shop/1.0"}}}},"response":{{"status":200,"headers":{{"content-type":"{media_type}","cache-control":"no-store","date":"Sat, 31 Jan 2026 09:00:00 GMT"}},"{member}":{content}}},"credentials":"unknown"}}
"#
    )
}

/// A body as a JSON string, and its length in bytes.
fn body(index: u64, kind: Kind) -> (String, usize) {
    let mut random = Random(index.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    match kind {
        Kind::Json => {
            let is_misfit = random.below(MISFIT_EVERY) == 0;
            let text = order(&mut random, is_misfit);
            (quoted(&text), text.len())
        }
        Kind::Text => {
            let text = prose(&mut random, BODY);
            (quoted(&text), text.len())
        }
        Kind::Base64 => {
            let bytes: Vec<u8> = (0..BODY).map(|_| (random.next() >> 24) as u8).collect();
            (quoted(&STANDARD.encode(&bytes)), bytes.len())
        }
    }
}

/// An order with items until it is long enough; some thirty properties in all.
fn order(random: &mut Random, is_misfit: bool) -> String {
    let mut text = format!(
        r#"{{"id":{},"number":"2026-{:06}","status":"{}","createdAt":"2026-01-31T09:00:00Z","updatedAt":null,"currency":"EUR","total":{}.{:02},"paid":{},"note":{},"customer":{{"id":{},"name":"{}","email":"{}@mail.example","vip":false,"tags":["{}","{}"]}},"shipping":{{"street":"{}","city":"{}","zip":"{:05}","country":"DE","geo":{{"lat":52.{},"lon":13.{}}}}},"items":["#,
        if is_misfit { "\"seventeen\"".to_owned() } else { random.below(1_000_000).to_string() },
        random.below(1_000_000),
        ["open", "paid", "shipped", "closed"][random.below(4) as usize],
        random.below(10_000),
        random.below(100),
        random.below(2) == 0,
        quoted(&prose(random, 80)),
        random.below(100_000),
        random.word(),
        random.word(),
        random.word(),
        random.word(),
        random.word(),
        random.word(),
        random.below(100_000),
        random.below(10_000),
        random.below(10_000),
    );
    let mut separator = "";
    while text.len() < BODY - 300 {
        let _ = write!(
            text,
            r#"{separator}{{"sku":"{}-{:04}","title":"{} {}","quantity":{},"price":{}.{:02},"discount":{},"taxRate":0.19,"available":{},"attributes":{{"colour":"{}","size":"{}","weight":{}}},"images":["https://cdn.shop.example/{}.jpg"]}}"#,
            random.word(),
            random.below(10_000),
            random.word(),
            random.word(),
            1 + random.below(9),
            random.below(500),
            random.below(100),
            if random.below(2) == 0 { "null" } else { "0.1" },
            random.below(2) == 0,
            random.word(),
            ["S", "M", "L"][random.below(3) as usize],
            random.below(5_000),
            random.word(),
        );
        separator = ",";
    }
    text.push_str("],\"links\":{\"self\":\"/v1/orders/1\"}}");
    text
}

fn prose(random: &mut Random, length: usize) -> String {
    let mut text = String::with_capacity(length + 16);
    while text.len() < length {
        text.push_str(random.word());
        text.push_str(match random.below(24) {
            0 => ".\n",
            1 => ", ",
            _ => " ",
        });
    }
    text
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Random enough, and the same everywhere (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 33) % limit
    }

    fn word(&mut self) -> &'static str {
        const WORDS: [&str; 16] = [
            "harbour", "lantern", "über", "copper", "meadow", "quartz", "river", "saddle", "timber", "velvet", "winter",
            "yellow", "anchor", "basket", "candle", "drift",
        ];
        WORDS[self.below(16) as usize]
    }
}

/// One operation for each kind of body.
pub(crate) const DESCRIPTION: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Shop", "version": "1"},
  "servers": [{"url": "https://shop.example/v1"}],
  "paths": {
    "/orders/{id}": {"get": {"operationId": "getOrder", "parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
      "responses": {"200": {"description": "The order.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}},
    "/notes/{id}": {"get": {"operationId": "getNote", "parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
      "responses": {"200": {"description": "The note.", "content": {"text/plain": {"schema": {"type": "string"}}}}}}},
    "/pictures/{id}": {"get": {"operationId": "getPicture", "parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
      "responses": {"200": {"description": "The picture.", "content": {"image/png": {}}}}}}
  },
  "components": {"schemas": {
    "Order": {"type": "object", "required": ["id", "number", "status", "createdAt", "currency", "total", "items"], "properties": {
      "id": {"type": "integer", "minimum": 0},
      "number": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{6}$"},
      "status": {"enum": ["open", "paid", "shipped", "closed"]},
      "createdAt": {"type": "string", "format": "date-time"},
      "updatedAt": {"type": ["string", "null"], "format": "date-time"},
      "currency": {"type": "string", "minLength": 3, "maxLength": 3},
      "total": {"type": "number", "minimum": 0},
      "paid": {"type": "boolean"},
      "note": {"type": "string", "maxLength": 500},
      "customer": {"$ref": "#/components/schemas/Customer"},
      "shipping": {"$ref": "#/components/schemas/Address"},
      "items": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Item"}},
      "links": {"type": "object", "additionalProperties": {"type": "string"}}}},
    "Customer": {"type": "object", "required": ["id", "name"], "properties": {
      "id": {"type": "integer"},
      "name": {"type": "string", "minLength": 1},
      "email": {"type": "string"},
      "vip": {"type": "boolean"},
      "tags": {"type": "array", "items": {"type": "string"}}}},
    "Address": {"type": "object", "required": ["street", "city"], "properties": {
      "street": {"type": "string"},
      "city": {"type": "string"},
      "zip": {"type": "string", "pattern": "^[0-9]{5}$"},
      "country": {"type": "string", "minLength": 2, "maxLength": 2},
      "geo": {"type": "object", "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}}}}},
    "Item": {"type": "object", "required": ["sku", "title", "quantity", "price"], "properties": {
      "sku": {"type": "string"},
      "title": {"type": "string"},
      "quantity": {"type": "integer", "minimum": 1},
      "price": {"type": "number", "minimum": 0},
      "discount": {"type": ["number", "null"]},
      "taxRate": {"type": "number"},
      "available": {"type": "boolean"},
      "attributes": {"type": "object", "additionalProperties": true, "properties": {
        "colour": {"type": "string"}, "size": {"type": "string"}, "weight": {"type": "integer"}}},
      "images": {"type": "array", "items": {"type": "string"}}}}
  }}
}
"##;
