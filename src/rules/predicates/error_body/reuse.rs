//! `repeats-success-schema`: an error is described with the schema of what the operation answers when all is well.

use super::{bodies, held};
use crate::facts::{ErrorBody, Held, Kind, Member, ResponseFact, Shape};
use crate::http::status::Class;
use crate::openapi::{NodeId, View, same};
use crate::rules::evaluate::{Evidence, Row, Subject};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, is_envelope, names_an_error};
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads};
use crate::truth::Truth;
use crate::words::plain;

pub(in crate::rules::predicates) const REPEATS_SUCCESS_SCHEMA: Predicate = Predicate {
    name: "repeats-success-schema",
    noun: Noun::Response,
    doc: "The body has the schema of a success of the same operation, and nothing in it could say that something failed.",
    arguments: &[],
    words: &["success", "name"],
    reads: Reads::Operation,
    run,
};

/// The fewest members of equal schemas that are not one and the same.
const FEWEST: usize = 2;
/// How many media types of each are compared.
const MOST_TYPES: usize = 64;
/// A message among so many members at most is what the body is about.
const WRAPPER: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(response), Some(operation)) = (row.response(), row.operation()) else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let mut is_cut = held(row).len() > MOST_TYPES;
    for index in operation.responses.clone() {
        let Some(success) = row.api.responses.get(index).filter(|other| other.status.class() == Some(Class::Successful)) else {
            continue;
        };
        let other = row.at(Subject::Response(index));
        is_cut |= held(&other).len() > MOST_TYPES;
        let mut some = bodies(row).take(MOST_TYPES);
        let found =
            some.find(|(id, body)| held(&other).iter().take(MOST_TYPES).any(|held| is_same(row, *id, body, &other, *held)));
        if let Some((_, body)) = found.filter(|(_, body)| is_resource(body)) {
            return Judgement::shown(true, shown(body, success));
        }
    }
    Judgement::plain(if is_cut { Truth::Unknown } else { Truth::False })
}

fn shown<'p>(body: &ErrorBody<'p>, success: &ResponseFact<'p>) -> Evidence<'p> {
    // A `$ref` into the middle of a response ends in `schema`.
    let name = body.names.iter().find(|name| *name != "schema");
    let list = if body.is_list { "a list of " } else { "" };
    let name = name.map(|name| format!(", {list}`{name}`")).unwrap_or_default();
    let related = vec![(success.key, "the success with the same schema".to_owned())];
    Evidence { at: None, related, words: vec![("success", success.text().to_owned()), ("name", name)], ..Evidence::default() }
}

/// One and the same schema, or equal ones that are no coincidence.
fn is_same(row: &Row<'_, '_>, id: NodeId, body: &ErrorBody<'_>, success: &Row<'_, '_>, held: Held) -> bool {
    let members = body.shapes.iter().map(|shape| shape.members.len()).max().unwrap_or_default();
    id == held.id || members >= FEWEST && are_equal(row, id, success, held)
}

/// Whether two schemas that are written in place say the same.
fn are_equal(row: &Row<'_, '_>, id: NodeId, success: &Row<'_, '_>, other: Held) -> bool {
    let own = super::held(row).iter().find(|held| held.id == id);
    let (Some(own), Some(other)) = (own, schema_at(success, other.position)) else { return false };
    let is_in_place = |view: View<'_>| view.node().get("$ref").is_none();
    let one = schema_at(row, own.position).filter(|one| is_in_place(*one) || is_in_place(other));
    one.is_some_and(|one| same(one, other, &["description", "title", "example"]).is_true())
}

fn schema_at<'p>(row: &Row<'_, 'p>, position: u32) -> Option<View<'p>> {
    Some(row.api.content_of(row.response()?).get(position as usize)?.schema()?.view())
}

/// Whether nothing about a body says that it may be an error: a generic wrapper has a place for one.
fn is_resource(body: &ErrorBody<'_>) -> bool {
    let says_error = body.names.iter().any(|name| names_an_error(name));
    !says_error && body.shapes.iter().all(|shape| shape.complete && !shape.members.is_empty() && !can_fail(shape))
}

fn can_fail(shape: &Shape<'_>) -> bool {
    shape.members.iter().any(says_outcome) || is_envelope(shape.names()) || is_wrapper(shape)
}

/// Whether a member says how the request went.
fn says_outcome(member: &Member<'_>) -> bool {
    const FLAGS: [&str; 7] = ["success", "ok", "issuccess", "succeeded", "successful", "valid", "isvalid"];
    const CODES: [&str; 7] =
        ["statuscode", "httpstatus", "httpcode", "httpstatuscode", "responsecode", "resultcode", "returncode"];
    const HOLDERS: [&str; 5] = ["meta", "status", "result", "header", "responsestatus"];
    let name = plain(&member.name);
    let is = |names: &[&str]| names.contains(&name.as_ref());
    let speaks = member.members.is_empty() || member.members.iter().any(|inner| is_word_of_outcome(&inner.name));
    is_about_errors(&member.name)
        // Such as one for each item of a list.
        || member.members.iter().any(|inner| is_about_errors(&inner.name))
        || is(&FLAGS) && member.kind != Kind::List
        || is(&CODES)
        || is(&["messages"]) && member.kind != Kind::Text
        || is(&HOLDERS) && member.kind == Kind::Object && speaks
}

fn is_word_of_outcome(name: &str) -> bool {
    const WORDS: [&str; 8] = ["code", "message", "msg", "success", "ok", "reason", "status", "statuscode"];
    plain(name).is_among(&WORDS)
}

/// Whether a message is what the body is about.
fn is_wrapper(shape: &Shape<'_>) -> bool {
    let has = |names: &[&str]| shape.names().any(|name| plain(name).is_among(names));
    let has_message = has(&["message", "messages", "msg"]);
    has_message && (shape.members.len() <= WRAPPER || has(&["code", "status", "result", "data", "state"]))
}
