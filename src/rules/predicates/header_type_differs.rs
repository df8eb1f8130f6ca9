//! `header-type-differs`: the schema of a header field allows no value of the type it must have.

use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "header-type-differs",
    noun: Noun::Response,
    doc: "The header field `name` has a schema whose type is none of the `types`.",
    arguments: &[("name", OptionKind::String), ("types", OptionKind::Strings)],
    words: &["type"],
    reads: Reads::Headers,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let Some(OptionValue::String(name)) = arguments.get("name") else { return Judgement::plain(false) };
    let Some(header) = response.header(row.api, name) else { return Judgement::plain(false) };
    if header.target().is_none() {
        return Judgement::plain(Truth::Unknown);
    }
    let Some(schema) = header.schema() else { return Judgement::plain(false) };
    let (types, allowed) = (schema.types(), strings(arguments, "types"));
    if types.is_empty() || types.iter().any(|name| allowed.iter().any(|other| other == name)) {
        return Judgement::plain(if schema.target().is_none() { Truth::Unknown } else { Truth::False });
    }
    let words = vec![("type", types.join(" or "))];
    Judgement::shown(true, Evidence { at: schema.keyword("type"), related: Vec::new(), words, ..Evidence::default() })
}
