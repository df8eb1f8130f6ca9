//! Go to definition: from a `$ref` to what it stands for.

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location};

use super::positions::Lines;
use super::server::Server;
use super::workspace::{Subject, Workspace};
use crate::openapi::{Site, resolve};
use crate::source::Span;
use crate::syntax::{File, Node};

/// Where the reference at a position leads.
pub(super) fn definition(server: &Server, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let spot = server.spot(&params.text_document_position_params)?;
    let (workspace, name, offset) = (spot.workspace, spot.file.source().name(), spot.offset);
    let subject = workspace.subject(name)?;
    let site = reference_at(subject, subject.opened.project.file(name)?, offset)?;
    let target = resolve(&subject.opened.project, site.reference).ok()?;
    let (file, span) = (target.file(), place_of(target));
    location(server, workspace, file, span).map(GotoDefinitionResponse::Scalar)
}

/// The reference at an offset of a file.
pub(super) fn reference_at<'s>(subject: &'s Subject, file: &'s File, offset: u32) -> Option<Site<'s>> {
    subject.opened.project.sites(file).find(|site| touches(site.reference.span(), offset))
}

/// Whether a cursor at this offset is at the span; behind its last byte still counts.
pub(super) fn touches(span: Span, offset: u32) -> bool {
    (span.start..=span.end).contains(&offset)
}

/// Where a definition is shown: at its name.
pub(super) fn place_of(target: Node<'_>) -> Span {
    target.own_key().map_or_else(|| start_of(target), Node::span)
}

/// A whole file or an item of a list has no name: its start is as good.
fn start_of(target: Node<'_>) -> Span {
    let span = target.span();
    Span { end: span.start, ..span }
}

/// A place as the client names it.
pub(super) fn location(server: &Server, workspace: &Workspace, file: &File, span: Span) -> Option<Location> {
    let uri = server.uri_of(&workspace.path_of(file.source().name()))?;
    let range = Lines::of(file.source().text(), server.client.encoding).range(span);
    Some(Location { uri, range })
}
