//! `came-over-later-http`: a response came over HTTP/2 or HTTP/3, which do without the fields of a connection.

use super::{Arguments, Judgement, Predicate};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::traffic::Protocol;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "came-over-later-http",
    noun: Noun::Exchange,
    doc: "The response is known to have come over HTTP/2 or HTTP/3, where fields about the connection such as `Upgrade` must not be sent.",
    arguments: &[],
    words: &[],
    reads_operation: false,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    Judgement::plain(row.exchange().is_some_and(|observed| observed.exchange.response.protocol == Protocol::Later))
}
