//! Every real description is linted and every file parsed: no panic, no tool failure, all places inside their files.
//! The data is read from outside of the repository; where it is missing the test says so.
#![expect(clippy::print_stdout, reason = "a test prints its summary")]

#[path = "support/corpus.rs"]
mod corpus;

use std::collections::BTreeMap;

use corpus::{corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::finding::{Finding, Severity};
use statusquo::lint::{Job, Outcome, is_description, lint};
use statusquo::openapi::{Project, load};
use statusquo::provider::Provider;
use statusquo::rules::{RuleSet, Settings, builtin};
use statusquo::source::{SourceId, Span};
use statusquo::syntax::read;

#[test]
fn every_file_is_parsed() {
    let Some((below, names)) = corpus(|_| true) else { return };
    let broken: usize = names
        .par_iter()
        .map(|name| {
            let file = read(SourceId(0), name, below.read(name).expect("the file is there"));
            for fault in file.faults() {
                assert_inside(file.source().text(), fault.span, name);
            }
            for index in 0..file.tree().len() as u32 {
                assert_inside(file.source().text(), file.node(index).span(), name);
            }
            usize::from(!file.faults().is_empty())
        })
        .sum();
    println!("{} files parsed, {broken} of them with faults", names.len());
    assert!(names.len() > 16_000 && broken < names.len() / 10, "{broken} of {}", names.len());
}

#[test]
fn every_description_is_linted() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let rules = RuleSet::new(builtin().0);
    let loaded = load(&names, &below);
    assert_eq!(loaded.refused, []);
    let outcome = run(&loaded.project, &rules);
    let sources = loaded.project.sources();
    for finding in &outcome.findings {
        for span in places(finding) {
            let source = sources[span.source.index()];
            assert_inside(source.text(), span, source.name());
        }
        assert!(!finding.message.is_empty() && !finding.message.contains("{{"), "{finding:?}");
    }
    assert!(outcome.findings.is_sorted_by_key(|finding| sources[finding.span().unwrap().source.index()].name()));
    print_summary(&outcome);
    assert!(outcome.summary.operations > 20_000 && outcome.summary.judged <= outcome.summary.operations);
}

fn run(project: &Project, rules: &RuleSet) -> Outcome {
    let settings = Settings::default();
    let descriptions = project.files().filter(|file| file.roots().any(is_description));
    let jobs: Vec<Job<'_>> = descriptions.map(|file| Job { file, settings: &settings }).collect();
    println!("{} descriptions", jobs.len());
    assert!(jobs.len() > 1_000, "{} descriptions", jobs.len());
    lint(project, rules, &jobs)
}

fn places(finding: &Finding) -> impl Iterator<Item = Span> {
    finding.span().into_iter().chain(finding.related.iter().map(|related| related.span))
}

fn assert_inside(text: &str, span: Span, name: &str) {
    let slice = (span.start <= span.end).then(|| text.get(span.range())).flatten();
    assert!(slice.is_some(), "{name}: {span:?} is not inside the file on character boundaries");
}

fn print_summary(outcome: &Outcome) {
    let mut by_rule: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in &outcome.findings {
        by_rule.entry(finding.rule.as_str()).or_default()[finding.severity as usize] += 1;
    }
    let summary = &outcome.summary;
    println!("{} of {} operations judged, {} responses", summary.judged, summary.operations, summary.responses);
    println!("{:>7} {:>8} {:>6}", Severity::Error, Severity::Warning, Severity::Note);
    for (rule, [notes, warnings, errors]) in by_rule {
        println!("{errors:>7} {warnings:>8} {notes:>6}  {rule}");
    }
}
