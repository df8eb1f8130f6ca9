//! The end of the text report: findings by rule, totals, and what was not judged.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use super::super::{Options, Report, clean};
use super::{changes, coverage, paint};
use crate::finding::{RuleId, Safety, Severity, Summary, TrafficNumbers, Unjudged};

/// The operations that are named when not everything is asked for.
const NAMED: usize = 3;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write_rules(report, options, out)?;
    coverage::write(report, options, out)?;
    writeln!(out, "{}", line(report, options))?;
    write_fixes(report, out)?;
    for line in report.summary.changes.iter().flat_map(changes::versions) {
        writeln!(out, "{line}")?;
    }
    write_unjudged(report, options, out)?;
    if options.verbose { write_unknown(report.summary, out) } else { Ok(()) }
}

/// How often each rule speaks at each severity, the worst and the most frequent first.
pub(in crate::report) fn by_rule<'a>(report: &Report<'a>) -> Vec<(Severity, usize, &'a RuleId)> {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in report.told() {
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

/// `3 errors, 12 warnings in 2 files · 11 of 12 operations judged`, or how many exchanges and what became of them.
pub(in crate::report) fn line(report: &Report<'_>, options: &Options) -> String {
    let summary = report.summary;
    let subject = summary.traffic.as_ref().map_or_else(|| paint::count(summary.files, "file"), exchanges);
    let changes = summary.changes.as_ref().map(|numbers| changes::counted(report, numbers, options));
    let verb = verb(summary);
    let mut parts = vec![format!("{} in {subject}", changes.unwrap_or_else(|| findings(report, options)))];
    // Of a run over traffic the table of coverage tells more; only what is missing must be said.
    if summary.operations > 0 && (summary.traffic.is_none() || summary.judged < summary.operations) {
        parts.push(format!(
            "{} of {} {verb}",
            paint::thousands(summary.judged as u64),
            paint::count(summary.operations, "operation")
        ));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed", summary.suppressed));
    }
    if let Some(numbers) = summary.changes.as_ref().filter(|numbers| numbers.off > 0) {
        parts.push(format!("{} of rules that are off", numbers.off));
    }
    if summary.traffic.as_ref().is_some_and(|traffic| traffic.is_interrupted) {
        parts.push("interrupted before the end of the recordings".to_owned());
    }
    parts.join(" · ")
}

/// How many findings were fixed, and how many more can be.
fn write_fixes(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if report.summary.fixed > 0 {
        writeln!(out, "{} fixed", paint::count(report.summary.fixed, "finding"))?;
    }
    let fixes = || report.findings.iter().filter_map(|finding| finding.fix.as_ref());
    let of = |safety: Safety| fixes().filter(|fix| fix.safety == safety).count();
    match (of(Safety::Safe), of(Safety::Unsafe)) {
        (0, 0) => Ok(()),
        (0, more) => writeln!(out, "{more} can be fixed with `--unsafe-fixes`"),
        (safe, 0) => writeln!(out, "[*] {safe} can be fixed with `--fix`"),
        (safe, more) => writeln!(out, "[*] {safe} can be fixed with `--fix`, {more} more with `--unsafe-fixes`"),
    }
}

/// `1,204 exchanges (1,180 matched, 12 skipped)`.
fn exchanges(traffic: &TrafficNumbers) -> String {
    let numbers = [
        (traffic.skipped, "skipped"),
        (traffic.broken, "not readable"),
        (traffic.ignored, "ignored"),
        (traffic.unknown_paths, "not described and answered 404"),
        (traffic.bodies_not_recorded, "with bodies that were not recorded"),
    ];
    let said = numbers.into_iter().filter(|(number, _)| *number > 0);
    let words: Vec<String> = std::iter::once((traffic.matched, "matched"))
        .chain(said)
        .map(|(number, words)| format!("{} {words}", paint::thousands(number)))
        .collect();
    let noun = if traffic.exchanges == 1 { "exchange" } else { "exchanges" };
    format!("{} {noun} ({})", paint::thousands(traffic.exchanges), words.join(", "))
}

fn findings(report: &Report<'_>, options: &Options) -> String {
    let summary = report.summary;
    let notes = summary.notes.saturating_sub(report.findings.len() - report.told().count());
    let numbers = [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Note, notes)];
    let said = numbers.into_iter().filter(|&(_, number)| number > 0);
    let words: Vec<_> =
        said.map(|(severity, number)| paint::severity(options.color, severity, paint::count(number, severity.word()))).collect();
    if words.is_empty() { "no findings".to_owned() } else { words.join(", ") }
}

/// What is done with operations.
pub(in crate::report) fn verb(summary: &Summary) -> &'static str {
    if summary.changes.is_some() { "compared" } else { "judged" }
}

fn write_unjudged(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let (unjudged, verb) = (&report.summary.unjudged, verb(report.summary));
    let shown = if options.all || options.verbose { unjudged.len() } else { NAMED };
    for skipped in unjudged.iter().take(shown) {
        writeln!(out, "not {verb}: {}", because(report, skipped))?;
    }
    match unjudged.len().saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(out, "not {verb}: {more} more (--verbose)"),
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
