//! One fact, one finding: a rule is silent where a more telling one has spoken.

use rustc_hash::{FxHashMap, FxHashSet};

use super::hit::Hit;
use super::pieces::Pieces;
use crate::finding::Severity;
use crate::rules::RuleSet;

/// Where a rule has spoken: about a response, or about an operation as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Spot {
    /// The operation as a whole; also noted for each of its responses.
    Operation(u32),
    /// One of its responses.
    Response(u32),
    /// Some response of the operation.
    Within(u32),
}

/// Takes out the hits of rules that yield to others which have spoken at least as loud.
pub(super) fn silence(rules: &RuleSet, hits: &mut Pieces<Hit<'_>>) {
    let mut by_rule: Vec<Vec<(usize, &Hit<'_>)>> = vec![Vec::new(); rules.rules().len()];
    for (index, hit) in hits.iter().enumerate() {
        if let Some(list) = by_rule.get_mut(hit.rule) {
            list.push((index, hit));
        }
    }
    let asked_about = asked_about(rules, &by_rule);
    let mut spoken: FxHashMap<(usize, Spot), Severity> = FxHashMap::default();
    let mut silent = vec![false; hits.len()];
    for &rule in rules.speaking_order() {
        let before = rules.yields_to(rule);
        for &(index, hit) in by_rule.get(rule).into_iter().flatten() {
            let Some(silent) = silent.get_mut(index) else { continue };
            *silent = before.iter().any(|&other| loudness(&spoken, other, hit) >= Some(hit.severity));
            if !*silent && asked_about.contains(&rule) {
                note(&mut spoken, hit);
            }
        }
    }
    let mut silent = silent.into_iter();
    hits.retain(|_| !silent.next().unwrap_or(false));
}

/// The rules to which one of those that have hits yields.
fn asked_about<T>(rules: &RuleSet, by_rule: &[Vec<T>]) -> FxHashSet<usize> {
    let speaking = by_rule.iter().enumerate().filter(|(_, hits)| !hits.is_empty());
    speaking.flat_map(|(rule, _)| rules.yields_to(rule)).copied().collect()
}

/// How loud another rule was here: at the same status key if both judge responses, else at the same operation.
fn loudness(spoken: &FxHashMap<(usize, Spot), Severity>, other: usize, hit: &Hit<'_>) -> Option<Severity> {
    let at_response = hit.response.and_then(|response| spoken.get(&(other, Spot::Response(response))));
    let of_operation =
        |spot: fn(u32) -> Spot| hit.operation.as_ref().and_then(|operation| spoken.get(&(other, spot(operation.number))));
    let within = if hit.response.is_none() { of_operation(Spot::Within) } else { None };
    at_response.max(of_operation(Spot::Operation)).max(within).copied()
}

fn note(spoken: &mut FxHashMap<(usize, Spot), Severity>, hit: &Hit<'_>) {
    let number = hit.operation.as_ref().map(|operation| operation.number);
    let spots = match hit.response {
        Some(response) => [Some(Spot::Response(response)), number.map(Spot::Within)],
        None => [number.map(Spot::Operation), None],
    };
    for spot in spots.into_iter().flatten() {
        let loudest = spoken.entry((hit.rule, spot)).or_insert(hit.severity);
        *loudest = (*loudest).max(hit.severity);
    }
}
