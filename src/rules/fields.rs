//! The nouns of rules and their fields: what the loader accepts, and where each value comes from.

use std::borrow::Cow;

use super::condition::Literal;
use super::evaluate::{Row, Subject};
use super::observed_fields;
use super::predicates::Reads;
use super::value::{List, Record, Value};
use crate::facts::{OperationFact, ResponseFact};
use crate::http::status::{StatusKey, registration};
use crate::openapi::{MediaType, Schema, Version};
use crate::syntax::Node;

/// What a rule can select, and what fields lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noun {
    /// A whole description.
    Document,
    /// A path with its operations.
    Path,
    /// An operation.
    Operation,
    /// A response under one status key.
    Response,
    /// A header field of a response.
    Header,
    /// A media type of a response or request.
    MediaType,
    /// A schema.
    Schema,
    /// A parameter of an operation.
    Parameter,
    /// What requests carry.
    Request,
    /// A scheme of a security requirement.
    Scheme,
    /// A request with its response, as a recording has them.
    Exchange,
    /// The request of an exchange.
    SentRequest,
}

/// What a field holds, and so how its checks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text, compared as it is.
    Text,
    /// A text, compared without regard to case: methods, header names, schemes.
    Name,
    /// A media type, compared without its parameters.
    MediaType,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A status key, compared as a set.
    Status,
    /// The status keys of an operation: asked which statuses it describes.
    Answers,
    /// Something with fields of its own.
    Record(Noun),
    /// Several of the same.
    List(Item),
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Texts.
    Text,
    /// Names, compared without regard to case.
    Name,
    /// Things with fields of their own; `has` asks for their name.
    Record(Noun),
    /// Lists of such things.
    Lists(Noun),
}

/// A field that conditions can ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the rule language, described in `Noun::fields`")]
pub enum Field {
    Version,
    Witness,
    Role,
    Servers,
    Schemes,
    Paths,
    Operations,
    Template,
    Templated,
    EndsInVariable,
    Method,
    OperationName,
    Summary,
    Description,
    Tags,
    Deprecated,
    Parameters,
    Request,
    Security,
    Secured,
    Responses,
    Answers,
    Key,
    Quoted,
    Status,
    Registration,
    Headers,
    Body,
    Content,
    Links,
    Component,
    Name,
    Required,
    In,
    Schema,
    Values,
    MediaType,
    Examples,
    Type,
    Scopes,
    Format,
    SentRequest,
    Credentials,
}

