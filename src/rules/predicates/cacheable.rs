//! `shows-cacheable`: a response shows a `Cache-Control` that lets caches store it, or came with fields that do.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::date;
use crate::openapi::Example;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::traffic::mask;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "shows-cacheable",
    noun: Noun::Response,
    doc: "An example, a constant or the default of `Cache-Control` lets caches store the response; of one that came, its `Cache-Control` or an `Expires` after its `Date`.",
    arguments: &[],
    words: &["value", "header"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(observed) = row.exchange() {
        return of_exchange(observed);
    }
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

/// `Expires` counts only where there is no `Cache-Control`, which would overrule it (RFC 9111 §5.3).
fn of_exchange<'p>(observed: &Observed<'_>) -> Judgement<'p> {
    let fields = observed.fields();
    let found = match fields.value("Cache-Control") {
        Some(value) => is_cacheable(&value).then_some(("Cache-Control", value)),
        None => fields.value("Expires").filter(|expires| lives_on(expires, fields.value("Date"))).map(|value| ("Expires", value)),
    };
    found.map_or(Judgement::plain(false), |(header, value)| {
        let words = vec![("header", header.to_owned()), ("value", mask::field_value(header, &value, false))];
        Judgement::shown(true, Evidence { words, ..Evidence::default() })
    })
}

fn lives_on(expires: &str, sent: Option<String>) -> bool {
    let seconds = |text: &str| date::parse(text.trim()).map(|date| date.seconds);
    seconds(expires).zip(sent.and_then(|sent| seconds(&sent))).is_some_and(|(expires, sent)| expires > sent)
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
