//! The shape of JSON bodies.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::{found, json_schemas, response};
use crate::openapi::Schema;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;
use crate::truth::Truth;

pub(in super::super) const BODY_IS_NO_OBJECT: Predicate = Predicate {
    name: "body-is-no-object",
    noun: Noun::Response,
    doc: "A JSON body of the response is an array or a scalar at its top; shows each media type.",
    arguments: &[],
    words: &["shape", "content"],
    reads: Reads::Definition,
    run: is_no_object,
};

pub(in super::super) const BODY_IS_OPEN: Predicate = Predicate {
    name: "body-is-open",
    noun: Noun::Response,
    doc: "A JSON object of the response, or an item of its array, allows members that it does not describe: by \
          `additionalProperties` or `unevaluatedProperties`, with `also-unsaid` also where neither is written. Maps are left out.",
    arguments: &[("also-unsaid", OptionKind::Boolean)],
    words: &["reason"],
    reads: Reads::Definition,
    run: is_open,
};

fn is_no_object<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let shown = json_schemas(row, response).filter_map(|(content, schema)| {
        let words = vec![("shape", shape(schema)?), ("content", content.text().unwrap_or_default().into_owned())];
        Some(Evidence { at: content.name, related: Vec::new(), words, ..Evidence::default() })
    });
    let evidence: Vec<Evidence<'p>> = shown.collect();
    Judgement::found(evidence)
}

/// What instances are, if they are no objects.
fn shape(schema: Schema<'_>) -> Option<String> {
    let types = schema.types();
    if types.is_empty() && schema.items().is_some() {
        return Some("an array".to_owned());
    }
    let first = types.first().filter(|_| types.iter().all(|name| name != "object"))?;
    let article = if first.starts_with(['a', 'i']) { "an" } else { "a" };
    Some(format!("{article} {first}"))
}

fn is_open<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let also_unsaid = arguments.get("also-unsaid") == Some(&OptionValue::Boolean(true));
    let objects = json_schemas(row, response).map(|(_, schema)| schema.items().map_or(schema, Schema::alone));
    let evidence: Vec<Evidence<'p>> = objects.filter_map(|schema| opening(schema, also_unsaid)).collect();
    Judgement::found(evidence)
}

/// What leaves an object open.
fn opening(schema: Schema<'_>, also_unsaid: bool) -> Option<Evidence<'_>> {
    const KEYWORDS: [&str; 2] = ["additionalProperties", "unevaluatedProperties"];
    schema.keyword("properties")?;
    let is_closed = |name: &str| schema.keyword(name).and_then(Node::as_bool) == Some(false);
    if KEYWORDS.iter().any(|name| is_closed(name)) {
        return None;
    }
    match KEYWORDS.into_iter().find(|name| schema.keyword(name).is_some()) {
        Some(name) => {
            let at = schema.keyword(name).and_then(Node::own_key);
            Some(found(at, "reason", format!("its `{name}` allows them")))
        }
        None if also_unsaid => Some(found(None, "reason", "no `additionalProperties` forbids them")),
        None => None,
    }
}
