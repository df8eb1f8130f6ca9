//! The keywords that say something about a value, and what their values must be.

use crate::openapi::Version;

/// What the value of a keyword is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// A map of schemas by names.
    Named,
    /// `items`: a schema, in older drafts also a list of them.
    Items,
    /// `dependencies`: a map of schemas or lists of names.
    Dependencies,
    /// A map of lists of names.
    NameLists,
    /// A number.
    Number,
    /// A number above 0.
    Step,
    /// A bound that is a number of its own since draft 6, and a flag before.
    Exclusive,
    /// A whole number from 0.
    Count,
    /// True or false.
    Flag,
    /// A regular expression.
    Pattern,
    /// Text.
    Text,
    /// A list of names; anything else says nothing.
    Names,
    /// The name of a type or a list of them.
    Types,
    /// A list of values.
    Values,
    /// Any value.
    Value,
    /// A reference that depends on the way to it.
    Dynamic,
}

/// Every keyword with its shape and the version that brought it.
const KEYWORDS: [(&str, Shape, Version); 43] = [
    ("type", Shape::Types, Version::V2_0),
    ("enum", Shape::Values, Version::V2_0),
    ("format", Shape::Text, Version::V2_0),
    ("multipleOf", Shape::Step, Version::V2_0),
    ("maximum", Shape::Number, Version::V2_0),
    ("minimum", Shape::Number, Version::V2_0),
    ("exclusiveMaximum", Shape::Exclusive, Version::V2_0),
    ("exclusiveMinimum", Shape::Exclusive, Version::V2_0),
    ("maxLength", Shape::Count, Version::V2_0),
    ("minLength", Shape::Count, Version::V2_0),
    ("pattern", Shape::Pattern, Version::V2_0),
    ("maxItems", Shape::Count, Version::V2_0),
    ("minItems", Shape::Count, Version::V2_0),
    ("uniqueItems", Shape::Flag, Version::V2_0),
    ("maxProperties", Shape::Count, Version::V2_0),
    ("minProperties", Shape::Count, Version::V2_0),
    ("required", Shape::Names, Version::V2_0),
    ("items", Shape::Items, Version::V2_0),
    ("properties", Shape::Named, Version::V2_0),
    ("additionalProperties", Shape::Schema, Version::V2_0),
    ("allOf", Shape::Schemas, Version::V2_0),
    ("anyOf", Shape::Schemas, Version::V3_0),
    ("oneOf", Shape::Schemas, Version::V3_0),
    ("not", Shape::Schema, Version::V3_0),
    ("const", Shape::Value, Version::V3_1),
    ("patternProperties", Shape::Named, Version::V3_1),
    ("propertyNames", Shape::Schema, Version::V3_1),
    ("additionalItems", Shape::Schema, Version::V3_1),
    ("prefixItems", Shape::Schemas, Version::V3_1),
    ("contains", Shape::Schema, Version::V3_1),
    ("minContains", Shape::Count, Version::V3_1),
    ("maxContains", Shape::Count, Version::V3_1),
    ("if", Shape::Schema, Version::V3_1),
    ("then", Shape::Schema, Version::V3_1),
    ("else", Shape::Schema, Version::V3_1),
    ("dependencies", Shape::Dependencies, Version::V3_1),
    ("dependentRequired", Shape::NameLists, Version::V3_1),
    ("dependentSchemas", Shape::Named, Version::V3_1),
    ("unevaluatedItems", Shape::Schema, Version::V3_1),
    ("unevaluatedProperties", Shape::Schema, Version::V3_1),
    ("$dynamicRef", Shape::Dynamic, Version::V3_1),
    ("$recursiveRef", Shape::Dynamic, Version::V3_1),
    ("$vocabulary", Shape::Dynamic, Version::V3_1),
];

/// The shape of a keyword that says something about values in this version.
pub(super) fn shape_of(name: &str, version: Version) -> Option<Shape> {
    KEYWORDS.iter().find(|(known, ..)| *known == name).filter(|(.., since)| *since <= version).map(|(_, shape, _)| *shape)
}
