//! `head-differs`: what a path describes for HEAD is not what it describes for GET.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Api, OperationFact, ResponseFact};
use crate::http::status::{StatusKey, find};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "head-differs",
    noun: Noun::Path,
    doc: "HEAD and GET of the path describe different 2xx, 3xx or 4xx statuses, or a response of GET has header fields that the \
          one of HEAD lacks.",
    arguments: &[],
    words: &["difference"],
    reads: Reads::Definition,
    run,
};

/// What a response to HEAD may leave out: fields that come from the content, and one that descriptions do not tell in `headers`.
const ABOUT_CONTENT: [&str; 6] = ["Content-Length", "Content-Range", "Content-Type", "Trailer", "Transfer-Encoding", "Vary"];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(path) = row.path() else { return Judgement::plain(false) };
    let operations = row.api.operations_of(path);
    let of_method = |method: &str| operations.iter().find(|operation| operation.method == method);
    let (Some(head), Some(get)) = (of_method("HEAD"), of_method("GET")) else { return Judgement::plain(false) };
    if head.lost_responses() || get.lost_responses() {
        return Judgement::plain(Truth::Unknown);
    }
    let (of_head, of_get) = (row.api.responses_of(head), row.api.responses_of(get));
    let (lacking, own) = (missing(of_get, of_head), missing(of_head, of_get));
    let parts = [
        phrase("lacks the", &lacking),
        phrase("has a", &own),
        phrase("does not declare", &dropped_fields(row.api, of_get, of_head)),
    ];
    let difference = parts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    if difference.is_empty() {
        return Judgement::plain(false);
    }
    let related = vec![(place(get), "what GET describes".to_owned())];
    Judgement::shown(
        true,
        Evidence { at: Some(place(head)), related, words: vec![("difference", difference)], ..Evidence::default() },
    )
}

fn place<'p>(operation: &OperationFact<'p>) -> Node<'p> {
    operation.operation.responses_entry().map_or(operation.key, |entry| entry.key)
}

/// The statuses of one operation that no key of the other can mean.
fn missing(of: &[ResponseFact<'_>], other: &[ResponseFact<'_>]) -> Vec<String> {
    let is_missing = |status: StatusKey| !other.iter().any(|response| overlap(status, response.status));
    let compared = of.iter().filter(|response| is_compared(response.status) && is_missing(response.status));
    compared.map(|response| response.text().to_owned()).collect()
}

/// Ranges are only for GET, a server may well allow GET alone, what went wrong inside it is no matter of the method,
/// and a code that is none is another rule's matter.
fn is_compared(status: StatusKey) -> bool {
    match status {
        StatusKey::Code(code) => (200..500).contains(&code) && !matches!(code, 206 | 405 | 416) && find(code).is_some(),
        StatusKey::Range(class) => (2..5).contains(&class.digit()),
        StatusKey::Default | StatusKey::Invalid => false,
    }
}

fn overlap(one: StatusKey, other: StatusKey) -> bool {
    match (one, other) {
        (StatusKey::Code(code), StatusKey::Code(other)) => code == other,
        (_, StatusKey::Default | StatusKey::Invalid) => true,
        _ => one.class() == other.class(),
    }
}

/// The header fields of GET's responses that HEAD's response under the same key lacks.
fn dropped_fields<'p>(api: &Api<'p>, of_get: &[ResponseFact<'p>], of_head: &[ResponseFact<'p>]) -> Vec<String> {
    let mut dropped: Vec<String> = Vec::new();
    let mut seen: FxHashSet<Cow<'p, str>> = FxHashSet::default();
    for get in of_get.iter().filter(|response| is_compared(response.status)) {
        let Some(head) = of_head.iter().find(|response| response.text() == get.text()) else { continue };
        for header in api.headers_of(get).iter().filter(|_| head.definition.is_some()) {
            let is_exempt = ABOUT_CONTENT.iter().any(|other| header.name().eq_ignore_ascii_case(other));
            if !is_exempt && head.header(api, &header.name()).is_none() && seen.insert(header.name()) {
                dropped.push(format!("`{}`", header.name()));
            }
        }
    }
    dropped
}

fn phrase(verb: &str, names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("{verb} {}", listed(names, "and")))
}
