//! `file:line:column: severity: message [rule]`: one line each.

use std::io;

use super::{Report, clean};

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings {
        let at = report.location(finding);
        let (file, message) = (clean::sentence(at.file), clean::sentence(&finding.message));
        let (line, column, severity, rule) = (at.start.line, at.start.column, finding.severity, &finding.rule);
        writeln!(out, "{file}:{line}:{column}: {severity}: {message} [{rule}]")?;
    }
    Ok(())
}
