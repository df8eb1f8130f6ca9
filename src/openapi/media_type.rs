//! Media Type Objects and the examples in them.

use std::borrow::Cow;

use super::view::few;
use super::{Schema, Version, View};
use crate::syntax::{Entry, Node};

/// One media type of a response or request.
#[derive(Clone, Copy, Debug)]
pub struct MediaType<'p> {
    /// The node that names it: the key, in 2.0 the item of `produces`. None where nothing names it.
    pub name: Option<Node<'p>>,
    /// The Media Type Object; in 2.0 the response or body parameter, which plays it.
    view: View<'p>,
    /// 2.0: the example for this media type.
    swagger_example: Option<Node<'p>>,
}

/// A value that the description shows.
#[derive(Clone, Copy, Debug)]
pub struct Example<'p> {
    /// The value.
    pub value: Node<'p>,
    /// The name it has among `examples`.
    pub name: Option<Node<'p>>,
}

impl<'p> MediaType<'p> {
    /// The media types of the map under a key of an object.
    pub(super) fn list(object: View<'p>, key: &str) -> Vec<MediaType<'p>> {
        let medium =
            |entry: Entry<'p>| MediaType { name: Some(entry.key), view: object.with(entry.value), swagger_example: None };
        few(object.entries_of(key).map(medium))
    }

    /// A media type that nothing names.
    pub(super) fn unnamed(view: View<'p>) -> MediaType<'p> {
        MediaType { name: None, view, swagger_example: None }
    }

    /// The content of a 2.0 response: what `produces` lists, and what only an example names.
    pub(super) fn of_swagger_response(response: View<'p>, produces: Option<Node<'p>>) -> Vec<MediaType<'p>> {
        let examples = response.node().get("examples");
        if response.node().get("schema").is_none() {
            return examples.map(|examples| swagger_examples(response, examples)).unwrap_or_default();
        }
        let named = few(produces.into_iter().flat_map(Node::items).map(|name| MediaType {
            name: Some(name),
            view: response,
            swagger_example: examples.and_then(|examples| examples.get(&name.text()?)),
        }));
        if !named.is_empty() {
            return named;
        }
        let from_examples = examples.map(|examples| swagger_examples(response, examples)).unwrap_or_default();
        if from_examples.is_empty() { vec![MediaType::unnamed(response)] } else { from_examples }
    }

    /// The media type as written, such as `application/json`; `None` where nothing names it.
    pub fn text(self) -> Option<Cow<'p, str>> {
        self.name?.text()
    }

    /// The Media Type Object behind `$ref` (3.2 has shared ones).
    pub fn target(self) -> Option<View<'p>> {
        self.view.target()
    }

    /// Where it stands, before its `$ref` is followed.
    pub fn written(self) -> View<'p> {
        self.view
    }

    /// Its schema, else (3.2) that of the items of a stream.
    pub fn schema(self) -> Option<Schema<'p>> {
        let target = self.target()?;
        target.get("schema").or_else(|| target.get("itemSchema").filter(|_| target.version() == Version::V3_2)).map(Schema)
    }

    /// The schema of the content as a whole; that of a stream's items says nothing about it.
    pub fn whole_schema(self) -> Option<Schema<'p>> {
        self.target()?.get("schema").map(Schema)
    }

    /// The examples beside its schema.
    pub fn examples(self) -> Vec<Example<'p>> {
        if self.view.version() == Version::V2_0 {
            return self.swagger_example.map(|value| Example { value, name: None }).into_iter().collect();
        }
        self.target().into_iter().flat_map(Example::beside_schema).collect()
    }

    /// The examples beside its schema, else those of a schema that is written in place. The example of a shared schema is
    /// often that of another response.
    pub fn own_examples(self) -> Vec<Example<'p>> {
        let beside = self.examples();
        if !beside.is_empty() {
            return beside;
        }
        let own = self.schema().filter(|schema| schema.component_name().is_none());
        own.map(Schema::examples).unwrap_or_default()
    }
}

fn swagger_examples<'p>(response: View<'p>, examples: Node<'p>) -> Vec<MediaType<'p>> {
    examples
        .entries()
        .map(|entry| MediaType { name: Some(entry.key), view: response, swagger_example: Some(entry.value) })
        .collect()
}

impl<'p> Example<'p> {
    /// `example` and `examples` of an object that has a schema: a media type, a header, a parameter.
    pub(super) fn beside_schema(object: View<'p>) -> impl Iterator<Item = Example<'p>> {
        let single = object.node().get("example").map(|value| Example { value, name: None });
        let named = object.entries_of("examples").filter_map(move |entry| {
            let target = object.with(entry.value).target()?.node();
            let value = target.get("dataValue").or_else(|| target.get("value"))?;
            Some(Example { value, name: Some(entry.key) })
        });
        single.into_iter().chain(named)
    }
}
