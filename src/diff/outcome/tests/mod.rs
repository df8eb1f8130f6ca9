//! How the tests of this module compare: with a stand-in for schemas that only knows "changed".

mod contents;
mod headers;
mod identity;
mod places;
mod statuses;
mod twins;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::compare;
use crate::diff::{Change, Mode, Options, SchemaChange};
use crate::facts::api;
use crate::finding::{Class, Severity};
use crate::openapi::{Project, Schema, load, same, version_of};
use crate::provider::InMemory;
use crate::rules::{Reporter, builtin};
use crate::truth::Truth;

/// A description with one operation that has these responses.
fn responding(responses: &str) -> String {
    with_operation(&format!("responses: {{ {responses} }}"))
}

/// A description with one operation.
fn with_operation(operation: &str) -> String {
    described(&format!("paths: {{ /orders: {{ get: {{ {operation} }} }} }}"))
}

/// A description of 3.1.
fn described(rest: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: Example, version: '1' }}\n{rest}\n")
}

/// What changed, one line each.
fn changes(old: &str, new: &str, options: &Options, line: impl Fn(&Change<'_, '_>) -> String) -> Vec<String> {
    let files = InMemory::new().with("old.yaml", old).with("new.yaml", new);
    let project = load(&["old.yaml".to_owned(), "new.yaml".to_owned()], &files).project;
    let (old, new) = (read(&project, "old.yaml"), read(&project, "new.yaml"));
    let mut schemas = |old, new| schema_changes(old, new);
    let changes = compare(&old, &new, options, &mut schemas).changes;
    for change in &changes {
        assert_well_told(change, options.mode);
    }
    changes.iter().map(line).collect()
}

/// There is a rule for it, at least as severe unless all that is new counts as breaking, and it reads like all findings.
fn assert_well_told(change: &Change<'_, '_>, mode: Mode) {
    static SEVERITIES: LazyLock<FxHashMap<String, Option<Severity>>> = LazyLock::new(|| {
        let rules = builtin().0.into_iter().filter(|rule| matches!(rule.reporter, Reporter::Diff));
        rules.map(|rule| (rule.id.to_string(), rule.grade().severity())).collect()
    });
    let base = SEVERITIES.get(change.rule).unwrap_or_else(|| panic!("no rule {}", change.rule));
    assert!(mode == Mode::Strict || *base >= Some(change.class.severity()), "{change:?}");
    assert!(!change.message.ends_with('.') && change.message.matches('`').count().is_multiple_of(2), "{change:?}");
    assert!(!change.operations.is_empty() && change.old.is_some() && change.new.is_some(), "{change:?}");
}

fn read<'p>(project: &'p Project, name: &str) -> crate::facts::Api<'p> {
    let file = project.file(name).unwrap();
    assert_eq!(
        file.faults().iter().map(|fault| &fault.message).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "{}",
        file.source().text()
    );
    let root = file.roots().next().unwrap();
    api(project, version_of(root).unwrap().version.unwrap(), root)
}

/// One change at the schema, or one for each property that is another one.
fn schema_changes<'p>(old: Schema<'p>, new: Schema<'p>) -> Vec<SchemaChange<'p, 'p>> {
    let texts = ["description", "example", "title", "collectionFormat"];
    let differs = |old: Schema<'p>, new: Schema<'p>| same(old.view(), new.view(), &texts) == Truth::False;
    if !differs(old, new) {
        return Vec::new();
    }
    let change = |old: Schema<'p>, new: Schema<'p>, place: String| SchemaChange {
        rule: "response-type-changed",
        class: Class::Breaking,
        message: "it changed".to_owned(),
        old: old.target().map(|schema| schema.view().node()),
        new: new.target().map(|schema| schema.view().node()),
        place,
        words: Vec::new(),
        witness: None,
    };
    let properties = new.properties();
    let twins = old.properties().list.into_iter().filter_map(|one| {
        let other = properties.get(&one.name)?.schema;
        differs(one.schema, other).then(|| change(one.schema, other, format!("/{}", one.name)))
    });
    let twins: Vec<_> = twins.collect();
    if twins.is_empty() { vec![change(old, new, String::new())] } else { twins }
}

/// `breaking rule`.
fn short(change: &Change<'_, '_>) -> String {
    format!("{} {}", change.class.word(), change.rule)
}

fn in_mode(mode: Mode) -> Options {
    Options { mode, ..Options::default() }
}

/// Compares the responses of one operation in all modes: what `strict` says where it differs stands behind `|`.
fn assert_responses(table: &[(&str, &str, &[&str])]) {
    for (old, new, expected) in table {
        let found = |mode| {
            let mut found = changes(&responding(old), &responding(new), &in_mode(mode), short);
            found.sort();
            found
        };
        let expected_in = |mode| {
            let one = |line: &&str| match line.split_once(" | ") {
                Some((_, strict)) if mode == Mode::Strict => strict.to_owned(),
                Some((default, _)) => default.to_owned(),
                None => (*line).to_owned(),
            };
            let mut lines: Vec<String> = expected.iter().map(one).collect();
            lines.sort();
            lines
        };
        for mode in [Mode::Default, Mode::Strict, Mode::Lenient] {
            assert_eq!(found(mode), expected_in(mode), "{mode:?}: {old} -> {new}");
        }
    }
}
