//! From the changes of one pair of descriptions to findings.

use std::fmt::Write as _;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Change;
use super::detail::detail;
use super::part::part;
use crate::facts::Api;
use crate::finding::{self, Finding, Place, Severity};
use crate::lint::{self, Profiles, lasting_operation, lasting_pointer};
use crate::rules::RuleSet;
use crate::source::{SourceId, Span};
use crate::suppress::Suppressions;
use crate::syntax::Node;
use crate::words::counted;

/// What the findings of one pair have in common.
pub(super) struct Teller<'a, 'n> {
    rules: &'a RuleSet,
    suppressions: &'a Suppressions,
    profiles: &'a Profiles,
    /// None where the description is gone.
    new: Option<&'a Api<'n>>,
    /// The operations of the new description by their labels.
    operations: FxHashMap<&'a str, usize>,
}

impl<'a, 'n> Teller<'a, 'n> {
    /// For the pair with this new description.
    pub(super) fn new(
        rules: &'a RuleSet,
        suppressions: &'a Suppressions,
        profiles: &'a Profiles,
        new: Option<&'a Api<'n>>,
    ) -> Self {
        let operations = new.map(|new| new.operations.as_slice()).unwrap_or_default();
        let labels = operations.iter().enumerate().rev().map(|(index, operation)| (operation.label.as_ref(), index));
        Teller { rules, suppressions, profiles, new, operations: labels.collect() }
    }

    /// What is said about a change; none where its rule does not run.
    pub(super) fn said<'o>(&self, mut change: Change<'o, 'n>, job: usize) -> Option<Said<'o, 'n>> {
        let allowed = self.allowed(&mut change);
        let rule = self.rules.index_of(change.rule)?;
        // What has no place in the new description is under no overrides either.
        let file = change.new.map_or(SourceId(u32::MAX), |node| node.file().source().id());
        let (severity, set_by) = self.profiles.severity(self.rules, file, rule, change.class.severity())?;
        Some(Said { change, rule, severity, set_by, allowed, jobs: vec![job] })
    }

    /// The suppressions that cover a change as a whole. Where they only cover some of its operations, those are taken out.
    fn allowed(&self, change: &mut Change<'_, 'n>) -> Vec<usize> {
        let (Some(rule), Some(at), Some(new)) = (self.rules.index_of(change.rule), change.new, self.new) else {
            return Vec::new();
        };
        if self.suppressions.is_empty() {
            return Vec::new();
        }
        let covering = |operation: Option<usize>| {
            let response = operation.and_then(|operation| response(new, operation, change.status.as_deref()?));
            lint::covering(self.rules, self.suppressions, new, rule, at, (operation, response))
        };
        let own = covering(None);
        if !own.is_empty() {
            return own;
        }
        let covered: Vec<Vec<usize>> =
            change.operations.iter().map(|label| self.operations.get(label.as_str()).copied()).map(covering).collect();
        if covered.iter().all(|allowed| !allowed.is_empty()) {
            return covered.into_iter().flatten().collect();
        }
        let mut covered = covered.iter();
        change.operations.retain(|_| covered.next().is_none_or(Vec::is_empty));
        Vec::new()
    }
}

/// The response of an operation with this key, by index.
fn response(api: &Api<'_>, operation: usize, status: &str) -> Option<usize> {
    let mut range = api.operations.get(operation)?.responses.clone();
    range.find(|index| api.responses.get(*index).is_some_and(|response| response.text() == status))
}

/// A change with what the settings make of it.
pub(super) struct Said<'o, 'n> {
    change: Change<'o, 'n>,
    rule: usize,
    severity: Severity,
    set_by: Option<Arc<str>>,
    /// The suppressions that silence it.
    pub(super) allowed: Vec<usize>,
    /// The pairs that have it.
    pub(super) jobs: Vec<usize>,
}

/// What tells changes apart: rule, both places, words, and whether it is suppressed.
pub(super) type Key = (usize, Option<Span>, Option<Span>, String, Vec<usize>);

impl<'o, 'n> Said<'o, 'n> {
    /// What another pair of descriptions must say to say the same.
    pub(super) fn key(&self) -> Key {
        let (old, new) = (self.change.old.map(Node::span), self.change.new.map(Node::span));
        (self.rule, old, new, self.change.message.clone(), self.allowed.clone())
    }

