//! `malforms-header`: a response shows a header field with a value that the field cannot have.

mod observed;

use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::http::{date, entity_tag};
use crate::openapi::{Header, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::options::{OptionKind, OptionValue};
use crate::syntax::Node;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "malforms-header",
    noun: Noun::Response,
    doc: "A value that one of the header fields `names` shows does not have the `form` (http-date, expiry, delay, entity-tag, \
          structured-date), or its schema has none of the `types` or one of the `wrong-formats`. Of a response that came, the lines of the \
          fields have another form.",
    arguments: &[
        ("names", OptionKind::Strings),
        ("form", OptionKind::String),
        ("types", OptionKind::Strings),
        ("wrong-formats", OptionKind::Strings),
    ],
    words: &["header", "shown"],
    reads: Reads::Headers,
    run,
};

/// How much of a value a message shows.
const SHOWN: usize = 60;

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    if let Some(exchange) = row.exchange() {
        return observed::judge(exchange, arguments);
    }
    let Some(response) = row.response().filter(|response| response.definition.is_some()) else {
        return Judgement::plain(Truth::Unknown);
    };
    let names = strings(arguments, "names");
    let is_meant = |header: &&Header<'p>| names.iter().any(|name| header.name().eq_ignore_ascii_case(name));
    let mut unseen = false;
    let mut evidence = Vec::new();
    for header in row.api.headers_of(response).iter().filter(is_meant) {
        unseen |= header.target().is_none();
        let name = names.iter().find(|name| header.name().eq_ignore_ascii_case(name)).cloned().unwrap_or_default();
        evidence.extend(faults(*header, arguments).into_iter().map(|(at, shown)| Evidence {
            at: Some(at),
            related: Vec::new(),
            words: vec![("header", name.clone()), ("shown", shown)],
            ..Evidence::default()
        }));
    }
    let truth = if unseen && evidence.is_empty() { Truth::Unknown } else { Truth::from(!evidence.is_empty()) };
    Judgement::resting_on(evidence, truth)
}

/// What is wrong with a header, each at its place: a type or format that can hold no value of the form, else the values.
fn faults<'p>(header: Header<'p>, arguments: &Arguments<'_>) -> Vec<(Node<'p>, String)> {
    let of_schema = header.schema().and_then(|schema| wrong_type(schema, arguments).or_else(|| wrong_format(schema, arguments)));
    if let Some(fault) = of_schema {
        return vec![fault];
    }
    let Some(OptionValue::String(form)) = arguments.get("form") else { return Vec::new() };
    let shown = header.values().into_iter().filter_map(|example| {
        let text = example.value.text()?;
        let is_wrong = !example.value.is_null() && !is_placeholder(&text) && !has_form(&text, form);
        is_wrong.then(|| (example.value, format!("shows `{}`", shortened(&text))))
    });
    shown.collect()
}

fn wrong_type<'p>(schema: Schema<'p>, arguments: &Arguments<'_>) -> Option<(Node<'p>, String)> {
    let (types, allowed) = (schema.types(), strings(arguments, "types"));
    let fits = allowed.is_empty() || types.is_empty() || types.iter().any(|name| allowed.iter().any(|other| other == name));
    let at = schema.keyword("type").filter(|_| !fits)?;
    Some((at, format!("has the type {}", types.join(" or "))))
}

fn wrong_format<'p>(schema: Schema<'p>, arguments: &Arguments<'_>) -> Option<(Node<'p>, String)> {
    let node = schema.keyword("format")?;
    let format = node.text()?;
    let is_wrong = strings(arguments, "wrong-formats").iter().any(|other| *other == format);
    is_wrong.then(|| (node, format!("has the format {format}")))
}

fn has_form(text: &str, form: &str) -> bool {
    let text = text.trim();
    let is_fixdate = || date::parse(text).is_some_and(|date| date.is_fixdate);
    match form {
        "http-date" => is_fixdate(),
        // Caches take a date that is none for one long past, and these two are what is sent to say so.
        "expiry" => matches!(text, "0" | "-1") || is_fixdate(),
        "delay" => is_fixdate() || text.bytes().all(|byte| byte.is_ascii_digit()),
        "entity-tag" => entity_tag::is_entity_tag(text),
        "structured-date" => date::parse_structured(text).is_some(),
        _ => true,
    }
}

/// Whether a text stands for a value and is none: `<date>`, `{etag}`, `…`.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches('"');
    let is_enclosed = |open, close| text.starts_with(open) && text.ends_with(close);
    text.is_empty()
        || is_enclosed('<', '>')
        || is_enclosed('{', '}')
        || is_enclosed('[', ']')
        || text.contains("...")
        || text.contains('…')
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let cases = [
            ("delay", "120", true),
            ("delay", "Fri, 31 Dec 1999 23:59:59 GMT", true),
            ("delay", "1.5", false),
            ("delay", "-1", false),
            ("delay", "30s", false),
            ("expiry", "0", true),
            ("expiry", "-1", true),
            ("expiry", "60", false),
            ("http-date", "0", false),
            ("http-date", "Friday, 31-Dec-99 23:59:59 GMT", false),
            ("entity-tag", "W/\"1\"", true),
            ("structured-date", "true", false),
        ];
        for (form, text, expected) in cases {
            assert_eq!(has_form(text, form), expected, "{form} {text}");
        }
    }

    #[test]
    fn placeholders() {
        for text in ["", "\"\"", "<date>", "{etag}", "\"{etag}\"", "[date]", "Wed, 21 Oct ...", "…"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["string", "\"x\"", "0"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
