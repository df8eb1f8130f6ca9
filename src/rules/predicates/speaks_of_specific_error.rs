//! `speaks-of-specific-error`: a 400 whose text is about an error that has a status of its own.

use std::sync::LazyLock;

use regex::Regex;

use super::{Arguments, Judgement, Predicate};
use crate::http::status::find;
use crate::openapi::{MediaType, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::words;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "speaks-of-specific-error",
    noun: Noun::Response,
    doc: "The first sentence of the description, or else the code in its examples, is about an error with a status of its own, and about that alone.",
    arguments: &[],
    words: &["cue", "meant"],
    reads_operation: false,
    run,
};

/// A general name that often stands before what is really said.
static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(
        r"^\W*(?:(?:http\W*)?400\W*)?(?:(?:bad|invalid|incorrect|malformed) request|client error|request error|error|400)?\s*(?:[:.,;(\[–—-]+\s*|(?:because|as|since|when|if|due to)\b\s*|$)",
    )
});

/// Words of what a 400 is for. Beside them a cue is one cause of several.
static GENERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(
        r"\b(?:invalid|malformed|validat\w+|required|missing|incorrect|wrong|syntax|bad|pars(?:e|ed|ing)|format|illegal|incomplete|not valid|empty|unknown|missed|must)\b",
    )
});

/// What has a status of its own.
static CUES: LazyLock<Vec<(u16, Option<Regex>)>> = LazyLock::new(|| {
    let credential = r"(?:access |auth\w* |bearer |security )?(?:tokens?|credentials|api[- ]?keys?)";
    let table: [(u16, &str); 8] = [
        (
            401,
            &format!(
                r"\b(?:unauthenticated|not (?:been )?authenticated|authentication (?:is )?(?:required|failed)|not logged in|(?:missing|no|expired) {credential})\b"
            ),
        ),
        (
            403,
            r"\b(?:(?:no|insufficient|missing|without|lacks?|not have)(?: \w+){0,3} permissions?|permission denied|not allowed to|not permitted to|access denied|forbidden)\b",
        ),
        (404, r"\b(?:(?:not|n't|never)(?: be| been)? found|(?:does not|doesn't|do not|don't) exist|no such \w+|unknown id)\b"),
        (
            409,
            r"\b(?:already (?:exists?|in use|taken|registered)|duplicated?|conflict|conflicting|conflicts with (?:an?|the|another))\b",
        ),
        (429, r"\b(?:too many (?:requests|attempts|calls)|rate[- ]limit(?:s|ed|ing)?)\b"),
        (
            413,
            r"\b(?:(?:payload|body|request|file|upload|image|content|attachment|document)s?(?: \w+){0,3} too (?:large|big|long)|payload size|(?:request|file|body) size (?:exceed\w+|limit))\b",
        ),
        (415, r"\b(?:unsupported media|content[- ]type|media type(?:s)? (?:is |are )?not (?:supported|allowed))\b"),
        (405, r"\bmethod (?:is )?not (?:allowed|supported)\b"),
    ];
    table.into_iter().map(|(code, pattern)| (code, compiled(pattern))).collect()
});

fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("(?i){pattern}")).ok()
}

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let sentence = response.description().map(|text| first_sentence(&text)).unwrap_or_default();
    let found = of_sentence(&sentence).map(|said| (None, said)).or_else(|| {
        if !says_nothing(&sentence) {
            return None;
        }
        let codes: Vec<Node<'p>> = row.api.content_of(response).iter().flat_map(|media_type| codes(*media_type)).collect();
        of_codes(&codes).map(|(node, said)| (Some(node), said))
    });
    let Some((node, (code, cue))) = found else { return Judgement::plain(false) };
    let name = find(code).map(|entry| entry.name).unwrap_or_default();
    let related = node.map(|node| (node, format!("`{cue}`: that is {code}"))).into_iter().collect();
    Judgement::shown(true, Evidence { at: None, related, words: vec![("cue", cue), ("meant", format!("{code} {name}"))] })
}

