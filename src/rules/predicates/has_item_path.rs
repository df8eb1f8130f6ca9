//! `has-item-path`: a path is that of a collection, whose items have a path below it.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::PathFact;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "has-item-path",
    noun: Noun::Operation,
    doc: "The operation's path is a collection: one variable below it is another path, which has a GET.",
    arguments: &[],
    words: &["item"],
    reads: Reads::Operation,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(collection) = row.path() else { return Judgement::plain(Truth::Unknown) };
    let is_readable = |path: &&PathFact<'p>| row.api.operations_of(path).iter().any(|operation| operation.method == "GET");
    let mut items =
        row.api.paths.iter().filter(|path| path.role == collection.role && is_item(&path.template, &collection.template));
    let Some(item) = items.find(is_readable) else { return Judgement::plain(false) };
    let words = vec![("item", item.template.clone().into_owned())];
    Judgement::shown(true, Evidence { words, ..Evidence::default() })
}

/// Whether a path is another one and a variable, nothing else.
fn is_item(path: &str, collection: &str) -> bool {
    let below = path.strip_prefix(collection.trim_end_matches('/'));
    let name = below.and_then(|below| below.trim_end_matches('/').strip_prefix("/{")?.strip_suffix('}'));
    name.is_some_and(|name| !name.contains(['/', '{', '}']))
}

#[cfg(test)]
mod tests {
    use super::is_item;

    #[test]
    fn items_of_collections() {
        let cases = [
            ("/orders/{id}", "/orders", true),
            ("/orders/{id}/", "/orders/", true),
            ("/a/{b}/orders/{id}", "/a/{b}/orders", true),
            ("/orders", "/orders", false),
            ("/orders/latest", "/orders", false),
            ("/orders/{id}/lines", "/orders", false),
            ("/orders/{id}/{line}", "/orders", false),
            ("/orders/{id}-{line}", "/orders", false),
            ("/ordersets/{id}", "/orders", false),
            ("/orders{id}", "/orders", false),
        ];
        for (path, collection, expected) in cases {
            assert_eq!(is_item(path, collection), expected, "{path} of {collection}");
        }
    }
}
