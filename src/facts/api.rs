//! One description as rows: its paths, operations and responses, each with its owners.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::allow_headers::AllowHeaders;
use super::code_uses::CodeUses;
use super::definition_uses::DefinitionUses;
use super::entity_tags::EntityTags;
use super::error_bodies::ErrorBodies;
use super::error_schemas::ErrorSchemas;
use super::judged::{self, Obstacle};
use super::lookups::{FirstKeys, OperationIds};
use super::noted::Noted;
use super::remembered::Answers;
use super::repeats::Repeats;
use super::response::ResponseFact;
use super::status_keys::StatusKeys;
use super::webdav;
use crate::openapi::{
    Header, MediaType, Operation, Parameter, PathItem, Project, RequestBody, Response, Security, Version, View,
};
use crate::syntax::{Entry, Node};

/// How deep callbacks may nest inside the operations of callbacks.
const CALLBACK_DEPTH: usize = 3;

/// For how many paths at most room is made before they are read. The others are expected to be like these.
const MOST_EXPECTED: usize = 4_096;

/// Who answers: the API, or the client that the API calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The API answers its clients.
    Server,
    /// The client answers a callback that an operation caused.
    Callback,
    /// The client answers a webhook.
    Webhook,
}

impl Role {
    /// The word that rules use.
    pub fn word(self) -> &'static str {
        match self {
            Role::Server => "server",
            Role::Callback => "callback",
            Role::Webhook => "webhook",
        }
    }
}

/// One description.
#[derive(Debug)]
pub struct Api<'p> {
    /// The root of the description.
    pub root: View<'p>,
    /// Its paths, webhooks and callback expressions, in document order.
    pub paths: Vec<PathFact<'p>>,
    /// All operations, in the order of their paths.
    pub operations: Vec<OperationFact<'p>>,
    /// All uses of responses, in the order of their operations.
    pub responses: Vec<ResponseFact<'p>>,
    security: OnceLock<Security<'p>>,
    status_keys: OnceLock<StatusKeys>,
    asks_for_credentials: OnceLock<bool>,
    speaks_webdav: OnceLock<bool>,
    error_schemas: OnceLock<ErrorSchemas<'p>>,
    error_bodies: OnceLock<ErrorBodies<'p>>,
    allow_headers: OnceLock<AllowHeaders>,
    pub(super) code_uses: OnceLock<CodeUses<'p>>,
    pub(super) definition_uses: OnceLock<DefinitionUses>,
    pub(super) entity_tags: OnceLock<EntityTags>,
    pub(super) first_keys: OnceLock<FirstKeys>,
    pub(super) operation_ids: OnceLock<OperationIds<'p>>,
    pub(super) noted: [OnceLock<Noted>; 2],
    pub(super) answers: Answers,
    /// What was met while it was read.
    repeats: Repeats,
}

/// One path with its item.
#[derive(Debug)]
pub struct PathFact<'p> {
    /// The key: the template, the webhook's name, the callback's expression.
    pub key: Node<'p>,
    /// The same as text.
    pub template: Cow<'p, str>,
    /// The path item as written.
    pub item: PathItem<'p>,
    /// Who answers.
    pub role: Role,
    /// The operation that causes the callback, where it is one, as an index of [`Api::operations`].
    pub cause: Option<usize>,
    /// Its operations, as a range of [`Api::operations`].
    pub operations: Range<usize>,
    /// The parameters that its operations share.
    parameters: OnceLock<Box<[Parameter<'p>]>>,
}

