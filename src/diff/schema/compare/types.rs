//! `type`, and null.

use serde_json::Value;

use super::{Case, Engine, Probe};
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::openapi::View;
use crate::truth::Truth;

/// How many branches may be asked whether they take null.
const MOST_ASKED: usize = 64;

impl<'o, 'n> Engine<'o, 'n> {
    /// The types, and whether null may come.
    pub(super) fn types(&mut self, case: &mut Case<'o, 'n>) {
        let (old, new) = (case.old.types, case.new.types);
        let added = new & !old;
        case.is_same &= old == new;
        if !added.is_empty() && new == Types::ALL {
            return case.type_dropped();
        }
        if !added.is_empty() {
            case.type_added(added);
        }
        if case.is_object_no_more() {
            case.object_gone();
        }
        self.nullable(case);
    }

    /// Whether null may come. That is a matter of the whole, and not of one of its branches.
    pub(super) fn nullable(&mut self, case: &mut Case<'o, 'n>) {
        const RULE: &str = "response-became-nullable";
        if !case.is_whole {
            return;
        }
        case.is_same &= case.old.null == case.new.null;
        if !case.new.null || case.old.null || case.changes.iter().any(|change| change.rule == RULE) {
            return;
        }
        let keys = (case.old.null_key, case.new.null_key);
        if self.new.allows(case.new_id, &Value::Null) == Truth::False {
            // Two branches of a `oneOf` may take it, or `not` refuse it without a word of it.
            let why = "null is named, and by the letter something else in the schema refuses it".to_owned();
            return case.unknown(keys.0, keys.1, why);
        }
        let change = case.widened(RULE, Class::Breaking, keys, "null may come now".to_owned());
        change.probe = Probe::Values(vec![Value::Null]);
    }

    /// Null that both sides name may have been refused: two branches of a `oneOf` take it.
    pub(super) fn null_refused(&mut self, case: &mut Case<'o, 'n>) {
        // Branches that are only null are no branches of the model any more. To ask very many costs more than the answer is worth.
        let is_one_of = |view: &View<'_>| view.node().get("oneOf").is_some_and(|list| list.items().nth(MOST_ASKED).is_none());
        let may_be_refused = case.is_whole && case.old.null && case.new.null;
        if !may_be_refused || !self.old.views(case.old_id).iter().any(is_one_of) {
            return;
        }
        if self.old.allows(case.old_id, &Value::Null).is_false() && self.new.allows(case.new_id, &Value::Null).is_true() {
            let why = "null is named, and by the letter something else in the old schema refuses it".to_owned();
            case.unknown(case.old.null_key, case.new.null_key, why);
        }
    }
}

impl Case<'_, '_> {
    /// Notes that nothing is allowed any more.
    pub(super) fn contradictory(&mut self) {
        let new = &self.new;
        let (key, why) = match (new.never, new.contradiction, &new.values) {
            (Some(never), ..) if never.as_bool() == Some(false) => (Some(never), "it is `false`"),
            (Some(never), ..) => (Some(never), "its `not` excludes everything"),
            (_, Some((key, why)), _) => (Some(key), why),
            (.., Some(values)) => (Some(values.key), "its other parts leave none of the listed values"),
            _ => (new.type_key, "its parts allow no type in common"),
        };
        self.unsatisfiable(key, why);
    }

    /// Whether members were described, of which readers make an object though no type is said, and now it is none.
    fn is_object_no_more(&self) -> bool {
        let (old, new) = (&self.old, &self.new);
        let describes_members = old.layers.iter().any(|layer| !layer.properties.is_empty());
        let describes_items = new.types.has(Types::ARRAY) && !old.tuples.is_empty();
        let is_other = !new.types.is_empty() && !new.types.has(Types::OBJECT);
        old.types == Types::ALL && old.values.is_none() && describes_members && is_other && !describes_items
    }

    /// By the letter it allows less: without a type, members are described for the case that there is an object.
    fn object_gone(&mut self) {
        let after = self.new.types.words();
        let message = format!("the type is {after}, and the members of an object were described");
        let keys = (self.old.layers.iter().find_map(|layer| Some(layer.properties.first()?.1)), self.new.type_key);
        let change = self.change("response-type-changed", Class::Risky, keys, message);
        change.words = vec![("old", "an object with members, without a type".to_owned()), ("new", after)];
    }

    fn type_added(&mut self, added: Types) {
        let (old, new) = (self.old.types, self.new.types);
        let is_widened = (old & !new).is_empty();
        let rule = if is_widened { "response-type-widened" } else { "response-type-changed" };
        let (before, after) = (old.words(), new.words());
        let message = format!("the type is {after} and was {before}");
        let change = self.widened(rule, Class::Breaking, (self.old.type_key, self.new.type_key), message);
        change.probe = Probe::Typed(added);
        change.words = vec![("old", before), ("new", after)];
    }

    fn type_dropped(&mut self) {
        let before = self.old.types.words();
        let message = format!("the type was {before} and is not said any more");
        let added = self.new.types & !self.old.types;
        let change = self.widened("response-schema-opened", Class::Risky, (self.old.type_key, self.new.type_key), message);
        change.probe = Probe::Typed(added);
        change.words = vec![("old", before)];
    }
}
