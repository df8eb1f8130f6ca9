//! The file of accepted changes: read, held against what was found, and said what is wrong with it.

use std::path::Path;

use super::request::DiffRequest;
use crate::cli::request::Chatter;
use crate::cli::{Failure, failure, inputs};
use crate::diff::accepted::{Accepted, Entry, read};
use crate::finding::{Finding, Silencer};
use crate::io::{self, Trouble, name_of};
use crate::lint::Outcome;
use crate::provider::Refusal;
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
    match read(&file) {
        Ok(accepted) => Ok(AcceptedFile { file, accepted }),
        Err(complaints) => Err(complaints.iter().map(|complaint| Failure::of_complaint(complaint, file.source())).collect()),
    }
}

impl AcceptedFile {
    /// Takes out what is accepted. An entry that has expired silences nothing, and one that matches nothing is told.
    pub(super) fn apply(&self, outcome: &mut Outcome, request: &DiffRequest) {
        let now = request.options.now.unwrap_or_default();
        let mut used = vec![false; self.accepted.entries.len()];
        let mut entry_of = |finding: &Finding| {
            let index = self.accepted.entries.iter().position(|entry| entry.is(finding))?;
            used.get_mut(index).into_iter().for_each(|used| *used = true);
            self.accepted.entries.get(index)
        };
        outcome.silence(|finding| {
            let entry = entry_of(finding).filter(|entry| !entry.has_expired(now))?;
            Some(Silencer::Accepted(entry.reason.clone()))
        });
        if request.lint.chatter != Chatter::Quiet {
            let entries = self.accepted.entries.iter().zip(used);
            entries.filter_map(|(entry, used)| self.remark(entry, used, now)).for_each(|remark| failure::warn(&remark));
        }
    }

    fn remark(&self, entry: &Entry, is_used: bool, now: i64) -> Option<Failure> {
        let (message, help) = match (is_used, entry.has_expired(now)) {
            (true, false) => return None,
            (true, true) => ("the time of this accepted change has passed", "look at it again, and set another `expires`"),
            (false, _) => ("this accepted change matches nothing that was found", "take the entry out"),
        };
        let complaint = Complaint { span: entry.span, message: message.to_owned(), help: Some(help.to_owned()) };
        Some(Failure::of_complaint(&complaint, self.file.source()))
    }
}
