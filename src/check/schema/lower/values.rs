//! Keywords whose values are no schemas.

use jsonschema::Draft;
use serde_json::Value;

use super::keywords::Shape;
use super::object::Object;
use super::{Lowering, Side};
use crate::check::schema::compiled;
use crate::check::schema::number::Number;
use crate::check::schema::tape::value_of;
use crate::openapi::Version;
use crate::syntax::Node;

/// The names that `type` may have.
const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// What patterns of other engines contain: it means something else, or nothing, to ECMA 262.
const FOREIGN: [&str; 6] = ["\\A", "\\Z", "\\z", "[[:", "(?i", "(?P"];

impl<'p> Lowering<'_, 'p> {
    /// Takes over a keyword that is no schema, if its value has the right shape.
    pub(super) fn literal(&mut self, object: &mut Object<'p>, name: &str, value: Node<'p>, shape: Shape) {
        let literal = match shape {
            Shape::Names if !value.is_list() => return,
            Shape::Types => return self.types(object, value),
            Shape::Values => return self.values(object, value),
            Shape::Names => names(value),
            Shape::NameLists => name_lists(value),
            Shape::Number => number(value),
            Shape::Step => number(value).filter(|number| number.as_f64().is_some_and(|step| step > 0.0)),
            Shape::Exclusive => self.exclusive(value),
            Shape::Count => count(value),
            Shape::Flag => value.as_bool().map(Value::Bool),
            Shape::Text => value.as_str().map(|text| Value::String(text.into_owned())),
            Shape::Pattern => value.as_str().filter(|text| self.is_understood(text)).map(|text| Value::String(text.into_owned())),
            Shape::Value => value_of(value),
            _ => None,
        };
        match literal {
            Some(literal) => drop(object.map.insert(name.to_owned(), literal)),
            None => self.misunderstood(object, name),
        }
    }

    /// Whether a pattern is read by our engine as ECMA 262 reads it.
    pub(super) fn is_understood(&mut self, pattern: &str) -> bool {
        if let Some(&known) = self.patterns.get(pattern) {
            return known;
        }
        let is_delimited = pattern.starts_with('/') && pattern.get(1..).is_some_and(|rest| rest.contains('/'));
        let is_foreign = is_delimited || FOREIGN.iter().any(|word| pattern.contains(word));
        let is_understood = !is_foreign && compiled::is_understood(pattern);
        self.patterns.insert(pattern.to_owned(), is_understood);
        is_understood
    }

    /// Whether `items` may be a list, as in drafts before 2020-12.
    pub(super) fn has_item_lists(&self) -> bool {
        self.draft != Draft::Draft202012
    }

    fn types(&mut self, object: &mut Object<'p>, value: Node<'p>) {
        let names: Vec<_> = if value.is_list() { value.items().map(Node::text).collect() } else { vec![value.text()] };
        let is_known = |name: &Option<std::borrow::Cow<'_, str>>| name.as_deref().is_some_and(|name| TYPES.contains(&name));
        if names.is_empty() || !names.iter().all(is_known) {
            return self.misunderstood(object, "type");
        }
        let mut names: Vec<Value> = names.into_iter().flatten().map(|name| Value::String(name.into_owned())).collect();
        names.sort_by_key(Value::to_string);
        names.dedup();
        let format = object.node.get("format");
        if format.is_some_and(|format| format.is_text("binary") || format.is_text("file")) {
            self.doubt("the schema describes bytes");
            if object.side == Side::Lenient {
                return;
            }
        }
        object.map.insert("type".to_owned(), Value::Array(names));
    }

    /// Values that are only examples of what may come limit nothing for sure.
    fn values(&mut self, object: &mut Object<'p>, value: Node<'p>) {
        let known = value_of(value).filter(|known| known.as_array().is_some_and(|known| !known.is_empty()));
        let Some(known) = known else { return self.misunderstood(object, "enum") };
        let flag = object.node.get("x-ms-enum").and_then(|extension| extension.get("modelAsString")).and_then(Node::as_bool);
        if flag == Some(true) || object.node.get("x-extensible-enum").is_some() {
            self.doubt("further values may be added to an `enum` of the schema");
            if object.side == Side::Lenient {
                return;
            }
        }
        object.map.insert("enum".to_owned(), known);
    }

    /// Until 3.0 and draft 4 a flag, since then a number.
    fn exclusive(&self, value: Node<'p>) -> Option<Value> {
        if self.has_flags_for_bounds() { value.as_bool().map(Value::Bool) } else { number(value) }
    }

    fn has_flags_for_bounds(&self) -> bool {
        self.view.version() < Version::V3_1 || self.draft == Draft::Draft4
    }

    /// The flag of an exclusive bound becomes the bound.
    pub(super) fn bounds(&self, object: &mut Object<'p>) {
        if !self.has_flags_for_bounds() {
            return;
        }
        for (plain, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let Some(flag) = object.map.remove(exclusive) else { continue };
            if flag != Value::Bool(true) {
                continue;
            }
            if self.draft == Draft::Draft4 && object.map.contains_key(plain) {
                object.map.insert(exclusive.to_owned(), flag);
            } else if let Some(bound) = object.map.remove(plain) {
                object.map.insert(exclusive.to_owned(), bound);
            }
        }
    }
}

/// A list of names, each once.
pub(super) fn names(list: Node<'_>) -> Option<Value> {
    let names: Option<Vec<String>> = list.items().map(|name| name.text().map(std::borrow::Cow::into_owned)).collect();
    let mut names = names?;
    let mut seen = rustc_hash::FxHashSet::default();
    names.retain(|name| seen.insert(name.clone()));
    Some(Value::from(names))
}

fn name_lists(map: Node<'_>) -> Option<Value> {
    let lists = map.entries().map(|entry| Some((entry.key.text()?.into_owned(), names(entry.value)?)));
    lists.collect::<Option<_>>().filter(|_| map.is_map()).map(Value::Object)
}

fn number(value: Node<'_>) -> Option<Value> {
    Number::of(value).map(Number::value)
}

fn count(value: Node<'_>) -> Option<Value> {
    let number = number(value)?;
    let whole = number.as_f64().filter(|count| *count >= 0.0 && count.fract() == 0.0)?;
    #[expect(clippy::cast_sign_loss, reason = "it is not below 0")]
    let whole = whole as u64;
    Some(Value::from(number.as_u64().unwrap_or(whole)))
}
