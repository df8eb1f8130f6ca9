//! Reports that grow piece by piece, in order of files, and are written when all is known.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use super::reports::unwritable;
use super::request::{Request, Target};
use super::{Failure, unwritten};
use crate::finding::{Finding, RuleDescription, Summary};
use crate::io::{Spool, open_to_write, plain_words};
use crate::report::{self, Report};
use crate::rules::RuleSet;
use crate::source::Source;

/// All reports of a run.
pub(super) struct Growing<'r> {
    reports: Vec<GrowingReport<'r>>,
    rules: Vec<RuleDescription>,
}

struct GrowingReport<'r> {
    target: &'r Target,
    spool: Spool,
    /// The pieces by the names of their files, which they are sorted by.
    pieces: Vec<(String, Range<u64>)>,
}

/// The findings of a file as each of the reports shows them.
pub(super) struct Rendered {
    file: String,
    pieces: Vec<Vec<u8>>,
}

impl<'r> Growing<'r> {
    pub(super) fn new(request: &'r Request, rules: &RuleSet) -> Self {
        let report = |target| GrowingReport { target, spool: Spool::default(), pieces: Vec::new() };
        Growing { reports: request.targets.iter().map(report).collect(), rules: rules.descriptions() }
    }

    /// Findings of one file, rendered; many can be at once.
    pub(super) fn render(&self, file: &str, findings: &[Finding], sources: Vec<&Source>) -> Result<Rendered, Failure> {
        let summary = Summary::default();
        let report = Report { findings, sources, summary: &summary, rules: &self.rules, coverage: None };
        let pieces = self.reports.iter().map(|growing| report::piece(growing.target.format, &report));
        let pieces = pieces.collect::<io::Result<_>>().map_err(|error| unheld(&error))?;
        Ok(Rendered { file: file.to_owned(), pieces })
    }

    /// Takes in the findings of a file, at its place among the others.
    pub(super) fn add(&mut self, rendered: &Rendered) -> Result<(), Failure> {
        for (report, piece) in self.reports.iter_mut().zip(&rendered.pieces).filter(|(_, piece)| !piece.is_empty()) {
            let place = report.spool.add(piece).map_err(|error| unheld(&error))?;
            let at = report.pieces.partition_point(|(file, _)| *file <= rendered.file);
            report.pieces.insert(at, (rendered.file.clone(), place));
        }
        Ok(())
    }

    /// Writes every report to where it goes.
    pub(super) fn write(self, summary: &Summary) -> Result<(), Failure> {
        let Growing { reports, rules } = self;
        let empty = Report { findings: &[], sources: Vec::new(), summary, rules: &rules, coverage: None };
        reports.into_iter().try_for_each(|report| report.write(&empty))
    }
}

impl GrowingReport<'_> {
    fn write(mut self, empty: &Report<'_>) -> Result<(), Failure> {
        let Some(file) = &self.target.file else {
            let mut out = BufWriter::new(io::stdout().lock());
            return self.write_to(empty, &mut out).or_else(|error| unwritten(&error).map_or(Ok(()), Err));
        };
        let written = open_to_write(file).and_then(|mut out| self.write_to(empty, &mut out));
        written.map_err(|error| unwritable(file, &error))
    }

    fn write_to(&mut self, empty: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.pieces.is_empty() {
            return report::write(self.target.format, empty, &report::Options::default(), out).and_then(|()| out.flush());
        }
        let frame = report::frame(self.target.format, empty)?;
        frame.write_around(&self.pieces, out, |(_, piece), out| self.spool.copy(piece, out))?;
        out.flush()
    }
}

/// What became of a report that could not even be held.
fn unheld(error: &io::Error) -> Failure {
    Failure::new(format!("cannot hold the report: {}", plain_words(error)))
        .help("make room in the folder for temporary files, or lint fewer files at a time")
}
