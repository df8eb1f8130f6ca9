//! The bodies of errors, read once per schema however many responses have it: which members, down to the third level.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::api::Api;
use super::response::ResponseFact;
use crate::http::media_type;
use crate::http::status::{Class, StatusKey};
use crate::openapi::{MediaType, NodeId, Schema};
use crate::syntax::{Node, unescaped};
use crate::truth::Truth;

/// How many members one body may show. What lies behind is unknown.
const BUDGET: usize = 2_000;
/// How many members all bodies may show; behind that each may show a few more.
const ALL: usize = 1_000_000;
const FEW: usize = 64;
/// How many alternatives one body may have.
const MOST_SHAPES: usize = 256;
/// How many levels of members are read.
const LEVELS: u8 = 3;

/// The schemas of a description's errors, and which of its schemas serve successes.
#[derive(Debug, Default)]
pub struct ErrorBodies<'p> {
    /// The schemas of all responses, and for each response its own. Uses of one definition under one key share them.
    held: Vec<Held>,
    ranges: Vec<Range<u32>>,
    bodies: FxHashMap<NodeId, Box<ErrorBody<'p>>>,
    keys: FxHashMap<NodeId, Vec<StatusKey>>,
    successes: FxHashSet<NodeId>,
    /// How many members the bodies show.
    members: usize,
}

/// The schema of one media type of a response.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Which media type of the response.
    pub position: u32,
    /// The identity of the schema.
    pub id: NodeId,
    /// Whether the media type may carry members: JSON, XML, and what nothing names.
    pub is_readable: bool,
}

/// What a schema says about the body of an error.
#[derive(Clone, Debug)]
pub struct ErrorBody<'p> {
    /// What it can look like: one shape, or one for each alternative of `anyOf` and `oneOf`.
    pub shapes: Box<[Shape<'p>]>,
    /// Whether it is a list; then the shapes are those of its items.
    pub is_list: bool,
    /// The names of the components that it is, or that its items are.
    pub names: Vec<String>,
    /// What rules find in it, looked for once however many responses have it.
    pub finds: Finds<'p>,
}

/// What rules find in the members of a body.
#[derive(Clone, Debug, Default)]
pub struct Finds<'p> {
    /// Whether one of them is written for people.
    pub explains: OnceLock<Truth>,
    /// Whether one of them tells programs what went wrong.
    pub names: OnceLock<Truth>,
    /// The texts that they show and that may give something away.
    pub leaks: OnceLock<Box<[Node<'p>]>>,
    /// The members that tell of the inside of the server.
    pub internals: OnceLock<Box<[Internal<'p>]>>,
}

/// A member that tells of the inside of the server.
#[derive(Clone, Debug)]
pub struct Internal<'p> {
    /// The key that names it.
    pub key: Node<'p>,
    /// Its name.
    pub name: Cow<'p, str>,
    /// What it tells.
    pub what: &'static str,
    /// Whether it does so only where it is the server that failed.
    pub is_of_failures: bool,
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
        let mut known = Known::default();
        let mut shared: FxHashMap<(usize, StatusKey), Range<u32>> = FxHashMap::default();
        for response in &api.responses {
            let sharing = api.repeats(response).map(|first| (first, response.status));
            if let Some(range) = sharing.and_then(|sharing| shared.get(&sharing)) {
                found.ranges.push(range.clone());
                continue;
            }
            let held = match response.status.class() {
                Some(Class::Successful) => found.success(api, response, &mut known),
                Some(Class::ClientError | Class::ServerError) => found.error(api, response, &mut known),
                _ if response.status == StatusKey::Default => found.error(api, response, &mut known),
                _ => Vec::new(),
            };
            let start = found.held.len() as u32;
            found.held.extend(held);
            let range = start..found.held.len() as u32;
            shared.extend(sharing.map(|sharing| (sharing, range.clone())));
            found.ranges.push(range);
        }
        found
    }

    /// The schemas of the response with this index, if it is a success or an error.
    pub fn held(&self, response: usize) -> &[Held] {
        let range = self.ranges.get(response).map(|range| range.start as usize..range.end as usize);
        range.and_then(|range| self.held.get(range)).unwrap_or_default()
    }

    /// What the schema of an error says.
    pub fn body(&self, id: NodeId) -> Option<&ErrorBody<'p>> {
        self.bodies.get(&id).map(AsRef::as_ref)
    }

    /// Whether the schema serves a success somewhere.
    pub fn serves_success(&self, id: NodeId) -> bool {
        self.successes.contains(&id)
    }

    /// The status keys of the errors that show an example, each once.
    pub fn keys_of_example(&self, id: NodeId) -> &[StatusKey] {
        self.keys.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The status keys of the errors that have a member by this very key of the description.
    pub fn keys_of_member(&self, api: &Api<'p>, member: &Member<'p>) -> &[StatusKey] {
        self.keys_of_example(api.root.with(member.key).id())
    }

    fn success(&mut self, api: &Api<'p>, response: &ResponseFact<'p>, known: &mut Known<'p>) -> Vec<Held> {
        let held: Vec<Held> = known.held(api, response).into_iter().map(|(held, _)| held).collect();
        self.successes.extend(held.iter().map(|held| held.id));
        held
    }

    fn error(&mut self, api: &Api<'p>, response: &ResponseFact<'p>, known: &mut Known<'p>) -> Vec<Held> {
        for example in api.content_of(response).iter().flat_map(|media_type| media_type.examples()) {
            self.add_key(api.root.with(example.value).id(), response.status);
        }
        let all = known.held(api, response);
        for (held, schema) in &all {
            let is_new = self.add_key(held.id, response.status);
            let body = self.bodies.entry(held.id).or_insert_with(|| {
                let mut reader = Reader { left: ALL.saturating_sub(self.members).clamp(FEW, BUDGET) };
                let room = reader.left;
                let body = Box::new(ErrorBody::of(*schema, &mut reader));
                self.members += room - reader.left;
                body
            });
            body.add_names(*schema);
            if is_new {
                self.add_keys_of_members(api, held.id, schema.alone(), response.status);
            }
        }
        all.into_iter().map(|(held, _)| held).collect()
    }

    /// The members on the first two levels, and what the schema shows as a whole.
    fn add_keys_of_members(&mut self, api: &Api<'p>, id: NodeId, schema: Schema<'p>, key: StatusKey) {
        let shapes = self.bodies.get(&id).into_iter().flat_map(|body| &body.shapes);
        let outer = shapes.flat_map(|shape| &shape.members);
        let members = outer.flat_map(|member| member.members.iter().chain([member])).map(|member| member.key);
        let nodes: Vec<Node<'p>> = members.chain(schema.examples().into_iter().map(|example| example.value)).collect();
        for node in nodes {
            self.add_key(api.root.with(node).id(), key);
        }
    }

    fn add_key(&mut self, id: NodeId, key: StatusKey) -> bool {
        let keys = self.keys.entry(id).or_default();
        let is_new = !keys.contains(&key);
        keys.extend(is_new.then_some(key));
        is_new
    }
}

