//! One pair while it is being compared.

use std::rc::Rc;

use serde_json::Value;

use super::PairId;
use crate::diff::Mode;
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::Model;
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::syntax::Node;

/// The way from a value to one in it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::diff::schema) enum Step {
    /// The value itself, seen as one of its alternatives.
    Same,
    /// A member.
    Member(String),
    /// Any other member.
    Others,
    /// A member whose name matches this pattern.
    Like(String),
    /// An item with a place of its own.
    Item(usize),
    /// Any other item.
    Items,
}

/// How a value can be made that shows a change.
#[derive(Clone, Debug)]
pub(in crate::diff::schema) enum Probe {
    /// It cannot.
    Nothing,
    /// One of these.
    Values(Vec<Value>),
    /// A value of one of these types.
    Typed(Types),
    /// A list or an object of this size.
    Sized(Types, u64),
    /// An object without a member.
    Without(String),
    /// An object with a member that is one of these values, or any that is allowed.
    With(String, Vec<Value>),
    /// A value of this conjunction of the new side.
    Of(Id),
}

/// A change that does not know yet where in the whole it is.
#[derive(Clone, Debug)]
pub(in crate::diff::schema) struct Local<'o, 'n> {
    pub(in crate::diff::schema) rule: &'static str,
    pub(in crate::diff::schema) class: Class,
    /// The class that it has in the default mode.
    pub(in crate::diff::schema) by_default: Class,
    pub(in crate::diff::schema) old: Option<Node<'o>>,
    pub(in crate::diff::schema) new: Option<Node<'n>>,
    /// The member that it is about, where the pair is about the object.
    pub(in crate::diff::schema) member: Option<String>,
    pub(in crate::diff::schema) words: Vec<(&'static str, String)>,
    pub(in crate::diff::schema) message: String,
    pub(in crate::diff::schema) probe: Probe,
}

/// A pair while it is being compared.
pub(in crate::diff::schema) struct Case<'o, 'n> {
    mode: Mode,
    pub(super) old_id: Id,
    pub(super) new_id: Id,
    pub(super) old: Rc<Model<'o>>,
    pub(super) new: Rc<Model<'n>>,
    pub(super) old_at: Option<Node<'o>>,
    pub(super) new_at: Option<Node<'n>>,
    /// Whether neither side is one branch of a union.
    pub(super) is_whole: bool,
    pub(super) own: Inclusion,
    pub(super) is_same: bool,
    pub(super) changes: Vec<Local<'o, 'n>>,
    pub(super) edges: Vec<(Step, PairId)>,
}

impl<'o, 'n> Case<'o, 'n> {
    pub(super) fn new(mode: Mode, old_id: Id, new_id: Id) -> Self {
        Case {
            mode,
            old_id,
            new_id,
            old: Rc::default(),
            new: Rc::default(),
            old_at: None,
            new_at: None,
            is_whole: true,
            own: Inclusion::Included,
            is_same: true,
            changes: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// Notes a change. Where a side has no key for it, the schema stands for it.
    pub(super) fn change(
        &mut self,
        rule: &'static str,
        by_default: Class,
        (old, new): (Option<Node<'o>>, Option<Node<'n>>),
        message: String,
    ) -> &mut Local<'o, 'n> {
        let class = self.mode.class(rule, by_default);
        let (old, new) = (old.or(self.old_at), new.or(self.new_at));
        let (member, words, probe) = (None, Vec::new(), Probe::Nothing);
        let local = Local { rule, class, by_default, old, new, member, words, message, probe };
        self.changes.push_mut(local)
    }

    /// Notes a change by which the new schema allows more.
    pub(super) fn widened(
        &mut self,
        rule: &'static str,
        class: Class,
        keys: (Option<Node<'o>>, Option<Node<'n>>),
        message: String,
    ) -> &mut Local<'o, 'n> {
        self.own = Inclusion::NotIncluded;
        self.is_same = false;
        self.change(rule, class, keys, message)
    }

    /// Notes that something cannot be told.
    pub(super) fn unknown(&mut self, old: Option<Node<'o>>, new: Option<Node<'n>>, why: String) {
        self.own = self.own.min(Inclusion::Unknown);
        self.is_same = false;
        let message = format!("it cannot be told whether the new schema allows more: {why}");
        self.change("schema-comparison-unknown", Class::Risky, (old, new), message).words = vec![("reason", why)];
    }

    /// Notes that the new schema allows whatever there is.
    pub(super) fn opened(&mut self) {
        let keys = (self.old.type_key.or(self.old.never), self.new.type_key);
        let message = match (self.old.is_impossible(), self.new.is_top()) {
            (true, false) => "something may come where the old schema allows nothing",
            (true, true) => "anything may come where the old schema allows nothing",
            (false, _) => "anything may come where the old schema says what comes",
        };
        let message = message.to_owned();
        let values = [Value::Null, Value::Bool(false), Value::from(0), Value::from("a"), Value::Array(Vec::new())];
        let mut values = values.to_vec();
        values.push(Value::Object(serde_json::Map::new()));
        self.widened("response-schema-opened", Class::Risky, keys, message).probe = Probe::Values(values);
    }

    /// A note on a property that is deprecated now.
    pub(super) fn deprecated(&mut self) {
        if let (None, Some(key)) = (self.old.deprecated, self.new.deprecated) {
            let message = "it is deprecated now".to_owned();
            self.change("response-property-deprecated", Class::Compatible, (None, Some(key)), message);
        }
    }
}
