//! `explains-error` and `names-error`: what an error's body says to people and what to programs.

use std::sync::OnceLock;

use super::bodies;
use crate::facts::{ErrorBody, Kind, Member, Shape};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::is_about_errors;
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::truth::Truth;
use crate::words::{plain, words};

pub(in crate::rules::predicates) const EXPLAINS_ERROR: Predicate = Predicate {
    name: "explains-error",
    noun: Noun::Response,
    doc: "The body has a member that people can read, such as `message` or `detail`; unknown where too little is told.",
    arguments: &[],
    words: &["members"],
    reads: Reads::Definition,
    run: |row, arguments: &Arguments<'_>| judged(row, arguments, |body| (&body.finds.explains, explains)),
};

pub(in crate::rules::predicates) const NAMES_ERROR: Predicate = Predicate {
    name: "names-error",
    noun: Noun::Response,
    doc: "The body has a member that programs can tell errors apart by, such as `code` or `type`; unknown where too little is told.",
    arguments: &[],
    words: &["members"],
    reads: Reads::Definition,
    run: |row, arguments: &Arguments<'_>| judged(row, arguments, |body| (&body.finds.names, names)),
};

/// The most members that a message names.
const NAMED: usize = 5;
/// Parts of the names of members that are written for people.
const TEXTS: [&str; 16] = [
    "message",
    "msg",
    "detail",
    "desc",
    "reason",
    "title",
    "text",
    "explanation",
    "summary",
    "diagnostic",
    "hint",
    "cause",
    "fault",
    "issue",
    "note",
    "comment",
];
/// Members that hold whatever there is; a text in one is read as what the error says.
const HOLDERS: [&str; 9] = ["data", "body", "value", "content", "response", "result", "payload", "info", "problem"];
/// The words of members that programs compare.
const CODES: [&str; 24] = [
    "code",
    "codes",
    "type",
    "types",
    "status",
    "statuses",
    "reason",
    "reasons",
    "errno",
    "name",
    "kind",
    "key",
    "category",
    "class",
    "classification",
    "exception",
    "number",
    "errorid",
    "errid",
    "faultid",
    "problemid",
    "rule",
    "constraint",
    "enum",
];

/// What shapes have, and where it is kept for a body that was asked.
type Question<'b, 'p> = (&'b OnceLock<Truth>, fn(&Shape<'p>) -> Truth);

/// All shapes must lack what is asked for.
fn judged<'p>(
    row: &Row<'_, 'p>,
    arguments: &Arguments<'_>,
    question: for<'b> fn(&'b ErrorBody<'p>) -> Question<'b, 'p>,
) -> Judgement<'p> {
    let all = || bodies(row).map(|(_, body)| body);
    let Some(first) = all().flat_map(|body| &body.shapes).next() else { return Judgement::plain(Truth::Unknown) };
    let truth = Truth::any(all().filter(|body| !body.shapes.is_empty()).map(|body| {
        let (known, has) = question(body);
        *known.get_or_init(|| Truth::any(body.shapes.iter().map(has)))
    }));
    if !arguments.shows {
        return Judgement::withheld(truth);
    }
    let mut members: Vec<String> = first.names().take(NAMED).map(|name| format!("`{name}`")).collect();
    if first.members.len() > NAMED {
        members.push("…".to_owned());
    }
    let words = vec![("members", members.join(", "))];
    Judgement::shown(truth, Evidence { words, ..Evidence::default() })
}

fn explains(shape: &Shape<'_>) -> Truth {
    let is_text = |member: &Member<'_>| {
        let name = plain(&member.name);
        let says = TEXTS.iter().any(|part| name.contains(part)) || HOLDERS.contains(&name.as_ref()) && member.kind == Kind::Text;
        // `error: "no such user"` is a text as often as a code.
        let is_error =
            is_about_errors(&member.name) && (matches!(member.kind, Kind::Text | Kind::Unknown) || member.is_list_of_texts());
        says || is_error
    };
    told(shape, shape.any(&is_text))
}

fn names(shape: &Shape<'_>) -> Truth {
    let is_code = |member: &Member<'_>| {
        let name = plain(&member.name);
        let words = words(&member.name);
        let says = words.iter().any(|word| CODES.contains(&word.as_str()))
            || name.contains("code")
            || name.contains("errno")
            || name.ends_with("status");
        let is_id = matches!(name.as_ref(), "id" | "errorid" | "errid" | "error" | "err" | "fault");
        member.kind != Kind::Boolean && (says || is_id)
    };
    told(shape, shape.any(&is_code))
}

/// No is only said where everything was to be seen.
fn told(shape: &Shape<'_>, has: bool) -> Truth {
    let unseen = !shape.complete || shape.members.is_empty() || shape.any(&Member::is_open);
    match (has, unseen) {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    }
}
