//! The same schema in two versions, and what is no change.

use super::{V2, V30, V31, said};
use crate::diff::Mode;

#[test]
fn a_new_version_is_no_change() {
    let table = [
        ((V30, "{ type: string, nullable: true }"), (V31, "{ type: [string, 'null'] }")),
        ((V30, "{ type: string, nullable: true, enum: [a, null] }"), (V31, "{ enum: [a, null] }")),
        ((V30, "{ type: integer, minimum: 1, exclusiveMinimum: true }"), (V31, "{ type: integer, exclusiveMinimum: 1 }")),
        (
            (V30, "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Cat' }] }"),
            (V31, "{ anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'null' }] }"),
        ),
        ((V30, "{ type: string, format: binary }"), (V31, "{ type: string, contentMediaType: application/octet-stream }")),
        ((V30, "{ type: string, format: base64 }"), (V31, "{ type: string, contentEncoding: base64 }")),
        ((V30, "{ oneOf: [{ type: string }, { type: integer }] }"), (V31, "{ type: [string, integer] }")),
        ((V30, "{ type: string, format: byte }"), (V31, "{ type: string, contentEncoding: base64 }")),
        (
            (V30, "{ $ref: '#/components/schemas/Cat', description: D }"),
            (V31, "{ $ref: '#/components/schemas/Cat', description: D }"),
        ),
        ((V30, "{ $ref: '#/components/schemas/Cat', type: string }"), (V31, "{ $ref: '#/components/schemas/Cat' }")),
        ((V2, "{ type: string, x-nullable: true }"), (V30, "{ type: string, nullable: true }")),
        ((V2, "{ type: file }"), (V30, "{ type: string, format: binary }")),
        ((V2, "{ $ref: '#/components/schemas/Node' }"), (V31, "{ $ref: '#/components/schemas/Node' }")),
        ((V30, "{ $ref: '#/components/schemas/Node' }"), (V31, "{ $ref: '#/components/schemas/Node' }")),
    ];
    for (one, two) in table {
        assert!(
            said(Mode::Default, one, two).starts_with("in") || one.0 == V2,
            "{one:?} {two:?}: {}",
            said(Mode::Default, one, two)
        );
        if one.0 != V2 {
            assert_eq!(said(Mode::Default, one, two), "in", "{one:?} {two:?}");
            assert_eq!(said(Mode::Default, two, one), "in", "{two:?} {one:?}");
        }
    }
}

#[test]
fn siblings_of_a_reference_count_since_3_1() {
    let (plain, more) = ("{ $ref: '#/components/schemas/Dog' }", "{ $ref: '#/components/schemas/Dog', required: [breed] }");
    assert_eq!(said(Mode::Default, (V30, more), (V30, plain)), "in");
    let lost = "out | response-property-became-optional breaking '/breed' by {\"kind\":\"a\"}";
    assert_eq!(said(Mode::Default, (V31, more), (V31, plain)), lost);
}
