//! The files below a folder of a revision.

use rustc_hash::FxHashSet;

use super::places::{Place, Places, a_loop, under};
use super::tree::Kind;
use crate::provider::Refusal;

/// The paths of all files below a folder, sorted; that of the file if it is one, none if it is missing. As in a walk of
/// the file system, each file comes once, by the first of its paths; symbolic links that lead nowhere are passed over.
pub(super) fn files_below(places: &Places, path: &str) -> Result<Vec<String>, Refusal> {
    let start = match places.locate(path) {
        Err(Refusal::Missing) => return Ok(Vec::new()),
        located => located?,
    };
    let mut walk =
        Walk { places, start: start.path.clone(), entered: FxHashSet::default(), open: vec![(path.to_owned(), start)] };
    let mut found = walk.all()?;
    found.sort();
    let mut seen = FxHashSet::default();
    found.retain(|(_, real)| seen.insert(real.clone()));
    Ok(found.into_iter().map(|(path, _)| path).collect())
}

/// A walk that sorts every folder.
struct Walk<'places> {
    places: &'places Places,
    /// Where it starts, symbolic links followed.
    start: String,
    /// The folders behind links that were entered: links that lead to each other would otherwise multiply.
    entered: FxHashSet<String>,
    /// What is to be looked at, the next last, each with the path that leads there.
    open: Vec<(String, Place)>,
}

impl Walk<'_> {
    /// The files, each by the path that leads there and by its path without symbolic links.
    fn all(&mut self) -> Result<Vec<(String, String)>, Refusal> {
        let mut found = Vec::new();
        while let Some((path, place)) = self.open.pop() {
            match place.entry.kind {
                Kind::Folder => self.enter(&path, &place.path)?,
                Kind::Link => self.follow(path, &place.path)?,
                Kind::File | Kind::Conflict => found.push((path, place.path)),
                Kind::Module => {}
            }
        }
        Ok(found)
    }

    fn enter(&mut self, path: &str, real: &str) -> Result<(), Refusal> {
        let folder = self.places.folder(real)?;
        for (name, entry) in folder.iter().rev() {
            self.open.push((under(path, name), Place { path: under(real, name), entry: entry.clone() }));
        }
        Ok(())
    }

    /// A folder behind symbolic links is entered once, and one that holds the start not at all.
    fn follow(&mut self, path: String, link: &str) -> Result<(), Refusal> {
        let place = match self.places.locate(link) {
            Err(refusal @ Refusal::Unreadable(_)) if refusal != a_loop() => return Err(refusal),
            Err(_) => return Ok(()),
            Ok(place) => place,
        };
        let is_folder = place.entry.kind == Kind::Folder;
        if !is_folder || !holds(&place.path, &self.start) && self.entered.insert(place.path.clone()) {
            self.open.push((path, place));
        }
        Ok(())
    }
}

/// Whether a folder is the other one or holds it.
fn holds(folder: &str, other: &str) -> bool {
    folder.is_empty() || other.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
