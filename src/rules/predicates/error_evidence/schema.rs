//! Schemas that describe errors: what they pin, require, are named and serve elsewhere.

use super::envelope::{is_about_errors, is_envelope, is_foreign, is_payload, names_an_error};
use super::example::{is_error_code, is_failure};
use super::exemption;
use super::signs::{Sign, Signs};
use crate::openapi::{Properties, Property, Schema};
use crate::rules::evaluate::Row;
use crate::syntax::Node;
use crate::words::plain;

/// What a schema says, and each of its alternatives where it has some.
pub(super) fn signs<'p>(row: &Row<'_, 'p>, schema: Schema<'p>) -> Signs<'p> {
    let Some(schema) = body(row, schema) else { return Signs::default() };
    if schema.target().is_none() {
        return Signs { incomplete: true, ..Signs::default() };
    }
    let branches: Vec<Schema<'p>> = schema.branches().collect();
    let properties = schema.properties();
    if branches.is_empty() || !properties.list.is_empty() {
        return of_object(row, schema, &properties);
    }
    let told: Vec<Signs<'p>> = branches.iter().map(|branch| of_branch(row, *branch)).collect();
    among(told)
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

fn of_branch<'p>(row: &Row<'_, 'p>, branch: Schema<'p>) -> Signs<'p> {
    match body(row, branch) {
        Some(schema) if schema.target().is_some() => of_object(row, schema, &schema.properties()),
        Some(_) => Signs { incomplete: true, ..Signs::default() },
        None => Signs::default(),
    }
}

/// Alternatives that are all errors are one; some among others make a mixed body.
fn among(mut told: Vec<Signs<'_>>) -> Signs<'_> {
    let all = told.iter().all(|signs| signs.score() > 0);
    let exempt = told.iter().any(|signs| signs.exempt);
    let incomplete = told.iter().any(|signs| signs.incomplete);
    told.retain(|signs| signs.score() > 0);
    let weakest = told.into_iter().min_by_key(Signs::score).unwrap_or_default();
    Signs { mixed: !all && !weakest.list.is_empty(), exempt, incomplete, ..weakest }
}

fn of_object<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>) -> Signs<'p> {
    let names = || properties.list.iter().map(|property| property.name.as_ref());
    if is_foreign(names()) {
        return Signs { exempt: true, ..Signs::default() };
    }
    if !is_envelope(names()) {
        return Signs { incomplete: properties.list.is_empty() && !properties.complete, ..Signs::default() };
    }
    let mut list: Vec<Sign<'p>> = pinned(properties).into_iter().collect();
    if !properties.list.iter().any(|property| is_payload(&property.name)) {
        list.extend(shown(properties));
        list.extend(required(properties));
        list.extend(shared(row, schema, properties));
        list.extend(named(schema));
    }
    Signs { list, envelope: true, incomplete: !properties.complete, ..Signs::default() }
}

/// A flag or status that can say nothing but failure.
fn pinned<'p>(properties: &Properties<'p>) -> Option<Sign<'p>> {
    properties.list.iter().find_map(|property| {
        let values = property.schema.pinned_values();
        let all = |tells: fn(Node<'p>) -> bool| !values.is_empty() && values.iter().all(|value| tells(*value));
        let tells = match plain(&property.name).as_str() {
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
        matches!(plain(&property.name).as_str(), "message" | "msg" | "title" | "detail") || is_about_errors(&property.name)
    });
    properties.list.iter().filter(|_| explained).find_map(|property| {
        let value = property.schema.examples().first()?.value;
        let tells = match plain(&property.name).as_str() {
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
        let schema = property.schema;
        let types = schema.types();
        let can_be_empty = types.iter().any(|kind| kind == "boolean")
            || types.iter().any(|kind| kind == "array") && schema.keyword("minItems").is_none_or(|bound| bound.is_text("0"));
        MEMBERS.contains(&plain(&property.name).as_str()) && property.required && !schema.is_nullable() && !can_be_empty
    };
    let property = properties.list.iter().find(always)?;
    Some(sign(1, format!("the schema always has `{}`", property.name), property))
}

/// The schema serves two errors or more. Where nothing in it is called an error it is a general answer.
fn shared<'p>(row: &Row<'_, 'p>, schema: Schema<'p>, properties: &Properties<'p>) -> Option<Sign<'p>> {
    let component = schema.component_name();
    let is_error = properties.list.iter().any(|property| is_about_errors(&property.name))
        || component.as_deref().is_some_and(names_an_error);
    let uses = row.api.error_schemas().uses(schema).filter(|uses| is_error && uses.count > 1)?;
    let keys: Vec<String> = uses.keys.iter().take(3).map(|key| format!("`{key}`")).collect();
    let name = component.map(|name| format!(" `{name}`")).unwrap_or_default();
    Some(Sign { weight: 1, text: format!("the schema{name} also serves {}", keys.join(" and ")), at: Some(uses.first) })
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
