//! Keywords that are compared as a whole: equal, or it cannot be told.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::items::{item_at, places};
use super::{Case, Engine, Probe};
use crate::diff::schema::canonical::contained;
use crate::diff::schema::equal::equal;
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::lower::{CHAIN, CIRCLE, DEEP, REST};
use crate::diff::schema::model::{Model, Opaque};
use crate::diff::schema::sample::Sampler;
use crate::diff::schema::types::Types;
use crate::openapi::{View, resolve};
use crate::syntax::Node;

/// How many keywords are held against each other, and how many are told.
const MOST: usize = 100;

/// What leaves open what a schema says at all.
const DOUBTS: [&str; 11] = [CIRCLE, CHAIN, REST, DEEP, "$ref", "schema", "allOf", "type", "$dynamicRef", "$recursiveRef", "enum"];

impl<'o, 'n> Engine<'o, 'n> {
    /// What of the two schemas could not be read. Whether there is something left to compare.
    pub(super) fn doubts(&mut self, case: &mut Case<'o, 'n>) -> bool {
        let (old, new) = (case.old.clone(), case.new.clone());
        if doubts_in(&old).chain(doubts_in(&new)).next().is_none() {
            return true;
        }
        let (Some(old_view), Some(new_view)) = self.first_views(case) else {
            if let Some((_, doubt)) = doubts_in(&new).next().filter(|_| !case.old.is_top()) {
                case.unknown(None, Some(doubt.key), doubt.why());
            }
            return false;
        };
        let mut is_twin = |one: &Opaque<'o>, two: &Opaque<'n>| self.is_twin((old_view, one), (new_view, two));
        let lost = doubts_in(&old).find(|(at, one)| !likely(&new.opaque, *at).any(|two| is_twin(one, two)));
        let found = doubts_in(&new).find(|(at, two)| !likely(&old.opaque, *at).any(|one| is_twin(one, two)));
        let (lost, found) = (lost.map(|(_, lost)| lost), found.map(|(_, found)| found));
        let why = lost.map(Opaque::why).or_else(|| found.map(Opaque::why));
        let Some(why) = why else { return true };
        case.unknown(lost.map(|lost| lost.key), found.map(|found| found.key), why);
        false
    }

    /// Everything else that is compared as a whole.
    pub(super) fn opaque(&mut self, case: &mut Case<'o, 'n>) {
        let (old, new) = (case.old.clone(), case.new.clone());
        Self::dependent(case);
        case.is_same &= old.opaque.len() == new.opaque.len();
        let (Some(old_view), Some(new_view)) = self.first_views(case) else { return };
        let mut said = 0;
        for (position, one) in old.opaque.iter().enumerate() {
            if likely(&new.opaque, position).any(|two| self.is_twin((old_view, one), (new_view, two))) {
                continue;
            }
            let twin = new.opaque.iter().find(|two| two.name == one.name);
            if twin.is_some_and(|two| self.is_within((old_view, one), (new_view, two))) {
                case.is_same = false;
                continue;
            }
            said += 1;
            if said > MOST {
                return;
            }
            let is_gone = one.name == "contains" && twin.is_none();
            if one.name == "unevaluatedItems" && new.items.most.is_some_and(|(most, _)| most == 0) {
                continue;
            }
            if is_gone && self.contains_all_the_same(case, old_view.with(one.value)) {
                continue;
            }
            if is_gone {
                self.contains_gone(case, old_view.with(one.value), one.key);
            } else {
                let verb = if twin.is_some() { "has changed" } else { "is gone" };
                case.unknown(Some(one.key), twin.map(|twin| twin.key), format!("`{}` {verb}", one.name));
            }
        }
    }

    /// Whether each keyword that is compared as a whole has a twin.
    pub(super) fn are_opaque_alike(&mut self, case: &Case<'o, 'n>) -> bool {
        let (old, new) = (case.old.clone(), case.new.clone());
        let are_few = old.opaque.len() == new.opaque.len() && old.opaque.len() <= MOST;
        match self.first_views(case) {
            (Some(old_view), Some(new_view)) => {
                let mut pairs = old.opaque.iter().zip(&new.opaque);
                are_few && pairs.all(|(one, two)| self.is_twin((old_view, one), (new_view, two)))
            }
            _ => are_few && old.opaque.is_empty(),
        }
    }

