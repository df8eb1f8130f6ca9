//! `--changed`: of what was found only what stands on lines that changed.

use std::path::{Path, PathBuf};

use super::failure::of_git;
use super::{Failure, inputs};
use crate::finding::Finding;
use crate::io::{self, ChangedLines, Repository};
use crate::source::Source;

/// The lines that changed, and where their files are.
pub(super) struct Changed {
    lines: ChangedLines,
    root: PathBuf,
    here: PathBuf,
}

impl Changed {
    /// Asks git what changed since the working tree and this revision parted, in the repository around the working directory,
    /// else in the one around the first of these paths.
    pub(super) fn since(revision: &str, paths: &[PathBuf]) -> Result<Changed, Vec<Failure>> {
        let here = inputs::here()?;
        let named = paths.first().map(|path| here.join(path));
        let of_named =
            || named.iter().flat_map(|path| path.ancestors().take(2)).find_map(|folder| Repository::around(folder).ok());
        let repository = Repository::around(&here).or_else(|error| of_named().ok_or(error)).map_err(of_git)?;
        let Some(root) = repository.root().map(Path::to_path_buf) else {
            return Err(vec![Failure::new("`--changed` needs a working tree, and this repository has none")]);
        };
        Ok(Changed { lines: repository.changed_lines(revision).map_err(of_git)?, root, here })
    }

    /// Whether a finding stands on a line that changed; whole files are looked at all the same.
    pub(super) fn concerns(&self, sources: &[&Source], finding: &Finding) -> bool {
        let place = finding.span().and_then(|span| Some((span, *sources.get(span.source.index())?)));
        place.is_some_and(|(span, source)| {
            let lines = source.position(span.start).line..=source.position(span.end).line;
            self.path_of(source.name()).is_some_and(|path| self.lines.touch(&path, lines))
        })
    }

    /// The path from the root of the repository; none outside of it.
    fn path_of(&self, name: &str) -> Option<String> {
        io::path_below(&self.here.join(name), &self.root)
    }
}
