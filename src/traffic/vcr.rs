//! VCR cassettes, as Ruby's `vcr` and Python's `vcrpy` write them.

use super::body::Body;
use super::entry::{Entry, Recorded, Skipped, Trouble};
use super::exchange::{Credentials, Exchange, Protocol, Request, Response};
use super::har::carries_credentials;

/// Whether an interaction is one of a cassette and not of a Pact contract: both are called `interactions`.
pub(super) fn is_one(entry: Recorded<'_>) -> bool {
    entry.get(&["request"]).is_some_and(|request| request.get(&["uri"]).is_some())
}

/// Reads one of `http_interactions` or `interactions`.
pub(super) fn read(entry: Recorded<'_>) -> Entry {
    exchange(entry).unwrap_or_else(Entry::Broken)
}

fn exchange(entry: Recorded<'_>) -> Result<Entry, Trouble> {
    let request = entry.map(&["request"])?;
    let response = entry.map(&["response"])?;
    let status = response.get(&["status"]).filter(|status| status.node.is_map()).unwrap_or(response);
    let Some(status) = status.status(&["code", "status_code"])? else { return Ok(Entry::Skipped(Skipped::NoResponse)) };
    let method = request.text(&["method"])?.to_ascii_uppercase();
    let sent =
        Request { method, url: request.text(&["uri", "url"])?, headers: request.fields(&["headers"]), body: body(request) };
    let credentials = if carries_credentials(&sent) { Credentials::Present } else { Credentials::Unknown };
    let protocol = response.optional_text(&["http_version"]).map_or(Protocol::Unknown, |text| Protocol::parse(&text));
    let (headers, body) = (response.fields(&["headers"]), body(response));
    let response = Response { status, headers, body, protocol, is_raw: protocol == Protocol::Http1, has_all_headers: true };
    let time = entry.optional_text(&["recorded_at"]);
    Ok(Entry::Exchange(Box::new(Exchange { time, request: sent, response, credentials })))
}

/// A text, or a map with `string` or `base64_string`.
fn body(message: Recorded<'_>) -> Body {
    let Some(body) = message.node.get("body").map(|body| message.at(body)) else { return Body::Unknown };
    if !body.node.is_map() {
        return body.body();
    }
    match (body.get(&["base64_string"]), body.get(&["string"])) {
        (Some(text), _) => text.base64_body(None),
        (None, Some(text)) => text.body(),
        (None, None) => Body::Empty,
    }
}
