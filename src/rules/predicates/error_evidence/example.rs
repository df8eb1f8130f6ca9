//! Examples that say of themselves that they are errors.

use std::borrow::Cow;

use super::envelope::{is_about_errors, is_envelope, is_foreign, is_payload};
use super::exemption;
use crate::facts::{Sign, Signs};
use crate::openapi::{Example, MediaType, Schema};
use crate::rules::evaluate::Row;
use crate::source::{Source, SourceId};
use crate::syntax::{self, Node, Scalar};
use crate::words::plain;

/// The longest text that is looked into for JSON.
const LONGEST_TEXT: usize = 65_536;

/// How many members an envelope of errors has at most. What has more is data.
const MOST_MEMBERS: usize = 256;

/// What an example says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It is an error, and by what.
    Error(String),
    /// Nothing of that kind.
    Nothing,
    /// It is of a kind that has its own way with errors.
    Exempt,
}

/// What the examples of a media type say, else those of its schema.
pub(super) fn signs<'p>(row: &Row<'_, 'p>, media_type: MediaType<'p>) -> Signs<'p> {
    let beside = media_type.examples();
    let examples = if beside.is_empty() { media_type.schema().map(Schema::examples).unwrap_or_default() } else { beside };
    if examples.is_empty() {
        return Signs::default();
    }
    let reading = Reading { lists_resources: exemption::lists_resources(row), ..Reading::default() };
    let read = |reading| examples.iter().map(|example| (*example, of_value(example.value, reading))).collect::<Vec<_>>();
    let mut told: Vec<(Example<'p>, Told)> = read(reading);
    // States only take errors away; where nothing tells anything they are not asked for.
    if told.iter().any(|(_, told)| *told != Told::Nothing) && has_states(&examples, media_type.schema()) {
        told = read(Reading { has_states: true, ..reading });
    }
    let errors: Vec<(Example<'p>, &String)> = told
        .iter()
        .filter_map(|(example, told)| match told {
            Told::Error(cue) => Some((*example, cue)),
            _ => None,
        })
        .collect();
    let sign = errors.first().map(|(example, cue)| sign(*example, cue));
    Signs {
        envelope: !errors.is_empty(),
        mixed: !errors.is_empty() && errors.len() < told.len(),
        exempt: told.iter().any(|(_, told)| *told == Told::Exempt),
        ..sign.into_iter().collect()
    }
}

/// What is known about the body before its examples are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// A list is a list of what was asked for.
    pub(super) lists_resources: bool,
    /// `status` is the state of a resource: `pending`, `failed`. Then failure is a state among others.
    pub(super) has_states: bool,
    /// Texts are not shown: they are those of a recording.
    pub(super) hides_texts: bool,
}

/// Whether `status` takes values that are neither success nor failure, by the schema or by another example.
pub(super) fn has_states(examples: &[Example<'_>], schema: Option<Schema<'_>>) -> bool {
    let is_state = |value: Node<'_>| value.as_str().is_some() && !is_failure(value) && !is_success(value);
    let described = schema.and_then(|schema| schema.properties().get("status").map(|status| status.schema.pinned_values()));
    described.unwrap_or_default().into_iter().any(is_state)
        || examples.iter().filter_map(|example| example.value.get("status")).any(is_state)
}

fn sign<'p>(example: Example<'p>, cue: &str) -> Sign<'p> {
    let name = example.name.and_then(Node::text).map(|name| format!(" `{name}`")).unwrap_or_default();
    Sign {
        weight: 2,
        text: format!("the example{name} says {cue}"),
        at: Some(example.name.or(example.value.own_key()).unwrap_or(example.value)),
    }
}

