//! What a schema without alternatives says about each kind of values; and listed values one by one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::Value;

use super::{Form, Forming, KINDS, Shape};
use crate::diff::schema::compare::{item_at, member, places};
use crate::diff::schema::model::{Additional, Bound, Layer, Model, Range};
use crate::diff::schema::numbers::{End, canonical};
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;

/// How many places of lists are looked at one by one.
const MOST_PLACES: usize = 50;

impl<'p> Forming<'_, 'p> {
    pub(super) fn kinds(&mut self, id: Id, model: &Rc<Model<'p>>) -> Option<Form> {
        let general = self.general(id, model)?;
        if let Some(values) = model.values.as_ref().filter(|_| general.is_empty()) {
            let one = |value: &Value| self.forms.interned(format!("= {value}"), Shape::Value(Types::of(value)));
            let values = values.list.iter().map(one).collect();
            return Some(self.any(values));
        }
        let is_free = model.is_limited_by_type();
        let mut forms = Vec::new();
        for kind in KINDS.into_iter().filter(|kind| model.types.has(*kind)) {
            let types = model.types & kind;
            if kind == Types::BOOLEAN && general.is_empty() {
                forms.extend(self.truths());
                continue;
            }
            let mut text = format!("{} {general}", types.0);
            match kind {
                _ if is_free => {}
                Types::NUMBER => numbers(model, &mut text),
                Types::STRING => texts(model, &mut text),
                Types::ARRAY => self.lists(id, model, &mut text)?,
                Types::OBJECT => self.objects(id, model, &mut text)?,
                _ => {}
            }
            forms.push(self.forms.interned(text, Shape::Some(kind)));
        }
        Some(self.any(forms))
    }

    /// `false` and `true`: there are no others.
    fn truths(&mut self) -> [Form; 2] {
        [false, true].map(|truth| self.forms.interned(format!("= {truth}"), Shape::Value(Types::BOOLEAN)))
    }

    /// The form of what may be anything.
    fn anything(&mut self) -> Form {
        let others = KINDS.into_iter().filter(|kind| *kind != Types::BOOLEAN);
        let mut all: Vec<Form> = others.map(|kind| self.forms.interned(format!("{} ", kind.0), Shape::Some(kind))).collect();
        all.extend(self.truths());
        let all = self.any(all);
        self.or_null(all)
    }

    fn lists(&mut self, id: Id, model: &Rc<Model<'p>>, text: &mut String) -> Option<()> {
        count("items", &model.items, text);
        let most = model.items.most.map_or(u64::MAX, |(most, _)| most);
        if model.unique.is_some() {
            text.push_str(" unique");
        }
        let places = places(model);
        if places > MOST_PLACES {
            return None;
        }
        let mut items = Vec::new();
        // Behind the places come all others.
        for place in (0..=places).take_while(|place| (*place as u64) < most) {
            let item = item_at(self.side, id, model, place);
            items.push(self.whole(item)?);
        }
        while items.len() > 1 && items.get(items.len() - 2) == items.last() {
            items.pop();
        }
        if items != [self.anything()] {
            let _ = write!(text, " items {items:?}");
        }
        Some(())
    }

    fn objects(&mut self, id: Id, model: &Rc<Model<'p>>, text: &mut String) -> Option<()> {
        count("members", &model.members, text);
        list("required", &model.required.keys().collect(), text);
        list("dependent", &model.dependent.iter().map(|(name, other, _)| (name, other)).collect(), text);
        let described = model.layers.iter().flat_map(|layer| layer.index.keys());
        let names: BTreeSet<&str> = described.chain(model.required.keys()).map(AsRef::as_ref).collect();
        for name in names {
            let member = member(self.side, id, model, Some(name));
            if member.is_doubtful {
                return None;
            }
            let schema = match member.schema {
                Some(schema) => self.whole(schema)?.to_string(),
                None => "none".to_owned(),
            };
            let _ = write!(text, " {name:?} {} {} {schema}", member.key.is_some(), member.is_write_only);
        }
        self.layers(id, model, text)
    }

    /// What layers say about members that they do not describe by name.
    fn layers(&mut self, id: Id, model: &Rc<Model<'p>>, text: &mut String) -> Option<()> {
        let mut layers = BTreeSet::new();
        for layer in model.layers.iter().filter(|layer| says_something_of_others(layer)) {
            layers.insert(self.layer(id, layer)?);
        }
        list("layers", &layers, text);
        Some(())
    }

    fn layer(&mut self, id: Id, layer: &Layer<'p>) -> Option<String> {
        let mut patterns = BTreeSet::new();
        for (pattern, schema) in &layer.patterns {
            patterns.insert((pattern, self.inner(id, *schema)?));
        }
        let others = match layer.additional {
            Additional::Open(_) => "any".to_owned(),
            Additional::Closed(_) => "none".to_owned(),
            Additional::Schema(_, schema) => self.inner(id, schema)?.to_string(),
        };
        Some(format!("{patterns:?} {others}"))
    }
}

fn says_something_of_others(layer: &Layer<'_>) -> bool {
    !layer.patterns.is_empty() || !matches!(layer.additional, Additional::Open(_))
}

fn numbers(model: &Model<'_>, text: &mut String) {
    let is_integer = !model.types.has(Types::FRACTION);
    for (end, bound) in [(End::Lower, &model.lower), (End::Upper, &model.upper)] {
        let Some(bound) = bound else { continue };
        let _ = match bound.for_whole(end).filter(|_| is_integer) {
            Some(whole) => write!(text, " {} {whole}", end == End::Lower),
            None => write!(text, " {} {}", end == End::Lower, words(bound)),
        };
    }
    list("steps", &model.multiples.iter().map(|(step, _)| canonical(Value::Number(step.clone())).to_string()).collect(), text);
}

fn words(bound: &Bound<'_>) -> String {
    format!("{} {}", bound.is_exclusive, canonical(Value::Number(bound.value.clone())))
}

fn texts(model: &Model<'_>, text: &mut String) {
    count("length", &model.length, text);
    list("patterns", &model.patterns.iter().map(|(pattern, _)| pattern).collect(), text);
}

fn count(name: &str, range: &Range<'_>, text: &mut String) {
    let least = range.least.map(|(least, _)| least).filter(|least| *least > 0);
    let most = range.most.map(|(most, _)| most);
    if least.is_some() || most.is_some() {
        let _ = write!(text, " {name} {least:?} {most:?}");
    }
}

fn list<T: std::fmt::Debug>(name: &str, all: &BTreeSet<T>, text: &mut String) {
    if !all.is_empty() {
        let _ = write!(text, " {name} {all:?}");
    }
}
