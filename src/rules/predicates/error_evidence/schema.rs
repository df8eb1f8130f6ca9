//! Schemas that describe errors: what they pin, require, are named and serve elsewhere.

use super::envelope::{
    is_about_errors, is_envelope, is_foreign, is_foreign_name, is_name_of_payload, is_payload, names_an_error,
};
use super::example::{explains, is_error_code, is_failure};
use super::{MOST_TYPES, exemption};
use crate::facts::{Question, ResponseFact, Sign, Signs};
use crate::http::status::Class;
use crate::openapi::{Properties, Property, Schema, same};
use crate::rules::evaluate::Row;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::plain;

/// How many members a schema has at most that is written out for each use.
const MOST_COPIED: usize = 64;

/// Among how many alternatives there may be such a schema.
const MOST_BRANCHES: usize = 64;

/// How many alternatives are looked at.
const MOST_ALTERNATIVES: usize = 256;

/// Whether an error of the same operation may have the schema, written out a second time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copies {
    MayBe,
    AreNotLookedFor,
}

/// What a schema says, and each of its alternatives where it has some.
pub(super) fn signs<'p>(row: &Row<'_, 'p>, schema: Schema<'p>) -> Signs<'p> {
    let may_show =
        |schema: &Schema<'p>| !row.api.noted(*schema, Question::Signs, || Truth::from(!shows_nothing(*schema))).is_false();
    let Some(schema) = body(row, schema).filter(may_show) else { return Signs::default() };
    if schema.target().is_none() {
        return Signs { incomplete: true, ..Signs::default() };
    }
    let branches: Vec<Schema<'p>> = schema.branches().take(MOST_ALTERNATIVES + 1).collect();
    let properties = schema.properties();
    if branches.is_empty() || !properties.list.is_empty() {
        return of_object(row, schema, &properties, Copies::MayBe);
    }
    if branches.len() > MOST_ALTERNATIVES {
        return Signs { incomplete: true, ..Signs::default() };
    }
    let copies = if branches.len() > MOST_BRANCHES { Copies::AreNotLookedFor } else { Copies::MayBe };
    let told: Vec<Signs<'p>> = branches.iter().map(|branch| of_branch(row, *branch, copies)).collect();
    among(told)
}

/// Whether neither members nor name are those of an error, whatever uses the schema. Most schemas are like that.
fn shows_nothing(schema: Schema<'_>) -> bool {
    let properties = schema.properties();
    if !properties.list.is_empty() || schema.branches().next().is_none() {
        return has_nothing(schema, &properties);
    }
    schema.branches().take(MOST_ALTERNATIVES + 1).enumerate().all(|(number, branch)| {
        let branch = branch.alone();
        let branch = branch.items().map_or(branch, Schema::alone);
        number < MOST_ALTERNATIVES && named(branch).is_none() && has_nothing(branch, &branch.properties())
    })
}

fn has_nothing(schema: Schema<'_>, properties: &Properties<'_>) -> bool {
    if schema.target().is_none() {
        return false;
    }
    let names = || properties.list.iter().map(|property| property.name.as_ref());
    let is_seen = properties.complete || !properties.list.is_empty();
    let has_payload = || names().any(is_payload);
    is_seen && !is_foreign(names()) && !is_envelope(names()) && (named(schema).is_none() || has_payload())
}

/// The schema itself, or that of the items of an array. A list that was asked for is a list of resources.
fn body<'p>(row: &Row<'_, 'p>, schema: Schema<'p>) -> Option<Schema<'p>> {
    let schema = schema.alone();
    match schema.items() {
        Some(_) if exemption::lists_resources(row) => None,
        Some(items) => Some(items.alone()),
        None => Some(schema),
    }
}

/// Among others the name of an alternative says enough, whatever its members are.
fn of_branch<'p>(row: &Row<'_, 'p>, branch: Schema<'p>, copies: Copies) -> Signs<'p> {
    match body(row, branch) {
        Some(schema) if schema.target().is_some() => {
            let signs = of_object(row, schema, &schema.properties(), copies);
            let is_told = signs.exempt || !signs.list.is_empty();
            if is_told { signs } else { Signs { list: named(schema).into_iter().collect(), ..signs } }
        }
        Some(_) => Signs { incomplete: true, ..Signs::default() },
        None => Signs::default(),
    }
}

