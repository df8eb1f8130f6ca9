//! Everything that one run found.

use std::{fmt, io};

use super::Finding;
use crate::finding::{RuleDescription, RuleId, Severity, Summary};
use crate::lint::Outcome;
use crate::openapi::Project;
use crate::report::{self, Format, Options};

/// What a run found. Shown with `{}` it is the report that people read on a terminal, without colours.
#[derive(Debug)]
pub struct Report {
    project: Project,
    outcome: Outcome,
    /// Sorted by id.
    rules: Vec<RuleDescription>,
}

impl Report {
    pub(super) fn new(project: Project, outcome: Outcome, rules: Vec<RuleDescription>) -> Self {
        Report { project, outcome, rules }
    }

    /// The findings, sorted by file, place and rule. What a description silences with `statusquo: allow` is not among them.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        let report = self.everything();
        let finding = move |finding| Finding::new(finding, report.location(finding), self.url(&finding.rule));
        self.outcome.findings.iter().map(finding)
    }

    /// Whether there is nothing worse than a note, which is when `statusquo lint` ends with 0.
    pub fn passes(&self) -> bool {
        self.passes_below(Severity::Warning)
    }

    /// Whether every finding is milder than this severity.
    pub fn passes_below(&self, severity: Severity) -> bool {
        self.outcome.findings.iter().all(|finding| finding.severity < severity)
    }

    /// The numbers of the run: how much was looked at, how much was found, what could not be told.
    pub fn summary(&self) -> &Summary {
        &self.outcome.summary
    }

    /// Writes the report in one of the formats of the program.
    ///
    /// ```
    /// # use statusquo::Format;
    /// # let report = statusquo::lint("a.json", r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}"#)?;
    /// let mut sarif = Vec::new();
    /// report.write(Format::Sarif, &mut sarif)?;
    /// # assert!(sarif.starts_with(b"{"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
        report::write(format, &self.everything(), &Options::default(), out)
    }

    fn everything(&self) -> report::Report<'_> {
        report::Report {
            findings: &self.outcome.findings,
            sources: self.project.sources(),
            summary: &self.outcome.summary,
            rules: &self.rules,
            coverage: None,
        }
    }

    fn url(&self, rule: &RuleId) -> Option<&str> {
        let index = self.rules.binary_search_by(|known| known.id.cmp(rule)).ok()?;
        self.rules.get(index)?.url.as_deref()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        self.write(Format::Text, &mut text).map_err(|_| fmt::Error)?;
        f.write_str(&String::from_utf8_lossy(&text))
    }
}
