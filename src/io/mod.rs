//! The outside world: the only module that touches the file system and runs other programs.
#![expect(clippy::disallowed_methods, reason = "this is the one module that may; everything else asks it")]

mod discover;
mod files;
mod git;
mod landmarks;
mod look;
mod names;
#[cfg(feature = "cli")]
mod pages;
mod parts;
mod process;
mod recordings;
mod replace;
mod spool;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

pub use discover::{Candidate, Discovery, Trouble, discover};
pub use files::Files;
pub use git::{ChangedLines, GitError, PathKind, Repository, Revision, RevisionPath};
pub use landmarks::{CONFIG_NAME, Landmarks};
pub use look::{Look, look_through, may_be_description};
pub use names::{name_from, name_of, name_under};
#[cfg(feature = "cli")]
pub use pages::{are_being_taken, have_read, want_small_pages};
pub use process::is_running;
pub use recordings::{Stream, open_recording, recordings, stdin_recording};
pub use spool::Spool;

use crate::provider::Refusal;
use crate::syntax::MAXIMUM_SIZE;

/// From this size on a file is read in parts, side by side, into large pages.
const LARGE: usize = 1 << 20;

/// The working directory, symbolic links followed.
pub fn working_directory() -> io::Result<PathBuf> {
    std::env::current_dir()?.canonicalize()
}

/// The bytes of a file. Refuses folders, anything a read could wait on for ever, and what is larger than any description.
pub fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let (file, length) = open(path)?;
    if length >= LARGE
        && let Some(bytes) = read_large(&file, length)
    {
        return Ok(bytes);
    }
    let mut bytes = Vec::with_capacity(length);
    read_limited(file, &mut bytes)?;
    Ok(bytes)
}

#[cfg(feature = "cli")]
fn read_large(file: &fs::File, length: usize) -> Option<Vec<u8>> {
    parts::read(file, pages::large_room(length))
}

/// Which pages there are is for the program to say that uses the library.
#[cfg(not(feature = "cli"))]
fn read_large(file: &fs::File, length: usize) -> Option<Vec<u8>> {
    parts::read(file, vec![0; length])
}

/// A file that can be read, and its length. Refuses what [`read`] does.
fn open(path: &Path) -> Result<(fs::File, usize), Refusal> {
    let metadata = fs::metadata(path).map_err(|error| refusal(&error))?;
    if metadata.is_dir() {
        return Err(Refusal::IsDirectory);
    }
    if !metadata.is_file() {
        return Err(Refusal::Unreadable("it is a pipe, a socket or a device, not a file".to_owned()));
    }
    if metadata.len() > MAXIMUM_SIZE as u64 {
        return Err(Refusal::TooLarge);
    }
    let file = fs::File::open(path).map_err(|error| refusal(&error))?;
    Ok((file, metadata.len() as usize))
}

/// The rule files among these paths: files as they are, folders with every `.yaml` and `.yml` file below, sorted.
pub fn rule_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Vec<Trouble>> {
    let mut files = Vec::new();
    let mut troubles = Vec::new();
    for entry in paths.iter().flat_map(|path| walkdir::WalkDir::new(path).sort_by_file_name()) {
        match entry {
            Ok(entry) if entry.depth() == 0 && entry.file_type().is_file() || is_rule_file(&entry) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let name = error.path().unwrap_or(Path::new("")).display().to_string();
                let reason = error.io_error().map_or(Refusal::Missing, refusal);
                troubles.push(Trouble { name, reason });
            }
        }
    }
    if troubles.is_empty() { Ok(files) } else { Err(troubles) }
}

fn is_rule_file(entry: &walkdir::DirEntry) -> bool {
    entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Everything on standard input, within the same limit.
pub fn read_stdin() -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    read_limited(io::stdin().lock(), &mut bytes)?;
    Ok(bytes)
}

/// Now, in seconds since 1970.
pub fn seconds_since_1970() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Whether there is something at this path.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// What stands where a folder would have to be made for a file.
pub fn obstacle(path: &Path) -> Option<PathBuf> {
    let nearest = path.ancestors().skip(1).find(|folder| folder.exists())?;
    (!nearest.is_dir()).then(|| nearest.to_path_buf())
}

/// The folder a file is in, symbolic links followed where there is one.
pub fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    real_path(folder).unwrap_or_else(|_| folder.to_path_buf())
}

/// The path of a file below a folder, whose symbolic links are followed; with `/` on every system. None outside of it.
pub fn path_below(path: &Path, folder: &Path) -> Option<String> {
    let own = folder_of(path);
    let path = path.file_name().map_or(own.clone(), |name| own.join(name));
    let below = path.strip_prefix(folder).ok()?;
    Some(below.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Writes a file, replacing what was there once all of it is written.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace::write(path, bytes)
}

/// Opens a file to be written bit by bit, replacing what was there.
pub fn open_to_write(path: &Path) -> io::Result<impl Write> {
    Ok(io::BufWriter::new(fs::File::create(path)?))
}

/// Writes a file that is not there yet, and the folders that it needs. One that came in the meantime stays.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::File::create_new(path)?.write_all(bytes)
}

/// Whether a path is a folder or lies below it, symbolic links followed. One that leads nowhere is judged by the folder that
/// it would be made in; a symbolic link that leads nowhere could lead anywhere.
pub fn is_inside(path: &Path, folder: &Path) -> bool {
    match real_path(path) {
        Ok(real) => real_path(folder).is_ok_and(|folder| real.starts_with(folder)),
        Err(_) if path.is_symlink() || path.file_name().is_none() => false,
        Err(_) => path.parent().is_some_and(|parent| is_inside(parent, folder)),
    }
}

/// The path without symbolic links, `.` and `..`.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// One more byte than allowed is asked for, so that a file that grows or lies about its size is refused too.
fn read_limited(reader: impl Read, bytes: &mut Vec<u8>) -> Result<(), Refusal> {
    reader.take(MAXIMUM_SIZE as u64 + 1).read_to_end(bytes).map_err(|error| refusal(&error))?;
    if bytes.len() > MAXIMUM_SIZE { Err(Refusal::TooLarge) } else { Ok(()) }
}

fn refusal(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::Missing,
        io::ErrorKind::IsADirectory => Refusal::IsDirectory,
        io::ErrorKind::PermissionDenied => Refusal::Unreadable("permission denied".to_owned()),
        _ => Refusal::Unreadable(plain_words(error)),
    }
}

/// The system's words for an error, without those of the libraries around it and without its number.
pub fn plain_words(error: &io::Error) -> String {
    let outermost: &dyn std::error::Error = error;
    let causes = std::iter::successors(Some(outermost), |error| error.source());
    let words = causes.last().unwrap_or(outermost).to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_errors_become_plain_words() {
        let words = |code| plain_words(&io::Error::from_raw_os_error(code));
        assert!(!words(5).contains("os error"), "{}", words(5));
        assert!(words(5).starts_with(char::is_lowercase), "{}", words(5));
    }
}
