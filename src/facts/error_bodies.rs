//! The bodies of errors, read once per schema however many responses have it: which members, down to the third level.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::api::{Api, ResponseFact};
use crate::http::status::{Class, StatusKey};
use crate::openapi::{NodeId, Schema};
use crate::syntax::Node;

/// How many members one body may show. What lies behind is unknown.
const BUDGET: usize = 2_000;
/// How many levels of members are read.
const LEVELS: u8 = 3;

/// The schemas of a description's errors, and which of its schemas serve successes.
#[derive(Debug, Default)]
pub struct ErrorBodies<'p> {
    bodies: FxHashMap<NodeId, ErrorBody<'p>>,
    keys: FxHashMap<NodeId, Vec<StatusKey>>,
    successes: FxHashSet<NodeId>,
}

/// What a schema says about the body of an error.
#[derive(Clone, Debug)]
pub struct ErrorBody<'p> {
    /// What it can look like: one shape, or one for each alternative of `anyOf` and `oneOf`.
    pub shapes: Vec<Shape<'p>>,
    /// Whether it is a list; then the shapes are those of its items.
    pub is_list: bool,
}

/// One thing that a body can look like.
#[derive(Clone, Debug)]
pub struct Shape<'p> {
    /// Its members, in document order.
    pub members: Vec<Member<'p>>,
    /// Whether all members were to be seen.
    pub complete: bool,
}

/// One member of a body.
#[derive(Clone, Debug)]
pub struct Member<'p> {
    /// Its name.
    pub name: Cow<'p, str>,
    /// The key that names it.
    pub key: Node<'p>,
    /// Its schema.
    pub schema: Schema<'p>,
    /// What kind of value it has.
    pub kind: Kind,
    /// The members of its value, of the items of a list.
    pub members: Vec<Member<'p>>,
}

/// What kind of value a member has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the kinds of JSON values")]
pub enum Kind {
    /// It is not told, or there are several.
    Unknown,
    Text,
    Number,
    Boolean,
    List,
    Object,
}

impl<'p> ErrorBodies<'p> {
    pub(super) fn of(api: &Api<'p>) -> Self {
        let mut found = ErrorBodies::default();
        for response in &api.responses {
            match response.status.class() {
                Some(Class::Successful) => found.successes.extend(ids(api, response).map(|(id, _)| id)),
                Some(Class::ClientError | Class::ServerError) => found.add(api, response),
                _ if response.status == StatusKey::Default => found.add(api, response),
                _ => {}
            }
        }
        found
    }

