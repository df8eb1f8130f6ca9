//! Schemas, which the caller compares.

use std::rc::Rc;

use super::compare::{Comparison, Like};
use super::media_types::Type;
use super::response::Meeting;
use super::{Change, Class, SchemaChange};
use crate::openapi::{MediaType, NodeId, Schema, Version};

/// What describes the content of a media type. A schema of the items beside one of the whole is compared for itself.
#[derive(Clone, Copy)]
enum Described<'p> {
    /// A schema of the whole.
    Whole(Schema<'p>),
    /// A schema of the items of a stream (3.2).
    Items(Schema<'p>),
    /// Nothing, or a schema that allows everything.
    Nothing,
}

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Compares what two media types say about their content.
    pub(super) fn media_types(&mut self, meeting: Meeting<'a, 'o, 'n>, old: MediaType<'o>, new: MediaType<'n>) {
        if let (Some(_), Some(one), Some(_), Some(other)) = (whole(old), items(old), whole(new), items(new)) {
            self.body(meeting, new, one, other);
        }
        if are_bytes(old) && are_bytes(new) && !(has_media_type(old) && has_media_type(new)) {
            return;
        }
        match (described(old), described(new)) {
            (Described::Whole(one), Described::Whole(other)) | (Described::Items(one), Described::Items(other)) => {
                self.body(meeting, new, one, other);
            }
            (Described::Whole(one), Described::Items(other)) if one.items().is_some() => {
                one.items().into_iter().for_each(|one| self.body(meeting, new, one, other));
            }
            (Described::Items(one), Described::Whole(other)) if other.items().is_some() => {
                other.items().into_iter().for_each(|other| self.body(meeting, new, one, other));
            }
            (Described::Whole(one) | Described::Items(one), Described::Nothing) => {
                let message = "nothing describes the content any more, and anything may come".to_owned();
                let change = Change::new("response-schema-removed", self.widened(Class::Risky), message);
                self.say_of(meeting, new, change.at(schema_key(one), new.name.unwrap_or(meeting.new.key)));
            }
            (Described::Nothing, Described::Whole(other) | Described::Items(other)) => {
                let change =
                    Change::new("response-schema-added", Class::Compatible, "a schema describes the content now".to_owned());
                self.say_of(meeting, new, change.at(old.name.unwrap_or(meeting.old.key), schema_key(other)));
            }
            (Described::Nothing, Described::Nothing) => {}
            (Described::Whole(one) | Described::Items(one), Described::Whole(other) | Described::Items(other)) => {
                let message = "a schema of the whole and one of the items of a stream cannot be compared".to_owned();
                let change = Change::new("schema-comparison-unknown", Class::Risky, message);
                self.say_of(meeting, new, change.at(schema_key(one), schema_key(other)));
            }
        }
    }

    /// Adds a change of what one media type says.
    fn say_of(&mut self, meeting: Meeting<'a, 'o, 'n>, media_type: MediaType<'n>, change: Change<'o, 'n>) {
        let (media_type, is_one_of_several) = self.named(meeting, media_type);
        self.say(meeting, Change { media_type, is_one_of_several, ..change });
    }

    /// The name of a media type, and whether it is one of several. In 2.0 all have the same schema.
    fn named(&self, meeting: Meeting<'a, 'o, 'n>, media_type: MediaType<'n>) -> (Option<String>, bool) {
        let is_own = meeting.new.definition.is_some_and(|definition| definition.0.version() != Version::V2_0);
        let text = media_type.text().filter(|_| is_own);
        let most = self.old.content_of(meeting.old).len().max(self.new.content_of(meeting.new).len());
        (text.map(|text| Type::of(&text).into_text()), most > 1)
    }

    fn body(&mut self, meeting: Meeting<'a, 'o, 'n>, media_type: MediaType<'n>, old: Schema<'o>, new: Schema<'n>) {
        self.meets_body(meeting);
        let (name, is_one_of_several) = self.named(meeting, media_type);
        let like = Like::Body(identity(old), identity(new), name, is_one_of_several);
        self.once(like, meeting, |own| {
            for found in own.between(old, new).iter() {
                let change = Change::new(found.rule, found.class, found.message.clone()).at(found.old, found.new);
                let (words, place) = (found.words.clone(), Some(found.place.clone()));
                let change = Change { words, place, witness: found.witness.clone(), ..change };
                own.say_of(meeting, media_type, change);
            }
        });
    }

    /// What the caller says about two schemas; asked once, also where several `$ref`s lead to them.
    pub(super) fn between(&mut self, old: Schema<'o>, new: Schema<'n>) -> Rc<[SchemaChange<'o, 'n>]> {
        let key = (identity(old), identity(new));
        if let Some(found) = self.schemas.get(&key) {
            return Rc::clone(found);
        }
        let found: Rc<[SchemaChange<'o, 'n>]> = (self.compare_schemas)(old, new).into();
        self.schemas.insert(key, Rc::clone(&found));
        found
    }
}

