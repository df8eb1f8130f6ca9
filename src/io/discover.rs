//! Paths from the command line to the files that may be descriptions.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashSet;

use super::{name_of, real_path, refusal};
use crate::provider::Refusal;

/// The endings that descriptions have; in folders nothing else is opened.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A file that may be a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name that reports show.
    pub name: String,
    /// Where it really is, symbolic links followed.
    pub real: PathBuf,
    /// Whether it was named on the command line itself, not found in a folder.
    pub named: bool,
}

/// What the paths of the command line came to.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The files, sorted by name, each real file once.
    pub candidates: Vec<Candidate>,
    /// What could not be looked at: a named path that is missing, a folder without permission.
    pub failures: Vec<Trouble>,
    /// What was passed over and is worth a line with `--verbose`: broken symbolic links, loops of them.
    pub skipped: Vec<Trouble>,
}

/// A path that gave no files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The name that reports show.
    pub name: String,
    /// Why.
    pub reason: Refusal,
}

/// The files that these paths stand for: a file is itself whatever its ending, a folder is walked the way git sees it.
/// Symbolic links in a folder lead out of it only where that is allowed.
pub fn discover(paths: &[PathBuf], working_directory: &Path, allow_outside: bool) -> Discovery {
    let mut discovery = Discovery::default();
    for path in paths {
        match real_path(path) {
            Ok(real) if real.is_dir() => walk(path, working_directory, allow_outside, &mut discovery),
            Ok(real) => discovery.candidates.push(Candidate::named(path, real, working_directory)),
            // A pipe that a shell made, as in `<(…)`: there to be opened, and nowhere in particular.
            Err(_) if path.exists() => {
                discovery.candidates.push(Candidate::named(path, working_directory.join(path), working_directory));
            }
            Err(error) => discovery.failures.push(Trouble::new(path, working_directory, refusal(&error))),
        }
    }
    discovery.candidates = each_file_once(discovery.candidates);
    discovery
}

impl Candidate {
    fn named(path: &Path, real: PathBuf, working_directory: &Path) -> Self {
        Candidate { name: name_of(path, working_directory), real, named: true }
    }
}

impl Trouble {
    fn new(path: &Path, working_directory: &Path, reason: Refusal) -> Self {
        Trouble { name: name_of(path, working_directory), reason }
    }
}

/// The first name in sorted order stands for the file; it counts as named if one of its names was.
fn each_file_once(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| a.name.cmp(&b.name).then(b.named.cmp(&a.named)));
    let named: FxHashSet<PathBuf> = candidates.iter().filter(|file| file.named).map(|file| file.real.clone()).collect();
    let mut seen = FxHashSet::default();
    candidates.retain(|file| seen.insert(file.real.clone()));
    for file in &mut candidates {
        file.named = named.contains(&file.real);
    }
    candidates
}

fn walk(folder: &Path, working_directory: &Path, allow_outside: bool, discovery: &mut Discovery) {
    let start = real_path(folder).unwrap_or_else(|_| folder.to_path_buf());
    let links = Arc::new(Links { start, allow_outside, ..Links::default() });
    let asked = Arc::clone(&links);
    let walker = WalkBuilder::new(folder)
        .follow_links(true)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| is_wanted(entry, &asked))
        .build();
    let mut folders = Folders::default();
    for entry in walker {
        match entry {
            Ok(entry) => {
                let Some(real) = folders.real_path_of(&entry, &links.start) else { continue };
                discovery.candidates.extend(candidate(&entry, real, working_directory, &links));
            }
            Err(error) => note_error(&error, folder, working_directory, discovery),
        }
    }
    let passed_over = links.passed_over.lock().unwrap_or_else(PoisonError::into_inner);
    let trouble = |(link, why): &(PathBuf, &str)| Trouble::new(link, working_directory, Refusal::Unreadable((*why).to_owned()));
    discovery.skipped.extend(passed_over.iter().map(trouble));
}

