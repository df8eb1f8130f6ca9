//! Keywords that are compared as a whole: equal, or it cannot be told.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::{Case, Engine, Probe};
use crate::diff::schema::equal::{agree, equal};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::lower::{CHAIN, CIRCLE, REST};
use crate::diff::schema::model::{Model, Opaque};
use crate::finding::Class;
use crate::openapi::{View, resolve};
use crate::syntax::Node;

/// How many keywords are held against each other, and how many are told.
const MOST: usize = 100;

/// What leaves open what a schema says at all.
const DOUBTS: [&str; 10] = [CIRCLE, CHAIN, REST, "$ref", "schema", "allOf", "type", "$dynamicRef", "$recursiveRef", "enum"];

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
            if is_gone {
                let words = ("contains".to_owned(), "none".to_owned());
                let message = "the list need not contain what it had to".to_owned();
                case.loosened((Some(one.key), None), message, Probe::Sized(crate::diff::schema::types::Types::ARRAY, 0), words);
            } else {
                let verb = if twin.is_some() { "has changed" } else { "is gone" };
                case.unknown(Some(one.key), twin.map(|twin| twin.key), format!("`{}` {verb}", one.name));
            }
        }
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

    fn first_views(&self, case: &Case<'o, 'n>) -> (Option<View<'o>>, Option<View<'n>>) {
        (self.old.views(case.old_id).first().copied(), self.new.views(case.new_id).first().copied())
    }

    /// The discriminator: the member that readers choose by.
    pub(super) fn discriminator(&mut self, case: &mut Case<'o, 'n>) {
        let (Some((old_key, old)), new) = (case.old.discriminator, case.new.discriminator) else { return };
        let Some((new_key, new)) = new else {
            let message = "there is no `discriminator` to choose by any more".to_owned();
            case.change("response-discriminator-changed", Class::Risky, (Some(old_key), None), message);
            return;
        };
        let (before, after) = (property_of(old), property_of(new));
        if before != after {
            let message = format!("the `discriminator` was `{before}` and is `{after}`");
            let change = case.change("response-discriminator-changed", Class::Breaking, (Some(old_key), Some(new_key)), message);
            change.words = vec![("old", before), ("new", after)];
            return;
        }
        if let Some((value, key)) = self.remapped(case, old, new) {
            let message = format!("the value `{value}` of the `discriminator` stands for another schema");
            let change = case.change("response-discriminator-changed", Class::Breaking, (Some(old_key), Some(key)), message);
            change.words = vec![("value", value)];
        } else if let Some((value, key)) = unmapped(case.new_at, old, new) {
            let message = format!("the value `{value}` of the `discriminator` stands for no schema any more");
            let change = case.change("response-discriminator-changed", Class::Risky, (Some(key), Some(new_key)), message);
            change.words = vec![("value", value)];
        }
    }

    /// A value that leads to a schema of another name which allows more than the one it led to, or one that is new for a
    /// schema which went by another.
    fn remapped(&mut self, case: &Case<'o, 'n>, old: Node<'o>, new: Node<'n>) -> Option<(String, Node<'n>)> {
        let (before, after) = (old.get("mapping")?, new.get("mapping")?);
        let known: FxHashSet<String> = before.entries().filter_map(|entry| last_step(entry.value)).collect();
        for entry in after.entries() {
            let (Some(value), Some(name)) = (entry.key.text(), last_step(entry.value)) else { continue };
            let is_changed = match before.get(&value) {
                Some(other) => {
                    last_step(other).is_some_and(|other| other != name) && self.leads_elsewhere(case, other, entry.value)
                }
                None => value != name && known.contains(&name),
            };
            if is_changed {
                return Some((value.into_owned(), entry.key));
            }
        }
        None
    }

    fn leads_elsewhere(&mut self, case: &Case<'o, 'n>, old: Node<'o>, new: Node<'n>) -> bool {
        let (Some(old_view), Some(new_view)) = self.first_views(case) else { return false };
        let targets = (resolve(old_view.project(), old), resolve(new_view.project(), new));
        let (Ok(before), Ok(after)) = targets else { return false };
        let before = self.old.conjunction(vec![old_view.with(before)]);
        let after = self.new.conjunction(vec![new_view.with(after)]);
        let pair = self.pair(before, after);
        self.total(pair) == Inclusion::NotIncluded
    }
}

/// A value that led to a schema which is still there under its name only. A schema is its own name where nothing else is said.
fn unmapped<'o>(schema: Option<Node<'_>>, old: Node<'o>, new: Node<'_>) -> Option<(String, Node<'o>)> {
    let (before, after) = (old.get("mapping")?, new.get("mapping"));
    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema?.get(key));
    let left: FxHashSet<String> = lists.flat_map(Node::items).filter_map(|branch| last_step(branch.get("$ref")?)).collect();
    before.entries().find_map(|entry| {
        let (value, name) = (entry.key.text()?, last_step(entry.value)?);
        let is_gone = after.is_none_or(|after| after.get(&value).is_none());
        let is_left = left.is_empty() || left.contains(&name);
        (is_gone && is_left && value != name).then(|| (value.into_owned(), entry.key))
    })
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

/// The last step of a reference, or the name itself.
fn last_step(target: Node<'_>) -> Option<String> {
    target.text()?.rsplit('/').next().map(str::to_owned)
}

impl Opaque<'_> {
    fn why(&self) -> String {
        match self.name.as_str() {
            "$ref" => format!("the `$ref` `{}` could not be followed", self.value.text().unwrap_or_default()),
            CIRCLE => format!("the `$ref` `{}` comes back to itself", self.value.text().unwrap_or_default()),
            CHAIN => format!("the `$ref` `{}` leads to others, and those on and on", self.value.text().unwrap_or_default()),
            REST => "it has too many parts".to_owned(),
            "schema" => "part of a schema could not be read".to_owned(),
            name => format!("`{name}` is not understood"),
        }
    }
}

/// The name of the member; in Swagger the discriminator is nothing but that.
pub(super) fn property_of(discriminator: Node<'_>) -> String {
    let name = discriminator.get_str("propertyName").or_else(|| discriminator.as_str());
    name.unwrap_or_default().into_owned()
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Whether two keywords that are compared as a whole say the same.
    fn is_twin(&mut self, (old_view, old): (View<'o>, &Opaque<'o>), (new_view, new): (View<'n>, &Opaque<'n>)) -> bool {
        let (one, two) = (old_view.with(old.value), new_view.with(new.value));
        old.name == new.name
            && match old.name.as_str() {
                "if" => ["if", "then", "else"].iter().all(|keyword| self.are_same_at(one, two, keyword)),
                "contains" => self.are_same_at(one, two, "contains") && agree(one, two, &["minContains", "maxContains"]),
                "not" | "propertyNames" | "unevaluatedItems" => self.are_same(one, two),
                "items" | "dependentSchemas" => self.are_all_same(one, two),
                "type" => names(one) == names(two),
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
            "contains" if agree(one, two, &["minContains"]) && one.get("maxContains").is_none() => {
                one.get("contains").zip(two.get("contains"))
            }
            _ => None,
        };
        inner.is_some_and(|(one, two)| {
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
        let pair = self.pair(old, new);
        self.is_same(pair)
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

/// The names of types, in whatever order.
fn names(types: View<'_>) -> BTreeSet<String> {
    let node = types.node();
    let all = node.items().chain((!node.is_list()).then_some(node));
    all.map(|name| name.text().unwrap_or_default().into_owned()).collect()
}
