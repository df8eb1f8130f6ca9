//! The parts of the page around its findings: rules, coverage, what was not judged.

use std::fmt::Write as _;

use super::super::covered::{Covered, by_operation, headline};
use super::super::text::{changes, paint, totals};
use super::super::{Options, Report};
use super::escape::{link, prose, text};
use crate::finding::RuleId;

/// The totals, and what became of versions.
pub(super) fn totals(report: &Report<'_>, options: &Options) -> String {
    let mut html = format!("<p>{}</p>\n", text(&totals::line(report, &Options { color: false, ..*options })));
    for line in report.summary.changes.iter().flat_map(changes::versions) {
        let _ = writeln!(html, "<p>{}</p>", prose(&line));
    }
    html
}

/// A row for each rule and severity.
pub(super) fn rules<'a>(report: &'a Report<'a>, url: impl Fn(&RuleId) -> Option<&'a str>) -> String {
    let rows = totals::by_rule(report);
    if rows.is_empty() {
        return String::new();
    }
    let mut html = "<details open>\n<summary>By rule</summary>\n<div class=\"wide\"><table>\n".to_owned();
    html.push_str("<tr><th>severity</th><th>rule</th><th class=\"number\">findings</th></tr>\n");
    for (severity, count, rule) in rows {
        let _ = write!(html, "<tr><td><b class=\"badge {severity}\">{severity}</b></td>");
        let _ = writeln!(html, "<td>{}</td><td class=\"number\">{count}</td></tr>", link(rule.as_str(), url(rule)));
    }
    html.push_str("</table></div>\n</details>\n");
    html
}

/// A row for each operation, those with something unseen first.
pub(super) fn coverage(report: &Report<'_>) -> String {
    let Some(coverage) = report.coverage.filter(|coverage| !coverage.rows.is_empty()) else { return String::new() };
    let mut operations = by_operation(coverage);
    operations.sort_by_key(|operation| operation.never.is_empty());
    let mut html = format!("<details open id=\"coverage\">\n<summary>Coverage: {}</summary>\n", text(&headline(coverage)));
    html.push_str("<div class=\"wide\"><table>\n<tr><th>operation</th><th>seen</th><th>never seen</th></tr>\n");
    html.extend(operations.iter().map(row));
    html.push_str("</table></div>\n</details>\n");
    html
}

fn row(operation: &Covered) -> String {
    let seen: Vec<String> = operation.seen.iter().chain(&operation.under).cloned().collect();
    let cells = [operation.operation.clone(), seen.join(", "), operation.never.join(", ")];
    format!("<tr><td>{}</td></tr>\n", cells.map(|words| text(&words)).join("</td><td>"))
}

/// The operations that could not be looked at whole.
pub(super) fn unjudged(report: &Report<'_>) -> String {
    let unjudged = &report.summary.unjudged;
    if unjudged.is_empty() {
        return String::new();
    }
    let (verb, count) = (totals::verb(report.summary), paint::count(unjudged.len(), "operation"));
    let mut html = format!("<details open>\n<summary>Not {verb}: {count}</summary>\n<ul>\n");
    for skipped in unjudged {
        let _ = writeln!(html, "<li>{}</li>", prose(&totals::because(report, skipped)));
    }
    html.push_str("</ul>\n</details>\n");
    html
}
