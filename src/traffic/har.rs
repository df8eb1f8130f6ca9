//! HAR 1.2 (1.1 and 1.3 read as well), with what real exporters make of it.

use super::body::Body;
use super::entry::{Entry, Recorded, Skipped, Trouble};
use super::exchange::{Credentials, Exchange, Protocol, Request, Response};

/// Members of an entry that tell nothing about the answer.
pub(super) const UNREAD: &[&str] = &["_initiator", "cache", "cookies", "queryString", "timings"];

/// Reads one of `log.entries`.
pub(super) fn read(entry: Recorded<'_>) -> Entry {
    exchange(entry).unwrap_or_else(Entry::Broken)
}

fn exchange(entry: Recorded<'_>) -> Result<Entry, Trouble> {
    let request = entry.map(&["request"])?;
    let response = entry.map(&["response"])?;
    let url = request.text(&["url"])?;
    // Chrome says so where a request was blocked or broken off.
    let failed = response.get(&["_error"]).is_some();
    let Some(status) = response.status(&["status"])?.filter(|_| !failed) else { return Ok(Entry::Skipped(Skipped::NoResponse)) };
    if !is_http(&url) && status != 101 {
        return Ok(Entry::Skipped(Skipped::NotHttp));
    }
    if is_of_cache(request, response, status) {
        return Ok(Entry::Skipped(Skipped::FromCache));
    }
    let method = request.text(&["method"])?;
    let protocol = protocol(response).or_else(|| protocol(request)).unwrap_or_default();
    let body = response_body(response, status, &method);
    let headers = response.fields(&["headers"]);
    let is_raw = protocol == Protocol::Http1 && !is_of_browser(entry);
    let sent = Request { method, url, headers: request.fields(&["headers"]), body: request_body(request) };
    let credentials = if carries_credentials(&sent) { Credentials::Present } else { Credentials::Unknown };
    let time = entry.optional_text(&["startedDateTime"]);
    let response = Response { status, headers, body, protocol, is_raw, has_all_headers: true };
    Ok(Entry::Exchange(Box::new(Exchange { time, request: sent, response, credentials })))
}

/// A browser that is told that its copy still holds shows the copy: the status and the content of the 200, and the header fields of the
/// 304, which are not those of either.
fn is_of_cache(request: Recorded<'_>, response: Recorded<'_>, status: u16) -> bool {
    let transferred = response.number(&["bodySize"]) == Some(0);
    let has_content = response.get(&["content"]).and_then(|content| content.number(&["size"])).is_some_and(|size| size > 0);
    let is_conditional = || {
        let fields = request.fields(&["headers"]);
        fields.has("if-none-match") || fields.has("if-modified-since")
    };
    status == 200 && transferred && has_content && is_conditional()
}

/// Chrome and its kin show fields of HTTP/2 as if they were lines; what has such members was written by a browser.
pub(super) fn is_of_browser(entry: Recorded<'_>) -> bool {
    entry.get(&["_resourceType", "_initiator"]).is_some()
}

fn is_http(url: &str) -> bool {
    url.split_once(':').is_none_or(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") || scheme.contains('/')
    })
}

fn protocol(message: Recorded<'_>) -> Option<Protocol> {
    Some(Protocol::parse(&message.optional_text(&["httpVersion"])?)).filter(|protocol| *protocol != Protocol::Unknown)
}

/// Whether the request shows credentials. Their absence tells nothing: browsers leave them out.
pub(super) fn carries_credentials(request: &Request) -> bool {
    ["authorization", "cookie", "x-api-key", "api-key"].iter().any(|name| request.headers.has(name))
}

fn request_body(request: Recorded<'_>) -> Body {
    match request.get(&["postData"]) {
        Some(data) => data.get(&["text"]).map_or(Body::Unknown, Recorded::body),
        None if request.number(&["bodySize"]) == Some(0) => Body::Empty,
        None => Body::Unknown,
    }
}

/// The content of the response. For 304 and HEAD the text is that of the cache, and only `bodySize` tells of the wire. Firefox
/// counts the header fields into it, so that one of their size tells nothing.
fn response_body(response: Recorded<'_>, status: u16, method: &str) -> Body {
    let headers = response.number(&["headersSize"]).filter(|size| *size > 0);
    let transferred = response.number(&["bodySize"]).filter(|size| Some(*size) != headers);
    if status == 304 || method == "HEAD" {
        return transferred.map_or(Body::Unknown, of_length);
    }
    let Some(content) = response.get(&["content"]) else { return transferred.map_or(Body::Unknown, of_length) };
    let size = content.number(&["size"]);
    match recorded_text(content) {
        None | Some(Body::Empty) if size.is_some_and(|size| size > 0) => Body::Unknown,
        None if size == Some(0) || transferred == Some(0) => Body::Empty,
        None => Body::Unknown,
        Some(body) => cut_short(body, size, content),
    }
}

fn recorded_text(content: Recorded<'_>) -> Option<Body> {
    let text = content.get(&["text"])?;
    let encoding = content.get(&["encoding"]).and_then(|encoding| encoding.node.as_str()).unwrap_or_default();
    if encoding.eq_ignore_ascii_case("base64") {
        return Some(text.base64_body(content.get(&["mimeType"]).and_then(|media_type| media_type.node.as_str())));
    }
    Some(text.body())
}

/// A text shorter than the content was is the beginning of it. Other character sets than UTF-8 have other lengths.
fn cut_short(body: Body, size: Option<i64>, content: Recorded<'_>) -> Body {
    let length = size.and_then(|size| u64::try_from(size).ok());
    // Where the size is that of the coded content, `compression` tells how much the text is longer; below zero it is shorter.
    let saved = content.number(&["compression"]).unwrap_or_default();
    let is_coded = |kept: u64| size.is_some_and(|size| saved != 0 && i64::try_from(kept).is_ok_and(|kept| kept == size + saved));
    let is_wide = content.optional_text(&["mimeType"]).is_some_and(|text| text.to_ascii_lowercase().contains("utf-16"));
    match (body.length(), length) {
        (Some(kept), Some(length)) if kept < length && !is_wide && !is_coded(kept) => {
            Body::Lost { length: Some(length), is_cut: true }
        }
        _ => body,
    }
}

fn of_length(length: i64) -> Body {
    match length {
        0 => Body::Empty,
        length => u64::try_from(length).map_or(Body::Unknown, |length| Body::Lost { length: Some(length), is_cut: false }),
    }
}
