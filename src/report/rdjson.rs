//! The Reviewdog Diagnostic Format. Its readers refuse fields that they do not know, so there are none beside those of its
//! first definition; related places are told in the message.

use std::io;

use serde::Serialize;

use super::{Location, Options, Report, before, clean, escaped, lines};
use crate::finding::{Finding, Severity};
use crate::source::{Source, Span};

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let rules = report.rule_index();
    let url = |finding: &Finding| report.rules.get(*rules.get(&finding.rule)?)?.url.as_deref();
    let diagnostics = report.findings.iter().map(|finding| diagnostic(report, options, finding, url(finding)));
    let document = Document { source: Tool { name: env!("CARGO_PKG_NAME") }, diagnostics: diagnostics.collect() };
    escaped::write_pretty(&document, out)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'a> {
    /// Stands for that of each diagnostic.
    source: Tool,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Place<'a>,
    severity: &'static str,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    /// In bytes of UTF-8, from 1.
    column: u32,
}

fn diagnostic<'a>(report: &Report<'a>, options: &Options, finding: &'a Finding, url: Option<&'a str>) -> Diagnostic<'a> {
    let lines = lines::of(report, finding, options.all).into_iter().chain(lines::around(report, finding, options.all));
    let lines: Vec<String> = lines.map(|line| clean::sentence(&line).into_owned()).collect();
    Diagnostic {
        message: lines.join("\n"),
        location: place(report, finding),
        severity: severity(finding.severity),
        code: Code { value: finding.rule.as_str(), url },
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "INFO",
        Severity::Warning => "WARNING",
        Severity::Error => "ERROR",
    }
}

fn place<'a>(report: &Report<'a>, finding: &'a Finding) -> Place<'a> {
    let at = report.location(finding);
    // Of an entry in a recording no span is known, and its column counts bytes already.
    let is_entry = finding.primary.is_none() && finding.observation.is_some();
    let span = finding.span().or_else(|| before(finding).map(|place| place.span)).filter(|_| !is_entry);
    let range = span.and_then(|span| Some(range(report.source(span.source)?, span, &at)));
    let start = || Range { start: point(at.start.line, at.start.column as usize), end: None };
    Place { path: at.path.trim_start_matches("./"), range: range.unwrap_or_else(start) }
}

fn range(source: &Source, span: Span, at: &Location<'_>) -> Range {
    let column = |line: u32, offset: u32| {
        let offset = (offset as usize).min(source.text().len());
        offset.saturating_sub(source.line_range(line).start) + 1
    };
    let (start, end) = (at.start.line, at.end.line);
    Range { start: point(start, column(start, span.start)), end: Some(point(end, column(end, span.end))) }
}

/// Larger numbers are none in this format.
fn point(line: u32, column: usize) -> Point {
    let most = i32::MAX.unsigned_abs();
    Point { line: line.min(most), column: u32::try_from(column).unwrap_or(most).min(most) }
}
