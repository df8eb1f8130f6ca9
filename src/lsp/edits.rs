//! Edits of texts as edits of the protocol.

use lsp_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::positions::{Encoding, Lines};
use crate::finding;
use crate::source::Source;

/// Puts a text in at an offset.
pub(super) fn insertion(source: &Source, at: u32, text: impl Into<String>) -> finding::TextEdit {
    finding::TextEdit { span: source.span(at, at), text: text.into() }
}

/// How the lines of a text end.
pub(super) fn line_break(text: &str) -> &'static str {
    match text.find(['\r', '\n']).and_then(|at| text.get(at..)) {
        Some(first) if first.starts_with("\r\n") => "\r\n",
        Some(first) if first.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// The edit of one file.
pub(super) fn in_file(uri: Uri, source: &Source, changes: &[finding::TextEdit], encoding: Encoding) -> WorkspaceEdit {
    of_edits([(uri, in_text(source, changes, encoding))])
}

/// Changes of a text as the protocol has them.
pub(super) fn in_text<'c>(
    source: &Source,
    changes: impl IntoIterator<Item = &'c finding::TextEdit>,
    encoding: Encoding,
) -> Vec<TextEdit> {
    let lines = Lines::of(source.text(), encoding);
    let edit = |one: &finding::TextEdit| TextEdit { range: lines.range(one.span), new_text: one.text.clone() };
    changes.into_iter().map(edit).collect()
}

/// The edit of several files.
pub(super) fn of_edits(edits: impl IntoIterator<Item = (Uri, Vec<TextEdit>)>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(edits.into_iter().collect()), ..WorkspaceEdit::default() }
}

/// The edit that makes a file with this text.
pub(super) fn new_file(uri: Uri, text: String) -> WorkspaceEdit {
    let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
    let document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let edit = TextEdit { new_text: text, ..TextEdit::default() };
    let fill = TextDocumentEdit { text_document: document, edits: vec![OneOf::Left(edit)] };
    let steps = vec![DocumentChangeOperation::Op(ResourceOp::Create(create)), DocumentChangeOperation::Edit(fill)];
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(steps)), ..WorkspaceEdit::default() }
}
