//! The descriptions of the working tree against their state at a revision.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::request::DiffRequest;
use super::subject::{Subject, Twins};
use crate::cli::failure::of_git;
use crate::cli::inputs::{self, Input, Inputs};
use crate::cli::{Failure, Request, engine};
use crate::io::{self, PathKind, Repository, Revision, may_be_description, name_of};
use crate::openapi::{Loaded, load};
use crate::provider::Provider;

/// Reads the descriptions that were asked for, and what they were at the revision.
pub(super) fn since(request: &DiffRequest, revision: &str) -> Result<Subject, Vec<Failure>> {
    let here = inputs::here()?;
    let repository = Repository::around(&here).map_err(of_git)?;
    let mut revision = repository.revision(revision).map_err(of_git)?;
    let Some(root) = repository.root() else {
        let failure = Failure::new("there is no working tree to compare with the revision");
        return Err(vec![failure.help("name both sides: `statusquo diff OLD:PATH NEW:PATH`")]);
    };
    let mut inputs = inputs::gather(&still_there(&request.lint, &here, root, &revision))?;
    inputs.leave_out_ignored();
    let (new, chosen) = engine::read_descriptions(&request.lint, &mut inputs)?;
    let altered = repository.altered(&revision).map_err(of_git)?.into_iter().collect();
    let past = Past { renames: renames(&repository, &revision)?, altered, root, revision: &revision };
    let mut twins: Vec<Twins> =
        chosen.iter().filter_map(|&index| inputs.candidates.get(index)).map(|input| past.twins(input, &inputs)).collect();
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
    inputs.tell_refused(&old);
    Ok(Subject { old, new, inputs, twins })
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
