//! Which draft of JSON Schema a schema is to be read by.

use jsonschema::Draft;

use crate::openapi::{Version, View};

/// The draft; `None` where the schema or its document names one that is not known.
/// Until 3.0 schemas have a dialect of their own, which is lowered to the draft of today.
pub(super) fn draft_of(schema: View<'_>) -> Option<Draft> {
    if schema.version() < Version::V3_1 {
        return Some(Draft::Draft202012);
    }
    let own = schema.node().get_str("$schema");
    let named = own.or_else(|| schema.node().root()?.get_str("jsonSchemaDialect"));
    named.map_or(Some(Draft::Draft202012), |name| draft_named(&name))
}

/// The draft with this identifier.
pub(super) fn draft_named(name: &str) -> Option<Draft> {
    let (_, name) = name.trim_end_matches('#').split_once("://")?;
    match name {
        "json-schema.org/draft/2020-12/schema" => Some(Draft::Draft202012),
        "json-schema.org/draft/2019-09/schema" => Some(Draft::Draft201909),
        "json-schema.org/draft-07/schema" => Some(Draft::Draft7),
        "json-schema.org/draft-06/schema" => Some(Draft::Draft6),
        "json-schema.org/draft-04/schema" => Some(Draft::Draft4),
        _ if name.starts_with("spec.openapis.org/oas/3.") && name.contains("/dialect/") => Some(Draft::Draft202012),
        _ => None,
    }
}
