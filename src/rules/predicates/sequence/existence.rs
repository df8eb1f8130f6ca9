//! Whether a resource is there: what one exchange says against what another one said.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::uri;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::traffic::Body;
use crate::truth::Truth;
use crate::words::plain;

pub(in super::super) const CREATES_WHAT_WAS_MISSING: Predicate = Predicate {
    name: "creates-what-was-missing",
    noun: Noun::Exchange,
    doc: "A PUT stored something where a GET had found nothing; not where the description has no GET.",
    arguments: &[],
    words: &["index"],
    reads: Reads::Operation,
    run: creates,
};

pub(in super::super) const READS_WHAT_WAS_DELETED: Predicate = Predicate {
    name: "reads-what-was-deleted",
    noun: Noun::Exchange,
    doc: "A GET is answered with a single resource that was deleted before; not with one that says so itself, nor with an empty one.",
    arguments: &[],
    words: &["index"],
    reads: Reads::Operation,
    run: reads,
};

pub(in super::super) const MISSES_WHAT_WAS_CREATED: Predicate = Predicate {
    name: "misses-what-was-created",
    noun: Noun::Exchange,
    doc: "A GET finds nothing where a 201 said that there is something now.",
    arguments: &[],
    words: &["index"],
    reads: Reads::Definition,
    run: misses,
};

fn creates<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let missing = row.exchange().and_then(|exchange| exchange.neighbours.found_missing);
    // Where nothing is described for GET, its 404 says nothing about the resource.
    let lacks_get = || row.path().is_some_and(|path| !row.api.operations_of(path).iter().any(|other| other.method == "GET"));
    shown(missing.filter(|_| !lacks_get()))
}

fn misses<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    shown(row.exchange().and_then(|exchange| exchange.neighbours.created))
}

fn reads<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let deleted = exchange.neighbours.deleted;
    if deleted.is_none() || !is_item(row, exchange) {
        return Judgement::plain(false);
    }
    match exchange.exchange.response.body {
        Body::Text(_) | Body::Value(_) => shown(deleted.filter(|_| !exchange.json().is_some_and(is_gone))),
        Body::Empty => Judgement::plain(false),
        Body::Bytes(_) | Body::Encoded(_) => shown(deleted),
        Body::Unknown | Body::Lost { .. } | Body::Undecodable => Judgement::plain(Truth::Unknown),
    }
}

fn shown<'p>(index: Option<u64>) -> Judgement<'p> {
    match index {
        Some(index) => Judgement::shown(true, Evidence { words: vec![("index", index.to_string())], ..Evidence::default() }),
        None => Judgement::plain(false),
    }
}

/// Whether the URL is that of one thing among many. Deleting a cart or a list empties it, and it is still there.
fn is_item(row: &Row<'_, '_>, exchange: &Observed<'_>) -> bool {
    if let Some(path) = row.path() {
        return path.template.trim_end_matches('/').ends_with('}');
    }
    let path = uri::without_query(&exchange.exchange.request.url);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.bytes().any(|byte| byte.is_ascii_digit())
}

/// Members that say by their value whether the thing is gone.
const FLAGS: [&str; 16] = [
    "deleted",
    "isdeleted",
    "deletedat",
    "deletedon",
    "deletiondate",
    "deletiontime",
    "deletiontimestamp",
    "removed",
    "isremoved",
    "removedat",
    "archived",
    "isarchived",
    "archivedat",
    "trashed",
    "istrashed",
    "cancelledat",
];

/// Members that are true while it is not.
const OPPOSITES: [&str; 6] = ["active", "isactive", "enabled", "isenabled", "exists", "available"];

/// Members that hold a word for it.
const STATES: [&str; 6] = ["status", "state", "lifecyclestate", "provisioningstate", "phase", "lifecyclestatus"];

/// Beginnings of words for something that is gone or going.
const GONE: [&str; 14] = [
    "delet", "remov", "archiv", "cancel", "inactiv", "deactiv", "disabl", "terminat", "trash", "revok", "close", "expire",
    "pending", "destroy",
];

/// Whether a body is empty, or says that the thing is gone: soft deletion.
fn is_gone(body: Node<'_>) -> bool {
    let parts = || body.entries().map(|entry| entry.value).filter(|value| value.is_map());
    let is_empty = body.items().next().is_none() && body.entries().next().is_none();
    is_empty || says_gone(body) || parts().any(says_gone)
}

fn says_gone(map: Node<'_>) -> bool {
    map.entries().any(|entry| {
        let key = entry.key.text().unwrap_or_default();
        let name = plain(&key);
        let is_among = |names: &[&str]| names.contains(&name.as_ref());
        let value = entry.value;
        let begins = |text: &str| GONE.iter().any(|word| text.to_ascii_lowercase().starts_with(word));
        is_among(&FLAGS) && !value.is_null() && value.as_bool() != Some(false)
            || is_among(&OPPOSITES) && value.as_bool() == Some(false)
            || is_among(&STATES) && value.as_str().is_some_and(|text| begins(&text))
    })
}
