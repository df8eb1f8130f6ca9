//! Schemas, values, and what is said about them.

mod bodies;
mod combined;
mod files;
mod headers;
mod limits;
mod numbers;
mod unknown;

use crate::check::schema::{Answer, Misfit, Schemas};
use crate::openapi::{Project, Schema, Version, View, load};
use crate::provider::InMemory;
use crate::source::{Source, SourceId};
use crate::syntax::{File, parse};

const V2: Version = Version::V2_0;
const V30: Version = Version::V3_0;
const V31: Version = Version::V3_1;
const V32: Version = Version::V3_2;

/// Components that the tables refer to.
const SHARED: &str = "
components:
  schemas:
    Node: { type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#/components/schemas/Node' }, { type: integer }] } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string }, breed: { type: string } } }
    Fox: { type: object, properties: { kind: { enum: [red, grey] } } }
    Lost: { $ref: '#/components/schemas/Nowhere' }
    Password: { type: string, writeOnly: true }
    Secret: { type: object, required: [p, q], properties: { p: { $ref: '#/components/schemas/Password' }, q: { type: integer } } }
";

/// A project of one file: a schema in one line of YAML, and the shared components.
pub(super) fn project(schema: &str) -> Project {
    let text = format!("schema: {schema}{SHARED}");
    load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project
}

pub(super) fn json(text: &str) -> File {
    parse(Source::new(SourceId(0), "body.json", text))
}

/// What is said about a JSON value held against a schema: `fits`, `unknown: why`, or every misfit as
/// `keyword at pointer: problem`.
pub(super) fn said(version: Version, schema: &str, value: &str) -> String {
    let project = project(schema);
    let node = project.file("a.yaml").unwrap().roots().next().unwrap().get("schema").unwrap();
    words(Schemas::new(false).body(Schema(View::new(&project, version, node)), json(value).roots().next().unwrap()))
}

pub(super) fn words(answer: Answer<'_>) -> String {
    let line = |misfit: &Misfit<'_>| format!("{} at '{}': {}", misfit.name, misfit.instance, misfit.problem);
    match answer {
        Answer::Fits => "fits".to_owned(),
        Answer::Unknown(why) => format!("unknown: {why}"),
        Answer::Misfits(misfits) => misfits.iter().map(line).collect::<Vec<_>>().join(" | "),
    }
}

/// Holds a table of schema, value and what is said about it in these versions.
pub(super) fn holds(versions: &[Version], table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for &(schema, value, expected) in table {
        for &version in versions {
            let said = said(version, schema, value);
            if said != expected {
                wrong.push(format!("{version:?} {schema} {value}\n    {said}\n    {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
