//! The XML of Checkstyle, which most tools for code review read.

use std::io;

use rustc_hash::FxHashMap;

use super::xml::{self, attribute};
use super::{Report, clean, lines};
use crate::finding::{Finding, Severity};

/// Which Checkstyle a reader takes this for. The form has not changed since long before; other linters say the same.
const VERSION: &str = "4.3";

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}<checkstyle version=\"{VERSION}\">", xml::HEAD)?;
    for (file, findings) in by_file(report) {
        writeln!(out, "  <file name=\"{}\">", attribute(file))?;
        for finding in findings {
            writeln!(out, "    {}", error(report, finding))?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

/// The findings of each file, the files in the order of their first.
fn by_file<'a>(report: &Report<'a>) -> Vec<(&'a str, Vec<&'a Finding>)> {
    let mut files: Vec<(&str, Vec<&Finding>)> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for finding in report.findings {
        let name = report.location(finding).path;
        let number = *known.entry(name).or_insert(files.len());
        match files.get_mut(number) {
            Some((_, findings)) => findings.push(finding),
            None => files.push((name, vec![finding])),
        }
    }
    files
}

fn error<'a>(report: &Report<'a>, finding: &'a Finding) -> String {
    let at = report.location(finding);
    let column = column(finding, at.start.column);
    let (line, severity, message) = (at.start.line, severity(finding.severity), attribute(&words(report, finding)));
    let rule = attribute(finding.rule.as_str());
    format!("<error line=\"{line}\"{column} severity=\"{severity}\" message=\"{message}\" source=\"statusquo.{rule}\"/>")
}

/// The column of an entry of a recording counts bytes and would be read as one of characters.
fn column(finding: &Finding, column: u32) -> String {
    let is_entry = finding.primary.is_none() && finding.observation.is_some();
    if is_entry { String::new() } else { format!(" column=\"{column}\"") }
}

/// All on one line: the list of errors of an editor has no second one.
fn words(report: &Report<'_>, finding: &Finding) -> String {
    let lines = lines::of(report, finding, false);
    lines.iter().map(|line| clean::sentence(line)).collect::<Vec<_>>().join("; ")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
