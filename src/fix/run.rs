//! Round by round: fixes are applied, the result is looked at again, and what does harm is left out.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::groups::Users;
use super::round::{applied, choose};
use super::trial::Trial;
use crate::finding::{Finding, Fix, RuleId, Safety, TextEdit};
use crate::openapi::Project;
use crate::source::{Position, Source, SourceId};

/// The most rounds; a description that needs more has fixes that undo each other.
const MOST_ROUNDS: usize = 100;

/// The texts of changed files, by name.
pub type Texts = BTreeMap<String, String>;

/// What files look like at one time.
#[derive(Debug, Default)]
pub struct Examined {
    /// All findings, with their fixes.
    pub findings: Vec<Finding>,
    /// Which of them may be fixed: nothing silences them.
    pub may_be_fixed: Vec<bool>,
    /// Which of them are silenced where they are, behind all others; none where this is shorter.
    pub silenced: Vec<bool>,
    /// For each finding the files of the descriptions that made it, where there are several.
    pub descriptions: Vec<Vec<SourceId>>,
    /// The files, by [`crate::source::SourceId`].
    pub sources: Vec<Source>,
    /// Which of the files may be changed.
    pub may_be_changed: Vec<bool>,
    /// Who uses the files.
    pub users: Users,
    /// The findings that have no fix although their rules know one.
    pub hindered: Vec<Dropped>,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule.
    pub rule: RuleId,
    /// The file of the finding.
    pub file: String,
    /// Where the finding was, at the time.
    pub at: Position,
    /// The changes, each with the name of its file; places are those of the round.
    pub edits: Vec<(String, TextEdit)>,
}

/// A fix that was left out, because the description would be worse with it, or that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The rule.
    pub rule: RuleId,
    /// The file of the finding.
    pub file: String,
    /// Where the finding is.
    pub at: Position,
    /// Why, as a clause: "it would add `x`".
    pub reason: String,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The files that changed.
    pub texts: Texts,
    /// What was applied, by round.
    pub rounds: Vec<Vec<Applied>>,
    /// What was left out.
    pub dropped: Vec<Dropped>,
}

impl Fixed {
    /// How many findings were fixed.
    pub fn count(&self) -> usize {
        self.rounds.iter().map(Vec::len).sum()
    }

    /// What came of several runs over files that have nothing to do with each other.
    #[must_use]
    pub fn together(all: impl IntoIterator<Item = Fixed>) -> Fixed {
        let mut fixed = Fixed::default();
        for one in all {
            fixed.texts.extend(one.texts);
            fixed.dropped.extend(one.dropped);
            fixed.rounds.resize_with(fixed.rounds.len().max(one.rounds.len()), Vec::new);
            fixed.rounds.iter_mut().zip(one.rounds).for_each(|(round, more)| round.extend(more));
        }
        fixed.dropped.sort_by(|one, other| (&one.file, one.at).cmp(&(&other.file, other.at)));
        fixed
    }
}

/// Applies fixes up to this safety until nothing changes. `examine` looks at the files, of which these texts stand in for what they hold.
pub fn run<E>(wanted: Safety, mut examine: impl FnMut(&Texts) -> Result<Examined, E>) -> Result<Fixed, E> {
    let mut fixed = Fixed::default();
    let mut harmful: FxHashSet<Mark> = FxHashSet::default();
    let mut has_changed = false;
    let mut now = examine(&fixed.texts)?;
    for _ in 0..MOST_ROUNDS {
        let mut chosen = now.choice(wanted, &harmful);
        if chosen.is_empty() && has_changed {
            // What did harm before may do none to the new texts.
            has_changed = false;
            harmful.clear();
            fixed.dropped.clear();
            chosen = now.choice(wanted, &harmful);
        }
        if chosen.is_empty() {
            break;
        }
        let outcome = Trial::new(&now, &fixed.texts, &mut examine).run(chosen)?;
        for (index, reason) in outcome.harmful {
            let Some(finding) = now.findings.get(index) else { continue };
            harmful.insert(mark(finding));
            fixed.dropped.push(now.dropped(finding, reason));
        }
        let Some(done) = outcome.done else { continue };
        let applied = done.chosen.iter().filter_map(|&index| now.findings.get(index));
        fixed.rounds.push(applied.map(|finding| now.report(finding)).collect());
        fixed.texts = done.texts;
        now = done.examined;
        has_changed = true;
    }
    fixed.dropped.extend(now.hindered);
    Ok(fixed)
}

