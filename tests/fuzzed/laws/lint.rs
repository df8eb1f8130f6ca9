//! Linting one text with all rules: findings lie in the text, a second run says the same, and reports can be written.

use serde_json::Value;
use statusquo::finding::{Finding, Place};
use statusquo::lint::{Job, Outcome, lint};
use statusquo::openapi::Project;
use statusquo::report::{Format, Options, Report, write};
use statusquo::syntax::{File, Node};

use super::{RULES, STRICT, assert_inside, project};

const NAME: &str = "openapi.yaml";

pub(super) fn hold(input: &[u8]) {
    let project = project(NAME, input);
    let outcome = linted(&project);
    let silenced = outcome.suppressed.iter().map(|(suppressed, _)| &suppressed.finding);
    outcome.findings.iter().chain(silenced).for_each(|finding| assert_placed(&project, finding));
    let again = linted(&project);
    assert_eq!(
        (&outcome.findings, &outcome.suppressed),
        (&again.findings, &again.suppressed),
        "a second run says something else"
    );
    // Not all formats for each input: some take longer than the linting.
    assert_written(&project, &outcome, Format::ALL[input.len() % Format::ALL.len()]);
}

fn linted(project: &Project) -> Outcome {
    let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &STRICT }).collect();
    lint(project, &RULES, &jobs)
}

fn assert_placed(project: &Project, finding: &Finding) {
    let sources = project.sources();
    let spans = finding.span().into_iter().chain(finding.related.iter().map(|related| related.span));
    spans.for_each(|span| assert_inside(&sources, span));
    if let Some(place) = &finding.primary {
        let file = project.files().find(|file| file.source().id() == place.span.source).expect("a file");
        assert!(!is_plain(file) || leads_somewhere(file, place), "`{}` of `{}` leads nowhere", place.pointer, finding.rule);
    }
}

/// Whether a pointer can lead to every place: each key is a text, and stands once in its map.
fn is_plain(file: &File) -> bool {
    let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
    file.faults().is_empty() && nodes.flat_map(Node::entries).all(|entry| entry.key.text().is_some())
}

/// Whether there is something at the pointer of a place.
fn leads_somewhere(file: &File, place: &Place) -> bool {
    let root = file.roots().nth(place.document.unwrap_or(0) as usize);
    // A file without anything in it has a place all the same.
    place.pointer.split('/').skip(1).try_fold(root, |node, step| Some(node?.child(&unescaped(step)))).flatten().is_some()
        || place.pointer.is_empty()
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn assert_written(project: &Project, outcome: &Outcome, format: Format) {
    let rules = RULES.descriptions();
    let sources = project.sources();
    let report = Report { findings: &outcome.findings, sources, summary: &outcome.summary, rules: &rules, coverage: None };
    let mut out = Vec::new();
    write(format, &report, &Options { all: true, color: true, ..Options::default() }, &mut out).expect("memory can be written");
    let out = String::from_utf8(out).expect("reports are UTF-8");
    let is_json = matches!(format, Format::Json | Format::Sarif | Format::Gitlab);
    assert!(!is_json || serde_json::from_str::<Value>(&out).is_ok(), "{format:?} is no JSON: {out}");
}