/// Where the folders really are that a walk is in, by how deep they stand below its start.
#[derive(Debug, Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    /// Where the next entry of a walk really is; none where it is gone. Only for symbolic links the file system is asked.
    fn real_path_of(&mut self, entry: &DirEntry, start: &Path) -> Option<PathBuf> {
        self.0.truncate(entry.depth());
        let above = entry.depth().checked_sub(1).map(|depth| self.0.get(depth));
        let real = match above {
            None => start.to_path_buf(),
            Some(Some(folder)) if !entry.path_is_symlink() => folder.join(entry.file_name()),
            Some(_) => real_path(entry.path()).ok()?,
        };
        if self.0.len() == entry.depth() && entry.file_type().is_some_and(|kind| kind.is_dir()) {
            self.0.push(real.clone());
        }
        Some(real)
    }
}

/// What one walk knows about symbolic links.
#[derive(Debug, Default)]
struct Links {
    /// Where the walk starts, links followed.
    start: PathBuf,
    /// The folders behind links that were entered.
    entered: Mutex<FxHashSet<PathBuf>>,
    /// Whether links may lead out of where the walk starts.
    allow_outside: bool,
    /// The links that are not followed, and why.
    passed_over: Mutex<Vec<(PathBuf, &'static str)>>,
}

impl Links {
    /// Whether a link that leads there may be followed.
    fn may_lead_to(&self, link: &Path, real: &Path) -> bool {
        let why = if self.start.starts_with(real) {
            "a symbolic link to a folder that it stands in"
        } else if !self.allow_outside && !real.starts_with(&self.start) {
            "a symbolic link that leads out of the folder, which needs `--allow-outside`"
        } else {
            return true;
        };
        self.passed_over.lock().unwrap_or_else(PoisonError::into_inner).push((link.to_path_buf(), why));
        false
    }
}

/// A folder behind symbolic links is entered once: links that lead to each other would otherwise multiply.
/// One that holds the start of the walk is not entered at all: it may be the whole disk.
fn is_wanted(entry: &DirEntry, links: &Links) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if entry.depth() == 0 || !is_folder {
        return true;
    }
    if entry.file_name() == "node_modules" {
        return false;
    }
    if !entry.path_is_symlink() {
        return true;
    }
    let real = real_path(entry.path()).unwrap_or_else(|_| entry.path().to_path_buf());
    links.may_lead_to(entry.path(), &real) && links.entered.lock().unwrap_or_else(PoisonError::into_inner).insert(real)
}

fn candidate(entry: &DirEntry, real: PathBuf, working_directory: &Path, links: &Links) -> Option<Candidate> {
    let path = entry.path();
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    if !is_file || !has_ending(path) {
        return None;
    }
    if entry.path_is_symlink() && !links.may_lead_to(path, &real) {
        return None;
    }
    Some(Candidate { name: name_of(path, working_directory), real, named: false })
}

/// Whether the walk of a folder would open a file with this path in it, whatever git ignores.
pub(super) fn may_be_walked_to(path: &str) -> bool {
    let mut steps = path.split('/');
    has_ending(Path::new(path)) && steps.all(|step| !step.starts_with('.')) && !holds_node_modules(path)
}

fn holds_node_modules(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, _)| folder.split('/').any(|step| step == "node_modules"))
}

fn has_ending(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn note_error(error: &ignore::Error, folder: &Path, working_directory: &Path, discovery: &mut Discovery) {
    let path = path_of(error).unwrap_or(folder);
    let trouble = |reason| Trouble::new(path, working_directory, reason);
    let passed_over = |words: String| trouble(Refusal::Unreadable(words));
    match error.io_error() {
        Some(io) if !path.is_symlink() => discovery.failures.push(trouble(refusal(io))),
        Some(_) => discovery.skipped.push(passed_over("a symbolic link that leads nowhere".to_owned())),
        None => discovery.skipped.push(passed_over(words_of(error))),
    }
}

/// Loops of symbolic links end here, and lines of an ignore file that are no pattern.
fn words_of(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => words_of(err),
        ignore::Error::Loop { .. } => "a loop of symbolic links".to_owned(),
        other => other.to_string(),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
