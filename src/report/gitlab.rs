//! The Code Quality report of GitLab, which merge requests compare with that of their target branch.

use std::io;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{Report, clean, escaped, lines};
use crate::finding::{Finding, Severity};
use crate::lint;

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut names = Names::default();
    let issues: Vec<Issue<'_>> = report.findings.iter().map(|finding| issue(report, finding, &mut names)).collect();
    escaped::write_pretty(&issues, out)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

fn issue<'a>(report: &Report<'a>, finding: &'a Finding, names: &mut Names) -> Issue<'a> {
    let at = report.location(finding);
    // GitLab joins paths with those of the repository, letter by letter.
    let path = at.path.trim_start_matches("./");
    Issue {
        description: clean::sentence(&lines::message(finding)).into_owned(),
        check_name: finding.rule.as_str(),
        fingerprint: names.unique(fingerprint(finding, path)),
        severity: severity(finding.severity),
        location: Place { path, lines: Lines { begin: at.start.line } },
    }
}

/// As other linters map theirs. `critical` and `blocker` speak of what is on fire, which nobody knows from a description.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "info",
        Severity::Warning => "minor",
        Severity::Error => "major",
    }
}

fn fingerprint(finding: &Finding, path: &str) -> String {
    if !finding.fingerprint.is_empty() {
        return finding.fingerprint.clone();
    }
    let status = finding.status.as_deref().unwrap_or_default();
    lint::fingerprint(&[finding.rule.as_str(), path, &finding.operations.join(", "), status, &finding.message])
}

/// The fingerprints that are taken: of findings with the same one GitLab shows only the first.
#[derive(Default)]
struct Names {
    taken: FxHashSet<String>,
    repeated: FxHashMap<String, usize>,
}

impl Names {
    /// The name itself where it is free, else with the first ordinal that is.
    fn unique(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let count = self.repeated.entry(name.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{name}-{count}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given = ["a", "a-2", "a", "a", "b"].map(|name| names.unique(name.to_owned()));
        assert_eq!(given, ["a", "a-2", "a-3", "a-4", "b"]);
    }
}
