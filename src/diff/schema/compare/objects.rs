//! Members of objects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::members::{Member, member, names_of};
use super::{Case, Engine, Probe, Step};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::{Additional, Model};
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::syntax::Node;

/// A pair of members.
struct Twins<'o, 'n> {
    name: String,
    old: Member<'o>,
    new: Member<'n>,
}

impl<'o, 'n> Engine<'o, 'n> {
    pub(super) fn objects(&mut self, case: &mut Case<'o, 'n>) {
        let (old, new) = (case.old.clone(), case.new.clone());
        case.is_same &= old.required.keys().eq(new.required.keys());
        let mut seen = FxHashSet::default();
        let names: Vec<String> =
            names_in(&old).chain(names_in(&new)).filter(|name| seen.insert(*name)).map(str::to_owned).collect();
        for name in names {
            if self.is_used_up() {
                return self.give_up(case);
            }
            let before = member(&mut self.old, case.old_id, &old, Some(&name));
            let after = member(&mut self.new, case.new_id, &new, Some(&name));
            self.twins(case, &Twins { name, old: before, new: after });
        }
        self.others(case);
        self.patterns(case);
    }

    fn twins(&mut self, case: &mut Case<'o, 'n>, twins: &Twins<'o, 'n>) {
        if twins.old.is_doubtful || twins.new.is_doubtful {
            case.unknown(
                twins.old.key,
                twins.new.key,
                format!("the patterns of members that `{}` may match are not understood", twins.name),
            );
            return;
        }
        case.is_same &= twins.old.key.is_some() == twins.new.key.is_some();
        let was_promised = twins.old.key.is_some() && !twins.old.is_write_only && self.old.allows_any(twins.old.schema);
        let is_promised = twins.new.key.is_some() && self.new.allows_any(twins.new.schema);
        match (was_promised, is_promised) {
            (true, false) if !self.is_described_otherwise(twins) => return self.removed(case, twins),
            (false, true) if twins.old.schema.is_none() => case.added(twins),
            _ => {}
        }
        case.required(twins);
        case.demanded_in_vain(twins);
        if let (Some(old), Some(new)) = (twins.old.schema, twins.new.schema) {
            self.edge(case, Step::Member(twins.name.clone()), (old, new));
        }
    }

    /// Whether what is said about all members, or about those of a pattern, is not what was said about this one: that is told
    /// then, as if it were said by name.
    fn is_described_otherwise(&mut self, twins: &Twins<'o, 'n>) -> bool {
        let Some((old, new)) = twins.old.schema.zip(twins.new.schema) else { return false };
        let says_something = !self.new.views(new).is_empty() && !self.new.model(new).is_impossible();
        says_something && {
            let pair = self.pair(old, new);
            self.worst(pair) > Some(Class::Compatible)
        }
    }

    /// A pair of what lies inside; nothing can be wrong where the old side says nothing.
    fn edge(&mut self, case: &mut Case<'o, 'n>, step: Step, (old, new): (u32, u32)) {
        if self.old.views(old).is_empty() {
            case.is_same &= self.new.views(new).is_empty();
            // A property that was not described can still be deprecated, which nobody minds.
            return;
        }
        let pair = self.pair(old, new);
        case.edges.push((step, pair));
    }

    fn removed(&mut self, case: &mut Case<'o, 'n>, twins: &Twins<'o, 'n>) {
        let name = &twins.name;
        let was_required = case.old.required.contains_key(name.as_str());
        let class = if was_required { Class::Breaking } else { Class::Risky };
        let is_forbidden = !self.new.allows_any(twins.new.schema);
        let fate = match (twins.new.is_write_only, is_forbidden) {
            (true, _) => "is in requests only",
            (_, true) => "is gone and must not come",
            _ => "is not described any more",
        };
        let message = format!("the property `{name}` {fate}");
        // What still may come under the name may be what it was.
        let may_be_other = match (twins.old.schema, twins.new.schema) {
            (Some(old), Some(new)) => {
                let pair = self.pair(old, new);
                self.total(pair)
            }
            _ => Inclusion::Included,
        };
        let is_missing = was_required && !case.new.required.contains_key(name.as_str());
        let own = case.own.min(if is_missing { Inclusion::NotIncluded } else { may_be_other });
        let keys = (twins.old.key, twins.new.key.or(twins.new.limit));
        let change = case.widened("response-property-removed", class, keys, message);
        change.words = vec![("property", name.clone()), ("fate", fate.to_owned())];
        change.member = Some(name.clone());
        let values = [Value::Null, Value::from(0), Value::from("a"), Value::Bool(false), Value::Array(Vec::new())];
        change.probe = if is_missing { Probe::Without(name.clone()) } else { Probe::With(name.clone(), values.to_vec()) };
        case.own = own;
    }

    /// Members that nobody describes.
    fn others(&mut self, case: &mut Case<'o, 'n>) {
        let old = member(&mut self.old, case.old_id, &case.old.clone(), None);
        let new = member(&mut self.new, case.new_id, &case.new.clone(), None);
        case.is_same &= old.schema.is_some() == new.schema.is_some();
        let Some(after) = new.schema else { return };
        let is_open = self.new.views(after).is_empty();
        match old.schema {
            None => case.object_opened(old.limit, new.limit, "members that are not described may come now"),
            Some(before) if is_open && !self.old.views(before).is_empty() => {
                case.object_opened(old.limit, new.limit, "other members may be anything now");
            }
            Some(before) => self.edge(case, Step::Others, (before, after)),
        }
    }

