//! `retries-too-early`: a `Retry-After` that sends clients back before it can help.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::date;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "retries-too-early",
    noun: Noun::Exchange,
    doc: "The date in `Retry-After` lies before `Date`, or under 429 the field leads back before the `RateLimit-Reset` of the same response.",
    arguments: &[],
    words: &["fault"],
    reads: Reads::Definition,
    run,
};

/// What clocks and rounding explain, in seconds.
const TOLERANCE: i64 = 2;

/// From here on a number is no time to wait but an instant, in seconds since 1970.
const FIRST_INSTANT: i64 = 100_000_000;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    row.exchange().and_then(fault).map_or(Judgement::plain(false), |fault| {
        Judgement::shown(true, Evidence { words: vec![("fault", fault.to_owned())], ..Evidence::default() })
    })
}

fn fault(observed: &Observed<'_>) -> Option<&'static str> {
    let field = |name: &str| observed.fields().lines(name).next().map(str::trim);
    let retry = field("Retry-After")?;
    let sent = field("Date").and_then(date::parse).map(|date| date.seconds);
    let wait = match date::parse(retry) {
        Some(date) => date.seconds.checked_sub(sent?)?,
        None => retry.parse().ok()?,
    };
    if wait < -TOLERANCE {
        return Some("lies before the `Date` of the response");
    }
    let reset: i64 = field("RateLimit-Reset").and_then(|reset| reset.parse().ok()).filter(|reset| *reset < FIRST_INSTANT)?;
    let is_spent = field("RateLimit-Remaining") == Some("0");
    (is_spent && observed.exchange.response.status == 429 && wait < reset - TOLERANCE)
        .then_some("leads back before the `RateLimit-Reset` of the same response")
}
