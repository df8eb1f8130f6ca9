//! "Allow here": a comment in YAML, the extension in JSON.

use super::{Action, Subjected};
use crate::finding::TextEdit;
use crate::lsp::edits;
use crate::source::{Source, SourceId};
use crate::suppress::{COMMENT, EXTENSION, Suppressions};
use crate::syntax::edit::{Snippet, insert};
use crate::syntax::{File, Format, Node, parse};

/// Rules that no description can allow.
const NEVER: [&str; 3] = ["unused-configuration", "unused-suppression", "syntax-error"];

/// Silences a finding where it stands.
pub(super) fn here(subjected: &Subjected<'_>) -> Option<Action> {
    let Subjected { finding, file, .. } = subjected;
    let rule = finding.rule.as_str();
    let at = finding.span()?.start;
    let change = if NEVER.contains(&rule) { None } else { allowance(file, at, rule) }?;
    let edit = edits::in_file(subjected.uri.clone(), file.source(), &[change], subjected.server.client.encoding);
    Some(Action { title: format!("Allow `{rule}` here"), edit, is_preferred: false })
}

/// What has to be written for a rule to be allowed at an offset.
fn allowance(file: &File, at: u32, rule: &str) -> Option<TextEdit> {
    if file.format() == Format::Json {
        return extension(file, at, rule);
    }
    let comment = comment(file, at, rule);
    if is_understood(file, &comment, at, rule) { Some(comment) } else { extension(file, at, rule) }
}

/// A comment on the line above, as far to the right as the line of the finding.
fn comment(file: &File, at: u32, rule: &str) -> TextEdit {
    let source = file.source();
    let line = source.line_range(source.position(at).line);
    let text = source.slice(line.clone());
    let start = line.start + if text.starts_with('\u{feff}') { 3 } else { 0 };
    let indent: String = text.trim_start_matches('\u{feff}').chars().take_while(|letter| *letter == ' ').collect();
    let end = edits::line_break(source.text());
    edits::insertion(source, start as u32, format!("{indent}# {COMMENT} allow {rule} -- reason{end}"))
}

/// Inside of a text over several lines a comment is none.
fn is_understood(file: &File, change: &TextEdit, at: u32, rule: &str) -> bool {
    let source = file.source();
    let (before, behind) = source.text().split_at(change.span.start as usize);
    let text = format!("{before}{}{behind}", change.text);
    let changed = parse(Source::new(SourceId(0), source.name(), text));
    let start = at + change.text.len() as u32;
    let place = changed.source().span(start, start);
    let covered = Suppressions::of(std::iter::once(&changed)).covering(rule, place, &[]);
    !covered.is_empty() && changed.tree().len() == file.tree().len()
}

/// An entry of the nearest object whose keys are not names of something.
fn extension(file: &File, at: u32, rule: &str) -> Option<TextEdit> {
    let object = object_at(file, at)?;
    match object.get(EXTENSION) {
        Some(list) if list.is_list() => in_list(list, rule),
        Some(map) if map.is_map() => in_map(map, rule),
        Some(_) => None,
        None => in_object(object, rule),
    }
}

fn in_list(list: Node<'_>, rule: &str) -> Option<TextEdit> {
    let source = list.file().source();
    let end = list.items().last()?.span().end;
    Some(edits::insertion(source, end, format!(", \"{rule}\"")))
}

/// One more reason, laid out as the last one is. Where there is none yet, the list form is easier to write by hand.
fn in_map(map: Node<'_>, rule: &str) -> Option<TextEdit> {
    let snippet = Snippet::Text("reason".to_owned());
    match insert(map, None, &[(rule.to_owned(), snippet)]).ok()?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Behind the brace, with the blanks that stand before the first key.
fn in_object(object: Node<'_>, rule: &str) -> Option<TextEdit> {
    let source = object.file().source();
    let start = object.span().start + 1;
    let entry = format!("\"{EXTENSION}\": [\"{rule}\"]");
    object.raw().starts_with('{').then_some(())?;
    Some(match object.entries().next().filter(|first| object.contains(first.key)) {
        Some(first) => {
            let blanks = source.slice(start as usize..first.key.span().start as usize);
            let separator = if blanks.is_empty() { " " } else { "" };
            edits::insertion(source, start, format!("{blanks}{entry},{separator}"))
        }
        None => edits::insertion(source, start, entry),
    })
}

/// Maps whose keys are names: an entry in them would be one more header, property or response.
const NAMES: [&str; 12] = [
    "headers",
    "content",
    "properties",
    "patternProperties",
    "schemas",
    "examples",
    "links",
    "callbacks",
    "parameters",
    "mapping",
    "scopes",
    "components",
];

fn object_at(file: &File, at: u32) -> Option<Node<'_>> {
    let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
    let mut around: Vec<Node<'_>> = nodes.filter(|node| node.is_map() && covers(*node, at)).collect();
    around.retain(|node| node.own_key().and_then(Node::text).is_none_or(|key| !NAMES.contains(&key.as_ref())));
    around.pop()
}

