//! What is open in the editor: texts that count in place of the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::Uri;

/// A file as it is in the editor.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    /// How the client names it.
    pub(super) uri: Uri,
    /// Its text.
    pub(super) text: String,
    /// The client's count of its changes.
    pub(super) version: i32,
}

/// The open files, by their real paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers(pub(super) BTreeMap<PathBuf, Buffer>);

impl Buffers {
    /// The buffer of a file.
    pub(super) fn get(&self, path: &Path) -> Option<&Buffer> {
        self.0.get(path)
    }

    /// The path under which a document was opened: a file that is gone by now keeps the one it had.
    pub(super) fn path_of(&self, uri: &Uri) -> Option<PathBuf> {
        self.0.iter().find(|(_, buffer)| buffer.uri == *uri).map(|(path, _)| path.clone())
    }
}
