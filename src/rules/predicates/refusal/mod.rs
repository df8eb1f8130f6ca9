//! `speaks-of-permission` and `speaks-of-credentials`: what a refusal says about its reason, 403's or 401's.

mod cues;
mod words;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{GivenReason, ResponseFact};
use crate::http::media_type;
use crate::openapi::MediaType;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::plain;
use cues::{Reason, Said};
pub(super) use words::PATTERNS;

pub(super) const SPEAKS_OF_PERMISSION: Predicate = Predicate {
    name: "speaks-of-permission",
    noun: Noun::Response,
    doc: "The wording, or else an example, gives a missing permission for the reason and says nothing of credentials.",
    arguments: &[],
    words: &["cue", "claim"],
    reads: Reads::Response,
    run: |row, _: &Arguments<'_>| speaks(row, Reason::Permission),
};

pub(super) const SPEAKS_OF_CREDENTIALS: Predicate = Predicate {
    name: "speaks-of-credentials",
    noun: Noun::Response,
    doc: "The wording, or else an example, gives missing or bad credentials for the reason and says nothing of permissions.",
    arguments: &[],
    words: &["cue", "claim"],
    reads: Reads::Response,
    run: |row, _: &Arguments<'_>| speaks(row, Reason::Credentials),
};

/// A text of the response and where it stands.
struct Text<'p> {
    node: Node<'p>,
    text: String,
}

fn speaks<'p>(row: &Row<'_, 'p>, reason: Reason) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let examples = || row.api.content_of(response).iter().flat_map(|media_type| texts_of(*media_type)).collect::<Vec<_>>();
    let wanted = reason == Reason::Permission;
    let given_by_examples = || row.api.once(response, |known| known.refusal.of(wanted), || given(reason, &examples()));
    match given(reason, &wording(response)) {
        GivenReason::Nothing => judgement(given_by_examples(), reason),
        // A name alone says less than an example that gives another reason.
        GivenReason::Wanted(_, cue) if cue.by_name && given_by_examples() == GivenReason::Other => Judgement::plain(false),
        by_wording => judgement(by_wording, reason),
    }
}

fn given<'p>(reason: Reason, texts: &[Text<'p>]) -> GivenReason<'p> {
    match cues::said(reason, texts.iter().map(|text| text.text.as_str())) {
        Said::Nothing => GivenReason::Nothing,
        Said::Reason(index, cue) => texts.get(index).map_or(GivenReason::Other, |text| GivenReason::Wanted(text.node, cue)),
        Said::Other => GivenReason::Other,
    }
}

fn judgement(given: GivenReason<'_>, reason: Reason) -> Judgement<'_> {
    let GivenReason::Wanted(at, cue) = given else { return Judgement::plain(false) };
    let related = vec![(at, format!("`{}`: {}", cue.words, reason.words(&cue)))];
    let words = vec![("claim", reason.claim(&cue)), ("cue", cue.words)];
    Judgement::shown(true, Evidence { at: None, related, words, ..Evidence::default() })
}

/// Summary and description; the description beside a `$ref` counts in place of the component's.
fn wording<'p>(response: &ResponseFact<'p>) -> Vec<Text<'p>> {
    let Some(definition) = response.definition else { return Vec::new() };
    let summary = definition.summary().and_then(|_| definition.0.node().get("summary"));
    let own = response.own_description().map(|entry| entry.value);
    let description = own.or_else(|| definition.0.node().get("description"));
    let said = |node: Node<'p>| Some(Text { node, text: node.text()?.into_owned() });
    summary.into_iter().chain(description).filter_map(said).collect()
}

/// The messages in the examples of a media type, or else of its own schema.
fn texts_of(media_type: MediaType<'_>) -> Vec<Text<'_>> {
    if media_type.text().is_some_and(|text| !media_type::is_json(&text) && !text.starts_with("text/")) {
        return Vec::new();
    }
    media_type.own_examples().iter().flat_map(|example| messages(example.value, 0)).collect()
}

/// The texts of an example that say what went wrong: itself, or members called so, a few levels down.
fn messages(value: Node<'_>, depth: usize) -> Vec<Text<'_>> {
    const DEPTH: usize = 3;
    const MEMBERS: [&str; 12] = [
        "message",
        "messages",
        "msg",
        "error",
        "errors",
        "detail",
        "details",
        "title",
        "reason",
        "errormessage",
        "errordescription",
        "description",
    ];
    if depth > DEPTH {
        return Vec::new();
    }
    if let Some(text) = value.as_str() {
        return vec![Text { node: value, text: text.into_owned() }];
    }
    let named = |key: Node<'_>| plain(&key.text().unwrap_or_default()).is_among(&MEMBERS);
    let members = value.entries().filter(|entry| named(entry.key)).map(|entry| entry.value);
    members.chain(value.items()).take(20).flat_map(|inner| messages(inner, depth + 1)).collect()
}
