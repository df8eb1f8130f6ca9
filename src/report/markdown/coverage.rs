//! Coverage as a folded table with a row for each operation, those with something unseen first.

use std::fmt::Write as _;

use super::super::covered::{Covered, by_operation, headline};
use super::super::text::paint;
use super::super::{Options, Report, clean};
use super::escape;

/// The bytes after which no further operation is listed unasked: findings need room too.
const MOST: usize = 30_000;

pub(super) fn write(report: &Report<'_>, options: &Options, text: &mut String) {
    let Some(coverage) = report.coverage.filter(|coverage| !coverage.rows.is_empty()) else { return };
    let mut operations = by_operation(coverage);
    operations.sort_by_key(|operation| operation.never.is_empty());
    let _ = write!(text, "\n<details>\n<summary>coverage: {}</summary>\n\n", headline(coverage));
    text.push_str("| operation | seen | never seen |\n|---|---|---|\n");
    let mut left = operations.iter().map(row).peekable();
    while let Some(row) = left.next_if(|row| options.all || text.len() + row.len() < MOST) {
        text.push_str(&row);
    }
    match left.count() {
        0 => {}
        more => drop(write!(text, "\nand {}\n", paint::count(more, "more operation"))),
    }
    text.push_str("\n</details>\n");
}

fn row(operation: &Covered) -> String {
    let seen: Vec<String> = operation.seen.iter().chain(&operation.under).cloned().collect();
    let cells = [operation.operation.clone(), seen.join(", "), operation.never.join(", ")];
    let cells = cells.map(|words| escape::cell(&clean::sentence(&words)));
    format!("| {} |\n", cells.join(" | "))
}
