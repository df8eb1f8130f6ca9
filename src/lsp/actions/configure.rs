//! "Set to note in statusquo.yaml": a line of the configuration, which stays as it is otherwise.

use super::{Action, Subjected};
use crate::finding::Severity;
use crate::finding::TextEdit;
use crate::io::CONFIG_NAME;
use crate::lsp::edits;
use crate::syntax::{Entry, File, Node};

/// Makes a rule a note in all files, or turns it off where it is one already.
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
            let uri = server.uri_of(&workspace.path_of(file.source().name()))?;
            edits::in_file(uri, file.source(), &[entry(file, rule, word)?], server.client.encoding)
        }
        None if server.client.makes_files => {
            let uri = server.uri_of(&workspace.path_of(CONFIG_NAME))?;
            edits::new_file(uri, format!("rules:\n  {rule}: {word}\n"))
        }
        None => return None,
    };
    Some(Action { title, edit })
}

/// What has to be written into a configuration; none where it cannot be read or says more about the rule than a word.
fn entry(file: &File, rule: &str, word: &str) -> Option<TextEdit> {
    file.faults().is_empty().then_some(())?;
    let root = file.roots().next().filter(|root| root.is_map());
    let Some(root) = root else { return Some(at_end(file, rule, word)) };
    match root.entry("rules") {
        None if root.raw().starts_with('{') => None,
        None => Some(at_end(file, rule, word)),
        Some(Entry { key, value, .. }) if value.is_null() => {
            let end = if value.span().start == value.span().end { key.span().end + 1 } else { value.span().end };
            Some(edits::insertion(file.source(), end, format!("\n  {rule}: {word}")))
        }
        Some(Entry { value, .. }) => in_rules(value, rule, word),
    }
}

fn in_rules(rules: Node<'_>, rule: &str, word: &str) -> Option<TextEdit> {
    let source = rules.file().source();
    if let Some(said) = rules.get(rule) {
        let severity = if said.is_map() { said.get("severity")? } else { said };
        severity.scalar()?;
        return Some(TextEdit { span: severity.span(), text: word.to_owned() });
    }
    if rules.raw().starts_with('{') {
        let comma = if rules.entries().next().is_some() { "," } else { "" };
        return Some(edits::insertion(source, rules.span().start + 1, format!(" {rule}: {word}{comma}")));
    }
    let first = rules.entries().next()?.key.span().start;
    let line = source.line_range(source.position(first).line);
    let indent = source.slice(line.start..first as usize);
    Some(edits::insertion(source, first, format!("{rule}: {word}\n{indent}")))
}

fn at_end(file: &File, rule: &str, word: &str) -> TextEdit {
    let text = file.source().text();
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    edits::insertion(file.source(), text.len() as u32, format!("{gap}rules:\n  {rule}: {word}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};
    use crate::syntax::parse;

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
            ("rules: {}\n", Some("rules: { one: note}\n")),
            ("rules:\nfail-on: never\n", Some("rules:\n  one: note\nfail-on: never\n")),
            ("rules:\n  one: { declared: error }\n", None),
            ("rules: [\n", None),
        ];
        for (text, expected) in cases {
            let file = parse(Source::new(SourceId(0), "statusquo.yaml", text));
            let changed = entry(&file, "one", "note").map(|one| {
                let mut changed = text.to_owned();
                changed.replace_range(one.span.range(), &one.text);
                changed
            });
            assert_eq!(changed.as_deref(), expected, "{text}");
            if let Some(changed) = changed {
                let (config, complaints) = crate::config::load(&parse(Source::new(SourceId(0), "statusquo.yaml", changed)));
                assert!(complaints.is_empty() && config.rules.iter().any(|entry| entry.id.value == "one"), "{text}");
            }
        }
    }
}
