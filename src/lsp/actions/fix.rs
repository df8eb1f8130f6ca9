//! What a rule knows to cure its finding with, in the file that is looked at.

use super::{Action, Subjected};
use crate::finding::{Fix, Safety};
use crate::lsp::edits;

/// The fix of a finding; none where it reaches into other files.
pub(super) fn cure(subjected: &Subjected<'_>) -> Option<Action> {
    let source = subjected.file.source();
    let fix = subjected.finding.fix.as_ref()?;
    let is_here = fix.edits.iter().all(|edit| edit.span.source == source.id());
    is_here.then(|| Action {
        title: title(fix),
        edit: edits::in_file(subjected.uri.clone(), source, &fix.edits, subjected.server.client.encoding),
    })
}

/// What it does, with a word of warning where that changes what the description promises.
fn title(fix: &Fix) -> String {
    let mut letters = fix.title.chars();
    let begun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if fix.safety == Safety::Safe { begun } else { format!("{begun} (changes what is promised)") }
}
