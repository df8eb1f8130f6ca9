//! `sends-header`, `sent-by-browser`: what a request carried, and whose it was.

use super::super::{Arguments, Judgement, Predicate, strings};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::traffic::FieldLines;
use crate::truth::Truth;

pub(in super::super) const SENDS_HEADER: Predicate = Predicate {
    name: "sends-header",
    noun: Noun::Response,
    doc: "The request carried one of the header fields in `names`; false of what is described. Unknown where its fields are not recorded, or a browser sent it: its cache adds fields that recordings lack.",
    arguments: &[("names", OptionKind::Strings)],
    words: &[],
    reads_operation: false,
    run: sends,
};

pub(in super::super) const SENT_BY_BROWSER: Predicate = Predicate {
    name: "sent-by-browser",
    noun: Noun::Response,
    doc: "A browser sent the request, and its cache may have changed what was recorded; false of what is described.",
    arguments: &[],
    words: &[],
    reads_operation: false,
    run: |row, _| Judgement::plain(row.exchange().is_some_and(|exchange| is_of_browser(&exchange.exchange.request.headers))),
};

fn sends<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(exchange) = row.exchange() else { return Judgement::plain(false) };
    let sent = &exchange.exchange.request.headers;
    if strings(arguments, "names").iter().any(|name| sent.has(name)) {
        return Judgement::plain(true);
    }
    Judgement::plain(if sent.is_empty() || is_of_browser(sent) { Truth::Unknown } else { Truth::False })
}

/// Browsers say so: all of them in `User-Agent`, and those of today in fields that no page can set.
pub(super) fn is_of_browser(sent: &FieldLines) -> bool {
    let starts = |text: &str, start: &str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    sent.iter().any(|(name, value)| {
        starts(name, "sec-fetch-")
            || starts(name, "sec-ch-ua")
            || name.eq_ignore_ascii_case("user-agent") && value.starts_with("Mozilla/")
    })
}
