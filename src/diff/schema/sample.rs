//! Small values that a schema allows, as far as can be seen. Whether it does is asked of a validator afterwards.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::compare::{item_at, member, tag_of};
use super::model::{Model, Union};
use super::numbers::{End, canonical, is_multiple};
use super::side::{Id, Side};
use super::texts;
use super::types::Types;
use super::witness::{tagged, with};
use crate::syntax::Node;
use crate::truth::Truth;

/// How deep values nest, and how many schemas are looked at for one.
const DEEPEST: u32 = 30;
const MOST_STEPS: u32 = 2_000;

/// How many branches of a union are tried.
const MOST_BRANCHES: usize = 6;

/// How many members are varied.
const MOST_VARIED: usize = 12;

/// The largest list or object that is made, and the longest text.
const LARGEST: u64 = 300;

/// What the value should be like.
#[derive(Clone, Default)]
pub(super) struct Want<'a> {
    pub(super) types: Types,
    /// How many items or members it has.
    pub(super) size: Option<u64>,
    /// A member that it lacks.
    pub(super) absent: Option<&'a str>,
    /// A member that it has, with the value if that is known.
    pub(super) member: Option<(&'a str, Option<Value>)>,
    /// An item that it has.
    pub(super) item: Option<(usize, Value)>,
}

/// Makes values of the schemas of one side.
pub(super) struct Sampler<'a, 'p> {
    side: &'a mut Side<'p>,
    depth: u32,
    steps: u32,
}

impl<'a, 'p> Sampler<'a, 'p> {
    pub(super) fn new(side: &'a mut Side<'p>) -> Self {
        Sampler { side, depth: 0, steps: 0 }
    }

    /// One value of each type that is allowed among these.
    pub(super) fn of_types(&mut self, id: Id, types: Types) -> Vec<Value> {
        let each = Types::EACH.into_iter().filter(|one| types.has(*one));
        let values: Vec<Value> = each.flat_map(|types| self.all(id, &Want { types, ..Want::default() })).collect();
        values
    }

    /// A few different values.
    pub(super) fn several(&mut self, id: Id) -> Vec<Value> {
        let list = Want { types: Types::ARRAY, size: Some(1), ..Want::default() };
        let mut values = self.of_types(id, Types::ALL);
        values.extend(self.all(id, &list));
        values
    }

    /// Values in which one member or item is of another type than the likeliest, or null.
    pub(super) fn varied(&mut self, id: Id) -> Vec<Value> {
        let model = self.side.model(id);
        let names: Vec<String> =
            model.layers.iter().flat_map(|layer| layer.properties.iter().map(|(name, ..)| name.clone().into_owned())).collect();
        let mut values = Vec::new();
        for name in names.iter().take(MOST_VARIED) {
            let Some(schema) = member(self.side, id, &model, Some(name)).schema else { continue };
            let others = self.others(schema);
            values.extend(others.into_iter().filter_map(|value| self.with_member(id, name, Some(value))));
        }
        if model.types.has(Types::ARRAY) && !model.tuples.is_empty() {
            let item = item_at(self.side, id, &model, 0);
            let others = self.others(item);
            values.extend(others.into_iter().filter_map(|value| self.with_item(id, 0, value)));
        }
        values
    }

    /// All but the likeliest value, and null where it may be.
    fn others(&mut self, id: Id) -> Vec<Value> {
        let mut values: Vec<Value> = self.of_types(id, Types::ALL).into_iter().skip(1).collect();
        values.extend(self.side.model(id).null.then_some(Value::Null));
        values
    }

    /// An object with a member.
    pub(super) fn with_member(&mut self, id: Id, name: &str, value: Option<Value>) -> Option<Value> {
        self.value(id, &Want { types: Types::OBJECT, member: Some((name, value)), ..Want::default() })
    }

    /// A list with an item at a place.
    pub(super) fn with_item(&mut self, id: Id, place: usize, value: Value) -> Option<Value> {
        self.value(id, &Want { types: Types::ARRAY, item: Some((place, value)), ..Want::default() })
    }

    /// A small value.
    pub(super) fn value(&mut self, id: Id, want: &Want<'_>) -> Option<Value> {
        self.all(id, want).into_iter().next()
    }

