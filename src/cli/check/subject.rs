//! What traffic is held against: descriptions with their rules and configurations, or nothing but HTTP.

use super::request::CheckRequest;
use crate::cli::inputs::{self, Input, Inputs};
use crate::cli::request::Chatter;
use crate::cli::rule_book::RuleBook;
use crate::cli::{Failure, engine, failure};
use crate::finding::Severity;
use crate::lint::Job;
use crate::openapi::Loaded;
use crate::source::Source;

/// Descriptions that are loaded, with what rules over them.
pub(super) struct Subject {
    pub(super) inputs: Inputs,
    pub(super) loaded: Loaded,
    pub(super) book: RuleBook,
    /// The inputs that are descriptions, by index.
    chosen: Vec<usize>,
}

impl Subject {
    /// Reads the descriptions and everything that belongs to them.
    pub(super) fn load(request: &CheckRequest) -> Result<Subject, Vec<Failure>> {
        let is_described = request.options.is_described;
        let mut inputs = if is_described { inputs::gather(&request.lint)? } else { inputs::gather_nothing(&request.lint)? };
        inputs.leave_out_ignored();
        let loaded = engine::load_all(&mut inputs);
        let book = RuleBook::load(&request.lint, &inputs, &loaded.project)?;
        let chosen = engine::descriptions(&loaded.project, &inputs);
        if chosen.is_empty() {
            failure::tell(&inputs.failures);
            let names: Vec<String> = request.lint.paths.iter().map(|path| format!("`{}`", path.display())).collect();
            let message = format!("no OpenAPI description in {}", names.join(", "));
            let help = "name the description with `--spec`, or check what HTTP itself asks for with `--no-spec`";
            return Err(vec![Failure::new(message).help(help)]);
        }
        let subject = Subject { inputs, loaded, book, chosen };
        if request.lint.chatter != Chatter::Quiet {
            engine::tell_damage(&subject.loaded.project);
        }
        Ok(subject)
    }

    /// One job for each description.
    pub(super) fn jobs(&self) -> Vec<Job<'_>> {
        let job = |input: &&Input| {
            let file = self.loaded.project.file(&input.name)?;
            Some(Job { file, settings: self.book.settings(input.config) })
        };
        self.descriptions().iter().filter_map(job).collect()
    }

    pub(super) fn descriptions(&self) -> Vec<&Input> {
        self.chosen.iter().filter_map(|&index| self.inputs.candidates.get(index)).collect()
    }

    /// The files of the run, and behind them the configurations.
    pub(super) fn sources(&self) -> Vec<&Source> {
        engine::sources(&self.loaded.project, &self.inputs)
    }

    /// Whether a finding of these jobs fails the run.
    pub(super) fn fails(&self, severity: Severity, jobs: &[usize]) -> bool {
        let descriptions = self.descriptions();
        let mut configs = jobs.iter().filter_map(|&job| descriptions.get(job)).map(|input| input.config);
        configs.any(|config| self.book.fail_on(config).is_reached_by(severity))
    }
}
