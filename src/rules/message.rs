//! Messages with placeholders: `{operation} creates something and does not say where`.

use std::borrow::Cow;

use super::keys;
use super::severity::Witness;
use crate::strict::{Complaint, advice, closed_map};
use crate::syntax::Node;
use crate::words::shortened;

/// The placeholders that every message may have.
const GENERAL: [&str; 7] = ["operation", "status", "key", "method", "template", "component", "count"];

/// How many characters of a name a message shows: one may be as long as a file, and every finding says it.
const LONGEST: usize = 500;

/// A message as written in a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(String);

/// What a rule says about what a description declares, and about what came: often the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// About a description.
    pub declared: Template,
    /// About recorded traffic.
    pub observed: Template,
}

impl Said {
    /// Reads a message, or `{declared: …, observed: …}`.
    pub(super) fn read(node: Node<'_>, words: Option<&[&'static str]>, complaints: &mut Vec<Complaint>) -> Said {
        if !node.is_map() {
            let both = Template::read(node, words, complaints);
            return Said { observed: both.clone(), declared: both };
        }
        let said = closed_map(node, "a message", keys::WITNESSES, complaints);
        let mut one = |witness: Witness| {
            let (_, entry) = said.iter().find(|(word, _)| word == witness.word())?;
            Some(Template::read(entry.value, words, complaints))
        };
        let (declared, observed) = (one(Witness::Declared), one(Witness::Observed));
        let either = declared.clone().or_else(|| observed.clone()).unwrap_or_default();
        Said { declared: declared.unwrap_or_else(|| either.clone()), observed: observed.unwrap_or(either) }
    }

    /// What is said about what this witness tells.
    pub fn of(&self, witness: Witness) -> &Template {
        match witness {
            Witness::Declared => &self.declared,
            Witness::Observed => &self.observed,
        }
    }
}

/// What the placeholders stand for in one finding.
#[derive(Clone, Debug, Default)]
pub struct Placeholders<'a> {
    /// Name and text.
    pub texts: Vec<(&'static str, Cow<'a, str>)>,
}

impl Template {
    /// Reads a message; its placeholders must be general ones or among `words`, the words of the rule's predicates, where
    /// these are known.
    pub(super) fn read(node: Node<'_>, words: Option<&[&'static str]>, complaints: &mut Vec<Complaint>) -> Template {
        let Some(text) = node.as_str() else {
            complaints.push(Complaint::at(node, "a message must be text"));
            return Template::default();
        };
        let known: Vec<&str> = GENERAL.iter().chain(words.unwrap_or_default()).copied().collect();
        for (name, _) in placeholders(&text) {
            if words.is_some() && !known.contains(&name) {
                complaints
                    .push(Complaint::at(node, format!("`{{{name}}}` is no placeholder of this rule")).help(advice(name, &known)));
            }
        }
        Template(text.trim().to_owned())
    }

    /// The message as written.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it has one of these placeholders.
    pub fn mentions(&self, names: &[&str]) -> bool {
        placeholders(&self.0).any(|(name, _)| names.contains(&name))
    }

    /// The message for readers of a rule, where there is no finding to fill it in: `METHOD` for `{method}`.
    pub fn in_general(&self) -> String {
        self.filled(str::to_ascii_uppercase)
    }

    /// The message with its placeholders filled in; one without a text is left empty.
    pub fn render(&self, values: &Placeholders<'_>) -> String {
        self.filled(|name| shortened(values.get(name), LONGEST))
    }

    fn filled<T: AsRef<str>>(&self, value: impl Fn(&str) -> T) -> String {
        let mut message = String::with_capacity(self.0.len() + 32);
        let mut at = 0;
        for (name, range) in placeholders(&self.0) {
            message.push_str(self.0.get(at..range.start).unwrap_or_default());
            message.push_str(value(name).as_ref());
            at = range.end;
        }
        message.push_str(self.0.get(at..).unwrap_or_default());
        message
    }
}

impl Placeholders<'_> {
    fn get(&self, name: &str) -> &str {
        self.texts.iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text)
    }
}

/// The names of a text's placeholders.
pub(super) fn placeholders_of(text: &str) -> impl Iterator<Item = &str> {
    placeholders(text).map(|(name, _)| name)
}

/// A text with its placeholders filled in; `None` where one of them stands for nothing.
pub fn filled_in(text: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut at = 0;
    for (name, range) in placeholders(text) {
        filled.push_str(text.get(at..range.start)?);
        filled.push_str(&value(name)?);
        at = range.end;
    }
    filled.push_str(text.get(at..)?);
    Some(filled)
}

/// The `{name}`s of a text; braces around anything but a lower-case word are text.
fn placeholders(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    memchr::memchr_iter(b'{', text.as_bytes()).filter_map(|start| {
        let inner = text.get(start + 1..)?;
        let length = memchr::memchr(b'}', inner.as_bytes())?;
        let name = inner.get(..length)?;
        let is_word = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
        is_word.then_some((name, start..start + length + 2))
    })
}
