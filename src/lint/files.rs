//! What is wrong with the files of a run by themselves: said once for all jobs with the same settings that reach them.

use std::sync::Arc;

use rayon::prelude::*;

use super::hit::Hit;
use super::made_by::MadeBy;
use super::pieces::Pieces;
use super::profiles::Profiles;
use super::reach::{Audiences, faulty, reachable};
use super::{Job, Linter, reading, silence};
use crate::syntax::File;

/// The hits of all files that the jobs reach; `profiles` are those of the jobs.
pub(super) fn hits<'p>(
    linter: Linter<'_, 'p>,
    jobs: &[Job<'p>],
    profiles: &[Arc<Profiles>],
    audiences: &mut Audiences<'_, 'p>,
) -> Pieces<Hit<'p>> {
    let concerned = concerned(linter, jobs, audiences);
    let told = concerned.par_iter().filter_map(|(file, jobs)| Some(of_file(linter, profiles.get(*jobs.first()?)?, file, jobs)));
    told.collect::<Vec<_>>().into_iter().collect()
}

/// The files of which something may be said, each with those that it is said for. A single job reaches every file, and what is
/// wrong in them need not be known beforehand.
fn concerned<'p>(linter: Linter<'_, 'p>, jobs: &[Job<'p>], audiences: &mut Audiences<'_, 'p>) -> Vec<(&'p File, MadeBy)> {
    if let [job] = jobs {
        return reachable(linter.project, job.file).into_iter().map(|file| (file, MadeBy::One(0))).collect();
    }
    let mut concerned = Vec::new();
    for file in faulty(linter.project) {
        concerned.extend(audiences.of(file).iter().map(|jobs| (file, jobs.clone())));
    }
    concerned
}

fn of_file<'p>(linter: Linter<'_, 'p>, profiles: &Profiles, file: &'p File, jobs: &MadeBy) -> Pieces<Hit<'p>> {
    let read = |parts: &[_], hits: &mut _| reading::file(linter.project, linter.rules, parts, file, hits);
    let mut hits = profiles.read(file.source().id(), read);
    silence::mark(linter.rules, linter.suppressions, None, hits.iter_mut());
    hits.iter_mut().for_each(|hit| hit.jobs = jobs.clone());
    hits
}