type Row3 = (&'static str, Field, FieldKind);

const SECURED: FieldKind = FieldKind::Word(&["required", "optional", "none"]);
const REGISTRATION: FieldKind = FieldKind::Word(&["registered", "temporary", "deprecated", "reserved", "vendor", "none"]);
const ANY: &[Row3] = &[
    ("version", Field::Version, FieldKind::Word(&["2.0", "3.0", "3.1", "3.2"])),
    ("witness", Field::Witness, FieldKind::Word(&["declared", "observed"])),
    ("role", Field::Role, FieldKind::Word(&["server", "callback", "webhook"])),
];
const DOCUMENT: &[Row3] = &[
    ("servers", Field::Servers, FieldKind::List(Item::Text)),
    ("schemes", Field::Schemes, FieldKind::List(Item::Text)),
    ("paths", Field::Paths, FieldKind::List(Item::Record(Noun::Path))),
    ("operations", Field::Operations, FieldKind::List(Item::Record(Noun::Operation))),
];
const PATH: &[Row3] = &[
    ("template", Field::Template, FieldKind::Text),
    ("templated", Field::Templated, FieldKind::Boolean),
    ("ends-in-variable", Field::EndsInVariable, FieldKind::Boolean),
    ("operations", Field::Operations, FieldKind::List(Item::Record(Noun::Operation))),
];
const OPERATION: &[Row3] = &[("description", Field::Description, FieldKind::Text)];
const RESPONSE: &[Row3] = &[
    ("key", Field::Key, FieldKind::Text),
    ("quoted", Field::Quoted, FieldKind::Boolean),
    ("status", Field::Status, FieldKind::Status),
    ("registration", Field::Registration, REGISTRATION),
    ("description", Field::Description, FieldKind::Text),
    ("headers", Field::Headers, FieldKind::List(Item::Record(Noun::Header))),
    ("body", Field::Body, FieldKind::Boolean),
    ("content", Field::Content, FieldKind::List(Item::Record(Noun::MediaType))),
    ("links", Field::Links, FieldKind::List(Item::Text)),
    ("component", Field::Component, FieldKind::Text),
];
/// What an exchange has beside what a response has.
const EXCHANGE: &[Row3] = &[("request", Field::SentRequest, FieldKind::Record(Noun::SentRequest))];
/// Fields of an operation that a response of it also answers for.
const OF_OPERATION: &[Row3] = &[
    ("method", Field::Method, FieldKind::Name),
    ("name", Field::OperationName, FieldKind::Text),
    ("summary", Field::Summary, FieldKind::Text),
    ("tags", Field::Tags, FieldKind::List(Item::Text)),
    ("deprecated", Field::Deprecated, FieldKind::Boolean),
    ("parameters", Field::Parameters, FieldKind::List(Item::Record(Noun::Parameter))),
    ("request", Field::Request, FieldKind::Record(Noun::Request)),
    ("security", Field::Security, FieldKind::List(Item::Lists(Noun::Scheme))),
    ("secured", Field::Secured, SECURED),
    ("responses", Field::Responses, FieldKind::List(Item::Record(Noun::Response))),
    ("answers", Field::Answers, FieldKind::Answers),
    ("template", Field::Template, FieldKind::Text),
    ("templated", Field::Templated, FieldKind::Boolean),
    ("ends-in-variable", Field::EndsInVariable, FieldKind::Boolean),
];
const HEADER: &[Row3] = &[
    ("name", Field::Name, FieldKind::Name),
    ("required", Field::Required, FieldKind::Boolean),
    ("schema", Field::Schema, FieldKind::Record(Noun::Schema)),
    ("values", Field::Values, FieldKind::List(Item::Text)),
];
const MEDIA_TYPE: &[Row3] = &[
    ("media-type", Field::MediaType, FieldKind::MediaType),
    ("schema", Field::Schema, FieldKind::Record(Noun::Schema)),
    ("examples", Field::Examples, FieldKind::List(Item::Text)),
];
const SCHEMA: &[Row3] = &[("type", Field::Type, FieldKind::List(Item::Text)), ("format", Field::Format, FieldKind::Text)];
const PARAMETER: &[Row3] = &[
    ("name", Field::Name, FieldKind::Name),
    ("in", Field::In, FieldKind::Word(&["path", "query", "querystring", "header", "cookie", "body", "formData"])),
    ("required", Field::Required, FieldKind::Boolean),
    ("schema", Field::Schema, FieldKind::Record(Noun::Schema)),
];
const REQUEST: &[Row3] = &[
    ("required", Field::Required, FieldKind::Boolean),
    ("content", Field::Content, FieldKind::List(Item::Record(Noun::MediaType))),
];
const SCHEME: &[Row3] = &[
    ("scheme", Field::Name, FieldKind::Name),
    ("type", Field::Type, FieldKind::Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
    ("scopes", Field::Scopes, FieldKind::List(Item::Text)),
];

const SENT_REQUEST: &[Row3] = &[
    ("headers", Field::Headers, FieldKind::List(Item::Record(Noun::Header))),
    ("body", Field::Body, FieldKind::Boolean),
    ("content", Field::Content, FieldKind::List(Item::Record(Noun::MediaType))),
    ("credentials", Field::Credentials, FieldKind::Word(&["present", "none"])),
];

impl FieldKind {
    /// A text as it is compared with a field of this kind.
    pub(super) fn literal(self, text: &str) -> Literal {
        match self {
            FieldKind::Name => Literal::Name(text.to_owned()),
            FieldKind::MediaType => Literal::MediaType(text.to_owned()),
            _ => Literal::Text(text.to_owned()),
        }
    }
}

impl Noun {
    /// The nouns that `select` accepts.
    pub const SELECTABLE: [(&'static str, Noun); 5] = [
        ("document", Noun::Document),
        ("path", Noun::Path),
        ("operation", Noun::Operation),
        ("response", Noun::Response),
        ("exchange", Noun::Exchange),
    ];

    /// All nouns: what rules select, and what fields lead to.
    pub const ALL: [Noun; 12] = [
        Noun::Document,
        Noun::Path,
        Noun::Operation,
        Noun::Response,
        Noun::Header,
        Noun::MediaType,
        Noun::Schema,
        Noun::Parameter,
        Noun::Request,
        Noun::Scheme,
        Noun::Exchange,
        Noun::SentRequest,
    ];

    /// The fields of this noun: name in the rule language, field, and what it holds.
    pub fn fields(self) -> impl Iterator<Item = &'static (&'static str, Field, FieldKind)> {
        let (own, inherited): (&[Row3], &[Row3]) = match self {
            Noun::Document => (DOCUMENT, ANY),
            Noun::Path => (PATH, ANY),
            Noun::Operation => (OPERATION, ANY),
            Noun::Response => (RESPONSE, ANY),
            Noun::Header => (HEADER, &[]),
            Noun::MediaType => (MEDIA_TYPE, &[]),
            Noun::Schema => (SCHEMA, &[]),
            Noun::Parameter => (PARAMETER, &[]),
            Noun::Request => (REQUEST, &[]),
            Noun::Scheme => (SCHEME, &[]),
            Noun::Exchange => (EXCHANGE, ANY),
            Noun::SentRequest => (SENT_REQUEST, &[]),
        };
        let of_response: &[Row3] = if self == Noun::Exchange { RESPONSE } else { &[] };
        let has_operation = matches!(self, Noun::Operation | Noun::Response | Noun::Exchange);
        let shared: &[Row3] = if has_operation { OF_OPERATION } else { &[] };
        // The request of an exchange is the one that was sent, not the one that is described.
        let is_own = move |(name, ..): &&Row3| own.iter().all(|(other, ..)| other != name);
        own.iter().chain(of_response).chain(shared.iter().filter(is_own)).chain(inherited)
    }

    /// The field with this name.
    pub fn field(self, name: &str) -> Option<(Field, FieldKind)> {
        self.fields().find(|(other, ..)| *other == name).map(|&(_, field, kind)| (field, kind))
    }

    /// Whether asking a response for this field asks the operation that uses it.
    pub(super) fn reads_operation(self, field: Field) -> bool {
        self == Noun::Response && (field == Field::Role || OF_OPERATION.iter().any(|&(_, other, _)| other == field))
    }

    /// What of a response is asked for this field.
    pub(super) fn reads(self, field: Field) -> Reads {
        match field {
            _ if self.reads_operation(field) => Reads::Operation,
            Field::Description => Reads::Response,
            Field::Headers => Reads::Headers,
            Field::Key | Field::Quoted | Field::Status | Field::Registration | Field::Version | Field::Witness => Reads::Key,
            _ => Reads::Definition,
        }
    }
}

/// The value of a field of a row.
pub(super) fn of_row<'a>(row: &Row<'a, '_>, field: Field) -> Value<'a> {
    match row.subject {
        Subject::Document => of_document(row, field),
        Subject::Path(_) => of_path(row, field),
        Subject::Operation(_) => row.operation().map_or(Value::Unknown, |operation| of_operation(row, operation, field)),
        Subject::Response(_) => row.response().map_or(Value::Unknown, |response| of_response(row, response, field)),
        Subject::Exchange => row.exchange().map_or(Value::Unknown, |exchange| observed_fields::of_exchange(row, exchange, field)),
    }
}

/// The value of a field of a record.
pub(super) fn of_record<'a>(row: &Row<'a, '_>, record: &Record<'a>, field: Field) -> Value<'a> {
    match record {
        Record::Row(subject) => of_row(&row.at(*subject), field),
        Record::Observed(part) => {
            row.exchange().map_or(Value::Unknown, |exchange| observed_fields::of_part(exchange, *part, field))
        }
        Record::Header(header) => match field {
            Field::Name => Value::Text(header.name()),
            _ if header.target().is_none() => Value::Unknown,
            Field::Required => Value::Boolean(header.is_required()),
            Field::Schema => of_schema_option(header.schema()),
            Field::Values => Value::texts(header.values().into_iter().filter_map(|example| example.value.text())),
            _ => Value::Unknown,
        },
        Record::MediaType(media_type) => of_media_type(*media_type, field),
        Record::Schema(schema) => of_schema(*schema, field),
        Record::Parameter(parameter) => match field {
            _ if parameter.target().is_none() => Value::Unknown,
            Field::Name => Value::text(parameter.name()),
            Field::In => Value::text(parameter.location()),
            Field::Required => Value::Boolean(parameter.is_required()),
            Field::Schema => of_schema_option(parameter.schema()),
            _ => Value::Unknown,
        },
        Record::Request(request) => match field {
            Field::Required => Value::Boolean(request.is_required()),
            Field::Content => {
                Value::list(request.content().into_iter().map(|item| Value::Record(Record::MediaType(item))).collect())
            }
            _ => Value::Unknown,
        },
        Record::Scheme(scheme) => match field {
            Field::Name => Value::Text(Cow::Borrowed(&scheme.name)),
            Field::Type => scheme.kind.map_or(Value::Unknown, |kind| Value::Text(Cow::Borrowed(kind.word()))),
            Field::Scopes => Value::texts(scheme.scopes.iter().cloned()),
            _ => Value::Unknown,
        },
    }
}

