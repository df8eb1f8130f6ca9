//! `shows-misfit`: an example of a response does not fit the schema beside it.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::{json, response};
use crate::facts::ResponseFact;
use crate::openapi::{Budget, Example, Schema, fits};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(in super::super) const SHOWS_MISFIT: Predicate = Predicate {
    name: "shows-misfit",
    noun: Noun::Response,
    doc: "A JSON example of the response, or an example of one of its header fields, does not fit the schema beside it; shows \
          the first fault of each. Formats are not looked at; what cannot be told is unknown.",
    arguments: &[],
    words: &["example", "problem"],
    reads: Reads::Definition,
    run,
};

/// An example with its schema and what it is called.
type Shown<'p> = (String, Schema<'p>, Example<'p>);

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(response) = response(row) else { return Judgement::plain(Truth::Unknown) };
    let mut truth = Truth::False;
    let mut budget = Budget::for_one_of(row.api.responses.len());
    let mut evidence: Vec<Evidence<'p>> = Vec::new();
    for (name, schema, example) in of_content(row, response).chain(of_headers(row, response)) {
        let fit = fits(schema, example.value, &mut budget);
        truth = truth.or(!fit.truth);
        let more = match fit.misfits.len() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        evidence.extend(fit.misfits.into_iter().next().map(|first| Evidence {
            at: Some(first.at),
            related: Vec::new(),
            words: vec![("example", name), ("problem", format!("{}{more}", first.why))],
            ..Evidence::default()
        }));
    }
    Judgement::resting_on(evidence, truth)
}

fn of_content<'a, 'p>(row: &Row<'a, 'p>, response: &'a ResponseFact<'p>) -> impl Iterator<Item = Shown<'p>> + use<'a, 'p> {
    let contents = json(row, response).filter_map(|content| Some((content.schema()?, content)));
    let shown = contents.flat_map(|(schema, content)| content.examples().into_iter().map(move |example| (schema, example)));
    shown.map(|(schema, example)| (name(example), schema, example))
}

fn name(example: Example<'_>) -> String {
    let own = example.name.and_then(crate::syntax::Node::text);
    own.map_or_else(|| "an example".to_owned(), |name| format!("the example `{name}`"))
}

fn of_headers<'a, 'p>(row: &Row<'a, 'p>, response: &'a ResponseFact<'p>) -> impl Iterator<Item = Shown<'p>> + use<'a, 'p> {
    let headers = row.api.headers_of(response).iter().filter_map(|header| Some((header, header.schema()?)));
    let shown = headers.flat_map(|(header, schema)| header.examples().into_iter().map(move |example| (header, schema, example)));
    // A header field is text on the wire, however its value is written.
    let plain =
        shown.filter(|(_, schema, _)| !schema.types().iter().any(|name| name == "string" || name == "array" || name == "object"));
    plain.map(|(header, schema, example)| (format!("an example of `{}`", header.name()), schema, example))
}