    /// Whether the lists of the new schema contain what they need not: because all their items are like that.
    fn contains_all_the_same(&mut self, case: &Case<'o, 'n>, list: View<'o>) -> bool {
        let has_some = case.new.items.least.is_some_and(|(least, _)| least > 0);
        let is_counted =
            ["minContains", "maxContains"].iter().any(|keyword| list.get(keyword).is_some_and(|count| count.node().raw() != "1"));
        let Some(contained) = list.get("contains").filter(|_| has_some && !is_counted && places(&case.new) == 0) else {
            return false;
        };
        let contained = self.old.conjunction(vec![contained]);
        let item = item_at(&mut self.new, case.new_id, &case.new.clone(), 0);
        let pair = self.pair(contained, item);
        self.total(pair) == Inclusion::Included
    }

    /// What a list had to contain, or could contain so often only.
    fn contains_gone(&mut self, case: &mut Case<'o, 'n>, list: View<'o>, key: Node<'o>) {
        let keys = (Some(key), None);
        let (Some((0, Some(most))), Some(item)) = (contained(list), list.get("contains")) else {
            let message = "the list need not contain what it had to".to_owned();
            return case.loosened(keys, message, Probe::Sized(Types::ARRAY, 0), ("contains".to_owned(), "none".to_owned()));
        };
        let item = self.old.conjunction(vec![item]);
        let items = Sampler::new(&mut self.old).several(item).into_iter();
        let lists = items.map(|item| Value::Array(vec![item; most.min(MOST as u64) as usize + 1])).collect();
        let message = format!("`maxContains` was {most} and is none");
        case.loosened(keys, message, Probe::Values(lists), (format!("at most {most}"), "none".to_owned()));
    }

    fn dependent(case: &mut Case<'o, 'n>) {
        let (old, new) = (case.old.clone(), case.new.clone());
        case.is_same &= old.dependent.len() == new.dependent.len();
        let kept: FxHashSet<(&str, &str)> =
            new.dependent.iter().map(|(name, other, _)| (name.as_str(), other.as_str())).collect();
        let is_kept = |name: &str, other: &str| new.required.contains_key(other) || kept.contains(&(name, other));
        let lost = old.dependent.iter().find(|(name, other, _)| !is_kept(name, other));
        if let Some((name, other, key)) = lost {
            let new = new.dependent.first().map(|(_, _, key)| *key);
            case.unknown(Some(*key), new, format!("`{name}` does not bring `{other}` along any more"));
        }
    }

    pub(super) fn first_views(&self, case: &Case<'o, 'n>) -> (Option<View<'o>>, Option<View<'n>>) {
        (self.old.views(case.old_id).first().copied(), self.new.views(case.new_id).first().copied())
    }
}

/// What leaves open what a schema says, with its position among the keywords that are compared as a whole.
fn doubts_in<'a, 'p>(model: &'a Model<'p>) -> impl Iterator<Item = (usize, &'a Opaque<'p>)> {
    model.opaque.iter().enumerate().filter(|(_, opaque)| DOUBTS.contains(&opaque.name.as_str()))
}

/// The keywords that may be the twin of one: that at the same position, and of others the first few.
fn likely<'a, 'p>(list: &'a [Opaque<'p>], position: usize) -> impl Iterator<Item = &'a Opaque<'p>> {
    let others = if position < MOST { MOST } else { 0 };
    list.get(position).into_iter().chain(list.iter().take(others))
}

