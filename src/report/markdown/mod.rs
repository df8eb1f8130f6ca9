//! Markdown for the comment of a pull request or the summary of a job: totals, a table by rule, and the details folded.
//!
//! What comes from a description must stay text: no HTML, no Markdown, nobody mentioned.

mod changes;
mod coverage;
mod escape;

use std::fmt::Write as _;
use std::io;

use rustc_hash::FxHashMap;

use super::group::{Group, groups, unnamed};
use super::text::{paint, totals};
use super::{Options, Report, changed, clean, places, sightings};
use crate::finding::{Class, Finding, RuleId};
use escape::{code, html, prose};

/// GitHub refuses a comment of more than 65,536 characters; other text may stand beside the report.
const MOST: usize = 60_000;

/// The operations that are named where a finding concerns several.
const NAMED: usize = 10;

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let changes = report.summary.changes.as_ref();
    let mut text = format!("### statusquo{}\n\n", if changes.is_some() { " diff" } else { "" });
    let _ = writeln!(text, "{}", totals::line(report, &Options { color: false, ..*options }));
    match changes {
        Some(numbers) => changes::table(report, numbers, &mut text),
        None => table(report, &mut text),
    }
    unjudged(report, &mut text);
    coverage::write(report, options, &mut text);
    let rules = report.rule_index();
    let mut left_out = 0;
    for group in groups(report, options) {
        let details = details(report, options, &rules, &group);
        // With `--all` everything is wanted, however long.
        if options.all || text.len() + details.len() < MOST { text.push_str(&details) } else { left_out += group.len() }
    }
    if left_out > 0 {
        let _ = write!(text, "\nThe details of {} found no room here.\n", paint::count(left_out, "further finding"));
    }
    out.write_all(text.as_bytes())
}

/// A row for each rule and severity.
fn table(report: &Report<'_>, text: &mut String) {
    let rows = totals::by_rule(report);
    if rows.is_empty() {
        return;
    }
    let rules = report.rule_index();
    text.push_str("\n| | rule | findings |\n|---|---|---:|\n");
    for (severity, count, rule) in rows {
        let _ = writeln!(text, "| {severity} | {} | {count} |", linked(report, &rules, rule));
    }
}

/// The rule's id, and the specification behind it one click away.
fn linked(report: &Report<'_>, rules: &FxHashMap<&RuleId, usize>, rule: &RuleId) -> String {
    let id = code(rule.as_str()).replace('|', "\\|");
    let url = rules.get(rule).and_then(|&at| report.rules.get(at)).and_then(|rule| rule.url.as_deref());
    url.map_or_else(|| id.clone(), |url| format!("[{id}](<{}>)", escape::url(url)))
}

fn details<'a>(report: &Report<'a>, options: &Options, rules: &FxHashMap<&RuleId, usize>, group: &Group<'a>) -> String {
    let finding = group.first;
    let times = if group.others.is_empty() { String::new() } else { format!(", {} times", group.len()) };
    let rule = html(finding.rule.as_str());
    let word = finding.class().map_or(finding.severity.word(), Class::word);
    let mut text = format!("\n<details>\n<summary>{word}: <code>{rule}</code>{times}</summary>\n\n");
    let _ = write!(text, "{} {}\n\n", place(report, group), prose(&clean::sentence(&finding.message)));
    if let Some(help) = &finding.help {
        let _ = write!(text, "**help:** {}\n\n", prose(&clean::sentence(help)));
    }
    let _ = write!(text, "**rule:** {}\n\n", linked(report, rules, &finding.rule));
    exchanges(finding, options, &mut text);
    change(report, finding, &mut text);
    operations(group, &mut text);
    for (first, places) in places::alike(&finding.related) {
        let at = code(&places::listed(report, &places, NAMED));
        let _ = writeln!(text, "- related: {at} {}", prose(&clean::sentence(&first.message)));
    }
    others(report, group, &mut text);
    text.push_str("\n</details>\n");
    text
}

fn place<'a>(report: &Report<'a>, group: &Group<'a>) -> String {
    let at = report.location(group.first);
    code(&format!("{}:{}", clean::sentence(at.file), at.start.line))
}

fn exchanges(finding: &Finding, options: &Options, text: &mut String) {
    let Some(observation) = &finding.observation else { return };
    for line in sightings::lines(observation, options.all, |words| code(&clean::sentence(words))) {
        let _ = writeln!(text, "- {line}");
    }
}

fn change(report: &Report<'_>, finding: &Finding, text: &mut String) {
    for line in changed::lines(report, finding, |words| code(&clean::sentence(words))) {
        let _ = writeln!(text, "- {line}");
    }
    if finding.change.is_some() {
        let _ = writeln!(text, "- fingerprint: {}", code(&finding.fingerprint));
    }
}

fn operations(group: &Group<'_>, text: &mut String) {
    let operations = unnamed(group.first);
    if operations.is_empty() {
        return;
    }
    let named: Vec<String> = operations.iter().take(NAMED).map(|label| code(&clean::sentence(label))).collect();
    let more = operations.len() - named.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let noun = paint::noun(operations.len(), "operation");
    let _ = writeln!(text, "- {noun}: {}{rest}", named.join(", "));
}

fn others<'a>(report: &Report<'a>, group: &Group<'a>, text: &mut String) {
    if group.others.is_empty() {
        return;
    }
    let (spots, left_out) = group.spots(report);
    let _ = writeln!(text, "- {} more like this:", group.others.len());
    for spot in spots {
        let _ = writeln!(text, "  - {} {}", code(&spot.place), prose(&spot.words()));
    }
    if left_out > 0 {
        let _ = writeln!(text, "  - and {left_out} more");
    }
}

fn unjudged(report: &Report<'_>, text: &mut String) {
    let unjudged = &report.summary.unjudged;
    if unjudged.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "\n<details>\n<summary>not {}: {}</summary>\n\n",
        totals::verb(report.summary),
        paint::count(unjudged.len(), "operation")
    );
    for skipped in unjudged.iter().take(NAMED) {
        let _ = writeln!(text, "- {}", prose(&totals::because(report, skipped)));
    }
    if let Some(more) = unjudged.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let _ = writeln!(text, "- and {more} more");
    }
    text.push_str("\n</details>\n");
}
