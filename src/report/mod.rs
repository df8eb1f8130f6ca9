//! Output formats: one file each, each with a small model of its own.

use crate::finding::{Finding, RuleDescription, Summary};
use crate::source::{Source, SourceId};

/// Everything a format may show.
#[derive(Debug)]
pub struct Report<'a> {
    /// The findings, sorted by file name, offset, rule and words.
    pub findings: &'a [Finding],
    /// The sources, by [`SourceId`].
    pub sources: Vec<&'a Source>,
    /// The numbers of the run.
    pub summary: &'a Summary,
    /// All rules that could have spoken.
    pub rules: &'a [RuleDescription],
}

impl<'a> Report<'a> {
    /// The source with this id.
    pub fn source(&self, id: SourceId) -> Option<&'a Source> {
        self.sources.get(id.index()).copied()
    }
}
