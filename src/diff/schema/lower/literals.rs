//! Keywords whose values are no schemas.

use rustc_hash::FxHashSet;
use serde_json::{Number, Value};

use super::Merging;
use super::contradictions::without_contradictions;
use crate::check::schema::value_of;
use crate::diff::schema::model::{Bound, Model, Values};
use crate::diff::schema::numbers::{End, canonical, whole};
use crate::diff::schema::types::Types;
use crate::openapi::{Version, View};
use crate::syntax::Node;

impl<'p> Merging<'_, 'p> {
    pub(super) fn literal(&mut self, view: View<'p>, name: &str, key: Node<'p>, value: Node<'p>) {
        let done = match name {
            "minimum" => self.bound(view, ("exclusiveMinimum", End::Lower), key, value),
            "maximum" => self.bound(view, ("exclusiveMaximum", End::Upper), key, value),
            "exclusiveMinimum" => self.exclusive(End::Lower, key, value),
            "exclusiveMaximum" => self.exclusive(End::Upper, key, value),
            "multipleOf" => number(value).map(|step| self.model.multiples.push((step, key))),
            "minLength" => count(value).map(|count| self.model.length.at_least(count, key)),
            "maxLength" => count(value).map(|count| self.model.length.at_most(count, key)),
            "minItems" => count(value).map(|count| self.model.items.at_least(count, key)),
            "maxItems" => count(value).map(|count| self.model.items.at_most(count, key)),
            "minProperties" => count(value).map(|count| self.model.members.at_least(count, key)),
            "maxProperties" => count(value).map(|count| self.model.members.at_most(count, key)),
            "uniqueItems" => value.as_bool().map(|flag| self.model.unique = self.model.unique.or(flag.then_some(key))),
            "pattern" => value.as_str().map(|text| self.model.patterns.push((text.into_owned(), key))),
            "format" => value.as_str().map(|text| self.format(&text, key)),
            // The 3.1 spelling of `format: byte` and its kin.
            "contentEncoding" if view.version() >= Version::V3_1 => value.as_str().map(|text| self.format(&text, key)),
            "contentMediaType" if value.is_text("application/octet-stream") && view.version() >= Version::V3_1 => {
                // That of `format: binary`.
                self.model.formats.push(("binary".to_owned(), key));
                Some(())
            }
            "contentMediaType" | "contentSchema" if view.version() >= Version::V3_1 => {
                self.model.contents.push((key, value));
                Some(())
            }
            _ => Some(()),
        };
        if done.is_none() {
            self.opaque(name, key, value);
        }
    }

    /// A format, in whichever of its spellings.
    fn format(&mut self, text: &str, key: Node<'p>) {
        let name = if text == "base64" { "byte" } else { text };
        self.model.formats.push((name.to_owned(), key));
    }

    /// Until 3.0 a flag beside the bound makes it exclusive.
    fn bound(&mut self, view: View<'p>, (flag, end): (&str, End), key: Node<'p>, value: Node<'p>) -> Option<()> {
        let is_exclusive = view.node().get(flag).and_then(Node::as_bool) == Some(true);
        self.bounded(end, Bound { value: number(value)?, is_exclusive, key });
        Some(())
    }

    fn exclusive(&mut self, end: End, key: Node<'p>, value: Node<'p>) -> Option<()> {
        if value.as_bool().is_none() {
            self.bounded(end, Bound { value: number(value)?, is_exclusive: true, key });
        }
        Some(())
    }

    fn bounded(&mut self, end: End, bound: Bound<'p>) {
        let known = if end == End::Lower { &mut self.model.lower } else { &mut self.model.upper };
        if known.as_ref().is_none_or(|known| bound.narrowness(known, end, false).is_gt()) {
            *known = Some(bound);
        }
    }

    pub(super) fn values(&mut self, view: View<'p>, key: Node<'p>, value: Node<'p>, is_const: bool) {
        let listed: Option<Vec<Value>> =
            if is_const { value_of(value).map(|value| vec![value]) } else { value.items().map(value_of).collect() };
        let Some(listed) = listed.filter(|listed| !listed.is_empty()) else { return self.opaque("enum", key, value) };
        self.side.work += listed.len() as u64;
        let mut list: Vec<Value> = listed.into_iter().filter(|value| !value.is_null()).map(canonical).collect();
        let mut seen = FxHashSet::default();
        list.retain(|value| seen.insert(value.to_string()));
        let is_extensible = !is_const && says_more_may_come(view.node());
        match &mut self.model.values {
            Some(known) => {
                known.list.retain(|value| seen.contains(&value.to_string()));
                known.is_extensible &= is_extensible;
            }
            None => self.model.values = Some(Values::new(list, key, is_const, is_extensible)),
        }
    }
}

fn says_more_may_come(node: Node<'_>) -> bool {
    let flag = node.get("x-ms-enum").and_then(|extension| extension.get("modelAsString")).and_then(Node::as_bool);
    flag == Some(true) || node.get("x-extensible-enum").is_some_and(|value| value.as_bool() != Some(false))
}

/// What follows from all keywords together.
pub(super) fn settle(model: &mut Model<'_>) {
    // Numbers that come in steps of whole numbers are whole.
    if model.multiples.iter().any(|(step, _)| whole(step).is_some_and(|step| step != 0)) && model.types.has(Types::INTEGER) {
        model.types = model.types & !Types::FRACTION;
    }
    without_contradictions(model);
    let types = model.types;
    if let Some(values) = &mut model.values {
        values.list.retain(|value| types.has(Types::of(value)));
        model.types = values.list.iter().fold(Types::NONE, |all, value| all | Types::of(value));
        let has_both = |types: Types, values: &Values<'_>| types == Types::BOOLEAN && values.list.len() == 2;
        if has_both(model.types, values) {
            model.values = None;
        }
    }
}

fn number(value: Node<'_>) -> Option<Number> {
    match value_of(value)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// A count, however it is written.
pub(in crate::diff::schema) fn count(value: Node<'_>) -> Option<u64> {
    number(value).and_then(|number| whole(&number)).and_then(|count| u64::try_from(count).ok())
}
