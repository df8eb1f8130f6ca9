//! Writing files so that nobody ever sees half of one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::plain_words;

/// Writes a file that still holds `old`: beside it first, and then in its place, with its permissions. Says why not.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let words = |error: io::Error| plain_words(&error);
    let metadata = fs::metadata(path).map_err(words)?;
    let permissions = metadata.permissions();
    if permissions.readonly() {
        return Err("it is read-only".to_owned());
    }
    if fs::read(path).map_err(words)? != old {
        return Err("it has changed in the meantime".to_owned());
    }
    if has_other_names(&metadata) {
        return fs::write(path, new).map_err(words);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".statusquo-").tempfile_in(folder).map_err(words)?;
    beside.write_all(new).map_err(words)?;
    beside.as_file().set_permissions(permissions).map_err(words)?;
    beside.as_file().sync_all().map_err(words)?;
    beside.persist(path).map_err(|error| plain_words(&error.error))?;
    Ok(())
}

/// Whether hard links lead to the file: another in its place would be one only under this name.
#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

/// Whether hard links lead to the file, which cannot be told here.
#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}
