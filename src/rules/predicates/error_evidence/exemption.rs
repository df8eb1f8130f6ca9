//! Operations whose successful answers may speak of errors.

use super::super::cues::{HEALTH, path_of};
use crate::http::media_type::MediaType;
use crate::rules::evaluate::Row;
use crate::syntax::Node;
use crate::words::words;

/// What is asked after is the errors themselves.
const ERRORS_AS_DATA: [&str; 27] = [
    "error",
    "errors",
    "fault",
    "faults",
    "incident",
    "incidents",
    "exception",
    "exceptions",
    "failure",
    "failures",
    "failed",
    "problem",
    "problems",
    "alert",
    "alerts",
    "crash",
    "crashes",
    "issue",
    "issues",
    "diagnostic",
    "diagnostics",
    "warning",
    "warnings",
    "deadletter",
    "deadletters",
    "audit",
    "audits",
];

/// What is asked after is how things are going, or many things at once, or whether something is right.
const REPORTS: [&str; 15] = [
    "alive",
    "monitor",
    "monitoring",
    "uptime",
    "probe",
    "batch",
    "batches",
    "bulk",
    "import",
    "imports",
    "validate",
    "validation",
    "validations",
    "validator",
    "lint",
];

/// Ways of their own with errors.
const PROTOCOLS: [&str; 4] = ["graphql", "jsonrpc", "soap", "webdav"];

/// Whether the operation is one of these.
pub(super) fn exempts(row: &Row<'_, '_>) -> bool {
    let path = path_of(row).unwrap_or_default();
    let words = words_of(row, path);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&ERRORS_AS_DATA) || has(&HEALTH) || has(&REPORTS) || has(&PROTOCOLS) || keeps_logs(&words) || ends_in_report(path)
}

fn words_of(row: &Row<'_, '_>, path: &str) -> Vec<String> {
    let mut found = words(path);
    if let Some(operation) = row.operation() {
        let node = operation.operation.0.node();
        found.extend(node.get_str("operationId").iter().flat_map(|name| words(name)));
        found.extend(node.get("tags").into_iter().flat_map(Node::items).filter_map(Node::text).flat_map(|tag| words(&tag)));
    }
    found
}

/// Logs, but not `logIn` and `log_out`.
fn keeps_logs(words: &[String]) -> bool {
    let next = words.iter().skip(1).map(String::as_str).chain([""]);
    words.iter().zip(next).any(|(word, next)| word == "logs" || word == "log" && !matches!(next, "in" | "out" | "on" | "off"))
}

/// `/jobs/{id}/status` answers with a status, also a bad one, and `/functions/{name}/test` with what the test showed.
fn ends_in_report(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    words(last).last().is_some_and(|word| matches!(word.as_str(), "status" | "state" | "test"))
}

/// Whether a list in the answer is a list of resources: they are what was asked for.
pub(super) fn lists_resources(row: &Row<'_, '_>) -> bool {
    let is_reading = |method: &str| matches!(method, "GET" | "HEAD" | "QUERY");
    match row.exchange() {
        Some(observed) => is_reading(&observed.exchange.request.method),
        None => row.operation().is_some_and(|operation| is_reading(&operation.method)),
    }
}

/// Media types with a way of their own with errors, and streams of events.
pub(super) fn is_exempt_medium(text: &str) -> bool {
    const EXEMPT: [&str; 4] =
        ["application/graphql-response+json", "application/vnd.api+json", "text/event-stream", "application/json-seq"];
    // What most content is.
    text != "application/json" && MediaType::parse(text).is_some_and(|medium| EXEMPT.iter().any(|exempt| medium.is(exempt)))
}
