//! One page with everything: no network, no further files, and readable without its script, which only filters.
//!
//! What comes from a description is text between tags and never part of the script or the style. The policy of the page
//! names both by hash, so that nothing else could run, and allows no connection.

mod escape;
mod finding;
mod index;
mod tables;

use std::fmt::Write as _;
use std::io;

use super::text::paint;
use super::{Options, Report};
use crate::finding::{Finding, RuleId, Severity};
use escape::text;
use index::Index;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of both, as a policy names it.
const STYLE_HASH: &str = "sha256-qljPOZ3Oir8CNOE+KATiDg6aZh41nGXk3o+oZudy68Y=";
const SCRIPT_HASH: &str = "sha256-F2pt1k1NCr6GVLW160GB0BhxRF78IodPipHMumm+P84=";

/// The bytes after which no further finding is shown unasked: browsers and mail servers have limits, too.
const MOST: usize = 40_000_000;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings: Vec<&Finding> = report.told().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let index = Index::of(&findings);
    let rules = report.rule_index();
    let url = |rule: &RuleId| report.rules.get(*rules.get(rule)?)?.url.as_deref();
    let mut html = head(report);
    let _ = write!(html, "<header>\n<h1>{}</h1>\n{}</header>\n<main>\n", title(report), tables::totals(report, options));
    html.push_str(&tables::rules(report, url));
    html.push_str(&filters(&findings, &index));
    let mut left_out = 0;
    for finding in findings {
        let article = finding::article(report, options, &index, finding, url(&finding.rule));
        // With `--all` everything is wanted, however long.
        if options.all || html.len() + article.len() < MOST { html.push_str(&article) } else { left_out += 1 }
    }
    if left_out > 0 {
        let _ = writeln!(html, "<p>{} found no room here.</p>", paint::count(left_out, "further finding"));
    }
    let _ = write!(
        html,
        "{}{}</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        tables::coverage(report),
        tables::unjudged(report)
    );
    out.write_all(html.as_bytes())
}

fn title(report: &Report<'_>) -> &'static str {
    match (&report.summary.traffic, &report.summary.changes) {
        (Some(_), _) => "statusquo check",
        (None, Some(_)) => "statusquo diff",
        (None, None) => "statusquo lint",
    }
}

fn head(report: &Report<'_>) -> String {
    let policy = format!(
        "default-src 'none'; img-src data:; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        title(report)
    )
}

/// The controls, hidden until the script is there to answer them.
fn filters<'a>(findings: &[&'a Finding], index: &Index<'a>) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut html = "<div id=\"filters\" role=\"search\" hidden>\n".to_owned();
    for severity in Severity::ALL.into_iter().rev() {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        let _ = writeln!(
            html,
            "<label><input type=\"checkbox\" value=\"{severity}\" checked> {severity} <span data-count=\"{severity}\">{count}</span></label>"
        );
    }
    html.push_str("<label>rule <select id=\"rule\">\n<option value=\"\">all rules</option>\n");
    for (number, rule) in index.rules() {
        let _ = writeln!(html, "<option value=\"{number}\">{}</option>", text(rule.as_str()));
    }
    html.push_str("</select></label>\n<label>operation <select id=\"operation\">\n<option value=\"\">all operations</option>\n");
    for (number, operation) in index.operations().iter().enumerate() {
        let _ = writeln!(html, "<option value=\"{number}\">{}</option>", text(operation));
    }
    let total = findings.len();
    let _ = write!(
        html,
        "</select></label>\n<label>text <input type=\"search\" id=\"search\" placeholder=\"search\"></label>\n\
         <button type=\"button\" id=\"reset\">show all</button>\n<output id=\"shown\">{total} of {total} shown</output>\n</div>\n"
    );
    html
}
