//! `links-to-no-operation`: a link of a response leads to an operation that does not exist.

use super::super::{Arguments, Judgement, Predicate, Reads};
use super::response;
use crate::facts::OperationIds;
use crate::openapi::{Broken, View, resolve};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::strict::nearest;
use crate::syntax::Node;
use crate::truth::Truth;

pub(in super::super) const LINKS_TO_NO_OPERATION: Predicate = Predicate {
    name: "links-to-no-operation",
    noun: Noun::Response,
    doc: "A link of the response names an `operationId` or `operationRef` that the description does not have; shows each. \
          Unknown where part of the description could not be read.",
    arguments: &[],
    words: &["link", "target", "advice"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(definition) = response(row).and_then(|response| response.definition) else {
        return Judgement::plain(Truth::Unknown);
    };
    let links: Vec<_> = definition.0.entries_of("links").collect();
    if links.is_empty() {
        return Judgement::plain(false);
    }
    let ids = row.api.operation_ids();
    if ids.may_be_more {
        return Judgement::plain(Truth::Unknown);
    }
    let lost = links.into_iter().filter_map(|entry| {
        let link = definition.0.with(entry.value).target()?;
        let (at, target, advice) = lost_id(ids, link).or_else(|| lost_reference(link))?;
        let name = entry.key.text().unwrap_or_default().into_owned();
        Some(Evidence {
            at: Some(at),
            related: Vec::new(),
            words: vec![("link", name), ("target", target), ("advice", advice)],
            ..Evidence::default()
        })
    });
    let evidence: Vec<Evidence<'p>> = lost.collect();
    Judgement::found(evidence)
}

/// How many pairs of ids are compared in a description to find what was meant.
const MOST_COMPARED: usize = 1_000_000;

type Lost<'p> = (Node<'p>, String, String);

/// The `operationId` that no operation has; a similar one is looked for among the first ones.
fn lost_id<'p>(ids: &OperationIds<'p>, link: View<'p>) -> Option<Lost<'p>> {
    let node = link.node().get("operationId")?;
    let wanted = node.text()?;
    if ids.has(&wanted) {
        return None;
    }
    let most = MOST_COMPARED / ids.lost.max(1);
    let known: Vec<&str> = ids.list.iter().take(most).map(AsRef::as_ref).collect();
    let advice = nearest(&wanted, &known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Some((node, wanted.into_owned(), advice))
}

/// The `operationRef` into the project that leads to nothing.
fn lost_reference(link: View<'_>) -> Option<Lost<'_>> {
    let node = link.node().get("operationRef")?;
    // Only a pointer into the same file is looked up: other files were never asked for.
    let target = node.text().filter(|text| text.starts_with("#/"))?;
    match resolve(link.project(), node) {
        Err(Broken::Missing(_)) => Some((node, target.into_owned(), String::new())),
        _ => None,
    }
}
