//! Which suppressions cover a hit. It has spoken all the same: rules that yield to it stay silent.

use super::hit::{At, Hit, Use, Words};
use crate::facts::{Api, OperationFact, PathFact, ResponseFact};
use crate::finding::Severity;
use crate::rules::RuleSet;
use crate::source::Span;
use crate::suppress::{Site, Suppressions};
use crate::syntax::Node;

/// Notes on the hits of a description by what they are suppressed.
pub(super) fn mark<'h, 'p: 'h>(
    rules: &RuleSet,
    suppressions: &Suppressions,
    api: Option<&Api<'p>>,
    hits: impl Iterator<Item = &'h mut Hit<'p>>,
) {
    if suppressions.is_empty() {
        return;
    }
    for hit in hits {
        let Some(rule) = rules.rules().get(hit.rule) else { continue };
        let sites = api.map(|api| sites(api, hit)).unwrap_or_default();
        hit.allowed = suppressions.covering(rule.id.as_str(), hit.at.span(), &sites).into();
    }
}

/// The suppressions that cover a finding of a rule at a place, about an operation and a response of it (by index).
pub(crate) fn covering<'p>(
    rules: &RuleSet,
    suppressions: &Suppressions,
    api: &Api<'p>,
    rule: usize,
    at: Node<'p>,
    (operation, response): (Option<usize>, Option<usize>),
) -> Vec<usize> {
    let operation = operation.and_then(|number| Some((number, api.operations.get(number)?)));
    let user = operation.map(|(number, operation)| Use::of(number, operation));
    let response = response.map(|response| response as u32);
    let words = Words::ready(String::new(), None);
    let mut hits = [Hit { operation: user, response, ..Hit::new(rule, Severity::Note, At::Node(at), words) }];
    mark(rules, suppressions, Some(api), hits.iter_mut());
    let [hit] = hits;
    hit.allowed.into()
}

/// The places through which an operation uses what a hit points at, where that is defined outside of the operation.
fn sites(api: &Api<'_>, hit: &Hit<'_>) -> Vec<Site> {
    let Some(operation) = hit.operation.as_ref().and_then(|one| api.operations.get(one.number as usize)) else {
        return Vec::new();
    };
    let path = api.path_of(operation);
    let mut sites: Vec<Site> = path.and_then(use_of_path).into_iter().collect();
    let is_inside = |node: Node<'_>| node == operation.key || operation.operation.0.node().contains(node);
    if matches!(hit.at, At::Node(node) if is_inside(node)) {
        return sites;
    }
    let response = hit.response.and_then(|response| api.responses.get(response as usize));
    let hops = response.into_iter().flat_map(|response| response.hops.iter().copied());
    let keys = std::iter::once(operation.key).chain(response.map(|response| response.key));
    sites.extend(keys.chain(hops).map(|node| Site { place: node.span(), floor: floor(api, operation, node) }));
    sites
}

/// The path's own key, where a `$ref` stands in place of the path item.
fn use_of_path(path: &PathFact<'_>) -> Option<Site> {
    let reference = path.item.0.node().get("$ref")?;
    Some(Site { place: reference.span(), floor: path.key.span().start })
}

/// Where the outermost path item of an operation starts; a `$ref` outside of it is only covered by what stands beside it.
fn floor<'p>(api: &Api<'p>, operation: &OperationFact<'p>, site: Node<'p>) -> u32 {
    let mut floor = u32::MAX;
    let mut path = api.path_of(operation);
    while let Some(one) = path {
        if let Some(item) = one.item.0.target().map(crate::openapi::View::node).filter(|item| item.contains(site)) {
            floor = item.own_key().unwrap_or(item).span().start;
        }
        path = one.cause.and_then(|cause| api.path_of(api.operations.get(cause)?));
    }
    floor
}

/// Where a suppression of a rule would have to stand to concern a response: its use and its definition.
pub(super) fn places_of(response: &ResponseFact<'_>) -> Vec<Span> {
    let definition = response.definition.map(|definition| crate::facts::naming_key(definition.0.node()).span());
    std::iter::once(response.key.span()).chain(definition).collect()
}
