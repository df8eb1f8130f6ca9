//! Entries of configurations that match nothing in this run. What a run does not look at is not judged.

use super::inputs::{Inputs, LoadedConfig};
use crate::config::{Globs, Spanned};
use crate::finding::Place;
use crate::io::name_under;
use crate::lint::{Outcome, Remark};
use crate::openapi::Project;
use crate::source::{SourceId, Span};

/// The rule that reports them.
const RULE: &str = "unused-configuration";

/// A configuration in a run.
pub(super) struct Used<'r> {
    pub(super) config: &'r LoadedConfig,
    /// The id of its text in the report.
    pub(super) source: SourceId,
    /// The jobs that it rules over.
    pub(super) jobs: Vec<usize>,
    /// The entries of `rule-files` without a rule in them.
    pub(super) empty_rule_files: &'r [Spanned<String>],
}

impl Used<'_> {
    /// What is to be said about the configuration.
    pub(super) fn remarks(&self, inputs: &Inputs, project: &Project, outcome: &Outcome) -> Vec<Remark> {
        if self.jobs.is_empty() {
            return Vec::new();
        }
        let empty = |entry: &Spanned<String>| {
            let message = format!("`{}` in `rule-files` holds no rule", entry.value);
            self.remark(entry, message, "add rules to it (`.yaml` or `.yml`), or take the entry out")
        };
        let mut remarks: Vec<Remark> = self.empty_rule_files.iter().map(empty).collect();
        if inputs.failures.is_empty() && inputs.files.holds(&self.config.folder) {
            remarks.extend(self.idle_globs(inputs, project, outcome));
        }
        remarks
    }

    fn idle_globs(&self, inputs: &Inputs, project: &Project, outcome: &Outcome) -> Vec<Remark> {
        let help = "correct it or take it out; globs are relative to the folder of this file";
        let here = inputs.files.working_directory();
        let below = |name: &str| name_under(&here.join(name), &self.config.folder);
        let found: Vec<String> = inputs.found.iter().map(|name| below(name)).collect();
        let ignore = idle(&self.config.config.ignore, &found).into_iter();
        let mut remarks: Vec<Remark> =
            ignore.map(|glob| self.remark(glob, format!("`{}` in `ignore` matches no file", glob.value), help)).collect();
        let linted = project.files().map(crate::syntax::File::source).filter(|source| outcome.seen.has(source.id()));
        let linted: Vec<String> = linted.map(|source| below(source.name())).collect();
        for one in &self.config.config.overrides {
            let message = |glob: &str| format!("`{glob}` in `overrides` matches no file that is linted");
            remarks.extend(idle(&one.files, &linted).into_iter().map(|glob| self.remark(glob, message(&glob.value), help)));
        }
        remarks
    }

    fn remark(&self, entry: &Spanned<String>, message: String, help: &str) -> Remark {
        let file = &self.config.file;
        let span = Span { source: self.source, ..entry.span };
        let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
        let pointer = nodes.filter(|node| node.span() == entry.span).last().map(crate::syntax::Node::pointer);
        let place = Place { span, pointer: pointer.unwrap_or_default(), document: None };
        Remark { rule: RULE, place, message, help: help.to_owned(), jobs: self.jobs.clone() }
    }
}

/// The globs that match none of these paths.
fn idle<'g>(globs: &'g Globs, paths: &[String]) -> Vec<&'g Spanned<String>> {
    let mut is_used = vec![false; globs.globs().len()];
    for index in paths.iter().flat_map(|path| globs.matching(path)) {
        is_used.get_mut(index).into_iter().for_each(|used| *used = true);
    }
    globs.globs().iter().zip(is_used).filter(|(_, used)| !used).map(|(glob, _)| glob).collect()
}