    /// What the schema of an error says.
    pub fn body(&self, schema: Schema<'p>) -> Option<&ErrorBody<'p>> {
        self.bodies.get(&schema.alone().id()?)
    }

    /// Whether the schema serves a success somewhere.
    pub fn serves_success(&self, schema: Schema<'p>) -> bool {
        schema.alone().id().is_some_and(|id| self.successes.contains(&id))
    }

    /// The status keys of the errors that show an example, each once.
    pub fn keys_of_example(&self, id: NodeId) -> &[StatusKey] {
        self.keys.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The status keys of the errors that have a member by this very key of the description.
    pub fn keys_of_member(&self, api: &Api<'p>, member: &Member<'p>) -> &[StatusKey] {
        self.keys_of_example(api.root.with(member.key).id())
    }

    fn add(&mut self, api: &Api<'p>, response: &ResponseFact<'p>) {
        for media_type in api.content_of(response) {
            for example in media_type.examples() {
                self.add_key(api.root.with(example.value).id(), response.status);
            }
            let Some((id, schema)) = media_type.schema().and_then(identified) else { continue };
            let body = self.bodies.entry(id).or_insert_with(|| ErrorBody::of(schema));
            let outer = body.shapes.iter().flat_map(|shape| &shape.members);
            let nodes: Vec<Node<'p>> =
                outer.flat_map(|member| member.members.iter().chain([member])).map(|member| member.key).collect();
            let values = schema.examples().into_iter().map(|example| example.value);
            for node in nodes.into_iter().chain(values) {
                self.add_key(api.root.with(node).id(), response.status);
            }
        }
    }

    fn add_key(&mut self, id: NodeId, key: StatusKey) {
        let keys = self.keys.entry(id).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
}

/// The schemas of a response by the identity of what they are.
fn ids<'a, 'p>(api: &'a Api<'p>, response: &'a ResponseFact<'p>) -> impl Iterator<Item = (NodeId, Schema<'p>)> + use<'a, 'p> {
    let schemas = api.content_of(response).iter().filter_map(|media_type| media_type.schema());
    schemas.filter_map(identified)
}

fn identified(schema: Schema<'_>) -> Option<(NodeId, Schema<'_>)> {
    let schema = schema.alone();
    Some((schema.id()?, schema))
}

impl<'p> ErrorBody<'p> {
    /// Reads a schema.
    fn of(schema: Schema<'p>) -> Self {
        let mut reader = Reader { left: BUDGET };
        match schema.items() {
            Some(items) => ErrorBody { shapes: reader.shapes(items.alone()), is_list: true },
            None => ErrorBody { shapes: reader.shapes(schema), is_list: false },
        }
    }
}

impl<'p> Shape<'p> {
    /// Whether a member on one of the levels passes a test.
    pub fn any(&self, test: &impl Fn(&Member<'p>) -> bool) -> bool {
        self.members.iter().any(|member| member.any(test))
    }

    /// The names on the first level.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_ref())
    }

    /// The member with this name on the first level.
    pub fn get(&self, name: &str) -> Option<&Member<'p>> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl<'p> Member<'p> {
    /// Whether it or a member of it passes a test.
    pub fn any(&self, test: &impl Fn(&Member<'p>) -> bool) -> bool {
        test(self) || self.members.iter().any(|member| member.any(test))
    }

    /// Whether it may have members that nothing is told about.
    pub fn is_open(&self) -> bool {
        let of_items = |schema: Schema<'p>| schema.items().map_or(Kind::Unknown, kind);
        let may_hold = match self.kind {
            Kind::List => matches!(of_items(self.schema), Kind::Unknown | Kind::Object | Kind::List),
            kind => matches!(kind, Kind::Unknown | Kind::Object),
        };
        may_hold && self.members.is_empty()
    }

    /// Whether it is a list of texts.
    pub fn is_list_of_texts(&self) -> bool {
        self.kind == Kind::List && self.schema.items().is_some_and(|items| kind(items) == Kind::Text)
    }
}

/// Reads members until there are too many.
struct Reader {
    left: usize,
}

impl Reader {
    fn shapes<'p>(&mut self, schema: Schema<'p>) -> Vec<Shape<'p>> {
        let branches: Vec<Schema<'p>> = schema.branches().filter(|branch| !is_null(*branch)).collect();
        let own = schema.properties();
        if branches.is_empty() {
            let members = self.members(schema, LEVELS);
            return vec![Shape { members, complete: own.complete && self.left > 0 }];
        }
        let extended = schema.keyword("allOf").is_some();
        let mut shape = |branch: Schema<'p>| {
            let mut members = self.members(schema, LEVELS);
            let more = self.members(branch, LEVELS);
            members.extend(more);
            Shape { members, complete: branch.properties().complete && !extended && self.left > 0 }
        };
        branches.into_iter().map(|branch| shape(branch.alone())).collect()
    }

    fn members<'p>(&mut self, schema: Schema<'p>, levels: u8) -> Vec<Member<'p>> {
        let mut members = Vec::new();
        if levels == 0 {
            return members;
        }
        for property in schema.properties().list {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let inner = self.inner(property.schema, levels - 1);
            let kind = kind(property.schema);
            members.push(Member { name: property.name, key: property.key, schema: property.schema, kind, members: inner });
        }
        members
    }

    /// The members of a value, of the items of a list, of each alternative.
    fn inner<'p>(&mut self, schema: Schema<'p>, levels: u8) -> Vec<Member<'p>> {
        let value = schema.items().unwrap_or(schema);
        let mut members = self.members(value, levels);
        for branch in value.branches() {
            members.extend(self.members(branch.items().unwrap_or(branch), levels));
        }
        members
    }
}

fn is_null(schema: Schema<'_>) -> bool {
    schema.keyword("type").is_some_and(|node| node.is_text("null"))
}

/// What kind of value a schema allows.
fn kind(schema: Schema<'_>) -> Kind {
    let types = schema.types();
    let kinds: FxHashSet<Kind> = types.iter().map(|name| of_type(name)).collect();
    let mut all = kinds.into_iter();
    match (all.next(), all.next()) {
        (Some(kind), None) => kind,
        (None, _) if schema.items().is_some() => Kind::List,
        (None, _) if !schema.properties().list.is_empty() => Kind::Object,
        _ => Kind::Unknown,
    }
}

fn of_type(name: &str) -> Kind {
    match name {
        "string" => Kind::Text,
        "integer" | "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "array" => Kind::List,
        "object" => Kind::Object,
        _ => Kind::Unknown,
    }
}
