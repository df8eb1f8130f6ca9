//! `lacks-listed-member`: the JSON body of a response has not all the members that a house wants.

use super::super::{Arguments, Judgement, Looks, Predicate, Reads};
use super::{json_schemas, quoted, response};
use crate::openapi::Schema;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

pub(in super::super) const LACKS_LISTED_MEMBER: Predicate = Predicate {
    name: "lacks-listed-member",
    noun: Noun::Response,
    doc: "A JSON body of the response does not have all the members that `names` lists for its status, for its range and for \
          `any`; `error.code` is a member of a member. Unknown where the schema does not tell.",
    arguments: &[("names", OptionKind::StringsByStatus)],
    words: &["missing", "content"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::StringsByStatus(names)) = arguments.get("names") else { return Judgement::plain(false) };
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let wanted = names.together(response.status);
    let mut truth = Truth::False;
    let mut evidence: Vec<Evidence<'p>> = Vec::new();
    for (content, schema) in json_schemas(row, response) {
        let has: Vec<(&str, Truth)> = wanted.iter().map(|name| (*name, has_member(schema, name))).collect();
        truth = truth.or(!Truth::all(has.iter().map(|(_, truth)| *truth)));
        let missing: Vec<&str> = has.iter().filter(|(_, truth)| truth.is_false()).map(|(name, _)| *name).collect();
        if !missing.is_empty() {
            let words = vec![("missing", quoted(missing)), ("content", content.text().unwrap_or_default().into_owned())];
            evidence.push(Evidence { at: None, related: Vec::new(), words, ..Evidence::default() });
        }
    }
    Judgement::resting_on(evidence, truth)
}

/// Whether instances have a member at a path such as `error.code`; of alternatives each must have it.
pub(super) fn has_member(schema: Schema<'_>, path: &str) -> Truth {
    has_member_within(schema, path, 8, &mut Looks::default())
}

fn has_member_within(schema: Schema<'_>, path: &str, depth: u8, looks: &mut Looks) -> Truth {
    if !looks.take() {
        return Truth::Unknown;
    }
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let properties = schema.properties();
    if let Some(property) = properties.get(name) {
        return rest.map_or(Truth::True, |rest| has_member_within(property.schema, rest, depth, looks));
    }
    let branches: Vec<Schema<'_>> = schema.branches().filter(|_| depth > 0).collect();
    if !branches.is_empty() {
        return Truth::all(branches.into_iter().map(|branch| has_member_within(branch, path, depth - 1, looks)));
    }
    let is_told = properties.complete && (!properties.list.is_empty() || is_no_object(schema));
    if is_told && schema.values().is_none() { Truth::False } else { Truth::Unknown }
}

fn is_no_object(schema: Schema<'_>) -> bool {
    let types = schema.types();
    !types.is_empty() && types.iter().all(|name| name != "object")
}
