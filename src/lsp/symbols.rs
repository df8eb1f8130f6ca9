//! Document symbols: the operations of a file, with their responses below.

use std::borrow::Cow;

use lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Range, SymbolKind};
use rustc_hash::FxHashSet;

use super::positions::Lines;
use super::server::Server;
use crate::facts::{Api, OperationFact, ResponseFact, api};
use crate::http::status::{StatusKey, find};
use crate::openapi::version_of;
use crate::source::Span;
use crate::syntax::{File, Node};

/// What is in a file. A fragment has the operations that the descriptions of the workspace find in it.
pub(super) fn symbols(server: &Server, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let (number, name) = server.open_file(&params.text_document.uri)?;
    let workspace = server.workspaces.get(number)?;
    let mut symbols: Vec<DocumentSymbol> = Vec::new();
    let mut known: FxHashSet<(u32, u32)> = FxHashSet::default();
    for subject in workspace.subjects_with(&name) {
        let project = &subject.opened.project;
        let Some(file) = project.file(&name) else { continue };
        let lines = Lines::of(file.source().text(), server.client.encoding);
        for root in project.files().flat_map(File::roots) {
            let Some(version) = version_of(root).and_then(|key| key.version) else { continue };
            let api = api(project, version, root);
            for found in api.operations.iter().filter_map(|operation| symbol(&api, operation, file, &lines)) {
                let start = found.selection_range.start;
                if known.insert((start.line, start.character)) {
                    symbols.push(found);
                }
            }
        }
    }
    symbols.sort_by_key(|symbol| symbol.range.start);
    Some(DocumentSymbolResponse::Nested(symbols))
}

fn symbol<'p>(api: &Api<'p>, operation: &OperationFact<'p>, file: &File, lines: &Lines<'_>) -> Option<DocumentSymbol> {
    let (range, selection) = ranges(operation.key, operation.operation.0.node(), file, lines)?;
    let responses = api.responses_of(operation).iter().filter_map(|response| response_symbol(response, file, lines)).collect();
    Some(DocumentSymbol { children: Some(responses), ..new(operation.label.to_string(), SymbolKind::METHOD, range, selection) })
}

fn response_symbol(response: &ResponseFact<'_>, file: &File, lines: &Lines<'_>) -> Option<DocumentSymbol> {
    let value = file.node(response.key.index() + 1);
    let (range, selection) = ranges(response.key, value, file, lines)?;
    let name = match response.status {
        StatusKey::Code(code) => find(code).map(|known| known.name.to_owned()),
        _ => None,
    };
    let own = response.definition.and_then(crate::openapi::Response::description).map(Cow::into_owned);
    let label = [Some(response.text().to_owned()), name].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(DocumentSymbol { detail: own, ..new(label, SymbolKind::EVENT, range, selection) })
}

/// The range of key and value and that of the key, where the key stands in this file.
fn ranges(key: Node<'_>, value: Node<'_>, file: &File, lines: &Lines<'_>) -> Option<(Range, Range)> {
    if !std::ptr::eq(key.file(), file) {
        return None;
    }
    let own = key.span();
    // What a `$ref` or an alias stands for is elsewhere.
    let is_beside = std::ptr::eq(value.file(), file) && value.own_key() == Some(key);
    let end = if is_beside { value.span().end.max(own.end) } else { own.end };
    Some((lines.range(Span { end, ..own }), lines.range(own)))
}

fn new(name: String, kind: SymbolKind, range: Range, selection_range: Range) -> DocumentSymbol {
    #[expect(deprecated, reason = "the type has a field that the protocol no longer wants")]
    let symbol =
        DocumentSymbol { name, detail: None, kind, tags: None, deprecated: None, range, selection_range, children: None };
    symbol
}
