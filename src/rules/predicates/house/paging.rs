//! Lists that come in pages.

use super::super::{Arguments, Judgement, Predicate, Reads, strings};
use super::members::has_member;
use super::{found, json_schemas};
use crate::facts::{OperationFact, ResponseFact};
use crate::http::status::Class;
use crate::openapi::{Parameter, Schema};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::truth::Truth;
use crate::words::{plain, words};

pub(in super::super) const IS_PAGED: Predicate = Predicate {
    name: "is-paged",
    noun: Noun::Operation,
    doc: "A GET that takes the place to go on from (`page`, `offset`, `cursor` …) and answers JSON with an array in it.",
    arguments: &[],
    words: &["parameter"],
    reads: Reads::Operation,
    run: is_paged,
};

pub(in super::super) const TELLS_NEXT_PAGE: Predicate = Predicate {
    name: "tells-next-page",
    noun: Noun::Operation,
    doc: "A success has all of `members` in its JSON body; where none are listed, a member or header field that says how to go \
          on or how much there is. Unknown where the schema does not tell.",
    arguments: &[("members", OptionKind::Strings)],
    words: &[],
    reads: Reads::Operation,
    run: tells_next_page,
};

/// Query parameters that say where to go on, without separators.
const POSITIONS: [&str; 21] = [
    "page",
    "pageno",
    "pagenumber",
    "pagenum",
    "pageindex",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "offset",
    "pageoffset",
    "cursor",
    "pagecursor",
    "after",
    "startingafter",
    "marker",
    "continuationtoken",
    "continuation",
    "skip",
    "skiptoken",
    "startindex",
    "currentpage",
];

/// Words of members that say how to go on or how much there is.
const MEMBERS: [&str; 20] = [
    "next",
    "cursor",
    "cursors",
    "total",
    "count",
    "more",
    "links",
    "pagination",
    "paging",
    "paginator",
    "page",
    "pages",
    "pager",
    "offset",
    "marker",
    "continuation",
    "token",
    "meta",
    "metadata",
    "last",
];

/// Words of header fields that do so.
const FIELDS: [&str; 8] = ["link", "next", "total", "count", "pagination", "range", "page", "cursor"];

fn is_paged<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation().filter(|operation| operation.method == "GET") else { return Judgement::plain(false) };
    let position = row.api.parameters_of(operation).iter().find_map(position);
    let Some(position) = position else { return Judgement::plain(false) };
    let is_list = successes(row, operation).any(|response| json_schemas(row, response).any(|(_, schema)| has_array(schema)));
    Judgement::shown(is_list, found(None, "parameter", position))
}

fn position(parameter: &Parameter<'_>) -> Option<String> {
    let name = parameter.name().filter(|_| parameter.is_in("query"))?;
    plain(&name).is_among(&POSITIONS).then(|| name.into_owned())
}

fn successes<'a, 'p>(
    row: &Row<'a, 'p>,
    operation: &'a OperationFact<'p>,
) -> impl Iterator<Item = &'a ResponseFact<'p>> + use<'a, 'p> {
    row.api.responses_of(operation).iter().filter(|response| response.status.class() == Some(Class::Successful))
}

fn is_array(schema: Schema<'_>) -> bool {
    schema.types().iter().any(|name| name == "array") || schema.items().is_some()
}

fn has_array(schema: Schema<'_>) -> bool {
    is_array(schema) || schema.properties().list.iter().any(|property| is_array(property.schema))
}

fn tells_next_page<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let wanted = strings(arguments, "members");
    let tells = |response: &'_ ResponseFact<'p>| {
        let bodies = json_schemas(row, response).map(|(_, schema)| body_tells(schema, wanted)).collect::<Vec<_>>();
        let by_body = Truth::any(bodies);
        if wanted.is_empty() { by_body.or(by_header(row, response)) } else { by_body }
    };
    Judgement::plain(Truth::any(successes(row, operation).map(tells)))
}

fn by_header<'p>(row: &Row<'_, 'p>, response: &ResponseFact<'p>) -> Truth {
    let named = row.api.headers_of(response).iter().any(|header| has_one(&header.name(), &FIELDS));
    Truth::from(named)
}

fn body_tells(schema: Schema<'_>, wanted: &[String]) -> Truth {
    if !wanted.is_empty() {
        return Truth::all(wanted.iter().map(|name| has_member(schema, name)));
    }
    if is_array(schema) {
        return Truth::False;
    }
    let properties = schema.properties();
    let told = properties.list.iter().any(|property| has_one(&property.name, &MEMBERS) || is_paging_object(property.schema));
    if told || properties.complete { Truth::from(told) } else { Truth::Unknown }
}

/// An object among the members whose own members are about pages, whatever it is called.
fn is_paging_object(schema: Schema<'_>) -> bool {
    let names = || schema.properties().list.into_iter();
    !is_array(schema)
        && names().any(|inner| matches!(plain(&inner.name).as_ref(), "next" | "cursor" | "total" | "page" | "hasmore"))
}

fn has_one(name: &str, wanted: &[&str]) -> bool {
    words(name).iter().any(|word| wanted.contains(&word.as_str())) || plain(name).contains("next")
}
