//! Test results as `JUnit` writes them: a suite for each file, a case for each finding.
//!
//! A case that only comes with a finding would make a clean run an empty report, which CI servers take for a mistake: what
//! is clean is one case that passes. Names hold no lines, so that servers know a finding again after an edit above it.

use std::io;

use rustc_hash::FxHashMap;

use super::text::totals;
use super::xml::{self, attribute};
use super::{Options, Report, clean, lines};
use crate::finding::{Finding, Severity, Unjudged};

/// The name of the whole, and of what belongs to no rule.
const NAME: &str = env!("CARGO_PKG_NAME");

pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let suites = Suites::of(report, options);
    let all =
        suites.list.iter().map(|suite| counted(&suite.cases)).fold([0; 3], |sum, more| [0, 1, 2].map(|at| sum[at] + more[at]));
    let [tests, failures, _] = all;
    writeln!(out, "{}<testsuites name=\"{NAME}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">", xml::HEAD)?;
    for suite in &suites.list {
        write_suite(suite, out)?;
    }
    writeln!(out, "</testsuites>")
}

struct Suite<'a> {
    name: &'a str,
    cases: Vec<Case>,
}

struct Case {
    class: String,
    name: String,
    verdict: Verdict,
}

enum Verdict {
    Passed,
    Skipped(Words),
    Failed(Severity, Words),
}

/// What there is to say, in one sentence and in all.
struct Words {
    message: String,
    details: String,
}

/// Suites in the order of the sources, then those of recordings.
#[derive(Default)]
struct Suites<'a> {
    list: Vec<Suite<'a>>,
    known: FxHashMap<&'a str, usize>,
    names: FxHashMap<String, usize>,
}

impl<'a> Suites<'a> {
    fn of(report: &Report<'a>, options: &Options) -> Self {
        let mut suites = Suites::default();
        for source in &report.sources {
            suites.get(source.name());
        }
        let rules = report.rule_index();
        for finding in report.findings {
            let file = report.location(finding).file;
            let url = rules.get(&finding.rule).and_then(|&at| report.rules.get(at)?.url.as_deref());
            suites.push(file, finding.rule.as_str(), &lines::message(finding), verdict(report, options, finding, url));
        }
        suites.push_unjudged(report);
        suites.push_passed();
        suites
    }

    fn get(&mut self, file: &'a str) -> Option<&mut Suite<'a>> {
        let number = *self.known.entry(file).or_insert(self.list.len());
        if number == self.list.len() {
            self.list.push(Suite { name: file, cases: Vec::new() });
        }
        self.list.get_mut(number)
    }

    /// Servers know a case by class and name, so equal ones get a number.
    fn push(&mut self, file: &'a str, rule: &str, words: &str, verdict: Verdict) {
        let name = clean::sentence(&format!("{file}: {words}")).into_owned();
        let class = format!("{NAME}.{rule}");
        let count = self.names.entry(format!("{class} {name}")).or_insert(0);
        *count += 1;
        let name = if *count > 1 { format!("{name} ({count})") } else { name };
        if let Some(suite) = self.get(file) {
            suite.cases.push(Case { class, name, verdict });
        }
    }

    /// Skipped work does not look clean.
    fn push_unjudged(&mut self, report: &Report<'a>) {
        let verb = totals::verb(report.summary);
        for skipped in &report.summary.unjudged {
            let Unjudged { operation, reason, span } = skipped;
            let words = Words { message: format!("not {verb}: {reason}"), details: totals::because(report, skipped) };
            self.push(report.locate(*span).file, &format!("not-{verb}"), operation, Verdict::Skipped(words));
        }
        if report.summary.traffic.as_ref().is_some_and(|traffic| traffic.is_interrupted) {
            let why = "interrupted before the end of the recordings".to_owned();
            let words = Words { message: why.clone(), details: why };
            self.push(NAME, "interrupted", "all recordings are read to their end", Verdict::Skipped(words));
        }
    }

    fn push_passed(&mut self) {
        if self.list.is_empty() {
            self.get(NAME);
        }
        for suite in self.list.iter_mut().filter(|suite| suite.cases.is_empty()) {
            let name = format!("{}: no findings", suite.name);
            suite.cases.push(Case { class: NAME.to_owned(), name, verdict: Verdict::Passed });
        }
    }
}

/// A note fails no build. It is skipped and not passed, because servers show what is written in a skipped case.
fn verdict<'a>(report: &Report<'a>, options: &Options, finding: &'a Finding, url: Option<&str>) -> Verdict {
    let words = Words { message: lines::message(finding), details: details(report, options, finding, url) };
    match finding.severity {
        Severity::Note => Verdict::Skipped(words),
        severity => Verdict::Failed(severity, words),
    }
}

/// The message again: some servers show only the text, others only the attribute.
fn details<'a>(report: &Report<'a>, options: &Options, finding: &'a Finding, url: Option<&str>) -> String {
    let at = report.location(finding);
    let mut text = vec![format!("{}:{}:{}", at.file, at.start.line, at.start.column)];
    text.extend(lines::of(report, finding, options.all));
    text.extend(lines::around(report, finding, options.all));
    text.extend(url.map(str::to_owned));
    text.iter().map(|line| clean::sentence(line)).collect::<Vec<_>>().join("\n")
}

/// Cases, failures, skipped ones.
fn counted(cases: &[Case]) -> [usize; 3] {
    let count = |is: fn(&Verdict) -> bool| cases.iter().filter(|case| is(&case.verdict)).count();
    [
        cases.len(),
        count(|verdict| matches!(verdict, Verdict::Failed(..))),
        count(|verdict| matches!(verdict, Verdict::Skipped(_))),
    ]
}

fn write_suite(suite: &Suite<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let ([tests, failures, skipped], name) = (counted(&suite.cases), attribute(suite.name));
    let numbers = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"");
    writeln!(out, "  <testsuite name=\"{name}\" {numbers} time=\"0\">")?;
    for case in &suite.cases {
        write_case(case, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(case: &Case, out: &mut dyn io::Write) -> io::Result<()> {
    let (class, name) = (attribute(&case.class), attribute(&case.name));
    let start = format!("    <testcase classname=\"{class}\" name=\"{name}\" time=\"0\"");
    match &case.verdict {
        Verdict::Passed => writeln!(out, "{start}/>"),
        Verdict::Skipped(words) => writeln!(out, "{start}>\n      {}\n    </testcase>", verdict_element("skipped", None, words)),
        Verdict::Failed(severity, words) => {
            writeln!(out, "{start}>\n      {}\n    </testcase>", verdict_element("failure", Some(*severity), words))
        }
    }
}

fn verdict_element(name: &str, severity: Option<Severity>, words: &Words) -> String {
    let kind = severity.map(|severity| format!(" type=\"{severity}\"")).unwrap_or_default();
    let (message, details) = (attribute(&clean::sentence(&words.message)), xml::text(&words.details));
    format!("<{name}{kind} message=\"{message}\">{details}</{name}>")
}
