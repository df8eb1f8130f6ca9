//! New branches that are in no old one.

use serde_json::Value;

use super::formats::have_other_formats;
use super::unions::{MOST_TRIES, shortened};
use super::{Case, Engine, Probe};
use crate::diff::schema::model::{Model, Union};
use crate::diff::schema::sample::Sampler;
use crate::diff::schema::side::Id;
use crate::diff::schema::types::Types;
use crate::diff::schema::witness::tagged;
use crate::finding::Class;
use crate::truth::Truth;

/// How many branches are looked for a value that the old schema refuses.
const MOST_SHOWN: usize = 10;

/// New branches that are in no old one.
pub(super) struct Outside {
    /// The types that the old schema allows.
    old_types: Types,
    /// The member and the value that the branch at hand goes by, where no old one goes by it.
    pub(super) tag: Option<(String, String)>,
    pub(super) count: usize,
    /// Those of which it is not certain.
    unknown: Vec<String>,
}

impl Outside {
    pub(super) fn new(old_types: Types) -> Self {
        Outside { old_types, tag: None, count: 0, unknown: Vec::new() }
    }

    /// All that are not certain are one finding.
    pub(super) fn tell<'n>(self, case: &mut Case<'_, 'n>, union: Option<&Union<'n>>) {
        if self.unknown.is_empty() {
            return;
        }
        let verb = if self.unknown.len() == 1 { "is" } else { "are" };
        let names = shortened(self.unknown);
        let key = case.old.unions.first().map(|union| union.key);
        let why = match key {
            Some(_) => format!("{names} {verb} in no single branch of the old schema"),
            None => format!("{names} {verb} not as the old schema says"),
        };
        case.unknown(key, union.map(|union| union.key), why);
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// A new schema that is in no old branch: certain only where a value shows it, or a type or tag that is new.
    pub(super) fn outside(
        &mut self,
        case: &mut Case<'o, 'n>,
        union: Option<&Union<'n>>,
        branch: Id,
        name: &str,
        outside: &mut Outside,
    ) {
        outside.count += 1;
        let key = case.old.unions.first().map(|union| union.key);
        let at = self.new_branch_key(union, case.new_id, branch).or(union.map(|union| union.key));
        let witness = if outside.count > MOST_SHOWN {
            None
        } else {
            self.outsider(case, branch, outside.tag.as_ref()).or_else(|| self.varied_outsider(case, branch))
        };
        let has_other_type = {
            let new = self.new.model(branch);
            new.never.is_none() && !new.types.is_empty() && (new.types & outside.old_types).is_empty()
        };
        let is_certain = witness.is_some() || has_other_type || outside.tag.is_some() || self.has_other_format(case, branch);
        if !is_certain {
            return outside.unknown.push(name.to_owned());
        }
        let message = match union {
            Some(_) if case.old.unions.is_empty() => format!("{name} may come, which the old schema forbids"),
            Some(_) => format!("{name} may come, which is in no branch of the old schema"),
            None => "what is in no branch of the old schema may come now".to_owned(),
        };
        let change = case.widened("response-union-widened", Class::Breaking, (key, at), message);
        change.words = vec![("branch", name.to_owned())];
        change.probe = witness.map_or(Probe::Of(branch), |value| Probe::Values(vec![value]));
    }

    /// Whether a new branch is texts of another format than those of all old branches, which no validator sees.
    fn has_other_format(&mut self, case: &Case<'o, 'n>, branch: Id) -> bool {
        let new = self.new.model(branch);
        if new.formats.is_empty() || new.is_void() {
            return false;
        }
        let is_apart =
            |old: &Model<'o>| old.unions.is_empty() && ((old.types & new.types).is_empty() || have_other_formats(old, &new));
        let Some(union) = case.old.unions.first() else { return is_apart(&case.old) };
        union.branches.len() <= MOST_TRIES
            && (0..union.branches.len()).all(|position| {
                let branch = self.chosen_old(case, union, position);
                is_apart(&self.old.model(branch))
            })
    }

    /// The branch itself, where it was the union that named it.
    fn new_branch_key(&self, union: Option<&Union<'n>>, whole: Id, branch: Id) -> Option<crate::syntax::Node<'n>> {
        let index = self.new.choice(whole, branch)?;
        union?.branches.iter().find(|(other, _)| *other == index).map(|(_, node)| *node)
    }

    /// A value of a new branch that the old schema refuses.
    pub(super) fn outsider(&mut self, case: &Case<'o, 'n>, branch: Id, tag: Option<&(String, String)>) -> Option<Value> {
        let samples = Sampler::new(&mut self.new).several(branch);
        samples.into_iter().map(|value| tagged(value, tag)).find(|value| {
            !value.is_null()
                && self.new.allows(case.new_id, value) == Truth::True
                && self.old.allows(case.old_id, value) == Truth::False
        })
    }

    /// A value of a new branch that differs from the likeliest in one member or item, and that the old schema refuses.
    pub(super) fn varied_outsider(&mut self, case: &Case<'o, 'n>, branch: Id) -> Option<Value> {
        let samples = Sampler::new(&mut self.new).varied(branch);
        samples.into_iter().find(|value| {
            self.new.allows(case.new_id, value) == Truth::True && self.old.allows(case.old_id, value) == Truth::False
        })
    }
}
