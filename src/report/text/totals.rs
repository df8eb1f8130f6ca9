//! The end of the text report: findings by rule, totals, and what was not judged.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use super::super::{Options, Report, clean};
use super::paint;
use crate::finding::{RuleId, Severity, Summary, Unjudged};

/// The operations that are named when not everything is asked for.
const NAMED: usize = 3;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write_rules(report, options, out)?;
    writeln!(out, "{}", line(report, options))?;
    write_unjudged(report, options, out)?;
    if options.verbose { write_unknown(report.summary, out) } else { Ok(()) }
}

/// How often each rule speaks at each severity, the worst and the most frequent first.
pub(in crate::report) fn by_rule<'a>(report: &Report<'a>) -> Vec<(Severity, usize, &'a RuleId)> {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in report.findings {
        *counts.entry((Reverse(finding.severity), &finding.rule)).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().map(|((severity, rule), count)| (severity, Reverse(count), rule)).collect();
    rows.sort();
    rows.into_iter().map(|(Reverse(severity), Reverse(count), rule)| (severity, count, rule)).collect()
}

/// A line for each rule and severity.
fn write_rules(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = by_rule(report);
    let width = rows.iter().map(|(_, count, _)| count.to_string().len()).max().unwrap_or_default();
    for (severity, count, rule) in &rows {
        let word = paint::severity(options.color, *severity, format_args!("{severity:<7}"));
        writeln!(out, "{word}  {count:>width$}  {rule}")?;
    }
    if rows.is_empty() { Ok(()) } else { writeln!(out) }
}

/// `3 errors, 12 warnings in 2 files · 11 of 12 operations judged`.
pub(in crate::report) fn line(report: &Report<'_>, options: &Options) -> String {
    let summary = report.summary;
    let mut parts = vec![format!("{} in {}", findings(summary, options), paint::count(summary.files, "file"))];
    if summary.operations > 0 {
        parts.push(format!("{} of {} judged", summary.judged, paint::count(summary.operations, "operation")));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed", summary.suppressed));
    }
    parts.join(" · ")
}

fn findings(summary: &Summary, options: &Options) -> String {
    let numbers = [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Note, summary.notes)];
    let said = numbers.into_iter().filter(|&(_, number)| number > 0);
    let words: Vec<_> =
        said.map(|(severity, number)| paint::severity(options.color, severity, paint::count(number, severity.word()))).collect();
    if words.is_empty() { "no findings".to_owned() } else { words.join(", ") }
}

fn write_unjudged(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let unjudged = &report.summary.unjudged;
    let shown = if options.all || options.verbose { unjudged.len() } else { NAMED };
    for skipped in unjudged.iter().take(shown) {
        writeln!(out, "not judged: {}", because(report, skipped))?;
    }
    match unjudged.len().saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(out, "not judged: {more} more (--verbose)"),
    }
}

/// The operation, why it was not judged whole, and where the reason stands.
pub(in crate::report) fn because(report: &Report<'_>, skipped: &Unjudged) -> String {
    let at = report.locate(skipped.span);
    let (operation, reason, file) = (&skipped.operation, &skipped.reason, at.file);
    clean::sentence(&format!("{operation}: {reason} ({file}:{}:{})", at.start.line, at.start.column)).into_owned()
}

fn write_unknown(summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
    for (rule, places) in &summary.unknown_by_rule {
        writeln!(out, "could not be told: {rule} at {}", paint::count(*places, "place"))?;
    }
    Ok(())
}
