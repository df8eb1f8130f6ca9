//! `speaks-of-specific-error`: a 400 whose text is about an error that has a status of its own.

use std::sync::LazyLock;

use super::cues::operation_has_word;
use super::unexplained_unauthorized::SIGNS_IN;
use super::{Arguments, Judgement, Predicate, Reads, identifies};
use crate::facts::SpecificError;
use crate::http::status::find;
use crate::openapi::MediaType;
use crate::pattern::Pattern;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::words;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "speaks-of-specific-error",
    noun: Noun::Response,
    doc: "The first sentence of the description, or else the code in its examples, is about an error with a status of its own, and nothing else is said; what is not found is named by the path.",
    arguments: &[],
    words: &["cue", "meant"],
    reads: Reads::Operation,
    run,
};

/// A general name that often stands before what is really said.
static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
    compiled(
        r"^\W*(?:(?:http\W*)?400\W*)?(?:(?:bad|invalid|incorrect|malformed) request|client error|request error|error|400)?\s*(?:[:.,;(\[–—-]+\s*|(?:because|as|since|when|if|due to)\b\s*|$)",
    )
});

/// Words of what a 400 is for. Beside them a cue is one cause of several.
static GENERAL: LazyLock<Pattern> = LazyLock::new(|| {
    compiled(
        r"\b(?:invalid|malformed|validat\w+|required|missing|incorrect|wrong|syntax|bad|pars(?:e|ed|ing)|format|illegal|incomplete|not valid|empty|unknown|missed|must)\b",
    )
});

/// A second cause in the same sentence.
static ALTERNATIVE: LazyLock<Pattern> = LazyLock::new(|| compiled(r"\b(?:or|for example|e\.g)\b"));
/// APIs with codes of their own list them, each with its cause.
static ERROR_CODE: LazyLock<Pattern> = LazyLock::new(|| compiled(r"\berror code\b"));
/// Parts of the input, which no path names.
static PART: LazyLock<Pattern> = LazyLock::new(|| compiled(r"\b(?:names?|values?|parameters?|columns?|some|any)\b[^.]{0,40}$"));

