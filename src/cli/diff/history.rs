//! The descriptions of the working tree against their state at a revision.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::moved;
use super::request::DiffRequest;
use super::subject::{Subject, Twins};
use crate::cli::failure::{self, of_git};
use crate::cli::inputs::{self, Input, Inputs};
use crate::cli::request::Chatter;
use crate::cli::{Failure, Request, engine};
use crate::io::{self, GitError, PathKind, Repository, Revision, may_be_description, name_of};
use crate::openapi::{Loaded, load};
use crate::provider::Provider;

/// Reads the descriptions that were asked for, and what they were at the revision.
pub(super) fn since(request: &DiffRequest, revision: &str) -> Result<Subject, Vec<Failure>> {
    let here = inputs::here()?;
    let repository = Repository::around(&here).map_err(|error| elsewhere(error, &request.lint, &here))?;
    let mut revision = repository.revision(revision).map_err(of_git)?;
    let Some(root) = repository.root() else {
        let failure = Failure::new("there is no working tree to compare with the revision");
        return Err(vec![failure.help("name both sides: `statusquo diff OLD:PATH NEW:PATH`")]);
    };
    inside(&request.lint, &here, root)?;
    let mut inputs = inputs::gather(&still_there(&request.lint, &here, root, &revision))?;
    inputs.leave_out_ignored();
    let (new, chosen) = engine::read_descriptions(&request.lint, &mut inputs)?;
    let altered = repository.altered(&revision).map_err(of_git)?.into_iter().collect();
    let past = Past { renames: renames(&repository, &revision)?, altered, root, revision: &revision };
    let mut twins: Vec<Twins> =
        chosen.iter().filter_map(|&index| inputs.candidates.get(index)).map(|input| past.twins(input, &inputs)).collect();
    for (old, new) in past.moved(&new, &mut twins)? {
        if request.lint.chatter != Chatter::Quiet {
            let message = format!("`{new}` is compared with `{old}`, which is gone and is most like it");
            failure::remark(&Failure::new(message).help("stage the rename, and git knows of it: `git add --all`"));
        }
    }
    let gone = past.gone(request, &inputs, &twins)?;
    let names: Vec<String> = twins.iter().filter_map(|twins| twins.old.clone()).chain(gone.iter().cloned()).collect();
    if names.is_empty() && twins.is_empty() {
        return Err(nothing(request, &mut inputs));
    }
    for name in &names {
        revision.add(name);
    }
    let old = load(&names, &revision);
    twins.extend(descriptions(&old, gone).map(|name| Twins { old: Some(name), new: None, config: None }));
    inputs.tell_refused(&old.refused);
    Ok(Subject { old, new, inputs, twins })
}

/// What to say where the working directory is in no repository: the named files may be in one.
fn elsewhere(error: GitError, lint: &Request, here: &Path) -> Vec<Failure> {
    let around = |path: &PathBuf| {
        let place = here.join(path);
        let repository = Repository::around(&place).or_else(|_| Repository::around(&io::folder_of(&place))).ok()?;
        Some((path.clone(), repository.root()?.to_path_buf()))
    };
    match lint.paths.iter().find_map(around) {
        None => of_git(error),
        Some((path, root)) => {
            let (path, root) = (path.display(), root.display());
            let help = format!("`{path}` is in the repository `{root}`: change into that");
            vec![Failure::new(error.message).help(help)]
        }
    }
}

/// Refuses what the repository cannot hold: it would look like a new description.
fn inside(lint: &Request, here: &Path, root: &Path) -> Result<(), Vec<Failure>> {
    let is_outside = |path: &&PathBuf| io::path_below(&here.join(name_of(path, here)), root).is_none();
    let failure = |path: &PathBuf| {
        let failure = Failure::new(format!("`{}` lies outside of the repository `{}`", path.display(), root.display()));
        failure
            .help("`--base` compares with a revision of the repository around the working directory: change into the other one")
    };
    let failures: Vec<Failure> = lint.paths.iter().filter(is_outside).map(failure).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// The request without the named files that are gone since: they are told as such.
fn still_there(lint: &Request, here: &Path, root: &Path, revision: &Revision) -> Request {
    let was_there = |path: &PathBuf| {
        let path = io::path_below(&here.join(name_of(path, here)), root);
        path.is_some_and(|path| revision.kind_of(&path) != PathKind::Missing)
    };
    let paths = lint.paths.iter().filter(|path| io::exists(&here.join(path)) || !was_there(path));
    Request { paths: paths.cloned().collect(), ..lint.clone() }
}

/// Of these files at the revision those that are descriptions.
fn descriptions(old: &Loaded, names: Vec<String>) -> impl Iterator<Item = String> {
    let is_one = |name: &String| old.project.file(name).is_some_and(|file| file.roots().any(crate::lint::is_description));
    names.into_iter().filter(is_one)
}

fn nothing(request: &DiffRequest, inputs: &mut Inputs) -> Vec<Failure> {
    let mut failures = std::mem::take(&mut inputs.failures);
    if failures.is_empty() {
        let paths: Vec<String> = request.lint.paths.iter().map(|path| format!("`{}`", path.display())).collect();
        let failure = Failure::new(format!("no OpenAPI description in {}, now or at the revision", paths.join(", ")));
        failures.push(failure.help("name the descriptions or their folders behind `--base REV`"));
    }
    failures
}

/// The new path of each file that has another one since.
fn renames(repository: &Repository, revision: &Revision) -> Result<FxHashMap<String, String>, Vec<Failure>> {
    let renames = repository.renames(revision).map_err(of_git)?;
    Ok(renames.into_iter().map(|(old, new)| (new, old)).collect())
}

/// The repository at the revision.
struct Past<'r> {
    revision: &'r Revision,
    root: &'r Path,
    /// Old paths by new ones.
    renames: FxHashMap<String, String>,
    /// The paths of files that are gone or changed.
    altered: FxHashSet<String>,
}