    /// Takes in the same change of another pair, whose descriptions share the changed file.
    pub(super) fn add(&mut self, other: Said<'o, 'n>) {
        // Operations of two descriptions are two, also where they are called the same.
        self.change.operations.extend(other.change.operations);
        self.change.has_more |= other.change.has_more;
        self.jobs.extend(other.jobs);
        self.change.status = self.change.status.take().filter(|status| Some(status) == other.change.status.as_ref());
        self.change.class = self.change.class.max(other.change.class);
        if other.severity > self.severity {
            (self.severity, self.set_by) = (other.severity, other.set_by);
        }
    }

    /// The finding, where the sources of old descriptions are counted from `first_old`.
    pub(super) fn finding(self, rules: &RuleSet, first_old: u32) -> Option<Finding> {
        let (change, rule) = (self.change, rules.rules().get(self.rule)?);
        let help = || Some(rule.help.in_general()).filter(|help| !help.is_empty());
        Some(Finding {
            rule: rule.id.clone(),
            severity: self.severity,
            set_by: self.set_by,
            message: message(&change),
            help: change.help.clone().or_else(help),
            primary: change.new.map(place),
            related: Vec::new(),
            fingerprint: fingerprint(&change),
            operations: change.operations,
            status: change.status,
            observation: None,
            fix: None,
            change: Some(Box::new(finding::Change {
                class: change.class,
                old: change.old.map(|node| shifted(place(node), first_old)),
                part: change.witness.as_ref().zip(change.place.as_deref()).map(|(whole, place)| part(whole, place).to_string()),
                witness: change.witness.map(|whole| whole.to_string()),
            })),
        })
    }
}

/// What changed, with where: the operation that has it, or their number, the media type, and the place in the body.
fn message(change: &Change<'_, '_>) -> String {
    let mut message = String::new();
    let operations = change.operations.as_slice();
    if let [operation] = operations
        && !change.has_more
        && !change.message.contains(operation.as_str())
    {
        let status = change.status.as_deref().map(|status| format!(" {status}")).unwrap_or_default();
        let media_type = change.named_media_type().map(|name| format!(" `{name}`")).unwrap_or_default();
        let _ = write!(message, "{operation}{status}{media_type}: ");
    } else if let Some(name) = change.named_media_type() {
        let _ = write!(message, "`{name}`: ");
    }
    message.push_str(&change.told());
    if operations.len() > 1 || change.has_more {
        let example = change.place_of.as_ref().filter(|label| operations.contains(label));
        let example = example.map(|label| format!(", for example in {label}")).unwrap_or_default();
        let more = if change.has_more { "more than " } else { "" };
        let _ = write!(message, " (in {more}{}{example})", counted(operations.len(), "operation"));
    }
    message
}

/// Rule, what owns the change in the old description, where in that it is, its words and what is written on both sides: what
/// stays the same while the rest of the new description is worked on.
fn fingerprint(change: &Change<'_, '_>) -> String {
    let (owner, is_shared) = owner(change);
    let status = change.status.as_deref().unwrap_or_default();
    // Where a body shows a component changes with the operations that use it.
    let own = |text: &'_ Option<String>| text.clone().filter(|_| !is_shared).unwrap_or_default();
    let (place, media_type, detail) = (own(&change.place), own(&change.media_type), detail(change));
    let mut parts = vec![change.rule, &owner, status, &place, &media_type, &detail];
    parts.extend(change.words.iter().flat_map(|(name, word)| [*name, word.as_str()]));
    lint::fingerprint(&parts)
}

/// A shared component, or the operation; and whether it is the first. What became a part of one operation is its own.
fn owner(change: &Change<'_, '_>) -> (String, bool) {
    let pointer = change.old.map(|node| (node, node.pointer()));
    let now = change.new.map(Node::pointer);
    let is_shared = |pointer: &str| ["/components/", "/definitions/", "/responses/"].iter().any(|part| pointer.starts_with(part));
    match (pointer, change.operations.as_slice()) {
        (Some((node, pointer)), operations)
            if is_shared(&pointer) && now.as_deref().is_none_or(is_shared) || operations.len() > 1 || change.has_more =>
        {
            (lasting_pointer(node, &pointer), true)
        }
        (_, [operation, ..]) => (lasting_operation(operation), false),
        (pointer, []) => (pointer.map(|(node, pointer)| lasting_pointer(node, &pointer)).unwrap_or_default(), false),
    }
}

/// The key of what lacks something, not the whole block.
pub(super) fn place(node: Node<'_>) -> Place {
    let node = if node.is_map() || node.is_list() { node.own_key().unwrap_or(node) } else { node };
    node.place()
}

/// A place among the sources of old descriptions, which stand behind all others.
pub(super) fn shifted(mut place: Place, first_old: u32) -> Place {
    place.span.source.0 += first_old;
    place
}
