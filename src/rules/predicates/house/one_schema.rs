//! `schema-differs-from-get`: what an operation answers with is described otherwise than what GET answers with.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::json_schemas;
use crate::facts::{OperationFact, PathFact, ResponseFact, Role};
use crate::http::status::StatusKey;
use crate::openapi::{Schema, same};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;

pub(in super::super) const SCHEMA_DIFFERS_FROM_GET: Predicate = Predicate {
    name: "schema-differs-from-get",
    noun: Noun::Path,
    doc: "A path that ends in a variable: the JSON that PUT or PATCH answers with, or POST to the path above it, has another \
          schema than that of GET; shows each.",
    arguments: &[],
    words: &["writer", "reader"],
    reads: Reads::Operation,
    run,
};

/// What may differ between equal schemas.
const IGNORED: [&str; 4] = ["description", "title", "example", "examples"];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(path) = row.path().filter(|path| path.role == Role::Server && path.template.ends_with('}')) else {
        return Judgement::plain(false);
    };
    let reader = row.api.operations_of(path).iter().find(|operation| operation.method == "GET");
    let Some((reader, read, wanted)) = reader.and_then(|reader| answer(row, reader, &[200])) else {
        return Judgement::plain(false);
    };
    let differing = writers(row, path).into_iter().filter_map(|writer| {
        let (_, written, schema) = answer(row, writer, &[200, 201])?;
        let differs = same(wanted.view(), schema.view(), &IGNORED).is_false();
        differs.then(|| shown((written, writer), (read, reader)))
    });
    let evidence: Vec<Evidence<'p>> = differing.collect();
    Judgement::found(evidence)
}

/// PUT and PATCH of the path, and POST of the path above.
fn writers<'a, 'p>(row: &Row<'a, 'p>, path: &'a PathFact<'p>) -> Vec<&'a OperationFact<'p>> {
    let own = row.api.operations_of(path).iter().filter(|operation| matches!(operation.method.as_ref(), "PUT" | "PATCH"));
    let above = path.template.rsplit_once('/').map(|(above, _)| above);
    let collection = row.api.paths.iter().find(|other| other.role == Role::Server && Some(other.template.as_ref()) == above);
    let post =
        collection.into_iter().flat_map(|other| row.api.operations_of(other)).filter(|operation| operation.method == "POST");
    own.chain(post).collect()
}

/// The response with one of these codes that has a JSON schema, with its operation.
fn answer<'a, 'p>(
    row: &Row<'a, 'p>,
    operation: &'a OperationFact<'p>,
    codes: &[u16],
) -> Option<(&'a OperationFact<'p>, &'a ResponseFact<'p>, Schema<'p>)> {
    let responses = row.api.responses_of(operation).iter().filter(|response| match response.status {
        // A POST to a collection creates only where it says so.
        StatusKey::Code(code) => codes.contains(&code) && (operation.method != "POST" || code == 201),
        _ => false,
    });
    let mut answers = responses.filter_map(|response| Some((operation, response, json_schemas(row, response).next()?.1)));
    answers.next()
}

fn shown<'p>(
    (written, writer): (&ResponseFact<'p>, &OperationFact<'p>),
    (read, reader): (&ResponseFact<'p>, &OperationFact<'p>),
) -> Evidence<'p> {
    let words = vec![("writer", format!("the {} of {}", written.text(), writer.label)), ("reader", reader.label.to_string())];
    Evidence { at: Some(written.key), related: vec![(read.key, "GET answers this".to_owned())], words, ..Evidence::default() }
}
