//! `allow-differs`: what `Allow` shows against the methods that a path describes.

mod observed;

use rustc_hash::FxHashSet;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::{Api, Methods, PathFact, ResponseFact, described, methods};
use crate::http::method;
use crate::openapi::{Example, Header, NodeId, View};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;
use crate::truth::Truth;
pub(super) use observed::SENT_ALLOW_DIFFERS;

/// How many methods a message names.
const MOST_NAMED: usize = 12;

/// How many values of one `Allow` are looked at, since each path that shows it compares them with its methods.
const MOST_VALUES: usize = 64;

pub(super) const ALLOW_DIFFERS: Predicate = Predicate {
    name: "allow-differs",
    noun: Noun::Path,
    doc: "An `Allow` that a 405 or the success of OPTIONS shows lacks a method that the path describes, or with `both-ways` has one that it does not.",
    arguments: &[("both-ways", OptionKind::Boolean)],
    words: &["allow", "difference"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(path) = row.path() else { return Judgement::plain(false) };
    let both_ways = arguments.get("both-ways") == Some(&OptionValue::Boolean(true));
    let described = described(row.api, path);
    let mut unknown = false;
    let mut evidence = Vec::new();
    for header in allow_headers(row.api, path) {
        let (values, is_whole) = values(header);
        let differing = differences(header, &values, &described, both_ways);
        unknown |= !is_whole;
        if !differing.is_empty() && row.api.allow_headers().is_shared(header) {
            unknown = true;
        } else {
            evidence.extend(differing);
        }
    }
    let truth = if unknown && evidence.is_empty() { Truth::Unknown } else { Truth::from(!evidence.is_empty()) };
    Judgement::resting_on(evidence, truth)
}

/// The `Allow` of each 405 of a path and of the successes of its OPTIONS.
fn allow_headers<'p>(api: &Api<'p>, path: &PathFact<'p>) -> Vec<Header<'p>> {
    let operations = api.operations_of(path).iter();
    let responses =
        operations.flat_map(|operation| api.responses_of(operation).iter().filter(|response| tells(&operation.method, response)));
    let mut headers: Vec<Header<'p>> = Vec::new();
    let mut seen: FxHashSet<Option<NodeId>> = FxHashSet::default();
    for header in responses.filter_map(|response| response.header(api, "Allow")) {
        if seen.insert(id(header)) {
            headers.push(*header);
        }
    }
    headers
}

fn tells(method: &str, response: &ResponseFact<'_>) -> bool {
    let code = response.status.code();
    code == Some(405) || method == "OPTIONS" && code.is_some_and(|code| code / 100 == 2)
}

fn id(header: &Header<'_>) -> Option<NodeId> {
    header.target().map(View::id)
}

/// Each value that does not fit, at its place.
fn differences<'p>(header: Header<'p>, values: &[Example<'p>], described: &Methods, both_ways: bool) -> Vec<Evidence<'p>> {
    let found = values.iter().filter_map(|value| {
        let difference = difference(&allowed(value.value, described)?, described, both_ways)?;
        let words = vec![("allow", shown(value.value)), ("difference", difference)];
        Some(Evidence {
            at: Some(value.value),
            related: vec![(header.key(), "in this `Allow`".to_owned())],
            words,
            ..Evidence::default()
        })
    });
    found.collect()
}

/// How the methods of an `Allow` differ from those that are described, as a phrase.
fn difference(allowed: &Methods, described: &Methods, both_ways: bool) -> Option<String> {
    let common = allowed.iter().filter(|method| described.contains(*method)).count();
    let (missing, extra) = (described.len() - common, allowed.len() - common);
    if missing == 0 && (extra == 0 || !both_ways) {
        return None;
    }
    let parts = [phrase("lacks", missing, described.difference(allowed)), phrase("names", extra, allowed.difference(described))];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" and "))
}

/// The values the header is said to have, not more than anyone shows, and whether these are all; of an `enum` only one that leaves
/// no choice.
fn values(header: Header<'_>) -> (Vec<Example<'_>>, bool) {
    let choice = header.schema().and_then(|schema| schema.keyword("enum")).filter(|node| node.items().nth(1).is_some());
    let shown = header.values().into_iter().filter(|value| choice.is_none_or(|node| !node.contains(value.value)));
    let mut some: Vec<Example<'_>> = shown.take(MOST_VALUES + 1).collect();
    let is_whole = some.len() <= MOST_VALUES;
    some.truncate(MOST_VALUES);
    (some, is_whole)
}

/// The methods of a value; none where it is not a list of methods.
fn allowed(value: Node<'_>, described: &Methods) -> Option<Methods> {
    if let Some(text) = value.text() {
        return allowed_of(text.split(','), described);
    }
    let items: Vec<_> = value.items().filter_map(Node::text).collect();
    allowed_of(items.iter().map(AsRef::as_ref), described)
}

fn allowed_of<'v>(parts: impl Iterator<Item = &'v str>, described: &Methods) -> Option<Methods> {
    let upper = parts.map(|part| part.trim().to_ascii_uppercase());
    let texts: Vec<String> = upper.filter(|part| !part.is_empty()).collect();
    let are_methods = !texts.is_empty() && texts.iter().all(|name| method::is_known(name) || described.contains(name));
    are_methods.then(|| methods(texts.iter().map(String::as_str)))
}

fn shown(value: Node<'_>) -> String {
    value.text().map_or_else(|| value.items().filter_map(Node::text).collect::<Vec<_>>().join(", "), std::borrow::Cow::into_owned)
}

/// The first of so many names.
fn phrase<'n>(verb: &str, count: usize, names: impl Iterator<Item = &'n String>) -> Option<String> {
    let list = names.take(MOST_NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if count > MOST_NAMED { format!(" and {} more", count - MOST_NAMED) } else { String::new() };
    (count > 0).then(|| format!("{verb} {list}{more}"))
}
