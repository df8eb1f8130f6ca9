//! `offers-choice`: a response has its content in several media types for the client to choose from.

use std::collections::BTreeSet;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::media_type::MediaType;
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "offers-choice",
    noun: Noun::Response,
    doc: "The content is described in at least two media types between which clients choose: not one with and without a charset, \
          not problem details beside it, not the kinds of files that there are.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run,
};

/// What a file is: nobody asks for it, it comes as it was stored.
const FILES: [&str; 5] = ["image", "audio", "video", "font", "model"];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let content = row.response().map(|response| row.api.content_of(response)).unwrap_or_default();
    let choices: BTreeSet<String> = content.iter().filter_map(|content| choice(&content.text()?)).collect();
    Judgement::plain(choices.len() > 1)
}

/// A media type as something to choose, its charset left out.
fn choice(text: &str) -> Option<String> {
    let media_type = MediaType::parse(text)?;
    let is_file =
        FILES.iter().any(|kind| media_type.kind.eq_ignore_ascii_case(kind)) || media_type.is("application/octet-stream");
    if is_file || media_type.is_problem() || media_type.is_range() {
        return None;
    }
    let parameters = media_type.parameters.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("charset"));
    Some(parameters.fold(media_type.essence(), |text, (name, value)| format!("{text};{}={value}", name.to_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::choice;

    #[test]
    fn what_can_be_chosen() {
        let cases = [
            ("application/json", Some("application/json")),
            ("Application/JSON; charset=utf-8", Some("application/json")),
            ("application/json; profile=\"a\"; charset=utf-8", Some("application/json;profile=a")),
            ("application/problem+json", None),
            ("image/png", None),
            ("application/octet-stream", None),
            ("*/*", None),
            ("_links", None),
        ];
        for (text, expected) in cases {
            assert_eq!(choice(text).as_deref(), expected, "{text}");
        }
    }
}
