//! Schemas in several files, and where misfits point.

use super::json;
use crate::check::schema::{Answer, Schemas};
use crate::openapi::{Schema, Version, View, load};
use crate::provider::InMemory;

#[test]
fn misfits_point_into_the_file_of_the_keyword() {
    let files = InMemory::new()
        .with("a.yaml", "openapi: 3.0.3\nschema:\n  type: object\n  properties:\n    one: { $ref: 'b.yaml#/Thing' }\n    two:\n      nullable: true\n      allOf:\n        - minLength: 3\n    three:\n      oneOf:\n        - { $ref: 'b.yaml#/Thing' }\n        - { $ref: 'b.yaml#/Other' }\n      discriminator:\n        propertyName: kind\n        mapping: { t: 'b.yaml#/Thing', o: 'b.yaml#/Other' }\n")
        .with("b.yaml", "Thing:\n  allOf:\n    - $ref: '#/Base'\nBase:\n  type: object\n  required:\n    - id\n  properties:\n    id:\n      type: integer\nOther:\n  type: object\n");
    let project = load(&["a.yaml".to_owned()], &files).project;
    let schema = project.file("a.yaml").unwrap().roots().next().unwrap().get("schema").unwrap();
    let schemas = Schemas::new(false);
    let table = [
        (r#"{"one": {}}"#, "b.yaml:6 required /one None"),
        (r#"{"one": {"id": "x"}}"#, r#"b.yaml:10 type /one/id Some("\"x\"")"#),
        (r#"{"two": "a"}"#, r#"a.yaml:9 minLength /two Some("\"a\"")"#),
        (r#"{"three": {"kind": "t"}}"#, "b.yaml:6 required /three None"),
        (r#"{"three": {"kind": "x"}}"#, r#"a.yaml:14 discriminator /three Some("{\"kind\": \"x\"}")"#),
        (r#"{"three": 1}"#, r#"a.yaml:11 oneOf /three Some("1")"#),
        ("1", r#"a.yaml:3 type  Some("1")"#),
    ];
    for (value, expected) in table {
        let file = json(value);
        let answer = schemas.body(Schema(View::new(&project, Version::V3_0, schema)), file.roots().next().unwrap());
        let Answer::Misfits(misfits) = answer else { panic!("{value}: {answer:?}") };
        let line = |misfit: &crate::check::schema::Misfit<'_>| {
            let source = misfit.keyword.file().source();
            let line = source.position(misfit.keyword.span().start).line;
            format!("{}:{line} {} {} {:?}", source.name(), misfit.name, misfit.instance, misfit.value)
        };
        assert_eq!(misfits.iter().map(line).collect::<Vec<_>>(), [expected], "{value}");
    }
}

#[test]
fn formats_are_asserted_on_demand() {
    let project = super::project("{ type: string, format: date-time }");
    let schema = project.file("a.yaml").unwrap().roots().next().unwrap().get("schema").unwrap();
    let schema = Schema(View::new(&project, Version::V3_1, schema));
    for (value, expected) in [("\"2026-01-31T09:00:00Z\"", "fits"), ("\"soon\"", "format at '': is no valid `date-time`")] {
        let file = json(value);
        let said = super::words(Schemas::new(true).body(schema, file.roots().next().unwrap()));
        assert_eq!(said, expected);
    }
}
