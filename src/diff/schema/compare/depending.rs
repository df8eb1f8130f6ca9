//! Objects that `unevaluatedProperties` closes, but for what depends on the value.

use std::rc::Rc;

use super::{Case, Engine};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::lower::describes_by_condition;
use crate::diff::schema::model::{Additional, Layer, Model};
use crate::openapi::NodeId;
use crate::syntax::Node;

const WHY: &str = "which members `unevaluatedProperties` lets in depends on the value";

impl Case<'_, '_> {
    /// An object that was closed and is closed now but for what depends on the value.
    pub(super) fn closed_otherwise(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        self.is_same &= old.depends.is_empty() == new.depends.is_empty();
        let was_closed =
            !old.unions.is_empty() || old.layers.iter().any(|layer| !matches!(layer.additional, Additional::Open(_)));
        if let Some(key) = new.depends.first().filter(|_| old.depends.is_empty() && was_closed) {
            self.unknown(None, Some(*key), WHY.to_owned());
        }
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Members that a condition lets in on both sides must meet whatever else is said about members: that is compared as if the
    /// condition let in all. And it has to be the same condition.
    pub(super) fn depending(&mut self, case: &mut Case<'o, 'n>) {
        if case.old.depends.is_empty() || case.new.depends.is_empty() || !self.is_included(case) {
            return;
        }
        let mut open = self.case(case.old_id, case.new_id);
        open.old = Rc::new(opened(&case.old, &case.old.depends));
        open.new = Rc::new(opened(&case.new, &case.new.depends));
        self.objects(&mut open);
        if !self.is_included(&open) || !self.are_conditions_old(case) {
            let keys = (case.old.depends.first().copied(), case.new.depends.first().copied());
            case.unknown(keys.0, keys.1, WHY.to_owned());
        }
    }

    fn is_included(&self, case: &Case<'o, 'n>) -> bool {
        case.own == Inclusion::Included && case.edges.iter().all(|(_, pair)| self.total(*pair) == Inclusion::Included)
    }

    /// Whether there is no new condition under which members are described.
    fn are_conditions_old(&mut self, case: &Case<'o, 'n>) -> bool {
        let (Some(old_view), Some(new_view)) = self.first_views(case) else { return false };
        let (old, new) = (case.old.clone(), case.new.clone());
        let mut conditions = new.opaque.iter().filter(|opaque| describes_by_condition(&opaque.name));
        conditions.all(|two| old.opaque.iter().any(|one| self.is_twin((old_view, one), (new_view, two))))
    }
}

/// The same without what these keys say about members that are not described.
pub(super) fn opened<'p>(model: &Model<'p>, keys: &[Node<'p>]) -> Model<'p> {
    let keys: Vec<NodeId> = keys.iter().map(|key| NodeId::of(*key)).collect();
    let mut model = model.clone();
    for layer in &mut model.layers {
        if let Additional::Closed(key) | Additional::Schema(key, _) = layer.additional
            && keys.contains(&NodeId::of(key))
        {
            layer.additional = Additional::Open(Some(key));
        }
    }
    model
}

/// The keys of `unevaluatedProperties` in a schema, its alternatives left out.
pub(super) fn closing<'p>(model: &Model<'p>) -> Vec<Node<'p>> {
    let key = |layer: &Layer<'p>| match layer.additional {
        Additional::Closed(key) | Additional::Schema(key, _) => Some(key),
        Additional::Open(_) => None,
    };
    model.layers.iter().filter_map(key).filter(|key| key.is_text("unevaluatedProperties")).collect()
}
