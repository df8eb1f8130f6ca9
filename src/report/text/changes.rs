//! The totals of a comparison: changes by class, and what became of versions.

use super::super::{Options, Report, clean};
use super::paint;
use crate::finding::{ChangeNumbers, Class, VersionStep};

/// `2 breaking, 1 risky, 4 compatible changes`, and what `lint` found beside them.
pub(in crate::report) fn counted(report: &Report<'_>, numbers: &ChangeNumbers, options: &Options) -> String {
    let counts = [(Class::Breaking, numbers.breaking), (Class::Risky, numbers.risky), (Class::Compatible, numbers.compatible)];
    let said = counts.iter().filter(|(_, count)| *count > 0);
    let words = said.map(|(class, count)| {
        let words = format!("{} {}", paint::thousands(*count as u64), class.word());
        paint::severity(options.color, class.severity(), words)
    });
    let words: Vec<String> = words.collect();
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    // That nothing is told must not read as if nothing had changed.
    let is_silenced = report.summary.suppressed + numbers.off > 0;
    let none = if is_silenced { "no other changes" } else { "no changes" };
    let changes =
        if words.is_empty() { none.to_owned() } else { format!("{} {}", words.join(", "), paint::noun(total, "change")) };
    match report.findings.iter().filter(|finding| finding.change.is_none()).count() {
        0 => changes,
        found => format!("{changes}, {}", paint::count(found, "new finding")),
    }
}

/// `version 1.2.0 to 1.3.0: a minor step, and the changes ask for a major one`, for each description; where there are
/// several, with its file.
pub(in crate::report) fn versions(numbers: &ChangeNumbers) -> Vec<String> {
    let is_one = numbers.versions.len() == 1;
    numbers.versions.iter().map(|step| version(step, !is_one)).collect()
}

fn version(step: &VersionStep, names_file: bool) -> String {
    let made = match step.made {
        "none" => "no step",
        "back" => "a step back",
        "major" => "a major step",
        "minor" => "a minor step",
        "patch" => "a patch",
        _ => "a step between pre-releases",
    };
    let asked_for = match step.asked_for {
        "none" => "for none".to_owned(),
        word => format!("for a {word} step"),
    };
    let file = if names_file { format!("{}: ", step.file) } else { String::new() };
    let text = format!("{file}version {} to {}: {made}; the changes ask {asked_for}", step.old, step.new);
    clean::sentence(&text).into_owned()
}
