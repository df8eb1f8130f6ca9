//! Living with old projects, through the real binary: suppressions, overrides, baselines, and what is said about those
//! that do nothing.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use serde_json::Value;

#[path = "living/baselines.rs"]
mod baselines;
#[path = "support/binary.rs"]
mod binary;
#[path = "living/configurations.rs"]
mod configurations;
#[path = "living/suppressions.rs"]
mod suppressions;

use binary::run;

type Files<'a> = &'a [(&'a str, &'a str)];

/// The rule that most of these tests silence.
const LOCATION: &str = "created-without-location";
const ALLOW: &str = "method-not-allowed-without-allow";

/// The report as JSON, whatever the exit code.
fn report(files: Files<'_>, arguments: &[&str]) -> Value {
    let all = [&["lint", "--format", "json"], arguments].concat();
    let (_, out, err) = run(files, &all);
    serde_json::from_str(&out).map_err(|error| format!("{error}\n{out}{err}")).unwrap()
}

/// `line rule` of each finding of these rules.
fn lines(report: &Value, rules: &[&str]) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let wanted = findings.filter(|finding| rules.iter().any(|rule| finding["rule"] == **rule));
    wanted.map(|finding| format!("{} {}", finding["span"]["start"]["line"], finding["rule"].as_str().unwrap())).collect()
}

fn suppressed(report: &Value) -> u64 {
    report["summary"]["suppressed"].as_u64().unwrap()
}

/// What was found under an id: its messages with their advice.
fn messages(report: &Value, rule: &str) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    findings
        .map(|finding| format!("{} | {}", finding["message"].as_str().unwrap(), finding["help"].as_str().unwrap_or_default()))
        .collect()
}
