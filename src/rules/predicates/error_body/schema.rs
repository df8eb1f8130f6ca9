//! `lacks-schema`: nothing is told about the body of a response that programs are to read.

use super::is_readable;
use crate::openapi::{MediaType, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::{Arguments, Judgement, Looks, Predicate, Reads};
use crate::syntax::{Entry, Node};
use crate::truth::Truth;
use crate::words::listed;

pub(in crate::rules::predicates) const LACKS_SCHEMA: Predicate = Predicate {
    name: "lacks-schema",
    noun: Noun::Response,
    doc: "The response describes JSON, XML or a body of any type, and no schema says what is in it.",
    arguments: &[],
    words: &["content", "lack"],
    reads: Reads::Definition,
    run,
};

/// The most media types that a message names.
const NAMED: usize = 2;
/// How deep `allOf` and its kin are looked into.
const DEEPEST: u8 = 8;
/// Keywords that tell something about a value whatever is in them.
const TELLING: [&str; 8] = ["enum", "const", "items", "prefixItems", "patternProperties", "not", "if", "$dynamicRef"];

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let content = row.api.content_of(response);
    let readable: Vec<MediaType<'p>> = content.iter().copied().filter(|media_type| is_readable(*media_type)).collect();
    if readable.is_empty() {
        return Judgement::plain(false);
    }
    let lacks = !Truth::any(readable.iter().map(|media_type| tells(*media_type)));
    if !arguments.shows {
        return Judgement::withheld(lacks);
    }
    let bare = readable.iter().all(|media_type| media_type.schema().is_none());
    let lack = if bare { "no schema" } else { "a schema that says nothing about it" };
    let words = vec![("content", named(&readable)), ("lack", lack.to_owned())];
    Judgement::shown(lacks, Evidence { words, ..Evidence::default() })
}

fn named(readable: &[MediaType<'_>]) -> String {
    let names: Vec<String> =
        readable.iter().filter_map(|media_type| Some(format!("`{}`", media_type.text()?))).take(NAMED).collect();
    if names.is_empty() { "the body".to_owned() } else { listed(&names, "and") }
}

fn tells(media_type: MediaType<'_>) -> Truth {
    match (media_type.target(), media_type.schema()) {
        (None, _) => Truth::Unknown,
        (_, None) => Truth::False,
        (_, Some(schema)) => of_schema(schema, DEEPEST, &mut Looks::default()),
    }
}

/// Whether a schema says more than that there is a value or an object.
fn of_schema(schema: Schema<'_>, depth: u8, looks: &mut Looks) -> Truth {
    if depth == 0 || !looks.take() || schema.target().is_none() {
        return Truth::Unknown;
    }
    if schema.types().iter().any(|name| name != "object") || has_entries(schema) || schema.has_any(&TELLING) {
        return Truth::True;
    }
    let properties = schema.properties();
    if !properties.list.is_empty() || !properties.required.is_empty() {
        return Truth::True;
    }
    let whole = schema.keyword("allOf").into_iter().flat_map(Node::items);
    let parts = whole.map(|node| Schema(schema.view().with(node))).chain(schema.branches());
    Truth::any(parts.map(|part| of_schema(part, depth - 1, looks)))
}

/// Whether it has properties of its own, or says what other members are.
fn has_entries(schema: Schema<'_>) -> bool {
    let has = |name: &str, is_one: fn(&Entry<'_>) -> bool| {
        schema.keyword(name).is_some_and(|node| node.entries().any(|entry| is_one(&entry)))
    };
    has("properties", |entry| entry.key.text().is_some()) || has("additionalProperties", |_| true)
}
