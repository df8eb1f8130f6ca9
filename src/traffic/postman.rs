//! The saved examples of Postman collections (version 2.1).

use super::body::Body;
use super::entry::{Entry, Recorded, Trouble};
use super::exchange::{Credentials, Exchange, Protocol, Request, Response};
use super::har::carries_credentials;

/// How deep folders may lie in folders.
const DEEPEST_FOLDER: usize = 32;

/// Reads the examples of one `item`: a request, or a folder of them.
pub(super) fn read(item: Recorded<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    examples(item, 0, &mut entries);
    entries
}

fn examples(item: Recorded<'_>, depth: usize, entries: &mut Vec<Entry>) {
    if let Some(items) = item.get(&["item"]).filter(|_| depth < DEEPEST_FOLDER) {
        items.node.items().for_each(|inner| examples(item.at(inner), depth + 1, entries));
    }
    let responses = item.get(&["response"]).into_iter().flat_map(|list| list.node.items());
    entries.extend(responses.map(|response| exchange(item, item.at(response)).unwrap_or_else(Entry::Broken)));
}

fn exchange(item: Recorded<'_>, response: Recorded<'_>) -> Result<Entry, Trouble> {
    let request = response.get(&["originalRequest"]).or_else(|| item.get(&["request"]));
    let request = request.ok_or_else(|| "the example has no `originalRequest`".to_owned())?;
    let code = response.status(&["code"])?;
    let Some(status) = code else { return Ok(Entry::Skipped(super::entry::Skipped::NoResponse)) };
    let method = request.optional_text(&["method"]).unwrap_or_else(|| "GET".to_owned());
    let body = request.get(&["body"]).and_then(|body| body.get(&["raw"])).map_or(Body::Unknown, Recorded::body);
    let sent = Request { method, url: url(request)?, headers: request.fields(&["header", "headers"]), body };
    let credentials = if carries_credentials(&sent) { Credentials::Present } else { Credentials::Unknown };
    let headers = response.fields(&["header", "headers"]);
    let has_all_headers = !headers.is_empty();
    let body = response.get(&["body"]).map_or(Body::Unknown, Recorded::body);
    let response = Response { status, headers, body, protocol: Protocol::Unknown, is_raw: false, has_all_headers };
    Ok(Entry::Exchange(Box::new(Exchange { time: None, request: sent, response, credentials })))
}

/// The address without the variable for the server, with the values of path variables.
fn url(request: Recorded<'_>) -> Result<String, Trouble> {
    let url = request.get(&["url"]).ok_or_else(|| "the request of the example has no `url`".to_owned())?;
    let raw = url.node.as_str().map(str::to_owned).or_else(|| url.optional_text(&["raw"]));
    let raw = raw.ok_or_else(|| "the `url` of the example has no `raw`".to_owned())?;
    let path = match raw.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
        Some((_, path)) => path.to_owned(),
        None => raw,
    };
    let variables = url.get(&["variable"]).into_iter().flat_map(|list| list.node.items());
    Ok(variables.fold(path, |path, variable| with_variable(&path, url.at(variable))))
}

fn with_variable(path: &str, variable: Recorded<'_>) -> String {
    let (Some(name), Some(value)) =
        (variable.optional_text(&["key"]), variable.get(&["value"]).and_then(|value| value.node.text()))
    else {
        return path.to_owned();
    };
    let wanted = format!(":{name}");
    let segments = path.split('/').map(|segment| {
        let (segment, rest) = segment.find(['?', '#']).map_or((segment, ""), |end| segment.split_at(end));
        if segment == wanted { format!("{value}{rest}") } else { format!("{segment}{rest}") }
    });
    segments.collect::<Vec<_>>().join("/")
}