    /// Small values: of each branch one, or of a list of values the first few.
    fn all(&mut self, id: Id, want: &Want<'_>) -> Vec<Value> {
        self.steps += 1;
        self.side.work += 1;
        if self.depth > DEEPEST || self.steps > MOST_STEPS || self.side.is_used_up() {
            return Vec::new();
        }
        self.depth += 1;
        let values = self.of_model(id, want);
        self.depth -= 1;
        values
    }

    fn of_model(&mut self, id: Id, want: &Want<'_>) -> Vec<Value> {
        let model = self.side.model(id);
        if model.never.is_some() {
            return Vec::new();
        }
        if let Some(union) = model.unions.first() {
            let branches = union.branches.iter().take(MOST_BRANCHES);
            return branches.flat_map(|branch| self.branch(id, union, *branch, want)).collect();
        }
        if let Some(values) = &model.values {
            let fitting = values.list.iter().filter(|value| want.types.has(Types::of(value)));
            let values: Vec<Value> = fitting.take(4).cloned().collect();
            return if values.is_empty() && model.null { vec![Value::Null] } else { values };
        }
        let wanted = Types::EACH.into_iter().filter(|types| (model.types & want.types).has(*types));
        let made: Vec<Value> = wanted.filter_map(|types| self.of_type(id, &model, types, want)).take(1).collect();
        if made.is_empty() && model.null { vec![Value::Null] } else { made }
    }

