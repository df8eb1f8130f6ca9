//! `framed-by-fields`, `has-raw-fields`, `multiplexed`: over which HTTP a response came.

use super::super::{Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::traffic::Protocol;
use crate::truth::Truth;

pub(in super::super) const FRAMED_BY_FIELDS: Predicate = Predicate {
    name: "framed-by-fields",
    noun: Noun::Response,
    doc: "The message is framed by header fields, as in HTTP/1.x; unknown where a recording does not tell the version. What is described may be sent over any version.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _| {
        Judgement::plain(match protocol(row) {
            None | Some(Protocol::Http1) => Truth::True,
            Some(Protocol::Later) => Truth::False,
            Some(Protocol::Unknown) => Truth::Unknown,
        })
    },
};

pub(in super::super) const HAS_RAW_FIELDS: Predicate = Predicate {
    name: "has-raw-fields",
    noun: Noun::Response,
    doc: "The header fields are those of the wire, not made up by a browser for its recording; true of what is described.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _| Judgement::plain(row.exchange().is_none_or(|exchange| exchange.exchange.response.is_raw)),
};

pub(in super::super) const MULTIPLEXED: Predicate = Predicate {
    name: "multiplexed",
    noun: Noun::Response,
    doc: "The exchange is known to have been made over HTTP/2 or HTTP/3.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _| Judgement::plain(protocol(row) == Some(Protocol::Later)),
};

fn protocol(row: &Row<'_, '_>) -> Option<Protocol> {
    Some(row.exchange()?.exchange.response.protocol)
}
