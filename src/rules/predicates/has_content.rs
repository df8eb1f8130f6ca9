//! Whether a response has content.

use super::super::evaluate::{Evidence, Row};
use super::super::fields::Noun;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::openapi::{Response, Version};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "has-content",
    noun: Noun::Response,
    doc: "The response describes content (at least one media type, in 2.0 a schema or examples), or came with some; shows what is described as `content` and what came as `found`.",
    arguments: &[],
    words: &["content", "found"],
    reads: Reads::Definition,
    run,
};

/// The most media types that a message names.
const NAMED: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(exchange) = row.exchange() {
        return came(exchange);
    }
    let Some(definition) = row.response().and_then(|response| response.definition) else {
        return Judgement::plain(Truth::Unknown);
    };
    let Some(key) = definition.content_key() else {
        return Judgement::plain(if definition.0.is_lost("content") { Truth::Unknown } else { Truth::False });
    };
    let words = vec![("content", described(definition))];
    Judgement::shown(true, Evidence { at: Some(key), related: Vec::new(), words, ..Evidence::default() })
}

fn came<'p>(exchange: &Observed<'_>) -> Judgement<'p> {
    match exchange.has_content() {
        Some(true) => {
            let words = vec![("found", measured(exchange.exchange.response.body.length()))];
            Judgement::shown(true, Evidence { words, ..Evidence::default() })
        }
        Some(false) => Judgement::plain(false),
        None => Judgement::plain(Truth::Unknown),
    }
}

/// What came, as a phrase.
fn measured(length: Option<u64>) -> String {
    match length {
        None => "content".to_owned(),
        Some(1) => "1 byte of content".to_owned(),
        Some(length) => format!("{length} bytes of content"),
    }
}

/// What is described, as a phrase. In 2.0 the media types are the operation's, so they say nothing about the response.
fn described(definition: Response<'_>) -> String {
    if definition.0.version() == Version::V2_0 {
        let has_schema = definition.content_key().is_some_and(|key| key.is_text("schema"));
        return if has_schema { "a `schema`" } else { "`examples`" }.to_owned();
    }
    let names: Vec<String> =
        definition.content(None).iter().filter_map(|content| Some(format!("`{}`", content.text()?))).collect();
    match names.len().checked_sub(NAMED) {
        None | Some(0) => format!("{} content", names.join(", ")),
        Some(more) => format!("{} and {more} more kinds of content", names.get(..NAMED).unwrap_or_default().join(", ")),
    }
}