    /// Values of a branch, which a discriminator knows as such.
    fn branch(&mut self, id: Id, union: &Union<'p>, (index, node): (u32, Node<'p>), want: &Want<'_>) -> Vec<Value> {
        let branch = self.side.chosen(id, union.list, index);
        let view = self.side.views(id).first().filter(|_| union.discriminator.is_some()).copied();
        let tag = view.and_then(|view| tag_of(view, union, node));
        let is_wanted = |name: &str| want.absent == Some(name) || want.member.as_ref().is_some_and(|(other, _)| *other == name);
        let tag = tag.filter(|(name, _)| !is_wanted(name));
        self.all(branch, want).into_iter().take(2).map(|value| tagged(value, tag.as_ref())).collect()
    }

    fn of_type(&mut self, id: Id, model: &Rc<Model<'p>>, types: Types, want: &Want<'_>) -> Option<Value> {
        match types {
            Types::BOOLEAN => Some(Value::Bool(false)),
            Types::INTEGER => number(model, true),
            Types::FRACTION => number(model, false),
            Types::STRING => self.text(model),
            Types::ARRAY => self.list(id, model, want),
            _ => self.object(id, model, want),
        }
    }

    fn text(&mut self, model: &Model<'_>) -> Option<Value> {
        let least = model.length.least.map_or(0, |(least, _)| least);
        let most = model.length.most.map_or(u64::MAX, |(most, _)| most);
        if least > LARGEST || least > most {
            return None;
        }
        let formatted = model.formats.iter().find_map(|(format, _)| texts::of_format(format));
        let own = formatted.into_iter().map(str::to_owned).chain(["a".repeat(least.max(1).min(most) as usize)]);
        let common = texts::COMMON.iter().map(|text| (*text).to_owned());
        let matching = model.patterns.iter().filter_map(|(pattern, _)| texts::matching(pattern));
        let padded = matching.flat_map(|text| {
            let missing = least.saturating_sub(text.chars().count() as u64) as usize;
            [format!("{text}{}", "a".repeat(missing)), format!("{text}{}", "0".repeat(missing))]
        });
        let mut all = own.chain(common).chain(padded).filter(|text| (least..=most).contains(&(text.chars().count() as u64)));
        all.find(|text| model.patterns.iter().all(|(pattern, _)| self.side.matches(pattern, text) == Truth::True))
            .map(Value::String)
    }

    fn list(&mut self, id: Id, model: &Rc<Model<'p>>, want: &Want<'_>) -> Option<Value> {
        let least = model.items.least.map_or(0, |(least, _)| least);
        let place = want.item.as_ref().map_or(0, |(place, _)| *place as u64 + 1);
        let size = want.size.unwrap_or(least.max(place));
        if size > LARGEST {
            return None;
        }
        let mut items = Vec::new();
        for place in 0..size as usize {
            let wanted = want.item.as_ref().filter(|(other, _)| *other == place).map(|(_, value)| value.clone());
            let item = match wanted {
                Some(value) => value,
                None => self.item(id, model, place)?,
            };
            items.push(item);
        }
        Some(Value::Array(items))
    }

    /// An item, in a list without repetition unlike those before it.
    fn item(&mut self, id: Id, model: &Rc<Model<'p>>, place: usize) -> Option<Value> {
        let item = item_at(self.side, id, model, place);
        let value = self.value(item, &Want::default())?;
        Some(match value {
            Value::Number(number) if model.unique.is_some() => Value::from(number.as_u64()?.saturating_add(place as u64)),
            Value::String(text) if model.unique.is_some() => Value::from("a".repeat(place) + &text),
            other => other,
        })
    }

    fn object(&mut self, id: Id, model: &Rc<Model<'p>>, want: &Want<'_>) -> Option<Value> {
        let mut members = Map::new();
        for name in model.required.keys().filter(|name| want.absent != Some(name)) {
            let given = want.member.as_ref().filter(|(other, _)| other == name).and_then(|(_, value)| value.clone());
            let value = match given {
                Some(value) => value,
                None => self.member(id, model, name)?,
            };
            members.insert(name.clone().into_owned(), value);
        }
        if let Some((name, value)) = &want.member
            && !members.contains_key(*name)
        {
            let value = value.clone().or_else(|| self.member(id, model, name))?;
            let Value::Object(with) = with(members, name, value) else { return None };
            members = with;
        }
        self.filled(id, model, want, members)
    }

    /// The object with as many members as there must be.
    fn filled(&mut self, id: Id, model: &Rc<Model<'p>>, want: &Want<'_>, mut members: Map<String, Value>) -> Option<Value> {
        let least = want.size.unwrap_or_else(|| model.members.least.map_or(0, |(least, _)| least));
        if least > LARGEST {
            return None;
        }
        let described = model.layers.iter().flat_map(|layer| layer.properties.iter().map(|(name, ..)| name.clone().into_owned()));
        let others = (0..least).map(|number| format!("other{number}"));
        for name in described.chain(others) {
            if members.len() as u64 >= least {
                break;
            }
            if !members.contains_key(&name)
                && want.absent != Some(name.as_str())
                && let Some(value) = self.member(id, model, &name)
            {
                members.insert(name, value);
            }
        }
        (members.len() as u64 >= least).then_some(Value::Object(members))
    }

    fn member(&mut self, id: Id, model: &Rc<Model<'p>>, name: &str) -> Option<Value> {
        let schema = member(self.side, id, model, Some(name)).schema?;
        self.value(schema, &Want::default())
    }
}

fn number(model: &Model<'_>, is_integer: bool) -> Option<Value> {
    let lower = model.lower.as_ref().map(|bound| bound.nearest(End::Lower, is_integer));
    let upper = model.upper.as_ref().map(|bound| bound.nearest(End::Upper, is_integer));
    let as_float = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
    let (least, most) = (as_float(&lower).unwrap_or(f64::MIN), as_float(&upper).unwrap_or(f64::MAX));
    let step = model.multiples.first().and_then(|(step, _)| step.as_f64()).unwrap_or(1.0);
    let start = if least > 0.0 { (least / step).ceil() * step } else { (most.min(0.0) / step).floor() * step };
    let halves = [least + 0.5, most - 0.5, 0.5, f64::midpoint(least, most)];
    let whole = [start, 0.0, step].into_iter();
    let all: Vec<f64> = if is_integer { whole.collect() } else { halves.into_iter().chain(whole).collect() };
    let fits = |float: &f64| {
        float.is_finite()
            && (least..=most).contains(float)
            && (!is_integer && float.fract() != 0.0 || is_integer && float.fract() == 0.0)
            && serde_json::Number::from_f64(*float)
                .is_some_and(|number| *float == 0.0 || model.multiples.iter().all(|(step, _)| is_multiple(&number, step)))
    };
    all.into_iter().find(fits).map(|float| canonical(Value::from(float)))
}