/// What a finding is known by from one round to the next.
type Mark = (RuleId, String);

fn mark(finding: &Finding) -> Mark {
    (finding.rule.clone(), finding.fingerprint.clone())
}

impl Examined {
    /// What a run over a project found, with the files that may be changed.
    pub fn new(
        project: &Project,
        findings: Vec<Finding>,
        may_be_fixed: Vec<bool>,
        may_be_changed: impl Fn(&str) -> bool,
    ) -> Self {
        let own = |source: &Source| Source::new(source.id(), source.name(), source.text());
        let sources: Vec<Source> = project.sources().into_iter().map(own).collect();
        let may_be_changed = sources.iter().map(|source| may_be_changed(source.name())).collect();
        Examined { findings, may_be_fixed, sources, may_be_changed, users: Users::of(project), ..Examined::default() }
    }

    fn choice(&self, wanted: Safety, harmful: &FxHashSet<Mark>) -> Vec<usize> {
        let fixes = self.findings.iter().enumerate().zip(&self.may_be_fixed).filter_map(|((index, finding), may)| {
            let fix = finding.fix.as_deref().filter(|fix| *may && fix.safety <= wanted && self.may_apply(fix))?;
            (!harmful.contains(&mark(finding))).then_some((index, fix))
        });
        choose(fixes)
    }

    fn may_apply(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| self.may_be_changed.get(edit.span.source.index()).copied().unwrap_or(false))
    }

    pub(super) fn source(&self, finding: &Finding) -> Option<&Source> {
        self.sources.get(finding.span()?.source.index())
    }

    /// Whether somebody hears of a finding.
    pub(super) fn is_loud(&self, finding: usize) -> bool {
        !self.silenced.get(finding).copied().unwrap_or(false)
    }

    /// The file of the description that made a finding, by index; none where there are several, or it is not known.
    pub(super) fn description(&self, finding: usize) -> Option<&str> {
        match self.descriptions.get(finding)?.as_slice() {
            [one] => self.sources.get(one.index()).map(Source::name),
            _ => None,
        }
    }

    fn place(&self, finding: &Finding) -> (String, Position) {
        let source = self.source(finding).zip(finding.span());
        source.map_or((String::new(), Position { line: 1, column: 1 }), |(source, span)| {
            (source.name().to_owned(), source.position(span.start))
        })
    }

    fn dropped(&self, finding: &Finding, reason: String) -> Dropped {
        let (file, at) = self.place(finding);
        Dropped { rule: finding.rule.clone(), file, at, reason }
    }

    fn report(&self, finding: &Finding) -> Applied {
        let (file, at) = self.place(finding);
        let name = |edit: &TextEdit| self.sources.get(edit.span.source.index()).map_or("", Source::name).to_owned();
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        Applied { rule: finding.rule.clone(), file, at, edits: edits.map(|edit| (name(edit), edit.clone())).collect() }
    }

    /// The texts of all files that change, or had changed before.
    pub(super) fn with(&self, chosen: &[usize], texts: &Texts) -> Texts {
        let mut by_file: BTreeMap<usize, Vec<&TextEdit>> = BTreeMap::new();
        let fixes = chosen.iter().filter_map(|&index| self.findings.get(index)?.fix.as_ref());
        for edit in fixes.flat_map(|fix| &fix.edits) {
            by_file.entry(edit.span.source.index()).or_default().push(edit);
        }
        let mut texts = texts.clone();
        for (file, mut edits) in by_file {
            edits.sort_unstable();
            edits.dedup();
            if let Some(source) = self.sources.get(file) {
                texts.insert(source.name().to_owned(), applied(source.text(), edits));
            }
        }
        texts
    }
}
