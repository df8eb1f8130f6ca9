//! What a rule knows to cure its finding with, in the file that is looked at.

use std::collections::BTreeMap;

use lsp_types::{CodeAction, CodeActionKind, Uri};

use super::{Action, FIX_ALL, Subjected};
use crate::finding::{Fix, Safety, TextEdit};
use crate::lsp::edits;
use crate::lsp::server::Server;

/// The fix of a finding; none where it reaches into other files.
pub(super) fn cure(subjected: &Subjected<'_>) -> Option<Action> {
    let source = subjected.file.source();
    let fix = subjected.finding.fix.as_ref()?;
    let is_here = fix.edits.iter().all(|edit| edit.span.source == source.id());
    is_here.then(|| Action {
        title: title(fix),
        edit: edits::in_file(subjected.uri.clone(), source, &fix.edits, subjected.server.client.encoding),
        is_preferred: fix.safety == Safety::Safe,
    })
}

/// Everything that can be fixed in a file without changing what the description promises, as far as it does not overlap: the
/// rest comes with the next save.
pub(super) fn all(server: &Server, uri: &Uri) -> Option<CodeAction> {
    let path = server.buffers.path_of(uri)?;
    let workspace = server.workspaces.get(server.known_workspace_of(&path)?)?;
    let name = workspace.name_of(&path);
    let (judged, file) = workspace
        .subjects_with(&name)
        .find_map(|subject| Some((subject.judged.as_ref()?, subject.opened.project.file(&name)?)))?;
    let mut edits: BTreeMap<u32, &TextEdit> = BTreeMap::new();
    for fix in judged.outcome.findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let is_here = fix.edits.iter().all(|edit| edit.span.source == file.source().id());
        let is_known = |edit: &&TextEdit| edits.get(&edit.span.start) == Some(edit);
        let new: Vec<&TextEdit> = fix.edits.iter().filter(|edit| !is_known(edit)).collect();
        if fix.safety == Safety::Safe && is_here && new.iter().all(|edit| lies_apart(edit, &edits)) {
            edits.extend(new.into_iter().map(|edit| (edit.span.start, edit)));
        }
    }
    let edits: Vec<TextEdit> = edits.into_values().cloned().collect();
    let edit = (!edits.is_empty()).then(|| edits::in_file(uri.clone(), file.source(), &edits, server.client.encoding))?;
    let (title, kind) = ("Fix all that is safe".to_owned(), Some(CodeActionKind::from(FIX_ALL.to_owned())));
    Some(CodeAction { title, kind, edit: Some(edit), ..CodeAction::default() })
}

/// Whether an edit has nothing to do with others, which lie apart themselves; two that insert at one place would have an order.
fn lies_apart(edit: &TextEdit, others: &BTreeMap<u32, &TextEdit>) -> bool {
    others.range(..=edit.span.end).next_back().is_none_or(|(_, other)| other.span.end < edit.span.start)
}

/// What it does, with a word of warning where that changes what the description promises.
fn title(fix: &Fix) -> String {
    let mut letters = fix.title.chars();
    let begun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if fix.safety == Safety::Safe { begun } else { format!("{begun} (changes what is promised)") }
}
