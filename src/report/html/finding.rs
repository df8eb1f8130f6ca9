//! A finding as an article of the page.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::group::unnamed;
use super::super::text::excerpt::Excerpt;
use super::super::text::paint;
use super::super::{Options, Report, before, changed, places, sightings};
use super::escape::{code, link, prose, text};
use super::index::Index;
use crate::finding::{Finding, Related};

/// The characters of a line that are shown.
const WIDTH: usize = 140;

/// The operations and places that are listed unasked.
const LISTED: usize = 10;

/// Everything about a finding.
pub(super) fn article<'a>(
    report: &Report<'a>,
    options: &Options,
    index: &Index<'a>,
    finding: &'a Finding,
    url: Option<&str>,
) -> String {
    let (severity, rule, operations) = (finding.severity, index.rule(finding), index.operations_of(finding));
    let mut html = format!("<article class=\"{severity}\" data-rule=\"{rule}\" data-operations=\"{operations}\">\n<h2>");
    let _ = write!(html, "<b class=\"badge\">{severity}</b> ");
    if let Some(class) = finding.class() {
        let _ = write!(html, "<b class=\"badge class\">{}</b> ", class.word());
    }
    let _ = writeln!(html, "{}</h2>", prose(&finding.message));
    let _ = writeln!(html, "<p class=\"place\">{} · {}</p>", code(&place(report, finding)), link(finding.rule.as_str(), url));
    if let Some(help) = &finding.help {
        let _ = writeln!(html, "<p><b>help:</b> {}</p>", prose(help));
    }
    excerpt(report, finding, &mut html);
    facts(report, options, finding, &mut html);
    html.push_str("</article>\n");
    html
}

fn place<'a>(report: &Report<'a>, finding: &'a Finding) -> String {
    let at = report.location(finding);
    format!("{}:{}:{}", at.file, at.start.line, at.start.column)
}

/// The lines of the file around the place, with related places on them.
fn excerpt(report: &Report<'_>, finding: &Finding, html: &mut String) {
    let span = finding.span().or_else(|| before(finding).map(|place| place.span));
    let Some((span, source)) = span.and_then(|span| Some((span, report.source(span.source)?))) else { return };
    let here = finding.related.iter().map(|related| related.span).filter(|also| also.source == span.source);
    let also: Vec<_> = here.collect();
    let mut excerpt = Excerpt::around(source, span, &also, WIDTH);
    for span in also {
        excerpt.try_mark(source, span);
    }
    html.push_str("<pre tabindex=\"0\">");
    for (number, line, marks) in excerpt.rows() {
        let _ = writeln!(html, "<i>{number:>5}</i> {}", marked(line, &marks));
    }
    html.push_str("</pre>\n");
}

/// A line of the excerpt, which is free of control characters already; tabs stay.
fn marked(line: &str, marks: &[(Range<usize>, bool)]) -> String {
    let mut html = String::with_capacity(line.len() + 32);
    let mut at = 0;
    for (range, is_primary) in marks {
        let class = if *is_primary { "" } else { " class=\"also\"" };
        html.push_str(&part(line, at..range.start));
        let _ = write!(html, "<mark{class}>{}</mark>", part(line, range.clone()));
        at = range.end;
    }
    html.push_str(&part(line, at..line.len()));
    html
}

fn part(line: &str, range: Range<usize>) -> String {
    let part = line.get(range).unwrap_or_default();
    part.split('\t').map(text).collect::<Vec<_>>().join("\t")
}

/// What else there is to say, an item each.
fn facts(report: &Report<'_>, options: &Options, finding: &Finding, html: &mut String) {
    let observation = finding.observation.as_ref();
    let mut items: Vec<String> = observation.iter().flat_map(|seen| sightings::lines(seen, options.all, code)).collect();
    items.extend(changed::lines(report, finding, code));
    items.extend(finding.change.is_some().then(|| format!("fingerprint: {}", code(&finding.fingerprint))));
    items.extend(operations(options, finding));
    items.extend(related(report, options, finding));
    if items.is_empty() {
        return;
    }
    html.push_str("<ul>\n");
    for item in items {
        let _ = writeln!(html, "<li>{item}</li>");
    }
    html.push_str("</ul>\n");
}

fn operations(options: &Options, finding: &Finding) -> Option<String> {
    let operations = unnamed(finding);
    let shown = if options.all { operations.len() } else { LISTED };
    let named: Vec<String> = operations.iter().take(shown).map(|label| code(label)).collect();
    let rest = match operations.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let noun = paint::noun(operations.len(), "operation");
    (!operations.is_empty()).then(|| format!("{noun}: {}{rest}", named.join(", ")))
}

fn related(report: &Report<'_>, options: &Options, finding: &Finding) -> Vec<String> {
    let shown = if options.all { usize::MAX } else { LISTED };
    let rows = places::alike(&finding.related);
    let item = |(first, places): &(&Related, Vec<&Related>)| {
        format!("related: {} {}", code(&places::listed(report, places, shown)), prose(&first.message))
    };
    let mut items: Vec<String> = rows.iter().take(shown).map(item).collect();
    if rows.len() > shown {
        items.push(format!("related: {}", paint::count(rows.len() - shown, "more place")));
    }
    items
}
