//! Pact contracts (versions 2 to 4): each interaction is an exchange that a consumer relies on.

use super::body::Body;
use super::entry::{Entry, Recorded, Skipped, Trouble};
use super::exchange::{Credentials, Exchange, Protocol, Request, Response};
use super::field_lines::FieldLines;
use super::value::Value;

/// Reads one of `interactions`.
pub(super) fn read(entry: Recorded<'_>) -> Entry {
    exchange(entry).unwrap_or_else(Entry::Broken)
}

fn exchange(entry: Recorded<'_>) -> Result<Entry, Trouble> {
    let kind = entry.optional_text(&["type"]);
    if kind.is_some_and(|kind| kind != "Synchronous/HTTP") {
        return Ok(Entry::Skipped(Skipped::NotHttp));
    }
    let request = entry.map(&["request"])?;
    let response = entry.map(&["response"])?;
    // A response without a status stands for 200 (Pact specification, version 2).
    let status = if response.get(&["status"]).is_some() { response.status(&["status"])? } else { Some(200) };
    let Some(status) = status else { return Ok(Entry::Skipped(Skipped::NoResponse)) };
    let (sent, fields) = message(request);
    let (body, headers) = message(response);
    let method = request.optional_text(&["method"]).unwrap_or_else(|| "GET".to_owned()).to_ascii_uppercase();
    let request = Request { method, url: url(request)?, headers: fields, body: sent };
    // A contract names the fields that the consumer reads: of the others nothing is known.
    let response = Response { status, headers, body, protocol: Protocol::Unknown, is_raw: false, has_all_headers: false };
    Ok(Entry::Exchange(Box::new(Exchange { time: None, request, response, credentials: Credentials::Unknown })))
}

fn url(request: Recorded<'_>) -> Result<String, Trouble> {
    let path = request.text(&["path"])?;
    let query = match request.get(&["query"]) {
        Some(query) if query.node.is_map() => pairs(query),
        Some(query) => query.node.text().unwrap_or_default().into_owned(),
        None => String::new(),
    };
    Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
}

fn pairs(query: Recorded<'_>) -> String {
    let pairs = query
        .node
        .entries()
        .flat_map(|(name, value)| value.items().filter_map(Value::text).map(move |value| format!("{name}={value}")));
    pairs.collect::<Vec<_>>().join("&")
}

/// The body and the header fields; a JSON body without a media type is sent as `application/json`.
fn message(message: Recorded<'_>) -> (Body, FieldLines) {
    let mut fields = message.fields(&["headers"]);
    let Some(body) = message.node.get("body").map(|body| message.at(body)) else { return (Body::Unknown, fields) };
    let (body, media_type) =
        match body.node.get("content").filter(|_| body.node.get("contentType").is_some() || body.node.get("encoded").is_some()) {
            Some(content) => (encoded(body, body.at(content)), body.optional_text(&["contentType"])),
            None => (body.body(), (!body.node.is_null() && body.node.as_str().is_none()).then(|| "application/json".to_owned())),
        };
    if let Some(media_type) = media_type.filter(|_| !fields.has("content-type")) {
        fields.push("Content-Type".to_owned(), media_type);
    }
    (body, fields)
}

fn encoded(body: Recorded<'_>, content: Recorded<'_>) -> Body {
    let encoding = body.get(&["encoded"]).and_then(|encoded| encoded.node.text());
    match encoding.as_deref() {
        Some("base64" | "true") => {
            content.base64_body(body.get(&["contentType"]).and_then(|media_type| media_type.node.as_str()))
        }
        _ => content.body(),
    }
}
