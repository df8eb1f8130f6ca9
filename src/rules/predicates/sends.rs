//! What a recorded request carried, and what it is known not to have carried.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

const ARGUMENTS: &[(&str, OptionKind)] =
    &[("header", OptionKind::Regex), ("value", OptionKind::Regex), ("query", OptionKind::Regex)];

pub(super) const SENDS: Predicate = Predicate {
    name: "sends",
    noun: Noun::Response,
    doc: "The request has a header field whose name matches `header` and whose value matches `value`, or a query parameter whose name \
          matches `query`. Unknown where the recording does not have all header fields of the request; false of what is described.",
    arguments: ARGUMENTS,
    words: &["header"],
    reads: Reads::Definition,
    run: |row, arguments| judge(row, arguments, Truth::Unknown),
};

pub(super) const IS_SEEN_TO_SEND: Predicate = Predicate {
    name: "is-seen-to-send",
    noun: Noun::Response,
    doc: "The same as `sends`, and false where the recording does not tell: for exemptions.",
    arguments: ARGUMENTS,
    words: &["header"],
    reads: Reads::Definition,
    run: |row, arguments| judge(row, arguments, Truth::False),
};

pub(super) const SENDS_NO_CONTENT: Predicate = Predicate {
    name: "sends-no-content",
    noun: Noun::Exchange,
    doc: "The request is known to have no content: none was recorded, and no header field tells of any.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: sends_no_content,
};

fn judge<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>, untold: Truth) -> Judgement<'p> {
    let Some(observed) = row.exchange() else { return Judgement::plain(Truth::False) };
    let headers = &observed.exchange.request.headers;
    let found = headers
        .iter()
        .find(|(name, value)| fits(arguments, "header", name) == Some(true) && fits(arguments, "value", value).unwrap_or(true));
    if let Some((name, _)) = found {
        return Judgement::shown(true, Evidence { words: vec![("header", name.to_owned())], ..Evidence::default() });
    }
    if has_query(observed, arguments) {
        return Judgement::plain(true);
    }
    Judgement::plain(if observed.has_all_request_fields() { Truth::False } else { untold })
}

fn fits(arguments: &Arguments<'_>, argument: &str, text: &str) -> Option<bool> {
    match arguments.get(argument)? {
        OptionValue::Regex(pattern) => Some(pattern.is_match(text)),
        _ => None,
    }
}

fn has_query(observed: &Observed<'_>, arguments: &Arguments<'_>) -> bool {
    query_names(&observed.exchange.request.url).any(|name| fits(arguments, "query", name) == Some(true))
}

/// The names of the parameters in the query of a URL, as they are written.
pub(super) fn query_names(url: &str) -> impl Iterator<Item = &str> {
    let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).filter(|name| !name.is_empty())
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

#[cfg(test)]
mod tests {
    use super::query_names;

    #[test]
    fn names_in_queries() {
        let cases: [(&str, &[&str]); 4] =
            [("https://api.example.com/a?b=1&c&d=#?e=1", &["b", "c", "d"]), ("/a", &[]), ("/a?", &[]), ("/a?&&b==", &["b"])];
        for (url, names) in cases {
            assert_eq!(query_names(url).collect::<Vec<_>>(), names, "{url}");
        }
    }
}