pub(super) fn of_any<'a>(row: &Row<'a, '_>, field: Field) -> Value<'a> {
    match field {
        Field::Version => Value::Text(Cow::Borrowed(row.api.root.version().word())),
        Field::Witness => Value::Text(Cow::Borrowed(row.witness().word())),
        Field::Role => row.role().map_or(Value::Unknown, |role| Value::Text(Cow::Borrowed(role.word()))),
        _ => Value::Unknown,
    }
}

fn of_document<'a>(row: &Row<'a, '_>, field: Field) -> Value<'a> {
    let root = row.api.root;
    match field {
        Field::Servers => {
            Value::texts(root.node().get("servers").into_iter().flat_map(Node::items).filter_map(|server| server.get_str("url")))
        }
        Field::Schemes => {
            let holder = if root.version() == Version::V2_0 { Some(root) } else { root.get("components") };
            let key = if root.version() == Version::V2_0 { "securityDefinitions" } else { "securitySchemes" };
            Value::texts(holder.into_iter().flat_map(|holder| holder.entries_of(key)).filter_map(|entry| entry.key.text()))
        }
        Field::Paths => Value::List(List::Rows(0..row.api.paths.len(), Subject::Path)),
        Field::Operations => Value::List(List::Rows(0..row.api.operations.len(), Subject::Operation)),
        _ => of_any(row, field),
    }
}

