//! `sends-header`, `sent-by-browser`: what a request carried, and whose it was.

use super::super::{Judgement, Predicate, Reads};
use crate::rules::fields::Noun;
use crate::traffic::FieldLines;

pub(in super::super) const SENT_BY_BROWSER: Predicate = Predicate {
    name: "sent-by-browser",
    noun: Noun::Response,
    doc: "A browser sent the request, and its cache may have changed what was recorded; false of what is described.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _| Judgement::plain(row.exchange().is_some_and(|exchange| is_of_browser(&exchange.exchange.request.headers))),
};

/// Browsers say so: all of them in `User-Agent`, and those of today in fields that no page can set.
pub(super) fn is_of_browser(sent: &FieldLines) -> bool {
    let starts = |text: &str, start: &str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    sent.iter().any(|(name, value)| {
        starts(name, "sec-fetch-")
            || starts(name, "sec-ch-ua")
            || name.eq_ignore_ascii_case("user-agent") && value.starts_with("Mozilla/")
    })
}
