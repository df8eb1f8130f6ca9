//! The types that a schema allows at the top, behind `$ref` and in every alternative.

use crate::openapi::{Schema, View};
use crate::syntax::{Node, Scalar};

/// How many schemas are looked at.
const BUDGET: usize = 200;

/// What a text may stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Types {
    names: Vec<String>,
    /// Whether something was found that does not say.
    is_open: bool,
}

impl Types {
    /// Anything.
    pub(super) fn any() -> Types {
        Types { names: Vec::new(), is_open: true }
    }

    /// The types of a schema.
    pub(super) fn of(schema: Schema<'_>) -> Types {
        let mut types = Types::default();
        let mut open = vec![schema];
        let mut steps = 0;
        while let Some(schema) = open.pop() {
            steps += 1;
            match schema.target().filter(|_| steps < BUDGET) {
                Some(target) => types.take(schema, target, &mut open),
                None => types.is_open = true,
            }
        }
        types.is_open |= types.names.is_empty();
        types
    }

    /// Whether a text may stand for a value of one of these types.
    pub(super) fn may_be(&self, names: &[&str]) -> bool {
        self.is_open || self.names.iter().any(|name| names.contains(&name.as_str()))
    }

    /// Whether anything is allowed, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    fn take<'p>(&mut self, schema: Schema<'p>, target: Schema<'p>, open: &mut Vec<Schema<'p>>) {
        let (view, names) = (target.view(), schema.types());
        if schema.is_nullable() {
            self.names.push("null".to_owned());
        }
        let combined = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|name| view.node().get(name));
        let inner: Vec<Schema<'p>> = combined.flat_map(Node::items).map(|node| Schema(view.with(node))).collect();
        if names.is_empty() && inner.is_empty() {
            let pinned = target.all_pinned_values().collect::<Vec<_>>();
            self.is_open |= pinned.is_empty();
            self.names.extend(pinned.into_iter().map(|value| type_of(value).to_owned()));
        }
        self.names.extend(names.into_iter().map(std::borrow::Cow::into_owned));
        open.extend(inner);
    }
}

/// The schema of the items of an array, wherever it stands.
pub(super) fn items(schema: Schema<'_>) -> Option<Schema<'_>> {
    schema.items().or_else(|| schema.parts().chain(schema.branches()).find_map(|part| part.target()?.items()))
}

/// Whether a member of the definition is switched on.
pub(super) fn is_on(definition: View<'_>, name: &str) -> bool {
    definition.node().get(name).and_then(Node::as_bool) == Some(true)
}

fn type_of(value: Node<'_>) -> &'static str {
    match value.scalar() {
        Some(Scalar::Null) => "null",
        Some(Scalar::Boolean(_)) => "boolean",
        Some(Scalar::Integer(_) | Scalar::Float(_)) => "number",
        Some(Scalar::Text) => "string",
        None if value.is_list() => "array",
        None => "object",
    }
}
