//! The JSON contract, version 1: a document with everything, or a line for each finding.

mod change;
mod traffic;

use std::io;

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::observed::Observed;
use super::{Report, escaped};
use crate::finding::{Finding, Fix, Related, RuleId, Summary, TextEdit};
use crate::source::{Position, Span};
use change::{Change, Changes};
use traffic::{Covered, Traffic};

/// From this many findings on they are written in parallel, so many at a time.
const MANY: usize = 64;

/// How many times as many are written before they are handed on.
const PIECES: usize = 8;

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if report.findings.len() > MANY {
        return write_many(report, out);
    }
    let document = Document {
        version: 1,
        tool: Tool::THIS,
        findings: Findings(report),
        summary: numbers(report.summary),
        coverage: report.coverage.map(|coverage| coverage.rows.iter().map(Into::into).collect()),
    };
    escaped::write_pretty(&document, out)?;
    writeln!(out)
}

/// The same document, its findings written in parallel. No more than a few pieces of it are held.
fn write_many(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let piece = |findings| {
        let mut piece = Vec::new();
        write_piece(&Report { findings, sources: report.sources.clone(), ..*report }, &mut piece).map(|()| piece)
    };
    let batches = report.findings.chunks(MANY * PIECES);
    let pieces = batches.flat_map(|batch| batch.par_chunks(MANY).map(piece).collect::<Vec<io::Result<Vec<u8>>>>());
    frame(report)?.write_around(pieces, out, |piece, out| out.write_all(&piece?))
}

pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for item in items(report) {
        escaped::write(&item, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// What stands between findings in the list of a document, and the list where there are none.
const BETWEEN: &[u8] = b",\n";
const NO_FINDINGS: &[u8] = b"\"findings\": []";

/// How deep in a document its findings are.
const DEPTH: usize = 2;

/// The findings as they stand in the list of a document, without a comma at the end.
pub(super) fn write_piece(report: &Report<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    for (number, item) in items(report).enumerate() {
        out.extend_from_slice(if number == 0 { b"" } else { BETWEEN });
        out.extend_from_slice(b"    ");
        escaped::write_inside(&item, DEPTH, out)?;
    }
    Ok(())
}

/// What stands around and between the pieces of a report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) head: Vec<u8>,
    pub(crate) between: &'static [u8],
    pub(crate) tail: Vec<u8>,
}

impl Frame {
    /// Writes the whole, each piece as it is told to.
    pub(crate) fn write_around<T, W: io::Write + ?Sized>(
        &self,
        pieces: impl IntoIterator<Item = T>,
        out: &mut W,
        mut write: impl FnMut(T, &mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        out.write_all(&self.head)?;
        for (number, piece) in pieces.into_iter().enumerate() {
            out.write_all(if number == 0 { &[] } else { self.between })?;
            write(piece, out)?;
        }
        out.write_all(&self.tail)
    }
}

/// A document around findings that are written elsewhere. What stands before them does not depend on the numbers, which come
/// behind: they are known when the last finding is.
pub(super) fn frame(report: &Report<'_>) -> io::Result<Frame> {
    let mut document = Vec::new();
    write(&Report { findings: &[], sources: Vec::new(), ..*report }, &mut document)?;
    let end = memmem::find(&document, NO_FINDINGS).map_or(document.len(), |at| at + NO_FINDINGS.len());
    let tail = [b"\n  ]", document.split_off(end).as_slice()].concat();
    document.pop();
    document.push(b'\n');
    Ok(Frame { head: document, between: BETWEEN, tail })
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    findings: Findings<'a>,
    summary: Numbers,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Vec<Covered<'a>>>,
}

/// The findings of a report, made one by one while they are written.
struct Findings<'a>(&'a Report<'a>);

impl Serialize for Findings<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(items(self.0))
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    const THIS: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

#[derive(Serialize)]
struct Numbers {
    files: usize,
    operations: usize,
    judged: usize,
    responses: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    suppressed: usize,
    fixed: usize,
    unknown: usize,
    #[serde(flatten)]
    traffic: Option<Traffic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Changes>,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    url: Option<&'a str>,
    file: Option<&'a str>,
    span: Option<Range>,
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<u32>,
    operations: &'a [String],
    status: Option<&'a str>,
    related: Vec<Also<'a>>,
    fix: Option<Cure<'a>>,
    fingerprint: &'a str,
    #[serde(flatten)]
    observed: Option<Observed<'a>>,
    #[serde(flatten)]
    change: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Also<'a> {
    file: &'a str,
    span: Range,
    message: &'a str,
}

/// What would cure a finding.
#[derive(Serialize)]
struct Cure<'a> {
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    file: &'a str,
    span: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

fn items<'a>(report: &'a Report<'a>) -> impl Iterator<Item = Item<'a>> {
    let rules = report.rule_index();
    report.findings.iter().map(move |finding| item(report, &rules, finding))
}

fn item<'a>(report: &Report<'a>, rules: &FxHashMap<&RuleId, usize>, finding: &'a Finding) -> Item<'a> {
    let rule = rules.get(&finding.rule).and_then(|&at| report.rules.get(at));
    let (file, span) = finding.span().map(|span| place(report, span)).unzip();
    Item {
        rule: finding.rule.as_str(),
        severity: finding.severity.word(),
        message: &finding.message,
        help: finding.help.as_deref(),
        url: rule.and_then(|rule| rule.url.as_deref()),
        file,
        span,
        pointer: finding.primary.as_ref().map(|place| place.pointer.as_str()),
        document: finding.primary.as_ref().and_then(|place| place.document),
        operations: &finding.operations,
        status: finding.status.as_deref(),
        related: finding.related.iter().map(|related| also(report, related)).collect(),
        fix: finding.fix.as_deref().map(|fix| cure(report, fix)),
        fingerprint: &finding.fingerprint,
        observed: finding.observation.as_deref().map(Into::into),
        change: finding.change.as_deref().map(|change| Change::of(report, finding, change)),
    }
}

fn also<'a>(report: &Report<'a>, related: &'a Related) -> Also<'a> {
    let (file, span) = place(report, related.span);
    Also { file, span, message: &related.message }
}

fn cure<'a>(report: &Report<'a>, fix: &'a Fix) -> Cure<'a> {
    let edit = |edit: &'a TextEdit| {
        let (file, span) = place(report, edit.span);
        Edit { file, span, text: &edit.text }
    };
    Cure { safety: fix.safety.word(), edits: fix.edits.iter().map(edit).collect() }
}

fn place<'a>(report: &Report<'a>, span: Span) -> (&'a str, Range) {
    let at = report.locate(span);
    (at.file, Range { start: point(at.start, span.start), end: point(at.end, span.end) })
}

fn point(position: Position, offset: u32) -> Point {
    Point { line: position.line, column: position.column, offset }
}

fn numbers(summary: &Summary) -> Numbers {
    Numbers {
        files: summary.files,
        operations: summary.operations,
        judged: summary.judged,
        responses: summary.responses,
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        suppressed: summary.suppressed,
        fixed: summary.fixed,
        unknown: summary.unknown,
        traffic: summary.traffic.as_ref().map(Into::into),
        changes: summary.changes.as_ref().map(Into::into),
    }
}