/// Alternatives that are all errors are one; some among others make a mixed body.
fn among(mut told: Vec<Signs<'_>>) -> Signs<'_> {
    let all = told.iter().all(|signs| signs.score() > 0);
    let exempt = told.iter().any(|signs| signs.exempt);
    let incomplete = told.iter().any(|signs| signs.incomplete);
    let asks_operation = told.iter().any(|signs| signs.asks_operation);
    told.retain(|signs| signs.score() > 0);
    let weakest = told.into_iter().min_by_key(Signs::score).unwrap_or_default();
    Signs { mixed: !all && !weakest.list.is_empty(), exempt, incomplete, asks_operation, ..weakest }
}

fn of_object<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>, copies: Copies) -> Signs<'p> {
    let names = || properties.list.iter().map(|property| property.name.as_ref());
    let mut has_payload = false;
    for name in names().map(plain) {
        if is_foreign_name(&name) {
            return Signs { exempt: true, ..Signs::default() };
        }
        has_payload |= is_name_of_payload(&name);
    }
    if !is_envelope(names()) {
        let incomplete = properties.list.is_empty() && !properties.complete;
        let list = if has_payload { Vec::new() } else { known_error(row, schema, properties) };
        return Signs { list, incomplete, ..Signs::default() };
    }
    let mut list: Vec<Sign<'p>> = pinned(properties).into_iter().collect();
    if !has_payload {
        list.extend(shown(properties));
        list.extend(required(properties));
        list.extend(shared(row, schema, properties, copies));
        list.extend(named(schema));
    }
    let may_be_copy = !has_payload && may_be_copy(schema, properties);
    let (asks_operation, unasked) = (may_be_copy && copies == Copies::MayBe, may_be_copy && copies == Copies::AreNotLookedFor);
    Signs { list, envelope: true, incomplete: unasked || !properties.complete, asks_operation, ..Signs::default() }
}

/// What is called an error and serves errors elsewhere is one, even with members that envelopes do not have.
fn known_error<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>) -> Vec<Sign<'p>> {
    // Most have no such name.
    let named = named(schema);
    let both = named.and_then(|named| Some(vec![shared(row, schema, properties, Copies::AreNotLookedFor)?, named]));
    both.unwrap_or_default()
}

/// A flag or status that can say nothing but failure.
fn pinned<'p>(properties: &Properties<'p>) -> Option<Sign<'p>> {
    properties.list.iter().find_map(|property| {
        let values = property.schema.pinned_values();
        let all = |tells: fn(Node<'p>) -> bool| !values.is_empty() && values.iter().all(|value| tells(*value));
        let tells = match plain(&property.name).as_ref() {
            "success" | "ok" | "issuccess" | "succeeded" | "successful" => all(|value| value.as_bool() == Some(false)),
            "status" | "result" => all(is_failure) || all(is_error_code),
            "code" | "statuscode" | "httpstatus" => all(is_error_code),
            _ => false,
        };
        tells.then(|| sign(2, format!("the schema allows `{}` no other value than `{}`", property.name, text(&values)), property))
    })
}

/// An example of a member that says failure. Such examples are often filled in without a thought.
fn shown<'p>(properties: &Properties<'p>) -> Option<Sign<'p>> {
    let explained = properties.list.iter().any(|property| {
        matches!(plain(&property.name).as_ref(), "message" | "msg" | "title" | "detail") || is_about_errors(&property.name)
    });
    properties.list.iter().filter(|_| explained).find_map(|property| {
        let value = property.schema.examples().first()?.value;
        let tells = match plain(&property.name).as_ref() {
            "status" | "code" | "statuscode" | "httpstatus" => is_failure(value) || is_error_code(value),
            "success" | "ok" | "issuccess" => value.as_bool() == Some(false),
            _ => false,
        };
        tells.then(|| sign(1, format!("`{}` shows `{}`", property.name, text(&[value])), property))
    })
}