    /// `patternProperties`: the same patterns with schemas that are included, or it cannot be told.
    fn patterns(&mut self, case: &mut Case<'o, 'n>) {
        let (old, new) = (case.old.clone(), case.new.clone());
        let (before, after) = (patterns_of(&old), patterns_of(&new));
        case.is_same &= before.keys().eq(after.keys());
        let views = (self.old.views(case.old_id).first().copied(), self.new.views(case.new_id).first().copied());
        let (Some(old_view), Some(new_view)) = views else { return };
        for (pattern, schemas) in &before {
            let Some(others) = after.get(pattern) else {
                let why = format!("the members that match `{pattern}` are not described any more");
                case.unknown(schemas.first().copied(), None, why);
                continue;
            };
            let (schemas, others) = (with_rest(&old, pattern, schemas), with_rest(&new, pattern, others));
            let schemas = self.old.conjunction(schemas.iter().map(|node| old_view.with(*node)).collect());
            let others = self.new.conjunction(others.iter().map(|node| new_view.with(*node)).collect());
            self.edge(case, Step::Like((*pattern).to_owned()), (schemas, others));
        }
        let rest = member(&mut self.old, case.old_id, &old, None);
        let is_open = rest.schema.is_some_and(|schema| self.old.views(schema).is_empty());
        let is_new = |pattern: &str| {
            let was_let_in = if before.contains_key(pattern) { lets_in(&old, pattern) } else { is_open };
            !was_let_in && lets_in(&new, pattern)
        };
        if let Some((pattern, schemas)) = after.iter().find(|(pattern, _)| is_new(pattern)) {
            case.unknown(rest.limit, schemas.first().copied(), format!("members that match `{pattern}` may come now"));
        }
    }
}

/// Whether no part of a schema forbids the members of a pattern.
fn lets_in(model: &Model<'_>, pattern: &str) -> bool {
    let mut closed = model.layers.iter().filter(|layer| matches!(layer.additional, Additional::Closed(_)));
    closed.all(|layer| layer.patterns.iter().any(|(other, _)| other == pattern))
}

/// What members of a pattern must meet, with what parts without the pattern say about members that they do not describe.
fn with_rest<'p>(model: &Model<'p>, pattern: &str, schemas: &[Node<'p>]) -> Vec<Node<'p>> {
    let others = model.layers.iter().filter(|layer| !layer.patterns.iter().any(|(other, _)| other == pattern));
    let rest = others.filter_map(|layer| match layer.additional {
        Additional::Schema(_, schema) => Some(schema),
        Additional::Open(_) | Additional::Closed(_) => None,
    });
    schemas.iter().copied().chain(rest).collect()
}

/// The schemas that members must meet by their names.
fn patterns_of<'a, 'p>(model: &'a Model<'p>) -> BTreeMap<&'a str, Vec<Node<'p>>> {
    let mut patterns: BTreeMap<&str, Vec<Node<'p>>> = BTreeMap::new();
    for (pattern, schema) in model.layers.iter().flat_map(|layer| &layer.patterns) {
        patterns.entry(pattern).or_default().push(*schema);
    }
    patterns
}

impl<'o, 'n> Case<'o, 'n> {
    fn required(&mut self, twins: &Twins<'o, 'n>) {
        let name = twins.name.as_str();
        let Some(key) = self.old.required.get(name).copied().filter(|_| !twins.old.is_write_only) else { return };
        if self.new.required.contains_key(name) {
            return;
        }
        let message = format!("the property `{name}` may be missing now");
        let keys = (Some(key), twins.new.key);
        let change = self.widened("response-property-became-optional", Class::Breaking, keys, message);
        change.words = vec![("property", name.to_owned())];
        change.member = Some(name.to_owned());
        change.probe = Probe::Without(name.to_owned());
    }

    /// Notes a property that is required and must not come.
    fn demanded_in_vain(&mut self, twins: &Twins<'o, 'n>) {
        let name = twins.name.as_str();
        let key = self.new.required.get(name).copied().filter(|_| self.new.types == Types::OBJECT);
        let is_forbidden = twins.new.schema.is_none() && twins.new.is_closed && !twins.new.is_write_only;
        let was_forbidden = twins.old.schema.is_none() && self.old.required.contains_key(name);
        if key.is_some() && is_forbidden && !was_forbidden {
            self.unsatisfiable(key, &format!("`{name}` is required and must not come"));
        }
    }

    fn added(&mut self, twins: &Twins<'o, 'n>) {
        let name = &twins.name;
        self.own = Inclusion::NotIncluded;
        self.is_same = false;
        // What only requests carried becomes part of the response: an addition to whatever object it was.
        if twins.old.is_write_only && !twins.old.is_closed {
            return;
        }
        let keys = (twins.old.limit.or(twins.old.key), twins.new.key);
        let message = format!("the property `{name}` may come, and the object was closed");
        let change = self.widened("response-property-added-to-closed-object", Class::Risky, keys, message);
        change.words = vec![("property", name.clone())];
        change.member = Some(name.clone());
        change.probe = Probe::With(name.clone(), Vec::new());
    }

    fn object_opened(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>, message: &str) {
        let change = self.widened("response-object-opened", Class::Risky, (old, new), message.to_owned());
        let values = [Value::Null, Value::from(0), Value::from("a"), Value::Bool(false)];
        change.probe = Probe::With("somethingElse".to_owned(), values.to_vec());
    }
}

/// Every name that a schema speaks of.
fn names_in<'a>(model: &'a Model<'_>) -> impl Iterator<Item = &'a str> {
    names_of(model).chain(model.required.keys().map(Cow::as_ref))
}
