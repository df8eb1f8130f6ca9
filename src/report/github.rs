//! Workflow commands of GitHub Actions. GitHub shows ten annotations of a kind for each step and drops the others.

use std::io;

use super::{Location, Report};
use crate::finding::{Finding, Severity};

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings {
        let place = place(&report.locate(finding.primary.span));
        let (command, title, message) = (command(finding.severity), property(finding.rule.as_str()), data(&words(finding)));
        writeln!(out, "::{command} {place},title={title}::{message}")?;
    }
    Ok(())
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
    let (file, line, end_line) = (property(at.file), at.start.line, at.end.line);
    if line != end_line {
        return format!("file={file},line={line},endLine={end_line}");
    }
    let (column, end_column) = (at.start.column, at.end.column);
    format!("file={file},line={line},col={column},endLine={end_line},endColumn={end_column}")
}

fn words(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
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
        assert_eq!(property("C:/a,b%2C.yaml"), "C%3A/a%2Cb%252C.yaml");
    }
}
