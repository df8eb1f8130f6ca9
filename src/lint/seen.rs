//! What a run looked at: only where a rule could have spoken does its silence mean anything.

use rustc_hash::FxHashMap;

use crate::rules::{Grade, Part, Reporter, RuleSet, Witness};
use crate::source::SourceId;
use crate::syntax::File;

/// What the edge knows about a run and the core cannot, and what it asks for.
#[derive(Clone, Copy)]
pub struct Knowledge<'k> {
    /// Whether every description that may use a file is part of the run.
    pub all_users_of: &'k (dyn Fn(&File) -> bool + Sync),
    /// Whether all rules of the user were loaded, so that an unknown id is a mistake.
    pub all_rules: bool,
    /// Whether findings are to tell their fixes.
    pub wants_fixes: bool,
}

impl Default for Knowledge<'_> {
    fn default() -> Self {
        Knowledge { all_users_of: &|_| true, all_rules: true, wants_fixes: false }
    }
}

impl std::fmt::Debug for Knowledge<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Knowledge").field("all_rules", &self.all_rules).finish_non_exhaustive()
    }
}

/// In which files which rules could have spoken.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    files: FxHashMap<SourceId, SeenFile>,
}

#[derive(Clone, Debug)]
struct SeenFile {
    /// Whether all of it and of its users was looked at.
    is_whole: bool,
    /// The rules that ran over it for every description of the run that uses it, by index.
    ran: Vec<bool>,
}

impl Seen {
    /// Takes in what descriptions and the files they reference were looked at with.
    pub(super) fn add<'p, 'r>(
        &mut self,
        files: &[&'p File],
        is_whole: bool,
        ran: impl Fn(SourceId) -> &'r [bool],
        is_known: impl Fn(&'p File) -> bool,
    ) {
        for &file in files {
            let is_whole = is_whole && file.tree().damage().is_empty() && is_known(file);
            let ran = ran(file.source().id());
            let known = self.files.entry(file.source().id());
            let known = known.or_insert_with(|| SeenFile { is_whole: true, ran: ran.to_vec() });
            known.is_whole &= is_whole;
            for (known, ran) in known.ran.iter_mut().zip(ran) {
                *known &= ran;
            }
        }
    }

    /// Whether the silence of a rule (by index) in a file means that there is nothing to say.
    pub fn would_tell(&self, file: SourceId, rule: usize) -> bool {
        self.files.get(&file).is_some_and(|file| file.is_whole && file.ran.get(rule).copied().unwrap_or(false))
    }

    /// How many files were looked at.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// Whether a file was looked at.
    pub fn has(&self, file: SourceId) -> bool {
        self.files.contains_key(&file)
    }

    /// Whether a rule (by index) ran over everything that was looked at.
    pub fn ran_everywhere(&self, rule: usize) -> bool {
        self.files.values().all(|file| file.ran.get(rule).copied().unwrap_or(false))
    }
}

/// The rules that can speak about descriptions, by index.
pub(super) fn ran(rules: &RuleSet, parts: &[Option<Part>]) -> Vec<bool> {
    rules
        .rules()
        .iter()
        .zip(parts)
        .map(|(rule, part)| part.as_ref().is_some_and(|part| can_speak(&rule.reporter, part, rule.grade())))
        .collect()
}

fn can_speak(reporter: &Reporter, part: &Part, grade: Grade) -> bool {
    match reporter {
        Reporter::Clauses(clauses) => clauses.iter().any(|clause| {
            clause.is_about(Witness::Declared)
                && (clause.severities.base_under(part.set, Witness::Declared) != Grade::Off
                    || !clause.severities.entries.is_empty())
        }),
        Reporter::Reader | Reporter::Lint => part.set.unwrap_or(grade) != Grade::Off,
        Reporter::Check | Reporter::Diff => false,
    }
}
