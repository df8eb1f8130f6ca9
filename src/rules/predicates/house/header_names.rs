//! How header fields are called.

use super::super::{Arguments, Judgement, Predicate, Reads, strings};
use super::listed::headers;
use crate::http::header;
use crate::openapi::Header;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};

pub(in super::super) const HEADER_NAME_MATCHES: Predicate = Predicate {
    name: "header-name-matches",
    noun: Noun::Response,
    doc: "The response declares header fields whose names match `pattern` and are not among `except`; shows each.",
    arguments: &[("pattern", OptionKind::Regex), ("except", OptionKind::Strings)],
    words: &["header"],
    reads: Reads::Headers,
    run: name_matches,
};

pub(in super::super) const HEADER_CASE_DIFFERS: Predicate = Predicate {
    name: "header-case-differs",
    noun: Noun::Response,
    doc: "The response declares header fields in another case than usual: a known one not as its definition has it, another one \
          so that it does not match `pattern`; shows each.",
    arguments: &[("pattern", OptionKind::Regex)],
    words: &["header", "usual"],
    reads: Reads::Headers,
    run: case_differs,
};

fn name_matches<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Regex(pattern)) = arguments.get("pattern") else { return Judgement::plain(false) };
    let except = strings(arguments, "except");
    headers(row, |header| {
        let name = header.name();
        pattern.is_match(&name) && !except.iter().any(|other| name.eq_ignore_ascii_case(other))
    })
}

fn case_differs<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::Regex(pattern)) = arguments.get("pattern") else { return Judgement::plain(false) };
    let differs = |header: &Header<'p>| {
        let name = header.name();
        header::find(&name).map_or_else(|| !pattern.is_match(&name), |known| known.name != name)
    };
    let mut judgement = headers(row, differs);
    for item in &mut judgement.evidence {
        let usual = item.words.first().map(|(_, name)| usual(name)).unwrap_or_default();
        item.words.push(("usual", usual));
    }
    judgement
}

/// The usual spelling: that of the definition, else each word with a capital.
fn usual(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    let spelt = || name.split(['-', '_']).map(word).collect::<Vec<_>>().join("-");
    header::find(name).map_or_else(spelt, |known| known.name.to_owned())
}
