//! `tells-differing-limits`: one response tells the same limit twice, with different numbers.

use super::rate_limit_dialects::{FAMILIES, family};
use super::{Arguments, Judgement, Predicate, Reads};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "tells-differing-limits",
    noun: Noun::Exchange,
    doc: "The response has rate limit fields of two families, and their numbers for the limit or for what remains differ.",
    arguments: &[],
    words: &["families", "what"],
    reads: Reads::Definition,
    run,
};

/// A number, what it is of, and its family.
type Told = (&'static str, usize, u64);

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange() else { return Judgement::plain(false) };
    let told: Vec<Told> = observed.fields().iter().filter_map(|(name, value)| of_field(name, value)).collect();
    let contradiction = ["limit", "remaining"].into_iter().find_map(|what| {
        let mut same = told.iter().filter(|(other, ..)| *other == what);
        let first = same.next()?;
        same.find(|other| other.1 != first.1 && other.2 != first.2).map(|other| (what, first.1, other.1))
    });
    contradiction.map_or(Judgement::plain(false), |(what, one, other)| {
        let name = |family: usize| FAMILIES.get(family).copied().unwrap_or_default();
        let families = format!("`{}` and `{}`", name(one), name(other));
        Judgement::shown(true, Evidence { words: vec![("families", families), ("what", what.to_owned())], ..Evidence::default() })
    })
}

fn of_field(name: &str, value: &str) -> Option<Told> {
    let family = family(name)?;
    let last = name.rsplit('-').next()?;
    let what = ["limit", "remaining"].into_iter().find(|what| last.eq_ignore_ascii_case(what))?;
    Some((what, family, value.trim().parse().ok()?))
}
