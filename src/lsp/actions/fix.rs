//! What a rule knows to cure its finding with, in the file that is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use lsp_types::{CodeAction, CodeActionKind, Uri};

use super::{Action, FIX_ALL, Subject, Subjected, Workspace};
use crate::finding::{Fix, RuleId, Safety, TextEdit};
use crate::lint::Outcome;
use crate::lsp::edits;
use crate::lsp::server::Server;
use crate::openapi::resolve;
use crate::source::{Source, SourceId};
use crate::syntax::Node;

/// Descriptions beside the one that a fix is for, as far as they have to do with one of the files that it changes.
struct Others<'w> {
    /// The file, as the description of the fix knows it.
    file: SourceId,
    known: Vec<Other<'w>>,
}

/// One of them.
struct Other<'w> {
    outcome: &'w Outcome,
    /// The file, as this description knows it.
    file: SourceId,
    /// What it uses of the file.
    used: Vec<Range<u32>>,
}

impl<'w> Others<'w> {
    /// Those that are known, by the name of the file.
    fn of(workspace: &'w Workspace, subject: &Subject, name: &'w str) -> Option<Self> {
        let others =
            workspace.subjects_with(name).filter(|other| !std::ptr::eq(*other, subject) && other.opened.is_description());
        let file = subject.opened.project.file(name)?.source().id();
        Some(Others { file, known: others.filter_map(|other| Other::of(other, name)).collect() })
    }

    /// Whether each of them has the same to fix, or uses nothing of what the fix changes.
    fn agree_on(&self, rule: &RuleId, fix: &Fix) -> bool {
        let own = changes(fix, self.file);
        self.known.iter().all(|other| {
            let is_used =
                own.iter().any(|(start, end, _)| other.used.iter().any(|used| used.start <= *end && *start <= used.end));
            let findings = other.outcome.findings.iter().filter(|finding| finding.rule == *rule);
            let mut fixes = findings.filter_map(|finding| finding.fix.as_ref());
            !is_used || fixes.any(|fix| changes(fix, other.file) == own)
        })
    }
}

impl<'w> Other<'w> {
    fn of(subject: &'w Subject, name: &str) -> Option<Self> {
        let project = &subject.opened.project;
        let file = project.file(name)?.source().id();
        let sites = project.files().flat_map(|file| project.sites(file));
        let targets = sites.filter_map(|site| resolve(project, site.reference).ok()).map(Node::span);
        let used = targets.filter(|span| span.source == file).map(|span| span.start..span.end).collect();
        Some(Other { outcome: &subject.judged.as_ref()?.outcome, file, used })
    }
}

/// What a fix changes in a file.
fn changes(fix: &Fix, file: SourceId) -> Vec<(u32, u32, &str)> {
    let edits = fix.edits.iter().filter(|edit| edit.span.source == file);
    edits.map(|edit| (edit.span.start, edit.span.end, edit.text.as_str())).collect()
}

/// The fix of a finding, in all files that it changes.
pub(super) fn cure(subjected: &Subjected<'_>) -> Option<Action> {
    let fix = subjected.finding.fix.as_ref()?;
    let edits = changed_files(subjected, fix).into_iter().map(|source| of_file(subjected, fix, source));
    let edit = edits::of_edits(edits.collect::<Option<Vec<_>>>()?);
    Some(Action { title: title(fix), edit, is_preferred: fix.safety == Safety::Safe })
}

/// The files that a fix changes, each once.
fn changed_files<'s>(subjected: &Subjected<'s>, fix: &Fix) -> Vec<&'s Source> {
    let sources = subjected.subject.opened.project.sources();
    let ids: BTreeSet<SourceId> = fix.edits.iter().map(|edit| edit.span.source).collect();
    ids.into_iter().filter_map(|id| sources.get(id.index()).copied()).collect()
}

/// What a fix changes in a file; none where that is no file of the folder, or where others may want it otherwise.
fn of_file(subjected: &Subjected<'_>, fix: &Fix, source: &Source) -> Option<(Uri, Vec<lsp_types::TextEdit>)> {
    let (workspace, name) = (subjected.workspace, source.name());
    let is_here = source.id() == subjected.file.source().id();
    let is_inside = !name.starts_with("..") && !name.starts_with('/');
    let others = Others::of(workspace, subjected.subject, name)?;
    let is_known = is_here || is_inside && workspace.looks_at_all_users_of(name);
    if !is_known || !others.agree_on(&subjected.finding.rule, fix) {
        return None;
    }
    let uri = if is_here { subjected.uri.clone() } else { subjected.server.uri_of(&workspace.path_of(name))? };
    let changes = fix.edits.iter().filter(|edit| edit.span.source == source.id());
    Some((uri, edits::in_text(source, changes, subjected.server.client.encoding)))
}

/// Everything that can be fixed in a file without changing what the description promises, as far as it does not overlap: the
/// rest comes with the next save.
pub(super) fn all(server: &Server, uri: &Uri) -> Option<CodeAction> {
    let path = server.buffers.path_of(uri)?;
    let workspace = server.workspaces.get(server.known_workspace_of(&path)?)?;
    let name = workspace.name_of(&path);
    let (subject, judged, file) = workspace
        .subjects_with(&name)
        .find_map(|subject| Some((subject, subject.judged.as_ref()?, subject.opened.project.file(&name)?)))?;
    let others = Others::of(workspace, subject, &name)?;
    let mut edits: BTreeMap<u32, &TextEdit> = BTreeMap::new();
    for (rule, fix) in judged.outcome.findings.iter().filter_map(|finding| Some((&finding.rule, finding.fix.as_ref()?))) {
        let is_here = fix.edits.iter().all(|edit| edit.span.source == file.source().id());
        let is_known = |edit: &&TextEdit| edits.get(&edit.span.start) == Some(edit);
        let new: Vec<&TextEdit> = fix.edits.iter().filter(|edit| !is_known(edit)).collect();
        let is_apart = || new.iter().all(|edit| lies_apart(edit, &edits));
        if fix.safety == Safety::Safe && is_here && is_apart() && others.agree_on(rule, fix) {
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
