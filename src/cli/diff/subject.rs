//! What is compared: the files of both sides, and which description is which.

use super::history;
use super::request::{Between, DiffRequest};
use super::side::Side;
use crate::cli::inputs::Inputs;
use crate::cli::request::{Chatter, Configuration};
use crate::cli::rule_book::RuleBook;
use crate::cli::{Failure, Request, engine, failure};
use crate::diff::Pair;
use crate::finding::Severity;
use crate::openapi::{Loaded, Project, version_of};
use crate::source::Source;
use crate::syntax::File;

/// Both sides, loaded.
pub(super) struct Subject {
    pub(super) old: Loaded,
    pub(super) new: Loaded,
    /// Those of the new side.
    pub(super) inputs: Inputs,
    pub(super) twins: Vec<Twins>,
}

/// The names of one description on both sides.
pub(super) struct Twins {
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    /// The configuration that counts.
    pub(super) config: Option<usize>,
}

impl Subject {
    /// Reads both sides, side by side.
    pub(super) fn load(request: &DiffRequest) -> Result<Subject, Vec<Failure>> {
        match &request.between {
            Between::Since(revision) => history::since(request, revision),
            Between::Two(old, new) => {
                let of_old = Request { configuration: Configuration::Nothing, ..request.lint.clone() };
                let (old, new) = rayon::join(|| Side::load(old, &of_old), || Side::load(new, &request.lint));
                match (old, new) {
                    (Ok(old), Ok(new)) => Ok(Subject::of(old, new)),
                    (old, new) => Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
                }
            }
        }
    }

    fn of(old: Side, new: Side) -> Subject {
        let name = |side: &Side| side.inputs.candidates.get(side.chosen).map(|input| input.name.clone());
        let config = new.inputs.candidates.get(new.chosen).and_then(|input| input.config);
        let twins = vec![Twins { old: name(&old), new: name(&new), config }];
        Subject { old: old.loaded, new: new.loaded, inputs: new.inputs, twins }
    }

    /// The files of the new side, its configurations, and behind them the files of the old side.
    pub(super) fn sources(&self) -> Vec<&Source> {
        let mut sources = engine::sources(&self.new.project, &self.inputs);
        sources.extend(self.old.project.sources());
        sources
    }

    /// The pairs to compare. A description of no version that is understood cannot be compared.
    pub(super) fn pairs<'s>(&'s self, book: &'s RuleBook) -> Result<Vec<Pair<'s, 's, 's>>, Vec<Failure>> {
        let file = |project: &'s Project, name: &Option<String>| name.as_deref().and_then(|name| project.file(name));
        let pair = |twins: &Twins| Pair {
            old: file(&self.old.project, &twins.old),
            new: file(&self.new.project, &twins.new),
            settings: book.settings(twins.config),
        };
        let pairs: Vec<Pair<'s, 's, 's>> = self.twins.iter().map(pair).collect();
        let files = pairs.iter().flat_map(|pair| [pair.old, pair.new]).flatten();
        let strange: Vec<Failure> = files.filter_map(not_understood).collect();
        if strange.is_empty() { Ok(pairs) } else { Err(strange) }
    }

    /// Whether a finding of these pairs fails the run.
    pub(super) fn fails(&self, book: &RuleBook, severity: Severity, pairs: &[usize]) -> bool {
        let mut configs = pairs.iter().filter_map(|&pair| self.twins.get(pair)).map(|twins| twins.config);
        configs.any(|config| book.fail_on(config).is_reached_by(severity))
    }

    /// A file against itself is most likely a slip.
    pub(super) fn tell_sameness(&self, chatter: Chatter) {
        let same = self.twins.iter().filter(|twins| twins.old == twins.new).find_map(|twins| twins.new.as_ref());
        if let Some(name) = same.filter(|_| chatter != Chatter::Quiet) {
            let failure = Failure::new(format!("`{name}` is both the old and the new description"));
            failure::remark(&failure.help("name two files, or write `--base REV` to compare it with its state at a revision"));
        }
    }

    /// What is wrong with the descriptions themselves is for `lint` to report; here it makes things unknown.
    pub(super) fn tell_damage(&self, chatter: Chatter) {
        if chatter != Chatter::Quiet {
            engine::tell_damage(&self.new.project);
            engine::tell_damage(&self.old.project);
        }
    }
}

/// Why a file cannot be compared at all.
fn not_understood(file: &File) -> Option<Failure> {
    let name = file.source().name();
    if file.roots().any(|root| version_of(root).is_some_and(|key| key.version.is_some())) {
        return None;
    }
    let key = file.roots().find_map(version_of);
    Some(match key {
        Some(key) => {
            let word = key.key.text().unwrap_or_default();
            let message = format!("`{name}` cannot be compared: `{word}: {}` is no version that is understood", key.value.raw());
            Failure::new(message).help("2.0 (as `swagger`), 3.0.x, 3.1.x and 3.2.x (as `openapi`) are")
        }
        None => Failure::new(format!("`{name}` cannot be compared: too much of it could not be read"))
            .help(format!("see what is wrong with it: statusquo lint {name}")),
    })
}
