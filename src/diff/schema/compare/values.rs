//! `enum` and `const`.

use serde_json::Value;

use super::{Case, Engine, Probe};
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::lint::fingerprint;
use crate::truth::Truth;
use crate::words::listed;

/// How many values are held against the old schema one by one.
const MOST_JUDGED: usize = 500;

/// How many values a message names.
const MOST_NAMED: usize = 5;

impl<'o, 'n> Engine<'o, 'n> {
    /// Compares the values that are listed. Whether that says it all: a list leaves nothing to other keywords.
    pub(super) fn values(&mut self, case: &mut Case<'o, 'n>) -> bool {
        let (old, new) = (case.old.clone(), case.new.clone());
        let Some(listed) = &new.values else {
            if old.values.is_some() && !(old.types & new.types).is_empty() {
                case.values_dropped();
            }
            return old.values.is_some();
        };
        let mut left: Vec<&Value> = listed.list.iter().filter(|value| old.types.has(Types::of(value))).collect();
        if let Some(before) = &old.values {
            let (kept, added): (Vec<&Value>, Vec<&Value>) = left.iter().partition(|value| before.has(value));
            case.values_added(&added);
            case.is_same &= added.is_empty() && kept.len() == before.list.len();
            left = kept;
        } else {
            case.is_same = false;
            if self.listed_in_format(case, &left[..left.len().min(MOST_JUDGED)]) {
                return true;
            }
        }
        self.judged(case, &left);
        true
    }

    /// Values that are listed now are held against everything else that the old schema says.
    fn judged(&mut self, case: &mut Case<'o, 'n>, values: &[&Value]) {
        let is_free = case.old.is_limited_by_type() || self.old.views(case.old_id).is_empty();
        if is_free || case.old.limits_like(&case.new) && self.are_opaque_alike(case) {
            return;
        }
        for value in values.iter().take(MOST_JUDGED) {
            match self.old.allows(case.old_id, value) {
                Truth::True => {}
                // What the new schema forbids as well was listed in vain.
                _ if self.new.allows(case.new_id, value) == Truth::False => {}
                Truth::False => return case.value_forbidden(value),
                Truth::Unknown => return case.value_doubtful(),
            }
        }
        if values.len() > MOST_JUDGED {
            case.value_doubtful();
        }
    }
}

impl Case<'_, '_> {
    fn values_added(&mut self, added: &[&Value]) {
        let (Some(before), Some(after), false) = (&self.old.values, &self.new.values, added.is_empty()) else { return };
        let keys = (Some(before.key), Some(after.key));
        let names = named(added);
        let (class, message) = match (before.is_extensible, before.is_const) {
            (true, _) => (Class::Compatible, format!("{names} may come now, as was to be expected")),
            (false, true) => (Class::Breaking, format!("{names} may come now, where one value was promised")),
            (false, false) => (Class::Risky, format!("{names} may come now")),
        };
        let is_extensible = before.is_extensible;
        let own = self.own;
        let change = self.widened("response-enum-value-added", class, keys, message);
        change.words = vec![("added", names)];
        change.words.extend(rest(added).map(|rest| ("rest", rest)));
        change.probe = Probe::Values(added.iter().take(MOST_NAMED).map(|value| (*value).clone()).collect());
        if is_extensible {
            self.own = own.min(Inclusion::Unknown);
        }
    }

    fn values_dropped(&mut self) {
        let Some(before) = &self.old.values else { return };
        let class = if before.is_const { Class::Breaking } else { Class::Risky };
        let all: Vec<&Value> = before.list.iter().collect();
        let (names, rest) = (named(&all), rest(&all));
        let shared = self.old.types & self.new.types;
        let (key, message) = (before.key, format!("other values than {names} may come now"));
        let change = self.widened("response-enum-removed", class, (Some(key), None), message);
        change.words = vec![("old", names)];
        change.words.extend(rest.map(|rest| ("rest", rest)));
        change.probe = Probe::Values(others(shared));
    }

    fn value_forbidden(&mut self, value: &Value) {
        let key = self.new.values.as_ref().map(|values| values.key);
        let message = format!("{} may come, which the old schema forbids", named(&[value]));
        let change = self.widened("response-constraint-loosened", Class::Risky, (None, key), message);
        change.probe = Probe::Values(vec![value.clone()]);
    }

    fn value_doubtful(&mut self) {
        let key = self.new.values.as_ref().map(|values| values.key);
        self.unknown(None, key, "the listed values could not be held against the old schema".to_owned());
    }
}

/// Values of these types that are hardly listed all.
fn others(types: Types) -> Vec<Value> {
    let texts = ["a", "b", "c", "0"].map(Value::from);
    let numbers = [Value::from(0), Value::from(1), Value::from(2), Value::from(0.5)];
    let flags = [Value::from(false), Value::from(true)];
    let containers = [Value::Array(Vec::new()), Value::Object(serde_json::Map::new())];
    texts.into_iter().chain(numbers).chain(flags).chain(containers).filter(|value| types.has(Types::of(value))).collect()
}

/// A word that tells apart what messages do not name.
fn rest(values: &[&Value]) -> Option<String> {
    let rest = values.get(MOST_NAMED..).filter(|rest| !rest.is_empty())?;
    let mut texts: Vec<String> = rest.iter().map(ToString::to_string).collect();
    texts.sort_unstable();
    Some(fingerprint(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The values as a message names them.
pub(super) fn named(values: &[&Value]) -> String {
    let short = |value: &&Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("`{}`", text.chars().take(60).collect::<String>())
    };
    let mut names: Vec<String> = values.iter().take(MOST_NAMED).map(short).collect();
    if values.len() > MOST_NAMED {
        names.push(format!("{} more", values.len() - MOST_NAMED));
    }
    listed(&names, "and")
}
