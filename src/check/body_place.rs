//! Where in a body something is wrong: as people are told, and as like faults are found to be one.

use crate::openapi::{Schema, View};
use crate::syntax::unescaped;
use crate::traffic::mask;

/// A place in a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BodyPlace {
    /// The same for every item of a list and every key of a map.
    pub(super) folded: String,
    /// With the numbers of items; keys of maps are data and are shown as `*`.
    pub(super) shown: String,
}

impl BodyPlace {
    /// The place behind a JSON Pointer (RFC 6901) into a body of this schema.
    pub(super) fn of(schema: Schema<'_>, pointer: &str, show_values: bool) -> BodyPlace {
        let mut place = BodyPlace::default();
        let mut at = Some(schema);
        for step in pointer.split('/').skip(1) {
            let (next, kind) = at.map_or((None, Step::of(step)), |schema| step_into(schema, step));
            place.push(step, kind, show_values);
            at = next;
        }
        place
    }

    fn push(&mut self, step: &str, kind: Step, show_values: bool) {
        let name = mask::member_name(step);
        let (folded, shown) = match kind {
            Step::Item => ("-", step),
            Step::Member => (step, step),
            Step::Unknown => (step, name),
            Step::Key if show_values => ("*", name),
            Step::Key => ("*", "*"),
        };
        for (text, step) in [(&mut self.folded, folded), (&mut self.shown, shown)] {
            text.push('/');
            text.push_str(step);
        }
    }
}

/// What a step of a pointer is.
#[derive(Clone, Copy)]
enum Step {
    /// An item of a list.
    Item,
    /// A member that the schema names.
    Member,
    /// A key of a map: the schema says what lies behind it, whatever it is called.
    Key,
    /// Nobody knows.
    Unknown,
}

impl Step {
    /// What a step is where there is no schema to ask.
    fn of(step: &str) -> Step {
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) { Step::Item } else { Step::Unknown }
    }
}

/// What a step into a value of this schema is, and the schema behind it.
fn step_into<'p>(schema: Schema<'p>, step: &str) -> (Option<Schema<'p>>, Step) {
    let properties = schema.all_properties();
    if let Some(property) = properties.get(&unescaped(step)) {
        return (Some(property.schema), Step::Member);
    }
    let target = schema.target();
    if let (Step::Item, Some(items)) = (Step::of(step), target.and_then(Schema::items)) {
        return (Some(items), Step::Item);
    }
    let others = target.and_then(|schema| schema.0.get("additionalProperties")).filter(is_map).map(Schema);
    if properties.complete && (others.is_some() || !properties.list.is_empty()) {
        return (others, Step::Key);
    }
    (None, Step::of(step))
}

fn is_map(view: &View<'_>) -> bool {
    view.node().is_map()
}
