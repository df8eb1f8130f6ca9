//! Parameter and Request Body Objects.

use std::borrow::Cow;

use super::view::few;
use super::{MediaType, NodeId, Schema, Version, View};
use crate::syntax::Node;

/// A parameter as written, and what its `$ref` leads to. What most ask it for, its name and location, is looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'p> {
    written: View<'p>,
    target: Option<View<'p>>,
    name: Option<Node<'p>>,
    location: Option<Node<'p>>,
}

/// What makes a parameter itself.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Identity<'p> {
    /// Name and location.
    Named(Cow<'p, str>, Option<Cow<'p, str>>),
    /// One without a name is only itself.
    Nameless(NodeId),
}

impl<'p> Parameter<'p> {
    fn of(written: View<'p>) -> Self {
        let target = written.target();
        let value_of = |key: &str| target?.node().get(key);
        Parameter { written, target, name: value_of("name"), location: value_of("in") }
    }

    /// The parameters of a list.
    pub(super) fn list(list: Option<View<'p>>) -> Vec<Parameter<'p>> {
        let Some(list) = list else { return Vec::new() };
        few(list.node().items().map(|item| Parameter::of(list.with(item))))
    }

    /// The parameter behind `$ref`; `None` where it leads nowhere.
    pub fn target(self) -> Option<View<'p>> {
        self.target
    }

    /// Its name.
    pub fn name(self) -> Option<Cow<'p, str>> {
        self.name?.as_str()
    }

    /// Where it goes: `query`, `header`, `path`, `cookie`, `querystring`, in 2.0 also `body` and `formData`.
    pub fn location(self) -> Option<Cow<'p, str>> {
        self.location?.as_str()
    }

    /// Whether it goes there; see [`Parameter::location`].
    pub fn is_in(self, location: &str) -> bool {
        self.location.is_some_and(|word| word.is_text(location))
    }

    /// Whether a request must have it; path parameters always are required.
    pub fn is_required(self) -> bool {
        let required = self.target().and_then(|target| target.node().get("required")?.as_bool());
        required == Some(true) || self.is_in("path")
    }

    /// Its schema; in 2.0 the parameter itself describes its type, and only a body has a `schema`.
    pub fn schema(self) -> Option<Schema<'p>> {
        let target = self.target()?;
        if let Some(schema) = target.get("schema") {
            return Some(Schema(schema));
        }
        match target.version() {
            Version::V2_0 => Some(Schema(target)),
            _ => MediaType::list(target, "content").first()?.schema(),
        }
    }

    /// What makes two parameters the same one, so that the operation's stands in for the path's: name and location.
    pub(super) fn identity(self) -> Identity<'p> {
        match self.name() {
            Some(name) => Identity::Named(name, self.location()),
            None => Identity::Nameless(self.written.id()),
        }
    }

    /// Whether this is 2.0's way to describe a request body.
    pub fn is_body(self) -> bool {
        self.is_in("body") || self.is_in("formData")
    }
}

/// What a request carries as content.
#[derive(Clone, Debug)]
pub enum RequestBody<'p> {
    /// A Request Body Object, its `$ref` not yet followed.
    Object(View<'p>),
    /// The `body` or `formData` parameters of 2.0.
    Parameters(Vec<Parameter<'p>>),
}

impl<'p> RequestBody<'p> {
    pub(super) fn of_parameters(parameters: &[Parameter<'p>]) -> Option<RequestBody<'p>> {
        let body: Vec<_> = parameters.iter().copied().filter(|parameter| parameter.is_body()).collect();
        (!body.is_empty()).then_some(RequestBody::Parameters(body))
    }

    /// Whether a request must have it.
    pub fn is_required(&self) -> bool {
        match self {
            RequestBody::Object(body) => {
                body.target().and_then(|target| target.node().get("required")?.as_bool()).unwrap_or(false)
            }
            RequestBody::Parameters(parameters) => parameters.iter().any(|parameter| parameter.is_required()),
        }
    }

    /// Its media types; in 2.0 one without a name that has the schema of the body parameter.
    pub fn content(&self) -> Vec<MediaType<'p>> {
        match self {
            RequestBody::Object(body) => body.target().map(|target| MediaType::list(target, "content")).unwrap_or_default(),
            RequestBody::Parameters(parameters) => {
                let body = parameters.iter().find(|parameter| parameter.location().as_deref() == Some("body"));
                body.and_then(|body| body.target()).map(MediaType::unnamed).into_iter().collect()
            }
        }
    }
}
