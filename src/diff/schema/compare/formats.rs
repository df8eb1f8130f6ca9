//! `format`, and what texts contain.

use super::{Case, Engine};
use crate::diff::schema::equal::equal;
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::types::Types;
use crate::finding::Class;

/// Formats and the wider ones that hold all their values.
const WIDER: [(&str, &[&str]); 8] = [
    ("int32", &["int64"]),
    ("float", &["double"]),
    ("email", &["idn-email"]),
    ("hostname", &["idn-hostname"]),
    ("uri", &["url", "iri", "uri-reference", "iri-reference"]),
    ("url", &["uri", "iri", "uri-reference", "iri-reference"]),
    ("uri-reference", &["iri-reference"]),
    ("iri", &["iri-reference"]),
];

/// Further formats that are known.
const KNOWN: [&str; 22] = [
    "int64",
    "double",
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "byte",
    "binary",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "uri-template",
    "iri-reference",
    "decimal",
    "int8",
    "int16",
    "char",
];

impl Case<'_, '_> {
    pub(super) fn formats(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        let shared = old.types & new.types;
        // That the type is another one is what there is to say.
        if shared == Types::NONE {
            return;
        }
        let has_all =
            |some: &[(String, _)], all: &[(String, _)]| some.iter().all(|(one, _)| all.iter().any(|(two, _)| one == two));
        self.is_same &= has_all(&old.formats, &new.formats) && has_all(&new.formats, &old.formats);
        for (format, key) in old.formats.iter().filter(|(format, _)| says_something(format, shared)) {
            if new.formats.iter().any(|(other, _)| is_within(other, format)) {
                continue;
            }
            let after = new.formats.iter().find(|(other, _)| says_something(other, shared));
            let keys = (Some(*key), after.map(|(_, key)| *key));
            let after = after.map(|(after, _)| after.as_str());
            let Some(class) = class_of(format, after) else {
                self.unknown(keys.0, keys.1, format!("the format was `{format}` and is `{}`", after.unwrap_or_default()));
                return;
            };
            let message = match after {
                Some(after) => format!("the format was `{format}` and is `{after}`"),
                None => format!("the format `{format}` is not promised any more"),
            };
            let words = vec![("old", format.clone()), ("new", after.unwrap_or("none").to_owned())];
            self.widened("response-format-changed", class, keys, message).words = words;
            return;
        }
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// `contentMediaType` and its siblings.
    pub(super) fn contents(&mut self, case: &mut Case<'o, 'n>) {
        if !(case.old.types & case.new.types).has(Types::STRING) {
            return;
        }
        let (Some(old_view), Some(new_view)) = (self.old.views(case.old_id).first(), self.new.views(case.new_id).first()) else {
            return;
        };
        let (old, new) = (case.old.clone(), case.new.clone());
        case.is_same &= old.contents.len() == new.contents.len();
        for (key, value) in &old.contents {
            let name = key.text().unwrap_or_default();
            let twin = new.contents.iter().find(|(other, _)| other.is_text(&name));
            let is_equal = twin.is_some_and(|(_, other)| equal(old_view.with(*value), new_view.with(*other)));
            if is_equal {
                continue;
            }
            let class = if twin.is_some() { Class::Breaking } else { Class::Risky };
            let verb = if twin.is_some() { "has changed" } else { "is not promised any more" };
            let change = case.widened(
                "response-format-changed",
                class,
                (Some(*key), twin.map(|(key, _)| *key)),
                format!("`{name}` {verb}"),
            );
            change.words = vec![("keyword", name.into_owned())];
        }
    }
}

/// Whether a format says something about values of these types. `password` only hides what is typed.
fn says_something(format: &str, types: Types) -> bool {
    match format {
        "password" => false,
        "int8" | "int16" | "int32" | "int64" | "float" | "double" => types.has(Types::NUMBER),
        _ => true,
    }
}

/// Whether all values of a format are values of another.
fn is_within(narrow: &str, wide: &str) -> bool {
    narrow == wide || WIDER.iter().any(|(format, wider)| *format == narrow && wider.contains(&wide))
}

/// What a change of the format does; `None` where a format is not known.
fn class_of(old: &str, new: Option<&str>) -> Option<Class> {
    let is_known = |format: &str| KNOWN.contains(&format) || WIDER.iter().any(|(known, _)| *known == format);
    match new {
        None => Some(Class::Risky),
        Some(new) if is_within(old, new) => Some(Class::Risky),
        Some(new) if is_known(old) && is_known(new) => Some(Class::Breaking),
        Some(_) => None,
    }
}

impl Case<'_, '_> {
    /// What was not said is at least not known to be broken.
    pub(super) fn doubtful(&mut self) {
        self.own = self.own.min(Inclusion::Unknown);
        self.is_same = false;
    }
}
