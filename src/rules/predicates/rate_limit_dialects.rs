//! `mixes-rate-limit-fields`: which families of rate limit fields a description declares.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Api, ResponseFact};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::words::listed;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "mixes-rate-limit-fields",
    noun: Noun::Document,
    doc: "Responses declare rate limit fields of different families, and no family is in all of them.",
    arguments: &[],
    words: &["families"],
    reads: Reads::Definition,
    run,
};

/// The families, each with the name by which it is told.
pub(super) const FAMILIES: [&str; 4] = ["RateLimit", "RateLimit-*", "X-RateLimit-*", "X-Rate-Limit-*"];

/// The most places that are shown.
const SHOWN: usize = 20;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let limited: Vec<Vec<(usize, Node<'p>)>> =
        row.api.first_uses().map(|response| fields(row.api, response)).filter(|fields| !fields.is_empty()).collect();
    let in_all = |family: usize| limited.iter().all(|fields| fields.iter().any(|(other, _)| *other == family));
    if limited.is_empty() || (0..FAMILIES.len()).any(in_all) {
        return Judgement::plain(false);
    }
    let all: Vec<(usize, Node<'p>)> = limited.into_iter().flatten().collect();
    let first: Vec<(usize, Node<'p>)> =
        (0..FAMILIES.len()).filter_map(|family| all.iter().find(|(other, _)| *other == family).copied()).collect();
    let named: Vec<String> =
        first.iter().filter_map(|(family, _)| FAMILIES.get(*family).map(|name| format!("`{name}`"))).collect();
    let related = first.into_iter().map(|(_, key)| (key, "the first of its family".to_owned())).take(SHOWN).collect();
    let words = vec![("families", listed(&named, "and"))];
    Judgement::shown(true, Evidence { at: None, related, words, ..Evidence::default() })
}

/// The rate limit fields of a response with their families.
fn fields<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> Vec<(usize, Node<'p>)> {
    let headers = api.headers_of(response).iter();
    headers.filter_map(|header| Some((family(&header.name())?, header.key()))).collect()
}

/// The family of a field, by its name.
pub(super) fn family(name: &str) -> Option<usize> {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    let starts = |with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    match name {
        _ if is("RateLimit") || is("RateLimit-Policy") => Some(0),
        _ if starts("RateLimit-") => Some(1),
        _ if starts("X-RateLimit-") => Some(2),
        _ if starts("X-Rate-Limit-") => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn families_of_fields() {
        let cases = [
            ("RateLimit", Some(0)),
            ("ratelimit-policy", Some(0)),
            ("RateLimit-Reset", Some(1)),
            ("X-RateLimit-Limit", Some(2)),
            ("X-Rate-Limit-Remaining", Some(3)),
            ("Retry-After", None),
            ("X-Rate", None),
        ];
        for (name, expected) in cases {
            assert_eq!(family(name), expected, "{name}");
        }
    }
}
