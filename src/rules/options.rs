//! Options of rules: declared with a type and a default, set by the configuration.

use std::collections::BTreeMap;

use super::condition::Pattern;
use crate::http::status::{StatusMatcher, StatusSet};
use crate::strict::Complaint;
use crate::syntax::{Node, Scalar};

/// The type of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list of texts.
    Strings,
    /// A list of statuses: codes, ranges.
    Statuses,
    /// A regular expression.
    Regex,
}

/// The value of an option or of a predicate's argument.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "one variant per kind")]
pub enum OptionValue {
    Boolean(bool),
    Number(f64),
    String(String),
    Strings(Vec<String>),
    Statuses(StatusSet),
    Regex(Pattern),
}

/// The options of one rule as they are in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options(pub BTreeMap<String, OptionValue>);

impl OptionKind {
    /// The words for the types.
    pub const WORDS: [(&'static str, OptionKind); 6] = [
        ("boolean", OptionKind::Boolean),
        ("number", OptionKind::Number),
        ("string", OptionKind::String),
        ("strings", OptionKind::Strings),
        ("statuses", OptionKind::Statuses),
        ("regex", OptionKind::Regex),
    ];

    /// The word for the type.
    pub fn word(self) -> &'static str {
        OptionKind::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Reads a value of this type.
    pub fn read(self, node: Node<'_>) -> Result<OptionValue, Complaint> {
        let wrong = || Complaint::at(node, format!("a value of type {} is needed here", self.word()));
        match self {
            OptionKind::Boolean => node.as_bool().map(OptionValue::Boolean).ok_or_else(wrong),
            OptionKind::Number => node.scalar().and_then(Scalar::number).map(OptionValue::Number).ok_or_else(wrong),
            OptionKind::String => node.as_str().map(|text| OptionValue::String(text.into_owned())).ok_or_else(wrong),
            OptionKind::Regex => {
                let text = node.as_str().ok_or_else(wrong)?;
                let pattern = Pattern::new(&text);
                pattern.map(OptionValue::Regex).map_err(|why| Complaint::at(node, format!("this pattern does not work: {why}")))
            }
            OptionKind::Strings => Ok(OptionValue::Strings(scalars(node).ok_or_else(wrong)?)),
            OptionKind::Statuses => {
                let words = scalars(node).ok_or_else(wrong)?;
                let set: Result<Vec<_>, _> = words.iter().map(|word| StatusMatcher::parse(word).ok_or(word)).collect();
                set.map(|set| OptionValue::Statuses(StatusSet(set))).map_err(|word| {
                    Complaint::at(node, format!("`{word}` is no status")).help("write codes such as 404 or ranges such as 4XX")
                })
            }
        }
    }
}

fn scalars(node: Node<'_>) -> Option<Vec<String>> {
    if node.is_list() {
        return node.items().map(|item| item.text().map(std::borrow::Cow::into_owned)).collect();
    }
    node.text().map(|text| vec![text.into_owned()])
}

impl Options {
    /// Whether a boolean option is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.0.get(name) == Some(&OptionValue::Boolean(true))
    }

    /// The value of a number option.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.0.get(name) {
            Some(OptionValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The statuses of an option.
    pub fn statuses(&self, name: &str) -> Option<&StatusSet> {
        match self.0.get(name) {
            Some(OptionValue::Statuses(set)) => Some(set),
            _ => None,
        }
    }
}
