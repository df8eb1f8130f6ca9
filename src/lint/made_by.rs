//! Which jobs made a finding.

use std::ops::Deref;
use std::sync::Arc;

/// The jobs that made a finding, by their indexes, in order.
///
/// Most findings have one. What is wrong with a file by itself is said for all that reach it, which may be thousands that reach
/// thousands of such files, so the list of them is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MadeBy {
    /// One.
    One(usize),
    /// Any number.
    All(Arc<[usize]>),
}

impl Default for MadeBy {
    fn default() -> Self {
        MadeBy::One(0)
    }
}

impl Deref for MadeBy {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        match self {
            MadeBy::One(job) => std::slice::from_ref(job),
            MadeBy::All(jobs) => jobs,
        }
    }
}

impl FromIterator<usize> for MadeBy {
    fn from_iter<I: IntoIterator<Item = usize>>(jobs: I) -> Self {
        jobs.into_iter().collect::<Vec<usize>>().into()
    }
}

impl From<Vec<usize>> for MadeBy {
    fn from(jobs: Vec<usize>) -> Self {
        if let [job] = *jobs { MadeBy::One(job) } else { MadeBy::All(jobs.into()) }
    }
}
