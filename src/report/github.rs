//! Workflow commands of GitHub Actions. GitHub shows ten annotations of a kind for each step and drops the others.

use std::fmt::Write as _;
use std::io;

use super::group::{Group, groups_by_file};
use super::{Location, Options, Report, clean, lines};
use crate::finding::Severity;

/// One annotation for each group: ten of them say more about a description than the first ten of four hundred. Each file has
/// its own, as they are read beside its lines.
pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    for group in groups_by_file(report, options) {
        let finding = group.first;
        let place = place(&report.location(finding));
        let title = property(&title(&group));
        writeln!(out, "::{} {place},title={title}::{}", command(finding.severity), data(&words(report, options, &group)))?;
    }
    Ok(())
}

fn title(group: &Group<'_>) -> String {
    match group.len() {
        1 => group.first.rule.to_string(),
        count => format!("{} ({count} times)", group.first.rule),
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Columns are left out of a place of several lines: GitHub refuses them there.
fn place(at: &Location<'_>) -> String {
    let (file, line, end_line) = (property(at.path), at.start.line, at.end.line);
    if line != end_line {
        return format!("file={file},line={line},endLine={end_line}");
    }
    let (column, end_column) = (at.start.column, at.end.column);
    format!("file={file},line={line},col={column},endLine={end_line},endColumn={end_column}")
}

/// The message and what to do, then where else it is so.
fn words<'a>(report: &Report<'a>, options: &Options, group: &Group<'a>) -> String {
    let mut words = lines::of(report, group.first, options.all).join("\n");
    if group.others.is_empty() {
        return words;
    }
    let (spots, left_out) = group.spots(report);
    let _ = write!(words, "\n{} more like this:", group.others.len());
    for spot in spots {
        let _ = write!(words, "\n{} {}", spot.place, spot.words());
    }
    if left_out > 0 {
        let _ = write!(words, "\nand {left_out} more (--all)");
    }
    words
}

/// Line breaks are escaped, and nothing else drives the terminal of the log.
fn data(text: &str) -> String {
    clean::line(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(data("100%:\r\n, done"), "100%25:%0D%0A, done");
        assert_eq!(data("\u{1b}[31mred\n::error::"), "?[31mred%0A::error::");
        assert_eq!(property("C:/a,b%2C.yaml"), "C%3A/a%2Cb%252C.yaml");
    }
}