/// An example is the value, a list of such, or the text of one.
pub(super) fn of_value(value: Node<'_>, reading: Reading) -> Told {
    if value.is_map() {
        return of_map(value, reading);
    }
    if value.is_list() && !reading.lists_resources {
        let mut told = value.items().map(|item| of_map(item, reading));
        let first = told.next().unwrap_or(Told::Nothing);
        return if told.all(|other| matches!(other, Told::Error(_))) { first } else { Told::Nothing };
    }
    let json = value.as_str().filter(|text| text.trim_start().starts_with('{') && text.len() < LONGEST_TEXT);
    json.map_or(Told::Nothing, |text| {
        let file = syntax::parse(Source::new(SourceId(0), "example.json", text));
        file.roots().next().filter(|_| file.faults().is_empty()).map_or(Told::Nothing, |root| of_map(root, reading))
    })
}

fn of_map(value: Node<'_>, reading: Reading) -> Told {
    if value.entries().nth(MOST_MEMBERS).is_some() {
        return Told::Nothing;
    }
    let members = Members::of(value);
    if is_foreign(members.names()) {
        return Told::Exempt;
    }
    if !is_envelope(members.names()) || members.claims_success() || members.has_payload() {
        return Told::Nothing;
    }
    members.cue(reading).map_or(Told::Nothing, Told::Error)
}

/// The members of a body with their values.
struct Members<'n>(Vec<(Cow<'n, str>, Node<'n>)>);

impl<'n> Members<'n> {
    fn of(value: Node<'n>) -> Self {
        Members(value.entries().filter_map(|entry| Some((entry.key.text()?, entry.value))).collect())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    /// A flag or a status that says all is well outweighs what looks like an error.
    fn claims_success(&self) -> bool {
        self.0.iter().any(|(name, value)| match plain(name).as_ref() {
            "success" | "ok" | "issuccess" | "succeeded" | "successful" => {
                is_flag(*value, true) || value.is_list() && !is_empty(*value)
            }
            "haserror" | "haserrors" | "iserror" => is_flag(*value, false),
            "status" | "result" | "statuscode" | "code" | "httpstatus" | "httpcode" => is_success(*value),
            _ => false,
        })
    }

    fn has_payload(&self) -> bool {
        self.0.iter().any(|(name, value)| is_payload(name) && (value.is_map() || value.is_list()) && !is_empty(*value))
    }

    /// What says that it is an error.
    fn cue(&self, reading: Reading) -> Option<String> {
        let with = |at: usize| self.0.iter().enumerate().any(|(index, (name, _))| index != at && explains(name));
        self.0.iter().enumerate().find_map(|(index, (name, value))| {
            let is_hidden = reading.hides_texts && value.as_str().is_some() && !is_failure(*value);
            let text = || value.text().filter(|text| text.len() <= 40 && !is_hidden);
            let shown = || text().map_or(format!("`{name}`"), |text| format!("`{name}: {text}`"));
            let tells = match plain(name).as_ref() {
                "success" | "ok" | "issuccess" | "succeeded" | "successful" => is_flag(*value, false),
                "haserror" | "haserrors" | "iserror" => is_flag(*value, true),
                "status" | "result" if is_failure(*value) => with(index) && !reading.has_states,
                "status" | "code" | "statuscode" | "httpstatus" | "httpcode" | "httpstatuscode" => {
                    is_error_code(*value) && with(index)
                }
                "error" | "errors" => is_filled(*value),
                _ => false,
            };
            tells.then(shown)
        })
    }
}

/// Members that say in words what went wrong.
pub(super) fn explains(name: &str) -> bool {
    const TEXTS: [&str; 10] =
        ["message", "messages", "msg", "title", "detail", "details", "reason", "description", "code", "cause"];
    plain(name).is_among(&TEXTS) || is_about_errors(name)
}

fn is_flag(value: Node<'_>, flag: bool) -> bool {
    value.as_bool() == Some(flag)
        || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(if flag { "true" } else { "false" }))
}

/// A status in words that says failure.
pub(super) fn is_failure(value: Node<'_>) -> bool {
    let words = ["error", "fail", "failed", "failure"];
    value.as_str().is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// A status in words or a code that says success.
pub(super) fn is_success(value: Node<'_>) -> bool {
    let words = ["ok", "success", "successful", "succeeded", "completed"];
    let is_word = value.as_str().is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)));
    is_word || code(value).is_some_and(|code| (200..300).contains(&code))
}

