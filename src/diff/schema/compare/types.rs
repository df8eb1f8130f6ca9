//! `type`, and null.

use serde_json::Value;

use super::{Case, Probe};
use crate::diff::schema::types::Types;
use crate::finding::Class;

impl Case<'_, '_> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old.types, self.new.types);
        let added = new & !old;
        self.is_same &= old == new;
        let is_opened = !added.is_empty() && new == Types::ALL;
        if is_opened {
            self.type_dropped();
        } else if !added.is_empty() {
            self.type_added(added);
        }
        if !is_opened {
            self.nullable();
        }
    }

    /// Whether null may come. That is a matter of the whole, and not of one of its branches.
    pub(super) fn nullable(&mut self) {
        const RULE: &str = "response-became-nullable";
        if !self.is_whole {
            return;
        }
        self.is_same &= self.old.null == self.new.null;
        if self.new.null && !self.old.null && self.changes.iter().all(|change| change.rule != RULE) {
            let keys = (self.old.null_key, self.new.null_key);
            self.widened(RULE, Class::Breaking, keys, "null may come now".to_owned()).probe = Probe::Values(vec![Value::Null]);
        }
    }

    /// Notes that nothing is allowed any more.
    pub(super) fn contradictory(&mut self) {
        let new = &self.new;
        let (key, why) = match (new.never, &new.values) {
            (Some(never), _) => (Some(never), "it is `false`"),
            (_, Some(values)) => (Some(values.key), "its other parts leave none of the listed values"),
            _ => (new.type_key, "its parts allow no type in common"),
        };
        self.unsatisfiable(key, why);
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