/// Whether content is bytes of which nothing is said: no schema, or one of the ways in which the versions of OpenAPI call
/// them, `type: file`, `format: binary`, `contentMediaType` or nothing at all. JSON is none.
fn are_bytes(media_type: MediaType<'_>) -> bool {
    let is_json = media_type.text().is_some_and(|text| crate::http::media_type::is_json(&text));
    !is_json && items(media_type).is_none() && whole(media_type).is_none_or(says_bytes)
}

fn says_bytes(schema: Schema<'_>) -> bool {
    const OWN: [&str; 4] = ["$ref", "type", "format", "contentMediaType"];
    let is = |keyword: &str, value: &str| schema.keyword(keyword).is_some_and(|node| node.is_text(value));
    let says = |keyword: &str| schema.keyword(keyword).is_some();
    let is_plain = !TELLING.iter().any(|keyword| !OWN.contains(keyword) && says(keyword));
    let is_text = is("type", "string") || is("type", "file") || !says("type");
    let is_binary = is("format", "binary") || !says("format") && (is("type", "file") || says("contentMediaType"));
    is_plain && is_text && is_binary
}

/// Whether a schema says once more what the bytes are.
fn has_media_type(media_type: MediaType<'_>) -> bool {
    whole(media_type).is_some_and(|schema| schema.keyword("contentMediaType").is_some())
}

fn described(media_type: MediaType<'_>) -> Described<'_> {
    match (whole(media_type), items(media_type).filter(|_| media_type.whole_schema().is_none())) {
        (Some(schema), _) => Described::Whole(schema),
        (None, Some(schema)) => Described::Items(schema),
        (None, None) => Described::Nothing,
    }
}

/// The identity of a schema, or of the one that it is nothing but a `$ref` to.
fn identity(schema: Schema<'_>) -> NodeId {
    let is_alone = schema.view().node().entries().nth(1).is_none();
    let target = schema.view().target().filter(|_| is_alone);
    target.unwrap_or(schema.view()).id()
}

/// The schema of the whole, where it says something.
fn whole(media_type: MediaType<'_>) -> Option<Schema<'_>> {
    media_type.whole_schema().filter(|schema| !allows_everything(*schema))
}

/// The schema of the items of a stream, where it says something.
fn items(media_type: MediaType<'_>) -> Option<Schema<'_>> {
    let target = media_type.target().filter(|target| target.version() == Version::V3_2)?;
    target.get("itemSchema").map(Schema).filter(|schema| !allows_everything(*schema))
}

/// Keywords that forbid something, or may.
const TELLING: [&str; 40] = [
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "format",
    "items",
    "prefixItems",
    "maxItems",
    "minItems",
    "uniqueItems",
    "contains",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "required",
    "maxProperties",
    "minProperties",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentMediaType",
    "contentEncoding",
];

/// Whether a schema is `{}` or `true`, or one that only has texts for people, which is as good as none.
pub(super) fn allows_everything(schema: Schema<'_>) -> bool {
    let Some(node) = schema.target().map(|schema| schema.view().node()) else { return false };
    let is_silent = |key: &str| !TELLING.contains(&key);
    node.is_map() && node.entries().all(|entry| entry.key.text().is_some_and(|key| is_silent(&key)))
        || node.as_bool() == Some(true)
}

fn schema_key(schema: Schema<'_>) -> crate::syntax::Node<'_> {
    let node = schema.view().node();
    node.own_key().unwrap_or(node)
}
