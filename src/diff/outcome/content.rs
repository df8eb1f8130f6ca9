//! The media types of two responses.

use super::compare::Comparison;
use super::media_types::{Step, Type, matched};
use super::response::{Meeting, place};
use super::{Change, Class};
use crate::facts::{Api, OperationFact, ResponseFact};
use crate::openapi::{MediaType, Version};
use crate::syntax::Node;

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Compares the content of two responses.
    pub(super) fn content(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let (old, new) = (self.old.content_of(meeting.old), self.new.content_of(meeting.new));
        match (old.is_empty(), new.is_empty()) {
            (true, true) => {}
            (false, false) if starts_anew(meeting) => {}
            (false, false) => self.both(meeting, old, new),
            _ if meeting.pair.is_other_status => {}
            (false, true) => {
                let change = Change::new("response-body-removed", Class::Breaking, "no content is described any more".to_owned());
                self.say(meeting, change.at(content_key(self.old, meeting.twins.old, meeting.old), Some(place(meeting.new))));
            }
            (true, false) => {
                let change = Change::new("response-body-added", Class::Compatible, "content is described now".to_owned());
                self.say(meeting, change.at(Some(place(meeting.old)), content_key(self.new, meeting.twins.new, meeting.new)));
            }
        }
    }

    fn both(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &[MediaType<'o>], new: &[MediaType<'n>]) {
        let texts = (texts(old), texts(new));
        // Content of 2.0 that nothing names may have any type.
        let (Some(old_texts), Some(new_texts)) = texts else {
            old.iter()
                .zip(new.iter().chain(new.last().into_iter().cycle()))
                .for_each(|(one, other)| self.media_types(meeting, *one, *other));
            return;
        };
        let types = |texts: &'_ [String]| -> usize { texts.len() };
        let only_one = types(&old_texts) == 1;
        let (old_types, new_types): (Vec<_>, Vec<_>) =
            (old_texts.iter().map(|text| Type::of(text)).collect(), new_texts.iter().map(|text| Type::of(text)).collect());
        for step in matched(&old_types, &new_types, meeting.is_error()) {
            let (one, other) = indexes(step);
            let named =
                |texts: &[String], index: Option<usize>| index.and_then(|index| texts.get(index)).cloned().unwrap_or_default();
            let names = (named(&old_texts, one), named(&new_texts, other));
            let pair = (one.and_then(|index| old.get(index)).copied(), other.and_then(|index| new.get(index)).copied());
            self.step(meeting, step, names, pair, only_one);
        }
    }

    fn step(
        &mut self,
        meeting: Meeting<'a, 'o, 'n>,
        step: Step,
        names: (String, String),
        pair: (Option<MediaType<'o>>, Option<MediaType<'n>>),
        only_one: bool,
    ) {
        if let Some((rule, class, message)) = self.says(meeting, step, &names, only_one) {
            let named = (pair.0.and_then(|one| one.name), pair.1.and_then(|one| one.name));
            let old = named.0.or_else(|| content_key(self.old, meeting.twins.old, meeting.old));
            let new = named.1.or_else(|| content_key(self.new, meeting.twins.new, meeting.new));
            let change = Change::new(rule, class, message).at(old, new).word("old", names.0.clone()).word("new", names.1.clone());
            self.say(meeting, change);
        }
        if let (Some(one), Some(other)) = pair
            && is_comparable(step, &names)
        {
            self.media_types(meeting, one, other);
        }
    }

    fn says(
        &self,
        meeting: Meeting<'a, 'o, 'n>,
        step: Step,
        (old, new): &(String, String),
        only_one: bool,
    ) -> Option<(&'static str, Class, String)> {
        Some(match step {
            Step::Same(..) => return None,
            Step::Generalised(..) => {
                ("response-media-type-generalised", Class::Breaking, format!("`{old}` became the range `{new}`"))
            }
            Step::Specialised(..) => {
                ("response-media-type-specialised", Class::Compatible, format!("of the range `{old}` only `{new}` is left"))
            }
            Step::Changed(..) => ("response-media-type-changed", Class::Breaking, format!("`{old}` became `{new}`")),
            Step::ErrorType(..) => ("error-media-type-changed", Class::Risky, format!("`{old}` became `{new}`")),
            Step::Removed(_) => ("response-media-type-removed", Class::Breaking, format!("`{old}` is gone")),
            Step::Added(_) if only_one && !self.asks_for_type(meeting) => {
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

/// A response that says something else altogether: done later, or nothing at all.
fn starts_anew(meeting: Meeting<'_, '_, '_>) -> bool {
    let is_other = |code: Option<u16>| matches!(code, Some(202..=206));
    meeting.pair.is_other_status && (is_other(meeting.old.status.code()) || is_other(meeting.new.status.code()))
}

/// Where the type is another one, that is the change; JSON and its kin say the same in the same words.
fn is_comparable(step: Step, (old, new): &(String, String)) -> bool {
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
