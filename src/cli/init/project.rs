//! What is in the folder that is to be set up.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cli::Failure;
use crate::io::{self, Candidate, Repository, Trouble};
use crate::lint::claims_to_be_description;
use crate::provider::Refusal;
use crate::source::SourceId;
use crate::syntax;
use crate::words::listed;

/// How many descriptions are named; of more there is only the number.
const NAMED: usize = 3;

/// The folder, the repository around it and the descriptions in it.
pub(super) struct Project {
    here: PathBuf,
    /// Where pre-commit, GitHub and GitLab look for their files.
    root: PathBuf,
    descriptions: Vec<String>,
}

/// A file to be written.
pub(super) struct Target {
    /// Its path as seen from the working directory.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

impl Project {
    /// Looks at a folder.
    pub(super) fn look_at(here: PathBuf) -> Self {
        let repository = Repository::around(&here).ok();
        let root = repository.and_then(|repository| repository.root().map(Path::to_path_buf)).unwrap_or_else(|| here.clone());
        let found = io::discover(&[PathBuf::from(".")], &here, false).candidates;
        let descriptions = found.into_par_iter().filter(is_description).map(|file| file.name).collect();
        Project { here, root, descriptions }
    }

    /// A file of the folder itself.
    pub(super) fn here(&self, name: &str) -> Target {
        Target { name: name.to_owned(), path: self.here.join(name) }
    }

    /// A file at the root of the repository.
    pub(super) fn at_root(&self, name: &str) -> Target {
        let path = self.root.join(name);
        Target { name: io::name_from(&path, &self.here), path }
    }

    /// The descriptions in words: `a.yaml, b.yaml and 4 more`.
    pub(super) fn descriptions(&self) -> Option<String> {
        let mut named: Vec<String> =
            self.descriptions.iter().take(NAMED).map(|name| name.replace(char::is_control, "?")).collect();
        let others = self.descriptions.len() - named.len();
        named.extend((others > 0).then(|| format!("{others} more")));
        (!named.is_empty()).then(|| listed(&named, "and"))
    }

    /// What to do next.
    pub(super) fn next_steps(&self) -> String {
        match self.descriptions() {
            Some(found) => format!(
                "\nNext: `statusquo lint` looks at {found}.\nIf much is found in an old project, \
                 `statusquo lint --baseline statusquo-baseline.yaml --write-baseline` notes it, and from then on only what is new fails.\n"
            ),
            None => "\nNo description was found here yet. Next: `statusquo lint PATH` with the path of one.\n".to_owned(),
        }
    }
}

impl Target {
    /// The text of a file, where there is one.
    pub(super) fn read(&self) -> Result<Option<String>, Vec<Failure>> {
        let unreadable = |reason| vec![Failure::unreadable(&Trouble { name: self.name.clone(), reason })];
        match io::read(&self.path) {
            Ok(bytes) => {
                String::from_utf8(bytes).map(Some).map_err(|_| unreadable(Refusal::Unreadable("it is no UTF-8".to_owned())))
            }
            Err(Refusal::Missing) => self.has_room().map(|()| None),
            Err(reason) => Err(unreadable(reason)),
        }
    }
}

impl Target {
    /// Whether nothing stands where its folders would have to be made.
    fn has_room(&self) -> Result<(), Vec<Failure>> {
        let Some(obstacle) = io::obstacle(&self.path) else { return Ok(()) };
        let name = io::name_from(&obstacle, &io::folder_of(&obstacle));
        let failure = Failure::new(format!("cannot write `{}`: `{name}` on the way to it is no folder", self.name));
        Err(vec![failure.help("move what is there out of the way; nothing was written")])
    }
}

fn is_description(file: &Candidate) -> bool {
    let bytes = io::read(&file.real).ok().filter(|bytes| io::may_be_description(bytes));
    bytes.is_some_and(|bytes| claims_to_be_description(&syntax::read(SourceId(0), file.name.as_str(), bytes)))
}
