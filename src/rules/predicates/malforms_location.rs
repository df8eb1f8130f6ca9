//! `malforms-location`: a `Location` that clients cannot follow.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::uri;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "malforms-location",
    noun: Noun::Exchange,
    doc: "The response has several lines of `Location`, one that is no URI reference, or under 201 one with a fragment.",
    arguments: &[],
    words: &["fault"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    row.exchange().and_then(fault).map_or(Judgement::plain(false), |fault| {
        Judgement::shown(true, Evidence { words: vec![("fault", fault.to_owned())], ..Evidence::default() })
    })
}

fn fault(observed: &Observed<'_>) -> Option<&'static str> {
    let mut lines = observed.fields().lines("Location").map(str::trim);
    let first = lines.next()?;
    if lines.next().is_some() {
        return Some("stands on several lines, of which clients take one or the other");
    }
    if let Some(fault) = uri::fault(first) {
        return Some(fault);
    }
    let names_part = observed.exchange.response.status == 201 && first.contains('#');
    names_part.then_some("has a fragment, and what was created is more than a part of something")
}
