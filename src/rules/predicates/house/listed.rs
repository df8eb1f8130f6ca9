//! Header fields and statuses that a house wants, allows or forbids by its options.

use super::super::{Arguments, Judgement, Predicate, Reads, strings};
use super::{found, quoted, response};
use crate::facts::Observed;
use crate::http::status::{StatusKey, StatusSet};
use crate::openapi::Header;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

pub(in super::super) const LACKS_LISTED_HEADER: Predicate = Predicate {
    name: "lacks-listed-header",
    noun: Noun::Response,
    doc: "The response does not have all the header fields that `names` lists for its status, for its range and for `any`.",
    arguments: &[("names", OptionKind::StringsByStatus)],
    words: &["missing"],
    reads: Reads::Definition,
    run: lacks_header,
};

pub(in super::super) const DECLARES_FORBIDDEN_HEADER: Predicate = Predicate {
    name: "declares-forbidden-header",
    noun: Noun::Response,
    doc: "The response has header fields that `names` lists for its status, for its range or for `any`; shows each.",
    arguments: &[("names", OptionKind::StringsByStatus)],
    words: &["header"],
    reads: Reads::Definition,
    run: declares_forbidden,
};

pub(in super::super) const DECLARES_UNLISTED_HEADER: Predicate = Predicate {
    name: "declares-unlisted-header",
    noun: Noun::Response,
    doc: "The response declares header fields that are not among the `names`; shows each. False where none are listed.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["header"],
    reads: Reads::Definition,
    run: declares_unlisted,
};

pub(in super::super) const LACKS_LISTED_STATUS: Predicate = Predicate {
    name: "lacks-listed-status",
    noun: Noun::Operation,
    doc: "The operation does not describe all the `statuses` of its method and of `any`; with `default-counts` one `default` \
          describes them all.",
    arguments: &[("statuses", OptionKind::StatusesByMethod), ("default-counts", OptionKind::Boolean)],
    words: &["missing"],
    reads: Reads::Operation,
    run: lacks_status,
};

pub(in super::super) const STATUS_UNLISTED: Predicate = Predicate {
    name: "status-unlisted",
    noun: Noun::Response,
    doc: "The status key is a code or range that lies outside of `statuses`. False where none are listed, and for `default`.",
    arguments: &[("statuses", OptionKind::Statuses)],
    words: &["allowed"],
    reads: Reads::Definition,
    run: status_unlisted,
};

pub(in super::super) const STATUS_UNLISTED_FOR_METHOD: Predicate = Predicate {
    name: "status-unlisted-for-method",
    noun: Noun::Response,
    doc: "The status key is a code or range outside of the `statuses` of the method, else of `any`. False where none are listed.",
    arguments: &[("statuses", OptionKind::StatusesByMethod)],
    words: &["allowed"],
    reads: Reads::Operation,
    run: status_unlisted_for_method,
};

/// The most statuses that a message names.
const NAMED: usize = 8;

fn lacks_header<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StringsByStatus(names)) = arguments.get("names") else { return Judgement::plain(false) };
    if let Some(exchange) = row.exchange() {
        return came_without(exchange, &names.together(exchange.status()));
    }
    let Some(response) = response(row).filter(|fact| fact.definition.is_some_and(|found| !found.0.is_lost("headers"))) else {
        return Judgement::plain(Truth::Unknown);
    };
    let wanted = names.together(response.status);
    let missing: Vec<&str> = wanted.into_iter().filter(|name| response.header(row.api, name).is_none()).collect();
    if missing.is_empty() {
        return Judgement::plain(false);
    }
    Judgement::shown(true, found(None, "missing", quoted(missing)))
}

/// Which of the fields did not come; those that were perhaps not recorded count as if they had.
fn came_without<'p>(exchange: &Observed<'_>, wanted: &[&str]) -> Judgement<'p> {
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| exchange.has_field(name) == Some(false)).collect();
    match missing.is_empty() {
        false => Judgement::shown(true, found(None, "missing", quoted(missing))),
        true if wanted.iter().any(|name| exchange.has_field(name).is_none()) => Judgement::plain(Truth::Unknown),
        true => Judgement::plain(false),
    }
}

fn declares_forbidden<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StringsByStatus(names)) = arguments.get("names") else { return Judgement::plain(false) };
    if let Some(exchange) = row.exchange() {
        let came = names.together(exchange.status()).into_iter().filter(|name| exchange.fields().has(name));
        let evidence: Vec<Evidence<'p>> = came.map(|name| found(None, "header", name)).collect();
        return Judgement::found(evidence);
    }
    let forbidden = row.response().map(|response| names.together(response.status)).unwrap_or_default();
    let is_forbidden =
        |header: &Header<'p>| !forbidden.is_empty() && forbidden.iter().any(|name| header.name().eq_ignore_ascii_case(name));
    headers(row, is_forbidden)
}

fn declares_unlisted<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let names = strings(arguments, "names");
    headers(row, |header| !names.is_empty() && !names.iter().any(|name| header.name().eq_ignore_ascii_case(name)))
}

/// The header fields of a response that something holds of, each at its key.
pub(super) fn headers<'p>(row: &Row<'_, 'p>, holds: impl Fn(&Header<'p>) -> bool) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let declared = row.api.headers_of(response).iter().filter(|header| holds(header));
    let evidence: Vec<Evidence<'p>> = declared.map(|header| found(header.key(), "header", header.name())).collect();
    Judgement::found(evidence)
}

fn lacks_status<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StatusesByMethod(statuses)) = arguments.get("statuses") else { return Judgement::plain(false) };
    let Some(operation) = row.operation().filter(|operation| !operation.lost_responses()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let default_counts = arguments.get("default-counts") == Some(&OptionValue::Boolean(true));
    let keys: Vec<StatusKey> = row.api.responses_of(operation).iter().map(|response| response.status).collect();
    let counted = || keys.iter().copied().filter(|key| default_counts || *key != StatusKey::Default);
    let answered = statuses.together(&operation.method).map(|wanted| (wanted, StatusSet(vec![wanted]).answered_by(counted())));
    let answered: Vec<_> = answered.collect();
    let missing: Vec<String> =
        answered.iter().filter(|(_, truth)| truth.is_false()).map(|(wanted, _)| wanted.to_string()).collect();
    if missing.is_empty() {
        return Judgement::plain(!Truth::all(answered.iter().map(|(_, truth)| *truth)));
    }
    Judgement::shown(true, found(None, "missing", quoted(missing.iter().map(String::as_str))))
}

fn status_unlisted<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    match (arguments.get("statuses"), row.response()) {
        (Some(OptionValue::Statuses(set)), Some(response)) => outside(set, response.status),
        _ => Judgement::plain(false),
    }
}

fn status_unlisted_for_method<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StatusesByMethod(statuses)) = arguments.get("statuses") else { return Judgement::plain(false) };
    let set = row.operation().and_then(|operation| statuses.closest(&operation.method));
    match (set, row.response()) {
        (Some(set), Some(response)) => outside(set, response.status),
        _ => Judgement::plain(false),
    }
}

/// A range that is not listed itself stands for codes that are not.
fn outside<'p>(set: &StatusSet, status: StatusKey) -> Judgement<'p> {
    let is_listed = match status {
        StatusKey::Default | StatusKey::Invalid => true,
        status => set.relation(status).is_true(),
    };
    if is_listed || set.0.is_empty() {
        return Judgement::plain(false);
    }
    let names: Vec<String> = set.0.iter().map(ToString::to_string).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    Judgement::shown(true, found(None, "allowed", format!("{}{more}", first.join(", "))))
}
