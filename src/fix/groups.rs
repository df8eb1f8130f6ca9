//! Which files have to do with each other: what is fixed in one group is no matter of the others.

use crate::openapi::{Project, resolve};

/// For each file of a project, by [`crate::source::SourceId`], the number of its group: files are in one where a reference
/// leads from the one to the other, or from both to a third.
pub fn groups(project: &Project) -> Vec<usize> {
    let mut groups = Groups { above: (0..project.files().len()).collect() };
    for file in project.files() {
        let own = file.source().id().index();
        let targets = project.sites(file).filter_map(|site| resolve(project, site.reference).ok());
        let found = targets.map(|target| target.file().source().id().index());
        let named = project.references_of(file).into_iter().map(|file| file.source().id().index());
        found.chain(named).for_each(|other| groups.unite(own, other));
    }
    (0..groups.above.len()).map(|file| groups.first(file)).collect()
}

/// For each file one above it in its group; the first of a group stands above itself.
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn first(&mut self, mut file: usize) -> usize {
        while let Some(&above) = self.above.get(file).filter(|above| **above != file) {
            let next = self.above.get(above).copied().unwrap_or(above);
            self.above.get_mut(file).into_iter().for_each(|entry| *entry = next);
            file = next;
        }
        file
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.above.get_mut(one.max(other)).into_iter().for_each(|entry| *entry = one.min(other));
    }
}
