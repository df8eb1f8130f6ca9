//! `repeats-success-schema`: an error is described with the schema of what the operation answers when all is well.

use super::bodies;
use crate::facts::{ErrorBody, Kind, Member, ResponseFact, Shape};
use crate::http::status::Class;
use crate::openapi::{Schema, same};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, is_envelope, names_an_error};
use crate::rules::predicates::{Arguments, Judgement, Predicate};
use crate::truth::Truth;
use crate::words::plain;

pub(in crate::rules::predicates) const REPEATS_SUCCESS_SCHEMA: Predicate = Predicate {
    name: "repeats-success-schema",
    noun: Noun::Response,
    doc: "The body has the schema of a success of the same operation, and nothing in it could say that something failed.",
    arguments: &[],
    words: &["success", "name"],
    reads_operation: true,
    run,
};

/// The fewest members of equal schemas that are not one and the same.
const FEWEST: usize = 2;
/// A message among so many members at most is what the body is about.
const WRAPPER: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let (Some(response), Some(operation)) = (row.response(), row.operation()) else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let is_success = |other: &&ResponseFact<'p>| other.status.class() == Some(Class::Successful);
    for (schema, body) in bodies(row).into_iter().filter(|(schema, body)| is_resource(*schema, body)) {
        for success in row.api.responses_of(operation).iter().filter(is_success) {
            let of_success = row.api.content_of(success).iter().filter_map(|media_type| media_type.schema());
            if of_success.into_iter().any(|other| is_same(schema, other, body)) {
                return Judgement::shown(true, shown(schema, body, success));
            }
        }
    }
    Judgement::plain(false)
}

fn shown<'p>(schema: Schema<'p>, body: &ErrorBody<'p>, success: &ResponseFact<'p>) -> Evidence<'p> {
    let inner = if body.is_list { schema.items().unwrap_or(schema) } else { schema };
    let name = inner.alone().component_name().or_else(|| inner.component_name());
    // A `$ref` into the middle of a response ends in `schema`.
    let name = name.filter(|name| name != "schema");
    let list = if body.is_list { "a list of " } else { "" };
    let name = name.map(|name| format!(", {list}`{name}`")).unwrap_or_default();
    let related = vec![(success.key, "the success with the same schema".to_owned())];
    Evidence { at: None, related, words: vec![("success", success.text.clone().into_owned()), ("name", name)] }
}

/// One and the same schema, or equal ones that are no coincidence.
fn is_same(one: Schema<'_>, other: Schema<'_>, body: &ErrorBody<'_>) -> bool {
    let (one, other) = (one.alone(), other.alone());
    let members = body.shapes.iter().map(|shape| shape.members.len()).max().unwrap_or_default();
    one.id() == other.id() || members >= FEWEST && same(one.view(), other.view(), &["description", "title", "example"]).is_true()
}

/// Whether nothing about a body says that it may be an error: a generic wrapper has a place for one.
fn is_resource(schema: Schema<'_>, body: &ErrorBody<'_>) -> bool {
    let named = [schema.component_name(), schema.alone().component_name()];
    let says_error = named.into_iter().flatten().any(|name| names_an_error(&name));
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
    let is = |names: &[&str]| names.contains(&name.as_str());
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
    WORDS.contains(&plain(name).as_str())
}

/// Whether a message is what the body is about.
fn is_wrapper(shape: &Shape<'_>) -> bool {
    let has = |names: &[&str]| shape.names().any(|name| names.contains(&plain(name).as_str()));
    let has_message = has(&["message", "messages", "msg"]);
    has_message && (shape.members.len() <= WRAPPER || has(&["code", "status", "result", "data", "state"]))
}
