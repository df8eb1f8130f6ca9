//! `modified-after-date`: a representation that changed after its response was made (RFC 9110 §8.8.2.1).

use super::super::{Predicate, Reads};
use super::{about, shown};
use crate::facts::Observed;
use crate::http::date;
use crate::rules::fields::Noun;

pub(in super::super) const MODIFIED_AFTER_DATE: Predicate = Predicate {
    name: "modified-after-date",
    noun: Noun::Exchange,
    doc: "`Last-Modified` lies more than a second after `Date`.",
    arguments: &[],
    words: &["shown"],
    reads: Reads::Definition,
    run: |row, _| about(row, |exchange| shown(later(exchange))),
};

fn later(exchange: &Observed<'_>) -> Option<Vec<(&'static str, String)>> {
    let moment = |name| date::parse(exchange.fields().lines(name).next()?.trim());
    let (modified, made) = (moment("last-modified")?, moment("date")?);
    let seconds = modified.seconds - made.seconds;
    (seconds > 1).then(|| vec![("shown", format!("{seconds} seconds"))])
}