fn of_path<'a>(row: &Row<'a, '_>, field: Field) -> Value<'a> {
    let Some(path) = row.path() else { return Value::Unknown };
    match field {
        Field::Template => Value::Text(Cow::Borrowed(&path.template)),
        Field::Templated => Value::Boolean(path.template.contains('{')),
        Field::EndsInVariable => Value::Boolean(path.template.trim_end_matches('/').ends_with('}')),
        Field::Operations => Value::List(List::Rows(path.operations.clone(), Subject::Operation)),
        _ => of_any(row, field),
    }
}

pub(super) fn of_operation<'a, 'p>(row: &Row<'a, 'p>, fact: &'a OperationFact<'p>, field: Field) -> Value<'a> {
    let view = fact.operation.0;
    match field {
        Field::Method => Value::Text(Cow::Borrowed(&fact.method)),
        Field::OperationName => Value::text(view.text("operationId")),
        Field::Summary => Value::text(view.text("summary")),
        Field::Description => Value::text(view.text("description")),
        Field::Tags => Value::texts(view.node().get("tags").into_iter().flat_map(Node::items).filter_map(Node::text)),
        Field::Deprecated => Value::Boolean(view.node().get("deprecated").and_then(Node::as_bool).unwrap_or(false)),
        Field::Parameters => Value::List(List::Parameters(row.api.parameters_of(fact))),
        Field::Request => row.api.request_of(fact).map_or(Value::Absent, |request| Value::Record(Record::Request(request))),
        Field::Security | Field::Secured => of_security(row, fact, field),
        Field::Responses if fact.lost_responses() => Value::Unknown,
        Field::Responses => Value::List(List::Rows(fact.responses.clone(), Subject::Response)),
        Field::Answers => answers(fact),
        Field::Template | Field::Templated | Field::EndsInVariable => of_path(&row.at(Subject::Path(fact.path)), field),
        _ => of_any(row, field),
    }
}

