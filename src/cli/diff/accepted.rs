//! The file of accepted changes: read, held against what was found, and said what is wrong with it.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::request::DiffRequest;
use crate::cli::request::Chatter;
use crate::cli::{Failure, failure, inputs};
use crate::diff::accepted::{Accepted, Entry, read};
use crate::finding::Silencer;
use crate::io::{self, Trouble, name_of};
use crate::lint::Outcome;
use crate::provider::Refusal;
use crate::rules::{Reporter, builtin_without_documents};
use crate::source::SourceId;
use crate::strict::Complaint;
use crate::syntax::{self, File};

/// The file, and what it says.
pub(super) struct AcceptedFile {
    file: File,
    accepted: Accepted,
}

/// Reads the file; with anything wrong in it the run must not go on.
pub(super) fn load(path: &Path) -> Result<AcceptedFile, Vec<Failure>> {
    let here = inputs::here()?;
    let name = name_of(path, &here);
    let bytes = io::read(&here.join(path)).map_err(|reason| {
        let is_missing = reason == Refusal::Missing;
        let failure = Failure::unreadable(&Trouble { name: name.clone(), reason });
        let help =
            "write `accepted:` into it and below that one entry for each change: `fingerprint`, `rule`, `reason`, `expires`";
        vec![if is_missing { failure.help(help) } else { failure }]
    })?;
    let file = syntax::read(SourceId(0), &name, bytes);
    let (rules, _) = builtin_without_documents();
    let compare = rules.iter().filter(|rule| matches!(rule.reporter, Reporter::Diff));
    let ids: Vec<&str> = compare.map(|rule| rule.id.as_str()).collect();
    match read(&file, &ids) {
        Ok(accepted) => Ok(AcceptedFile { file, accepted }),
        Err(complaints) => Err(complaints.iter().map(|complaint| Failure::of_complaint(complaint, file.source())).collect()),
    }
}

impl AcceptedFile {
    /// Takes out what is accepted. An entry that has expired silences nothing, and one that matches nothing is told.
    pub(super) fn apply(&self, outcome: &mut Outcome, request: &DiffRequest) {
        let now = request.options.now.unwrap_or_default();
        let alike = self.alike();
        let mut used = vec![false; self.accepted.entries.len()];
        outcome.silence(|finding| {
            let own = alike.get(finding.fingerprint.as_str())?.iter().filter(|(_, entry)| entry.is(finding));
            // Of several the one that still counts.
            let (index, entry) = own.min_by_key(|(_, entry)| entry.has_expired(now))?;
            used.get_mut(*index).into_iter().for_each(|used| *used = true);
            (!entry.has_expired(now)).then(|| Silencer::Accepted(entry.reason.clone()))
        });
        if request.lint.chatter != Chatter::Quiet {
            for (entry, is_used) in self.accepted.entries.iter().zip(&used) {
                let others = alike.get(entry.fingerprint.as_str()).into_iter().flatten();
                let other = others.filter(|(index, _)| used.get(*index) == Some(&true)).map(|(_, other)| *other).next();
                self.remark(entry, *is_used, other, now).iter().for_each(failure::warn);
            }
        }
    }

    /// The entries by their fingerprints, each with its index.
    fn alike(&self) -> FxHashMap<&str, Vec<(usize, &Entry)>> {
        let mut alike: FxHashMap<&str, Vec<(usize, &Entry)>> = FxHashMap::default();
        for (index, entry) in self.accepted.entries.iter().enumerate() {
            alike.entry(entry.fingerprint.as_str()).or_default().push((index, entry));
        }
        alike
    }

    /// What is to be said of an entry, where it or another one with its fingerprint stands for a change.
    fn remark(&self, entry: &Entry, is_used: bool, used: Option<&Entry>, now: i64) -> Option<Failure> {
        let source = self.file.source();
        let (message, help) = match (is_used, used) {
            (true, _) if !entry.has_expired(now) => return None,
            (true, _) => {
                ("the time of this accepted change has passed".to_owned(), "look at it again, and set another `expires`")
            }
            (false, Some(used)) => {
                let line = source.position(used.span.start).line;
                (format!("this change is accepted on line {line} already"), "take one of the two entries out")
            }
            (false, None) => ("this accepted change matches nothing that was found".to_owned(), "take the entry out"),
        };
        let complaint = Complaint { span: entry.span, message, help: Some(help.to_owned()) };
        Some(Failure::of_complaint(&complaint, source))
    }
}
