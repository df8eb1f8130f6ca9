//! Code actions: what can be done about a finding with one click.

mod allow;
mod configure;
mod fix;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic, NumberOrString, Range, Uri, WorkspaceEdit,
};

use super::definition::touches;
use super::diagnostics::SOURCE;
use super::positions::Lines;
use super::server::Server;
use super::workspace::{Subject, Workspace};
use crate::finding::Finding;
use crate::source::{Source, Span};
use crate::syntax::File;

/// A finding, and all that an action needs to know.
#[derive(Clone, Copy)]
struct Subjected<'s> {
    server: &'s Server,
    workspace: &'s Workspace,
    subject: &'s Subject,
    finding: &'s Finding,
    /// The file that the finding is in.
    file: &'s File,
    uri: &'s Uri,
}

/// An action without the diagnostic that it is for.
struct Action {
    title: String,
    edit: WorkspaceEdit,
    /// Whether it is what to do where nobody wants to choose.
    is_preferred: bool,
}

/// The kind of the action that editors ask for when a file is saved.
pub(super) const FIX_ALL: &str = "source.fixAll.statusquo";

/// Whether a kind is this one or holds it: `source` and `source.fixAll` hold `source.fixAll.statusquo`.
fn holds(kind: &str, name: &str) -> bool {
    name.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Where actions come from, in the order in which they are offered.
const SOURCES: [fn(&Subjected<'_>) -> Option<Action>; 3] = [fix::cure, allow::here, configure::milder];

/// What can be done about the findings in a range.
pub(super) fn actions(server: &Server, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let only = params.context.only.as_deref();
    let asks_for = |name: &str| only.is_some_and(|only| only.iter().any(|kind| holds(kind.as_str(), name)));
    if asks_for(FIX_ALL) {
        return fix::all(server, &params.text_document.uri).map(|action| vec![CodeActionOrCommand::CodeAction(action)]);
    }
    if only.is_some() && !asks_for(CodeActionKind::QUICKFIX.as_str()) {
        return None;
    }
    let path = server.buffers.path_of(&params.text_document.uri)?;
    let workspace = server.workspaces.get(server.known_workspace_of(&path)?)?;
    let name = workspace.name_of(&path);
    let mut offered: Vec<CodeAction> = Vec::new();
    for subject in workspace.subjects_with(&name) {
        let Some((judged, file)) = subject.judged.as_ref().zip(subject.opened.project.file(&name)) else { continue };
        let wanted = span_of(file.source(), params.range, server);
        for finding in judged.outcome.findings.iter().filter(|finding| finding.span().is_some_and(|span| meets(span, wanted))) {
            let subjected = Subjected { server, workspace, subject, finding, file, uri: &params.text_document.uri };
            for action in SOURCES.iter().filter_map(|source| source(&subjected)) {
                let action = action.offered(finding, &params.context.diagnostics);
                if !offered.contains(&action) {
                    offered.push(action);
                }
            }
        }
    }
    Some(offered.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

impl Action {
    fn offered(self, finding: &Finding, diagnostics: &[Diagnostic]) -> CodeAction {
        let code = Some(NumberOrString::String(finding.rule.as_str().to_owned()));
        let is_it = |diagnostic: &&Diagnostic| diagnostic.source.as_deref() == Some(SOURCE) && diagnostic.code == code;
        CodeAction {
            title: self.title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(diagnostics.iter().filter(is_it).cloned().collect()),
            edit: Some(self.edit),
            is_preferred: self.is_preferred.then_some(true),
            ..CodeAction::default()
        }
    }
}

fn span_of(source: &Source, range: Range, server: &Server) -> Span {
    let lines = Lines::of(source.text(), server.client.encoding);
    source.span(lines.offset(range.start), lines.offset(range.end))
}

fn meets(one: Span, other: Span) -> bool {
    one.source == other.source && (touches(one, other.start) || touches(other, one.start))
}
