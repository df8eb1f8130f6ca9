//! What a rule does about its findings: one verb that is safe, one that is not.

use super::condition::Condition;
use super::evaluate::{Row, truth_of};
use super::options::Options;
use crate::finding::Safety;
use crate::syntax::edit::Snippet;

/// What is done to the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Declares these header fields.
    AddHeader(Vec<(String, Snippet)>),
    /// Takes these header fields out.
    RemoveHeader(Vec<String>),
    /// Takes the content out.
    RemoveContent,
    /// Gives the status key another name.
    RenameKey(String),
    /// Puts the status key in quotation marks; of a whole description all of them.
    QuoteKey,
    /// Takes out a use of a shared response that the range around it uses, too.
    RemoveResponse,
    /// Uses a shared response that is there under one of these names, for this status.
    AddResponse(String, Vec<String>),
}

impl Verb {
    /// The words of rule files, each with what it means.
    pub const WORDS: [(&str, &str); 7] = [
        ("add-header", "Declare these header fields; in 2.0 the members of `schema` stand beside `description`"),
        ("remove-header", "Take these header fields out"),
        ("remove-content", "Take the content out"),
        ("rename-key", "Give the status key this name"),
        ("quote-key", "Put the status key in quotation marks"),
        ("remove-response", "Take out the use of a shared response that the range around it uses, too"),
        ("add-response", "Use a shared response, under this status, that has one of these names"),
    ];

    /// What it does, as a command.
    pub fn title(&self) -> String {
        match self {
            Verb::AddHeader(headers) => {
                let names: Vec<String> = headers.iter().map(|(name, _)| format!("`{name}`")).collect();
                format!("declare {}", names.join(" and "))
            }
            Verb::RemoveHeader(_) => "remove the header".to_owned(),
            Verb::RemoveContent => "remove the content".to_owned(),
            Verb::RenameKey(_) => "rename the status key".to_owned(),
            Verb::QuoteKey => "put the status code in quotation marks".to_owned(),
            Verb::RemoveResponse => "remove the response".to_owned(),
            Verb::AddResponse(status, _) => format!("add the shared response for {status}"),
        }
    }
}

/// A verb, and when it is taken.
#[derive(Debug)]
pub struct Treatment {
    /// Whether it may be applied without a look at it.
    pub safety: Safety,
    /// Which rows it is for; all if it is missing.
    pub when: Option<Condition>,
    /// What it does.
    pub verb: Verb,
}

/// The treatment of a row: the first whose test holds; the safe one stands before the other.
pub fn treatment<'t>(treatments: &'t [Treatment], row: &Row<'_, '_>, options: &Options) -> Option<&'t Treatment> {
    let fits = |treatment: &&Treatment| treatment.when.as_ref().is_none_or(|when| truth_of(when, row, options).is_true());
    treatments.iter().find(fits)
}
