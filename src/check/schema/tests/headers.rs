//! Header fields.

use super::{V2, V30, V31, words};
use crate::check::schema::Schemas;
use crate::openapi::{Response, Version, View, load};
use crate::provider::InMemory;

/// What is said about the value of a header field that is defined in one line of YAML.
fn said(version: Version, definition: &str, value: &str) -> String {
    let text = format!("headers: {{ X: {definition} }}\nIntegerOrNull: {{ anyOf: [{{ type: integer }}, {{ type: 'null' }}] }}\n");
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text.into_bytes())).project;
    let root = project.file("a.yaml").unwrap().roots().next().unwrap();
    let header = Response(View::new(&project, version, root)).headers()[0];
    words(Schemas::new(false).header(header, value))
}

fn holds(versions: &[Version], table: &[(&str, &str, &str)]) {
    for &(definition, value, expected) in table {
        for &version in versions {
            assert_eq!(said(version, definition, value), expected, "{version:?} {definition} {value}");
        }
    }
}

#[test]
fn simple_values() {
    holds(
        &[V30, V31],
        &[
            ("{ schema: { type: integer } }", "12", "fits"),
            ("{ schema: { type: integer } }", "12.5", "type at '': is a number and must be an integer"),
            ("{ schema: { type: integer } }", "soon", "type at '': is a string and must be an integer"),
            ("{ schema: { type: integer, maximum: 5 } }", "12", "maximum at '': is more than the `maximum` 5"),
            ("{ schema: { type: boolean } }", "true", "fits"),
            ("{ schema: { type: boolean } }", "yes", "type at '': is a string and must be a boolean"),
            ("{ schema: { type: string } }", "12", "fits"),
            ("{ schema: { type: string, maxLength: 1 } }", "12", "maxLength at '': has more characters than 1"),
            ("{ schema: { $ref: '#/IntegerOrNull' } }", "12", "fits"),
            ("{ schema: { $ref: '#/IntegerOrNull' } }", "", "fits"),
            ("{ schema: { oneOf: [{ type: integer }, { type: string, enum: [none] }] } }", "none", "fits"),
            ("{ schema: { oneOf: [{ type: integer }, { type: string, enum: [none] }] } }", "12", "fits"),
            ("{ schema: { enum: [1, 2] } }", "2", "fits"),
            ("{ schema: { enum: [a, b] } }", "c", "enum at '': is none of `a` or `b`"),
            ("{ schema: {} }", "c", "fits"),
            ("{ description: nothing }", "c", "fits"),
            ("{ schema: { $ref: '#/Nowhere' } }", "c", "unknown: the `$ref` `#/Nowhere` leads nowhere"),
            ("{ $ref: '#/Nowhere' }", "c", "unknown: the `$ref` of the header leads nowhere"),
        ],
    );
    holds(
        &[V31],
        &[("{ schema: { type: [integer, 'null'] } }", "12", "fits"), ("{ schema: { type: [integer, string] } }", "a", "fits")],
    );
}

#[test]
fn values_with_parts() {
    let object = "type: object, required: [a], properties: { a: { type: integer }, b: { type: string } }";
    holds(
        &[V30, V31],
        &[
            ("{ schema: { type: array, items: { type: integer } } }", "1, 2,3", "fits"),
            ("{ schema: { type: array, items: { type: integer } } }", "1,x", "type at '/1': is a string and must be an integer"),
            ("{ schema: { type: array, items: { type: string }, minItems: 1 } }", "", "minItems at '': has fewer items than 1"),
            (
                "{ schema: { type: array, items: { anyOf: [{ type: integer }, { type: string, maxLength: 1 }] } } }",
                "12,abc",
                "unknown: the header can be read in several ways",
            ),
            (&format!("{{ schema: {{ {object} }} }}"), "a,1,b,2", "fits"),
            (&format!("{{ schema: {{ {object} }} }}"), "b,2", "required at '': lacks `a`"),
            (&format!("{{ explode: true, schema: {{ {object} }} }}"), "a=1,b=2", "fits"),
            (&format!("{{ explode: true, schema: {{ {object} }} }}"), "a=x", "type at '/a': is a string and must be an integer"),
            (&format!("{{ schema: {{ {object} }} }}"), "a", "unknown: the header cannot be read as its schema wants"),
        ],
    );
}

#[test]
fn content_and_2_0() {
    holds(
        &[V30, V31],
        &[
            ("{ content: { application/json: { schema: { type: object, required: [a] } } } }", "{\"a\": 1}", "fits"),
            ("{ content: { application/json: { schema: { type: object, required: [a] } } } }", "{}", "required at '': lacks `a`"),
            ("{ content: { application/json: { schema: { type: object } } } }", "a=1", "application/json at '': is no JSON"),
            (
                "{ content: { text/plain: { schema: { type: integer } } } }",
                "x",
                "unknown: the media type of the header is not JSON",
            ),
        ],
    );
    holds(
        &[V2],
        &[
            ("{ type: integer }", "12", "fits"),
            ("{ type: integer }", "x", "type at '': is a string and must be an integer"),
            ("{ type: array, items: { type: integer } }", "1,2", "fits"),
            ("{ type: array, collectionFormat: pipes, items: { type: integer } }", "1|2", "fits"),
            (
                "{ type: array, collectionFormat: ssv, items: { type: integer } }",
                "1 x",
                "type at '/1': is a string and must be an integer",
            ),
            (
                "{ type: array, collectionFormat: multi, items: { type: integer } }",
                "1",
                "unknown: the `collectionFormat` of the header is not known",
            ),
        ],
    );
}