impl Past<'_> {
    /// The description and what it was.
    fn twins(&self, input: &Input, inputs: &Inputs) -> Twins {
        let path = self.path_of(&inputs.files.working_directory().join(&input.name));
        let old = path.and_then(|path| {
            let is_there = self.revision.kind_of(&path) == PathKind::File;
            let old = if is_there { Some(path) } else { self.renames.get(&path).cloned() };
            old.map(|path| self.revision.name_of(&path))
        });
        Twins { old, new: Some(input.name.clone()), config: input.config }
    }

    /// Gives new descriptions what they were under another path, where git was not told of the rename: the names on both
    /// sides.
    fn moved(&self, new: &Loaded, twins: &mut [Twins]) -> Result<Vec<(String, String)>, Vec<Failure>> {
        let mut fresh: Vec<&mut Twins> = twins.iter_mut().filter(|twins| twins.old.is_none()).collect();
        if fresh.is_empty() || self.altered.is_empty() {
            return Ok(Vec::new());
        }
        let known: FxHashSet<&str> = self.renames.values().map(String::as_str).collect();
        let mut old: Vec<(String, String)> = Vec::new();
        for name in self.revision.candidates_below("").map_err(of_git)? {
            let path = self.revision.path_of(&name).unwrap_or_default();
            if !self.altered.contains(path) || known.contains(path) || io::exists(&self.root.join(path)) {
                continue;
            }
            let bytes = self.revision.read(&name).ok().filter(|bytes| may_be_description(bytes));
            old.extend(bytes.map(|bytes| (name, String::from_utf8_lossy(&bytes).into_owned())));
        }
        let text = |twins: &&mut Twins| Some(new.project.file(twins.new.as_deref()?)?.source().text());
        let texts: Vec<&str> = fresh.iter().map(|twins| text(twins).unwrap_or_default()).collect();
        let pairs = moved::pairs(&old.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), &texts);
        let pair = |(one, other): (usize, usize)| {
            let (twins, name) = (fresh.get_mut(other)?, &old.get(one)?.0);
            twins.old = Some(name.clone());
            Some((name.clone(), twins.new.clone()?))
        };
        Ok(pairs.into_iter().filter_map(pair).collect())
    }

    /// What was at or below the named paths, may be a description, and is none any more: gone, or something else now.
    fn gone(&self, request: &DiffRequest, inputs: &Inputs, twins: &[Twins]) -> Result<Vec<String>, Vec<Failure>> {
        let here = inputs.files.working_directory();
        let known: FxHashSet<&str> = twins.iter().filter_map(|twins| twins.old.as_deref()).collect();
        let moved: FxHashSet<&str> = self.renames.values().map(String::as_str).collect();
        let mut gone = Vec::new();
        for path in request.lint.paths.iter().filter_map(|path| self.path_of(&here.join(name_of(path, here)))) {
            let names = self.revision.candidates_below(&path).map_err(of_git)?;
            let is_gone = |name: &String| {
                let path = self.revision.path_of(name).unwrap_or_default();
                let is_other = !known.contains(name.as_str()) && !moved.contains(path) && self.altered.contains(path);
                is_other && !inputs.ignores(&self.root.join(path))
            };
            gone.extend(names.into_iter().filter(is_gone));
        }
        gone.sort();
        gone.dedup();
        gone.retain(|name| self.revision.read(name).is_ok_and(|bytes| may_be_description(&bytes)));
        Ok(gone)
    }

    /// The path from the root of the repository; none outside of it.
    fn path_of(&self, path: &Path) -> Option<String> {
        io::path_below(path, self.root)
    }
}
