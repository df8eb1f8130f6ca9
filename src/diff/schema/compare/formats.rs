//! `format`, and what texts contain.

use serde_json::Value;

use super::values::named as named_values;
use super::{Case, Engine};
use crate::diff::schema::equal::equal;
use crate::diff::schema::inclusion::Inclusion;
use crate::diff::schema::model::{Bound, Model};
use crate::diff::schema::numbers::whole;
use crate::diff::schema::types::Types;
use crate::finding::Class;
use crate::syntax::Node;

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

/// Formats of numbers; the first ones are those of whole numbers.
const NUMERIC: [&str; 6] = ["int8", "int16", "int32", "int64", "float", "double"];
const WHOLE: usize = 4;

/// Further formats that are known.
const KNOWN: [&str; 28] = [
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
    "base64url",
    "base32",
    "base16",
    "quoted-printable",
    "7bit",
    "8bit",
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
            // That numbers are not whole any more says it all.
            let is_told = new.types.has(Types::FRACTION) && !old.types.has(Types::FRACTION);
            if is_told && NUMERIC.iter().take(WHOLE).any(|whole| whole == format) {
                continue;
            }
            if new.formats.iter().any(|(other, _)| is_within(other, format)) || is_bounded(&new, format) {
                continue;
            }
            let after = new.formats.iter().find(|(other, _)| says_something(other, shared));
            let keys = (Some(*key), after.map(|(_, key)| *key));
            let message = changed((format, *key), after.map(|(after, key)| (after.as_str(), *key)));
            let after = after.map(|(after, _)| after.as_str());
            let Some(class) = class_of(format, after) else {
                self.unknown(keys.0, keys.1, message);
                return;
            };
            let words = vec![("old", format.clone()), ("new", after.unwrap_or("none").to_owned())];
            self.widened("response-format-changed", class, keys, message).words = words;
            return;
        }
    }
}

impl<'o, 'n> Engine<'o, 'n> {
    /// Values that are listed now are held against the format that was promised. Whether one breaks it, which is told.
    pub(super) fn listed_in_format(&mut self, case: &mut Case<'o, 'n>, values: &[&Value]) -> bool {
        let (old, new) = (case.old.clone(), case.new.clone());
        let lost = old.formats.iter().find(|(format, _)| !new.formats.iter().any(|(other, _)| is_within(other, format)));
        let Some((format, key)) = lost else { return false };
        let strange = values.iter().find(|value| {
            let is_outside = |numbers: std::ops::RangeInclusive<i128>| {
                value.as_number().and_then(whole).is_some_and(|number| !numbers.contains(&number))
            };
            numbers_of(format).is_some_and(is_outside) || self.old.has_other_format(case.old_id, value)
        });
        let Some(value) = strange.copied() else { return false };
        let name = named_values(&[value]);
        let keys = (Some(*key), new.values.as_ref().map(|values| values.key));
        let message = format!("{name} may come, which the format `{format}` does not allow");
        let change = case.widened("response-format-changed", Class::Breaking, keys, message);
        change.words = vec![("old", format.clone()), ("new", name)];
        true
    }

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

/// What has become of a format, in the words of the keyword that says it.
fn changed(old: (&str, Node<'_>), new: Option<(&str, Node<'_>)>) -> String {
    let (what, before) = named(old);
    match new.map(named) {
        None => format!("the {what} {before} is not promised any more"),
        Some((other, after)) if other == what => format!("the {what} was {before} and is {after}"),
        Some((other, after)) => format!("the {what} {before} has become the {other} {after}"),
    }
}

fn named((format, key): (&str, Node<'_>)) -> (&'static str, String) {
    let (what, name) = match (key.text().as_deref(), format) {
        (Some("contentEncoding"), "byte") => ("encoding", "base64"),
        (Some("contentEncoding"), _) => ("encoding", format),
        (Some("contentMediaType"), _) => ("media type", "application/octet-stream"),
        (Some("type"), _) => ("type", "file"),
        _ => ("format", format),
    };
    (what, format!("`{name}`"))
}

/// Whether a format says something about values of these types. `password` only hides what is typed.
fn says_something(format: &str, types: Types) -> bool {
    match format {
        "password" => false,
        _ if NUMERIC.contains(&format) => types.has(Types::NUMBER),
        "decimal" => true,
        _ => !is_known(format) || types.has(Types::STRING),
    }
}

/// Whether all values of a format are values of another.
fn is_within(narrow: &str, wide: &str) -> bool {
    narrow == wide || WIDER.iter().any(|(format, wider)| *format == narrow && wider.contains(&wide))
}

/// The whole numbers of a format.
fn numbers_of(format: &str) -> Option<std::ops::RangeInclusive<i128>> {
    let bits = match format {
        "int8" => 8,
        "int16" => 16,
        "int32" => 32,
        "int64" => 64,
        _ => return None,
    };
    let above = 1_i128 << (bits - 1);
    Some(-above..=above - 1)
}

/// Whether bounds leave nothing but numbers of a format.
fn is_bounded(model: &Model<'_>, format: &str) -> bool {
    let (Some(numbers), Some(lower), Some(upper)) = (numbers_of(format), &model.lower, &model.upper) else { return false };
    let has = |bound: &Bound<'_>| whole(&bound.value).is_some_and(|value| numbers.contains(&value));
    !model.types.has(Types::FRACTION) && has(lower) && has(upper)
}

/// Whether the texts of one schema have another format than those of another, and nothing else meets both.
pub(super) fn have_other_formats(one: &Model<'_>, two: &Model<'_>) -> bool {
    let of_texts = |(format, _): &&(String, Node<'_>)| says_something(format, Types::STRING);
    one.types & two.types == Types::STRING
        && one
            .formats
            .iter()
            .filter(of_texts)
            .any(|(one, _)| two.formats.iter().filter(of_texts).any(|(two, _)| are_apart(one, two)))
}

/// Whether no text has both of two formats.
pub(super) fn are_apart(one: &str, two: &str) -> bool {
    is_known(one) && is_known(two) && !is_within(one, two) && !is_within(two, one)
}

fn is_known(format: &str) -> bool {
    KNOWN.contains(&format) || WIDER.iter().any(|(known, _)| *known == format)
}

/// What a change of the format does; `None` where a format is not known.
fn class_of(old: &str, new: Option<&str>) -> Option<Class> {
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
