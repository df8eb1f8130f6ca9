//! `sends` and `is-seen-to-send`: what a recorded request carried.

use super::{Arguments, Judgement, Predicate};
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

const ARGUMENTS: &[(&str, OptionKind)] =
    &[("header", OptionKind::Regex), ("value", OptionKind::Regex), ("query", OptionKind::Regex)];

pub(super) const SENDS: Predicate = Predicate {
    name: "sends",
    noun: Noun::Exchange,
    doc: "The request has a header field whose name matches `header` and whose value matches `value`, or a query parameter whose name \
          matches `query`. Unknown where the recording does not have the header fields of the request.",
    arguments: ARGUMENTS,
    words: &["header"],
    reads_operation: false,
    run: |row, arguments| judge(row, arguments, Truth::Unknown),
};

pub(super) const IS_SEEN_TO_SEND: Predicate = Predicate {
    name: "is-seen-to-send",
    noun: Noun::Exchange,
    doc: "The same as `sends`, and false where the recording does not tell: for exemptions.",
    arguments: ARGUMENTS,
    words: &["header"],
    reads_operation: false,
    run: |row, arguments| judge(row, arguments, Truth::False),
};

fn judge<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>, untold: Truth) -> Judgement<'p> {
    let Some(observed) = row.exchange() else { return Judgement::plain(Truth::Unknown) };
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
    Judgement::plain(if tells_request_fields(observed) { Truth::False } else { untold })
}

/// Whether a field that is missing from the request was not sent. Exporters leave credentials out, and nothing else of what they record.
pub(super) fn tells_request_fields(observed: &Observed<'_>) -> bool {
    observed.exchange.response.has_all_headers && !observed.exchange.request.headers.is_empty()
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
