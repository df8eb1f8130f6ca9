//! `body-is-cut`: a recording that has the beginning of a body only.

use super::super::{Judgement, Predicate, Reads};
use super::about;
use crate::rules::fields::Noun;
use crate::traffic::Body;

pub(in super::super) const BODY_IS_CUT: Predicate = Predicate {
    name: "body-is-cut",
    noun: Noun::Exchange,
    doc: "The recording has only the beginning of the content, or it was too long to be kept.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run: |row, _| {
        about(row, |exchange| Judgement::plain(matches!(exchange.exchange.response.body, Body::Lost { is_cut: true, .. })))
    },
};
