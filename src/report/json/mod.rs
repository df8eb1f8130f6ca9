//! The JSON contract, version 1: a document with everything, or a line for each finding.

mod change;
mod item;
mod object;
mod traffic;

use std::io;

use memchr::memmem;
use rayon::prelude::*;
use serde::Serialize;

use super::{Report, escaped};
use crate::finding::Summary;
use change::Changes;
use item::Item;
use traffic::{Covered, Traffic};

/// How many findings are written at once, side by side with others.
const MANY: usize = 64;

/// How many times as many are written before they are handed on.
const PIECES: usize = 8;

/// What stands between findings in the list of a document, and the list where there are none.
const BETWEEN: &[u8] = b",\n";
const NO_FINDINGS: &[u8] = b"\"findings\": []";

/// Writes a document in which each finding has a line. No more than a few pieces of it are held.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if report.findings.is_empty() {
        return out.write_all(&without_findings(report)?);
    }
    let piece = |findings| {
        let mut piece = Vec::new();
        write_piece(&Report { findings, sources: report.sources.clone(), ..*report }, &mut piece).map(|()| piece)
    };
    let batches = report.findings.chunks(MANY * PIECES);
    let pieces = batches.flat_map(|batch| batch.par_chunks(MANY).map(piece).collect::<Vec<io::Result<Vec<u8>>>>());
    frame(report)?.write_around(pieces, out, |piece, out| out.write_all(&piece?))
}

/// Writes each finding as a line of its own and nothing else.
pub(super) fn write_lines<W: io::Write + ?Sized>(report: &Report<'_>, out: &mut W) -> io::Result<()> {
    let mut line = Vec::new();
    each_item(report, |item| {
        line.clear();
        item.write(&mut line)?;
        line.push(b'\n');
        out.write_all(&line)
    })
}

/// The findings as they stand in the list of a document, without a comma at the end.
pub(super) fn write_piece(report: &Report<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut before: &[u8] = b"";
    each_item(report, |item| {
        out.extend_from_slice(before);
        before = BETWEEN;
        out.extend_from_slice(b"    ");
        item.write(out)
    })
}

fn each_item(report: &Report<'_>, mut write: impl FnMut(Item<'_>) -> io::Result<()>) -> io::Result<()> {
    let rules = report.rule_index();
    report.findings.iter().try_for_each(|finding| {
        let rule = rules.get(&finding.rule).and_then(|&at| report.rules.get(at));
        write(Item { report, rule, finding })
    })
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
    let mut document = without_findings(report)?;
    let end = memmem::find(&document, NO_FINDINGS).map_or(document.len(), |at| at + NO_FINDINGS.len());
    let tail = [b"\n  ]", document.split_off(end).as_slice()].concat();
    document.pop();
    document.push(b'\n');
    Ok(Frame { head: document, between: BETWEEN, tail })
}

fn without_findings(report: &Report<'_>) -> io::Result<Vec<u8>> {
    let document = Document {
        version: 1,
        tool: Tool::THIS,
        findings: [],
        summary: numbers(report.summary),
        coverage: report.coverage.map(|coverage| coverage.rows.iter().map(Into::into).collect()),
    };
    let mut written = Vec::new();
    escaped::write_pretty(&document, &mut written)?;
    written.push(b'\n');
    Ok(written)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    findings: [(); 0],
    summary: Numbers,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Vec<Covered<'a>>>,
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
