//! A schema, or the value of a keyword, as one text: the same as long as it says the same about values in the same words.

use std::fmt::Write as _;

use super::equal::{Keys, inner, is_annotation};
use crate::syntax::{Node, Scalar, unescaped};

/// How many nodes are written, and how deep.
const BUDGET: usize = 2_000;
const DEEPEST: u32 = 100;

/// Maps whose keys are names.
const NAMED: [&str; 2] = ["properties", "patternProperties"];

/// Lists whose items are alternatives.
const ALTERNATIVES: [&str; 2] = ["oneOf", "anyOf"];

/// What stands at a place in a schema.
pub(in crate::diff) struct Place<'p> {
    value: Node<'p>,
    keys: Keys,
    /// Whether it is a keyword, a member or an alternative, and not a whole schema.
    pub(in crate::diff) is_own: bool,
}

/// What stands at a node: for a key its value.
pub(in crate::diff) fn place(node: Node<'_>) -> Option<Place<'_>> {
    let pointer = node.pointer();
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let value = steps.iter().try_fold(node.root()?, |at, step| at.child(&unescaped(step)))?;
    let around = steps.iter().rev().nth(1).copied().unwrap_or_default();
    let is_key = value.index() != node.index();
    let is_keyword = is_key && !NAMED.contains(&around);
    let keys = steps.last().filter(|_| is_keyword).map_or(Keys::Keywords, |keyword| inner(Keys::Keywords, keyword));
    let is_own = is_key || around == "patternProperties" || ALTERNATIVES.contains(&around);
    Some(Place { value, keys, is_own })
}

/// What stands there, the keys in order and without annotations.
pub(in crate::diff) fn written(place: &Place<'_>) -> String {
    let mut writer = Writer { text: String::new(), left: BUDGET };
    writer.value(place.value, place.keys, DEEPEST);
    writer.text
}

struct Writer {
    text: String,
    left: usize,
}

impl Writer {
    fn value(&mut self, node: Node<'_>, keys: Keys, depth: u32) {
        let (Some(left), Some(depth)) = (self.left.checked_sub(1), depth.checked_sub(1)) else { return };
        self.left = left;
        if node.is_map() {
            self.map(node, keys, depth);
        } else if node.is_list() {
            self.text.push('[');
            node.items().take(BUDGET).for_each(|item| {
                self.value(item, keys, depth);
                self.text.push(',');
            });
            self.text.push(']');
        } else if let (Some(Scalar::Text), Some(text)) = (node.scalar(), node.text()) {
            let _ = write!(self.text, "{text:?}");
        } else {
            self.text.push_str(node.raw());
        }
    }

    fn map(&mut self, node: Node<'_>, keys: Keys, depth: u32) {
        let counts = |key: Node<'_>| keys != Keys::Keywords || !is_annotation(key);
        let entries = node.entries().filter(|entry| counts(entry.key)).take(BUDGET);
        let mut entries: Vec<_> = entries.map(|entry| (entry.key.text().unwrap_or_default(), entry.value)).collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.text.push('{');
        for (name, value) in entries {
            let _ = write!(self.text, "{name:?}:");
            self.value(value, inner(keys, &name), depth);
            self.text.push(',');
        }
        self.text.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::syntax::read;

    /// What stands under the key `a` of a text.
    fn text_of(text: &str) -> String {
        let file = read(SourceId(0), "a.yaml", text.as_bytes().to_vec());
        let key = file.roots().next().and_then(|root| root.entry("a")).unwrap().key;
        written(&place(key).unwrap())
    }

    #[test]
    fn what_is_for_people_is_left_out() {
        let plain = "{\"not\":{\"enum\":[\"x\",1,],\"type\":\"string\",},}";
        for text in [
            "a: { not: { type: string, enum: [x, 1] } }",
            "a: { not: { enum: [x, 1], description: b, x-c: 1, type: 'string' }, title: b }",
        ] {
            assert_eq!(text_of(text), plain, "{text}");
        }
        // Where keys are names, none is an annotation.
        assert_ne!(text_of("a: { properties: { title: {} } }"), text_of("a: { properties: {} }"));
        assert_ne!(text_of("a: { const: { title: b } }"), text_of("a: { const: {} }"));
    }
}
