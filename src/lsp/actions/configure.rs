//! "Set to note in statusquo.yaml": a line of the configuration, which stays as it is otherwise.

use super::{Action, Subjected};
use crate::config;
use crate::finding::{Severity, TextEdit};
use crate::io::{CONFIG_NAME, folder_of, name_under};
use crate::lsp::edits;
use crate::syntax::{Entry, File, Node};

/// Makes a rule a note, or turns it off where it is one already: in all files, or where an override has the say, in its files.
pub(super) fn milder(subjected: &Subjected<'_>) -> Option<Action> {
    let rule = subjected.finding.rule.as_str();
    let is_note = subjected.finding.severity == Severity::Note;
    let (word, title) = if is_note {
        ("off", format!("Turn `{rule}` off in {CONFIG_NAME}"))
    } else {
        ("note", format!("Set `{rule}` to note in {CONFIG_NAME}"))
    };
    let (server, workspace) = (subjected.server, subjected.workspace);
    let edit = match subjected.subject.opened.config() {
        Some(file) => {
            let path = workspace.path_of(file.source().name());
            let below = name_under(&workspace.path_of(subjected.file.source().name()), &folder_of(&path));
            edits::in_file(server.uri_of(&path)?, file.source(), &[entry(file, &below, rule, word)?], server.client.encoding)
        }
        None if server.client.makes_files => {
            let uri = server.uri_of(&workspace.path_of(CONFIG_NAME))?;
            edits::new_file(uri, format!("rules:\n  {rule}: {word}\n"))
        }
        None => return None,
    };
    Some(Action { title, edit, is_preferred: false })
}

/// What has to be written into a configuration for a file below its folder; none where it cannot be read, or not without
/// changing what stands around it.
fn entry(file: &File, below: &str, rule: &str, word: &str) -> Option<TextEdit> {
    file.faults().is_empty().then_some(())?;
    let root = file.roots().next().filter(|root| root.is_map());
    let Some(root) = root else { return Some(at_end(file, rule, word)) };
    if let Some(said) = overridden(file, root, below, rule) {
        return in_entry(said, word);
    }
    match root.entry("rules") {
        None if root.raw().starts_with('{') => None,
        None => Some(at_end(file, rule, word)),
        Some(Entry { key, value, alias: None, .. }) if value.is_null() => Some(in_place_of_nothing(root, key, value, rule, word)),
        Some(Entry { value, alias: None, .. }) => match value.entry(rule) {
            Some(said) => in_entry(said, word),
            None => first_in(value, rule, word),
        },
        Some(_) => None,
    }
}

/// What the last override that has the say about a file says about a rule's severity.
fn overridden<'c>(file: &File, root: Node<'c>, below: &str, rule: &str) -> Option<Entry<'c>> {
    let (config, _) = config::load(file);
    let has_say = |one: &config::Override| {
        let says = |entry: &config::RuleEntry| entry.id.value == rule && entry.levels.declared.is_some();
        !one.files.matching(below).is_empty() && one.rules.iter().any(says)
    };
    let number = config.overrides.iter().rposition(has_say)?;
    root.get("overrides")?.items().nth(number)?.get("rules")?.entry(rule)
}

/// Another severity where a rule has an entry: in place of the one it has for descriptions, or beside what else it has.
fn in_entry(Entry { value, alias, .. }: Entry<'_>, word: &str) -> Option<TextEdit> {
    if alias.is_some() {
        return None;
    }
    let severity = if value.is_map() { value.get("severity") } else { Some(value) };
    let levels = severity.unwrap_or(value);
    let said = if levels.is_map() { levels.get("declared") } else { Some(levels) };
    match said {
        Some(said) => said.scalar().map(|_| TextEdit { span: said.span(), text: word.to_owned() }),
        None if severity.is_none() && levels.get("observed").is_none() => first_in(levels, "severity", word),
        None => first_in(levels, "declared", word),
    }
}

/// `rules:` with nothing behind it, or with a word for nothing.
fn in_place_of_nothing(root: Node<'_>, key: Node<'_>, value: Node<'_>, rule: &str, word: &str) -> TextEdit {
    let source = root.file().source();
    if root.raw().starts_with('{') {
        return TextEdit { span: value.span(), text: format!("{{ {rule}: {word} }}") };
    }
    let line = format!("{}  {rule}: {word}", edits::line_break(source.text()));
    let colon = key.span().end + 1;
    if value.span().start == value.span().end {
        return edits::insertion(source, colon, line);
    }
    TextEdit { span: source.span(colon, value.span().end), text: line }
}

