//! What client and server can do.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, FileOperationFilter,
    FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions, HoverProviderCapability, InitializeParams,
    OneOf, PositionEncodingKind, ResourceOperationKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFileOperationsServerCapabilities,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::actions::FIX_ALL;
use super::positions::Encoding;

/// What the server needs to know about its client.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client {
    /// How columns are counted.
    pub(super) encoding: Encoding,
    /// Whether it can be asked to watch files.
    pub(super) watches_files: bool,
    /// Whether it can make files that edits go to.
    pub(super) makes_files: bool,
    /// Whether it shows places beside that of a diagnostic.
    pub(super) shows_related: bool,
}

impl Client {
    /// What the client says of itself.
    pub(super) fn of(params: &InitializeParams) -> Client {
        Client {
            encoding: encoding(&params.capabilities),
            watches_files: watches_files(&params.capabilities).unwrap_or(false),
            makes_files: makes_files(&params.capabilities).unwrap_or(false),
            shows_related: shows_related(&params.capabilities).unwrap_or(false),
        }
    }
}

/// UTF-8 where the client knows it: our offsets are bytes.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    let knows_utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
    if knows_utf8 { Encoding::Utf8 } else { Encoding::Utf16 }
}

fn watches_files(client: &ClientCapabilities) -> Option<bool> {
    client.workspace.as_ref()?.did_change_watched_files.as_ref()?.dynamic_registration
}

fn makes_files(client: &ClientCapabilities) -> Option<bool> {
    let edits = client.workspace.as_ref()?.workspace_edit.as_ref()?;
    let makes = edits.resource_operations.as_ref()?.contains(&ResourceOperationKind::Create);
    Some(edits.document_changes? && makes)
}

fn shows_related(client: &ClientCapabilities) -> Option<bool> {
    client.text_document.as_ref()?.publish_diagnostics.as_ref()?.related_information
}

/// What the server offers.
pub(super) fn of_server(encoding: Encoding) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::FULL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let kinds = vec![CodeActionKind::QUICKFIX, FIX_ALL.into()];
    let actions = CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
    let triggers = ["\"", "'", ":", " "].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
        completion_provider: Some(CompletionOptions { trigger_characters: Some(triggers), ..CompletionOptions::default() }),
        workspace: Some(workspace()),
        ..ServerCapabilities::default()
    }
}

fn workspace() -> WorkspaceServerCapabilities {
    let pattern = |glob: &str, kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    let files = pattern("**/*.{yaml,yml,json}", FileOperationPatternKind::File);
    let folders = pattern("**", FileOperationPatternKind::Folder);
    let renames = FileOperationRegistrationOptions { filters: vec![files, folders] };
    WorkspaceServerCapabilities {
        workspace_folders: Some(WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        }),
        file_operations: Some(WorkspaceFileOperationsServerCapabilities {
            will_rename: Some(renames.clone()),
            did_rename: Some(renames),
            ..WorkspaceFileOperationsServerCapabilities::default()
        }),
    }
}
