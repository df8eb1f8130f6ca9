//! Reading our own YAML files (rules, configuration) strictly: closed keys, places, suggestions.

use crate::source::Span;
use crate::syntax::{Entry, File, Node};

/// Something wrong in a rule file or configuration: the tool cannot do its job with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where.
    pub span: Span,
    /// What is wrong, one sentence, lower case, no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Complaint {
    /// A complaint about a node.
    pub fn at(node: Node<'_>, message: impl Into<String>) -> Self {
        Complaint { span: node.span(), message: message.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The complaints about a file that come from reading it at all.
pub fn reading_complaints(file: &File) -> Vec<Complaint> {
    let complaint =
        |fault: &crate::syntax::Fault| Complaint { span: fault.span, message: fault.message.clone(), help: fault.help.clone() };
    file.faults().iter().map(complaint).collect()
}

/// The entries of a map whose keys must be among `known`; everything else becomes a complaint with a suggestion.
/// `what` names the map in the complaint: "a rule", "the configuration".
pub fn closed_map<'t>(node: Node<'t>, what: &str, known: &[&str], complaints: &mut Vec<Complaint>) -> Vec<(String, Entry<'t>)> {
    if !node.is_map() {
        complaints.push(Complaint::at(node, format!("{what} must be a map")));
        return Vec::new();
    }
    let mut entries = Vec::new();
    for entry in node.entries() {
        let Some(key) = entry.key.text() else { continue };
        if known.contains(&key.as_ref()) {
            entries.push((key.into_owned(), entry));
        } else {
            complaints.push(unknown_word(entry.key, &key, &format!("key of {what}"), known));
        }
    }
    entries
}

/// A complaint about a word that is none of the known ones, with the nearest of them or all if they are few.
pub fn unknown_word(node: Node<'_>, word: &str, what: &str, known: &[&str]) -> Complaint {
    Complaint::at(node, format!("`{word}` is no {what}")).help(advice(word, known))
}

/// "did you mean …?", or the list of what is possible.
pub fn advice(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() > 40 => format!("there are {} possible words, none of them close to this one", known.len()),
        None => format!("possible here: {}", known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// The known word that a misspelt one most likely meant.
pub fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let distance = |other: &str| strsim::damerau_levenshtein(&lower, &other.to_lowercase());
    let (near, distance) = known.iter().map(|&other| (other, distance(other))).min_by_key(|&(_, distance)| distance)?;
    (distance <= 1 + word.len() / 5).then_some(near)
}

/// The text of a node that must be text.
pub fn text(node: Node<'_>, what: &str, complaints: &mut Vec<Complaint>) -> Option<String> {
    let text = node.as_str();
    if text.is_none() {
        complaints.push(Complaint::at(node, format!("{what} must be text")));
    }
    text.map(std::borrow::Cow::into_owned)
}

/// The texts of a node that must be a list of texts; a single text counts as a list of one.
pub fn texts(node: Node<'_>, what: &str, complaints: &mut Vec<Complaint>) -> Vec<String> {
    if !node.is_list() {
        return text(node, what, complaints).into_iter().collect();
    }
    node.items().filter_map(|item| text(item, what, complaints)).collect()
}
