//! Where `lint` meets the baseline: which file it is, what is in it, what is written back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::inputs::{Input, Inputs};
use super::request::{Chatter, Configuration, Request, Upkeep};
use super::{Failure, failure};
use crate::baseline::{self, Baseline, Entry};
use crate::io::{self, Trouble, name_from, name_of};
use crate::lint::Outcome;
use crate::openapi::Project;
use crate::provider::Refusal;
use crate::rules::RuleSet;
use crate::source::SourceId;
use crate::strict::Complaint;
use crate::syntax;

/// A run as the baseline needs to know it.
pub(super) struct Run<'r> {
    pub(super) request: &'r Request,
    pub(super) inputs: &'r Inputs,
    pub(super) project: &'r Project,
    pub(super) rules: &'r RuleSet,
    /// The description of each job.
    pub(super) descriptions: &'r [&'r Input],
    /// For each source of the report its name.
    pub(super) names: &'r [&'r str],
    /// For each finding whether it will be reported.
    pub(super) concerns: &'r [bool],
    /// Whether a baseline that is not there yet is an empty one: it is about to be written.
    pub(super) may_be_missing: bool,
}

/// Takes out what the baselines know, says what is fixed, and keeps them as the request wants.
pub(super) fn apply(run: &Run<'_>, outcome: &mut Outcome) -> Result<(), Vec<Failure>> {
    let paths: Result<Vec<Option<PathBuf>>, Failure> = run.descriptions.iter().map(|input| run.path_of(input)).collect();
    let paths = paths.map_err(|failure| vec![failure])?;
    if run.request.upkeep != Upkeep::Read && paths.iter().all(Option::is_none) {
        return Err(vec![nowhere(run.request.upkeep)]);
    }
    let mut by_path: BTreeMap<&Path, Vec<usize>> = paths.iter().flatten().map(|path| (path.as_path(), Vec::new())).collect();
    for (index, jobs) in outcome.jobs.iter().enumerate() {
        let path = jobs.iter().find_map(|&job| paths.get(job)?.as_deref());
        path.and_then(|path| by_path.get_mut(path)).into_iter().for_each(|list| list.push(index));
    }
    let mut silenced = vec![false; outcome.findings.len()];
    for (path, findings) in by_path {
        for (index, is_known) in findings.iter().zip(run.one(path, &findings, outcome)?) {
            silenced.get_mut(*index).into_iter().for_each(|flag| *flag = is_known);
        }
    }
    outcome.suppress(&silenced);
    Ok(())
}

fn nowhere(upkeep: Upkeep) -> Failure {
    let flag = if upkeep == Upkeep::Write { "--write-baseline" } else { "--prune" };
    Failure::new(format!("`{flag}` needs to know the file of the baseline"))
        .help("add `--baseline FILE`, or write `baseline: FILE` into `statusquo.yaml`")
}

