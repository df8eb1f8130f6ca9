//! A report made by hand: two files, places in both, and names that need escaping.

use statusquo::finding::{Coverage, Finding, Place, Related, RuleDescription, RuleId, Severity, Summary, Unjudged};
use statusquo::report::{Format, Options, Report, write};
use statusquo::source::{Source, SourceId, Span};

/// A byte order mark, CRLF and characters of two to four bytes.
pub(crate) const API: &str = "\u{feff}openapi: 3.1.0\r\n\
info: {title: Grüße 🙂, version: \"1\"}\r\n\
paths:\r\n\
\x20 /orders:\r\n\
\x20   post:\r\n\
\x20     responses:\r\n\
\x20       \"201\":\r\n\
\x20         description: Über 🙂 created\r\n\
\x20       \"204\":\r\n\
\x20         description: nothing\r\n\
\x20         content: {}\r\n";

pub(crate) const SHARED: &str = "{\n  \"Error\": {\n    \"description\": \"100% wrong, always: really\"\n  }\n}\n";

pub(crate) struct World {
    pub(crate) sources: Vec<Source>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) summary: Summary,
    pub(crate) rules: Vec<RuleDescription>,
    pub(crate) coverage: Option<Coverage>,
}

impl World {
    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            findings: &self.findings,
            sources: self.sources.iter().collect(),
            summary: &self.summary,
            rules: &self.rules,
            coverage: self.coverage.as_ref(),
        }
    }

    pub(crate) fn write(&self, format: Format, options: &Options) -> String {
        let mut out = Vec::new();
        write(format, &self.report(), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(crate) fn plain(&self, format: Format) -> String {
        self.write(format, &Options::default())
    }
}

pub(crate) fn span_of(source: &Source, part: &str) -> Span {
    let start = source.text().find(part).unwrap() as u32;
    source.span(start, start + part.len() as u32)
}

pub(crate) fn rule(id: &str, severity: Option<Severity>, url: Option<&str>) -> RuleDescription {
    RuleDescription {
        id: RuleId::from(id),
        summary: format!("The rule {id}"),
        why: "Because clients rely on it.".to_owned(),
        help: "Do the next thing.".to_owned(),
        url: url.map(str::to_owned),
        severity,
    }
}

pub(crate) fn finding(rule: &str, severity: Severity, span: Span, message: &str) -> Finding {
    Finding {
        rule: RuleId::from(rule),
        severity,
        set_by: None,
        message: message.to_owned(),
        help: None,
        primary: Some(Place { span, pointer: String::new(), document: None }),
        related: Vec::new(),
        operations: Vec::new(),
        status: None,
        observation: None,
        change: None,
        fix: None,
        fingerprint: format!("{rule}-1"),
    }
}

pub(crate) fn world() -> World {
    let api = Source::new(SourceId(0), "my apis/öffentlich, v1.yaml", API);
    let shared = Source::new(SourceId(1), "/srv/shared.json", SHARED);
    let mut created = finding(
        "created-without-location",
        Severity::Warning,
        span_of(&api, "\"201\""),
        "POST /orders creates something and does not say where",
    );
    created.help = Some("declare a `Location` header holding the URI of the new resource".to_owned());
    created.primary.as_mut().unwrap().pointer.push_str("/paths/~1orders/post/responses/201");
    created.operations = vec!["POST /orders".to_owned()];
    created.status = Some("201".to_owned());
    created.related = vec![
        Related { span: span_of(&api, "post"), message: "the method".to_owned() },
        Related { span: span_of(&shared, "\"Error\""), message: "defined here".to_owned() },
    ];
    let mut content = finding(
        "no-content-with-content",
        Severity::Error,
        span_of(&api, "content:"),
        "100% certain: a 204, by definition,\nhas no content",
    );
    content.operations = ["GET /a", "PUT /b", "POST /c", "DELETE /d/{id}"].map(str::to_owned).to_vec();
    content.status = Some("204".to_owned());
    let mut emoji = finding("unknown-rule", Severity::Note, span_of(&api, "created"), "behind an emoji");
    emoji.primary.as_mut().unwrap().document = Some(1);
    let shared_error = finding("off-by-default", Severity::Note, span_of(&shared, "\"Error\": {\n"), "over the end of a line");
    World {
        summary: numbers(&api),
        findings: vec![created, emoji, content, shared_error],
        rules: vec![
            rule("created-without-location", Some(Severity::Warning), Some("https://example.com/rfc#9.3.3")),
            rule("no-content-with-content", Some(Severity::Error), None),
            rule("off-by-default", None, None),
        ],
        sources: vec![api, shared],
        coverage: None,
    }
}

pub(crate) fn numbers(api: &Source) -> Summary {
    Summary {
        files: 2,
        operations: 12,
        judged: 11,
        responses: 40,
        errors: 1,
        warnings: 1,
        notes: 2,
        suppressed: 4,
        fixed: 0,
        unknown: 3,
        unjudged: vec![Unjudged {
            operation: "GET /orders/{id}".to_owned(),
            reason: "an unresolved `$ref`".to_owned(),
            span: span_of(api, "/orders"),
        }],
        traffic: None,
        changes: None,
        unknown_by_rule: vec![(RuleId::from("created-without-location"), 3)],
    }
}