/// One operation at one path.
#[derive(Debug)]
pub struct OperationFact<'p> {
    /// Its path, as an index of [`Api::paths`].
    pub path: usize,
    /// Who answers.
    pub role: Role,
    /// The method in upper case.
    pub method: Cow<'static, str>,
    /// The key that names the method.
    pub key: Node<'p>,
    /// The operation.
    pub operation: Operation<'p>,
    /// How reports name it: `GET /orders`, `webhook POST name`.
    pub label: Arc<str>,
    /// Its responses, as a range of [`Api::responses`].
    pub responses: Range<usize>,
    /// Few have one.
    obstacle: Option<Box<Obstacle<'p>>>,
    has_lost_responses: bool,
    /// Whether it has parameters of its own beside those of its path.
    has_parameters: bool,
    /// Whether it is one use too many of what others share: nothing in it is looked at.
    pub is_left_out: bool,
    /// Its rank among all operations in document order; a callback stands inside the operation that causes it.
    pub rank: usize,
    parameters: OnceLock<Box<[Parameter<'p>]>>,
    /// Its own; none where that of the description counts.
    security: OnceLock<Option<Box<Security<'p>>>>,
}

/// Reads a description.
pub fn api<'p>(project: &'p Project, version: Version, root: Node<'p>) -> Api<'p> {
    let root = View::new(project, version, root);
    let mut api = Api {
        root,
        paths: Vec::new(),
        operations: Vec::new(),
        responses: Vec::new(),
        security: OnceLock::new(),
        status_keys: OnceLock::new(),
        asks_for_credentials: OnceLock::new(),
        speaks_webdav: OnceLock::new(),
        error_schemas: OnceLock::new(),
        error_bodies: OnceLock::new(),
        allow_headers: OnceLock::new(),
        code_uses: OnceLock::new(),
        definition_uses: OnceLock::new(),
        entity_tags: OnceLock::new(),
        first_keys: OnceLock::new(),
        operation_ids: OnceLock::new(),
        noted: Default::default(),
        answers: Answers::default(),
        repeats: Repeats::default(),
    };
    for (key, role) in halves(root) {
        if let Some(paths) = root.with_map(key) {
            api.add_paths(paths, role, (None, 0), usize::MAX);
        }
    }
    api.repeats = Repeats::default();
    api.rank();
    api
}

/// Paths and webhooks, which there are since 3.1, in document order.
fn halves(root: View<'_>) -> Vec<(&'static str, Role)> {
    let mut halves = vec![("paths", Role::Server), ("webhooks", Role::Webhook)];
    halves.retain(|(_, role)| *role == Role::Server || root.version() >= Version::V3_1);
    halves.sort_by_key(|(key, _)| root.node().entry(key).map(|entry| entry.key.index()));
    halves
}

impl<'p> Api<'p> {
    /// The operations of a path.
    pub fn operations_of(&self, path: &PathFact<'p>) -> &[OperationFact<'p>] {
        self.operations.get(path.operations.clone()).unwrap_or_default()
    }

    /// The responses of an operation.
    pub fn responses_of(&self, operation: &OperationFact<'p>) -> &[ResponseFact<'p>] {
        self.responses.get(operation.responses.clone()).unwrap_or_default()
    }

    /// The path of an operation.
    pub fn path_of(&self, operation: &OperationFact<'p>) -> Option<&PathFact<'p>> {
        self.paths.get(operation.path)
    }

    /// The operation that uses a response.
    pub fn operation_of(&self, response: &ResponseFact<'p>) -> Option<&OperationFact<'p>> {
        self.operations.get(response.operation)
    }

    /// The operation's parameters and those it has from its path.
    pub fn parameters_of<'a>(&'a self, operation: &'a OperationFact<'p>) -> &'a [Parameter<'p>] {
        let Some(path) = self.path_of(operation).filter(|_| !operation.is_left_out) else { return &[] };
        if operation.has_parameters {
            return operation.parameters.get_or_init(|| operation.operation.parameters(path.item).into());
        }
        path.parameters.get_or_init(|| path.item.parameters().into())
    }

    /// What the operation's requests carry.
    pub fn request_of(&self, operation: &OperationFact<'p>) -> Option<RequestBody<'p>> {
        operation.operation.request_body(self.parameters_of(operation))
    }

    /// The operation's effective security.
    pub fn security_of<'a>(&'a self, operation: &'a OperationFact<'p>) -> &'a Security<'p> {
        let own = operation.security.get_or_init(|| operation.operation.security(self.root).map(Box::new));
        own.as_deref().unwrap_or_else(|| self.security.get_or_init(|| Security::of(self.root, self.root)))
    }

