//! Whether the body of a response says where the resource is.

use super::super::evaluate::Row;
use super::super::fields::Noun;
use super::{Arguments, Judgement, Looks, Predicate, Reads};
use crate::facts::{Api, Observed, Question};
use crate::openapi::{MediaType, Properties, Schema};
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::plain;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "body-links-to-itself",
    noun: Noun::Response,
    doc: "The body has a link that may be the resource's own: `self`, `href`, `_links`, `url` and their like.",
    arguments: &[],
    words: &[],
    reads: Reads::Definition,
    run,
};

/// Members that hold the resource's own URI, lower case, without `_`, `-`, `@` and `.`.
const LINKS: [&str; 14] = [
    "self",
    "href",
    "url",
    "uri",
    "selflink",
    "selfurl",
    "selfuri",
    "selfhref",
    "resourceuri",
    "resourceurl",
    "apiurl",
    "odataid",
    "canonicalurl",
    "htmlurl",
];

/// Members that wrap the resource or its links.
const WRAPPERS: [&str; 9] = ["data", "result", "item", "resource", "response", "body", "payload", "links", "meta"];

/// How many wrappers are opened.
const DEPTH: usize = 2;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    if let Some(exchange) = row.exchange() {
        return Judgement::plain(in_observed(exchange));
    }
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let look = || Truth::any(row.api.content_of(response).iter().map(|content| in_content(row.api, *content)));
    Judgement::plain(row.api.once(response, |known| &known.links_to_itself, look))
}

/// A body that is not JSON, or none, has no such member.
fn in_observed(exchange: &Observed<'_>) -> Truth {
    match (exchange.has_content(), exchange.json()) {
        (None, _) => Truth::Unknown,
        (Some(true), Some(json)) => Truth::from(in_value(json, DEPTH)),
        (Some(true), None) if exchange.is_json() => Truth::Unknown,
        _ => Truth::False,
    }
}

fn in_value(value: Node<'_>, depth: usize) -> bool {
    let value = value.items().next().unwrap_or(value);
    let is_alone = value.entries().nth(1).is_none();
    value.entries().any(|entry| {
        let name = entry.key.text().unwrap_or_default();
        let wraps = || is_alone || WRAPPERS.contains(&name.to_lowercase().as_str());
        is_link(&name) && !entry.value.is_null() || depth > 0 && wraps() && in_value(entry.value, depth - 1)
    })
}

fn in_content<'p>(api: &Api<'p>, content: MediaType<'p>) -> Truth {
    let shown = content
        .examples()
        .iter()
        .any(|example| example.value.entries().any(|entry| entry.key.text().is_some_and(|name| is_link(&name))));
    let look = |schema| in_schema(schema, DEPTH, &mut Looks::default());
    let described = content.schema().map_or(Truth::False, |schema| api.noted(schema, Question::Links, || look(schema)));
    Truth::from(shown).or(described)
}

fn in_schema(schema: Schema<'_>, depth: usize, looks: &mut Looks) -> Truth {
    if !looks.take() {
        return Truth::Unknown;
    }
    let schema = schema.items().unwrap_or(schema);
    let properties = schema.properties();
    if properties.list.iter().any(|property| is_link(&property.name)) {
        return Truth::True;
    }
    let branches: Vec<Schema<'_>> = schema.branches().collect();
    let hidden = if properties.complete || !branches.is_empty() { Truth::False } else { Truth::Unknown };
    if depth == 0 {
        return hidden;
    }
    let inner = wrapped(&properties).into_iter().chain(branches).map(|inner| in_schema(inner, depth - 1, looks));
    Truth::any(inner).or(hidden)
}

/// What a body wraps: the members named like wrappers, or its only one.
fn wrapped<'p>(properties: &Properties<'p>) -> Vec<Schema<'p>> {
    let is_alone = properties.list.len() == 1;
    let wraps = properties.list.iter().filter(|property| is_alone || WRAPPERS.contains(&property.name.to_lowercase().as_str()));
    wraps.map(|property| property.schema).collect()
}

fn is_link(name: &str) -> bool {
    plain(name).is_among(&LINKS) || matches!(name, "_links" | "@id")
}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn own_links_in_many_spellings() {
        for name in ["self", "href", "_links", "url", "URI", "self_link", "selfLink", "@odata.id", "@id"] {
            assert!(is_link(name), "{name}");
        }
        for name in ["id", "links", "avatar_url", "callbackUrl", "curl", "itself"] {
            assert!(!is_link(name), "{name}");
        }
    }
}
