//! One of two descriptions: a file, a folder that holds one, standard input, or the same at a revision.

use super::request::Spec;
use crate::cli::failure::of_git;
use crate::cli::inputs::{self, Inputs};
use crate::cli::request::Request;
use crate::cli::{Failure, engine};
use crate::io::{PathKind, Repository, Revision, RevisionPath, Trouble, may_be_description};
use crate::openapi::{Loaded, load};
use crate::provider::{Provider, Refusal};
use crate::syntax::{FaultKind, File};

/// How many descriptions of a folder are named where there should be one.
const NAMED: usize = 5;

/// A description with its files.
pub(super) struct Side {
    pub(super) inputs: Inputs,
    pub(super) loaded: Loaded,
    /// The description, as an index of the candidates of the inputs.
    pub(super) chosen: usize,
}

impl Side {
    /// Reads what a word names.
    pub(super) fn load(spec: &Spec, lint: &Request) -> Result<Side, Vec<Failure>> {
        let request = spec.request(lint);
        let (mut inputs, loaded) = match spec {
            Spec::Revision(place, word) => at_revision(place, word, &request)?,
            Spec::Path(_) | Spec::Stdin => in_files(&request)?,
        };
        if !inputs.failures.is_empty() {
            return Err(std::mem::take(&mut inputs.failures));
        }
        let chosen = only(&inputs, &loaded, &spec.word()).map_err(|failure| vec![failure])?;
        Ok(Side { inputs, loaded, chosen })
    }
}

fn in_files(request: &Request) -> Result<(Inputs, Loaded), Vec<Failure>> {
    let mut inputs = inputs::gather(request)?;
    let loaded = engine::load_all(&mut inputs);
    Ok((inputs, loaded))
}

fn at_revision(place: &RevisionPath, word: &str, request: &Request) -> Result<(Inputs, Loaded), Vec<Failure>> {
    let here = inputs::here()?;
    let repository = Repository::around(&here).map_err(of_git)?;
    let mut revision = repository.revision(&place.revision).map_err(of_git)?;
    let path = repository.path_in(&place.path).ok_or_else(|| vec![outside(word)])?;
    if revision.kind_of(&path) == PathKind::Missing {
        return Err(vec![missing(&repository, &revision, place, word)]);
    }
    let names = candidates(&revision, &path)?;
    for name in &names {
        revision.add(name);
    }
    let place = repository.root().map(|root| root.join(&path));
    let mut inputs = inputs::gather_revision(request, &names, place.as_deref())?;
    let loaded = load(&names, &revision);
    inputs.tell_refused(&loaded.refused);
    Ok((inputs, loaded))
}

/// The files at or below a path that may be descriptions. One that is named itself always is.
fn candidates(revision: &Revision, path: &str) -> Result<Vec<String>, Vec<Failure>> {
    let mut names = revision.candidates_below(path).map_err(of_git)?;
    if revision.kind_of(path) == PathKind::Folder {
        names.retain(|name| revision.read(name).is_ok_and(|bytes| may_be_description(&bytes)));
    }
    Ok(names)
}

fn outside(word: &str) -> Failure {
    let trouble = Trouble { name: word.to_owned(), reason: Refusal::OutsideProject };
    Failure::unreadable(&trouble).help("a revision holds what is below the root of its repository")
}

fn missing(repository: &Repository, revision: &Revision, place: &RevisionPath, word: &str) -> Failure {
    let failure = Failure::unreadable(&Trouble { name: word.to_owned(), reason: Refusal::Missing });
    let relative = format!("./{}", place.path);
    let is_below = repository.path_in(&relative).is_some_and(|path| revision.kind_of(&path) != PathKind::Missing);
    if is_below && !repository.prefix().is_empty() {
        return failure.help(format!("paths start at the root of the repository: write `{}:{relative}`", place.revision));
    }
    failure.help("the path starts at the root of the repository; with `./` it starts at the working directory")
}

/// The one description of a side.
fn only(inputs: &Inputs, loaded: &Loaded, word: &str) -> Result<usize, Failure> {
    let chosen = engine::descriptions(&loaded.project, inputs);
    match chosen.as_slice() {
        [one] => Ok(*one),
        [] => Err(none(inputs, loaded, word)),
        several => {
            let chosen = several.iter().filter_map(|&index| inputs.candidates.get(index));
            let mut named: Vec<String> = chosen.take(NAMED).map(|input| format!("`{}`", input.name)).collect();
            named.extend((several.len() > NAMED).then(|| format!("{} more", several.len() - NAMED)));
            Err(Failure::new(format!("`{word}` holds {} descriptions, and one is compared with one", several.len()))
                .help(format!("name one of them: {}", named.join(", "))))
        }
    }
}

/// Why there is no description: of a file that is broken, where.
fn none(inputs: &Inputs, loaded: &Loaded, word: &str) -> Failure {
    let failure = Failure::new(format!("no OpenAPI description in `{word}`"));
    let files: Vec<&File> = inputs.candidates.iter().filter_map(|input| loaded.project.file(&input.name)).collect();
    if let Some(why) = files.first().and_then(|file| engine::nothing_readable(file)).filter(|_| files.len() == 1) {
        return failure.help(why);
    }
    let mut faults = files.iter().flat_map(|file| file.faults().iter().map(move |fault| (file.source(), fault)));
    let Some((source, fault)) = faults.find(|(_, fault)| fault.kind == FaultKind::Syntax) else {
        return failure.help("name a file that has `openapi` or `swagger` at its root, or a folder with one");
    };
    let at = source.position(fault.span.start);
    failure.help(format!("it has a syntax error: {}:{}:{}: {}", source.name(), at.line, at.column, fault.message))
}
