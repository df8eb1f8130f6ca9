//! Coverage as a folded table with a row for each operation, those with something unseen first.

use std::fmt::Write as _;

use super::super::covered::{Covered, by_operation, headline};
use super::super::text::paint;
use super::super::{Options, Report, clean};
use super::escape;

/// The operations that find room unasked.
const LISTED: usize = 100;

pub(super) fn write(report: &Report<'_>, options: &Options, text: &mut String) {
    let Some(coverage) = report.coverage.filter(|coverage| !coverage.rows.is_empty()) else { return };
    let mut operations = by_operation(coverage);
    operations.sort_by_key(|operation| operation.never.is_empty());
    let shown = if options.all { operations.len() } else { LISTED };
    let _ = write!(text, "\n<details>\n<summary>coverage: {}</summary>\n\n", headline(coverage));
    text.push_str("| operation | seen | never seen |\n|---|---|---|\n");
    for operation in operations.iter().take(shown) {
        let _ = writeln!(text, "{}", row(operation));
    }
    if let Some(more) = operations.len().checked_sub(shown).filter(|more| *more > 0) {
        let _ = write!(text, "\nand {}\n", paint::count(more, "more operation"));
    }
    text.push_str("\n</details>\n");
}

fn row(operation: &Covered) -> String {
    let seen: Vec<String> = operation.seen.iter().chain(&operation.under).cloned().collect();
    let cells = [operation.operation.clone(), seen.join(", "), operation.never.join(", ")];
    let cells = cells.map(|words| escape::cell(&clean::sentence(&words)));
    format!("| {} |", cells.join(" | "))
}
