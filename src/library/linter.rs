//! Which rules speak, how loud, and about what.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Error, Report};
use crate::finding::Severity;
use crate::io::{self, Files};
use crate::lint::{self, Job};
use crate::openapi::{Project, load};
use crate::provider::{InMemory, Provider};
use crate::rules::{Grade, Preset, RuleSet, Setting, Settings, builtin_without_documents};
use crate::strict::advice;
use crate::syntax::File;

/// The built-in rules with the severities that a program wants them to have. It can be used for any number of runs.
///
/// ```
/// use statusquo::{Linter, Preset, Severity};
///
/// let linter = Linter::new().preset(Preset::Strict).rule("found-redirect", Severity::Error)?.off("created-without-location")?;
/// let report = linter.lint_sources([
///     ("orders.yaml", r#"
/// openapi: 3.1.0
/// info: { title: Orders, version: "1" }
/// paths:
///   /orders:
///     get:
///       responses:
///         "302": { $ref: "shared.yaml#/Moved" }
///         default: { description: What went wrong }
/// "#),
///     ("shared.yaml", "Moved: { description: Somewhere else }"),
/// ])?;
/// assert!(report.findings().any(|finding| finding.rule() == "found-redirect" && finding.severity() == Severity::Error));
/// # Ok::<(), statusquo::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linter {
    rules: Arc<RuleSet>,
    settings: Settings,
}

impl Linter {
    /// The built-in rules at their own severities.
    pub fn new() -> Self {
        Linter { rules: Arc::new(RuleSet::new(builtin_without_documents().0)), settings: Settings::default() }
    }

    /// Starts from another set of severities; of several, the later goes over the earlier.
    #[must_use]
    pub fn preset(mut self, preset: Preset) -> Self {
        self.settings.presets.push(preset);
        self
    }

    /// Gives a rule a severity, also one that is off by default.
    pub fn rule(self, id: &str, severity: Severity) -> Result<Self, Error> {
        self.grade(id, Grade::On(severity))
    }

    /// Silences a rule.
    pub fn off(self, id: &str) -> Result<Self, Error> {
        self.grade(id, Grade::Off)
    }

    /// Lints texts that are at hand, each under the name that the report shows and that references among them use. Those
    /// that are descriptions are linted, the others are there to be referenced; no file is opened.
    pub fn lint_sources<N: AsRef<str>, T: Into<String>>(
        &self,
        sources: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Report, Error> {
        let add = |files: InMemory, (name, text): (N, T)| files.with(name, text.into());
        let files = sources.into_iter().fold(InMemory::new(), add);
        let names = files.names();
        self.run(&files, &Names { all: names.clone(), ..Names::default() }, &names)
    }

    /// Lints files, and the descriptions in folders that git does not ignore, with everything they reference. A file that is
    /// named has to be a description. No `statusquo.yaml` is read: what the program asks for counts.
    pub fn lint_files<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Result<Report, Error> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_path_buf()).collect();
        let here = io::working_directory().map_err(|error| Error::unreadable(".", io::plain_words(&error)))?;
        let found = io::discover(&paths, &here, false);
        if let Some(trouble) = found.failures.first() {
            return Err(Error::unreadable(&trouble.name, &trouble.reason));
        }
        let mut files = Files::new(&here, false);
        for path in &paths {
            files.name_folder(path);
        }
        let mut names = Names::default();
        for file in found.candidates {
            let bytes = io::read(&file.real).map_err(|reason| Error::unreadable(&file.name, reason))?;
            if file.named || io::may_be_description(&bytes) {
                files.add(&file, bytes);
                names.named.extend(file.named.then(|| file.name.clone()));
                names.all.push(file.name);
            }
        }
        let searched: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        self.run(&files, &names, &searched)
    }

    /// Lints which of the files with these names are descriptions. `searched` is what to speak of should none be.
    fn run(&self, files: &dyn Provider, names: &Names, searched: &[String]) -> Result<Report, Error> {
        let loaded = load(&names.all, files);
        if let Some((name, reason)) = loaded.refused.first() {
            return Err(Error::unreadable(name, reason));
        }
        let project = loaded.project;
        let descriptions = descriptions(&project, names)?;
        if descriptions.is_empty() {
            return Err(Error::NoDescription { name: searched.join("`, `") });
        }
        let jobs: Vec<Job<'_>> = descriptions.into_iter().map(|file| Job { file, settings: &self.settings }).collect();
        let outcome = lint::lint(&project, &self.rules, &jobs);
        Ok(Report::new(project, outcome, self.rules.descriptions()))
    }

    fn grade(mut self, id: &str, grade: Grade) -> Result<Self, Error> {
        if self.rules.get(id).is_none() {
            return Err(Error::UnknownRule { id: id.to_owned(), advice: advice(id, &self.rules.ids()) });
        }
        let setting = Setting { declared: Some(grade), observed: Some(grade), ..Setting::default() };
        self.settings.rules.push((id.to_owned(), setting));
        Ok(self)
    }
}

impl Default for Linter {
    fn default() -> Self {
        Linter::new()
    }
}

/// The names of files that may be descriptions.
#[derive(Default)]
struct Names {
    all: Vec<String>,
    /// Those that have to be one.
    named: FxHashSet<String>,
}

/// The descriptions among these files.
fn descriptions<'p>(project: &'p Project, names: &Names) -> Result<Vec<&'p File>, Error> {
    let mut descriptions = Vec::new();
    for file in names.all.iter().filter_map(|name| project.file(name)) {
        let name = file.source().name();
        if lint::claims_to_be_description(file) {
            descriptions.push(file);
        } else if names.named.contains(name) {
            return Err(Error::NoDescription { name: name.to_owned() });
        }
    }
    Ok(descriptions)
}