/// What has a status of its own.
static CUES: LazyLock<Vec<(u16, Pattern)>> = LazyLock::new(|| {
    let credential = r"(?:access |auth\w* |bearer |security )?(?:tokens?|credentials|api[- ]?keys?)";
    let table: [(u16, &str); 8] = [
        (
            401,
            &format!(
                r"\b(?:unauthenticated|not (?:been )?authenticated|authentication (?:is )?(?:required|failed)|not logged in|(?:missing|no|expired) {credential}|{credential} (?:not found|(?:does not|doesn't) exist))\b"
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

pub(super) const PATTERNS: &[fn()] = &[
    || HEAD.compile_places(),
    || GENERAL.compile(),
    || ALTERNATIVE.compile(),
    || ERROR_CODE.compile_places(),
    || PART.compile(),
    || CUES.iter().for_each(|(_, pattern)| pattern.compile()),
];

fn compiled(pattern: &str) -> Pattern {
    Pattern::trusted(format!("(?i){pattern}"))
}

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let description = response.description().unwrap_or_default();
    let by_text = || {
        let found = of_text(&description).map(|(code, cue)| Box::new(SpecificError { code, cue, at: None }));
        let is_silent = found.is_none() && first_sentence(&description).0.is_empty();
        (found, is_silent)
    };
    let (found, is_silent) = match response.own_description() {
        Some(_) => by_text(),
        None => row.api.once_whatever_is_produced(response, |known| &known.specific_error, by_text),
    };
    let by_codes = || of_content(row.api.content_of(response)).map(Box::new);
    let in_content = || row.api.once(response, |known| &known.specific_code, by_codes);
    let found = found.or_else(|| is_silent.then(in_content).flatten());
    let found = found.filter(|said| fits(row, said.code, &said.cue, &description));
    let Some(SpecificError { code, cue, at }) = found.map(|found| *found) else { return Judgement::plain(false) };
    let name = find(code).map(|entry| entry.name).unwrap_or_default();
    let related = at.map(|node| (node, format!("`{cue}`: that is {code}"))).into_iter().collect();
    Judgement::shown(
        true,
        Evidence { at: None, related, words: vec![("cue", cue), ("meant", format!("{code} {name}"))], ..Evidence::default() },
    )
}

/// What the codes of the examples are about.
fn of_content<'p>(content: &[MediaType<'p>]) -> Option<SpecificError<'p>> {
    let codes: Vec<Node<'p>> = content.iter().flat_map(|media_type| codes(*media_type)).collect();
    of_codes(&codes).map(|(node, (code, cue))| SpecificError { code, cue, at: Some(node) })
}

/// What a text is about, if that is one thing only and not what a 400 is for.
fn of_text(text: &str) -> Option<(u16, String)> {
    let (sentence, rest) = first_sentence(text);
    let (code, cue) = only_cue(&sentence)?;
    let beside = sentence.replacen(&cue, " ", 1);
    let other_cause = only_cue(&rest).is_some_and(|(other, _)| other != code) || cues(&rest) > 1;
    let several = ALTERNATIVE.is_match(&beside) || ERROR_CODE.find_all(text).count() > 1 || other_cause;
    (!several && !GENERAL.is_match(&beside) && !GENERAL.is_match(&rest)).then_some((code, cue))
}

/// Whether the cue can be meant so here. A 404 is about what the path names, and who signs in sends credentials as input.
fn fits(row: &Row<'_, '_>, code: u16, cue: &str, description: &str) -> bool {
    let Some(operation) = row.operation() else { return false };
    match code {
        401 | 403 => !operation_has_word(row, &SIGNS_IN),
        404 if first_sentence(description).0.eq_ignore_ascii_case("not found") => true,
        404 => {
            let before = description.find(cue).and_then(|at| description.get(..at)).unwrap_or_default();
            let has_body = row.api.request_of(operation).is_some();
            !has_body && identifies::identified(row, operation).0.is_true() && !PART.is_match(before.trim_end())
        }
        _ => true,
    }
}

/// The first sentence behind the general name, on one line, and what follows.
fn first_sentence(text: &str) -> (String, String) {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = HEAD.find(&line).map_or(0, |found| found.end);
    let rest = line.get(head..).unwrap_or_default();
    let (sentence, behind) = rest.split_once(". ").unwrap_or((rest, ""));
    (sentence.trim_end_matches('.').to_owned(), behind.to_owned())
}

/// How many kinds of errors a text is about.
fn cues(text: &str) -> usize {
    CUES.iter().filter(|(_, cue)| cue.is_match(text)).count()
}

fn only_cue(text: &str) -> Option<(u16, String)> {
    let matching = CUES.iter().filter(|(_, cue)| cue.is_match(text));
    let mut found = matching.filter_map(|(code, cue)| Some((*code, text.get(cue.find(text)?)?.to_owned())));
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

/// The codes in the examples of a media type, or else of its own schema.
fn codes(media_type: MediaType<'_>) -> Vec<Node<'_>> {
    media_type.own_examples().iter().flat_map(|example| members(example.value, 0)).collect()
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
            ("Returned if: * the filter is not found. * the user does not have permission.", None),
            ("The name already exists. Error code 7: the type is incorrect.", None),
            ("Error code 1: user not found. Error code 2: cannot access the meeting.", None),
            ("Order expired or already exists", None),
            ("API key not found", None),
            ("The name already exists. Choose another one.", Some(409)),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of_text(text).map(|(code, _)| code), expected, "{text}");
        }
    }

    #[test]
    fn all_patterns_compile() {
        assert!(CUES.iter().all(|(_, cue)| cue.is_sound()) && HEAD.is_sound() && GENERAL.is_sound());
    }
}