/// One more entry in front of the others.
fn first_in(map: Node<'_>, key: &str, word: &str) -> Option<TextEdit> {
    let source = map.file().source();
    let first = map.entries().next().map(|entry| entry.key.span().start);
    if map.raw().starts_with('{') {
        let Some(first) = first else { return Some(TextEdit { span: map.span(), text: format!("{{ {key}: {word} }}") }) };
        return Some(edits::insertion(source, first, format!("{key}: {word}, ")));
    }
    let first = first?;
    let line = source.line_range(source.position(first).line);
    let indent = source.slice(line.start..first as usize);
    Some(edits::insertion(source, first, format!("{key}: {word}{}{indent}", edits::line_break(source.text()))))
}

fn at_end(file: &File, rule: &str, word: &str) -> TextEdit {
    let text = file.source().text();
    let end = edits::line_break(text);
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    edits::insertion(file.source(), text.len() as u32, format!("{gap}rules:{end}  {rule}: {word}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};
    use crate::syntax::parse;

    fn configuration(text: &str) -> File {
        parse(Source::new(SourceId(0), "statusquo.yaml", text))
    }

    #[test]
    fn only_the_needed_bytes_change() {
        let cases = [
            ("", Some("rules:\n  one: note\n")),
            ("# nothing yet", Some("# nothing yet\nrules:\n  one: note\n")),
            ("extends: [strict] # all\n", Some("extends: [strict] # all\nrules:\n  one: note\n")),
            ("rules:\n  one: error # why\n", Some("rules:\n  one: note # why\n")),
            ("rules:\n  one: { severity: error, options: {} }\n", Some("rules:\n  one: { severity: note, options: {} }\n")),
            ("rules:\n  # words\n  two: off\n", Some("rules:\n  # words\n  one: note\n  two: off\n")),
            ("rules: { two: off }\n", Some("rules: { one: note, two: off }\n")),
            ("rules: {two: off}\n", Some("rules: {one: note, two: off}\n")),
            ("rules: {}\n", Some("rules: { one: note }\n")),
            ("rules:\r\n  two: off\r\n", Some("rules:\r\n  one: note\r\n  two: off\r\n")),
            ("fail-on: never\r\n", Some("fail-on: never\r\nrules:\r\n  one: note\r\n")),
            ("rules:\nfail-on: never\n", Some("rules:\n  one: note\nfail-on: never\n")),
            ("rules: ~\n", Some("rules:\n  one: note\n")),
            ("rules: null # none\nfail-on: never\n", Some("rules:\n  one: note # none\nfail-on: never\n")),
            ("{ rules: ~ }\n", Some("{ rules: { one: note } }\n")),
            ("rules:\n  one: { declared: error }\n", Some("rules:\n  one: { declared: note }\n")),
            (
                "rules:\n  one: { severity: { declared: error, observed: off } }\n",
                Some("rules:\n  one: { severity: { declared: note, observed: off } }\n"),
            ),
            ("rules:\n  one:\n    observed: error\n", Some("rules:\n  one:\n    declared: note\n    observed: error\n")),
            ("rules:\n  one:\n    options: {}\n", Some("rules:\n  one:\n    severity: note\n    options: {}\n")),
            (
                "overrides:\n  - files: api.yaml\n    rules: { one: error }\n",
                Some("overrides:\n  - files: api.yaml\n    rules: { one: note }\n"),
            ),
            (
                "overrides:\n  - files: v1\n    rules: { one: error }\n",
                Some("overrides:\n  - files: v1\n    rules: { one: error }\nrules:\n  one: note\n"),
            ),
            ("rules: [\n", None),
        ];
        for (text, expected) in cases {
            let changed = entry(&configuration(text), "api.yaml", "one", "note").map(|one| {
                let mut changed = text.to_owned();
                changed.replace_range(one.span.range(), &one.text);
                changed
            });
            assert_eq!(changed.as_deref(), expected, "{text}");
            if let Some(changed) = changed {
                let (config, complaints) = config::load(&configuration(&changed));
                let mut said = config.overrides.iter().flat_map(|one| &one.rules).chain(&config.rules);
                assert!(complaints.is_empty() && said.any(|entry| entry.id.value == "one"), "{text}");
            }
        }
    }
}