impl Run<'_> {
    /// The baseline that counts for a description; absolute.
    fn path_of(&self, input: &Input) -> Result<Option<PathBuf>, Failure> {
        if let Some(file) = &self.request.baseline {
            return Ok(Some(self.here().join(file)));
        }
        let loaded = input.config.and_then(|config| self.inputs.configs.get(config));
        let named = loaded.and_then(|loaded| Some((loaded, loaded.config.baseline.as_ref()?)));
        named.map(|(loaded, file)| loaded.path(file, &self.inputs.files)).transpose()
    }

    fn here(&self) -> &Path {
        self.inputs.files.working_directory()
    }

    /// Holds findings (by index) against one baseline; for each whether it is silenced.
    fn one(&self, path: &Path, findings: &[usize], outcome: &Outcome) -> Result<Vec<bool>, Vec<Failure>> {
        let baseline = self.read(path)?;
        let folder = io::folder_of(path);
        let found: Vec<Entry> = findings
            .iter()
            .filter_map(|&index| outcome.findings.get(index))
            .map(|finding| Entry::of(finding, finding.span().map(|span| self.name_in_baseline(span.source, &folder))))
            .collect();
        let mut comparison = baseline.compare(&found);
        let is_fixed = |index: &usize| baseline.entries.get(*index).is_some_and(|entry| self.is_fixed(entry, &folder, outcome));
        let fixed: Vec<usize> = comparison.left.iter().copied().filter(is_fixed).collect();
        match self.request.upkeep {
            Upkeep::Read => self.tell_fixed(path, fixed.len()),
            Upkeep::Prune => self.prune(path, &baseline, &fixed)?,
            Upkeep::Write => {
                // What was known keeps its line, so that a change shows only what is new and what is gone.
                let mut baseline = baseline.without(&fixed);
                for ((known, index), entry) in comparison.known.iter_mut().zip(findings).zip(found) {
                    if !*known && self.concerns.get(*index).copied().unwrap_or(true) {
                        *known = true;
                        baseline.entries.push(entry);
                    }
                }
                self.write(path, &baseline)?;
            }
        }
        Ok(comparison.known)
    }

    fn read(&self, path: &Path) -> Result<Baseline, Vec<Failure>> {
        if self.may_be_missing && !io::exists(path) {
            return Ok(Baseline::default());
        }
        let name = name_of(path, self.here());
        let bytes = io::read(path).map_err(|reason| {
            let is_missing = reason == Refusal::Missing;
            let failure = Failure::unreadable(&Trouble { name: name.clone(), reason });
            vec![if is_missing { failure.help("write the baseline with `--write-baseline`") } else { failure }]
        })?;
        let file = syntax::read(SourceId(0), &name, bytes);
        let failure = |complaint: &Complaint| Failure::of_complaint(complaint, file.source());
        baseline::read(&file).map_err(|complaints| complaints.iter().map(failure).collect())
    }

    fn name_in_baseline(&self, source: SourceId, folder: &Path) -> String {
        let name = self.names.get(source.index()).copied().unwrap_or_default();
        name_from(&self.here().join(name), folder)
    }

    /// Whether a finding is gone for good: its rule ran over all of its file and was silent, or there is no such file or
    /// rule any more. What this run could not know stays.
    fn is_fixed(&self, entry: &Entry, folder: &Path, outcome: &Outcome) -> bool {
        let Some(rule) = self.rules.index_of(&entry.rule) else {
            return self.request.configuration != Configuration::Nothing;
        };
        // A recording never shows everything: what is missing in it is gone only where the user says so. And what recorded
        // traffic shows is not for descriptions to tell, nor the other way round.
        if let Some(traffic) = &outcome.summary.traffic {
            return entry.file.is_none() && self.request.upkeep == Upkeep::Prune && !traffic.is_interrupted;
        }
        let Some(file) = &entry.file else { return false };
        let path = folder.join(file);
        let is_unjudged = outcome.summary.unjudged.iter().any(|one| entry.operation.as_ref() == Some(&one.operation));
        let source = self.project.file(&name_of(&path, self.here())).map(|file| file.source().id());
        match source.filter(|source| outcome.seen.has(*source)) {
            _ if is_unjudged => false,
            Some(source) => outcome.seen.would_tell(source, rule),
            None if !outcome.seen.ran_everywhere(rule) => false,
            None => self.inputs.failures.is_empty() && self.inputs.files.holds(&io::folder_of(&path)),
        }
    }

    fn tell_fixed(&self, path: &Path, fixed: usize) {
        if fixed > 0 {
            let name = name_of(path, self.here());
            self.remark(&format!(
                "{} of the baseline `{name}` {} fixed: `--prune` drops {}",
                entries(fixed),
                are(fixed),
                them(fixed)
            ));
        }
    }

    fn prune(&self, path: &Path, baseline: &Baseline, fixed: &[usize]) -> Result<(), Vec<Failure>> {
        let name = name_of(path, self.here());
        if fixed.is_empty() {
            self.remark(&format!("nothing in the baseline `{name}` is known to be fixed"));
            return Ok(());
        }
        let left = baseline.without(fixed);
        self.save(path, &left)?;
        self.remark(&format!("dropped {} from the baseline `{name}`, {} left", entries(fixed.len()), left.entries.len()));
        Ok(())
    }

    fn write(&self, path: &Path, baseline: &Baseline) -> Result<(), Vec<Failure>> {
        self.save(path, baseline)?;
        let name = name_of(path, self.here());
        self.remark(&format!("wrote {} into the baseline `{name}`", entries(baseline.entries.len())));
        Ok(())
    }

    fn save(&self, path: &Path, baseline: &Baseline) -> Result<(), Vec<Failure>> {
        let as_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        io::write(path, baseline::write(baseline, as_json).as_bytes()).map_err(|error| {
            let name = name_of(path, self.here());
            let failure = Failure::new(format!("cannot write the baseline `{name}`: {}", io::plain_words(&error)));
            vec![failure.help("check that the folder exists and can be written to")]
        })
    }

    fn remark(&self, text: &str) {
        if self.request.chatter != Chatter::Quiet {
            failure::remark(&Failure::new(text));
        }
    }
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn them(count: usize) -> &'static str {
    if count == 1 { "it" } else { "them" }
}
