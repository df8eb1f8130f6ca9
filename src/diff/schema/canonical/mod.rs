//! Schemas in a canonical form: two that have the same one allow the same values and promise the same members, however they
//! are written. Where there is none (a circle, a discriminator, what is compared as a whole only, too much of it), that says
//! nothing.

mod keywords;
mod kinds;
mod unions;

pub(super) use keywords::contained;

use rustc_hash::FxHashMap;

use super::side::{Id, Side};
use super::types::Types;

/// How much is looked at for one form, and for all; and how deep schemas nest.
const MOST: u64 = 20_000;
const ALL: u64 = 600_000;
const DEEPEST: u32 = 40;

/// How much more of it counts as used where it was too much for a form: that is hardly worth another try.
const IN_VAIN: u64 = 4;

/// The kinds of values that schemas speak of: what is said about the one does not concern the others.
const KINDS: [Types; 5] = [Types::BOOLEAN, Types::NUMBER, Types::STRING, Types::ARRAY, Types::OBJECT];

/// Number of a form, the same for both sides.
pub(super) type Form = u32;

/// The forms that were met so far.
pub(super) struct Forms {
    known: FxHashMap<String, Form>,
    all: Vec<Shape>,
    left: u64,
}

/// What a form is made of.
enum Shape {
    /// One value, of this kind.
    Value(Types),
    /// Values of this kind.
    Some(Types),
    /// Any of these, each of one kind and no such form itself. Of none: nothing.
    Any(Vec<Form>),
    /// A form, or null.
    Nullable,
}

impl Shape {
    /// Whether it is about values of this kind.
    fn is_of(&self, kind: Types) -> bool {
        matches!(self, Shape::Value(own) | Shape::Some(own) if kind.has(*own))
    }
}

impl Default for Forms {
    fn default() -> Self {
        Forms { known: FxHashMap::default(), all: Vec::new(), left: ALL }
    }
}

impl Forms {
    /// The form of a schema. Null counts where the schema is looked at as a whole, and not as a branch of a union. It has work
    /// of its own.
    pub(super) fn of(&mut self, side: &mut Side<'_>, id: Id, is_whole: bool) -> Option<Form> {
        let (most, start) = (self.left.min(MOST), side.work);
        let mut forming = Forming { side, forms: self, limit: start + most, depth: 0 };
        let form = if is_whole { forming.whole(id) } else { forming.form(id) };
        let used = side.work - start;
        side.work = start;
        self.left = self.left.saturating_sub(if used > most { used * IN_VAIN } else { used });
        form
    }

    fn interned(&mut self, text: String, shape: Shape) -> Form {
        let next = self.all.len() as Form;
        let form = *self.known.entry(text).or_insert(next);
        if form == next {
            self.all.push(shape);
        }
        form
    }

    fn shape(&self, form: Form) -> Option<&Shape> {
        self.all.get(form as usize)
    }
}

/// A form in the making.
struct Forming<'a, 'p> {
    side: &'a mut Side<'p>,
    forms: &'a mut Forms,
    limit: u64,
    depth: u32,
}

impl Forming<'_, '_> {
    /// The form of a schema, null included.
    fn whole(&mut self, id: Id) -> Option<Form> {
        let form = self.form(id)?;
        Some(if self.side.model(id).null { self.or_null(form) } else { form })
    }

    fn or_null(&mut self, form: Form) -> Form {
        self.forms.interned(format!("null or {form}"), Shape::Nullable)
    }

    /// The form of a schema, null left out.
    fn form(&mut self, id: Id) -> Option<Form> {
        if let Some(known) = self.side.forms.get(&id) {
            return *known;
        }
        self.side.work += 1;
        if self.depth > DEEPEST || self.side.work > self.limit {
            return None;
        }
        // What comes back to itself has no form.
        self.side.forms.insert(id, None);
        self.depth += 1;
        let form = self.made(id);
        self.depth -= 1;
        self.side.forms.insert(id, form);
        form
    }

    fn made(&mut self, id: Id) -> Option<Form> {
        let model = self.side.model(id);
        if model.is_void() {
            return Some(self.any(Vec::new()));
        }
        if model.discriminator.is_some() || !model.depends.is_empty() {
            return None;
        }
        // Which of several comes first must not depend on how they are written.
        match model.unions.iter().min_by_key(|union| (union.is_one_of, union.branches.len())) {
            Some(union) => self.union(id, union),
            None => self.kinds(id, &model),
        }
    }
}
