//! A key of `paths`, ready to be matched.

use super::pattern::{Pattern, find_outside, name, split_outside, variables};
use super::query::{self, Pair};

/// A path template.
#[derive(Clone, Debug)]
pub(super) struct Template {
    /// Its segments.
    pub(super) segments: Vec<Pattern>,
    /// The names of its variables, in their order.
    pub(super) names: Vec<String>,
    /// What the query must have.
    pub(super) required: Vec<Pair>,
    /// Words of a fragment, as in `/orders#archived`. Requests have none, so they only speak for the template if they
    /// stand in the query.
    pub(super) optional: Vec<Pair>,
}

impl Template {
    /// Reads a template. Keys with a query or a fragment are no templates by the letter, and are written all the same.
    pub(super) fn parse(text: &str) -> Template {
        let text = text.split_at_checked(expression(text)).map_or(text, |(front, _)| front);
        let (path, behind) = split_before(text, &['?', '#']);
        let (query, fragment) = split_before(behind, &['#']);
        let mut names = Vec::new();
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments = split_outside(path, '/').map(|segment| Pattern::parse(segment, &mut names)).collect();
        let in_fragment = query::pairs(fragment.trim_start_matches('#')).map(wanted);
        let (by_value, optional): (Vec<Pair>, Vec<Pair>) = in_fragment.partition(|(_, value)| value.is_some());
        let mut required: Vec<Pair> = query::pairs(query.trim_start_matches('?')).map(wanted).collect();
        required.extend(by_value);
        Template { segments, names, required, optional }
    }
}

/// Where an expression for the query begins, as in `/orders{?page,limit}` (RFC 6570).
fn expression(text: &str) -> usize {
    let of_query = |variable: &std::ops::Range<usize>| name(text, variable).starts_with(['?', '&', '#']);
    variables(text).into_iter().find(of_query).map_or(text.len(), |variable| variable.start)
}

fn split_before<'t>(text: &'t str, characters: &[char]) -> (&'t str, &'t str) {
    text.split_at_checked(find_outside(text, characters).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// A variable in place of a value asks for the name only.
fn wanted((name, value): Pair) -> Pair {
    let is_variable = |value: &Vec<u8>| value.first() == Some(&b'{') && value.last() == Some(&b'}');
    (name, value.filter(|value| !is_variable(value)))
}
