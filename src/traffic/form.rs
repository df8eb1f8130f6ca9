//! Which form a recording has, told by how it begins: names of files mean nothing here.

use crate::source::{Source, SourceId};
use crate::syntax::{Node, parse};

/// A form of recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTTP Archive.
    Har,
    /// One exchange a line.
    Ndjson,
    /// A JSON list of exchanges.
    List,
    /// A Pact contract, or a cassette of `vcrpy` in JSON: each interaction tells which.
    Interactions,
    /// A VCR cassette in JSON.
    Cassette,
    /// A VCR cassette in YAML.
    YamlCassette,
    /// A Postman collection.
    Postman,
}

impl Form {
    /// The form of a recording that begins so. `None` if it is none that is known.
    pub fn of(beginning: &[u8]) -> Option<Form> {
        let text = String::from_utf8_lossy(beginning);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let form = if text.starts_with(['{', '[']) { of_json(text) } else { of_yaml(text) };
        form.or_else(|| has_exchange_line(text).then_some(Form::Ndjson))
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Form::Har => "a HAR",
            Form::Ndjson => "exchanges one a line",
            Form::List => "a list of exchanges",
            Form::Interactions => "a Pact contract or a cassette",
            Form::Cassette | Form::YamlCassette => "a VCR cassette",
            Form::Postman => "a Postman collection",
        }
    }

    /// The keys that lead to its list of entries.
    pub(super) fn path(self) -> &'static [&'static str] {
        match self {
            Form::Har => &["log", "entries"],
            Form::Interactions => &["interactions"],
            Form::Cassette => &["http_interactions"],
            Form::Postman => &["item"],
            Form::List | Form::Ndjson | Form::YamlCassette => &[],
        }
    }
}

fn of_json(text: &str) -> Option<Form> {
    let file = parse(Source::new(SourceId(0), "recording.json", text));
    let root = file.roots().next()?;
    if root.is_list() {
        return root.items().next().is_none_or(is_exchange).then_some(Form::List);
    }
    let has = |key: &str| root.get(key).is_some();
    let forms = [("log", Form::Har), ("http_interactions", Form::Cassette), ("interactions", Form::Interactions)];
    let by_key = forms.into_iter().find(|(key, _)| has(key)).map(|(_, form)| form);
    by_key
        .or_else(|| is_collection(root).then_some(Form::Postman))
        // A Pact contract begins with its parties, whose list of interactions may lie further down.
        .or_else(|| (has("consumer") && has("provider")).then_some(Form::Interactions))
        .or_else(|| is_exchange(root).then_some(Form::Ndjson))
}

/// Whether one of the first lines is an exchange: a log may begin with something else.
fn has_exchange_line(text: &str) -> bool {
    const LINES: usize = 50;
    let is_one = |line: &str| {
        let file = parse(Source::new(SourceId(0), "line.json", line));
        let root = file.roots().next().filter(|_| file.faults().is_empty());
        root.is_some_and(|root| ["request", "req"].iter().any(|key| root.get(key).is_some_and(Node::is_map)) && is_exchange(root))
    };
    text.lines().take(LINES).filter(|line| line.trim_start().starts_with('{')).any(is_one)
}

fn is_exchange(node: Node<'_>) -> bool {
    ["request", "req", "response", "res"].iter().any(|key| node.get(key).is_some_and(Node::is_map))
}

fn is_collection(root: Node<'_>) -> bool {
    let schema = root.get("info").and_then(|info| info.get_str("schema"));
    root.get("item").is_some_and(Node::is_list) || schema.is_some_and(|schema| schema.contains("postman"))
}

fn of_yaml(text: &str) -> Option<Form> {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("http_interactions:") || line.starts_with("interactions:")).then_some(Form::YamlCassette)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_content() {
        for (text, form) in [
            ("{\"log\":{\"version\":\"1.2\",\"entries\":[", Some(Form::Har)),
            ("\u{feff}  {\n \"log\" : {}}", Some(Form::Har)),
            ("{\"request\":{\"method\":\"GET\"},\"response\":{\"status\":200}}\n{", Some(Form::Ndjson)),
            ("{\"id\":1,\"req\":{\"method\":\"GET\"},\"res\":{}}", Some(Form::Ndjson)),
            ("[{\"request\":{}", Some(Form::List)),
            ("[]", Some(Form::List)),
            ("{\"consumer\":{\"name\":\"a\"},\"provider\":{\"name\":\"b\"},\"inter", Some(Form::Interactions)),
            ("{\"interactions\":[{\"request\":{\"uri\":\"/\"}}]}", Some(Form::Interactions)),
            ("{\"http_interactions\":[", Some(Form::Cassette)),
            ("---\nhttp_interactions:\n- request:", Some(Form::YamlCassette)),
            ("interactions:\n- request:", Some(Form::YamlCassette)),
            (
                "{\"info\":{\"schema\":\"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"},",
                Some(Form::Postman),
            ),
            ("{\"openapi\":\"3.1.0\"}", None),
            ("[1]", None),
            ("openapi: 3.1.0", None),
            ("", None),
        ] {
            assert_eq!(Form::of(text.as_bytes()), form, "{text}");
        }
    }
}
