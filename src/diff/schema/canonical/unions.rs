//! Alternatives: what is left of them where the rest of the schema is met, kind by kind and in one order.

use rustc_hash::FxHashSet;

use super::{Form, Forming, KINDS, Shape};
use crate::diff::schema::model::Union;
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;

impl<'p> Forming<'_, 'p> {
    pub(super) fn union(&mut self, id: Id, union: &Union<'p>) -> Option<Form> {
        let mut branches = Vec::new();
        for index in 0..union.list.items().count() {
            let branch = self.side.chosen(id, union.list, index as u32);
            branches.push(self.form(branch)?);
        }
        Some(if union.is_one_of { self.one(&branches) } else { self.any(branches) })
    }

    /// Any of some forms. Those that are such forms are what they are made of.
    pub(super) fn any(&mut self, branches: Vec<Form>) -> Form {
        let mut all: Vec<Form> = branches.into_iter().flat_map(|branch| self.parts(branch)).collect();
        all.sort_unstable();
        all.dedup();
        match all.as_slice() {
            &[only] => only,
            _ => self.forms.interned(format!("any of {all:?}"), Shape::Any(all)),
        }
    }

    /// Exactly one of some forms. Values of one kind do not meet what is about another.
    fn one(&mut self, branches: &[Form]) -> Form {
        let mut all = Vec::new();
        for kind in KINDS {
            let mut alternatives = Vec::new();
            for &branch in branches {
                let mut parts = self.parts(branch);
                parts.retain(|part| self.forms.shape(*part).is_some_and(|shape| shape.is_of(kind)));
                alternatives.extend((!parts.is_empty()).then(|| self.any(parts)));
            }
            all.push(self.one_of_kind(kind, alternatives));
        }
        self.any(all)
    }

    fn one_of_kind(&mut self, kind: Types, mut alternatives: Vec<Form>) -> Form {
        let mut seen = FxHashSet::default();
        let mut parts = alternatives.iter().flat_map(|form| self.parts(*form));
        let is_new = |part: Form| matches!(self.forms.shape(part), Some(Shape::Value(_))) && seen.insert(part);
        if alternatives.len() < 2 || parts.all(is_new) {
            return self.any(alternatives);
        }
        if let Some(single) = self.single_values(&alternatives) {
            return self.any(single);
        }
        alternatives.sort_unstable();
        // What is there twice is refused, and a third time says nothing.
        let mut last = (None, 0);
        alternatives.retain(|form| {
            last = if last.0 == Some(*form) { (last.0, last.1 + 1) } else { (Some(*form), 1) };
            last.1 <= 2
        });
        if let [one, other] = alternatives.as_slice()
            && one == other
        {
            return self.any(Vec::new());
        }
        self.forms.interned(format!("one of {alternatives:?}"), Shape::Some(kind))
    }

    /// Where all alternatives are values, those that only one of them has.
    fn single_values(&self, alternatives: &[Form]) -> Option<Vec<Form>> {
        let mut parts: Vec<Form> = alternatives.iter().flat_map(|form| self.parts(*form)).collect();
        if !parts.iter().all(|part| matches!(self.forms.shape(*part), Some(Shape::Value(_)))) {
            return None;
        }
        parts.sort_unstable();
        let same = parts.chunk_by(|one, other| one == other);
        Some(same.filter_map(|same| if let [only] = same { Some(*only) } else { None }).collect())
    }

    fn parts(&self, form: Form) -> Vec<Form> {
        match self.forms.shape(form) {
            Some(Shape::Any(parts)) => parts.clone(),
            _ => vec![form],
        }
    }
}