/// An error member that is always there.
fn required<'p>(properties: &Properties<'p>) -> Option<Sign<'p>> {
    const MEMBERS: [&str; 6] = ["error", "errors", "errorcode", "errormessage", "errormsg", "exception"];
    let always = |property: &&Property<'p>| {
        let is_named = plain(&property.name).is_among(&MEMBERS);
        is_named && property.required && !property.schema.is_nullable() && !can_be_empty(property.schema)
    };
    let property = properties.list.iter().find(always)?;
    Some(sign(1, format!("the schema always has `{}`", property.name), property))
}

/// A flag or a list can be there and say nothing, also by a part of its `allOf`.
fn can_be_empty(schema: Schema<'_>) -> bool {
    let parts = || std::iter::once(schema).chain(schema.parts());
    let is = |name: &str| parts().any(|part| part.types().iter().any(|kind| kind == name));
    let has_bound = || parts().any(|part| part.keyword("minItems").is_some_and(|bound| !bound.is_text("0")));
    is("boolean") || is("array") && !has_bound()
}

/// The schema serves two errors or more. Where nothing in it is called an error it is a general answer.
fn shared<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>, copies: Copies) -> Option<Sign<'p>> {
    let component = schema.component_name();
    let is_error = || {
        properties.list.iter().any(|property| is_about_errors(&property.name)) || component.as_deref().is_some_and(names_an_error)
    };
    let uses = row.api.error_schemas().uses(schema).filter(|uses| uses.count > 1);
    let Some(uses) = uses else {
        let may_be = copies == Copies::MayBe;
        return may_be.then(|| copied(row, schema, properties).filter(|_| is_error())).flatten();
    };
    is_error().then_some(())?;
    let keys: Vec<String> = uses.keys.iter().take(3).map(|key| format!("`{key}`")).collect();
    let name = component.map(|name| format!(" `{name}`")).unwrap_or_default();
    Some(Sign { weight: 1, text: format!("the schema{name} also serves {}", keys.join(" and ")), at: Some(uses.first) })
}

/// An error of the same operation has the same schema, written out a second time, and nothing in it can tell of success.
fn copied<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>) -> Option<Sign<'p>> {
    let operation = row.operation().filter(|_| may_be_copy(schema, properties))?;
    let is_error = |other: &&ResponseFact<'p>| matches!(other.status.class(), Some(Class::ClientError | Class::ServerError));
    let has_it = |other: &&ResponseFact<'p>| {
        let mut schemas = row.api.content_of(other).iter().take(MOST_TYPES).filter_map(|content| content.schema());
        schemas.any(|other| same(schema.view(), other.view(), &["description", "title"]).is_true())
    };
    let twin = row.api.responses_of(operation).iter().filter(is_error).find(has_it)?;
    Some(Sign { weight: 1, text: format!("the `{}` has the same schema", twin.text()), at: Some(twin.key) })
}

/// Whether a schema may be written out a second time: errors have few members.
fn may_be_copy(schema: Schema<'_>, properties: &Properties<'_>) -> bool {
    let is_small = properties.list.len() <= MOST_COPIED;
    is_small && schema.component_name().is_none() && properties.list.iter().all(|property| explains(&property.name))
}

/// The component says by its name that it is an error.
fn named(schema: Schema<'_>) -> Option<Sign<'_>> {
    let name = schema.component_name().filter(|name| names_an_error(name))?;
    let at = schema.view().node().entry("$ref").map(|entry| entry.value);
    Some(Sign { weight: 1, text: format!("its schema is called `{name}`"), at })
}

fn sign<'p>(weight: u8, text: String, property: &Property<'p>) -> Sign<'p> {
    Sign { weight, text, at: Some(property.key) }
}

fn text(values: &[Node<'_>]) -> String {
    let texts: Vec<_> = values.iter().filter_map(|value| value.text()).take(3).collect();
    texts.join("`, `")
}
