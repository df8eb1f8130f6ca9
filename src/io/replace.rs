//! Writing files so that nobody ever sees half of one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::{plain_words, real_path};

/// Writes a file that still holds `old`: beside it first, and then in its place, with its permissions. Says why not.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let words = |error: io::Error| plain_words(&error);
    let is_same = || fs::read(path).map(|now| now == old);
    let changed = || Err("it has changed in the meantime".to_owned());
    let metadata = fs::metadata(path).map_err(words)?;
    if metadata.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    if !is_same().map_err(words)? {
        return changed();
    }
    let beside = write_beside(path, new, &metadata).map_err(words)?;
    // Writing takes as long as the disk does, and somebody may have saved the file until then.
    if is_same().map_err(words)? { put(beside, path, new, &metadata).map_err(words) } else { changed() }
}

/// Writes a file, replacing what was there once all of it is written. Where a symbolic link leads, the link stays.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = real_path(path).unwrap_or_else(|_| path.to_path_buf());
    match fs::metadata(&path) {
        Ok(metadata) if metadata.permissions().readonly() => Err(io::ErrorKind::PermissionDenied.into()),
        Ok(metadata) if metadata.is_file() => put(write_beside(&path, bytes, &metadata)?, &path, bytes, &metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
            fs::File::create_new(&path)?.write_all(bytes).inspect_err(|_| drop(fs::remove_file(&path)))
        }
        _ => fs::write(&path, bytes),
    }
}

/// A file in the same folder that holds all of these bytes, with owner and permissions of the other one. None where the folder
/// takes no file, or no such one.
fn write_beside(path: &Path, bytes: &[u8], like: &fs::Metadata) -> io::Result<Option<NamedTempFile>> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut beside = match tempfile::Builder::new().prefix(".statusquo-").tempfile_in(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            return Ok(None);
        }
        beside => beside?,
    };
    beside.write_all(bytes)?;
    if !belongs_to_same(beside.as_file(), like)? {
        return Ok(None);
    }
    beside.as_file().set_permissions(like.permissions())?;
    beside.as_file().sync_all()?;
    Ok(Some(beside))
}

/// Puts a file in the place of another one. Where hard links lead to that, or it cannot be replaced, its bytes are: another file
/// would be one only under this name.
fn put(beside: Option<NamedTempFile>, path: &Path, bytes: &[u8], metadata: &fs::Metadata) -> io::Result<()> {
    let beside = match beside {
        Some(beside) if !has_other_names(metadata) => match beside.persist(path) {
            Ok(_) => return Ok(()),
            Err(error) => Some(error.file),
        },
        beside => beside,
    };
    // What cannot be opened stays as it is.
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(path)?;
    file.write_all(bytes).or_else(|error| keep(beside, error))
}

/// Leaves the whole text beside a file of which only a part may be written.
fn keep(beside: Option<NamedTempFile>, error: io::Error) -> io::Result<()> {
    let Some(beside) = beside else { return Err(error) };
    let (_, kept) = beside.keep().map_err(|error| error.error)?;
    let words = format!("{}; all of the new text is in `{}`", plain_words(&error), kept.display());
    Err(io::Error::new(error.kind(), words))
}

/// Gives a file the owner and the group of another one; whether it has them.
#[cfg(unix)]
fn belongs_to_same(file: &fs::File, like: &fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    let is_same = (own.uid(), own.gid()) == (like.uid(), like.gid());
    Ok(is_same || fchown(file, Some(like.uid()), Some(like.gid())).is_ok())
}

/// Who owns it is not told by its permissions here.
#[cfg(not(unix))]
fn belongs_to_same(_: &fs::File, _: &fs::Metadata) -> io::Result<bool> {
    Ok(true)
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
