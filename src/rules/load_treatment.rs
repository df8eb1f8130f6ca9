//! `fix:` of rule files.

use super::fields::Noun;
use super::keys;
use super::load_condition::{Scope, condition};
use super::message::placeholders_of;
use super::treatment::{Treatment, Verb};
use crate::finding::Safety;
use crate::http::status::StatusMatcher;
use crate::strict::{Complaint, advice, closed_map, text, texts, unknown_word};
use crate::syntax::edit::Snippet;
use crate::syntax::{Entry, Node};

/// The placeholders that the values of a fix may have, beside the words of the rule's predicates.
const PLACEHOLDERS: [&str; 4] = ["key", "trimmed", "upper", "allow"];

/// The treatments, the safe one first.
pub(super) fn treatments(node: Node<'_>, scope: &Scope<'_>, complaints: &mut Vec<Complaint>) -> Vec<Treatment> {
    let words = [Safety::Safe, Safety::Unsafe].map(Safety::word);
    let entries = closed_map(node, "`fix`", &words, complaints);
    if node.is_map() && entries.is_empty() {
        complaints.push(Complaint::at(node, "`fix` says nothing").help("write `safe` or `unsafe` with one verb below it"));
    }
    let mut reader = Reader { scope, complaints };
    let both = [Safety::Safe, Safety::Unsafe].into_iter();
    both.filter_map(|safety| {
        let (_, entry) = entries.iter().find(|(word, _)| word == safety.word())?;
        reader.treatment(safety, entry.value)
    })
    .collect()
}

struct Reader<'s, 'o, 'c> {
    scope: &'s Scope<'o>,
    complaints: &'c mut Vec<Complaint>,
}

impl Reader<'_, '_, '_> {
    fn treatment(&mut self, safety: Safety, node: Node<'_>) -> Option<Treatment> {
        let known: Vec<&str> = Verb::WORDS.iter().map(|(word, _)| *word).chain([keys::WHEN.0]).collect();
        let entries = closed_map(node, "a fix", &known, self.complaints);
        let (when, verbs): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(word, _)| word == keys::WHEN.0);
        let [(word, entry)] = verbs.as_slice() else {
            let help = advice("", &known);
            self.complaints.push(Complaint::at(node, "a fix has exactly one verb").help(help));
            return None;
        };
        let mut scope = self.scope.about(self.scope.noun);
        let when = match when.first() {
            Some((_, entry)) => Some(condition(entry.value, &mut scope, self.complaints)?),
            None => None,
        };
        let verb = self.verb(word, *entry)?;
        self.check_noun(&verb, *entry);
        Some(Treatment { safety, when, verb })
    }

    fn verb(&mut self, word: &str, entry: Entry<'_>) -> Option<Verb> {
        match word {
            "add-header" => self.headers(entry).map(Verb::AddHeader),
            "remove-header" => Some(Verb::RemoveHeader(texts(entry.value, "`remove-header`", self.complaints))),
            "rename-key" => {
                self.check_placeholders(entry.value);
                text(entry.value, "`rename-key`", self.complaints).map(Verb::RenameKey)
            }
            "add-response" => self.response(entry),
            "remove-content" => self.plain(entry, Verb::RemoveContent),
            "quote-key" => self.plain(entry, Verb::QuoteKey),
            _ => self.plain(entry, Verb::RemoveResponse),
        }
    }

    fn plain(&mut self, entry: Entry<'_>, verb: Verb) -> Option<Verb> {
        if entry.value.as_bool() == Some(true) {
            return Some(verb);
        }
        let word = entry.key.text().unwrap_or_default();
        self.complaints.push(Complaint::at(entry.value, format!("`{word}` takes nothing")).help(format!("write `{word}: true`")));
        None
    }

    fn headers(&mut self, entry: Entry<'_>) -> Option<Vec<(String, Snippet)>> {
        let Snippet::Map(headers) = Snippet::of(entry.value) else {
            let help = "write the name of the field and its Header Object: `{ Location: { schema: { type: string } } }`";
            self.complaints.push(Complaint::at(entry.value, "`add-header` must be a map of header fields").help(help));
            return None;
        };
        for header in entry.value.entries().filter(|header| !header.value.is_map()) {
            self.complaints.push(Complaint::at(header.value, "a header field is described by a map"));
        }
        self.check_placeholders(entry.value);
        Some(headers)
    }

    fn response(&mut self, entry: Entry<'_>) -> Option<Verb> {
        let mut entries = entry.value.entries();
        let (Some(one), None) = (entries.next(), entries.next()) else {
            let help = "write the status and the names of the component: `{ \"401\": [Unauthorized] }`";
            self.complaints.push(Complaint::at(entry.value, "`add-response` names one status").help(help));
            return None;
        };
        let status = one.key.text()?.into_owned();
        if StatusMatcher::parse(&status).is_none() {
            self.complaints.push(unknown_word(one.key, &status, "status", &["default"]));
        }
        Some(Verb::AddResponse(status, texts(one.value, "the name of a component", self.complaints)))
    }

    fn check_noun(&mut self, verb: &Verb, entry: Entry<'_>) {
        let noun = self.scope.noun;
        let (fits, what) = match verb {
            Verb::AddResponse(..) => (noun == Noun::Operation, "operations"),
            Verb::QuoteKey => (matches!(noun, Noun::Response | Noun::Document), "responses and whole descriptions"),
            _ => (noun == Noun::Response, "responses"),
        };
        if !fits {
            let word = entry.key.text().unwrap_or_default();
            self.complaints.push(Complaint::at(entry.key, format!("`{word}` is for rules that select {what}")));
        }
    }

    fn check_placeholders(&mut self, node: Node<'_>) {
        let inner = node.entries().map(|entry| entry.value).chain(node.items());
        inner.for_each(|inner| self.check_placeholders(inner));
        let known: Vec<&str> = PLACEHOLDERS.iter().chain(&self.scope.words).copied().collect();
        let text = node.text().unwrap_or_default();
        for name in placeholders_of(&text).filter(|name| !known.contains(name)) {
            let message = format!("`{{{name}}}` is no placeholder of this fix");
            self.complaints.push(Complaint::at(node, message).help(advice(name, &known)));
        }
    }
}
