//! SARIF 2.1.0, for code scanning. Messages carry no arguments, so braces in them (`/orders/{id}`) are left as they are.

mod model;

use std::collections::BTreeMap;
use std::io;

use super::{Report, before, escaped, sightings, uri};
use crate::finding::{Class, Finding, Fix, Related, RuleDescription, Severity, TextEdit};
use crate::source::Span;
use model::{
    Artifact, ArtifactChange, Configuration, Cure, Described, Driver, Inserted, Location, Log, Logical, Markdown, Outcome, Part,
    Physical, Properties, Region, Replacement, Rule, Run, Text, Tool,
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const BASE: &str = "%SRCROOT%";

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run(report)] };
    escaped::write_pretty(&log, out)?;
    writeln!(out)
}

fn run<'a>(report: &Report<'a>) -> Run<'a> {
    let rules = report.rule_index();
    let result = |finding: &'a Finding| outcome(report, rules.get(&finding.rule).copied(), finding);
    Run {
        tool: Tool { driver: driver(report.rules) },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(BASE, Described { description: text("the working directory") })]),
        results: report.findings.iter().map(result).collect(),
    }
}

fn driver(rules: &[RuleDescription]) -> Driver<'_> {
    Driver { name: env!("CARGO_PKG_NAME"), semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.iter().map(rule).collect() }
}

fn rule(rule: &RuleDescription) -> Rule<'_> {
    let level = rule.severity.unwrap_or(Severity::Note).word();
    Rule {
        id: rule.id.as_str(),
        short_description: text(&rule.summary),
        full_description: text(if rule.why.is_empty() { &rule.summary } else { &rule.why }),
        help: help(rule),
        // A rule of the user may name anything; a log with what is no URI is refused as a whole.
        help_uri: rule.url.as_deref().filter(|url| is_uri(url)),
        default_configuration: Configuration { enabled: rule.severity.is_some(), level },
    }
}

/// Whether a text is a URI to the letter, which not every link is that people can follow.
fn is_uri(text: &str) -> bool {
    let may_be_in_one = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '[' | ']' | '|' | '^' | '`');
    crate::http::uri::split_scheme(text).0.is_some() && crate::http::uri::fault(text).is_none() && text.chars().all(may_be_in_one)
}

/// What to do, why, and where it is written; never empty.
fn help(rule: &RuleDescription) -> Markdown {
    let words: Vec<&str> = [&rule.help, &rule.why].into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    let words = if words.is_empty() { rule.summary.clone() } else { words.join("\n\n") };
    let markdown = match &rule.url {
        Some(url) => format!("{words}\n\n[Specification]({url})"),
        None => words.clone(),
    };
    Markdown { text: words, markdown }
}

fn outcome<'a>(report: &Report<'a>, rule_index: Option<usize>, finding: &'a Finding) -> Outcome<'a> {
    let change = finding.change.as_deref();
    let before = change.and_then(|change| change.old.as_ref()).map(|place| before_in(report, place.span));
    let related = finding.related.iter().cloned().chain(before).enumerate();
    Outcome {
        rule_id: finding.rule.as_str(),
        rule_index,
        level: finding.severity.word(),
        message: message(finding),
        locations: [primary(report, finding)],
        related_locations: related.map(|(at, related)| also(report, at, &related)).collect(),
        fixes: finding.fix.as_deref().into_iter().map(|fix| cure(report, fix)).collect(),
        partial_fingerprints: BTreeMap::from([("statusquo/v1", finding.fingerprint.as_str())]),
        properties: Properties {
            operations: &finding.operations,
            status: finding.status.as_deref(),
            observed: finding.observation.as_deref().map(Into::into),
            class: finding.class().map(Class::word),
            witness: change.and_then(|change| change.witness.as_deref()),
        },
    }
}

/// Where it was before. A line of a revision is none of the file that viewers show, so that is said.
fn before_in(report: &Report<'_>, span: Span) -> Related {
    let at = report.locate(span);
    let message = if at.file == at.path { "before".to_owned() } else { format!("before, in {}:{}", at.file, at.start.line) };
    Related { span, message }
}

/// The help of this finding and the exchanges that show it as further paragraphs: viewers show the first one in lists.
fn message(finding: &Finding) -> Text {
    let mut text = finding.message.clone();
    let exchanges =
        finding.observation.as_deref().into_iter().flat_map(|observation| sightings::lines(observation, false, str::to_owned));
    for paragraph in finding.help.iter().cloned().chain(exchanges) {
        text.push_str("\n\n");
        text.push_str(&paragraph);
    }
    Text { text }
}

fn primary<'a>(report: &Report<'a>, finding: &'a Finding) -> Location<'a> {
    let pointer = Logical { fully_qualified_name: finding.pointer(), kind: "member" };
    let logical_locations = if finding.pointer().is_empty() { Vec::new() } else { vec![pointer] };
    let physical_location = finding.span().or_else(|| before(finding).map(|place| place.span));
    let physical_location = physical_location.map_or_else(|| entry(&report.location(finding)), |span| physical(report, span));
    Location { id: None, message: None, physical_location, logical_locations }
}

/// An entry of a recording: its line. Its column counts bytes and would be read as one of characters.
fn entry(at: &super::Location<'_>) -> Physical {
    Physical { artifact_location: artifact(at.path), region: Region { start_line: at.start.line, part: None } }
}

fn also<'a>(report: &Report<'_>, at: usize, related: &Related) -> Location<'a> {
    Location {
        id: Some(at),
        message: Some(text(&related.message)),
        physical_location: physical(report, related.span),
        logical_locations: Vec::new(),
    }
}

fn physical(report: &Report<'_>, span: Span) -> Physical {
    let at = report.locate(span);
    Physical {
        artifact_location: artifact(at.path),
        region: Region {
            start_line: at.start.line,
            part: Some(Part {
                start_column: at.start.column,
                end_line: at.end.line,
                end_column: at.end.column,
                byte_offset: span.start,
                byte_length: span.end.saturating_sub(span.start),
            }),
        },
    }
}

fn cure<'a>(report: &Report<'_>, fix: &'a Fix) -> Cure<'a> {
    let by_file = fix.edits.chunk_by(|one, other| one.span.source == other.span.source);
    let change = |edits: &'a [TextEdit]| {
        let location = edits.first().map(|edit| physical(report, edit.span).artifact_location)?;
        let replacement = |edit: &'a TextEdit| Replacement {
            deleted_region: physical(report, edit.span).region,
            inserted_content: Inserted { text: &edit.text },
        };
        Some(ArtifactChange { artifact_location: location, replacements: edits.iter().map(replacement).collect() })
    };
    Cure { description: text(&fix.title), artifact_changes: by_file.filter_map(change).collect() }
}

fn artifact(name: &str) -> Artifact {
    Artifact { uri: uri::reference(name), uri_base_id: (!uri::is_absolute(name)).then_some(BASE) }
}

fn text(words: &str) -> Text {
    Text { text: words.to_owned() }
}
