//! One description judged again and again while somebody writes it: what `lint` does, for a program that keeps running.

use std::sync::Arc;

use super::inputs::{Input, Inputs};
use super::request::{Chatter, Configuration, Request, Upkeep};
use super::rule_book::RuleBook;
use super::{Failure, baseline, engine};
use crate::io::Files;
use crate::lint::{self, Job, Knowledge, Outcome};
use crate::openapi::{Loaded, Project};
use crate::rules::RuleSet;
use crate::source::Source;
use crate::syntax::File;

/// Judges descriptions and keeps the rules from one time to the next: loading them costs more than most descriptions.
#[derive(Debug)]
pub(crate) struct Session {
    request: Request,
    books: Vec<Kept>,
}

/// The rules under one configuration, as they were when nothing was wrong with it.
#[derive(Debug)]
struct Kept {
    /// The name of the configuration; none where there is none.
    config: Option<String>,
    /// What the rules depend on: the text of the configuration and, where it tells files apart, their names.
    state: String,
    book: Arc<RuleBook>,
    failures: Vec<Failure>,
}

/// A description and everything it references, read.
#[derive(Debug)]
pub(crate) struct Opened {
    inputs: Inputs,
    /// The files.
    pub(crate) project: Project,
}

/// The rules that count for a file.
#[derive(Clone, Debug)]
pub(crate) struct Rules(Arc<RuleBook>);

/// What is to be said about an opened description.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The findings. Their sources are those of [`Opened::sources`].
    pub(crate) outcome: Outcome,
    /// What is wrong with the configuration and the rules that it names.
    pub(crate) failures: Vec<Failure>,
}

impl Opened {
    /// Reads a description and what it references.
    pub(crate) fn read(files: Files, name: &str) -> Result<Opened, Vec<Failure>> {
        let mut inputs = Inputs::of_file(files, name)?;
        let Loaded { project, .. } = engine::load_all(&mut inputs);
        Ok(Opened { inputs, project })
    }

    /// Whether the file is a description, if only a broken one.
    pub(crate) fn is_description(&self) -> bool {
        !engine::descriptions(&self.project, &self.inputs).is_empty()
    }

    /// The texts: of the files, and behind them of the configuration.
    pub(crate) fn sources(&self) -> Vec<&Source> {
        engine::sources(&self.project, &self.inputs)
    }

    /// The configuration that rules over the description.
    pub(crate) fn config(&self) -> Option<&File> {
        self.inputs.configs.first().map(|config| &config.file)
    }

    /// Whether the configuration says that the description is not to be looked at.
    fn is_ignored(&self) -> bool {
        let config = self.inputs.configs.first().map(|loaded| &loaded.config);
        config.zip(self.input()).is_some_and(|(config, input)| !config.ignore.matching(&input.below_config).is_empty())
    }

    fn input(&self) -> Option<&Input> {
        self.inputs.candidates.first()
    }
}

impl Rules {
    /// The rules, those of the user among them.
    pub(crate) fn set(&self) -> &RuleSet {
        &self.0.rules
    }
}

impl Session {
    /// Nothing judged yet.
    pub(crate) fn new() -> Self {
        let request = Request {
            paths: Vec::new(),
            stdin: None,
            targets: Vec::new(),
            configuration: Configuration::Nearest,
            presets: Vec::new(),
            rules: Vec::new(),
            only: Vec::new(),
            fail_on: None,
            baseline: None,
            upkeep: Upkeep::Read,
            fixing: None,
            all: true,
            allow_outside: false,
            allow_none: true,
            changed: None,
            jobs: None,
            chatter: Chatter::Quiet,
        };
        Session { request, books: Vec::new() }
    }

    /// Forgets the rules, after a file changed that they may come from.
    pub(crate) fn forget_rules(&mut self) {
        self.books.iter_mut().for_each(|kept| kept.state.clear());
    }

    /// The rules that count for an opened file; those from before where something is wrong with its configuration.
    pub(crate) fn rules(&mut self, opened: &Opened) -> Rules {
        Rules(self.book(opened).0)
    }

    /// What is to be said about a description. Where something is wrong with the configuration, the rules are those from
    /// before. `is_whole` tells whether no other description uses one of its files.
    pub(crate) fn judge(&mut self, opened: &Opened, is_whole: &(dyn Fn(&File) -> bool + Sync)) -> Judged {
        let (book, mut failures) = self.book(opened);
        let settings = opened.input().map(|input| book.settings(input.config));
        let file = opened.input().and_then(|input| opened.project.file(&input.name));
        let is_asked_for = opened.is_description() && !opened.is_ignored();
        let job = file.zip(settings).filter(|_| is_asked_for).map(|(file, settings)| Job { file, settings });
        let jobs: Vec<Job<'_>> = job.into_iter().collect();
        let knowledge = Knowledge { all_users_of: is_whole, all_rules: failures.is_empty(), wants_fixes: true };
        let mut outcome = lint::lint_knowing(&opened.project, &book.rules, &jobs, &knowledge);
        if !jobs.is_empty()
            && let Err(broken) = self.leave_out_known(opened, &book, &mut outcome)
        {
            failures.extend(broken);
        }
        Judged { outcome, failures }
    }

    fn leave_out_known(&self, opened: &Opened, book: &RuleBook, outcome: &mut Outcome) -> Result<(), Vec<Failure>> {
        let run = baseline::Run {
            request: &self.request,
            inputs: &opened.inputs,
            project: &opened.project,
            rules: &book.rules,
            descriptions: &opened.inputs.candidates.iter().collect::<Vec<_>>(),
            names: &opened.sources().iter().map(|source| source.name()).collect::<Vec<_>>(),
            concerns: &vec![true; outcome.findings.len()],
            may_be_missing: false,
        };
        baseline::apply(&run, outcome)
    }

    fn book(&mut self, opened: &Opened) -> (Arc<RuleBook>, Vec<Failure>) {
        let config = opened.config().map(|file| file.source().name().to_owned());
        let state = state(opened);
        let known = self.books.iter().position(|kept| kept.config == config);
        if let Some(kept) = known.and_then(|index| self.books.get(index)).filter(|kept| kept.state == state) {
            return (Arc::clone(&kept.book), kept.failures.clone());
        }
        let (book, failures) = match RuleBook::load(&self.request, &opened.inputs, &opened.project) {
            Ok(book) => (Arc::new(book), Vec::new()),
            Err(failures) => {
                let before = known.and_then(|index| self.books.get(index)).map(|kept| Arc::clone(&kept.book));
                (before.unwrap_or_else(|| Arc::new(RuleBook::plain(&self.request))), failures)
            }
        };
        let kept = Kept { config, state, book: Arc::clone(&book), failures: failures.clone() };
        match known.and_then(|index| self.books.get_mut(index)) {
            Some(place) => *place = kept,
            None => self.books.push(kept),
        }
        (book, failures)
    }
}

/// Never empty, so that forgotten rules are loaded again.
fn state(opened: &Opened) -> String {
    let Some(config) = opened.inputs.configs.first() else { return "none".to_owned() };
    let names = if config.config.overrides.is_empty() { Vec::new() } else { names_of(&opened.project) };
    format!("{}\n{}", config.file.source().text(), names.join("\n"))
}

fn names_of(project: &Project) -> Vec<&str> {
    project.files().map(|file| file.source().name()).collect()
}