/// Whether a map or the key that it stands under is at an offset.
fn covers(node: Node<'_>, at: u32) -> bool {
    let span = node.span();
    let start = node.own_key().map_or(span.start, |key| key.span().start);
    (start..span.end).contains(&at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_allows_the_rule() {
        let cases = [
            ("a.yaml", "a:\n  b: 1\n", "b:", "a:\n  # statusquo: allow rule-id -- reason\n  b: 1\n"),
            ("a.yaml", "a:\r  b: 1\r", "b:", "a:\r  # statusquo: allow rule-id -- reason\r  b: 1\r"),
            ("a.yaml", "a:\r\n  b: 1\r\n", "b:", "a:\r\n  # statusquo: allow rule-id -- reason\r\n  b: 1\r\n"),
            (
                "a.yaml",
                "a: { c: \"x\n  y\", b: { d: 1 } }\n",
                "b:",
                "a: { c: \"x\n  y\", b: { \"x-statusquo-allow\": [\"rule-id\"], d: 1 } }\n",
            ),
            ("a.json", "{\"a\": {\"b\": {}}}", "\"b\"", "{\"a\": {\"b\": {\"x-statusquo-allow\": [\"rule-id\"]}}}"),
            ("a.json", "{\"a\": {\"b\": 1}}", "\"b\"", "{\"a\": {\"x-statusquo-allow\": [\"rule-id\"], \"b\": 1}}"),
            (
                "a.json",
                "{\n  \"a\": {\n    \"b\": 1\n  }\n}",
                "\"a\"",
                "{\n  \"a\": {\n    \"x-statusquo-allow\": [\"rule-id\"],\n    \"b\": 1\n  }\n}",
            ),
            (
                "a.json",
                "{\"a\": {\"x-statusquo-allow\": {\"one\": \"why\"}, \"b\": 1}}",
                "\"b\"",
                "{\"a\": {\"x-statusquo-allow\": {\"one\": \"why\", \"rule-id\": \"reason\"}, \"b\": 1}}",
            ),
            (
                "a.json",
                "{\n  \"x-statusquo-allow\": {\n    \"one\": \"why\"\n  },\n  \"b\": 1\n}",
                "\"b\"",
                "{\n  \"x-statusquo-allow\": {\n    \"one\": \"why\",\n    \"rule-id\": \"reason\"\n  },\n  \"b\": 1\n}",
            ),
            ("a.json", "{\"headers\": {\"b\": 1}}", "\"b\"", "{\"x-statusquo-allow\": [\"rule-id\"], \"headers\": {\"b\": 1}}"),
            (
                "a.json",
                "{\"a\": {\"x-statusquo-allow\": [\"one\"], \"b\": 1}}",
                "\"b\"",
                "{\"a\": {\"x-statusquo-allow\": [\"one\", \"rule-id\"], \"b\": 1}}",
            ),
        ];
        for (name, text, word, expected) in cases {
            let file = parse(Source::new(SourceId(0), name, text));
            let at = text.find(word).unwrap();
            let one = allowance(&file, at as u32, "rule-id").unwrap();
            let (before, behind) = text.split_at(one.span.start as usize);
            let changed = format!("{before}{}{behind}", one.text);
            assert_eq!(changed, expected);
            let start = changed.rfind(word).unwrap() as u32;
            let changed = parse(Source::new(SourceId(0), name, changed));
            let found = Suppressions::of(std::iter::once(&changed));
            assert!(!found.covering("rule-id", changed.source().span(start, start), &[]).is_empty(), "{expected}");
        }
    }
}
