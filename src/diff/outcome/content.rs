//! The media types of two responses.

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{Comparison, Like, Twins};
use super::media_types::{Step, Type, matched};
use super::response::{Meeting, place};
use super::{Change, Class};
use crate::facts::{Api, OperationFact, ResponseFact};
use crate::openapi::{MediaType, Version, View, version_of};
use crate::syntax::Node;
use crate::words::listed;

/// Up to how many media types on both sides are compared for each use of two shared responses.
const FEW: usize = 8;

/// What became of one media type.
struct Fate<'o, 'n> {
    step: Step,
    /// Of a range that is gone, the names of all that is left of it, where this is the first.
    left: Option<String>,
    /// Whether that was said with another one.
    is_said: bool,
    old: Option<MediaType<'o>>,
    new: Option<MediaType<'n>>,
    /// Whether there was only one type, which all clients got.
    was_one: bool,
}

impl Fate<'_, '_> {
    /// The names, as written.
    fn texts(&self) -> (String, String) {
        let old = self.old.and_then(MediaType::text).unwrap_or_default().into_owned();
        (old, self.new.and_then(MediaType::text).unwrap_or_default().into_owned())
    }
}

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Compares the content of two responses. What was said about shared ones with many media types counts for their other uses.
    pub(super) fn content(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let (old, new) = (self.old.content_of(meeting.old), self.new.content_of(meeting.new));
        let is_of_operation = [self.old.root, self.new.root].iter().any(|root| root.version() == Version::V2_0);
        match meeting.first_uses().filter(|_| old.len() + new.len() > FEW && !is_of_operation) {
            Some(uses) => {
                let asked = [meeting.pair.is_other_status, self.asks_for_type(meeting)];
                let cell = meeting.pair.cell;
                let like = Like::Content(uses.0, uses.1, cell.code(), cell.class(), asked);
                self.once(like, meeting, |own| own.all_content(meeting, old, new));
            }
            None => self.all_content(meeting, old, new),
        }
    }

    fn all_content(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &[MediaType<'o>], new: &[MediaType<'n>]) {
        match (old.is_empty(), new.is_empty()) {
            (true, true) => {}
            (false, false) => self.both(meeting, old, new),
            _ if meeting.pair.is_other_status => {}
            (false, true) => {
                let change = Change::new("response-body-removed", Class::Breaking, "no content is described any more".to_owned());
                self.say(meeting, change.at(content_key(self.old, meeting.twins.old, meeting.old), place(meeting.new)));
            }
            (true, false) => {
                let change = Change::new("response-body-added", Class::Compatible, "content is described now".to_owned());
                self.say(meeting, change.at(place(meeting.old), content_key(self.new, meeting.twins.new, meeting.new)));
            }
        }
    }

    fn both(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &[MediaType<'o>], new: &[MediaType<'n>]) {
        let (Some(old_texts), Some(new_texts)) = (texts(old), texts(new)) else {
            self.unnamed(meeting, old, new);
            return self.nameless(meeting, old, new);
        };
        let old_types: Vec<Type<'_>> = old_texts.iter().map(|text| Type::of(text)).collect();
        let new_types: Vec<Type<'_>> = new_texts.iter().map(|text| Type::of(text)).collect();
        let steps = matched(&old_types, &new_types, meeting.is_error());
        let mut ranges = Ranges::of(&steps, &new_texts);
        for step in steps {
            let (one, other) = indexes(step);
            let (left, is_said) = ranges.left(step);
            let (one, other) = (one.and_then(|index| old.get(index)).copied(), other.and_then(|index| new.get(index)).copied());
            self.step(meeting, &Fate { step, left, is_said, old: one, new: other, was_one: old.len() == 1 });
        }
    }

    /// Types of 2.0 that were named and are not any more: any may come.
    fn unnamed(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &[MediaType<'o>], new: &[MediaType<'n>]) {
        let Some(before) = texts(old).filter(|_| new.iter().all(|one| one.text().is_none())) else { return };
        let names = listed(&before.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>(), "and");
        let message = format!("nothing says any more that the content is {names}");
        let change = Change::new("response-media-type-generalised", self.widened(Class::Risky), message).word("old", names);
        let (old, new) = self.causes(meeting.twins);
        self.say(meeting, change.at(old, new));
    }

    /// Where it is said which types come: at the operation if it says that itself on a side, else for all at the root.
    fn causes(&self, twins: Twins<'a, 'o, 'n>) -> (Node<'o>, Node<'n>) {
        let (old, new) = (own_produces(twins.old.operation.0), own_produces(twins.new.operation.0));
        if old.is_some() || new.is_some() {
            return (old.unwrap_or(twins.old.key), new.unwrap_or(twins.new.key));
        }
        (produces_of_all(self.old), produces_of_all(self.new))
    }

    /// Content of 2.0 that nothing names may have any type.
    fn nameless(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &[MediaType<'o>], new: &[MediaType<'n>]) {
        let last = (old.last(), new.last());
        for index in 0..old.len().max(new.len()) {
            if let (Some(one), Some(other)) = (old.get(index).or(last.0), new.get(index).or(last.1)) {
                self.media_types(meeting, *one, *other);
            }
        }
    }

    fn step(&mut self, meeting: Meeting<'a, 'o, 'n>, fate: &Fate<'o, 'n>) {
        let (before, after) = fate.texts();
        if let Some((rule, class, message)) = self.says(meeting, fate, &before, &after) {
            let old = fate.old.and_then(|one| one.name).or_else(|| content_key(self.old, meeting.twins.old, meeting.old));
            let new = fate.new.and_then(|one| one.name).or_else(|| content_key(self.new, meeting.twins.new, meeting.new));
            let change = Change::new(rule, class, message).at(old, new);
            self.say(meeting, change.word("old", before.as_str()).word("new", after.as_str()));
        }
        if let (Some(one), Some(other)) = (fate.old, fate.new)
            && is_comparable(fate.step, &before, &after)
        {
            self.media_types(meeting, one, other);
        }
    }

    fn says(
        &self,
        meeting: Meeting<'a, 'o, 'n>,
        fate: &Fate<'o, 'n>,
        old: &str,
        new: &str,
    ) -> Option<(&'static str, Class, String)> {
        Some(match fate.step {
            Step::Same(..) => return None,
            Step::Specialised(..) if fate.is_said => return None,
            Step::Generalised(..) => {
                ("response-media-type-generalised", Class::Breaking, format!("`{old}` became the range `{new}`"))
            }
            Step::Specialised(..) => {
                let message = match &fate.left {
                    Some(left) => format!("of the range `{old}` only {left} left"),
                    None => format!("`{new}` is described for itself beside the range `{old}` now"),
                };
                ("response-media-type-specialised", Class::Compatible, message)
            }
            Step::Changed(..) => ("response-media-type-changed", Class::Breaking, format!("`{old}` became `{new}`")),
            Step::ErrorType(..) => ("error-media-type-changed", Class::Risky, format!("`{old}` became `{new}`")),
            Step::Removed(_) => ("response-media-type-removed", Class::Breaking, format!("`{old}` is gone")),
            Step::Added(_) if fate.was_one && !self.asks_for_type(meeting) => {
                let message = format!("`{new}` is new, and requests that do not ask for a type may get it");
                ("response-media-type-added", self.widened(Class::Risky), message)
            }
            Step::Added(_) => ("response-media-type-added", self.widened(Class::Compatible), format!("`{new}` is new")),
        })
    }

    /// Whether requests say which type they want.
    fn asks_for_type(&self, meeting: Meeting<'a, 'o, 'n>) -> bool {
        let parameters = self.new.parameters_of(meeting.twins.new);
        parameters.iter().any(|parameter| {
            parameter.location().as_deref() == Some("header")
                && parameter.name().is_some_and(|name| name.eq_ignore_ascii_case("accept"))
        })
    }
}