fn of_security<'a, 'p>(row: &Row<'a, 'p>, fact: &'a OperationFact<'p>, field: Field) -> Value<'a> {
    let security = row.api.security_of(fact);
    if row.api.is_unseen(security) {
        return Value::Unknown;
    }
    if field == Field::Secured {
        let word = match (security.is_required(), security.is_optional()) {
            (true, _) => "required",
            (_, true) if security.schemes().next().is_some() => "optional",
            _ => "none",
        };
        return Value::Text(Cow::Borrowed(word));
    }
    Value::List(List::Alternatives(&security.alternatives))
}

fn answers<'a>(fact: &OperationFact<'_>) -> Value<'a> {
    if fact.lost_responses() {
        return Value::Unknown;
    }
    Value::Answers(fact.responses.clone())
}

fn of_response<'a, 'p>(row: &Row<'a, 'p>, fact: &'a ResponseFact<'p>, field: Field) -> Value<'a> {
    match field {
        Field::Key => return Value::Text(Cow::Borrowed(fact.text())),
        Field::Quoted => return Value::Boolean(fact.key.is_quoted()),
        Field::Status => return Value::Status(fact.status),
        Field::Registration => return of_registration(fact.status),
        Field::Version | Field::Witness => return of_any(row, field),
        Field::Component => {
            return fact.component().filter(|_| fact.is_shared()).map_or(Value::Absent, |name| Value::Text(Cow::Owned(name)));
        }
        _ if Noun::Response.reads_operation(field) => {
            return row.operation().map_or(Value::Unknown, |operation| of_operation(row, operation, field));
        }
        _ => {}
    }
    if field == Field::Body {
        return row.api.has_content(fact).map_or(Value::Unknown, Value::Boolean);
    }
    let Some(definition) = fact.definition else { return Value::Unknown };
    let key = match field {
        Field::Headers => "headers",
        Field::Content => "content",
        Field::Links => "links",
        _ => "",
    };
    match field {
        _ if definition.0.is_lost(key) => Value::Unknown,
        Field::Description => Value::text(fact.description()),
        Field::Headers => Value::List(List::Headers(row.api.headers_of(fact))),
        Field::Content => Value::List(List::MediaTypes(row.api.content_of(fact))),
        Field::Links => Value::texts(definition.links()),
        _ => of_any(row, field),
    }
}

pub(super) fn of_registration<'a>(status: StatusKey) -> Value<'a> {
    match status {
        StatusKey::Code(code) => Value::Text(Cow::Borrowed(registration(code).word())),
        _ => Value::Absent,
    }
}

fn of_media_type(media_type: MediaType<'_>, field: Field) -> Value<'_> {
    match field {
        Field::MediaType => media_type.text().map_or(Value::Unknown, Value::Text),
        _ if media_type.target().is_none() => Value::Unknown,
        Field::Schema => of_schema_option(media_type.schema()),
        Field::Examples => Value::texts(media_type.examples().into_iter().map(|example| Cow::Borrowed(example.value.raw()))),
        _ => Value::Unknown,
    }
}

fn of_schema_option(schema: Option<Schema<'_>>) -> Value<'_> {
    schema.map_or(Value::Absent, |schema| Value::Record(Record::Schema(schema)))
}

fn of_schema(schema: Schema<'_>, field: Field) -> Value<'_> {
    match field {
        _ if schema.target().is_none() => Value::Unknown,
        Field::Type => Value::texts(schema.types()),
        Field::Format => Value::text(schema.keyword("format").and_then(Node::text)),
        _ => Value::Unknown,
    }
}
