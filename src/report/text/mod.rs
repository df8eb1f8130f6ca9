//! The report for people: a frame for each cause and where else it is found, a summary by rule, and one line of totals.

pub(super) mod changes;
mod coverage;
pub(super) mod excerpt;
mod frame;
pub(super) mod paint;
pub(super) mod totals;

use std::io;

use miette::{GraphicalReportHandler, GraphicalTheme};
use rustc_hash::FxHashMap;

use super::group::{Group, groups, unnamed};
use super::{Options, Report, changed, clean, places, sightings};
use crate::finding::{Finding, Related, RuleId, Severity};
use frame::Frame;

/// The operations and the related places that are shown unasked.
const SHOWN: usize = 3;

/// The narrowest terminal that frames are made for.
const NARROWEST: usize = 40;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let printer = Printer::new(report, options);
    for group in groups(report, options) {
        printer.finding(group.first, out)?;
        printer.others(&group, out)?;
        writeln!(out)?;
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
        self.entry(finding, out)?;
        self.exchanges(finding, out)?;
        self.change(finding, out)?;
        self.origin(finding, out)?;
        self.operations(finding, out)?;
        self.related(&related, out)
    }

    /// Where a finding is that has no frame.
    fn entry(&self, finding: &'a Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let Some(observation) = finding.observation.as_ref().filter(|_| finding.primary.is_none()) else { return Ok(()) };
        let at = self.report.location(finding);
        let place = format!("--> {}:{}:{}", clean::sentence(at.file), at.start.line, at.start.column);
        writeln!(out, "  {} (entry {})", paint::faint(self.options.color, place), observation.first.index)
    }

    /// The exchanges that show it.
    fn exchanges(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let Some(observation) = &finding.observation else { return Ok(()) };
        let lines = sightings::lines(observation, self.options.all, |words| clean::sentence(words).into_owned());
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
    }

    /// What was there before, and what may come now; to whoever wants to accept it, by what it is known.
    fn change(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let lines = changed::lines(self.report, finding, |words| clean::sentence(words).into_owned());
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        if finding.change.is_some() && self.options.verbose {
            writeln!(out, "  fingerprint: {}", finding.fingerprint)?;
        }
        Ok(())
    }

    /// What set the severity, where somebody asks and it is not the rule's own.
    fn origin(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        match finding.set_by.as_deref().filter(|_| self.options.verbose) {
            Some(origin) => writeln!(out, "  severity: {} ({})", finding.severity, clean::sentence(origin)),
            None => Ok(()),
        }
    }

    /// Where the same is found again: a line each, under the one frame.
    fn others(&self, group: &Group<'a>, out: &mut dyn io::Write) -> io::Result<()> {
        if group.others.is_empty() {
            return Ok(());
        }
        writeln!(out, "  {} more like this:", group.others.len())?;
        let (spots, left_out) = group.spots(self.report);
        let width = spots.iter().map(|spot| spot.place.chars().count()).max().unwrap_or_default();
        for spot in spots {
            let place = paint::faint(self.options.color, format_args!("{:width$}", spot.place));
            writeln!(out, "    {place}  {}", spot.words())?;
        }
        if left_out > 0 { writeln!(out, "    and {left_out} more (--all)") } else { Ok(()) }
    }

    /// The operations that share the finding, or the one that its message does not name.
    fn operations(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let operations = unnamed(finding);
        if operations.is_empty() {
            return Ok(());
        }
        let named: Vec<&str> = operations.iter().take(self.shown).map(String::as_str).collect();
        let more = operations.len() - named.len();
        let named = clean::sentence(&named.join(", ")).into_owned();
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  {}: {named}{rest}", paint::noun(operations.len(), "operation"))
    }

    /// The related places that lie too far away for the frame, those with the same words on one line.
    fn related(&self, related: &[&Related], out: &mut dyn io::Write) -> io::Result<()> {
        let rows = places::alike(related.iter().copied());
        for (first, places) in rows.iter().take(self.shown) {
            let place = paint::faint(self.options.color, places::listed(self.report, places, self.shown));
            writeln!(out, "  related: {place} {}", clean::sentence(&first.message))?;
        }
        match rows.iter().skip(self.shown).map(|(.., places)| places.len()).sum::<usize>() {
            0 => Ok(()),
            more => writeln!(out, "  related: {} (--all)", paint::count(more, "more place")),
        }
    }
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
