//! What the messages of an exchange carry, and what they are known not to carry.

use super::{Arguments, Judgement, Predicate, strings};
use crate::facts::Observed;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

pub(super) const SENDS_HEADER: Predicate = Predicate {
    name: "sends-header",
    noun: Noun::Exchange,
    doc: "The request has a header field whose name matches `name`, or a query parameter whose name matches `parameter`; unknown where the recording does not show all fields.",
    arguments: &[("name", OptionKind::Regex), ("parameter", OptionKind::Regex)],
    words: &[],
    reads_operation: false,
    run: sends_header,
};

pub(super) const SENDS_NO_CONTENT: Predicate = Predicate {
    name: "sends-no-content",
    noun: Noun::Exchange,
    doc: "The request is known to have no content: none was recorded, and no header field tells of any.",
    arguments: &[],
    words: &[],
    reads_operation: false,
    run: sends_no_content,
};

pub(super) const ANSWERS_WITH_HEADER: Predicate = Predicate {
    name: "answers-with-header",
    noun: Noun::Exchange,
    doc: "The response has a header field with one of the `names`.",
    arguments: &[("names", OptionKind::Strings)],
    words: &[],
    reads_operation: false,
    run: answers_with_header,
};

fn answers_with_header<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    Judgement::plain(Truth::any(strings(arguments, "names").iter().map(|name| Truth::from(exchange.has_field(name)))))
}

fn sends_header<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    let matches = |argument: &str, name: &str| match arguments.get(argument) {
        Some(OptionValue::Regex(pattern)) => pattern.is_match(name),
        _ => false,
    };
    let request = &exchange.exchange.request;
    let by_field = request.headers.iter().any(|(name, _)| matches("name", name));
    if by_field || parameters(&request.url).any(|name| matches("parameter", name)) {
        return Judgement::plain(true);
    }
    Judgement::plain(if exchange.has_all_request_fields() { Truth::False } else { Truth::Unknown })
}

/// The names of the parameters in the query of a URL, as written.
pub(super) fn parameters(url: &str) -> impl Iterator<Item = &str> {
    let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
}

fn sends_no_content<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
    match exchange.exchange.request.body.is_present() {
        Some(false) if !tells_of_content(exchange) => Judgement::plain(true),
        Some(true) => Judgement::plain(false),
        _ => Judgement::plain(Truth::Unknown),
    }
}

/// Browsers record no file that they send, but its type or length.
fn tells_of_content(exchange: &Observed<'_>) -> bool {
    let fields = &exchange.exchange.request.headers;
    let length = fields.lines("content-length").next();
    let is_empty = length.is_some_and(|length| length.trim() == "0");
    !is_empty && (length.is_some() || ["transfer-encoding", "content-type", "expect"].iter().any(|name| fields.has(name)))
}
