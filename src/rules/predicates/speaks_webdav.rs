//! `speaks-webdav`: whether a description is one of WebDAV.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "speaks-webdav",
    noun: Noun::Response,
    doc: "Somewhere the description has a method of WebDAV, or its header fields `DAV`, `Depth`, `If` or `Lock-Token`.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    Judgement::plain(row.api.speaks_webdav())
}
