//! Bodies in every version.

use crate::check::schema::{Answer, Schemas};
use crate::openapi::{Schema, Version, View, load};
use crate::provider::InMemory;
use crate::source::{Source, SourceId};
use crate::syntax::parse;

/// What is said about a JSON value held against a schema in one line of YAML: `fits`, `unknown: why`, or every misfit as
/// `keyword at pointer: problem`.
pub(super) fn said(version: Version, schema: &str, value: &str) -> String {
    let text = format!(
        "schema: {schema}\nshared:\n  node: {{ type: object, required: [next], properties: {{ next: {{ anyOf: [{{ $ref: '#/shared/node' }}, {{ type: integer }}] }} }} }}\n"
    );
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project;
    let schema = project.file("a.yaml").unwrap().roots().next().unwrap().get("schema").unwrap();
    let file = parse(Source::new(SourceId(0), "body.json", value));
    let answer = Schemas::new(false).body(Schema(View::new(&project, version, schema)), file.roots().next().unwrap());
    match answer {
        Answer::Fits => "fits".to_owned(),
        Answer::Unknown(why) => format!("unknown: {why}"),
        Answer::Misfits(misfits) => {
            let line = |misfit: &crate::check::schema::Misfit<'_>| {
                format!("{} at '{}': {}", misfit.name, misfit.instance, misfit.problem)
            };
            misfits.iter().map(line).collect::<Vec<_>>().join(" | ")
        }
    }
}

#[test]
fn simple_schemas() {
    let table = [
        ("{ type: string }", "\"a\"", "fits"),
        ("{ type: string }", "1", "type at '': is an integer and must be a string"),
        ("{ type: object, required: [a, b], properties: { a: { type: integer } } }", "{\"a\": 1.0}", "required at '': lacks `b`"),
        ("{ $ref: '#/shared/node' }", "{\"next\": {\"next\": 1}}", "fits"),
    ];
    for (schema, value, expected) in table {
        for version in [Version::V3_0, Version::V3_1] {
            assert_eq!(said(version, schema, value), expected, "{version:?} {schema} {value}");
        }
    }
}
