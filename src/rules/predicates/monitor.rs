//! `shows-progress`: whether the body of a response lets a client follow what becomes of its request.

use super::{Arguments, Judgement, Looks, Predicate, Reads};
use crate::facts::{Api, Observed, Question};
use crate::openapi::{Example, MediaType, Properties, Schema};
use crate::rules::evaluate::Row;
use crate::rules::fields::Noun;
use crate::syntax::Node;
use crate::truth::Truth;
use crate::words::words;

pub(super) const SHOWS_PROGRESS: Predicate = Predicate {
    name: "shows-progress",
    noun: Noun::Response,
    doc: "The body has a status, a link or an id to ask after, at its top or one level down, or the operation has callbacks; unknown where nothing is told about its members.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

/// The last word of members by which one can follow up.
const WORDS: [&str; 25] = [
    "status",
    "state",
    "job",
    "jobs",
    "task",
    "tasks",
    "operation",
    "operations",
    "href",
    "url",
    "uri",
    "urls",
    "link",
    "links",
    "self",
    "id",
    "ids",
    "guid",
    "uuid",
    "arn",
    "sid",
    "ref",
    "reference",
    "token",
    "location",
];

/// How deep alternatives in alternatives are looked at.
const DEEPEST: u8 = 4;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    // Whoever registers a callback is told the outcome there.
    if row.operation().is_some_and(|operation| operation.operation.0.entries_of("callbacks").next().is_some()) {
        return Judgement::plain(true);
    }
    if let Some(exchange) = row.exchange() {
        return Judgement::plain(in_observed(exchange));
    }
    let Some(response) = row.response() else { return Judgement::plain(false) };
    if response.definition.is_none_or(|definition| definition.0.is_lost("content")) {
        return Judgement::plain(Truth::Unknown);
    }
    let look = || Truth::any(row.api.content_of(response).iter().map(|media_type| of_media_type(row.api, *media_type)));
    Judgement::plain(row.api.once(response, |known| &known.shows_progress, look))
}

/// What is no JSON may say it in words of its own.
fn in_observed(exchange: &Observed<'_>) -> Truth {
    match exchange.has_content() {
        Some(false) => Truth::False,
        _ => exchange.json().map_or(Truth::Unknown, |json| Truth::from(value_follows(json, 1))),
    }
}

fn of_media_type<'p>(api: &Api<'p>, media_type: MediaType<'p>) -> Truth {
    if shown_by(&media_type.examples()) {
        return Truth::True;
    }
    media_type.schema().map_or(Truth::Unknown, |schema| api.noted(schema, Question::Progress, || of_schema(schema)))
}

fn of_schema(schema: Schema<'_>) -> Truth {
    if shown_by(&schema.examples()) { Truth::True } else { follows(schema, 1, DEEPEST, &mut Looks::default()) }
}

fn shown_by(examples: &[Example<'_>]) -> bool {
    examples.iter().any(|example| value_follows(example.value, 1))
}

/// `depth` is how deep alternatives may still nest: one may be an alternative of itself.
fn follows(schema: Schema<'_>, levels: u8, depth: u8, looks: &mut Looks) -> Truth {
    let Some(schema) = schema.innermost().filter(|_| depth > 0 && looks.take()) else { return Truth::Unknown };
    let Properties { list, complete, .. } = schema.properties();
    let branches = Truth::any(schema.branches().map(|branch| follows(branch, levels, depth - 1, looks)));
    if list.iter().any(|property| names_a_way(&property.name)) || branches.is_true() {
        return Truth::True;
    }
    if list.is_empty() && schema.branches().next().is_none() {
        return Truth::Unknown;
    }
    let inner = list.iter().filter(|_| levels > 0).map(|property| match follows(property.schema, levels - 1, depth, looks) {
        Truth::True => Truth::True,
        _ => Truth::False,
    });
    let all_seen = complete || !branches.is_unknown() && schema.branches().next().is_some();
    Truth::any(inner).or(if all_seen { branches } else { Truth::Unknown })
}

fn value_follows(value: Node<'_>, levels: u8) -> bool {
    let named = |key: Node<'_>| key.text().is_some_and(|name| names_a_way(&name));
    let inner = |node: Node<'_>| levels > 0 && value_follows(node, levels - 1);
    value.entries().any(|entry| named(entry.key) || inner(entry.value)) || value.items().any(inner)
}

/// `jobId`, `status_url` and `_links` do, `paid` does not.
fn names_a_way(name: &str) -> bool {
    words(name).last().is_some_and(|last| WORDS.contains(&last.as_str()))
}

#[cfg(test)]
mod tests {
    use super::names_a_way;

    #[test]
    fn names_by_which_one_can_follow_up() {
        let cases = [
            ("jobId", true),
            ("status_url", true),
            ("_links", true),
            ("orderID", true),
            ("flowArn", true),
            ("paid", false),
            ("message", false),
            ("grid", false),
        ];
        for (name, expected) in cases {
            assert_eq!(names_a_way(name), expected, "{name}");
        }
    }
}
