//! Reports that grow piece by piece, in order of files.

use std::collections::BTreeMap;
use std::io::{self, Stdout, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::in_order::locked;
use super::reports::unwritable;
use super::request::{Request, Target};
use super::stream::Stream;
use super::{Failure, told};
use crate::finding::{Finding, RuleDescription, Summary};
use crate::io::{Spool, open_to_write, plain_words};
use crate::report::{self, Format, Report};
use crate::rules::RuleSet;
use crate::source::Source;

/// How many buffers are kept for what is written next, and the largest of them in bytes.
const BUFFERS: usize = 4;
const LARGEST: usize = 4 << 20;

/// All reports of a run.
pub(super) struct Growing<'r> {
    reports: Vec<GrowingReport<'r>>,
    rules: Vec<RuleDescription>,
    /// Memory in which pieces were written, to write others in.
    buffers: Mutex<Vec<Vec<u8>>>,
}

struct GrowingReport<'r> {
    format: Format,
    pieces: Pieces<'r>,
}

/// What becomes of the pieces of a report.
enum Pieces<'r> {
    /// They go to standard output.
    Told(Box<Stream<Stdout>>),
    /// They are held: a file is written when all is known, so that a run that fails leaves it as it was.
    Held(&'r Path, Mutex<Held>),
}

/// What a report has so far.
#[derive(Default)]
struct Held {
    spool: Spool,
    /// The places of the pieces by their numbers.
    places: BTreeMap<usize, Range<u64>>,
}

impl<'r> Growing<'r> {
    /// Nothing is written before there is a piece.
    pub(super) fn new(request: &'r Request, rules: &RuleSet) -> Result<Self, Failure> {
        let rules = rules.descriptions();
        let reports = request.targets.iter().map(|target| GrowingReport::new(target, &rules)).collect::<Result<_, _>>()?;
        Ok(Growing { reports, rules, buffers: Mutex::default() })
    }

    /// Takes in findings, at the place among the others that their number tells; those of many can be at once.
    pub(super) fn add(&self, number: usize, findings: &[Finding], sources: Vec<&Source>) -> Result<(), Failure> {
        let summary = Summary::default();
        let report = Report { findings, sources, summary: &summary, rules: &self.rules, coverage: None };
        self.reports.iter().try_for_each(|growing| {
            let mut piece = locked(&self.buffers).pop().unwrap_or_default();
            piece.clear();
            let free = growing.add(number, &report, piece)?;
            let mut buffers = locked(&self.buffers);
            buffers.extend(free.into_iter().filter(|buffer| buffer.capacity() <= LARGEST));
            // Many pieces may have waited for a slow one.
            buffers.truncate(BUFFERS);
            Ok(())
        })
    }

    /// Ends every report.
    pub(super) fn finish(self, summary: &Summary) -> Result<(), Failure> {
        let Growing { reports, rules, .. } = self;
        let empty = nothing(&rules, summary);
        reports.into_iter().try_for_each(|report| report.finish(&empty))
    }
}

/// A report without findings.
fn nothing<'a>(rules: &'a [RuleDescription], summary: &'a Summary) -> Report<'a> {
    Report { findings: &[], sources: Vec::new(), summary, rules, coverage: None }
}

impl<'r> GrowingReport<'r> {
    fn new(target: &'r Target, rules: &[RuleDescription]) -> Result<Self, Failure> {
        let format = target.format;
        let pieces = if let Some(file) = &target.file {
            Pieces::Held(file, Mutex::default())
        } else {
            let frame = report::frame(format, &nothing(rules, &Summary::default())).map_err(|error| unheld(&error))?;
            Pieces::Told(Box::new(Stream::new(io::stdout(), frame)))
        };
        Ok(GrowingReport { format, pieces })
    }

    /// Gives back memory that is free.
    fn add(&self, number: usize, report: &Report<'_>, mut piece: Vec<u8>) -> Result<Vec<Vec<u8>>, Failure> {
        let wanted = !matches!(&self.pieces, Pieces::Told(stream) if stream.is_closed());
        if wanted {
            report::write_piece(self.format, report, &mut piece).map_err(|error| unheld(&error))?;
        }
        match &self.pieces {
            Pieces::Told(stream) => stream.add(number, piece).or_else(|error| told(Err(error)).map(|()| Vec::new())),
            Pieces::Held(_, held) => {
                locked(held).add(number, &piece).map_err(|error| unheld(&error))?;
                Ok(vec![piece])
            }
        }
    }

    /// `empty` has the numbers and no findings.
    fn finish(self, empty: &Report<'_>) -> Result<(), Failure> {
        let format = self.format;
        match self.pieces {
            Pieces::Held(file, held) => {
                let held = held.into_inner().unwrap_or_else(PoisonError::into_inner);
                let written = open_to_write(file).and_then(|mut out| held.write(format, empty, &mut out));
                written.map_err(|error| unwritable(file, &error))
            }
            Pieces::Told(stream) => told(end(*stream, format, empty)),
        }
    }
}

/// Ends what goes to standard output.
fn end(stream: Stream<Stdout>, format: Format, empty: &Report<'_>) -> io::Result<()> {
    if stream.finish(&report::frame(format, empty)?.tail)? {
        return Ok(());
    }
    write_empty(format, empty, &mut io::stdout().lock())
}

fn write_empty(format: Format, empty: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    report::write(format, empty, &report::Options::default(), out)?;
    out.flush()
}

impl Held {
    fn add(&mut self, number: usize, piece: &[u8]) -> io::Result<()> {
        if !piece.is_empty() {
            self.places.insert(number, self.spool.add(piece)?);
        }
        Ok(())
    }

    fn write(self, format: Format, empty: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
        if self.places.is_empty() {
            return write_empty(format, empty, out);
        }
        let mut spooled = self.spool.done();
        report::frame(format, empty)?.write_around(self.places.values(), out, |place, out| spooled.copy(place, out))?;
        out.flush()
    }
}

/// What became of a report that could not even be held.
fn unheld(error: &io::Error) -> Failure {
    Failure::new(format!("cannot hold the report: {}", plain_words(error)))
        .help("make room in the folder for temporary files, or lint fewer files at a time")
}
