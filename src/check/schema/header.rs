//! Values of header fields: text that stands for JSON values in the style `simple`.

mod readings;
mod types;

use std::borrow::Cow;

use super::{Answer, Misfit, Schemas};
use crate::http::media_type;
use crate::openapi::{Header, Schema, Version, View};
use crate::source::{Source, SourceId};
use crate::syntax::{Entry, parse};
use readings::{Separator, readings};

/// Holds the value of a header field against its definition. It fits if one of its readings does.
pub(super) fn judge<'p>(schemas: &Schemas<'p>, header: Header<'p>, value: &str) -> Answer<'p> {
    let Some(target) = header.target() else { return unknown("the `$ref` of the header leads nowhere") };
    if target.version() > Version::V2_0 && target.node().get("schema").is_none() {
        return content(schemas, target, value);
    }
    let Some(schema) = header.schema() else { return Answer::Fits };
    let Some(separator) = Separator::of(target) else { return unknown("the `collectionFormat` of the header is not known") };
    let mut misfits = Vec::new();
    let mut doubt = None;
    for reading in readings(schema, value.trim(), separator) {
        match held(schemas, schema, &reading.json) {
            Answer::Fits => return Answer::Fits,
            Answer::Unknown(why) => doubt = Some(why),
            Answer::Misfits(_) if reading.is_a_guess => doubt = Some(Cow::Borrowed("the header can be read in several ways")),
            Answer::Misfits(found) if misfits.is_empty() => misfits = found,
            Answer::Misfits(_) => {}
        }
    }
    match doubt {
        Some(why) => Answer::Unknown(why),
        None if misfits.is_empty() => unknown("the header cannot be read as its schema wants"),
        None => Answer::Misfits(misfits),
    }
}

/// A header that is described by a media type.
fn content<'p>(schemas: &Schemas<'p>, target: View<'p>, value: &str) -> Answer<'p> {
    let mut media_types = target.entries_of("content");
    let (Some(entry), None) = (media_types.next(), media_types.next()) else { return Answer::Fits };
    if !entry.key.text().is_some_and(|name| media_type::is_json(&name)) {
        return unknown("the media type of the header is not JSON");
    }
    let file = parse(Source::new(SourceId(0), "header.json", value));
    if !file.faults().is_empty() {
        return Answer::Misfits(vec![no_json(entry, value)]);
    }
    match target.with(entry.value).target().and_then(|medium| medium.get("schema")) {
        Some(schema) => held(schemas, Schema(schema), value),
        None => Answer::Fits,
    }
}

fn no_json<'p>(medium: Entry<'p>, value: &str) -> Misfit<'p> {
    Misfit {
        keyword: medium.key,
        name: medium.key.text().unwrap_or_default().into_owned(),
        instance: String::new(),
        problem: "is no JSON".to_owned(),
        value: Some(serde_json::Value::from(value).to_string().chars().take(200).collect()),
        is_write_only: false,
    }
}

fn held<'p>(schemas: &Schemas<'p>, schema: Schema<'p>, json: &str) -> Answer<'p> {
    let file = parse(Source::new(SourceId(0), "header.json", json));
    file.roots().next().map_or(unknown("the header could not be read"), |root| schemas.body(schema, root))
}

fn unknown<'p>(why: &'static str) -> Answer<'p> {
    Answer::Unknown(Cow::Borrowed(why))
}
