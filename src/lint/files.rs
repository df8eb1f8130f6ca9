//! What is wrong with the files of a run by themselves: said once for all jobs with the same settings that reach them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::hit::Hit;
use super::made_by::MadeBy;
use super::pieces::Pieces;
use super::profiles::Profiles;
use super::reach::{Audience, Audiences, faulty, reachable};
use super::{Job, Linter, reading, silence};
use crate::rules::{Settings, Witness};
use crate::syntax::File;

/// The hits of all files that the jobs reach.
pub(super) fn hits<'p>(linter: Linter<'_, 'p>, jobs: &[Job<'p>], audiences: &mut Audiences<'_, 'p>) -> Pieces<Hit<'p>> {
    let concerned = concerned(linter, jobs, audiences);
    let files = || concerned.iter().map(|(file, _)| *file).collect();
    let mut profiles: FxHashMap<usize, Profiles> = FxHashMap::default();
    for (_, Audience { settings, .. }) in &concerned {
        profiles.entry(identity(settings)).or_insert_with(|| Profiles::of(linter.rules, settings, files, Witness::Declared));
    }
    let told: Vec<Pieces<Hit<'p>>> = concerned
        .par_iter()
        .filter_map(|(file, audience)| {
            let profiles = profiles.get(&identity(audience.settings))?;
            Some(of_file(linter, profiles, file, &audience.jobs))
        })
        .collect();
    told.into_iter().collect()
}

/// What tells settings apart without comparing all of them.
fn identity(settings: &Settings) -> usize {
    std::ptr::from_ref(settings).addr()
}

/// The files of which something may be said, each with those that it is said for. A single job reaches every file, and what is
/// wrong in them need not be known beforehand.
fn concerned<'p>(linter: Linter<'_, 'p>, jobs: &[Job<'p>], audiences: &mut Audiences<'_, 'p>) -> Vec<(&'p File, Audience<'p>)> {
    if let [job] = jobs {
        let audience = Audience { settings: job.settings, jobs: MadeBy::One(0) };
        return reachable(linter.project, job.file).into_iter().map(|file| (file, audience.clone())).collect();
    }
    let mut concerned = Vec::new();
    for file in faulty(linter.project) {
        concerned.extend(audiences.of(file).iter().map(|audience| (file, audience.clone())));
    }
    concerned
}

fn of_file<'p>(linter: Linter<'_, 'p>, profiles: &Profiles, file: &'p File, jobs: &MadeBy) -> Pieces<Hit<'p>> {
    let mut hits = profiles.read(|parts, hits| reading::file(linter.project, linter.rules, parts, file, hits));
    silence::mark(linter.rules, linter.suppressions, None, hits.iter_mut());
    hits.iter_mut().for_each(|hit| hit.jobs = jobs.clone());
    hits
}
