//! `shows-cacheable`: a response shows a `Cache-Control` that lets caches store it.

use super::{Arguments, Judgement, Predicate};
use crate::openapi::Example;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "shows-cacheable",
    noun: Noun::Response,
    doc: "An example, a constant or the default of `Cache-Control` lets caches store the response.",
    arguments: &[],
    words: &["value"],
    reads_operation: false,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    let Some(header) = response.header(row.api, "Cache-Control") else { return Judgement::plain(false) };
    if header.target().is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let value = |example: Example<'p>| {
        let text = example.value.text()?.into_owned();
        is_cacheable(&text).then_some((example.value, text))
    };
    match header.values().into_iter().find_map(value) {
        None => Judgement::plain(false),
        Some((node, text)) => Judgement::shown(
            true,
            Evidence { at: Some(node), related: Vec::new(), words: vec![("value", text)], ..Evidence::default() },
        ),
    }
}

/// `no-store` beats everything beside it.
fn is_cacheable(value: &str) -> bool {
    let directives: Vec<String> = value.split(',').map(|directive| directive.trim().to_ascii_lowercase()).collect();
    let lives = |directive: &String| {
        let (name, argument) = directive.split_once('=').unwrap_or((directive, ""));
        let seconds: u64 = argument.trim().trim_matches('"').parse().unwrap_or(0);
        name == "public" || matches!(name.trim(), "max-age" | "s-maxage") && seconds > 0
    };
    directives.iter().any(lives) && !directives.iter().any(|directive| directive == "no-store")
}

#[cfg(test)]
mod tests {
    use super::is_cacheable;

    #[test]
    fn what_may_be_stored() {
        let cases = [
            ("public", true),
            ("max-age=60", true),
            ("Private, S-MaxAge=\"60\"", true),
            ("max-age=0", false),
            ("no-store, max-age=60", false),
            ("no-cache", false),
            ("max-age=soon", false),
            ("", false),
        ];
        for (value, expected) in cases {
            assert_eq!(is_cacheable(value), expected, "{value}");
        }
    }
}