/// A number, also in quotes, from 400 to 599.
pub(super) fn is_error_code(value: Node<'_>) -> bool {
    code(value).is_some_and(|code| (400..600).contains(&code))
}

fn code(value: Node<'_>) -> Option<u16> {
    matches!(value.scalar(), Some(Scalar::Integer(_) | Scalar::Text)).then(|| value.text()?.parse().ok()).flatten()
}

/// An error that is there: no null, no empty text, no placeholder, no object of nothing but such.
fn is_filled(value: Node<'_>) -> bool {
    match value.scalar() {
        None => value.entries().any(|entry| is_filled(entry.value)) || value.items().any(is_filled),
        Some(Scalar::Null | Scalar::Float(_)) => false,
        Some(Scalar::Boolean(flag)) => flag,
        Some(Scalar::Integer(number)) => (400..600).contains(&number),
        Some(Scalar::Text) => value.text().is_some_and(|text| !is_placeholder(&text)),
    }
}

fn is_placeholder(text: &str) -> bool {
    const NONE: [&str; 11] = ["", "string", "null", "none", "nil", "no error", "no errors", "{}", "[]", "0", "false"];
    let text = text.trim().to_lowercase();
    NONE.contains(&text.as_str()) || text.starts_with(['<', '{']) || text.starts_with("additionalprop")
}

fn is_empty(value: Node<'_>) -> bool {
    value.entries().next().is_none() && value.items().next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Told {
        let file = syntax::parse(Source::new(SourceId(0), "example.json", json));
        file.roots().next().map_or(Told::Nothing, |root| of_value(root, Reading::default()))
    }

    #[test]
    fn examples_that_are_errors() {
        let cases = [
            (r#"{"success": false, "error": {"code": 404}}"#, "`success: false`"),
            (r#"{"ok": false}"#, "`ok: false`"),
            (r#"{"status": "error", "message": "no such user"}"#, "`status: error`"),
            (r#"{"code": 404, "message": "no such user"}"#, "`code: 404`"),
            (r#"{"statusCode": "500", "message": "oops"}"#, "`statusCode: 500`"),
            (r#"{"errors": [{"field": "name", "message": "is missing"}]}"#, "`errors`"),
            (r#"{"hasErrors": true, "data": null}"#, "`hasErrors: true`"),
            (r#""{\"error\": \"invalid_grant\"}""#, "`error: invalid_grant`"),
            (r#"[{"success": false}, {"success": false}]"#, "`success: false`"),
        ];
        for (json, expected) in cases {
            assert_eq!(told(json), Told::Error(expected.to_owned()), "{json}");
        }
    }

    #[test]
    fn examples_that_are_none() {
        let cases = [
            r#"{"success": true, "errors": [{"message": "ignored"}]}"#,
            r#"{"error": null, "data": {"id": 1}}"#,
            r#"{"error": {"code": 0, "message": ""}}"#,
            r#"{"error": false}"#,
            r#"{"errors": [], "message": "done"}"#,
            r#"{"errors": 3, "successes": 4}"#,
            r#"{"status": "failed"}"#,
            r#"{"id": 1, "status": "failed", "amount": 12, "message": "declined"}"#,
            r#"{"code": 404}"#,
            r#"{"code": 200, "error": "string"}"#,
            r#"{"data": {"id": 1}, "errors": ["one of two failed"]}"#,
            r#"{"success": ["one"], "error": ["two"], "reason": ["taken"]}"#,
            r#"[{"success": false}, {"success": true}]"#,
            r#""just text""#,
            "{}",
        ];
        for json in cases {
            assert_eq!(told(json), Told::Nothing, "{json}");
        }
        assert_eq!(told(r#"{"jsonrpc": "2.0", "error": {"code": -32600}}"#), Told::Exempt);
        assert_eq!(told(r#"{"done": true, "error": {"code": 5}}"#), Told::Exempt);
    }
}
