//! The baseline: findings that were there before, one line each, known by their fingerprints. Only new ones fail a run.

mod read;
mod write;

pub use read::read;
pub use write::write;

use rustc_hash::FxHashMap;

use crate::finding::Finding;

/// The version of the format.
const VERSION: u32 = 1;

/// A list of findings that are left aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// One for each finding.
    pub entries: Vec<Entry>,
}

/// One finding of a baseline. File and fingerprint identify it; the rest is for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its file, relative to the folder of the baseline. What recorded traffic shows has none, also where a response is
    /// described: so a run over descriptions alone does not take it for fixed.
    pub file: Option<String>,
    /// Its rule.
    pub rule: String,
    /// The operation that fails, the first of several.
    pub operation: Option<String>,
    /// What stays the same when the file around it changes; equal for findings that nothing but their place tells apart.
    pub fingerprint: String,
    /// What it said.
    pub message: String,
}

/// How findings and a baseline match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// For each finding whether the baseline knows it.
    pub known: Vec<bool>,
    /// The entries that no finding belongs to, by index.
    pub left: Vec<usize>,
}

/// What identifies an entry: file and fingerprint.
type Key<'a> = (Option<&'a str>, &'a str);

impl Entry {
    /// The entry of a finding in this file.
    pub fn of(finding: &Finding, file: Option<String>) -> Entry {
        let file = file.filter(|_| finding.observation.is_none());
        // The ordinal of equal fingerprints depends on what else is in the run: they are counted for each file instead.
        let fingerprint = finding.mark().to_owned();
        let operation = finding.operations.first().cloned();
        Entry { file, rule: finding.rule.as_str().to_owned(), operation, fingerprint, message: finding.message.clone() }
    }

    fn key(&self) -> Key<'_> {
        (self.file.as_deref(), &self.fingerprint)
    }
}

impl Baseline {
    /// Matches findings, as entries, with this baseline. Of equal ones it knows as many as it has entries.
    pub fn compare(&self, found: &[Entry]) -> Comparison {
        let mut open: FxHashMap<Key<'_>, Vec<usize>> = FxHashMap::default();
        for (index, entry) in self.entries.iter().enumerate().rev() {
            open.entry(entry.key()).or_default().push(index);
        }
        let known = found.iter().map(|entry| open.get_mut(&entry.key()).and_then(Vec::pop).is_some()).collect();
        let mut left: Vec<usize> = open.into_values().flatten().collect();
        left.sort_unstable();
        Comparison { known, left }
    }

    /// The same without these entries, given by index in ascending order.
    #[must_use]
    pub fn without(&self, dropped: &[usize]) -> Baseline {
        let entries = self.entries.iter().enumerate().filter(|(index, _)| dropped.binary_search(index).is_err());
        Baseline { entries: entries.map(|(_, entry)| entry.clone()).collect() }
    }
}

#[cfg(test)]
mod tests;
