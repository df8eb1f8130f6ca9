//! `invalid-status-key`: neither a code, a range nor `default`; says what was probably meant.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::status::{Registration, StatusKey, codes_with_phrase, registration};
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "invalid-status-key",
    noun: Noun::Response,
    doc: "whether the key is neither a code from 100 to 599, a range such as `4XX` nor `default`",
    arguments: &[],
    words: &["instead"],
    reads: Reads::Key,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(Truth::Unknown) };
    if response.status != StatusKey::Invalid {
        return Judgement::plain(false);
    }
    let words = vec![("instead", instead(response.text()))];
    Judgement::shown(true, Evidence { words, ..Evidence::default() })
}

fn instead(key: &str) -> String {
    match meant(key) {
        Some(meant) => format!("`{meant}`"),
        None => "a code from 100 to 599, a range such as `4XX`, or `default`".to_owned(),
    }
}

/// The key that somebody who wrote this one probably had in mind.
fn meant(key: &str) -> Option<String> {
    let trimmed = key.trim();
    if StatusKey::parse(trimmed) != StatusKey::Invalid {
        return Some(trimmed.to_owned());
    }
    if trimmed.eq_ignore_ascii_case("default") {
        return Some("default".to_owned());
    }
    range_of(trimmed).or_else(|| {
        let named = codes_with_phrase(&crate::words::words(trimmed).join(" "));
        let registered = |code: &u16| registration(*code) == Registration::Registered;
        named.iter().copied().find(registered).map(|code| code.to_string())
    })
}

/// `4xx`, `4**`, `40X` and `400-499` mean a range.
fn range_of(key: &str) -> Option<String> {
    let first = key.chars().next().filter(|first| ('1'..='5').contains(first))?;
    let ends = |text: &str| text.len() == 3 && text.starts_with(first) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_span = key.split_once('-').is_some_and(|(from, to)| ends(from.trim()) && ends(to.trim()));
    let mut rest = key.chars().skip(1);
    let is_pattern = key.len() == 3
        && rest.all(|letter| letter.is_ascii_digit() || matches!(letter, 'x' | 'X' | '*' | '?'))
        && !key.bytes().all(|byte| byte.is_ascii_digit());
    (is_span || is_pattern).then(|| format!("{first}XX"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let cases = [
            ("4xx", Some("4XX")),
            ("2X0", Some("2XX")),
            ("5**", Some("5XX")),
            ("200-299", Some("2XX")),
            ("200 ", Some("200")),
            ("Default", Some("default")),
            ("OK", Some("200")),
            ("notFound", Some("404")),
            ("unauthorized", Some("401")),
            ("600", None),
            ("099", None),
            ("0200", None),
            ("400-599", None),
            ("", None),
            ("ééé", None),
        ];
        for (key, expected) in cases {
            assert_eq!(meant(key).as_deref(), expected, "{key}");
        }
    }
}
