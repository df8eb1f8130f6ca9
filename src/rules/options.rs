//! Options of rules: declared with a type and a default, set by the configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::option_maps::{StatusesByMethod, StringsByStatus};
use crate::http::status::{StatusMatcher, StatusSet};
use crate::pattern::Pattern;
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
    /// A list of texts for each status.
    StringsByStatus,
    /// A list of statuses for each method.
    StatusesByMethod,
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
    StringsByStatus(StringsByStatus),
    StatusesByMethod(StatusesByMethod),
}

/// The options of one rule as they are in force. Cheap to clone: nearly always they are the defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options(pub Arc<BTreeMap<String, OptionValue>>);

impl OptionKind {
    /// The words for the types.
    pub const WORDS: [(&'static str, OptionKind); 8] = [
        ("boolean", OptionKind::Boolean),
        ("number", OptionKind::Number),
        ("string", OptionKind::String),
        ("strings", OptionKind::Strings),
        ("statuses", OptionKind::Statuses),
        ("regex", OptionKind::Regex),
        ("strings-by-status", OptionKind::StringsByStatus),
        ("statuses-by-method", OptionKind::StatusesByMethod),
    ];

    /// The word for the type.
    pub fn word(self) -> &'static str {
        OptionKind::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// How a value looks, where the word for the type does not tell.
    pub fn sample(self) -> Option<&'static str> {
        match self {
            OptionKind::Statuses => Some("[404, 5XX]"),
            OptionKind::StringsByStatus => Some(StringsByStatus::SAMPLE),
            OptionKind::StatusesByMethod => Some(StatusesByMethod::SAMPLE),
            _ => None,
        }
    }

    /// What to write, for who wrote something else.
    fn advice(self) -> String {
        let one = match self {
            OptionKind::Boolean => "`true` or `false`",
            OptionKind::Number => "a number such as `8`",
            OptionKind::String => "one text",
            OptionKind::Regex => "a regular expression as text",
            OptionKind::Strings => "`[one, two]`",
            _ => return format!("write `{}`", self.sample().unwrap_or_default()),
        };
        format!("write {one}")
    }

    /// Reads a value of this type.
    pub fn read(self, node: Node<'_>) -> Result<OptionValue, Complaint> {
        let wrong = || Complaint::at(node, format!("a value of type {} is needed here", self.word())).help(self.advice());
        match self {
            OptionKind::Boolean => node.as_bool().map(OptionValue::Boolean).ok_or_else(wrong),
            OptionKind::Number => node.scalar().and_then(Scalar::number).map(OptionValue::Number).ok_or_else(wrong),
            OptionKind::String => node.as_str().map(|text| OptionValue::String(text.into_owned())).ok_or_else(wrong),
            OptionKind::Regex => {
                let text = node.as_str().ok_or_else(wrong)?;
                let pattern = Pattern::new(&text);
                pattern.map(OptionValue::Regex).map_err(|why| Complaint::at(node, format!("this pattern does not work: {why}")))
            }
            OptionKind::Strings => scalars(node).map(OptionValue::Strings).ok_or_else(wrong),
            OptionKind::Statuses if scalars(node).is_none() => Err(wrong()),
            OptionKind::Statuses => statuses(node).map(OptionValue::Statuses),
            OptionKind::StringsByStatus => StringsByStatus::read(node).map(OptionValue::StringsByStatus),
            OptionKind::StatusesByMethod => StatusesByMethod::read(node).map(OptionValue::StatusesByMethod),
        }
    }
}

/// A list of texts, or one text in its place.
pub(super) fn texts(node: Node<'_>) -> Result<Vec<String>, Complaint> {
    scalars(node).ok_or_else(|| Complaint::at(node, "a list of texts is needed here").help("write `[one, two]`"))
}

/// A list of statuses, or one status in its place.
pub(super) fn statuses(node: Node<'_>) -> Result<StatusSet, Complaint> {
    let items: Vec<Node<'_>> = if node.is_list() { node.items().collect() } else { vec![node] };
    items.into_iter().map(status).collect::<Result<_, _>>().map(StatusSet)
}

fn status(node: Node<'_>) -> Result<StatusMatcher, Complaint> {
    let word = node.text().unwrap_or_default();
    StatusMatcher::parse(&word).ok_or_else(|| {
        Complaint::at(node, format!("`{word}` is no status")).help("write codes such as 404 or ranges such as 4XX")
    })
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