/// What the first sentence is about, if that is one thing only and not what a 400 is for.
fn of_sentence(sentence: &str) -> Option<(u16, String)> {
    let (code, cue) = only_cue(sentence)?;
    let rest = sentence.replacen(&cue, " ", 1);
    (!is_general(&rest)).then_some((code, cue))
}

fn is_general(text: &str) -> bool {
    GENERAL.as_ref().is_some_and(|general| general.is_match(text))
}

/// A sentence without any cause: what the examples show is not one of several.
fn says_nothing(sentence: &str) -> bool {
    !is_general(sentence) && CUES.iter().all(|(_, cue)| cue.as_ref().is_none_or(|cue| !cue.is_match(sentence)))
}

/// The first sentence behind the general name, on one line.
fn first_sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = HEAD.as_ref().and_then(|head| head.find(&line)).map_or(0, |found| found.end());
    let rest = line.get(head..).unwrap_or_default();
    let end = rest.find(". ").unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_end_matches('.').to_owned()
}

fn only_cue(text: &str) -> Option<(u16, String)> {
    let mut found = CUES.iter().filter_map(|(code, cue)| Some((*code, cue.as_ref()?.find(text)?.as_str().to_owned())));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What the codes of the examples are about, if all of them are about the same.
fn of_codes<'p>(codes: &[Node<'p>]) -> Option<(Node<'p>, (u16, String))> {
    let mut found = codes.iter().map(|node| {
        let text = node.text()?;
        let (code, _) = only_cue(&words(&text).join(" "))?;
        Some((*node, (code, text.into_owned())))
    });
    let first = found.next()??;
    let agrees = |other: Option<(Node<'p>, (u16, String))>| other.is_some_and(|(_, (code, _))| code == first.1.0);
    found.all(agrees).then_some(first)
}

/// The codes in the examples of a media type, or else of its schema.
fn codes(media_type: MediaType<'_>) -> Vec<Node<'_>> {
    let beside = media_type.examples();
    let examples = if beside.is_empty() { media_type.schema().map(Schema::examples).unwrap_or_default() } else { beside };
    examples.iter().flat_map(|example| members(example.value, 0)).collect()
}

/// The texts of members called `code` or the like, a few levels down.
fn members(value: Node<'_>, depth: usize) -> Vec<Node<'_>> {
    const DEPTH: usize = 3;
    const NAMES: [&str; 5] = ["code", "errorcode", "error", "errortype", "reason"];
    if depth > DEPTH {
        return Vec::new();
    }
    let mut found = Vec::new();
    for entry in value.entries() {
        let name = words(&entry.key.text().unwrap_or_default()).concat();
        if let Some(text) = entry.value.as_str().filter(|_| NAMES.contains(&name.as_str())) {
            found.extend((!is_the_status_itself(&text)).then_some(entry.value));
        } else {
            found.extend(members(entry.value, depth + 1));
        }
    }
    found.extend(value.items().take(20).flat_map(|item| members(item, depth + 1)));
    found
}

/// `400`, `Bad Request` and `BAD_REQUEST` add nothing to the status.
fn is_the_status_itself(code: &str) -> bool {
    matches!(words(code).join(" ").as_str(), "bad request" | "400" | "error" | "client error")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_mean_another_status() {
        let cases = [
            ("A user with this name already exists", Some(409)),
            ("Bad Request. The name already exists.", Some(409)),
            ("400 - Bad request: user not found", Some(404)),
            ("Too many requests", Some(429)),
            ("The file is too large", Some(413)),
            ("Unsupported media type", Some(415)),
            ("Method not allowed", Some(405)),
            ("You are not allowed to delete this", Some(403)),
            ("Missing API key", Some(401)),
            ("Bad request", None),
            ("Invalid input, or the name already exists", None),
            ("User not found or already exists", None),
            ("The limit is too large", None),
            ("Validation failed. The name already exists.", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of_sentence(&first_sentence(text)).map(|(code, _)| code), expected, "{text}");
        }
    }

    #[test]
    fn all_patterns_compile() {
        assert!(CUES.iter().all(|(_, cue)| cue.is_some()) && HEAD.is_some() && GENERAL.is_some());
    }
}
