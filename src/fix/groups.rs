//! Which files have to do with each other: what is fixed in one group is no matter of the others.

use crate::openapi::{Project, resolve};

/// For each file of a project, by [`crate::source::SourceId`], the number of its group: files are in one where a reference
/// leads from the one to the other, or from both to a third.
pub fn groups(project: &Project) -> Vec<usize> {
    let files = project.files().len();
    let mut groups = Groups::of(files);
    links(project).for_each(|(user, used)| groups.unite(user, used));
    (0..files).map(|file| groups.first(file)).collect()
}

/// The files of a project, by [`crate::source::SourceId`], each with another one that it references.
fn links(project: &Project) -> impl Iterator<Item = (usize, usize)> {
    project.files().flat_map(move |file| {
        let own = file.source().id().index();
        let targets = project.sites(file).filter_map(move |site| resolve(project, site.reference).ok());
        let found = targets.map(|target| target.file().source().id().index());
        let named = project.references_of(file).map(|file| file.source().id().index());
        found.chain(named).filter(move |other| *other != own).map(move |other| (own, other))
    })
}

/// Who uses the files of a project.
#[derive(Debug, Default)]
pub struct Users {
    /// By file, those that reference it directly.
    of: Vec<Vec<usize>>,
}

impl Users {
    /// The users of all files.
    pub(super) fn of(project: &Project) -> Users {
        // A file alone has none.
        if project.files().len() < 2 {
            return Users::default();
        }
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); project.files().len()];
        for (user, used) in links(project) {
            of.get_mut(used).into_iter().for_each(|users| users.push(user));
        }
        of.iter_mut().for_each(Vec::dedup);
        Users { of }
    }

    /// Those that reference a file directly.
    pub(super) fn of_file(&self, file: usize) -> &[usize] {
        self.of.get(file).map(Vec::as_slice).unwrap_or_default()
    }
}

/// For each thing one above it in its group; the first of a group stands above itself.
pub(super) struct Groups {
    above: Vec<usize>,
}

impl Groups {
    /// So many things, each in a group of its own.
    pub(super) fn of(count: usize) -> Groups {
        Groups { above: (0..count).collect() }
    }

    /// The first thing of a group.
    pub(super) fn first(&mut self, mut thing: usize) -> usize {
        while let Some(&above) = self.above.get(thing).filter(|above| **above != thing) {
            let next = self.above.get(above).copied().unwrap_or(above);
            self.above.get_mut(thing).into_iter().for_each(|entry| *entry = next);
            thing = next;
        }
        thing
    }

    /// Makes one group of two.
    pub(super) fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.above.get_mut(one.max(other)).into_iter().for_each(|entry| *entry = one.min(other));
    }
}