impl Opaque<'_> {
    /// The reference, or what has it as a branch.
    fn reference(&self) -> String {
        let reference = self.value.get("$ref").unwrap_or(self.value).text();
        reference.map_or_else(
            || format!("a branch of `{}`", self.key.text().unwrap_or_default()),
            |text| format!("the `$ref` `{text}`"),
        )
    }

    fn why(&self) -> String {
        match self.name.as_str() {
            "$ref" => format!("{} could not be followed", self.reference()),
            CIRCLE => format!("{} comes back to itself", self.reference()),
            CHAIN => format!("{} leads to others, and those on and on", self.reference()),
            REST => "it has too many parts".to_owned(),
            DEEP => "its parts lie too deep in each other".to_owned(),
            "schema" => "part of a schema could not be read".to_owned(),
            name => format!("`{name}` is not understood"),
        }
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Whether two keywords that are compared as a whole say the same.
    pub(super) fn is_twin(&mut self, (old_view, old): (View<'o>, &Opaque<'o>), (new_view, new): (View<'n>, &Opaque<'n>)) -> bool {
        let (one, two) = (old_view.with(old.value), new_view.with(new.value));
        old.name == new.name
            && match old.name.as_str() {
                "if" => ["if", "then", "else"].iter().all(|keyword| self.are_same_at(one, two, keyword)),
                "contains" => {
                    contained(one).is_some_and(|one| Some(one) == contained(two)) && self.are_same_at(one, two, "contains")
                }
                "not" | "propertyNames" | "unevaluatedItems" => self.are_same(one, two),
                "items" | "dependentSchemas" => self.are_all_same(one, two),
                "type" => names(one) == names(two),
                "$dynamicRef" | "$recursiveRef" => equal(one, two) && lead_to_the_same(one, two),
                CIRCLE => true,
                // What lies behind is not known.
                CHAIN | REST => false,
                _ => equal(one, two),
            }
    }

    /// Whether a keyword that is compared as a whole allows no more than its twin.
    fn is_within(&mut self, (old_view, old): (View<'o>, &Opaque<'o>), (new_view, new): (View<'n>, &Opaque<'n>)) -> bool {
        let (one, two) = (old_view.with(old.value), new_view.with(new.value));
        let inner = match old.name.as_str() {
            "propertyNames" => Some((one, two)),
            "contains" if counts_less(one, two) => one.get("contains").zip(two.get("contains")),
            _ => None,
        };
        let has_most = old.name == "contains" && one.get("maxContains").is_some();
        inner.is_some_and(|(one, two)| {
            if has_most {
                return self.are_same(one, two);
            }
            let (one, two) = (self.old.conjunction(vec![one]), self.new.conjunction(vec![two]));
            let pair = self.pair(one, two);
            self.total(pair) == Inclusion::Included
        })
    }

    /// Whether two schemas allow the same, as far as can be seen.
    fn are_same(&mut self, old: View<'o>, new: View<'n>) -> bool {
        if equal(old, new) {
            return true;
        }
        let (old, new) = (self.old.conjunction(vec![old]), self.new.conjunction(vec![new]));
        self.have_one_form(old, new, true) || {
            let pair = self.pair(old, new);
            self.is_same(pair)
        }
    }

    fn are_same_at(&mut self, old: View<'o>, new: View<'n>, keyword: &str) -> bool {
        match (old.get(keyword), new.get(keyword)) {
            (Some(old), Some(new)) => self.are_same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// The same for all schemas of a list, or of a map with the same keys.
    fn are_all_same(&mut self, old: View<'o>, new: View<'n>) -> bool {
        let (before, after) = (old.node(), new.node());
        let size = |node: Node<'_>| node.items().count() + node.entries().count();
        size(before) == size(after)
            && before.items().zip(after.items()).all(|(one, two)| self.are_same(old.with(one), new.with(two)))
            && before.entries().all(|entry| {
                let name = entry.key.text().unwrap_or_default();
                self.are_same_at(old, new, &name)
            })
    }
}

/// Whether references lead to schemas that are written alike, as far as they lead anywhere. Where they may lead from elsewhere is
/// not looked at.
fn lead_to_the_same(old: View<'_>, new: View<'_>) -> bool {
    match (resolve(old.project(), old.node()), resolve(new.project(), new.node())) {
        (Ok(one), Ok(two)) => equal(old.with(one), new.with(two)),
        (one, two) => one.is_err() && two.is_err(),
    }
}

/// Whether a new list may contain no fewer and no more of it than an old one.
fn counts_less(old: View<'_>, new: View<'_>) -> bool {
    let (Some(old), Some(new)) = (contained(old), contained(new)) else { return false };
    old.0 <= new.0 && old.1.is_none_or(|most| new.1.is_some_and(|other| other <= most))
}

/// The names of types, in whatever order.
fn names(types: View<'_>) -> BTreeSet<String> {
    let node = types.node();
    let all = node.items().chain((!node.is_list()).then_some(node));
    all.map(|name| name.text().unwrap_or_default().into_owned()).collect()
}
