//! What `lint` finds in new descriptions and did not find in the old ones.

use rustc_hash::FxHashMap;

use super::{Pair, Sides};
use crate::finding::Finding;
use crate::lint::{Job, MadeBy, Outcome, lint};
use crate::openapi::Project;
use crate::rules::{RuleSet, Settings};
use crate::syntax::File;

/// How often each pair has a fingerprint, without the ordinals of equal ones.
type Known = FxHashMap<(usize, String), usize>;

/// The findings of `lint` that the new descriptions have and the old ones have not, each with its pairs. Both sides are linted
/// under the settings of the new one, so that a change of the configuration introduces nothing.
pub fn introduced(sides: Sides<'_, '_>, rules: &RuleSet, pairs: &[Pair<'_, '_, '_>]) -> Vec<(Finding, MadeBy)> {
    let of_old = || linted(sides.old, rules, pairs.iter().map(|pair| (pair.old, pair.settings)));
    let of_new = || linted(sides.new, rules, pairs.iter().map(|pair| (pair.new, pair.settings)));
    let (old, new) = rayon::join(of_old, of_new);
    let mut known = Known::default();
    for (finding, pairs) in old {
        for pair in pairs.iter() {
            *known.entry((*pair, finding.mark().to_owned())).or_default() += 1;
        }
    }
    new.into_iter().filter(|(finding, pairs)| is_new(&mut known, finding, pairs)).collect()
}

/// Whether one of the pairs did not have it. Of equal ones as many are known as there were.
fn is_new(known: &mut Known, finding: &Finding, pairs: &[usize]) -> bool {
    let mut is_new = false;
    for pair in pairs {
        match known.get_mut(&(*pair, finding.mark().to_owned())).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => is_new = true,
        }
    }
    is_new
}

/// The findings of one side, each with its pairs.
fn linted<'p>(
    project: &'p Project,
    rules: &RuleSet,
    files: impl Iterator<Item = (Option<&'p File>, &'p Settings)>,
) -> Vec<(Finding, MadeBy)> {
    let jobs = files.enumerate().filter_map(|(pair, (file, settings))| Some((pair, Job { file: file?, settings })));
    let jobs: (Vec<usize>, Vec<Job<'_>>) = jobs.unzip();
    let Outcome { findings, jobs: found_by, .. } = lint(project, rules, &jobs.1);
    let pairs_of = |found_by: &MadeBy| found_by.iter().filter_map(|&job| jobs.0.get(job).copied()).collect();
    findings.into_iter().zip(found_by.iter().map(pairs_of)).collect()
}
