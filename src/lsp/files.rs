//! The files of a workspace as the editor sees them: what is open in place of what is on the disk.

use std::path::Path;

use super::buffers::Buffers;
use crate::io::{self, Candidate, Files, name_under};

/// The files of a folder, the open ones as they are in the editor.
pub(super) fn files(folder: &Path, buffers: &Buffers) -> Files {
    files_with(folder, buffers, Vec::new())
}

/// The same, with files that were found and read before.
pub(super) fn files_with(folder: &Path, buffers: &Buffers, found: Vec<(Candidate, Vec<u8>)>) -> Files {
    let mut files = Files::new(folder, false);
    for (candidate, bytes) in found {
        files.add(&candidate, bytes);
    }
    for (path, buffer) in &buffers.0 {
        files.hold(&name_under(path, folder), buffer.text.clone().into_bytes());
    }
    files
}

/// The files below a folder that may be descriptions, read.
pub(super) fn candidates(folder: &Path) -> Vec<(Candidate, Vec<u8>)> {
    let found = io::discover(&[folder.to_path_buf()], folder, false).candidates.into_iter();
    let read = found.filter_map(|candidate| Some((io::read(&candidate.real).ok()?, candidate)));
    read.filter(|(bytes, _)| io::may_be_description(bytes)).map(|(bytes, candidate)| (candidate, bytes)).collect()
}
