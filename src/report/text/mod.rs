//! The report for people: a frame for each finding, a summary by rule, and one line of totals.

mod excerpt;
mod frame;
mod paint;
mod totals;

use std::io;

use miette::{GraphicalReportHandler, GraphicalTheme};
use rustc_hash::FxHashMap;

use super::{Options, Report, clean};
use crate::finding::{Finding, Related, RuleId, Severity};
use crate::source::SourceId;
use frame::Frame;

/// The instances of a rule in a file, the operations and the related places that are shown unasked.
const SHOWN: usize = 3;

/// The narrowest terminal that frames are made for.
const NARROWEST: usize = 40;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let printer = Printer::new(report, options);
    let totals = instances(report.findings);
    let mut seen: FxHashMap<(&RuleId, SourceId), usize> = FxHashMap::default();
    for finding in report.findings {
        let kind = kind(finding);
        let seen = seen.entry(kind).or_default();
        *seen += 1;
        if *seen <= printer.shown {
            printer.finding(finding, out)?;
        }
        let more = totals.get(&kind).map_or(0, |total| total.saturating_sub(printer.shown));
        if *seen == printer.shown && more > 0 {
            writeln!(out, "and {more} more like this (--all)\n")?;
        }
    }
    totals::write(report, options, out)
}

/// What does not change from one finding to the next.
struct Printer<'a, 'r> {
    report: &'r Report<'a>,
    options: &'r Options,
    rules: FxHashMap<&'a RuleId, usize>,
    handlers: [GraphicalReportHandler; 3],
    width: usize,
    shown: usize,
}

impl<'a, 'r> Printer<'a, 'r> {
    fn new(report: &'r Report<'a>, options: &'r Options) -> Self {
        let width = options.width.max(NARROWEST);
        let handlers = Severity::ALL.map(|severity| handler(severity, options, width));
        let shown = if options.all { usize::MAX } else { SHOWN };
        Printer { report, options, rules: report.rule_index(), handlers, width, shown }
    }

    fn finding(&self, finding: &'a Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let rule = self.rules.get(&finding.rule).and_then(|&at| self.report.rules.get(at));
        let url = rule.and_then(|rule| rule.url.as_deref());
        let (frame, related) = Frame::new(self.report, finding, url, self.width);
        let [note, warning, error] = &self.handlers;
        let handler = match finding.severity {
            Severity::Note => note,
            Severity::Warning => warning,
            Severity::Error => error,
        };
        let mut text = String::new();
        handler.render_report(&mut text, &frame).map_err(io::Error::other)?;
        out.write_all(text.as_bytes())?;
        self.operations(finding, out)?;
        self.related(&related, out)?;
        writeln!(out)
    }

    /// The operations of a finding that several of them share.
    fn operations(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        if finding.operations.len() < 2 {
            return Ok(());
        }
        let named: Vec<&str> = finding.operations.iter().take(self.shown).map(String::as_str).collect();
        let more = finding.operations.len() - named.len();
        let named = clean::sentence(&named.join(", ")).into_owned();
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  operations: {named}{rest}")
    }

    /// The related places that lie too far away for the frame.
    fn related(&self, related: &[&Related], out: &mut dyn io::Write) -> io::Result<()> {
        for place in related.iter().take(self.shown) {
            let at = self.report.locate(place.span);
            let (file, message) = (clean::sentence(at.file), clean::sentence(&place.message));
            let place = paint::faint(self.options.color, format_args!("{file}:{}:{}", at.start.line, at.start.column));
            writeln!(out, "  related: {place} {message}")?;
        }
        match related.len().saturating_sub(self.shown) {
            0 => Ok(()),
            more => writeln!(out, "  related: {} (--all)", paint::count(more, "more place")),
        }
    }
}

fn kind(finding: &Finding) -> (&RuleId, SourceId) {
    (&finding.rule, finding.primary.span.source)
}

/// How often each rule speaks in each file.
fn instances(findings: &[Finding]) -> FxHashMap<(&RuleId, SourceId), usize> {
    let mut counts = FxHashMap::default();
    for finding in findings {
        *counts.entry(kind(finding)).or_default() += 1;
    }
    counts
}

/// A printer of frames in which marks have the colour of the severity.
fn handler(severity: Severity, options: &Options, width: usize) -> GraphicalReportHandler {
    let mut theme = if options.color { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    let style = match severity {
        Severity::Note => theme.styles.advice,
        Severity::Warning => theme.styles.warning,
        Severity::Error => theme.styles.error,
    };
    theme.styles.highlights = vec![style];
    GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(options.hyperlinks)
        .with_break_words(false)
        .without_syntax_highlighting()
}
