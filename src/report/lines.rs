//! A finding as lines of plain text, for formats that have one field for all there is to say.
//!
//! Messages are as they are: whoever writes them makes them harmless.

use super::group::unnamed;
use super::text::paint;
use super::{Report, changed, clean, places, sightings};
use crate::finding::{Finding, Related};

/// The operations and places that are listed unasked.
const LISTED: usize = 10;

/// The message, what to do, the exchanges that show it, what was there before.
pub(super) fn of(report: &Report<'_>, finding: &Finding, all: bool) -> Vec<String> {
    let mark = |words: &str| clean::sentence(words).into_owned();
    let mut lines = vec![message(finding)];
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.extend(finding.observation.iter().flat_map(|observation| sightings::lines(observation, all, mark)));
    lines.extend(changed::lines(report, finding, mark));
    lines
}

/// The message, with the operation if there is one that it does not name.
pub(super) fn message(finding: &Finding) -> String {
    match unnamed(finding) {
        [operation] => format!("{} ({operation})", finding.message),
        _ => finding.message.clone(),
    }
}

/// The operations that share it, and the places that explain it.
pub(super) fn around(report: &Report<'_>, finding: &Finding, all: bool) -> Vec<String> {
    let shown = if all { usize::MAX } else { LISTED };
    let mut lines = Vec::new();
    let operations = unnamed(finding);
    if operations.len() > 1 {
        lines.push(format!("operations: {}", some_of(operations, shown)));
    }
    let rows = places::alike(&finding.related);
    let row = |(first, places): &(&Related, Vec<&Related>)| {
        format!("related: {} {}", places::listed(report, places, shown), first.message)
    };
    lines.extend(rows.iter().take(shown).map(row));
    if rows.len() > shown {
        lines.push(format!("related: {}", paint::count(rows.len() - shown, "more place")));
    }
    lines
}

fn some_of(operations: &[String], shown: usize) -> String {
    let named: Vec<&str> = operations.iter().take(shown).map(String::as_str).collect();
    match operations.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