    /// Whether any operation asks for credentials.
    pub fn asks_for_credentials(&self) -> bool {
        let asks = |operation: &OperationFact<'p>| self.security_of(operation).schemes().next().is_some();
        *self.asks_for_credentials.get_or_init(|| self.operations.iter().any(asks))
    }

    /// Whether it is a description of WebDAV.
    pub fn speaks_webdav(&self) -> bool {
        *self.speaks_webdav.get_or_init(|| webdav::is_spoken(self))
    }

    /// The header fields of a response.
    pub fn headers_of<'a>(&'a self, response: &'a ResponseFact<'p>) -> &'a [Header<'p>] {
        let response = self.first_use_of(response);
        response.parts().headers.get_or_init(|| response.definition.map(Response::headers).unwrap_or_default().into())
    }

    /// Whether a response certainly has no header fields.
    pub fn is_bare(&self, response: &ResponseFact<'p>) -> bool {
        response
            .definition
            .is_some_and(|definition| !definition.0.is_lost("headers") && definition.headers_map().next().is_none())
    }

    /// The content of a response.
    pub fn content_of<'a>(&'a self, response: &'a ResponseFact<'p>) -> &'a [MediaType<'p>] {
        let response = self.standing_for(response);
        response.parts().content.get_or_init(|| {
            let produces = self.operation_of(response).and_then(|operation| operation.operation.produces(self.root));
            response.definition.map(|definition| definition.content(produces)).unwrap_or_default().into()
        })
    }

    /// Whether a response is described with content; `None` where what stands in place of it leads nowhere.
    pub fn has_content(&self, response: &ResponseFact<'p>) -> Option<bool> {
        let response = self.first_use_of(response);
        *response.parts().has_content.get_or_init(|| {
            let definition = response.definition.filter(|definition| !definition.0.is_lost("content"))?;
            Some(definition.content_key().is_some())
        })
    }

    /// The first use of the same shared definition: what stands in it is read once.
    pub(super) fn first_use_of<'a>(&'a self, response: &'a ResponseFact<'p>) -> &'a ResponseFact<'p> {
        response.first_use().and_then(|first| self.responses.get(first)).unwrap_or(response)
    }

    /// How the status keys of the description are written.
    pub fn status_keys(&self) -> &StatusKeys {
        self.status_keys.get_or_init(|| StatusKeys::of(self))
    }

    /// The schemas that carry its errors.
    pub fn error_schemas(&self) -> &ErrorSchemas<'p> {
        self.error_schemas.get_or_init(|| ErrorSchemas::of(self))
    }

    /// What those schemas look like.
    pub fn error_bodies(&self) -> &ErrorBodies<'p> {
        self.error_bodies.get_or_init(|| ErrorBodies::of(self))
    }

    /// The `Allow` headers that its responses show.
    pub fn allow_headers(&self) -> &AllowHeaders {
        self.allow_headers.get_or_init(|| AllowHeaders::of(self))
    }

    /// Whether security is what the root of the description says, and that could not be read.
    pub fn is_unseen(&self, security: &Security<'p>) -> bool {
        let own = self.root.node().entry("security");
        let is_of_root = security.origin.is_none_or(|origin| own.is_some_and(|entry| entry.key == origin));
        is_of_root && (self.root_is_cut_off() || own.is_some_and(|entry| entry.value.is_damaged()))
    }

    /// Whether the root of the description may have keys that could not be read, such as its `security`.
    pub fn root_is_cut_off(&self) -> bool {
        let node = self.root.node();
        let inside = |entry: &Entry<'_>, range: &Range<u32>| {
            let (key, value) = (entry.key.span(), entry.value.span());
            key.start < range.start && range.end < value.end
        };
        node.file().tree().damage().iter().any(|range| !node.entries().any(|entry| inside(&entry, range)))
    }

    /// Whether all of its paths, operations and responses were found and could be read.
    pub fn is_whole(&self) -> bool {
        let is_lost = |operation: &OperationFact<'p>| operation.is_damaged() || operation.lost_responses();
        let is_lost_half = ["paths", "webhooks"].into_iter().any(|half| self.root.is_lost(half));
        !is_lost_half
            && !self.root_is_cut_off()
            && !self.paths.iter().any(PathFact::is_unreadable)
            && !self.operations.iter().any(is_lost)
    }

    fn rank(&mut self) {
        // Without callbacks they stand in document order.
        if self.paths.iter().all(|path| path.cause.is_none()) {
            return;
        }
        let mut lines: Vec<(Vec<usize>, usize)> = (0..self.operations.len()).map(|index| (self.line(index), index)).collect();
        lines.sort_unstable();
        for (rank, (_, index)) in lines.into_iter().enumerate() {
            if let Some(operation) = self.operations.get_mut(index) {
                operation.rank = rank;
            }
        }
    }

    /// An operation behind those that cause it.
    fn line(&self, index: usize) -> Vec<usize> {
        let path = self.operations.get(index).and_then(|operation| self.path_of(operation));
        let mut line = path.and_then(|path| path.cause).map(|cause| self.line(cause)).unwrap_or_default();
        line.push(index);
        line
    }

    /// Adds so many of the paths at most; of those of a callback what causes it, and how many callbacks lead there.
    fn add_paths(&mut self, paths: View<'p>, role: Role, (cause, depth): (Option<usize>, usize), most: usize) {
        // About what most descriptions have; room that is not used costs nothing.
        let count = paths.node().entries().take(most.min(MOST_EXPECTED)).count();
        self.paths.reserve(count);
        self.operations.reserve(2 * count);
        self.responses.reserve(8 * count);
        for (number, entry) in paths.node().entries().filter(|entry| is_path(entry.key)).take(most).enumerate() {
            if number == MOST_EXPECTED {
                self.make_room(paths.node().entries().skip(number).count());
            }
            self.add_path(paths, entry, role, cause, depth);
        }
    }

    /// Makes room for so many more paths that are like those before them.
    fn make_room(&mut self, paths: usize) {
        let (known, operations, responses) = (self.paths.len(), self.operations.len(), self.responses.len());
        let expected = |count: usize| paths * count / known.max(1) * 9 / 8;
        self.paths.reserve(paths);
        self.operations.reserve(expected(operations));
        self.responses.reserve(expected(responses));
    }

    fn add_path(&mut self, paths: View<'p>, entry: Entry<'p>, role: Role, cause: Option<usize>, depth: usize) {
        let item = PathItem(paths.with(entry.value));
        let template = entry.key.text().unwrap_or_default();
        let path = self.paths.len();
        let first = self.operations.len();
        let mut list = item.operations();
        if !self.repeats.has_room_for(item.0) {
            list.truncate(1);
        }
        for (method, operation) in list {
            self.add_operation(path, (item, &template), role, &method, paths.with(operation.value), operation);
        }
        let operations = first..self.operations.len();
        let parameters = OnceLock::new();
        self.paths.push(PathFact { key: entry.key, template, item, role, cause, operations: operations.clone(), parameters });
        if depth < CALLBACK_DEPTH {
            for operation in operations {
                self.add_callbacks(operation, depth);
            }
        }
    }

    fn add_operation(
        &mut self,
        path: usize,
        (item, template): (PathItem<'p>, &str),
        role: Role,
        method: &str,
        view: View<'p>,
        entry: Entry<'p>,
    ) {
        if !view.node().is_map() {
            return;
        }
        let method = in_upper_case(method);
        let label = match role {
            Role::Server => format!("{method} {template}"),
            Role::Callback | Role::Webhook => format!("{} {method} {template}", role.word()),
        };
        // OpenAPI allows no `$ref` in place of an operation; split descriptions have them all the same.
        let operation = Operation(view.target().filter(|target| target.node().is_map()).unwrap_or(view));
        let first = self.responses.len();
        let index = self.operations.len();
        let has_room = self.repeats.takes(operation, item, self.root);
        let entries = if has_room { operation.responses() } else { Vec::new() };
        for entry in entries {
            let mut response = ResponseFact::new(index, operation.0, entry);
            let shared = response.definition_id().filter(|_| response.is_shared());
            response.first_use = shared.map(|id| self.repeats.first_use(id, self.responses.len() as u32));
            self.responses.push(response);
        }
        let responses = first..self.responses.len();
        let mut fact = OperationFact {
            path,
            role,
            method,
            key: entry.key,
            operation,
            label: label.into(),
            responses,
            obstacle: None,
            has_lost_responses: has_lost_responses(operation),
            has_parameters: operation.0.node().get("parameters").is_some(),
            is_left_out: !has_room,
            rank: index,
            parameters: OnceLock::new(),
            security: OnceLock::new(),
        };
        let too_many = || Some(judged::too_many(fact.key, operation.0));
        fact.obstacle = if has_room { judged::obstacle(self, &fact) } else { too_many() }.map(Box::new);
        self.operations.push(fact);
    }

    fn add_callbacks(&mut self, operation: usize, depth: usize) {
        let Some(Operation(view)) = self.operations.get(operation).map(|fact| fact.operation) else { return };
        if view.node().get("callbacks").is_none() || !self.repeats.enters(Operation(view), depth > 0) {
            return;
        }
        for entry in view.entries_of("callbacks").collect::<Vec<_>>() {
            let Some(callback) = view.with(entry.value).target() else { continue };
            // One that is not looked at stands for the others.
            let most = if self.repeats.has_room_for(callback) { usize::MAX } else { 1 };
            self.add_paths(callback, Role::Callback, (Some(operation), depth + 1), most);
        }
    }
}

