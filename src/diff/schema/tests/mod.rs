//! Pairs of schemas and what is said about them.

mod canonical;
mod combined;
mod generator;
mod keywords;
mod limits;
mod objects;
mod random;
mod told;
mod unions;
mod versions;
mod wholes;

use super::{Comparer, Inclusion};
use crate::diff::{Mode, SchemaChange};
use crate::finding::Class;
use crate::openapi::{Project, Schema, Version, View, load};
use crate::provider::InMemory;

const V2: Version = Version::V2_0;
const V30: Version = Version::V3_0;
const V31: Version = Version::V3_1;

/// Components that the tables refer to.
const SHARED: &str = "
components:
  schemas:
    Node: { type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#/components/schemas/Node' }, { type: integer }] } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string }, breed: { type: string } } }
    Hund: { type: object, required: [kind], properties: { kind: { type: string }, breed: { type: string } } }
    Owl: { type: object, required: [kind], properties: { kind: { enum: [owl] } } }
    Pets: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fox' }] }
    Either: { oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }] }
    Numbers: { oneOf: [{ type: integer }, { type: number }] }
    Fox: { type: object, required: [kind, tail], properties: { kind: { type: string }, tail: { type: boolean } } }
";

/// A project of one file: a schema in one line of YAML, and the shared components.
pub(super) fn project(schema: &str) -> Project {
    let text = format!("schema: {schema}{SHARED}");
    load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project
}

pub(super) fn schema(project: &Project, version: Version) -> Schema<'_> {
    let node = project.file("a.yaml").unwrap().roots().next().unwrap().get("schema").unwrap();
    Schema(View::new(project, version, node))
}

/// Compares two schemas and hands what is said to a function.
pub(super) fn compared<T>(
    mode: Mode,
    (before, old): (Version, &str),
    (after, new): (Version, &str),
    look: impl FnOnce(Inclusion, &[SchemaChange<'_, '_>]) -> T,
) -> T {
    let (one, two) = (project(old), project(new));
    let (inclusion, changes) = Comparer::new(mode).compare(schema(&one, before), schema(&two, after));
    look(inclusion, &changes)
}

/// What is said: the inclusion, and every change as `rule class place witness`.
pub(super) fn said(mode: Mode, old: (Version, &str), new: (Version, &str)) -> String {
    compared(mode, old, new, |inclusion, changes| {
        let mut words = vec![
            match inclusion {
                Inclusion::Included => "in",
                Inclusion::Unknown => "unknown",
                Inclusion::NotIncluded => "out",
            }
            .to_owned(),
        ];
        words.extend(changes.iter().map(line));
        words.join(" | ")
    })
}

fn line(change: &SchemaChange<'_, '_>) -> String {
    let class = match change.class {
        Class::Breaking => "breaking",
        Class::Risky => "risky",
        Class::Compatible => "compatible",
    };
    let witness = change.witness.as_ref().map_or(String::new(), |value| format!(" by {value}"));
    format!("{} {class} '{}'{witness}", change.rule, change.place)
}

/// Holds a table of old schema, new schema and what is said, in one version and mode.
pub(super) fn holds(version: Version, mode: Mode, table: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|&(old, new, expected)| (old, new, said(mode, (version, old), (version, new)), expected))
        .filter(|(_, _, said, expected)| said != expected)
        .map(|(old, new, said, expected)| format!("{old}  ->  {new}\n    {said}\n    {expected}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
