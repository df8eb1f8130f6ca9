//! Coverage gathered by operation, as people read it. The words are those of descriptions: whoever shows them cleans them.

use std::collections::BTreeMap;

use super::text::paint;
use crate::finding::{Coverage, CoverageRow};

/// What was seen of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Covered {
    /// The operation, behind the name of its description where there are several.
    pub(super) operation: String,
    /// The responses that were seen, each with how often.
    pub(super) seen: Vec<String>,
    /// The responses that were never seen; with the media type where the same response was seen under another.
    pub(super) never: Vec<String>,
    /// The codes that are only described by a range or `default`: `404 came 3 times under default`.
    pub(super) under: Vec<String>,
}

/// The operations in document order.
pub(super) fn by_operation(coverage: &Coverage) -> Vec<Covered> {
    let first = coverage.rows.first().map(|row| row.description.as_str());
    let several = coverage.rows.iter().any(|row| Some(row.description.as_str()) != first);
    coverage.by_operation().filter_map(|rows| Some(covered(rows, rows.first()?, several))).collect()
}

/// `3 of 5 operations and 7 of 12 described responses seen (58%)`. Rounded down: what is not complete does not look so.
pub(super) fn headline(coverage: &Coverage) -> String {
    let (operations, responses) = (coverage.operations(), coverage.share());
    format!(
        "{} of {} and {} of {} seen ({:.0}%)",
        operations.seen,
        paint::count(operations.all, "operation"),
        responses.seen,
        paint::count(responses.all, "described response"),
        responses.percent().floor()
    )
}

fn covered(rows: &[CoverageRow], first: &CoverageRow, several: bool) -> Covered {
    let name = if several { format!("{}: ", first.description) } else { String::new() };
    let mut covered =
        Covered { operation: format!("{name}{}", first.operation), seen: Vec::new(), never: Vec::new(), under: Vec::new() };
    for rows in rows.chunk_by(|one, other| one.response == other.response) {
        covered.add(rows);
    }
    covered
}

impl Covered {
    /// Takes in the rows of one response.
    fn add(&mut self, rows: &[CoverageRow]) {
        let Some(CoverageRow { response, .. }) = rows.first() else { return };
        let times: u64 = rows.iter().map(|row| row.seen).sum();
        if times == 0 {
            self.never.push(response.clone());
            return;
        }
        self.seen.push(format!("{response} {}", self::times(times)));
        self.never.extend(rows.iter().filter(|row| row.seen == 0).map(named));
        let mut codes: BTreeMap<u16, u64> = BTreeMap::new();
        for (code, count) in rows.iter().flat_map(|row| &row.codes) {
            *codes.entry(*code).or_default() += count;
        }
        self.under.extend(codes.iter().map(|(code, count)| format!("{code} came {} under {response}", self::times(*count))));
    }
}

fn named(row: &CoverageRow) -> String {
    let content = row.media_type.as_deref().unwrap_or("without content");
    format!("{} {content}", row.response)
}

fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{} times", paint::thousands(count)),
    }
}
