//! What a schema says about values of all kinds.

use std::collections::BTreeSet;

use super::{Form, Forming};
use crate::diff::schema::lower::count;
use crate::diff::schema::model::{Additional, Layer, Model, Opaque};
use crate::diff::schema::side::Id;
use crate::openapi::View;
use crate::syntax::Node;

impl<'p> Forming<'_, 'p> {
    /// One text for all of it, which is empty where nothing is said.
    pub(super) fn general(&mut self, id: Id, model: &Model<'p>) -> Option<String> {
        let mut said = BTreeSet::new();
        for opaque in &model.opaque {
            if has_annotations(&opaque.name) && model.layers.iter().any(is_about_the_rest) {
                return None;
            }
            said.insert(self.opaque(id, opaque)?);
        }
        said.extend(model.formats.iter().map(|(format, _)| format!("format {format:?}")));
        for (key, value) in &model.contents {
            said.insert(format!("{} {:?}", key.text()?, value.text()?));
        }
        said.extend(model.deprecated.map(|_| "deprecated".to_owned()));
        // Where nothing else is said, each of them is a form of its own.
        let is_more = !said.is_empty() || !model.is_limited_by_type();
        if let Some(values) = model.values.as_ref().filter(|_| is_more) {
            let all: BTreeSet<String> = values.list.iter().map(ToString::to_string).collect();
            said.insert(format!("values {all:?}"));
        }
        Some(said.into_iter().collect::<Vec<_>>().join(" and "))
    }

    /// A keyword that is otherwise compared as a whole.
    fn opaque(&mut self, id: Id, opaque: &Opaque<'p>) -> Option<String> {
        let view = self.side.views(id).first()?.with(opaque.value);
        let words = match opaque.name.as_str() {
            "not" | "propertyNames" => self.inner(id, opaque.value)?.to_string(),
            "if" => {
                let [condition, then, otherwise] = ["if", "then", "else"].map(|name| self.words_at(id, view, name));
                format!("{} {} {}", condition?, then?, otherwise?)
            }
            "contains" => {
                let (least, most) = contained(view)?;
                format!("{} {least} {most:?}", self.words_at(id, view, "contains")?)
            }
            "dependentSchemas" => {
                let mut all = BTreeSet::new();
                for entry in opaque.value.entries() {
                    all.insert((entry.key.text()?, self.inner(id, entry.value)?));
                }
                format!("{all:?}")
            }
            _ => return None,
        };
        Some(format!("{} {words}", opaque.name))
    }

    /// The form of a schema that stands in another.
    pub(super) fn inner(&mut self, id: Id, schema: Node<'p>) -> Option<Form> {
        let view = self.side.views(id).first()?.with(schema);
        let inner = self.side.conjunction(vec![view]);
        self.whole(inner)
    }

    /// The same in words, for one that may be missing.
    fn words_at(&mut self, id: Id, view: View<'p>, name: &str) -> Option<String> {
        let schema = view.node().get(name);
        schema.map_or(Some("none".to_owned()), |schema| self.inner(id, schema).map(|form| form.to_string()))
    }
}

/// How many items `contains` asks for, at least and at most.
pub(in crate::diff::schema) fn contained(list: View<'_>) -> Option<(u64, Option<u64>)> {
    let given = |name: &str| list.node().get(name).map(count);
    let most = given("maxContains");
    Some((given("minContains").unwrap_or(Some(1))?, if most.is_some() { Some(most??) } else { None }))
}

/// Whether what stands in a keyword may describe members for `unevaluatedProperties`: by that, schemas differ that allow the
/// same.
fn has_annotations(name: &str) -> bool {
    matches!(name, "if" | "dependentSchemas")
}

/// Whether a layer stands for `unevaluatedProperties`, as far as can be seen.
fn is_about_the_rest(layer: &Layer<'_>) -> bool {
    layer.properties.is_empty() && !matches!(layer.additional, Additional::Open(_))
}
