//! What the parts of a description are, so that a change meets schemas and not what only looks like one.

use super::tree::Tree;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    /// Parameters and headers.
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Schema,
    /// A map or a list of these.
    Each(&'static Kind),
    /// Anything else.
    Data,
}

const SCHEMAS: Kind = Kind::Each(&Kind::Schema);
const PATHS: Kind = Kind::Each(&Kind::PathItem);
const CALLBACKS: Kind = Kind::Each(&PATHS);

impl Kind {
    /// What the value under a key is; for items of lists the key is empty.
    pub(crate) fn below(self, key: &str, value: &Tree) -> Kind {
        match self {
            Kind::Data => Kind::Data,
            Kind::Each(kind) => *kind,
            _ if key.starts_with("x-") => Kind::Data,
            Kind::Document => below_document(key),
            Kind::Components => below_components(key),
            Kind::PathItem => below_path_item(key, value),
            Kind::Operation => below_operation(key),
            Kind::Schema => below_schema(key, value),
            Kind::Response | Kind::Encoding if key == "headers" => Kind::Each(&Kind::Header),
            Kind::MediaType if key == "encoding" => Kind::Each(&Kind::Encoding),
            Kind::Encoding => Kind::Data,
            Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response | Kind::MediaType => match key {
                "schema" | "itemSchema" => Kind::Schema,
                "content" => Kind::Each(&Kind::MediaType),
                _ => Kind::Data,
            },
        }
    }

    /// The section of `components` that holds these.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Header => "headers",
            Kind::RequestBody => "requestBodies",
            _ => return None,
        })
    }
}

/// Looks at every part of a tree, what is inside first.
pub(crate) fn visit(tree: &mut Tree, kind: Kind, look: &mut dyn FnMut(&mut Tree, Kind)) {
    match tree {
        Tree::Map(entries) => {
            for (key, value) in entries {
                let below = kind.below(key, value);
                if below != Kind::Data {
                    visit(value, below, look);
                }
            }
        }
        Tree::List(items) => {
            for item in items {
                visit(item, kind.below("", &Tree::List(Vec::new())), look);
            }
        }
        Tree::Text(_) | Tree::Plain(_) => {}
    }
    look(tree, kind);
}

fn below_document(key: &str) -> Kind {
    match key {
        "paths" | "webhooks" => PATHS,
        "components" => Kind::Components,
        _ => below_components(if key == "definitions" { "schemas" } else { key }),
    }
}

fn below_components(key: &str) -> Kind {
    match key {
        "schemas" => SCHEMAS,
        "responses" => Kind::Each(&Kind::Response),
        "parameters" => Kind::Each(&Kind::Parameter),
        "headers" => Kind::Each(&Kind::Header),
        "requestBodies" => Kind::Each(&Kind::RequestBody),
        "mediaTypes" => Kind::Each(&Kind::MediaType),
        "pathItems" => PATHS,
        "callbacks" => CALLBACKS,
        _ => Kind::Data,
    }
}

fn below_path_item(key: &str, value: &Tree) -> Kind {
    match key {
        "parameters" => Kind::Each(&Kind::Parameter),
        "additionalOperations" => Kind::Each(&Kind::Operation),
        _ if matches!(value, Tree::Map(_)) => Kind::Operation,
        _ => Kind::Data,
    }
}

fn below_operation(key: &str) -> Kind {
    match key {
        "parameters" => Kind::Each(&Kind::Parameter),
        "requestBody" => Kind::RequestBody,
        "responses" => Kind::Each(&Kind::Response),
        "callbacks" => CALLBACKS,
        _ => Kind::Data,
    }
}

fn below_schema(key: &str, value: &Tree) -> Kind {
    match key {
        "properties" | "patternProperties" | "definitions" | "$defs" | "dependentSchemas" | "allOf" | "anyOf" | "oneOf"
        | "prefixItems" => SCHEMAS,
        "items" if matches!(value, Tree::List(_)) => SCHEMAS,
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "contentSchema" => Kind::Schema,
        _ => Kind::Data,
    }
}