/// A method in upper case; those that are everywhere take no room.
fn in_upper_case(method: &str) -> Cow<'static, str> {
    const KNOWN: [&str; 9] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];
    let known = KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(method));
    known.map_or_else(|| Cow::Owned(method.to_ascii_uppercase()), Cow::Borrowed)
}

fn is_path(key: Node<'_>) -> bool {
    key.text().is_some_and(|text| !text.starts_with("x-") && text != "$ref")
}

impl PathFact<'_> {
    /// Whether part of the path item could not be read, so that it may have operations that nobody sees.
    pub fn is_unreadable(&self) -> bool {
        judged::unreadable(self.item.0).is_some()
    }
}

impl<'p> View<'p> {
    /// The map under a key, a `$ref` in its place followed.
    fn with_map(self, key: &str) -> Option<View<'p>> {
        self.get(key)?.target()
    }
}

impl<'p> OperationFact<'p> {
    /// Why it cannot be looked at whole.
    pub fn obstacle(&self) -> Option<Obstacle<'p>> {
        self.obstacle.as_deref().copied()
    }

    /// Whether part of it could not be read, so that no rule looks at it.
    pub fn is_damaged(&self) -> bool {
        matches!(self.obstacle(), Some(Obstacle::Damage(_)))
    }

    /// Whether its responses could not be found or are no map, so that nothing is known about them.
    pub fn lost_responses(&self) -> bool {
        self.has_lost_responses
    }
}

fn has_lost_responses(operation: Operation<'_>) -> bool {
    let view = operation.0;
    let found = operation.responses_entry().map(|entry| view.with(entry.value).target());
    // A `$ref` in place of the operation that leads somewhere was followed.
    let is_elsewhere = || view.node().get("$ref").is_some();
    found.map_or_else(is_elsewhere, |responses| responses.is_none_or(|responses| !responses.node().is_map()))
}
