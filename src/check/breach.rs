//! What is wrong with one exchange, before like things are gathered.

use std::sync::Arc;

use crate::finding::Severity;
use crate::source::Span;
use crate::syntax::Node;

/// One thing that is wrong with one exchange.
#[derive(Clone, Debug)]
pub(super) struct Breach<'p> {
    /// The rule's index in its set.
    pub(super) rule: usize,
    /// How bad, after configuration.
    pub(super) severity: Severity,
    /// What set the severity, where it is not the rule's own.
    pub(super) set_by: Option<Arc<str>>,
    /// The place in a description.
    pub(super) at: Option<Node<'p>>,
    /// Further places in descriptions.
    pub(super) related: Vec<(Span, String)>,
    /// What it says.
    pub(super) words: Words,
    /// What tells it apart from other breaches of the rule at the same place: a header field, a pointer into the body.
    pub(super) detail: String,
}

/// The texts of a breach.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// The templates of this clause of the rule, with words filled in.
    Clause(usize, Vec<(&'static str, String)>),
    /// A ready message and advice.
    Ready(String, Option<String>),
}

/// Words that differ from one exchange to the next where the fault is the same.
const PASSING: [&str; 8] = ["shown", "value", "example", "found", "number", "count", "total", "index"];

/// What of a predicate's words tells one fault from another.
pub(super) fn detail(words: &[(&'static str, String)]) -> String {
    let lasting = words.iter().filter(|(name, _)| !PASSING.contains(name)).map(|(_, text)| text.as_str());
    lasting.collect::<Vec<_>>().join("\n")
}
