//! Recordings: which files are some, and their bytes as a stream.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Candidate, Discovery, Trouble, name_of, real_path, refusal};
use crate::provider::Refusal;

/// The endings that recordings have; in folders nothing else is opened.
const EXTENSIONS: [&str; 7] = ["har", "json", "jsonl", "ndjson", "yaml", "yml", "gz"];

/// The bytes of a recording as they come.
pub type Stream = Box<dyn Read + Send>;

/// The recordings that these paths stand for: a file is itself whatever its ending, in folders the endings count.
pub fn recordings(paths: &[PathBuf], working_directory: &Path) -> Discovery {
    let mut discovery = Discovery::default();
    for path in paths {
        match real_path(path) {
            Ok(real) if real.is_dir() => walk(path, working_directory, &mut discovery),
            Ok(_) => discovery.candidates.push(candidate(path, working_directory, true)),
            // A pipe that a shell made, as in `<(…)`.
            Err(_) if path.exists() => discovery.candidates.push(candidate(path, working_directory, true)),
            Err(error) => discovery.failures.push(trouble(path, working_directory, refusal(&error))),
        }
    }
    discovery
}

fn walk(folder: &Path, working_directory: &Path, discovery: &mut Discovery) {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_recording(entry.path()) => {
                discovery.candidates.push(candidate(entry.path(), working_directory, false));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                let reason = error.io_error().map_or(Refusal::Missing, refusal);
                discovery.failures.push(trouble(&path, working_directory, reason));
            }
        }
    }
}

fn is_recording(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|other| ending.eq_ignore_ascii_case(other))
}

fn candidate(path: &Path, working_directory: &Path, named: bool) -> Candidate {
    Candidate { name: name_of(path, working_directory), real: working_directory.join(path), named }
}

fn trouble(path: &Path, working_directory: &Path, reason: Refusal) -> Trouble {
    Trouble { name: name_of(path, working_directory), reason }
}

/// Opens a recording: its bytes, and how many there are, where that is known.
pub fn open_recording(path: &Path) -> Result<(Stream, Option<u64>), Refusal> {
    let metadata = fs::metadata(path).map_err(|error| refusal(&error))?;
    if metadata.is_dir() {
        return Err(Refusal::IsDirectory);
    }
    let file = fs::File::open(path).map_err(|error| refusal(&error))?;
    Ok((Box::new(file), metadata.is_file().then_some(metadata.len())))
}

/// Standard input as a recording.
pub fn stdin_recording() -> Stream {
    Box::new(std::io::stdin())
}
