//! `shows-secret`: a success carries a secret that nothing marks as one.

use super::super::{Arguments, Judgement, Predicate, Reads, strings};
use super::{json_schemas, response};
use crate::openapi::{Property, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::{Plain, plain};

pub(in super::super) const SHOWS_SECRET: Predicate = Predicate {
    name: "shows-secret",
    noun: Noun::Response,
    doc: "A JSON body has a member called like a secret (`names`, without separators) that is text and neither `writeOnly` nor \
          of the format `password` nor marked by `x-ms-secret` or `x-secret`; shows each, two levels deep.",
    arguments: &[("names", OptionKind::Strings)],
    words: &["member"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let names = strings(arguments, "names");
    let names: Vec<Plain<'_>> = names.iter().map(|name| plain(name)).collect();
    let mut evidence: Vec<Evidence<'p>> = Vec::new();
    for (_, schema) in json_schemas(row, response) {
        collect(schema, &names, 2, &mut evidence);
    }
    Judgement::found(evidence)
}

fn collect<'p>(schema: Schema<'p>, names: &[Plain<'_>], levels: u8, evidence: &mut Vec<Evidence<'p>>) {
    let Some(schema) = schema.innermost() else { return };
    for property in schema.properties().list {
        let name = plain(&property.name);
        if names.iter().any(|secret| **secret == *name) && is_open_text(&property) {
            let words = vec![("member", property.name.clone().into_owned())];
            let is_new = evidence.iter().all(|item| item.at != Some(property.key));
            evidence.extend(is_new.then_some(Evidence {
                at: Some(property.key),
                related: Vec::new(),
                words,
                ..Evidence::default()
            }));
        } else if levels > 0 {
            collect(property.schema, names, levels - 1, evidence);
        }
    }
}

fn is_open_text(property: &Property<'_>) -> bool {
    let schema = property.schema;
    let flag = |name| schema.keyword(name).and_then(Node::as_bool) == Some(true);
    let is_text = schema.types().iter().any(|name| name == "string");
    let is_marked = ["writeOnly", "x-ms-secret", "x-secret"].into_iter().any(flag)
        || schema.keyword("format").is_some_and(|format| format.is_text("password"));
    is_text && !is_marked
}
