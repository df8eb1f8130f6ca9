//! `statusquo demo`

use super::{Ending, Failure, Outcome, print, reports};
use crate::lint::{Job, lint};
use crate::openapi::load;
use crate::provider::InMemory;
use crate::report::{self, Format, Options, Report};
use crate::rules::{RuleSet, Settings, builtin};

#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {}

/// The name under which the built-in description is reported.
const NAME: &str = "demo.yaml";

/// A small description with every headline mistake.
const DESCRIPTION: &str = include_str!("../../fixtures/demo.yaml");

const NEXT: &str = "
That was a small built-in API with the classic mistakes. What to do next:
  statusquo lint                       lint the descriptions in this folder
  statusquo explain found-redirect     why a rule exists, and when it is wrong
  statusquo explain 405                what a status code asks of a response
  statusquo rules                      all rules
";

/// Lints the built-in description and reports as `lint` would; findings are what a demo is for, so they are no failure.
pub(super) fn run(_: &DemoArgs) -> Ending {
    let (rules, _) = builtin();
    let rules = RuleSet::new(rules);
    let project = load(&[NAME.to_owned()], &InMemory::new().with(NAME, DESCRIPTION)).project;
    let settings = Settings::default();
    let jobs: Vec<Job<'_>> = project.files().map(|file| Job { file, settings: &settings }).collect();
    let outcome = lint(&project, &rules, &jobs);
    let descriptions = rules.descriptions();
    let report = Report {
        findings: &outcome.findings,
        sources: project.sources(),
        summary: &outcome.summary,
        rules: &descriptions,
        coverage: None,
    };
    // There is no flag to ask for more.
    let options = Options { all: true, ..reports::terminal_options() };
    let mut text = Vec::new();
    let written = report::write(Format::Text, &report, &options, &mut text);
    written.map_err(|error| vec![Failure::new(format!("cannot write the report: {error}"))])?;
    text.extend_from_slice(NEXT.as_bytes());
    print(&text).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}