/// What is left of ranges that are gone.
struct Ranges {
    /// The names, by the index of the range.
    left: FxHashMap<usize, Vec<String>>,
    /// Those that were said.
    said: FxHashSet<usize>,
}

impl Ranges {
    fn of(steps: &[Step], new: &[String]) -> Self {
        let stays: FxHashSet<usize> =
            steps.iter().filter_map(|step| if let Step::Same(old, _) = step { Some(*old) } else { None }).collect();
        let mut left: FxHashMap<usize, Vec<String>> = FxHashMap::default();
        for step in steps {
            if let Step::Specialised(old, index) = step
                && !stays.contains(old)
            {
                left.entry(*old).or_default().extend(new.get(*index).map(|name| format!("`{name}`")));
            }
        }
        Ranges { left, said: FxHashSet::default() }
    }

    /// What to say is left, where this is the first of it; and whether that was said.
    fn left(&mut self, step: Step) -> (Option<String>, bool) {
        let Step::Specialised(old, _) = step else { return (None, false) };
        let Some(names) = self.left.get(&old) else { return (None, false) };
        let verb = if names.len() == 1 { "is" } else { "are" };
        if self.said.insert(old) { (Some(format!("{} {verb}", listed(names, "and"))), false) } else { (None, true) }
    }
}

/// The key of `produces`, where there is one.
fn own_produces(view: View<'_>) -> Option<Node<'_>> {
    view.node().entry("produces").filter(|_| view.version() == Version::V2_0).map(|entry| entry.key)
}

/// The same of a whole description, else the key that names its version.
fn produces_of_all<'p>(api: &Api<'p>) -> Node<'p> {
    let version = || version_of(api.root.node()).map(|version| version.key);
    own_produces(api.root).or_else(version).unwrap_or(api.root.node())
}

/// Where the type is another one, that is the change; JSON and its kin say the same in the same words.
fn is_comparable(step: Step, old: &str, new: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = crate::http::media_type::is_json;
    !matches!(step, Step::Changed(..)) || essence(old) == essence(new) || is_json(old) && is_json(new)
}

fn indexes(step: Step) -> (Option<usize>, Option<usize>) {
    match step {
        Step::Same(old, new)
        | Step::Generalised(old, new)
        | Step::Specialised(old, new)
        | Step::Changed(old, new)
        | Step::ErrorType(old, new) => (Some(old), Some(new)),
        Step::Removed(old) => (Some(old), None),
        Step::Added(new) => (None, Some(new)),
    }
}

/// The names of all media types; none where one has no name.
fn texts(content: &[MediaType<'_>]) -> Option<Vec<String>> {
    content.iter().map(|media_type| media_type.text().map(std::borrow::Cow::into_owned)).collect()
}

/// The key that lists the media types: `content`, in 2.0 `produces` where there is one.
fn content_key<'p>(api: &Api<'p>, operation: &OperationFact<'p>, response: &ResponseFact<'p>) -> Option<Node<'p>> {
    let produces = operation.operation.produces(api.root).and_then(Node::own_key);
    let definition = response.definition?;
    let produces = produces.filter(|_| definition.0.version() == Version::V2_0 && definition.0.node().get("schema").is_some());
    produces.or_else(|| definition.content_key())
}
