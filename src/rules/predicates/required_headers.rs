//! `lacks-required-header`: header fields that the used response promises and that did not come.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::openapi::Header;
use crate::rules::evaluate::{Evidence, Row, Subject};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "lacks-required-header",
    noun: Noun::Exchange,
    doc: "The used response describes a header field as `required` that did not come; shows each. Unknown for fields that proxies and programs \
          that record take out.",
    arguments: &[],
    words: &["header"],
    reads: Reads::Operation,
    run,
};

/// Fields that are about the connection or the coding of the content, which is undone in recordings, and one that browsers hide.
const TAKEN_OUT: [&str; 8] =
    ["Connection", "Content-Encoding", "Content-Length", "Keep-Alive", "Set-Cookie", "Trailer", "Transfer-Encoding", "Upgrade"];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange().filter(|observed| !borrows_get(row, observed)) else { return Judgement::plain(false) };
    let described = observed.response.and_then(|index| row.at(Subject::Response(index)).response());
    let Some(response) = described else { return Judgement::plain(false) };
    let mut truth = Truth::False;
    let mut evidence = Vec::new();
    for header in row.api.headers_of(response) {
        let lacks = lacks(observed, *header);
        truth = truth.or(lacks);
        if lacks.is_true() {
            let words = vec![("header", header.name().into_owned())];
            evidence.push(Evidence { at: Some(header.key()), words, ..Evidence::default() });
        }
    }
    Judgement::resting_on(evidence, truth)
}

/// HEAD may leave out what it would have to make the content for (RFC 9110 §9.3.2).
fn borrows_get(row: &Row<'_, '_>, observed: &Observed<'_>) -> bool {
    observed.exchange.request.method == "HEAD" && row.operation().is_some_and(|operation| operation.method != "HEAD")
}

fn lacks(observed: &Observed<'_>, header: Header<'_>) -> Truth {
    let name = header.name();
    // OpenAPI ignores a `Content-Type` here: the media types are the keys of `content`.
    if observed.fields().has(&name) || name.eq_ignore_ascii_case("Content-Type") {
        return Truth::False;
    }
    let is_required = if header.target().is_some() { Truth::from(header.is_required()) } else { Truth::Unknown };
    let may_be_taken_out =
        !observed.exchange.response.has_all_headers || TAKEN_OUT.iter().any(|other| name.eq_ignore_ascii_case(other));
    is_required.and(if may_be_taken_out { Truth::Unknown } else { Truth::True })
}