/// The identities of schemas that were looked up by the text of their `$ref`, which is the same in many responses.
#[derive(Default)]
struct Known<'p>(FxHashMap<(u32, &'p str), Option<NodeId>>);

impl<'p> Known<'p> {
    fn held(&mut self, api: &Api<'p>, response: &ResponseFact<'p>) -> Vec<(Held, Schema<'p>)> {
        let mut all = Vec::new();
        for (position, media_type) in (0..).zip(api.content_of(response)) {
            let Some(schema) = media_type.schema() else { continue };
            let Some(id) = self.id(schema) else { continue };
            all.push((Held { position, id, is_readable: is_readable(*media_type) }, schema));
        }
        all
    }

    fn id(&mut self, schema: Schema<'p>) -> Option<NodeId> {
        let node = schema.view().node();
        let reference = node.get("$ref").filter(|_| node.entries().nth(1).is_none());
        match reference {
            Some(text) => {
                let key = (node.file().source().id().0, text.raw());
                *self.0.entry(key).or_insert_with(|| schema.alone().id())
            }
            None => schema.alone().id(),
        }
    }
}

fn is_readable(media_type: MediaType<'_>) -> bool {
    let Some(text) = media_type.text() else { return true };
    media_type::MediaType::parse(&text).is_some_and(|parsed| parsed.is_json() || parsed.is_xml() || parsed.is_range())
}

impl<'p> ErrorBody<'p> {
    /// Reads a schema.
    fn of(schema: Schema<'p>, reader: &mut Reader) -> Self {
        let alone = schema.alone();
        let (shapes, is_list) = match alone.items() {
            Some(items) => (reader.shapes(items.alone()), true),
            None => (reader.shapes(alone), false),
        };
        let inner = [Some(alone), alone.items(), alone.items().map(Schema::alone)];
        let mut names: Vec<String> = Vec::new();
        names.extend(inner.into_iter().flatten().filter_map(Schema::component_name).map(Cow::into_owned));
        ErrorBody { shapes: shapes.into(), is_list, names, finds: Finds::default() }
    }

    /// The name under which another response refers to it.
    fn add_names(&mut self, schema: Schema<'p>) {
        let reference = schema.view().node().get("$ref").and_then(Node::text);
        let Some(name) = reference.as_deref().and_then(|text| text.rsplit('/').next()) else { return };
        let name = unescaped(name);
        if !self.names.iter().any(|other| *other == name) {
            self.names.push(name.into_owned());
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
        let branches = schema.branches().filter(|branch| !is_null(*branch));
        let branches: Vec<Schema<'p>> = branches.take(MOST_SHAPES + 1).collect();
        let are_all = branches.len() <= MOST_SHAPES;
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
            Shape { members, complete: branch.properties().complete && !extended && self.left > 0 && are_all }
        };
        branches.into_iter().take(MOST_SHAPES).map(|branch| shape(branch.alone())).collect()
    }

    fn members<'p>(&mut self, schema: Schema<'p>, levels: u8) -> Vec<Member<'p>> {
        let mut members = Vec::new();
        if levels == 0 || self.left == 0 {
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
        for branch in value.branches().take(MOST_SHAPES) {
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
