//! One exchange a line: the form of our own, and names that other programs write for the same things.

use super::body::Body;
use super::entry::{Entry, Recorded, Skipped, Trouble};
use super::exchange::{Credentials, Exchange, Protocol, Request, Response};
use super::field_lines::FieldLines;
use super::har::{self, carries_credentials, is_of_browser};

/// Reads one line.
pub(super) fn read(entry: Recorded<'_>) -> Entry {
    exchange(entry).unwrap_or_else(Entry::Broken)
}

fn exchange(entry: Recorded<'_>) -> Result<Entry, Trouble> {
    if !entry.node.is_map() {
        return Err("an exchange must be a map with `request` and `response`".to_owned());
    }
    // The entries of a HAR, one a line.
    if entry.get(&["response"]).and_then(|response| response.get(&["content"])).is_some_and(|content| content.node.is_map()) {
        return Ok(har::read(entry));
    }
    let request = entry.map(&["request", "req"])?;
    let response = entry.map(&["response", "res", "resp"])?;
    let Some(status) = response.status(&["status", "statusCode", "status_code"])? else {
        return Ok(Entry::Skipped(Skipped::NoResponse));
    };
    let headers = request.fields(&["headers"]);
    let method = request.text(&["method"])?;
    let url = url(request, headers.value("host"))?;
    let sent_body = body(request, &headers);
    let sent = Request { method, url, headers, body: sent_body };
    let credentials = match entry.optional_text(&["credentials"]).as_deref() {
        Some("none") => Credentials::None,
        Some("present") => Credentials::Present,
        _ if carries_credentials(&sent) => Credentials::Present,
        _ => Credentials::Unknown,
    };
    let protocol = response.optional_text(&["httpVersion", "protocol"]).map_or(Protocol::Unknown, |text| Protocol::parse(&text));
    let (headers, has_all_headers) = (response.fields(&["headers"]), response.get(&["headers"]).is_some());
    let body = cut_short(body(response, &headers), response);
    let is_raw = protocol == Protocol::Http1 && !is_of_browser(entry);
    let answer = Response { status, headers, body, protocol, is_raw, has_all_headers };
    let time = entry.optional_text(&["startedAt", "startedDateTime", "time", "timestamp"]);
    Ok(Entry::Exchange(Box::new(Exchange { time, request: sent, response: answer, credentials })))
}

fn url(request: Recorded<'_>, host: Option<String>) -> Result<String, Trouble> {
    if let Some(url) = request.optional_text(&["url", "uri"]) {
        return Ok(url);
    }
    let path = request.optional_text(&["path"]).ok_or_else(|| "the request has neither `url` nor `path`".to_owned())?;
    let host = request.optional_text(&["host"]).or(host);
    Ok(host.map_or_else(|| path.clone(), |host| format!("http://{host}{path}")))
}

fn body(message: Recorded<'_>, headers: &FieldLines) -> Body {
    match (message.get(&["bodyBase64"]), message.node.get("body")) {
        (Some(body), _) => body.base64_body(headers.lines("content-type").last()),
        // Programs write so where there was none, and where they have not kept it.
        (None, Some(body)) if body.is_null() => Body::Unknown,
        (None, Some(body)) => message.at(body).body(),
        (None, None) => Body::Unknown,
    }
}

fn cut_short(body: Body, response: Recorded<'_>) -> Body {
    let is_cut = response.get(&["bodyTruncated"]).and_then(|flag| flag.node.as_bool()).unwrap_or_default();
    if is_cut { Body::Lost { length: None, is_cut } } else { body }
}
