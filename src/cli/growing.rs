//! Reports that grow piece by piece, in order of files, and are written when all is known.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::in_order::locked;
use super::reports::unwritable;
use super::request::{Request, Target};
use super::{Failure, told};
use crate::finding::{Finding, RuleDescription, Summary};
use crate::io::{Spool, open_to_write, plain_words};
use crate::report::{self, Format, Report};
use crate::rules::RuleSet;
use crate::source::Source;

/// All reports of a run.
pub(super) struct Growing<'r> {
    reports: Vec<GrowingReport<'r>>,
    rules: Vec<RuleDescription>,
    /// Memory in which pieces were written, to write others in.
    buffers: Mutex<Vec<Vec<u8>>>,
}

struct GrowingReport<'r> {
    target: &'r Target,
    pieces: Mutex<Pieces>,
}

/// What a report has so far.
#[derive(Default)]
struct Pieces {
    spool: Spool,
    /// The places of the pieces by the names of their files, which they are sorted by.
    places: Vec<(String, Range<u64>)>,
}

impl<'r> Growing<'r> {
    pub(super) fn new(request: &'r Request, rules: &RuleSet) -> Self {
        let report = |target| GrowingReport { target, pieces: Mutex::default() };
        let reports = request.targets.iter().map(report).collect();
        Growing { reports, rules: rules.descriptions(), buffers: Mutex::default() }
    }

    /// Takes in the findings of a file, at its place among the others; those of many can be at once.
    pub(super) fn add(&self, file: &str, findings: &[Finding], sources: Vec<&Source>) -> Result<(), Failure> {
        let summary = Summary::default();
        let report = Report { findings, sources, summary: &summary, rules: &self.rules, coverage: None };
        let mut piece = locked(&self.buffers).pop().unwrap_or_default();
        let added = self.reports.iter().try_for_each(|growing| {
            piece.clear();
            report::write_piece(growing.target.format, &report, &mut piece)?;
            if piece.is_empty() { Ok(()) } else { locked(&growing.pieces).add(file, &piece) }
        });
        locked(&self.buffers).push(piece);
        added.map_err(|error| unheld(&error))
    }

    /// Writes every report to where it goes.
    pub(super) fn write(self, summary: &Summary) -> Result<(), Failure> {
        let Growing { reports, rules, .. } = self;
        let empty = Report { findings: &[], sources: Vec::new(), summary, rules: &rules, coverage: None };
        reports.into_iter().try_for_each(|report| report.write(&empty))
    }
}

impl Pieces {
    fn add(&mut self, file: &str, piece: &[u8]) -> io::Result<()> {
        let place = self.spool.add(piece)?;
        let at = self.places.partition_point(|(other, _)| other.as_str() <= file);
        self.places.insert(at, (file.to_owned(), place));
        Ok(())
    }

    fn write(self, format: Format, empty: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
        if self.places.is_empty() {
            return report::write(format, empty, &report::Options::default(), out).and_then(|()| out.flush());
        }
        let mut spooled = self.spool.done();
        report::frame(format, empty)?.write_around(&self.places, out, |(_, place), out| spooled.copy(place, out))?;
        out.flush()
    }
}

impl GrowingReport<'_> {
    fn write(self, empty: &Report<'_>) -> Result<(), Failure> {
        let GrowingReport { target, pieces } = self;
        let pieces = pieces.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &target.file else {
            return told(pieces.write(target.format, empty, &mut io::stdout().lock()));
        };
        let written = open_to_write(file).and_then(|mut out| pieces.write(target.format, empty, &mut out));
        written.map_err(|error| unwritable(file, &error))
    }
}

/// What became of a report that could not even be held.
fn unheld(error: &io::Error) -> Failure {
    Failure::new(format!("cannot hold the report: {}", plain_words(error)))
        .help("make room in the folder for temporary files, or lint fewer files at a time")
}
