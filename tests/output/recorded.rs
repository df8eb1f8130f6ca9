//! A report about recorded traffic made by hand: findings with and without a place, merged and not, and hostile words.

use statusquo::finding::{Coverage, CoverageRow, Finding, Observation, Severity, Sighting, Summary, TrafficNumbers};
use statusquo::source::{Source, SourceId};

use crate::world::{World, finding, rule, span_of};

pub(crate) const API: &str = "\
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: OK }
        4XX: { description: Wrong }
";

/// What somebody may send to a server to be told of in a report.
pub(crate) const HOSTILE: &str = "https://x/\u{1b}[2J\r\n::error::`<img>` @all|\u{202e}";

pub(crate) fn traffic() -> World {
    let api = Source::new(SourceId(0), "api.yaml", API);
    World {
        findings: vec![mismatch(&api), never(&api), hostile(), undocumented(), unreadable()],
        summary: Summary { files: 1, errors: 1, warnings: 2, notes: 2, traffic: Some(numbers()), ..Summary::default() },
        rules: vec![rule("response-schema-mismatch", Some(Severity::Error), Some("https://example.com/schema"))],
        coverage: Some(coverage()),
        sources: vec![api],
    }
}

/// Seen often, in two recordings, and described by a range.
fn mismatch(api: &Source) -> Finding {
    let mut one =
        finding("response-schema-mismatch", Severity::Error, span_of(api, "4XX"), "the body of GET /orders/{id} has no `title`");
    one.primary.as_mut().unwrap().pointer.push_str("/paths/~1orders~1{id}/get/responses/4XX");
    one.help = Some("send it, or describe it as optional".to_owned());
    one.operations = vec!["GET /orders/{id}".to_owned()];
    one.status = Some("404".to_owned());
    one.observation = Some(Box::new(Observation {
        first: Sighting {
            recording: "run.har".to_owned(),
            index: 12,
            line: 3,
            column: 2_345,
            time: Some("2026-01-31T09:00:00Z".to_owned()),
            method: Some("GET".to_owned()),
            url: Some("https://api.example.com/orders/17?token=***".to_owned()),
            path: Some("/orders/{id}".to_owned()),
            status: Some(404),
        },
        response: Some("4XX".to_owned()),
        count: 1_204,
        listed: vec![("run.har".to_owned(), vec![12, 40]), ("b.har".to_owned(), vec![0, 7])],
    }));
    one
}

/// Of a rule whose findings people see in the table.
fn never(api: &Source) -> Finding {
    let message = "the `200` of GET /orders/{id} was never seen";
    finding("response-never-observed", Severity::Note, span_of(api, "'200'"), message)
}

fn undocumented() -> Finding {
    let first = Sighting {
        index: 3,
        line: 1,
        column: 900,
        method: Some("POST".to_owned()),
        url: Some("/refunds".to_owned()),
        status: Some(201),
        ..in_run()
    };
    without_place("undocumented-operation", Severity::Warning, "POST /refunds is not described", first)
}

fn unreadable() -> Finding {
    let first = Sighting { index: 5, line: 2, column: 1, ..in_run() };
    without_place("invalid-entry", Severity::Note, "the entry has no `response`", first)
}

fn hostile() -> Finding {
    let first = Sighting {
        recording: format!("evil\n{}", &HOSTILE[10..]),
        index: 1,
        line: u64::MAX,
        column: 0,
        time: Some(HOSTILE.to_owned()),
        method: Some("GE\u{1b}T".to_owned()),
        url: Some(HOSTILE.to_owned()),
        path: None,
        status: Some(999),
    };
    let mut one = without_place("unexpected-server-error", Severity::Warning, &format!("{HOSTILE} failed"), first);
    one.observation.as_mut().unwrap().response = Some(HOSTILE.to_owned());
    one
}

fn in_run() -> Sighting {
    Sighting { recording: "run.har".to_owned(), ..Sighting::default() }
}

fn without_place(rule: &str, severity: Severity, message: &str, first: Sighting) -> Finding {
    let listed = vec![(first.recording.clone(), vec![first.index])];
    let mut one = finding(rule, severity, Source::new(SourceId(0), "", "").span(0, 0), message);
    one.primary = None;
    one.observation = Some(Box::new(Observation { first, response: None, count: 1, listed }));
    one
}

pub(crate) fn numbers() -> TrafficNumbers {
    TrafficNumbers {
        exchanges: 1_204,
        matched: 1_180,
        skipped: 12,
        broken: 3,
        ignored: 0,
        bodies_not_recorded: 9,
        unknown_paths: 1,
        is_interrupted: false,
    }
}

pub(crate) fn row(operation: &str, response: &str, media_type: Option<&str>, seen: u64) -> CoverageRow {
    CoverageRow {
        description: "api.yaml".to_owned(),
        operation: operation.to_owned(),
        response: response.to_owned(),
        media_type: media_type.map(str::to_owned),
        seen,
        codes: Vec::new(),
    }
}

fn coverage() -> Coverage {
    let mut range = row("GET /orders/{id}", "4XX", None, 4);
    range.codes = vec![(404, 3), (410, 1)];
    Coverage {
        rows: vec![
            row("GET /health", "200", None, 7),
            row("GET /orders/{id}", "200", Some("application/json"), 1_190),
            row("GET /orders/{id}", "200", Some("text/csv"), 0),
            range,
            row("GET /orders/{id}", "default", None, 0),
            row("DELETE /a|b\n`<i>`", "204", None, 0),
        ],
    }
}
