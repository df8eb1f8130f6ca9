//! Entries of configurations that match nothing in this run. What a run does not look at is not judged.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::inputs::{Inputs, LoadedConfig};
use crate::config::{GlobLists, Globs, Spanned};
use crate::finding::Place;
use crate::io::name_under;
use crate::lint::{Outcome, Remark};
use crate::openapi::Project;
use crate::source::{SourceId, Span};
use crate::syntax::File;

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
    /// The values of the configuration by where they start, once there is something to say about one.
    pub(super) nodes: OnceCell<FxHashMap<u32, u32>>,
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
        // Where there are several, each ignores in its own folder.
        let has_own = inputs.configs.len() > 1 && self.config.folder.starts_with(here) && self.config.folder != here;
        let folder = has_own.then(|| name_under(&self.config.folder, here) + "/");
        let found = inputs.found.iter().filter_map(|name| match &folder {
            Some(folder) => name.strip_prefix(folder.as_str()).map(str::to_owned),
            None => Some(below(name)),
        });
        let ignore = idle(&[&self.config.config.ignore], found).into_iter();
        let mut remarks: Vec<Remark> =
            ignore.map(|glob| self.remark(glob, format!("`{}` in `ignore` matches no file", glob.value), help)).collect();
        let linted = project.files().map(File::source).filter(|source| outcome.seen.has(source.id()));
        let overrides: Vec<&Globs> = self.config.config.overrides.iter().map(|one| &one.files).collect();
        let message = |glob: &str| format!("`{glob}` in `overrides` matches no file that is linted");
        let overrides = idle(&overrides, linted.map(|source| below(source.name()))).into_iter();
        remarks.extend(overrides.map(|glob| self.remark(glob, message(&glob.value), help)));
        remarks
    }

    fn remark(&self, entry: &Spanned<String>, message: String, help: &str) -> Remark {
        let file = &self.config.file;
        let span = Span { source: self.source, ..entry.span };
        let node = self.nodes.get_or_init(|| by_start(file)).get(&entry.span.start).map(|index| file.node(*index));
        let pointer = node.map(crate::syntax::Node::pointer).unwrap_or_default();
        let place = Place { span, pointer, document: None };
        Remark { rule: RULE, place, message, help: help.to_owned(), jobs: self.jobs.clone() }
    }
}

/// By where it starts the last value that starts there: of a list and its first item the item.
fn by_start(file: &File) -> FxHashMap<u32, u32> {
    (0..file.tree().len() as u32).map(|index| (file.node(index).span().start, index)).collect()
}

/// The globs that match none of these paths, which are only asked for while there are such globs.
fn idle<'g>(lists: &[&'g Globs], mut paths: impl Iterator<Item = String>) -> Vec<&'g Spanned<String>> {
    let all = lists.iter().enumerate().flat_map(|(list, globs)| (0..globs.globs().len()).map(move |glob| (list, glob)));
    let mut idle: BTreeSet<(usize, usize)> = all.collect();
    let together = GlobLists::of(lists.iter().copied());
    while !idle.is_empty()
        && let Some(path) = paths.next()
    {
        for list in together.matching(&path) {
            let matching = lists.get(list).map(|globs| globs.matching(&path)).unwrap_or_default();
            for glob in matching {
                idle.remove(&(list, glob));
            }
        }
    }
    idle.into_iter().filter_map(|(list, glob)| lists.get(list)?.globs().get(glob)).collect()
}
