//! Which described responses were seen: how many, and by operation which never were.

use std::io;

use super::super::covered::{Covered, by_operation, headline};
use super::super::{Options, Report, clean};
use super::paint;

/// The operations that are listed unasked.
const LISTED: usize = 10;

/// The widest column of operations, in characters; longer ones push their words out.
const WIDEST: usize = 60;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(coverage) = report.coverage.filter(|coverage| !coverage.rows.is_empty()) else { return Ok(()) };
    writeln!(out, "coverage: {}", headline(coverage))?;
    let mut operations = by_operation(coverage);
    operations.retain(|operation| !operation.never.is_empty() || !operation.under.is_empty());
    let shown = if options.all { operations.len() } else { LISTED };
    let rows: Vec<(String, String)> = operations.iter().take(shown).map(row).collect();
    let width = rows.iter().map(|(operation, _)| operation.chars().count()).max().unwrap_or_default().min(WIDEST);
    for (operation, words) in &rows {
        writeln!(out, "  {operation:width$}  {words}")?;
    }
    match operations.len().saturating_sub(shown) {
        0 => writeln!(out),
        more => writeln!(out, "  and {} (--all)\n", paint::count(more, "more operation")),
    }
}

fn row(operation: &Covered) -> (String, String) {
    let never = (!operation.never.is_empty()).then(|| format!("never seen: {}", operation.never.join(", ")));
    let words: Vec<String> = never.into_iter().chain(operation.under.iter().cloned()).collect();
    (clean::sentence(&operation.operation).into_owned(), clean::sentence(&words.join("; ")).into_owned())
}
